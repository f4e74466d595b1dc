//! A set of tables that are right: every column there, every cell as its column says, no key twice.

use std::collections::BTreeMap;

use kycuong_engine::MemoryFacts;
use kycuong_engine::facts::Row;
use kycuong_model::facts::{FACT_TABLES, TableDescription};

use crate::checked;
use crate::error::FactsError;
use crate::place::Place;
use crate::problem::Problems;
use crate::raw::Found;

/// Tables of facts, checked.
#[derive(Clone, Debug, Default)]
pub struct FactSet {
    tables: BTreeMap<&'static str, Vec<Row>>,
    ignored: Vec<Place>,
}

impl FactSet {
    /// What was found, when nothing of it is wrong.
    pub(crate) fn check(from: &str, found: Found) -> Result<Self, FactsError> {
        let Found { tables: raw, mut problems, ignored, .. } = found;
        let mut tables = BTreeMap::new();
        for table in &raw {
            tables.insert(table.table.name, checked::rows(table, &mut problems));
        }
        if !problems.is_empty() {
            let Problems { mut listed, count } = problems;
            listed.sort_by_cached_key(|problem| problem.place.order());
            return Err(FactsError::Problems { from: from.to_owned(), problems: listed, count });
        }
        if tables.is_empty() {
            return Err(FactsError::NoTables { from: from.to_owned() });
        }
        Ok(Self { tables, ignored })
    }

    /// The tables and their rows, in the order of the model.
    pub fn tables(&self) -> impl Iterator<Item = (&'static TableDescription, &[Row])> {
        FACT_TABLES
            .iter()
            .filter_map(|table| Some((table, self.tables.get(table.name)?.as_slice())))
    }

    /// The files and sheets that are named as no table is, and were left alone.
    pub fn ignored(&self) -> &[Place] {
        &self.ignored
    }

    /// The tables as a source.
    pub fn into_memory(self) -> MemoryFacts {
        let tables = self.tables.into_iter();
        tables.fold(MemoryFacts::new(), |memory, (name, rows)| memory.table(name, rows))
    }
}
