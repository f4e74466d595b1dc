//! Why an operator's file cannot be used, with the line of each thing that is wrong.

use kycuong_files::ReadError;
use kycuong_model::text::sanitize;

/// Why an operator's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OperatorFileError {
    /// The file cannot be read: it is not there, too large, no ordinary file, or not UTF-8.
    #[error("cannot read `{path}`")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: ReadError,
    },
    /// It is no TOML.
    #[error("`{path}`, line {line}, column {column}: not TOML: {detail}")]
    NotToml {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, in characters from 1.
        column: usize,
        /// What the parser said.
        detail: String,
    },
    /// It is not what is asked for.
    #[error("`{path}`, {}", join(problems))]
    Invalid {
        /// The file.
        path: String,
        /// All that is wrong, in the order of lines.
        problems: Vec<Problem>,
    },
}

kycuong_model::error_codes!(OperatorFileError {
    Read => "unreadable",
    NotToml => "not-toml",
    Invalid => "invalid",
});

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What, and how to fix it; in one line.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(line: usize, column: usize, message: &str) -> Self {
        Self { line, column, message: one_line(message) }
    }
}

/// Words about a file in one line; they may quote it.
pub(crate) fn one_line(words: &str) -> String {
    sanitize(&words.lines().map(str::trim).collect::<Vec<_>>().join(", "))
}

fn join(problems: &[Problem]) -> String {
    let each = problems.iter().map(|problem| format!("line {}: {}", problem.line, problem.message));
    each.collect::<Vec<_>>().join("; ")
}
