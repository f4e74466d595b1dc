//! The self-test of real packs: all six, as they are built here from source, and one of them after its code was
//! changed behind the back of its cases.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::OnceLock;

use kycuong_demo::{build_packs, pack_set};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::self_test::{CaseProblem, SelfTestError};
use kycuong_engine::{Date, Limits, RulePack};
use kycuong_model::cases::CASES_SECTION;
use kycuong_pack_builder::BuiltPack;

fn packs() -> &'static [BuiltPack] {
    static PACKS: OnceLock<Vec<BuiltPack>> = OnceLock::new();
    PACKS.get_or_init(|| build_packs(|_| ()).unwrap())
}

fn load(bytes: &[u8]) -> RulePack {
    static SANDBOX: OnceLock<Sandbox> = OnceLock::new();
    let limits = Limits { instances_max: 2, ..Limits::default() };
    RulePack::load(SANDBOX.get_or_init(|| Sandbox::new(&limits).unwrap()), bytes).unwrap()
}

#[test]
fn all_six_packs_pass_and_the_report_says_by_how_many_cases() {
    let engine = pack_set(packs()).unwrap().self_test().build().unwrap();
    let report = engine.judge(b"{}", Date::literal(2026, 11, 21)).unwrap();
    assert!(report.settings.self_test);
    let mut cases = 0;
    for (pack, manifest) in report.settings.packs.iter().zip(engine.manifests()) {
        let self_test = pack.self_test.as_ref().unwrap();
        assert_eq!((self_test.rules, &pack.pack), (manifest.rules.len(), &manifest.pack));
        assert!(self_test.cases >= 3 * self_test.rules, "{pack:?}");
        cases += self_test.cases;
    }
    assert_eq!(report.settings.packs.len(), 6);
    assert!(cases > 1_000, "{cases}");
}

/// A pack with one word for another of the same length everywhere but in its cases.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let built = packs().iter().find(|pack| pack.manifest.pack == "bac-giang").unwrap();
    let mut bytes = built.bytes.clone();
    let section = find(&bytes, CASES_SECTION.as_bytes()).unwrap();
    let mut changed = 0;
    while let Some(at) = bytes.get(..section).and_then(|code| find(code, from.as_bytes())) {
        bytes.splice(at..at + from.len(), to.bytes());
        changed += 1;
    }
    assert!(changed > 0, "the code has no such words");
    bytes
}

#[test]
fn a_pack_that_judges_otherwise_than_is_recorded_does_not_pass() {
    let error = load(&changed("second-master", "second-mother")).self_test().unwrap_err();
    let SelfTestError::Failed { problems, found } = &error else { panic!("{error:?}") };
    assert!(*found >= 1 && !problems.is_empty());
    for problem in problems {
        let CaseProblem::Differs { difference, recorded, outcome } = &problem.kind else {
            panic!("{problem:?}")
        };
        assert!(difference.starts_with("the code of finding "), "{difference}");
        assert!(recorded.contains("second-master") && outcome.contains("second-mother"));
    }
}

#[test]
fn a_pack_that_words_it_otherwise_passes() {
    assert!(load(&changed("Allocate at least", "Allocate at most ")).self_test().is_ok());
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
