//! Facts that the embedder holds in memory.

use std::collections::BTreeMap;

use super::{FactQuery, FactSource, FactTable, Row};
use crate::error::FactError;

/// Tables in memory. A row names its columns, also those whose cell is empty: a table none of whose rows has
/// the column by which rows are selected does not have it ([`FactError::NoColumn`]).
///
/// ```
/// use kycuong_engine::facts::{MemoryFacts, Row};
///
/// let row = Row::from([("id".to_owned(), "HT-01".to_owned())]);
/// let facts = MemoryFacts::new().table("systems", [row]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryFacts {
    tables: BTreeMap<String, Vec<Row>>,
}

impl MemoryFacts {
    /// No tables yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table, or rows to it. A table without rows is there, and empty.
    #[must_use]
    pub fn table(mut self, name: impl Into<String>, rows: impl IntoIterator<Item = Row>) -> Self {
        self.tables.entry(name.into()).or_default().extend(rows);
        self
    }
}

impl FactSource for MemoryFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let Some(rows) = self.tables.get(&query.table) else { return Ok(None) };
        if query.lacks_column(rows.iter()) {
            return Err(query.no_column());
        }
        Ok(Some(FactTable { rows: rows.iter().filter(|row| query.wants(row)).cloned().collect() }))
    }
}
