//! What stops a source of facts, or its importer: the operator's errors.

use std::io;
use std::path::{Path, PathBuf};

use kycuong_engine::FactError;
use kycuong_model::text::BoxError;

use crate::problem::Problem;

/// Why facts cannot be read or written. No password is ever part of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// A file or folder.
    #[error("cannot {action} `{}`", path.display())]
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
        "`{from}` holds no table of facts: name files (.csv, .json, .xlsx) or sheets after their tables, as `kycuong facts template` does"
    )]
    NoTables {
        /// What was read.
        from: String,
    },
    /// The tables are not what they should be; all of what is wrong.
    #[error("problems in the facts of `{from}`: {}, the first: {}", problems.len(), first(problems))]
    Problems {
        /// What was read.
        from: String,
        /// Every problem, by file and place.
        problems: Vec<Problem>,
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
    /// An address that cannot be understood; it is not repeated, for it may hold a password.
    #[error(
        "cannot understand the address of the PostgreSQL database: write postgres://user@host:5432/database, with special characters of a password percent-encoded"
    )]
    Address,
    /// Facts are imported into databases only.
    #[error(
        "cannot import into `{target}`: name a database, as in sqlite:facts.db, facts.db or postgres://user@host/database"
    )]
    NotADatabase {
        /// What was named.
        target: String,
    },
    /// Nothing is overwritten.
    #[error("`{}` exists already: choose another folder or remove it", path.display())]
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
            FactsError::Database { action, kind, at, source } => Self::Source {
                what: format!("cannot {action} the {kind} database `{at}`"),
                source: Some(source),
            },
            other => Self::Source { what: other.to_string(), source: None },
        }
    }
}
