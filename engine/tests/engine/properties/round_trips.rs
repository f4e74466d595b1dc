//! What is written is read again: report, receipt, deployment file, manifest, cases.

use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::Receipt;
use kycuong_engine::{
    Adoption, Date, Deployment, Engine, EngineBuilder, Limits, Report, Severity, Waiver, verdicts,
};
use kycuong_model::cases::{
    CASES_SECTION, CarriedCase, CaseFinding, CaseOutcome, CaseWording, Expectation, PackCases,
    RuleCases,
};
use kycuong_model::manifest::{
    Basis, EffectiveDates, FactNeed, MANIFEST_SECTION, Manifest, PackStatus, ParameterDescription,
    RuleDescription, ViolationDescription,
};
use kycuong_model::text::Bilingual;
use kycuong_test_packs::canned_pack::{Canned, pass};
use kycuong_test_packs::section::custom_section;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::generated::packs;
use super::{ON, check, config};

/// A line that a person might write: letters of Vietnamese, quotes, backslashes, no white space alone.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9ăâđêôơưĂÂĐẮẤỘỮ]{1,8}( [a-zA-Z0-9ăđộữ\"'\\\\/“”.,:=#\\[\\]{}-]{1,8}){0,4}"
}

fn both() -> impl Strategy<Value = Bilingual> {
    (words(), words()).prop_map(|(vi, en)| Bilingual { vi, en })
}

fn date() -> impl Strategy<Value = Date> {
    (1990_i32..2100, 1_u8..13, 1_u8..29)
        .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}").parse().unwrap())
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_report_and_its_receipt(packs in packs(1)) {
        let report = check(&packs);
        let json = report.to_json().unwrap();
        let read = Report::from_json(json.as_bytes()).unwrap();
        prop_assert_eq!(&read, &report);
        prop_assert_eq!(read.to_json().unwrap(), json);
        prop_assert!(read.is_authentic());
        prop_assert_eq!(verdicts(&read), (report.verdict, report.raw_verdict));
        let receipt = serde_json::to_string(&report.receipt).unwrap();
        prop_assert_eq!(serde_json::from_str::<Receipt>(&receipt).unwrap(), report.receipt);
    }
}

/// A text as TOML writes it: JSON's escapes are TOML's.
fn quote(text: &str) -> String {
    json!(text).to_string()
}

/// What a deployment wants, of the two packs below.
#[derive(Clone, Debug)]
struct Wanted {
    adoption: Option<Adoption>,
    waiver: Option<Waiver>,
    lowered: Option<(Severity, String)>,
    advisory: Option<String>,
    parameter: Option<u32>,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let adoption = (words(), words(), date(), 0_i32..900, option::of(0_i32..900)).prop_map(
        |(decision, signer, date, after, until)| {
            let from = date.plus_days(after);
            let to = until.map(|days| from.plus_days(days));
            Adoption { pack: "gia-lai".to_owned(), from, to, decision, date, signer }
        },
    );
    let waiver = (words(), words(), words(), words(), date(), option::of(0_i32..900)).prop_map(
        |(dossier, decision, signer, reason, expires, before)| Waiver {
            rule: "gia-lai/share".to_owned(),
            violation: None,
            dossier,
            decision,
            date: before.map(|days| expires.plus_days(-days)),
            signer,
            expires,
            reason,
        },
    );
    let lowered = (select(vec![Severity::Warn, Severity::Inform]), words());
    (
        option::of(adoption),
        option::of(waiver),
        option::of(lowered),
        option::of(words()),
        option::of(1_u32..31),
    )
        .prop_map(|(adoption, waiver, lowered, advisory, parameter)| Wanted {
            adoption,
            waiver,
            lowered,
            advisory,
            parameter,
        })
}

impl Wanted {
    /// The file that says so.
    fn file(&self) -> String {
        let mut file = String::new();
        let mut line = |text: String| file.push_str(&(text + "\n"));
        if let Some(Adoption { from, to, decision, date, signer, .. }) = &self.adoption {
            line(format!("[[adopt]]\npack = 'gia-lai'\ndecision = {}", quote(decision)));
            line(format!("signer = {}\nfrom = {from}\ndate = \"{date}\"", quote(signer)));
            to.iter().for_each(|to| line(format!("to = {to}")));
        }
        if let Some(waiver) = &self.waiver {
            let Waiver { rule, dossier, decision, date, signer, expires, reason, .. } = waiver;
            line(format!("[[waiver]]\nexpires = {expires}"));
            for (name, text) in [
                ("rule", rule),
                ("dossier", dossier),
                ("decision", decision),
                ("signer", signer),
                ("reason", reason),
            ] {
                line(format!("{name} = {}", quote(text)));
            }
            date.iter().for_each(|date| line(format!("date = '{date}'")));
        }
        if let Some((severity, reason)) = &self.lowered {
            let (severity, reason) = (severity.code(), quote(reason));
            line(format!(
                "[[lower]]\nrule = 'gia-lai/share'\nseverity = '{severity}'\nreason = {reason}"
            ));
        }
        if let Some(reason) = &self.advisory {
            line(format!("[[advisory]]\npack = 'gia-lai'\nreason = {}", quote(reason)));
        }
        if let Some(days) = self.parameter {
            line(format!(
                "[[parameter]]\nrule = 'gia-lai/share'\nname = 'days'\nvalue = {days}\nreason = 'Vì'"
            ));
        }
        file
    }
}

proptest! {
    #![proptest_config(config(48))]

    /// A deployment file sets what the builder sets.
    #[test]
    fn a_deployment_file(wanted in wanted(), day in date()) {
        let days = json!({"parameters": [
            {"name": "days", "doc": "Ngày.", "kind": "days", "default": "10", "min": "1", "max": "30"}
        ]});
        let packs = [
            Canned::new("vn", "VN").rule("cap", pass()).load(),
            Canned::new("gia-lai", "gia-lai").historic().rule_with("share", pass(), days).load(),
        ];
        let builder = || {
            let development = Engine::builder().allow_unsigned();
            packs.iter().cloned().fold(development, EngineBuilder::pack)
        };
        let file = wanted.file();
        let deployment = Deployment::parse("d.toml", &file).unwrap();
        let from_file = builder().deployment(deployment).build().unwrap();
        let mut by_hand = builder();
        let Wanted { adoption, waiver, lowered, advisory, parameter } = wanted;
        if let Some(adoption) = adoption {
            by_hand = by_hand.adopt(adoption);
        }
        if let Some(waiver) = waiver {
            by_hand = by_hand.waive(waiver);
        }
        if let Some((severity, reason)) = lowered {
            by_hand = by_hand.lower_severity("gia-lai/share", severity, reason);
        }
        if let Some(reason) = advisory {
            by_hand = by_hand.advisory("gia-lai", reason);
        }
        if let Some(days) = parameter {
            by_hand = by_hand.parameter("gia-lai/share", "days", days.to_string());
        }
        let by_hand = by_hand.build().unwrap();
        for day in [day, ON] {
            let (mut read, mut set) = (from_file.settings(day), by_hand.settings(day));
            // The builder's method gives a parameter no reason; the file must.
            for setting in read.parameters.iter_mut().chain(&mut set.parameters) {
                setting.reason = None;
            }
            prop_assert_eq!(read, set, "{}", file);
        }
    }
}

fn parameter() -> impl Strategy<Value = ParameterDescription> {
    ("[a-z_]{1,12}", words(), option::of(0_u32..5), option::of(5_u32..9)).prop_map(
        |(name, doc, min, max)| ParameterDescription {
            name,
            doc,
            kind: "count".to_owned(),
            default: "5".to_owned(),
            min: min.map(|min| min.to_string()),
            max: max.map(|max| max.to_string()),
        },
    )
}

fn rule(number: usize) -> impl Strategy<Value = RuleDescription> {
    let severity = select(vec![Severity::Inform, Severity::Warn, Severity::Block]);
    let facts = option::of(select(vec!["id", "owner", "domain"])).prop_map(|column| FactNeed {
        table: "systems".to_owned(),
        path: column.map(|_| "owner.org_id".to_owned()),
        column: column.map(str::to_owned),
        optional: true,
    });
    let basis =
        (words(), "[a-z]{0,3}").prop_map(|(instrument, article)| Basis { instrument, article });
    let words_of = (both(), words(), option::of("R[0-9]{1,2}"), option::of(words()));
    let bound = (severity, any::<bool>(), date(), option::of(0_i32..900));
    let kinds = select(vec![vec![], vec!["service-lease".to_owned()]]);
    let subjects = select(vec!["dossier", "budget-entry", "unit-plan", "portfolio"]);
    (words_of, bound, kinds, subjects, vec(basis, 0..3), vec(facts, 0..2), vec(parameter(), 0..2))
        .prop_map(move |(words, bound, kinds, subject, basis, facts, parameters)| {
            let ((title, doc, requirement, quote), (severity, verified, from, until)) =
                (words, bound);
            let to = until.map(|days| from.plus_days(days));
            let listed = ["late", "differs"].map(|code| ViolationDescription {
                code: code.to_owned(),
                severity: Severity::Inform,
                message: title.clone(),
                remedy: title.clone(),
                values: vec!["by".to_owned()],
            });
            let is_of_dossiers = subject == "dossier";
            let of_dossiers = |code: &str| is_of_dossiers.then(|| code.to_owned()).into_iter();
            RuleDescription {
                id: format!("thu/quy-tac-{number}"),
                requirement,
                title,
                doc,
                severity,
                verified,
                effective: EffectiveDates { from, to },
                basis,
                quote,
                subjects: vec![subject.to_owned()],
                kinds,
                regimes: of_dossiers("nd-224-2026").collect(),
                stages: of_dossiers("appraisal").collect(),
                reads: vec!["costs.lines".to_owned()],
                facts,
                parameters,
                violations: listed.into_iter().take(number % 3).collect(),
            }
        })
}

/// A manifest that a host takes, of one to three rules.
fn manifest() -> impl Strategy<Value = Manifest> {
    let rules = (1_usize..4).prop_flat_map(|count| (0..count).map(rule).collect::<Vec<_>>());
    let status = select(vec![PackStatus::InForce, PackStatus::Historic]);
    (both(), option::of(both()), 1_u32..50, status, rules).prop_map(
        |(title, source, fuel_factor_tenths, status, rules)| Manifest {
            pack: "thu".to_owned(),
            version: "1.2.3".to_owned(),
            title,
            jurisdiction: serde_json::from_value(json!({"provinces": ["VN", "gia-lai"]})).unwrap(),
            model_version: "0.1.0".to_owned(),
            sdk_version: "0.1.0".to_owned(),
            fuel_factor_tenths,
            status,
            source,
            unverifiable: Vec::new(),
            rules,
        },
    )
}

/// Cases of some of the rules of a manifest.
fn cases(manifest: &Manifest) -> impl Strategy<Value = PackCases> + use<> {
    let outcome = (words(), words(), words()).prop_map(|(code, name, value)| CaseOutcome::Fail {
        findings: vec![CaseFinding {
            code,
            path: "/costs/total".into(),
            severity: Severity::Warn,
            values: [(name, value)].into(),
        }],
    });
    let outcome = option::of(prop_oneof![Just(CaseOutcome::Pass), outcome]);
    let case = (select(Expectation::ALL.to_vec()), words(), outcome);
    let of_rule = vec(case, 1..4).prop_map(|cases| {
        let cases = cases.into_iter().enumerate();
        cases
            .map(|(number, (expectation, content, outcome))| CarriedCase {
                name: format!("case {number}"),
                expectation,
                content,
                outcome,
            })
            .collect::<Vec<_>>()
    });
    let wording = (words(), words(), words()).prop_map(|(code, vi, en)| CaseWording {
        code,
        case: "invalid: case 0".to_owned(),
        message: Bilingual::new(vi, en),
        remedy: None,
    });
    let of_rule = (of_rule, vec(wording, 0..2));
    let rules: Vec<String> = manifest.rules.iter().map(|rule| rule.id.clone()).collect();
    vec(of_rule, 0..=rules.len()).prop_map(move |all| PackCases {
        rules: rules
            .iter()
            .cloned()
            .zip(all)
            .map(|(rule, (cases, wordings))| RuleCases { rule, cases, wordings })
            .collect(),
    })
}

proptest! {
    #![proptest_config(config(64))]

    /// Manifest and cases, through the sections of a file.
    #[test]
    fn a_manifest_and_its_cases(
        (manifest, cases) in manifest().prop_flat_map(|manifest| {
            let cases = cases(&manifest);
            (Just(manifest), cases)
        }),
    ) {
        // The file's own manifest is replaced; whether its code says the same is asked at loading.
        let mut file = Canned::new("thu", "VN").rule("mot", pass()).bytes();
        let own = file.windows(MANIFEST_SECTION.len());
        let section = own.into_iter().rposition(|window| window == MANIFEST_SECTION.as_bytes()).unwrap();
        // A section's id and its length (two bytes here) and its name's length come before the name.
        file.truncate(section - 4);
        for (name, json) in [
            (MANIFEST_SECTION, serde_json::to_vec(&manifest).unwrap()),
            (CASES_SECTION, serde_json::to_vec(&cases).unwrap()),
        ] {
            file.extend(custom_section(name, &json));
        }
        let read = PackDescription::read(&file, &Limits::default()).unwrap();
        prop_assert_eq!(read.manifest, manifest);
        prop_assert_eq!(read.cases, cases);
    }
}
