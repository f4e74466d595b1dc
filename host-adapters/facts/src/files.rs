//! Facts from files, `<table>.csv`, `<table>.json` and workbooks in a folder or one of them, and to files.

use std::fs;
use std::path::{Path, PathBuf};

use kycuong_engine::facts::{FactQuery, FactTable, Row};
use kycuong_engine::{FactError, FactSource, MemoryFacts};
use kycuong_model::facts::{FACT_TABLES, TableDescription};
use kycuong_model::spelling::nearest;

use crate::error::FactsError;
use crate::place::Place;
use crate::problem::ProblemKind;
use crate::raw::Found;
use crate::set::FactSet;

mod bounded;
mod csv_table;
mod json_table;
mod workbook;

/// The tables of a folder or a file, as they were when it was opened.
#[derive(Clone, Debug)]
pub struct FileFacts {
    tables: MemoryFacts,
    ignored: Vec<Place>,
}

impl FileFacts {
    /// Reads and checks all tables of a folder or a file.
    ///
    /// # Errors
    ///
    /// [`FactsError::File`], [`FactsError::NoTables`] when nothing is named as a table is, and
    /// [`FactsError::Problems`] with everything that is wrong.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FactsError> {
        let set = FactSet::from_files(path.as_ref())?;
        let ignored = set.ignored().to_vec();
        Ok(Self { tables: set.into_memory(), ignored })
    }

    /// The files and sheets that are named as no table is, and were left alone.
    pub fn ignored(&self) -> &[Place] {
        &self.ignored
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
    if !path.is_dir() {
        read_file(path, true, &mut found)?;
        return Ok(found);
    }
    let mut files = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .map_err(FactsError::file("read", path))?;
    // The order of a directory is the file system's; the problems should be everybody's.
    files.sort_unstable();
    for file in &files {
        if is_aside(file) {
            continue;
        }
        // A link to nothing is a file that cannot be read, and not one that is not there.
        let metadata = fs::metadata(file).map_err(FactsError::file("read", file))?;
        if metadata.is_file() {
            read_file(file, false, &mut found)?;
        } else {
            found.ignored.push(Place::of(display(file)));
        }
    }
    Ok(found)
}

/// What Office puts beside a workbook while it is open, and what is hidden.
fn is_aside(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    name.is_none_or(|name| name.starts_with("~$") || name.starts_with('.'))
}

/// Whether a file that is not read might have been meant as a table: by its name up to the first dot, or
/// because tables are kept in such files.
fn is_like_a_table(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let (stem, end) = name.split_once('.').unwrap_or((&name, ""));
    let tables = FACT_TABLES.iter().map(|table| table.name);
    matches!(end, "txt" | "tsv" | "tab" | "zip") || nearest(stem, tables).is_some()
}

fn read_file(file: &Path, alone: bool, found: &mut Found) -> Result<(), FactsError> {
    let place = Place::of(display(file));
    let Some(kind) = Kind::of(file) else {
        if alone {
            // A file that cannot even be opened is told of as such.
            fs::metadata(file).map_err(FactsError::file("read", file))?;
            return Err(FactsError::NoTables { from: display(file) });
        }
        // A description beside the tables is no table that somebody forgot.
        if is_like_a_table(file) {
            found.ignored.push(place);
        }
        return Ok(());
    };
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let table = TableDescription::of(&stem);
    let meant = nearest(&stem, FACT_TABLES.iter().map(|table| table.name));
    let of_table = table.is_some() || meant.is_some();
    if let Some(table) = table.filter(|_| matches!(kind, Kind::Csv | Kind::Json))
        && let Some(first) = found.place_of(table)
    {
        found.problem(place, ProblemKind::SecondFile { table: table.name, first });
        return Ok(());
    }
    match (kind, table) {
        (Kind::OtherSpreadsheet, _) if alone || of_table => {
            found.problem(place, ProblemKind::OtherFormat);
        }
        (Kind::Csv | Kind::Json, None) if alone || of_table => {
            // A file that cannot be read is told of as such.
            bounded::read(file, &mut found.usage)?.ok();
            found.problem(place, ProblemKind::UnknownTable { name: stem, near: meant });
        }
        (Kind::OtherSpreadsheet | Kind::Csv | Kind::Json, None) => found.ignored.push(place),
        (kind, table) => {
            let bytes = match bounded::read(file, &mut found.usage)? {
                Ok(bytes) => bytes,
                Err(kind) => {
                    found.problem(place, kind);
                    return Ok(());
                }
            };
            match (kind, table) {
                (Kind::Csv, Some(table)) => csv_table::read(table, &place, &bytes, found),
                (Kind::Json, Some(table)) => json_table::read(table, &place, &bytes, found),
                _ => {
                    let (tables, problems, ignored) =
                        (found.tables.len(), found.problems.count, found.ignored.len());
                    workbook::read(table, &place, &bytes, found);
                    let nothing = found.tables.len() == tables && found.problems.count == problems;
                    if nothing && (alone || of_table) {
                        unknown_sheets(&place, stem, meant, ignored, found);
                    }
                }
            }
        }
    }
    Ok(())
}

/// A workbook that holds no table, as a CSV file that is none: a problem for each of its sheets.
fn unknown_sheets(
    place: &Place,
    stem: String,
    near: Option<&'static str>,
    ignored: usize,
    found: &mut Found,
) {
    let sheets = found.ignored.split_off(ignored.min(found.ignored.len()));
    if sheets.is_empty() || near.is_some() {
        found.problem(place.clone(), ProblemKind::UnknownTable { name: stem, near });
        return;
    }
    for sheet in sheets {
        let name = sheet.sheet.clone().unwrap_or_default();
        found.problem(sheet, ProblemKind::UnknownTable { name, near: None });
    }
}

/// A path as messages write it, the same on every system.
fn display(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
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
