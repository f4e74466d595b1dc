//! Facts that were asked for beforehand and are handed in: what one check sees, whatever becomes of
//! their source.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{FactQuery, FactTable, Row};

/// The tables of one check.
///
/// They answer what [`Engine::wants`](crate::Engine::wants) asked for, or are those that a receipt has
/// the digest of. As JSON, they are an object with a member for each table, a list of rows.
///
/// ```
/// use kycuong_engine::facts::{Row, SuppliedFacts};
///
/// let row = Row::from([("id".to_owned(), "HT-01".to_owned())]);
/// let facts = SuppliedFacts::new().table("systems", [row]);
/// assert_eq!(serde_json::to_string(&facts).unwrap(), r#"{"systems":[{"id":"HT-01"}]}"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SuppliedFacts {
    tables: BTreeMap<String, BTreeSet<Row>>,
}

impl SuppliedFacts {
    /// No tables yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table, or rows to it. A table without rows is there, and empty; one that is wanted and
    /// not added is absent.
    #[must_use]
    pub fn table(mut self, name: impl Into<String>, rows: impl IntoIterator<Item = Row>) -> Self {
        self.tables.entry(name.into()).or_default().extend(rows);
        self
    }

    /// Reads the JSON whose digest a receipt states as `facts`.
    ///
    /// # Errors
    ///
    /// What is not as the host writes it.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// The rows of a query; `None` when there is no such table.
    pub(crate) fn answer(&self, query: &FactQuery) -> Option<FactTable> {
        let rows = self.tables.get(&query.table)?;
        Some(FactTable { rows: rows.iter().filter(|row| query.wants(row)).cloned().collect() })
    }
}
