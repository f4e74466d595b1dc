//! Facts that were asked for beforehand and are handed in: what one check sees, whatever becomes of
//! their source.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{FactQuery, FactTable, Row, unavailable};
use crate::error::FactError;

/// The tables of one check.
///
/// They answer what [`Engine::wants`](crate::Engine::wants) asked for, or are those that a receipt has
/// the digest of. As JSON, they are an object with a member for each table, a list of rows. A row names its
/// columns, also those whose cell is empty: as of [`MemoryFacts`](super::MemoryFacts), a table none of whose
/// rows has the column by which rows are selected does not have it. What the source of a query said instead
/// of rows is handed in with [`SuppliedFacts::unavailable`].
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
    /// Whether they are what a check rested on, and so without empty cells.
    #[serde(skip)]
    recorded: bool,
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

    /// Says that a query has no answer, and why; the check then comes out as if a source of the host had
    /// said so ([`OnFactFailure`](super::OnFactFailure)).
    ///
    /// As JSON, it is a row of the member `unavailable`, which is no table: `table`, `column` if any, as
    /// `reason` the code of the error, and as `lacks` the column that the table does not have.
    #[must_use]
    pub fn unavailable(self, query: &FactQuery, error: &FactError) -> Self {
        let lacks = match error {
            FactError::NoColumn { column, .. } => Some(column.as_str()),
            _ => None,
        };
        let (table, column) = (&query.table, query.column.as_deref());
        let row = unavailable::recorded(table, column, error.code(), lacks);
        self.table(unavailable::NAME, [row])
    }

    /// Reads the JSON whose digest a receipt states as `facts`, or that another program wrote.
    ///
    /// # Errors
    ///
    /// What is not as the host writes it.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// Facts that a check rested on: a column that no row has was empty in all of them, and one that was
    /// not there is recorded as such.
    pub(crate) fn recorded(json: &[u8]) -> Result<Self, serde_json::Error> {
        Ok(Self { recorded: true, ..Self::from_json(json)? })
    }

    /// The rows of one of the wanted queries; `None` when there is no such table.
    pub(crate) fn answer(
        &self,
        query: &FactQuery,
        wanted: &[FactQuery],
    ) -> Result<Option<FactTable>, FactError> {
        let unavailable = self.tables.get(unavailable::NAME);
        if let Some(error) = unavailable.and_then(|rows| unavailable::error_of(rows, query)) {
            return Err(error);
        }
        let Some(rows) = self.tables.get(&query.table) else { return Ok(None) };
        // The answers to several queries are one table: rows that another column selected say nothing of
        // this one.
        let by_another = |row: &Row| {
            let mut others = wanted.iter().filter(|other| other.table == query.table);
            others.any(|other| {
                other.column.is_some() && other.column != query.column && other.wants(row)
            })
        };
        if !self.recorded && query.lacks_column(rows.iter().filter(|row| !by_another(row))) {
            let elsewhere = query.column.as_ref();
            if !rows.iter().any(|row| elsewhere.is_some_and(|column| row.contains_key(column))) {
                return Err(query.no_column());
            }
        }
        Ok(Some(FactTable { rows: rows.iter().filter(|row| query.wants(row)).cloned().collect() }))
    }
}
