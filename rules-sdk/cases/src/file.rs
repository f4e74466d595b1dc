//! A file of cases as data.

use std::path::Path;

use kycuong_files::{ReadError, read_text_bounded};
use kycuong_model::cases::{
    CarriedCase, CaseDocumentError, CaseDocuments, CaseOutcome, CaseWording, Expectation, RuleCases,
};

use crate::error::{CaseFileError, Problem};
use crate::json::Json;

/// Largest file of cases, in bytes: 4 MiB, what a pack may carry of all its rules.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// All cases of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The rule's name, which is the file's.
    pub rule: String,
    /// The documents that cases start from; the first is the one of a case that names none.
    pub bases: Vec<Base>,
    /// In the order in which they are written.
    pub cases: Vec<Case>,
    /// The recorded sentences.
    pub wordings: Vec<CaseWording>,
}

/// A document that cases start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its name; empty when it needs none.
    pub name: String,
    /// JSON text, without spaces around it.
    pub json: String,
    /// The line of its heading, from 1.
    pub line: usize,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What is promised.
    pub expectation: Expectation,
    /// A sentence.
    pub name: String,
    /// What it starts from.
    pub start: Start,
    /// What it changes there, in this order.
    pub changes: Vec<Change>,
    /// What became of it.
    pub outcome: Option<CaseOutcome>,
    /// The line of its heading, from 1.
    pub line: usize,
}

/// What a case starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// The first base of the file.
    FirstBase,
    /// A base by its name.
    Base(String),
    /// A document of its own: JSON text, without spaces around it.
    Own(String),
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// A JSON Pointer into the document of the case; `-` as its last token appends to a list.
    pub pointer: String,
    /// What happens there.
    pub effect: Effect,
    /// Its line, from 1.
    pub line: usize,
}

/// What happens at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is there any more.
    Absent,
    /// This JSON text is there; over several lines, it is written as a block.
    Set(String),
}

impl Case {
    /// Kind and name: `invalid: one đồng over the ceiling`.
    pub fn title(&self) -> String {
        format!("{}: {}", self.expectation.code(), self.name)
    }
}

impl CaseFile {
    /// Reads the file of a rule, by the rule's name, and holds each case against what a case must be.
    ///
    /// # Errors
    ///
    /// [`CaseFileError`] with the file and the line.
    pub fn load(path: &Path, rule: &str) -> Result<Self, CaseFileError> {
        let text = read_text_bounded(path, FILE_BYTES_MAX).map_err(|error| {
            let problem = match error {
                ReadError::NotUtf8 => Problem::NotUtf8,
                error => Problem::Unreadable { reason: error.to_string() },
            };
            CaseFileError::new(path, 0, problem)
        })?;
        let file =
            Self::read(&text).map_err(|(line, problem)| CaseFileError::new(path, line, problem))?;
        if file.rule != rule {
            let problem =
                Problem::OtherRule { found: file.rule.clone(), expected: rule.to_owned() };
            return Err(CaseFileError::new(path, 1, problem));
        }
        file.carry(path, rule)?;
        Ok(file)
    }

    /// The whole document of a case: JSON without spaces.
    ///
    /// # Errors
    ///
    /// The line, and what is wrong there.
    pub fn document(&self, case: &Case) -> Result<String, (usize, Problem)> {
        let (line, text) = match &case.start {
            Start::Own(json) => (case.line, json),
            Start::FirstBase => match self.bases.first() {
                Some(base) => (base.line, &base.json),
                None => return Err((case.line, Problem::NoBase)),
            },
            Start::Base(name) => match self.bases.iter().find(|base| base.name == *name) {
                Some(base) => (base.line, &base.json),
                None => return Err((case.line, self.unknown_base(name))),
            },
        };
        let mut document =
            Json::read(text).map_err(|error| (line, Problem::Json { source: error }))?;
        for change in &case.changes {
            document.change(change).map_err(|problem| (change.line, problem))?;
        }
        Ok(document.compact())
    }

    /// Where to fix a document: what is absent is absent in the base, unless the case took it away.
    fn line_of(&self, case: &Case, error: &CaseDocumentError) -> usize {
        let absent = matches!(error, CaseDocumentError::NoDay | CaseDocumentError::NoSubject);
        let base = match &case.start {
            Start::Own(_) => None,
            Start::FirstBase => self.bases.first(),
            Start::Base(name) => self.bases.iter().find(|base| base.name == *name),
        };
        let took = case.changes.iter().any(|change| change.effect == Effect::Absent);
        base.filter(|_| absent && !took).map_or(case.line, |base| base.line)
    }

    fn unknown_base(&self, name: &str) -> Problem {
        let known = self.bases.iter().map(|base| format!("`{}`", base.name)).collect::<Vec<_>>();
        Problem::UnknownBase { name: name.to_owned(), known: known.join(", ") }
    }

    /// The cases as a pack carries them, for the rule's id.
    ///
    /// # Errors
    ///
    /// [`CaseFileError`] with the file, whose path is given, and the line.
    pub fn carry(&self, path: &Path, rule: &str) -> Result<RuleCases, CaseFileError> {
        self.carried(rule).map_err(|(line, problem)| CaseFileError::new(path, line, problem))
    }

    /// The cases as a pack carries them, for the rule's id.
    ///
    /// # Errors
    ///
    /// The line, and what is wrong there.
    pub fn carried(&self, rule: &str) -> Result<RuleCases, (usize, Problem)> {
        let mut cases = Vec::new();
        for case in &self.cases {
            let content = self.document(case)?;
            CaseDocuments::read(&content, &self.rule)
                .map_err(|source| (self.line_of(case, &source), Problem::Document { source }))?;
            cases.push(CarriedCase {
                name: case.name.clone(),
                expectation: case.expectation,
                content,
                outcome: case.outcome.clone(),
            });
        }
        Ok(RuleCases { rule: rule.to_owned(), cases, wordings: self.wordings.clone() })
    }
}
