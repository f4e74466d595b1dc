//! Proving real packs: all six, as they are built here from source, and one of them after its code was
//! changed behind the back of its cases.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::OnceLock;

use kycuong_demo::{build_packs, pack_set};
use kycuong_engine::proof::{Fault, ProofError};
use kycuong_engine::sandbox::Sandbox;
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
fn all_six_packs_are_proved_and_the_receipt_says_by_how_many_cases() {
    let engine = pack_set(packs()).unwrap().prove().build().unwrap();
    let report = engine.check(b"{}", Date::literal(2026, 11, 21)).unwrap();
    assert!(report.settings.proved);
    let mut cases = 0;
    for (pack, manifest) in report.receipt.packs.iter().zip(engine.manifests()) {
        let proof = pack.proof.as_ref().unwrap();
        assert_eq!((proof.rules, &pack.pack), (manifest.rules.len(), &manifest.pack));
        assert!(proof.cases >= 3 * proof.rules, "{pack:?}");
        cases += proof.cases;
    }
    assert_eq!(report.receipt.packs.len(), 6);
    assert!(cases > 1_000, "{cases}");
}

/// One word of one message, in the code: the manifest and the cases stay what they were.
#[test]
fn a_pack_whose_wording_was_changed_in_the_code_is_not_proved() {
    let built = packs().iter().find(|pack| pack.manifest.pack == "bac-giang").unwrap();
    let mut bytes = built.bytes.clone();
    let section = find(&bytes, CASES_SECTION.as_bytes()).unwrap();
    let (from, to) = ("Allocate at least", "Allocate at most ");
    let mut changed = 0;
    while let Some(at) = bytes.get(..section).and_then(|code| find(code, from.as_bytes())) {
        bytes.splice(at..at + from.len(), to.bytes());
        changed += 1;
    }
    assert!(changed > 0, "the code has no such words");
    assert!(load(&built.bytes).prove().is_ok());
    let error = load(&bytes).prove().unwrap_err();
    let ProofError::Failed { problems, found } = &error else { panic!("{error:?}") };
    assert!(*found >= 1 && !problems.is_empty());
    for problem in problems {
        let Fault::Differs { recorded, outcome, .. } = &problem.fault else {
            panic!("{problem:?}")
        };
        assert!(recorded.contains(from) && outcome.contains(to), "{problem:?}");
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
