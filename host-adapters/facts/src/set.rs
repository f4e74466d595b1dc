//! A set of tables that are right: every column there, every cell as its column says, no key twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_engine::MemoryFacts;
use kycuong_engine::facts::Row;
use kycuong_model::facts::{FACT_TABLES, TableDescription};

use crate::checked;
use crate::error::FactsError;
use crate::files;
use crate::place::Place;
use crate::raw::Found;

/// Tables of facts, checked.
#[derive(Clone, Debug, Default)]
pub struct FactSet {
    tables: BTreeMap<&'static str, Vec<Row>>,
    ignored: Vec<Place>,
}

impl FactSet {
    /// Reads a folder or a file.
    ///
    /// # Errors
    ///
    /// As [`crate::FileFacts::open`].
    pub fn from_files(path: &Path) -> Result<Self, FactsError> {
        Self::check(&path.display().to_string(), files::read(path)?)
    }

    /// What was found, when nothing of it is wrong.
    pub(crate) fn check(from: &str, found: Found) -> Result<Self, FactsError> {
        let Found { tables: raw, mut problems, ignored } = found;
        let mut tables = BTreeMap::new();
        for table in &raw {
            tables.insert(table.table.name, checked::rows(table, &mut problems));
        }
        if !problems.is_empty() {
            problems.sort_by_cached_key(|problem| problem.place.order());
            return Err(FactsError::Problems { from: from.to_owned(), problems });
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

    /// Writes each table to `<table>.csv` in a folder, which is made if need be.
    ///
    /// # Errors
    ///
    /// [`FactsError::Exists`] when one is there already, and [`FactsError::File`]; nothing is
    /// overwritten.
    pub fn export(&self, folder: &Path) -> Result<Vec<PathBuf>, FactsError> {
        write(folder, &self.tables().collect::<Vec<_>>())
    }
}

/// Writes every table of the model to a folder: the columns' names and no rows.
///
/// # Errors
///
/// As [`FactSet::export`].
pub fn write_templates(folder: &Path) -> Result<Vec<PathBuf>, FactsError> {
    write(folder, &FACT_TABLES.iter().map(|table| (table, [].as_slice())).collect::<Vec<_>>())
}

fn write(
    folder: &Path,
    tables: &[(&TableDescription, &[Row])],
) -> Result<Vec<PathBuf>, FactsError> {
    for (table, _) in tables {
        let path = folder.join(format!("{}.csv", table.name));
        if path.exists() {
            return Err(FactsError::Exists { path });
        }
    }
    fs::create_dir_all(folder).map_err(FactsError::file("create", folder))?;
    tables.iter().map(|(table, rows)| files::write_csv(folder, table, rows)).collect()
}
