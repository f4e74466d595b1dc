//! What stops a source of facts, or its importer: the operator's errors.

use std::io;
use std::path::{Path, PathBuf};

use kycuong_engine::FactError;
use kycuong_model::text::{BoxError, sanitize};

use crate::excess::{Excess, Measure};
use crate::problem::Problem;

/// Why facts cannot be read or written. No password is ever part of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// A file or folder.
    #[error("cannot {action} `{}`", sanitize(&path.display().to_string()))]
    File {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing there is named as a table is.
    #[error(
        "`{}` holds no table of facts: name files (.csv, .json, .xlsx) or sheets after their tables, as `kycuong facts template` does",
        sanitize(from)
    )]
    NoTables {
        /// What was read.
        from: String,
    },
    /// The tables are not what they should be; all of what is wrong.
    #[error(
        "problems in the facts of `{}`: {count}, the first: {}",
        sanitize(from),
        first(problems)
    )]
    Problems {
        /// What was read.
        from: String,
        /// Every problem, by file and place; the first 1 000 of more.
        problems: Vec<Problem>,
        /// How many there are.
        count: usize,
    },
    /// A database cannot be reached, read or written.
    #[error("cannot {action} the {kind} database `{at}`")]
    Database {
        /// What was tried.
        action: &'static str,
        /// SQLite or PostgreSQL.
        kind: &'static str,
        /// The database, without user and password.
        at: String,
        /// What it said.
        source: BoxError,
    },
    /// A table of a database lacks a column.
    #[error(
        "the table `{table}` of `{at}` has no column `{column}`: `kycuong facts import` adds it"
    )]
    NoColumn {
        /// The database.
        at: String,
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
    },
    /// A source holds more than is taken.
    #[error("`{}` holds too much", sanitize(at))]
    TooMuch {
        /// The source.
        at: String,
        /// Of what.
        source: Excess,
    },
    /// A name that SQLite takes for something else than a file.
    #[error(
        "`{name}` is a name that SQLite takes for something else than a file: name a file, with `./` before it if it is really called so"
    )]
    SpecialName {
        /// The name.
        name: String,
    },
    /// An address that cannot be understood, or a file that is not there and is named as an address might
    /// be; it is not repeated, for it may hold a password.
    #[error(
        "cannot understand the address of the PostgreSQL database: write postgres://user@host:5432/database, with special characters of a password percent-encoded; what has `://`, `@` or `password=` in it is a file only when that is there"
    )]
    Address,
    /// Facts are imported into databases only.
    #[error(
        "cannot import into `{}`: name a database, as in sqlite:facts.db, facts.db or postgres://user@host/database",
        sanitize(target)
    )]
    NotADatabase {
        /// What was named.
        target: String,
    },
    /// Nothing is overwritten.
    #[error("`{}` exists already: choose another folder or remove it", sanitize(&path.display().to_string()))]
    Exists {
        /// The file.
        path: PathBuf,
    },
}

kycuong_model::error_codes!(FactsError {
    File => "file",
    NoTables => "no-tables",
    Problems => "wrong-facts",
    Database => "database",
    NoColumn => "no-column",
    TooMuch => "too-much",
    SpecialName => "special-name",
    Address => "bad-address",
    NotADatabase => "not-a-database",
    Exists => "exists",
});

impl FactsError {
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, path: path.to_owned(), source }
    }
}

fn first(problems: &[Problem]) -> String {
    problems.first().map(Problem::to_string).unwrap_or_default()
}

/// A check is not made with facts that cannot be had.
impl From<FactsError> for FactError {
    fn from(error: FactsError) -> Self {
        match error {
            FactsError::NoColumn { table, column, .. } => {
                Self::NoColumn { table: table.to_owned(), column }
            }
            FactsError::TooMuch { source, .. } => {
                let unit = if source.measure == Measure::Rows { "rows" } else { "bytes" };
                let of = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
                Self::TooMuch { unit, found: of(source.found), limit: of(source.limit) }
            }
            FactsError::Database { action, kind, at, source } => Self::Source {
                what: format!("cannot {action} the {kind} database `{at}`"),
                source: Some(source),
            },
            other => Self::Source { what: other.to_string(), source: None },
        }
    }
}
