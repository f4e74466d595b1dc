//! What is wrong with a file of cases: the file, the line, what, and what to write instead.

use std::path::{Path, PathBuf};

use kycuong_model::cases::{CaseDocumentError, OutcomeLineError};

use crate::json::NotJson;

/// A file of cases that cannot be read as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct CaseFileError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 0 when it is about the whole file.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl CaseFileError {
    pub(crate) fn new(path: &Path, line: usize, problem: Problem) -> Self {
        Self { path: path.to_owned(), line, problem }
    }

    fn words(&self) -> String {
        let Self { path, line, problem } = self;
        match line {
            0 => format!("{}: {problem}", path.display()),
            _ => format!("{}:{line}: {problem}", path.display()),
        }
    }
}

/// What is wrong in a file of cases.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file cannot be read.
    #[error("cannot read it ({reason}); every rule has its cases in such a file")]
    Unreadable {
        /// The operating system's reason.
        reason: String,
    },
    /// The file is no text.
    #[error("it is not UTF-8; save it as UTF-8")]
    NotUtf8,
    /// The first line is not the rule's name.
    #[error("expected `# rule-name` as the first line; write the rule's name there")]
    NoTitle,
    /// The first line names another rule than the file does.
    #[error("it is about the rule `{found}`; write `# {expected}`, as the file is called")]
    OtherRule {
        /// The name in the first line.
        found: String,
        /// The name of the file.
        expected: String,
    },
    /// A line that cannot stand where it is.
    #[error("cannot read `{line}`; expected {expected}")]
    Line {
        /// The line, cut to 60 characters.
        line: String,
        /// What can stand there.
        expected: &'static str,
    },
    /// A heading that is of no known form.
    #[error(
        "cannot read the heading `{line}`; expected `## base`, `## base: name`, `## valid: name`, `## invalid: name`, `## missing: name` or `## wording`"
    )]
    Heading {
        /// The line, cut to 60 characters.
        line: String,
    },
    /// A block of JSON has no end.
    #[error("this block has no end; write a line of three backticks after the JSON")]
    OpenBlock,
    /// A text is no JSON.
    #[error("{source}; fix it there")]
    Json {
        /// Where and why.
        source: NotJson,
    },
    /// A change is at no JSON Pointer.
    #[error("`{pointer}` is no place; expected a JSON Pointer like `/subject/costs/total`")]
    Pointer {
        /// What is written.
        pointer: String,
    },
    /// A change is where nothing is or can be.
    #[error(
        "nothing is at `{pointer}`, and nothing can be put there; write what is around it first, or `/-` to append to a list"
    )]
    Nowhere {
        /// The place.
        pointer: String,
    },
    /// There is no base, and a case starts from none.
    #[error(
        "the case has no document; add `## base` with a block of JSON, or give the case a block of its own"
    )]
    NoBase,
    /// A case starts from a base that the file does not have.
    #[error("there is no base `{name}`; the file has {known}")]
    UnknownBase {
        /// The name.
        name: String,
        /// The names of the file.
        known: String,
    },
    /// Two bases or two cases have one name.
    #[error("`{name}` is there twice; give one of them another name")]
    Twice {
        /// The name.
        name: String,
    },
    /// A case has no name.
    #[error("the case has no name; write a short sentence after `{kind}: `")]
    NoName {
        /// The kind of the case.
        kind: &'static str,
    },
    /// The name of a case or a base is too long.
    #[error("the name has {bytes} bytes, the limit is {limit}; shorten it")]
    LongName {
        /// Its bytes.
        bytes: usize,
        /// The most.
        limit: usize,
    },
    /// The name of a case or a base has a character that terminals obey.
    #[error("the name has a control character; take it out")]
    ControlInName,
    /// The lines of an outcome are none.
    #[error("{source}; let `kycuong test --update` write it")]
    Outcome {
        /// Why.
        source: OutcomeLineError,
    },
    /// The document of a case is none.
    #[error("the document of the case cannot be used: {source}")]
    Document {
        /// Why.
        source: CaseDocumentError,
    },
    /// A wording lacks a part.
    #[error("the wording lacks `{part}`; let `kycuong test --update` write it")]
    WordingPart {
        /// Which part.
        part: &'static str,
    },
}
