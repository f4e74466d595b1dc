//! Every file of `hostile/corpus`: refused before it runs, or contained when it does, as its first lines
//! say. None of them ends in an accept, none takes the host down.

use std::path::Path;

use kycuong_engine::pack::{RulePack, RuleResult};
use kycuong_model::text::with_causes;
use kycuong_test_packs::hostile_file::{self, Hostile};
use kycuong_test_packs::hostile_pack::{SANDBOX, evaluate};

pub(crate) fn corpus() -> Vec<Hostile> {
    hostile_file::corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/corpus"))
}

#[test]
fn each_is_refused_or_contained_as_it_says() {
    let corpus = corpus();
    assert!(corpus.len() >= 40, "{} files", corpus.len());
    let mut wrong = Vec::new();
    for Hostile { name, refused, contained, bytes } in corpus {
        let loaded = RulePack::load(&SANDBOX, &bytes);
        match (loaded, refused, contained) {
            (Err(error), Some(words), _) => {
                let said = with_causes(&error);
                if !said.contains(&words) {
                    wrong.push(format!("{name}: refused, but says “{said}”"));
                }
            }
            (Ok(pack), _, Some(code)) => {
                // Twice: what one evaluation did must be gone in the next.
                for _ in 0..2 {
                    match evaluate(&pack, &["thu/mot"]).outcomes.as_slice() {
                        [RuleResult::Crashed(crash)] if crash.code() == code => {}
                        other => wrong.push(format!("{name}: {other:?}")),
                    }
                }
            }
            (Ok(_), ..) => wrong.push(format!("{name}: was not refused")),
            (Err(error), ..) => wrong.push(format!("{name}: was refused: {}", with_causes(&error))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file of the corpus cut anywhere, or with any one byte changed, is refused or contained too: at
/// least nothing panics and no load takes the host down.
#[test]
fn broken_copies_take_nothing_down() {
    for Hostile { name, bytes, .. } in corpus().into_iter().filter(|one| one.bytes.len() < 4_000) {
        for at in (0..bytes.len()).step_by(61) {
            let mut broken = bytes.clone();
            if let Some(byte) = broken.get_mut(at) {
                *byte ^= 0x55;
            }
            let Ok(pack) = RulePack::load(&SANDBOX, &broken) else { continue };
            let outcomes = evaluate(&pack, &["thu/mot"]).outcomes;
            assert_eq!(outcomes.len(), 1, "{name} at {at}");
        }
    }
}
