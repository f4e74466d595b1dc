//! The cases of a pack, with what the unchanged pack says of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kycuong_rules_sdk::Case;
use kycuong_rules_sdk::testing::Question;
use serde_json::Value;

use crate::bench::Bench;
use crate::data::Documents;
use crate::error::MutationError;

/// A case and its outcome.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) rule: String,
    file: String,
    pub(crate) documents: Documents,
    /// What the snapshot shows.
    pub(crate) outcome: String,
    /// The mutants whose place it passes.
    pub(crate) reached: BTreeSet<u32>,
}

impl Loaded {
    /// `rule/case.json`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.rule, self.file)
    }

    /// The case as a question, with a mutant turned on.
    pub(crate) fn question(&self, mutant: u32) -> Question {
        Question {
            mutant,
            rule: self.rule.clone(),
            severity: None,
            subject: self.documents.subject.to_string(),
            facts: self.documents.facts.to_string(),
            context: self.documents.context.to_string(),
        }
    }
}

/// The cases of one rule, which have to pass.
pub(crate) fn load(
    folder: &Path,
    pack: &str,
    rule: &str,
    bench: &mut Bench,
) -> Result<Vec<Loaded>, MutationError> {
    let cases = Case::load_all(&folder.join(rule), rule)
        .map_err(|source| MutationError::Cases { rule: format!("{pack}/{rule}"), source })?;
    let mut loaded = Vec::new();
    for case in cases {
        let json = |text: &str| -> Result<Value, MutationError> {
            serde_json::from_str(text).map_err(|source| MutationError::Answer { source })
        };
        let documents = Documents {
            subject: json(&case.subject)?,
            facts: json(&case.facts)?,
            context: json(&case.context)?,
        };
        let file = case.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let mut one = Loaded {
            rule: case.rule,
            file: file.unwrap_or_default(),
            documents,
            outcome: String::new(),
            reached: BTreeSet::new(),
        };
        let answer = bench.ask(&one.question(0))?;
        let snapshot = case.path.with_extension("snap");
        let expected = fs::read_to_string(&snapshot).unwrap_or_default();
        if expected != answer.outcome {
            return Err(MutationError::CaseFails { snapshot });
        }
        one.outcome = answer.outcome;
        one.reached = answer.reached.into_iter().collect();
        loaded.push(one);
    }
    Ok(loaded)
}
