//! Findings repeat what their rule is called and rests on, so a small answer could make a large report: 11
//! rules with long citations made one of 822 MB.

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::RulePack;

use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Date, Engine, OutcomeStatus, Verdict};
use kycuong_test_packs::canned_pack::{Canned, fail, limits};
use serde_json::json;

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &[u8] = br#"{"schema_version":"1.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"hire-plan"}"#;

/// Three rules: one of many findings and a long citation between two of few.
fn pack() -> Canned {
    // Findings of one place and one message would be one finding.
    let places: Vec<String> = (0..120).map(|number| format!("/x/{number}")).collect();
    let many: Vec<_> = places.iter().map(|place| (place.as_str(), "warn")).collect();
    let few = many.iter().copied().take(3).collect::<Vec<_>>();
    let long = json!({ "basis": [{ "instrument": "x".repeat(4_000), "article": "1" }] });
    Canned::new("vn", "VN")
        .rule("first", fail(&few))
        .rule_with("long", fail(&many), long)
        .rule("last", fail(&few))
}

fn report(findings_bytes_max: usize) -> kycuong_engine::Report {
    let limits = Limits { findings_bytes_max, instances_max: 1, ..limits() };
    let pack = RulePack::load(&Sandbox::new(&limits).unwrap(), &pack().bytes()).unwrap();
    let engine = Engine::builder().allow_unsigned().pack(pack).build().unwrap();
    engine.judge(DOSSIER, ON).unwrap()
}

#[test]
fn findings_beyond_what_a_pack_may_put_into_a_report_crash_their_rule_alone() {
    let whole = report(Limits::default().findings_bytes_max);
    assert_eq!(whole.counts.crashed, 0);

    let limit = 100_000;
    let cut = report(limit);
    let [first, long, last] = cut.outcomes.as_slice() else { panic!("{:?}", cut.outcomes) };
    let OutcomeStatus::Crashed { crash, .. } = &long.status else { panic!("{:?}", long.status) };
    assert_eq!(crash.code(), "findings-too-large");
    assert!(crash.sentence().vi.contains("vượt hạn mức 100.000 byte"), "{}", crash.sentence().vi);
    for answered in [first, last] {
        assert!(matches!(answered.status, OutcomeStatus::Fail { .. }), "{:?}", answered.status);
    }
    assert_ne!(cut.verdict, Verdict::Accept);
    assert!(!cut.complete);
    // What is counted is what the report holds, and not less.
    let written = serde_json::to_string(&cut.findings).unwrap().len();
    assert!(written < limit, "{written}");
    assert!(serde_json::to_string(&whole.findings).unwrap().len() > limit);
}
