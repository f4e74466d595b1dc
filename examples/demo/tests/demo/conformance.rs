//! The conformance set: each dossier of `examples/dossiers` gives exactly the report beside it, from
//! packs that are built here from source. `UPDATE_EXPECT=1 cargo test` rewrites the reports.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::Arc;
use std::sync::OnceLock;

use kycuong_demo::{
    AS_NEW, FIVE_PROVINCES, Sample, boundaries, build_packs, comparable, deployed, dossiers,
    examples, facts, pack_set, undeployed,
};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{Engine, EngineBuilder, Outcome, Report, Severity, Verdict};
use kycuong_pack_builder::BuiltPack;

fn packs() -> &'static [BuiltPack] {
    static PACKS: OnceLock<Vec<BuiltPack>> = OnceLock::new();
    PACKS.get_or_init(|| build_packs(|_| ()).unwrap())
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| pack_set(packs()).unwrap().build().unwrap())
}

/// A day for what does not say when it was submitted.
fn judge(engine: &Engine, sample: &Sample) -> Report {
    let submission = engine.read(std::fs::read(&sample.path).unwrap());
    let on = sample.on.or_else(|| submission.submitted_on()).unwrap_or(AS_NEW);
    engine.check(&submission, on).unwrap().into_report()
}

fn dossier(start: &str, on: Option<kycuong_engine::Date>) -> Report {
    let sample = dossiers().unwrap().into_iter().find(|sample| {
        sample.path.file_name().unwrap().to_string_lossy().starts_with(start) && sample.on == on
    });
    judge(engine(), &sample.unwrap())
}

fn boundary(name: &str) -> Report {
    let path = examples().join("dossiers/boundaries").join(name).with_extension("json");
    judge(engine(), &Sample { path, on: None })
}

/// The rules with a finding of a severity, by name, each once.
fn rules(report: &Report, severity: Severity) -> Vec<String> {
    let mut names: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| finding.requirement.clone().unwrap_or_else(|| finding.rule.clone()))
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn every_sample_gives_the_report_beside_it() {
    let mut differing = Vec::new();
    for sample in dossiers().unwrap().into_iter().chain(boundaries().unwrap()) {
        let actual = comparable(judge(engine(), &sample)).unwrap();
        let path = sample.report_path();
        if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
            std::fs::write(&path, &actual).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_ref() != Some(&actual) {
            differing.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    assert!(
        differing.is_empty(),
        "rewrite with UPDATE_EXPECT=1 and read the differences: {differing:#?}"
    );
}

#[test]
fn the_seven_verdicts() {
    let expected = [
        ("s1-", None, Verdict::AcceptWithWarnings),
        ("s2-", None, Verdict::Return),
        ("s3-", None, Verdict::Return),
        ("s4-", None, Verdict::Return),
        ("s5-", None, Verdict::Return),
        ("s6-", None, Verdict::AcceptWithWarnings),
        ("s7-", None, Verdict::Accept),
        ("s7-", Some(AS_NEW), Verdict::Return),
    ];
    for (start, on, verdict) in expected {
        let report = dossier(start, on);
        assert_eq!(report.verdict, verdict, "{start} {on:?}: {:#?}", report.findings);
        // Judged as new, the old dossier stands in no province that exists: everything that can be said is.
        assert!(report.complete || on.is_some(), "{start}: {:#?}", report.outcomes);
    }
}

#[test]
fn what_blocks_and_what_warns() {
    let blocks = |start| rules(&dossier(start, None), Severity::Block);
    let warns = |start| rules(&dossier(start, None), Severity::Warn);
    assert_eq!((blocks("s1-"), warns("s1-")), (vec![], vec!["R73".into()]));
    assert_eq!(blocks("s2-"), ["R08", "R32", "R33", "R87"]);
    assert_eq!(warns("s2-"), ["R27", "R28", "R29", "R34", "R35", "R42", "R86"]);
    assert_eq!(blocks("s3-"), ["R82", "R85", "R86"]);
    assert_eq!(warns("s3-"), ["R55", "R59"]);
    assert_eq!(
        (blocks("s4-"), warns("s4-")),
        (vec!["R62".into()], vec!["R63".into(), "R97".into()])
    );
    assert_eq!(blocks("s5-"), ["R09"]);
    // R09 also finds the district chapter missing from the list of codes.
    assert_eq!(warns("s5-"), ["R09", "R69", "R70", "R75"]);
    assert_eq!(blocks("s6-"), Vec::<String>::new());
    assert_eq!(warns("s6-"), ["R73", "R86", "R90", "R93"]);
    assert_eq!((blocks("s7-"), warns("s7-")), (vec![], vec![]));
    let as_new = rules(&dossier("s7-", Some(AS_NEW)), Severity::Block);
    assert!(as_new.contains(&"R07".into()) && as_new.contains(&"R80".into()), "{as_new:?}");
}

#[test]
fn the_shortfall_of_s5_is_named_to_the_dong() {
    let report = dossier("s5-", None);
    let shortfall = report
        .findings
        .iter()
        .find(|finding| finding.requirement.as_deref() == Some("R69"))
        .unwrap();
    assert!(shortfall.message.vi.contains("888.000.000 đồng"), "{}", shortfall.message.vi);
    assert_eq!(shortfall.severity, Severity::Warn);
    let chapter = report
        .findings
        .iter()
        .find(|finding| finding.requirement.as_deref() == Some("R09"))
        .unwrap();
    assert_eq!(chapter.path.as_str(), "/entries/1/codes/chapter");
}

#[test]
fn two_per_cent_once_the_city_adopts_it() {
    let twin = |engine: &Engine, name: &str| {
        let path = examples().join("dossiers/boundaries").join(name).with_extension("json");
        let report = judge(engine, &Sample { path, on: None });
        let outcome = |one: &&Outcome| one.requirement.as_deref() == Some("R69");
        let status = report.outcomes.iter().find(outcome).unwrap().status.code();
        (status, rules(&report, Severity::Block), report.verdict)
    };
    let (exact, short) = ("s5-exactly-two-percent", "s5-one-dong-short-of-two-percent");
    let adopted = deployed(packs(), "bac-ninh-two-percent.toml").build().unwrap();
    let (status, blocks, verdict) = twin(&adopted, exact);
    assert_eq!((status, blocks), ("pass", vec![]));
    assert!(verdict >= Verdict::AcceptWithWarnings, "{verdict:?}");
    assert_eq!(twin(&adopted, short), ("fail", vec!["R69".to_owned()], Verdict::Return));
    // The pack's adoption alone binds in the years of its plan; without it the parameter binds nobody.
    let set = |builder: EngineBuilder| {
        let rule = "bac-giang/min-it-share-of-recurrent";
        builder.parameter(rule, "adopted_beyond_2025", "true").build().unwrap()
    };
    for engine in [pack_set(packs()).unwrap().build().unwrap(), set(undeployed(packs()))] {
        assert_eq!(twin(&engine, short), ("fail", vec![], Verdict::AcceptWithWarnings));
    }
}

/// “Trước ngày 10 tháng 01 năm 2024” is strict: the day itself is too late.
#[test]
fn the_effectiveness_report_of_s7_is_due_before_its_day() {
    let blocks = |name| rules(&boundary(name), Severity::Block);
    assert_eq!(blocks("portfolio-of-s7-report-on-the-day-it-is-due"), ["R21"]);
    assert_eq!(blocks("portfolio-of-s7-report-on-the-day-before-it-is-due"), Vec::<String>::new());
}

/// Removing the form basis of S1's package makes it `return` by R10, and nothing else changes.
#[test]
fn the_twin_without_the_basis_of_direct_appointment() {
    let (before, after) =
        (dossier("s1-", None), boundary("s1-without-the-basis-of-direct-appointment"));
    assert_eq!(after.verdict, Verdict::Return);
    assert_eq!(rules(&after, Severity::Block), ["R10"]);
    let others = |report: &Report| {
        let rest = report
            .outcomes
            .iter()
            .filter(|outcome| outcome.rule != "vn-baseline/procurement-form-threshold");
        rest.cloned().collect::<Vec<_>>()
    };
    assert_eq!(others(&before), others(&after));
    assert_eq!(rules(&before, Severity::Warn), rules(&after, Severity::Warn));
}

/// Each pair of boundary cases differs by one step; the rule turns between them.
#[test]
fn the_boundaries_of_each_norm() {
    let pairs = [
        ("one-step-design-at-20-billion", "one-step-design-one-dong-over-20-billion", "R83"),
        ("one-step-design-at-20-billion", "one-step-design-one-dong-over-20-billion", "R07"),
        (
            "direct-appointment-in-an-estimate-at-500-million",
            "direct-appointment-in-an-estimate-one-dong-over",
            "R10",
        ),
        (
            "direct-appointment-of-consulting-at-800-million",
            "direct-appointment-of-consulting-one-dong-over",
            "R10",
        ),
        (
            "direct-appointment-of-goods-at-2-billion",
            "direct-appointment-of-goods-one-dong-over",
            "R10",
        ),
        ("decided-on-the-first-day-of-decree-224", "decided-on-the-last-day-of-decree-45", "R80"),
        ("district-chapter-in-2025", "district-chapter-in-2026", "R09"),
        ("contingency-at-exactly-10-percent", "contingency-one-dong-over-10-percent", "R86"),
        ("orphan-share-at-exactly-5-percent", "orphan-share-one-dong-over-5-percent", "R05"),
    ];
    for (within, beyond, requirement) in pairs {
        let blocks = |name| rules(&boundary(name), Severity::Block);
        assert!(
            !blocks(within).contains(&requirement.to_owned()),
            "{within}: {:?}",
            blocks(within)
        );
        assert!(blocks(beyond).contains(&requirement.to_owned()), "{beyond}: {:?}", blocks(beyond));
    }
    for (within, beyond, requirement) in [
        ("quote-of-90-days", "quote-of-91-days", "R16"),
        ("similar-contract-of-12-months", "similar-contract-of-12-months-and-a-day", "R16"),
    ] {
        let warns = |name| rules(&boundary(name), Severity::Warn);
        assert!(!warns(within).contains(&requirement.to_owned()), "{within}: {:?}", warns(within));
        assert!(warns(beyond).contains(&requirement.to_owned()), "{beyond}: {:?}", warns(beyond));
    }
}

#[test]
fn a_code_is_the_province_of_its_date() {
    assert_eq!(boundary("code-52-while-it-is-binh-dinh").jurisdictions, ["VN", "binh-dinh"]);
    assert_eq!(boundary("code-52-since-it-is-gia-lai").jurisdictions, ["VN", "gia-lai-2025"]);
}

/// S2 in each part of Thái Nguyên: Bắc Kạn's surviving pack judges what lies in its old area.
#[test]
fn a_surviving_pack_follows_its_old_area() {
    let path = examples().join("dossiers/s2-quan-ly-vien-chuc-giao-duc-bac-kan.json");
    let text = std::fs::read_to_string(path).unwrap();
    let mut dossier: serde_json::Value = serde_json::from_str(&text).unwrap();
    let on = engine().read(text.as_bytes()).submitted_on().unwrap();
    let mut judged = |province: serde_json::Value| {
        dossier["province"] = province;
        let report = engine().judge(dossier.to_string().as_bytes(), on).unwrap();
        let by_bac_kan = report.findings.iter().any(|one| one.pack.as_deref() == Some("bac-kan"));
        let told = report.findings.iter().filter(|one| one.rule == "place/area-unspecified");
        let told = told.map(|one| (one.severity, one.message.vi.clone())).collect::<Vec<_>>();
        (report.jurisdictions.join(" "), by_bac_kan, told)
    };
    for province in [
        serde_json::json!({"code": "19", "commune_code": "01840"}),
        serde_json::json!({"code": "19", "commune_code": "02191"}),
        serde_json::json!({"code": "19", "legacy_code": "06"}),
    ] {
        let expected = ("VN thai-nguyen-2025 bac-kan".to_owned(), true, vec![]);
        assert_eq!(judged(province.clone()), expected, "{province}");
    }
    let (jurisdictions, by_bac_kan, told) =
        judged(serde_json::json!({"code": "19", "commune_code": "05443"}));
    assert_eq!((jurisdictions.as_str(), by_bac_kan), ("VN thai-nguyen-2025 thai-nguyen", false));
    assert_eq!(told, []);
    let (jurisdictions, by_bac_kan, told) = judged(serde_json::json!({"code": "19"}));
    assert_eq!((jurisdictions.as_str(), by_bac_kan), ("VN thai-nguyen-2025", false));
    let [(severity, message)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(*severity, Severity::Warn);
    assert!(message.contains("gói quy tắc “bac-kan” của địa bàn tỉnh Bắc Kạn trước sắp xếp"));
}

#[test]
fn amounts_that_are_no_amounts_are_refused_where_they_stand() {
    for name in [
        "with-separators",
        "in-words",
        "negative",
        "with-an-exponent",
        "of-19-digits",
        "as-a-number",
    ] {
        let report = boundary(&format!("total-{name}"));
        assert_eq!(report.verdict, Verdict::Return, "{name}");
        let refused =
            report.findings.iter().find(|finding| finding.rule.starts_with("schema/")).unwrap();
        assert_eq!(refused.path.as_str(), "/costs/total", "{name}");
        assert!(refused.line > 1, "{name}");
    }
}

#[test]
fn the_largest_line_is_a_finding_and_no_crash() {
    let report = boundary("largest-price-times-largest-quantity");
    assert_eq!(report.verdict, Verdict::Return);
    assert_eq!(report.counts.crashed, 0, "{:#?}", report.outcomes);
}

#[test]
fn an_empty_dossier_is_told_everything_at_once() {
    let report = boundary("empty-dossier");
    assert_eq!(report.verdict, Verdict::Return);
    assert_eq!(report.counts.crashed, 0);
    assert!(report.counts.block >= 5, "{:#?}", report.findings);
}

#[test]
fn an_unadopted_pack_warns_and_the_verdict_is_the_nation_s() {
    let engine = undeployed(packs()).facts(Arc::new(facts().unwrap())).build().unwrap();
    for sample in dossiers().unwrap() {
        let (unadopted, adopted) = (judge(&engine, &sample), judge(self::engine(), &sample));
        let national = |report: &Report| {
            let blocks = report.findings.iter().filter(|one| one.severity == Severity::Block);
            let blocks =
                blocks.filter(|one| one.pack.as_deref().is_none_or(|pack| pack == "vn-baseline"));
            blocks.map(|one| (one.rule.clone(), one.path.clone())).collect::<Vec<_>>()
        };
        let name = sample.path.display();
        assert_eq!(national(&unadopted), national(&adopted), "{name}");
        assert_eq!(unadopted.counts.block, national(&unadopted).len(), "{name}");
        assert_eq!(unadopted.findings.len(), adopted.findings.len(), "{name}: nothing is hidden");
    }
}

/// Without its table a rule is not evaluated: never a pass, and never a return of what it would pass.
#[test]
fn without_facts_nothing_passes_that_needs_them() {
    let engine = deployed(packs(), FIVE_PROVINCES).build().unwrap();
    let needy = |id: &str| {
        let rules = packs().iter().flat_map(|pack| &pack.manifest.rules);
        let rule = rules.into_iter().find(|rule| rule.id == id);
        rule.is_some_and(|rule| rule.facts.iter().any(|need| !need.optional))
    };
    let mut waiting = 0;
    for sample in dossiers().unwrap() {
        let report = judge(&engine, &sample);
        for outcome in report.outcomes.iter().filter(|outcome| needy(&outcome.rule)) {
            let code = outcome.status.code();
            assert!(matches!(code, "not-evaluated" | "not-applicable"), "{} {code}", outcome.rule);
            waiting += usize::from(code == "not-evaluated");
        }
        // None of them is mandatory, so that a host without facts still comes to a verdict.
        let decided = report.verdict != Verdict::Undetermined;
        assert!(decided, "{}: {:?}", sample.path.display(), report.verdict);
    }
    assert!(waiting > 5, "{waiting}");
}

#[test]
fn a_waiver_of_one_rule_lets_s4_through_until_it_expires() {
    let engine = deployed(packs(), "quang-ngai-waiver.toml").build().unwrap();
    let path = examples().join("dossiers/s4-thay-the-thiet-bi-cap-xa-quang-ngai.json");
    let on = |on| judge(&engine, &Sample { path: path.clone(), on });
    let waived = on(None);
    assert_eq!(
        (waived.verdict, waived.raw_verdict),
        (Verdict::AcceptWithWarnings, Verdict::Return)
    );
    assert_eq!((waived.counts.waived, waived.counts.waivers_applied), (1, 1));
    let last = on(Some("2026-12-31".parse().unwrap()));
    assert_eq!(last.verdict, Verdict::AcceptWithWarnings);
    let expired = on(Some("2027-01-01".parse().unwrap()));
    assert_eq!((expired.verdict, expired.counts.waived), (Verdict::Return, 0));
}

/// Several threads, and the packs in any order, give the same bytes.
#[test]
fn threads_and_order_change_nothing() {
    let reversed = packs()
        .iter()
        .rev()
        .fold(Engine::builder().allow_unsigned(), |builder, pack| builder.pack_bytes(&pack.bytes))
        .deployment_file(examples().join("deployments").join(FIVE_PROVINCES))
        .facts(Arc::new(facts().unwrap()));
    let others = [
        pack_set(packs()).unwrap().threads(2).build().unwrap(),
        pack_set(packs()).unwrap().threads(8).build().unwrap(),
        reversed.build().unwrap(),
    ];
    for sample in dossiers().unwrap() {
        let expected = judge(engine(), &sample).to_json().unwrap();
        for other in &others {
            assert_eq!(
                judge(other, &sample).to_json().unwrap(),
                expected,
                "{}",
                sample.path.display()
            );
        }
    }
}
