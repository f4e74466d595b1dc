#![doc = include_str!("../README.md")]

mod address;
mod checked;
mod databases;
mod deferred;
mod error;
mod excess;
mod files;
mod letters;
mod limits;
mod place;
mod problem;
mod raw;
mod set;
mod time_limit;
mod value;

pub use address::Address;
pub use databases::{PostgresAddress, PostgresFacts, Replaced, SqliteFacts, create_statements};
pub use error::FactsError;
pub use excess::{Excess, Measure};
pub use files::{FileFacts, write_templates};
pub use letters::LetterFault;
pub use place::{At, Place};
pub use problem::{Problem, ProblemKind};
pub use set::FactSet;

/// Replaces the tables of a set in a database, all of them or none; other tables stay as they are.
///
/// # Errors
///
/// [`FactsError::NotADatabase`] for files, and what [`SqliteFacts::import`] and
/// [`PostgresFacts::import`] say.
pub fn import(set: &FactSet, into: &Address) -> Result<Vec<Replaced>, FactsError> {
    match into {
        Address::Files(path) => {
            Err(FactsError::NotADatabase { target: path.display().to_string() })
        }
        Address::Sqlite(path) => SqliteFacts::import(path, set),
        Address::Postgres(address) => PostgresFacts::import(address, set),
    }
}
