//! The cases of a pack, with what the unchanged pack says of each.

use std::collections::BTreeSet;
use std::path::Path;

use kycuong_cases::{CaseFile, file_name, wordings_of};
use kycuong_model::cases::{CaseDocuments, CaseOutcome, CaseWording};
use kycuong_rules_sdk::testing::{Job, JobResult};
use serde_json::Value;

use crate::bench::Bench;
use crate::data::Documents;
use crate::error::MutationError;

/// A case and what is recorded of it.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) rule: String,
    /// Kind and name.
    title: String,
    pub(crate) documents: Documents,
    outcome: CaseOutcome,
    /// The sentences of which this case is the recorded example.
    wordings: Vec<CaseWording>,
    /// The mutants whose place it passes.
    pub(crate) reached: BTreeSet<u32>,
}

impl Loaded {
    /// The rule's name, then the case's kind and name.
    pub(crate) fn name(&self) -> String {
        format!("{}, {}", self.rule, self.title)
    }

    /// The case as a job, with a mutant turned on.
    pub(crate) fn job(&self, mutant: u32) -> Job {
        Job {
            mutant,
            rule: self.rule.clone(),
            severity: None,
            subject: self.documents.subject.to_string(),
            facts: self.documents.facts.to_string(),
            context: self.documents.context.to_string(),
        }
    }

    /// Whether a test of the pack would notice this answer: another outcome, or another sentence where
    /// this case is the example of one.
    pub(crate) fn notices(&self, answer: &JobResult) -> bool {
        let Some(status) = &answer.status else { return true };
        let wordings = wordings_of(&self.title, status);
        CaseOutcome::from(status) != self.outcome
            || self.wordings.iter().any(|wording| !wordings.contains(wording))
    }
}

/// The cases of one rule, which have to pass.
pub(crate) fn load(
    folder: &Path,
    pack: &str,
    rule: &str,
    bench: &mut Bench,
) -> Result<Vec<Loaded>, MutationError> {
    let path = folder.join(file_name(rule));
    let id = format!("{pack}/{rule}");
    let unreadable = |source| MutationError::Cases { rule: id.clone(), source };
    let file = CaseFile::load(&path, rule).map_err(unreadable)?;
    let carried = file.carry(&path, &id).map_err(unreadable)?;
    let mut loaded = Vec::new();
    for (case, carried) in file.cases.iter().zip(carried.cases) {
        let place = format!("{}:{}", path.display(), case.line);
        let title = case.title();
        let fails = || MutationError::CaseFails { place: place.clone(), title: title.clone() };
        let documents = CaseDocuments::read(&carried.content, rule).map_err(|_| fails())?;
        let json = |text: &str| -> Result<Value, MutationError> {
            serde_json::from_str(text).map_err(|source| MutationError::JobResult { source })
        };
        let documents = Documents {
            subject: json(&documents.subject)?,
            facts: json(&documents.facts)?,
            context: json(&documents.context)?,
        };
        let of_case = |wording: &&CaseWording| wording.case == title;
        let mut one = Loaded {
            rule: rule.to_owned(),
            title: title.clone(),
            documents,
            outcome: carried.outcome.ok_or_else(fails)?,
            wordings: file.wordings.iter().filter(of_case).cloned().collect(),
            reached: BTreeSet::new(),
        };
        let answer = bench.run(&one.job(0))?;
        if one.notices(&answer) {
            return Err(fails());
        }
        one.reached = answer.reached.into_iter().collect();
        loaded.push(one);
    }
    Ok(loaded)
}
