//! What the host promises, one test for each promise of the design, with packs whose answers are
//! prepared.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its engine has failed")]

use std::error::Error;
use std::sync::Arc;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{
    BuildError, Date, Engine, EngineBuilder, MemoryFacts, OutcomeStatus, Report, RulePack,
    Severity, Verdict,
};
use kycuong_test_packs::canned_pack::{
    Canned, ECHO, FILLER, LOOP, OUTSIDE, PANIC, RECURSION, fail, limits, missing, pass,
};
use proptest::prelude::*;
use serde_json::json;

use crate::prepared_host::{DOSSIER, ON, builder, engine};

mod facts;
mod live;
mod trust;

fn check(packs: &[Canned]) -> Report {
    engine(packs).judge(DOSSIER.as_bytes(), ON).unwrap()
}

/// What became of the rules, in the report's order.
fn outcomes(report: &Report) -> Vec<(&str, &str)> {
    report.outcomes.iter().map(|outcome| (outcome.rule.as_str(), outcome.status.code())).collect()
}

/// Rule, severity and path of the findings, in the report's order.
fn findings(report: &Report) -> Vec<(&str, Severity, &str)> {
    let findings = report.findings.iter();
    findings.map(|found| (found.rule.as_str(), found.severity, found.path.as_str())).collect()
}

fn vn(status: serde_json::Value) -> Canned {
    Canned::new("vn", "VN").rule("total-differs", status)
}

#[test]
fn a_complete_dossier_is_accepted() {
    let report = check(&[vn(pass())]);
    assert_eq!(findings(&report), []);
    assert_eq!((report.verdict, report.complete), (Verdict::Accept, true));
    assert_eq!(report.jurisdictions, ["VN", "gia-lai-2025", "gia-lai"]);
    assert_eq!(report.regime.unwrap().code, "nd-224-2026");
    assert_eq!(report.code.as_deref(), Some("HS-2026-001"));
    let submission = engine(&[vn(pass())]).read(DOSSIER);
    assert_eq!(submission.submitted_on(), Some(Date::literal(2026, 11, 20)));
}

// 1. Complete or not accepted: every rule that must run is accounted for; none that did not decide
// counts as passed.
#[test]
fn complete_or_not_accepted() {
    let needs = json!({"facts": [{"table": "budget_codes"}]});
    let not_decided = [
        (vn(pass()).body(PANIC), "crashed"),
        (vn(pass()).body(LOOP), "crashed"),
        (vn(json!({"status": "passed"})), "crashed"),
        (vn(json!({"status": "fail", "findings": []})), "crashed"),
        (vn(missing("/costs/lines")), "not-evaluated"),
        (
            Canned::new("vn", "VN").rule_with("total-differs", pass(), needs.clone()),
            "not-evaluated",
        ),
    ];
    for (pack, status) in not_decided {
        let report = check(std::slice::from_ref(&pack));
        assert_eq!(outcomes(&report), [("vn/total-differs", status)]);
        assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false), "{status}");
        // An advisory pack can neither return a submission nor vouch for it.
        let advisory = builder(&[pack]).advisory("vn", "Chạy thử theo 12/UBND-VX").build().unwrap();
        let report = advisory.judge(DOSSIER.as_bytes(), ON).unwrap();
        assert_eq!(report.verdict, Verdict::AcceptWithWarnings);
    }
    // What is missing is said, a table as well as a field.
    let needy = Canned::new("vn", "VN").rule_with("total-differs", pass(), needs);
    let report = check(std::slice::from_ref(&needy));
    let OutcomeStatus::NotEvaluated { reason, .. } = &report.outcomes[0].status else { panic!() };
    assert_eq!(reason.en, "The host has no table of facts “budget_codes”.");
    let supplied = builder(&[needy]).facts(Arc::new(MemoryFacts::new().table("budget_codes", [])));
    let report = supplied.build().unwrap().judge(DOSSIER.as_bytes(), ON).unwrap();
    assert_eq!(report.verdict, Verdict::Accept);

    // A rule that does not run says why; a blocking finding beside a crash returns, incomplete.
    let elsewhere = Canned::new("bac-giang", "bac-giang").rule("share", pass());
    let report = check(&[
        vn(fail(&[("/costs/total", "block")])),
        elsewhere,
        Canned::new("gia-lai", "gia-lai").rule("other", pass()).body(PANIC),
    ]);
    assert_eq!(
        outcomes(&report),
        [
            ("vn/total-differs", "fail"),
            ("bac-giang/share", "not-applicable"),
            ("gia-lai/other", "crashed")
        ]
    );
    assert_eq!((report.verdict, report.complete), (Verdict::Return, false));
}

// A code that is wrong may hide a province's rules: they are not skipped, they are undecided.
#[test]
fn rules_of_a_place_that_cannot_be_told_are_not_skipped() {
    let packs = [vn(pass()), Canned::new("gia-lai", "gia-lai").rule("other", pass())];
    let unknown = DOSSIER.replace(r#""code": "52", "legacy_code": "64""#, r#""code": "03""#);
    let report = engine(&packs).judge(unknown.as_bytes(), ON).unwrap();
    assert_eq!(
        outcomes(&report),
        [("vn/total-differs", "pass"), ("gia-lai/other", "not-evaluated")]
    );
    assert_eq!((report.verdict, report.complete), (Verdict::Return, false));
}

// 2. Same input, same bytes: again, on another host, on any number of threads.
#[test]
fn same_input_same_bytes() {
    let packs = six_packs();
    let bytes = |threads| {
        let engine = with_packs(&packs).threads(threads).build().unwrap();
        let report = engine.judge(DOSSIER.as_bytes(), ON).unwrap();
        assert!(report.is_authentic());
        assert_eq!(engine.clone().judge(DOSSIER.as_bytes(), ON).unwrap(), report);
        report.to_json().unwrap()
    };
    let first = bytes(1);
    for threads in [0, 1, 2, 5, 64] {
        assert_eq!(bytes(threads), first, "{threads} threads");
    }
    assert!(first.ends_with("}\n") && !first.contains("\r"));
    let read: Report = serde_json::from_str(&first).unwrap();
    assert_eq!(read.to_json().unwrap(), first, "a report survives being read");
    let mut altered = read;
    altered.verdict = Verdict::Accept;
    assert!(!altered.is_authentic());
}

fn six_packs() -> Vec<RulePack> {
    let province = |pack: &str, status| Canned::new(pack, "gia-lai").rule("total-differs", status);
    let found = || fail(&[("/costs/total", "warn"), ("/kind", "block"), ("/owner/name", "inform")]);
    let packs = [
        vn(found()),
        province("a", found()),
        province("b", pass()),
        province("c", missing("/costs/lines")),
        province("d", pass()).body(LOOP),
        Canned::new("e", "bac-giang").rule("share", pass()),
    ];
    packs.iter().map(Canned::load).collect()
}

fn with_packs(packs: &[RulePack]) -> EngineBuilder {
    packs.iter().cloned().fold(Engine::builder().allow_unsigned(), EngineBuilder::pack)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_packs_are_added_does_not_matter(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        threads in 1usize..4,
    ) {
        static PACKS: std::sync::LazyLock<Vec<RulePack>> = std::sync::LazyLock::new(six_packs);
        static EXPECTED: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            with_packs(&PACKS).build().unwrap().judge(DOSSIER.as_bytes(), ON).unwrap().to_json().unwrap()
        });
        let shuffled = order.iter().map(|at| PACKS[*at].clone()).collect::<Vec<_>>();
        let engine = with_packs(&shuffled).threads(threads).build().unwrap();
        prop_assert_eq!(engine.judge(DOSSIER.as_bytes(), ON).unwrap().to_json().unwrap(), &**EXPECTED);
    }
}

// 3. Exact money: digits reach the rules and the report as they were written; a JSON number where an
// amount belongs is refused.
#[test]
fn exact_money() {
    let amount = "999999999999999999";
    let dossier = DOSSIER.replace(r#""300""#, &format!(r#""{amount}""#));
    let echo = engine(&[vn(pass()).body(ECHO)]).judge(dossier.as_bytes(), ON).unwrap();
    let OutcomeStatus::Crashed { reason, .. } = &echo.outcomes[0].status else { panic!() };
    assert!(reason.en.contains(&format!(r#""total": "{amount}""#)), "{}", reason.en);

    let mut found = fail(&[("/costs/total", "block")]);
    let precise = "9007199254740993.100000000000000001";
    found["findings"][0]["values"] = json!({ "sum": precise });
    assert_eq!(check(&[vn(found)]).findings[0].values["sum"], precise);

    for number in ["300", "300.0", "3e2", "0.1"] {
        let dossier = DOSSIER.replace(r#""300""#, number);
        let report = engine(&[vn(pass())]).judge(dossier.as_bytes(), ON).unwrap();
        assert_eq!(report.verdict, Verdict::Return, "{number}");
        let found = &report.findings[0];
        assert!(
            found.rule.starts_with("schema/") && found.path.as_str() == "/costs/total",
            "{found:?}"
        );
    }
}

// 4. Foreign code stays foreign: what one pack does changes nothing of another's outcome.
#[test]
fn foreign_code_stays_foreign() {
    let good = vn(fail(&[("/costs/total", "warn")]));
    let alone = check(std::slice::from_ref(&good));
    for (body, code) in [
        (LOOP, "fuel-exhausted"),
        (FILLER, "memory-exceeded"),
        (RECURSION, "stack-overflow"),
        (OUTSIDE, "malformed-answer"),
        (PANIC, "trapped"),
        (ECHO, "pack-error"),
    ] {
        let ill = Canned::new("ill", "gia-lai").rule("other", pass()).body(body);
        let report = check(&[good.clone(), ill]);
        assert_eq!(report.findings, alone.findings);
        assert_eq!(report.outcomes[0], alone.outcomes[0]);
        let OutcomeStatus::Crashed { crash, .. } = &report.outcomes[1].status else { panic!() };
        assert_eq!((report.outcomes[1].pack.as_str(), crash.code()), ("ill", code));
        assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false));
    }
    let importing = vn(pass()).importing().bytes();
    let refused = Engine::builder()
        .allow_unsigned()
        .limits(limits())
        .pack_bytes(&importing)
        .build()
        .unwrap_err();
    assert_eq!(refused.to_string(), "cannot load the rule pack number 1");
    let cause = refused.source().unwrap().to_string();
    assert_eq!(cause, "imports `clock`, but a rule pack imports nothing");
}

// 5. The law has dates: rules, codes and decrees are those of the day.
#[test]
fn the_law_has_dates() {
    let dated = json!({"effective": {"from": "2025-07-01", "to": "2026-06-30"}});
    let old = Canned::new("binh-dinh", "binh-dinh").rule("other", pass());
    let new = Canned::new("gia-lai-2025", "gia-lai-2025").rule("other", pass());
    let rules = Canned::new("vn", "VN").rule_with("total-differs", pass(), dated);
    let engine = engine(&[rules, old, new]);
    let dossier = DOSSIER.replace(r#", "legacy_code": "64""#, "");
    let on = |on: Date| engine.judge(dossier.as_bytes(), on).unwrap();
    let applied = |report: &Report| {
        let passed = report.outcomes.iter().filter(|outcome| outcome.status == OutcomeStatus::Pass);
        passed.map(|outcome| outcome.rule.clone()).collect::<Vec<_>>().join(" ")
    };
    for (date, rules, regime) in [
        (Date::literal(2025, 6, 30), "binh-dinh/other", "nd-82-2024"),
        (Date::literal(2025, 7, 1), "vn/total-differs gia-lai-2025/other", "nd-82-2024"),
        (Date::literal(2026, 6, 30), "vn/total-differs gia-lai-2025/other", "nd-45-2026"),
        (Date::literal(2026, 7, 1), "gia-lai-2025/other", "nd-224-2026"),
    ] {
        let report = on(date);
        assert_eq!(applied(&report), rules, "{date}");
        assert_eq!(report.regime.as_ref().unwrap().code, regime, "{date}");
        assert_eq!(report.on, date);
    }
    let transitional =
        dossier.replace(r#""kind""#, r#""transition": {"decided_on": "2026-05-04"}, "kind""#);
    let report = engine.judge(transitional.as_bytes(), ON).unwrap();
    assert_eq!(report.regime.unwrap().code, "nd-45-2026");
}

// 6. A lower level may tighten, never loosen; nor may the operator do more than lower, aloud.
#[test]
fn a_lower_level_may_tighten_never_loosen() {
    let lower = |status| Canned::new("a", "gia-lai").rule("total-differs", status);
    let blocked = || vn(fail(&[("/costs/total", "block")]));
    let not_applicable =
        json!({"status": "not-applicable", "reason": {"vi": "Không.", "en": "No."}});
    for status in [pass(), not_applicable, fail(&[("/costs/total", "inform")])] {
        let report = check(&[blocked(), lower(status)]);
        assert_eq!(findings(&report), [("vn/total-differs", Severity::Block, "/costs/total")]);
        assert_eq!(report.verdict, Verdict::Return);
    }
    let report =
        check(&[vn(fail(&[("/costs/total", "warn")])), lower(fail(&[("/costs/total", "block")]))]);
    assert_eq!(findings(&report), [("vn/total-differs", Severity::Block, "/costs/total")]);
    assert_eq!(report.findings[0].also, ["a/total-differs"]);
    assert_eq!(report.findings[0].declared_severity, Some(Severity::Warn));

    // An answer in another pack's name is no answer, and unverified law warns at most.
    let mut stranger = fail(&[("/costs/total", "block")]);
    stranger["rule"] = json!("vn/total-differs");
    assert_eq!(check(&[blocked(), lower(stranger)]).findings.len(), 1);
    let unverified = json!({"verified": false});
    let doubtful =
        Canned::new("vn", "VN").rule_with("total-differs", fail(&[("", "block")]), unverified);
    assert_eq!(check(&[doubtful]).verdict, Verdict::AcceptWithWarnings);

    let lowered = builder(&[blocked()]).lower_severity(
        "vn/total-differs",
        Severity::Warn,
        "Thí điểm theo 12/UBND-VX",
    );
    let report = lowered.build().unwrap().judge(DOSSIER.as_bytes(), ON).unwrap();
    assert_eq!(
        (report.verdict, report.raw_verdict),
        (Verdict::AcceptWithWarnings, Verdict::Return)
    );
    assert_eq!(report.findings[0].declared_severity, Some(Severity::Block));
    let said = &report.settings.lowered[0];
    assert_eq!(
        (said.from, said.to, said.reason.as_str()),
        (Severity::Block, Severity::Warn, "Thí điểm theo 12/UBND-VX")
    );
    assert_eq!(said.decision.as_deref(), Some("12/UBND-VX"));
    // Nobody lowers what stands above them on their own word; below that, a reason is enough.
    let own_word = builder(&[blocked()])
        .lower_severity("vn/total-differs", Severity::Warn, "Thí điểm")
        .build();
    assert!(matches!(own_word, Err(BuildError::NoDocument { .. })), "{own_word:?}");
    let own_word = builder(&[blocked()]).advisory("vn", "Thí điểm").build();
    assert!(matches!(own_word, Err(BuildError::NoDocument { .. })), "{own_word:?}");
    let own_rule = lower(fail(&[("/costs/total", "block")]));
    let own =
        builder(&[own_rule]).lower_severity("a/total-differs", Severity::Warn, "Thí điểm").build();
    assert_eq!(
        own.unwrap().judge(DOSSIER.as_bytes(), ON).unwrap().verdict,
        Verdict::AcceptWithWarnings
    );
    let raised =
        builder(&[blocked()]).lower_severity("vn/total-differs", Severity::Block, "Vì").build();
    assert_eq!(
        raised.unwrap_err().to_string(),
        "cannot lower the rule `vn/total-differs` to `block`, it is `block` itself"
    );
    let silent =
        builder(&[blocked()]).lower_severity("vn/total-differs", Severity::Warn, " ").build();
    assert!(matches!(silent, Err(BuildError::NoReason { .. })));
    // A text that nobody adopted binds nobody, whatever its pack says.
    let historic = Canned::new("a", "gia-lai").historic();
    let report = check(&[historic.rule("other", fail(&[("/costs/total", "block")]))]);
    assert_eq!(report.verdict, Verdict::AcceptWithWarnings);
    let nobody = builder(&[blocked()]).advisory("vm", "Vì").build();
    assert_eq!(nobody.unwrap_err().to_string(), "no rule pack `vm` is active; there are `vn`");
}

// 7. Every finding at once: the schema's and every pack's, each with place, words and basis.
#[test]
fn every_finding_at_once() {
    let dossier =
        DOSSIER.replace(r#""kind": "service-lease""#, r#""kind": "no-such-kind", "nonsense": 1"#);
    let packs = [
        vn(fail(&[("/costs/total", "block"), ("/owner/name", "warn")])),
        Canned::new("gia-lai", "gia-lai").rule("other", fail(&[("/province/code", "inform")])),
    ];
    let report = engine(&packs).judge(dossier.as_bytes(), ON).unwrap();
    let found = findings(&report);
    for expected in [
        ("vn/total-differs", Severity::Block, "/costs/total"),
        ("vn/total-differs", Severity::Warn, "/owner/name"),
        ("gia-lai/other", Severity::Inform, "/province/code"),
    ] {
        assert!(found.contains(&expected), "{found:?}");
    }
    let of_schema = found.iter().filter(|(rule, ..)| rule.starts_with("schema/"));
    assert_eq!(of_schema.map(|(.., path)| *path).collect::<Vec<_>>(), ["/kind", "/nonsense"]);
    let severities = report.findings.iter().map(|found| found.severity).collect::<Vec<_>>();
    assert!(severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
    let total = report.findings.iter().find(|found| found.path.as_str() == "/costs/total").unwrap();
    assert_eq!((total.line, total.column), (8, 23));
    assert_eq!(total.basis[0].article, "Điều 66");
    assert!(report.findings.iter().all(|found| !found.message.vi.is_empty() && found.line > 0));
    assert_eq!(
        report.counts.block + report.counts.warn + report.counts.inform,
        report.findings.len()
    );
}

// What is no JSON is a finding too, and nothing is asked of the rules.
#[test]
fn what_cannot_be_read_is_returned_with_its_place() {
    let engine = engine(&[vn(pass())]);
    for bytes in [&b"{\n  \"subject\": }"[..], b"", b"\xff", b"[]", b"{\"subject\":\"song\"}"] {
        let report = engine.judge(bytes, ON).unwrap();
        assert_eq!((report.verdict, report.complete), (Verdict::Return, false));
        assert_eq!((report.findings.len(), report.outcomes.len()), (1, 0));
        assert!(report.is_authentic());
    }
    let report = engine.judge(b"{\n  \"subject\": }", ON).unwrap();
    assert_eq!((report.findings[0].line, report.findings[0].column), (2, 14));
}
