//! A report that is made by hand, as another tool makes one, is read again as it was written.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use kycuong_model::date::Date;
use kycuong_model::finding::{Missing, Severity};
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;
use kycuong_report::{
    Counts, Crash, EnforcedBecause, Enforcement, Finding, LoweredSeverity, NotApplied, OutOfScope,
    Outcome, OutcomeStatus, PackSetting, ParameterSetting, Receipt, RegimeReport, Report, SelfTest,
    Settings, Signer, Signing, Verdict, VerdictRole, Waived, Waiver, WaiverReport, WaiverStatus,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn words() -> impl Strategy<Value = String> {
    "[a-zA-ZăâđêôơưĂÂĐẮẤỘỮ\"\\\\/“”{}\u{0}\n]{0,12}"
}

fn both() -> impl Strategy<Value = Bilingual> {
    (words(), words()).prop_map(|(vi, en)| Bilingual { vi, en })
}

fn date() -> impl Strategy<Value = Date> {
    (1_i32..9999, 1_u8..13, 1_u8..29).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn severity() -> impl Strategy<Value = Severity> {
    select(vec![Severity::Inform, Severity::Warn, Severity::Block])
}

fn verdict() -> impl Strategy<Value = Verdict> {
    select(vec![
        Verdict::Return,
        Verdict::Undetermined,
        Verdict::AcceptWithWarnings,
        Verdict::Accept,
    ])
}

fn waiver() -> impl Strategy<Value = Waiver> {
    let rule = (words(), option::of(words()));
    (rule, words(), words(), option::of(date()), date(), words()).prop_map(
        |((rule, violation), dossier, decision, date, expires, reason)| {
            let signer = decision.clone();
            Waiver { rule, violation, dossier, decision, date, signer, expires, reason }
        },
    )
}

fn finding() -> impl Strategy<Value = Finding> {
    let severities = (severity(), option::of(severity()), option::of(severity()));
    let texts = (words(), both(), both(), vec((words(), words()), 0..3));
    (severities, texts, option::of(waiver()), 0_usize..9).prop_map(
        |((severity, declared, raw), (text, message, remedy, values), waiver, line)| {
            let path = Pointer::from(format!("/a/{line}").as_str());
            let mut finding = Finding::new(format!("a/{text}"), severity, path, message, remedy);
            for (name, value) in values {
                finding = finding.value(&name, value);
            }
            (finding.line, finding.column) = (line, line * 2);
            (finding.declared_severity, finding.raw_severity) = (declared, raw);
            finding.waived = waiver.as_ref().map(Waived::by);
            finding.pack = waiver.map(|waiver| waiver.rule);
            finding
        },
    )
}

fn status() -> impl Strategy<Value = OutcomeStatus> {
    prop_oneof![
        Just(OutcomeStatus::Pass),
        (0_usize..9).prop_map(|findings| OutcomeStatus::Fail { findings }),
        both().prop_map(|reason| OutcomeStatus::NotApplicable { reason }),
        words().prop_map(|table| OutcomeStatus::not_evaluated(Missing::Facts(table))),
        Just(OutcomeStatus::not_evaluated(Missing::Field(Pointer::from("/a/b")))),
        Just(OutcomeStatus::crashed(Crash::NoAnswer)),
        any::<u64>().prop_map(|limit| OutcomeStatus::crashed(Crash::FuelExhausted { limit })),
        (words(), option::of(words())).prop_map(|(message, panic)| {
            let functions = vec![message.clone()];
            OutcomeStatus::crashed(Crash::Trapped { message, panic, functions })
        }),
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let role = || (any::<bool>(), any::<bool>());
    (words(), both(), severity(), status(), role(), role()).prop_map(
        |(rule, title, severity, status, role, raw)| {
            let role = VerdictRole { mandatory: role.0, advisory: role.1 };
            let raw = VerdictRole { mandatory: raw.0, advisory: raw.1 };
            Outcome::new(rule, "a", title, severity, status).with_roles(role, raw)
        },
    )
}

fn settings() -> impl Strategy<Value = Settings> {
    (words(), both(), any::<bool>(), vec(waiver(), 0..2), date(), severity()).prop_map(
        |(text, reason, self_test, waivers, on, from)| {
            let (enforcement, because) = (Enforcement::Advisory, EnforcedBecause::Operator);
            let mut pack =
                PackSetting::new("a", "1.0.0", text.as_str(), enforcement, because, reason);
            pack.self_test = self_test.then(|| SelfTest::new(1, 2, "sha256:"));
            pack.signers = vec![Signer { role: "author".to_owned(), key: text.clone(), on }];
            let mut settings = Settings::default();
            settings.self_test = self_test;
            settings.signing = Some(Signing::Verified).filter(|_| self_test);
            settings.packs = vec![pack];
            settings.lowered =
                vec![LoweredSeverity::new("a/b", from, Severity::Inform, text.as_str())];
            settings.parameters = vec![ParameterSetting::new("a/b", "c", text)];
            settings.waivers = waivers;
            settings
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let lists = (vec(finding(), 0..4), vec(outcome(), 0..4));
    let texts = (option::of(words()), option::of(words()), both());
    (verdict(), verdict(), date(), settings(), lists, texts).prop_map(
        |(verdict, raw, on, settings, (findings, outcomes), (subject, code, reason))| {
            let receipt = Receipt::new("sha256:a", "sha256:b", "sha256:c");
            let waivers = settings.waivers.iter().map(|waiver| {
                let status = WaiverStatus::not_applied(NotApplied::Expired, waiver, on);
                WaiverReport::of(waiver, status)
            });
            let waivers: Vec<_> = waivers.collect();
            let mut report = Report::new(verdict, on, settings, receipt);
            report.raw_verdict = raw;
            report.counts = Counts::of(&findings, &outcomes, &waivers);
            report.regime = code.as_ref().map(|code| RegimeReport::new(code, reason.clone()));
            report.out_of_scope = vec![OutOfScope::new("b", reason)];
            (report.subject, report.code) = (subject, code);
            (report.findings, report.outcomes, report.waivers) = (findings, outcomes, waivers);
            report
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_read_again(report in report()) {
        let json = report.to_json().unwrap();
        let read = Report::from_json(json.as_bytes()).unwrap();
        prop_assert_eq!(&read, &report);
        prop_assert_eq!(read.to_json().unwrap(), json);
        let sealed = report.seal().unwrap();
        prop_assert_eq!(&Report::from_json(sealed.json.as_bytes()).unwrap(), &sealed.report);
        prop_assert!(sealed.report.is_authentic());
        prop_assert_eq!(sealed.report.to_json().unwrap(), sealed.json);
    }
}
