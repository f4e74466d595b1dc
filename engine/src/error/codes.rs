//! Codes of errors are unique in the whole engine: a program tells errors apart by them, whatever their words are.

use std::collections::BTreeSet;

use crate::audit::ChainProblem;
use crate::error::*;
use crate::self_test::{CaseProblem, SelfTestError};

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    let all = [
        AuditError::CODES,
        BuildError::CODES,
        ChainProblem::CODES,
        CheckError::CODES,
        DeploymentError::CODES,
        FactError::CODES,
        CaseProblem::CODES,
        LoadError::CODES,
        SelfTestError::CODES,
        ReloadError::CODES,
        ReplayError::CODES,
    ];
    for code in all.concat() {
        assert!(seen.insert(code), "{code} is there twice");
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(code.split('-').all(is_word), "{code}");
    }
    assert_eq!(BuildError::NoPacks.code(), "no-packs");
}
