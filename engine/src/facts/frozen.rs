//! Facts as one check saw them, whatever became of their source since.

use std::collections::{BTreeMap, BTreeSet};

use super::{FactQuery, FactSource, FactTable, Row};
use crate::error::FactError;

/// The tables of one check, as its receipt has the digest of: for running that check again.
///
/// It has the rows that were handed to rules and no others, so that it is no source for another check.
#[derive(Clone, Debug)]
pub struct FrozenFacts {
    tables: BTreeMap<String, BTreeSet<Row>>,
}

impl FrozenFacts {
    /// Reads the JSON whose digest a receipt states as `facts`.
    ///
    /// # Errors
    ///
    /// What is not as the host writes it.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        Ok(Self { tables: serde_json::from_slice(json)? })
    }
}

impl FactSource for FrozenFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let Some(rows) = self.tables.get(&query.table) else { return Ok(None) };
        let wanted = |row: &&Row| match &query.column {
            None => true,
            Some(column) => {
                row.get(column).is_some_and(|key| query.keys.binary_search(key).is_ok())
            }
        };
        Ok(Some(FactTable { rows: rows.iter().filter(wanted).cloned().collect() }))
    }
}
