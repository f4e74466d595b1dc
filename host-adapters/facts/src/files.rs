//! Facts from files, `<table>.csv`, `<table>.json` and workbooks in a folder or one of them, and to files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_engine::facts::{FactQuery, FactTable, Row};
use kycuong_engine::{FactError, FactSource, MemoryFacts};
use kycuong_files::read_bounded;
use kycuong_model::facts::{FACT_TABLES, TableDescription};
use kycuong_model::spelling::nearest;

use crate::error::FactsError;
use crate::place::Place;
use crate::problem::ProblemKind;
use crate::raw::Found;
use crate::set::FactSet;

mod csv_table;
mod json_table;
mod workbook;

/// Largest file of facts, in bytes: 128 MiB, as many rows as a check takes with 600 bytes each.
const FILE_BYTES_MAX: u64 = 128 << 20;

/// The tables of a folder or a file, as they were when it was opened.
#[derive(Clone, Debug)]
pub struct FileFacts {
    tables: MemoryFacts,
}

impl FileFacts {
    /// Reads and checks all tables of a folder or a file.
    ///
    /// # Errors
    ///
    /// [`FactsError::File`], [`FactsError::NoTables`] when nothing is named as a table is, and
    /// [`FactsError::Problems`] with everything that is wrong.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FactsError> {
        Ok(Self { tables: FactSet::from_files(path.as_ref())?.into_memory() })
    }
}

impl FactSource for FileFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        self.tables.fetch(query)
    }
}

impl FactSet {
    /// Reads a folder or a file.
    ///
    /// # Errors
    ///
    /// As [`FileFacts::open`].
    pub fn from_files(path: &Path) -> Result<Self, FactsError> {
        Self::check(&path.display().to_string(), read(path)?)
    }

    /// Writes each table to `<table>.csv` in a folder, which is made if need be.
    ///
    /// # Errors
    ///
    /// [`FactsError::Exists`] when one is there already, and [`FactsError::File`]; nothing is
    /// overwritten.
    pub fn export(&self, folder: &Path) -> Result<Vec<PathBuf>, FactsError> {
        write_all(folder, &self.tables().collect::<Vec<_>>())
    }
}

/// What a file is, by the end of its name.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Csv,
    Json,
    Workbook,
    OtherSpreadsheet,
}

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Workbook),
            "xls" | "xlsm" | "xlsb" | "ods" => Some(Self::OtherSpreadsheet),
            _ => None,
        }
    }
}

/// Everything in a folder or a file, as it stands there.
fn read(path: &Path) -> Result<Found, FactsError> {
    let mut found = Found::default();
    if path.is_dir() {
        let mut files = fs::read_dir(path)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>()
            })
            .map_err(FactsError::file("read", path))?;
        // The order of a directory is the file system's; the problems should be everybody's.
        files.sort_unstable();
        for file in files.iter().filter(|file| file.is_file() && !is_aside(file)) {
            read_file(file, false, &mut found)?;
        }
    } else {
        read_file(path, true, &mut found)?;
    }
    one_of_each(&mut found);
    Ok(found)
}

/// What programs put beside a file while it is open, and what is hidden.
fn is_aside(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    name.is_none_or(|name| name.starts_with("~$") || name.starts_with('.'))
}

fn read_file(file: &Path, alone: bool, found: &mut Found) -> Result<(), FactsError> {
    let place = Place::of(display(file));
    let Some(kind) = Kind::of(file) else {
        if alone {
            // A file that cannot even be opened is told of as such.
            fs::metadata(file).map_err(FactsError::file("read", file))?;
            return Err(FactsError::NoTables { from: display(file) });
        }
        return Ok(());
    };
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let table = TableDescription::of(&stem);
    let meant = nearest(&stem, FACT_TABLES.iter().map(|table| table.name));
    let of_table = table.is_some() || meant.is_some();
    match (kind, table) {
        (Kind::OtherSpreadsheet, _) if alone || of_table => {
            found.problem(place, ProblemKind::OtherFormat);
        }
        (Kind::OtherSpreadsheet, _) => found.ignored.push(place),
        (Kind::Workbook, _) => {
            let (before, bytes) = (found.tables.len(), bytes(file)?);
            workbook::read(table, &place, &bytes, found);
            if found.tables.len() == before && found.problems.is_empty() && meant.is_some() {
                found.problem(place, ProblemKind::UnknownTable { name: stem, near: meant });
            }
        }
        (Kind::Csv, Some(table)) => csv_table::read(table, &place, &bytes(file)?, found),
        (Kind::Json, Some(table)) => json_table::read(table, &place, &bytes(file)?, found),
        (Kind::Csv | Kind::Json, None) if alone || of_table => {
            bytes(file)?;
            found.problem(place, ProblemKind::UnknownTable { name: stem, near: meant });
        }
        (Kind::Csv | Kind::Json, None) => found.ignored.push(place),
    }
    Ok(())
}

fn bytes(file: &Path) -> Result<Vec<u8>, FactsError> {
    read_bounded(file, FILE_BYTES_MAX).map_err(|error| FactsError::file("read", file)(error.into()))
}

/// A path as messages write it, the same on every system.
fn display(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Keeps the first of each table; the others are problems.
fn one_of_each(found: &mut Found) {
    let mut first: BTreeMap<&'static str, Place> = BTreeMap::new();
    for raw in std::mem::take(&mut found.tables) {
        match first.get(raw.table.name) {
            Some(other) => {
                let kind = ProblemKind::SecondFile { table: raw.table.name, first: other.clone() };
                found.problem(raw.place.clone(), kind);
            }
            None => {
                first.insert(raw.table.name, raw.place.clone());
                found.tables.push(raw);
            }
        }
    }
}

/// Writes every table of the model to a folder: the columns' names and no rows.
///
/// # Errors
///
/// As [`FactSet::export`].
pub fn write_templates(folder: &Path) -> Result<Vec<PathBuf>, FactsError> {
    write_all(folder, &FACT_TABLES.iter().map(|table| (table, [].as_slice())).collect::<Vec<_>>())
}

fn write_all(
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
    tables.iter().map(|(table, rows)| write_csv(folder, table, rows)).collect()
}

/// Writes a table as CSV, with a byte order mark, by which spreadsheets know that it is UTF-8.
fn write_csv(folder: &Path, table: &TableDescription, rows: &[Row]) -> Result<PathBuf, FactsError> {
    let path = folder.join(format!("{}.csv", table.name));
    let failed = || FactsError::file("write", &path);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let cell = |row: &Row, name: &str| row.get(name).cloned().unwrap_or_default();
    let lines = std::iter::once(table.column_names().map(str::to_owned).collect::<Vec<_>>())
        .chain(rows.iter().map(|row| table.column_names().map(|name| cell(row, name)).collect()));
    for line in lines {
        writer.write_record(line).map_err(std::io::Error::other).map_err(failed())?;
    }
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()));
    fs::write(&path, bytes.map_err(failed())?).map_err(failed())?;
    Ok(path)
}
