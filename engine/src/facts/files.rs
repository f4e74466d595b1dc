//! Facts from a folder: `<table>.csv` or `<table>.json`, read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kycuong_model::tape::{Kind, NODES_MAX, Node, ParseError, ParseErrorKind, ParseLimits, parse};

use super::{FactQuery, FactSource, FactTable, MemoryFacts, Row};
use crate::error::FactError;

/// The tables of a folder, as they were when it was opened.
///
/// A CSV file has its columns' names in the first line, commas and UTF-8; a JSON file is a list of
/// objects whose members are texts. Other files are left alone.
#[derive(Clone, Debug)]
pub struct FileFacts {
    tables: MemoryFacts,
}

impl FileFacts {
    /// Reads all tables of a folder.
    ///
    /// # Errors
    ///
    /// [`FactError::Read`], [`FactError::Malformed`] with line and column, and
    /// [`FactError::TwoFiles`] when a table is there twice.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, FactError> {
        let folder = folder.as_ref();
        let unreadable = |source| FactError::Read { path: folder.display().to_string(), source };
        let mut files = std::fs::read_dir(folder)
            .and_then(|entries| {
                entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>()
            })
            .map_err(unreadable)?;
        files.sort_unstable();
        let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
        let mut tables = MemoryFacts::new();
        for file in files {
            let read = match file.extension().and_then(|extension| extension.to_str()) {
                Some("csv") => read_csv,
                Some("json") => read_json,
                _ => continue,
            };
            let Some(table) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
            if let Some(first) = seen.insert(table.to_owned(), file.clone()) {
                return Err(FactError::TwoFiles {
                    table: table.to_owned(),
                    first: first.display().to_string(),
                    second: file.display().to_string(),
                });
            }
            let path = file.display().to_string();
            let bytes = std::fs::read(&file)
                .map_err(|source| FactError::Read { path: path.clone(), source })?;
            tables = tables.table(table, read(&path, &bytes)?);
        }
        Ok(Self { tables })
    }
}

impl FactSource for FileFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        self.tables.fetch(query)
    }
}

fn malformed(path: &str, line: usize, column: usize, detail: impl ToString) -> FactError {
    FactError::Malformed { path: path.to_owned(), line, column, detail: detail.to_string() }
}

fn read_csv(path: &str, bytes: &[u8]) -> Result<Vec<Row>, FactError> {
    // Spreadsheets begin their CSV files with a byte order mark.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let names = reader.headers().map_err(|error| csv_error(path, &error))?.clone();
    for (position, name) in names.iter().enumerate() {
        if name.is_empty() || names.iter().take(position).any(|other| other == name) {
            let detail = format!("the column name `{name}` is empty or written twice");
            return Err(malformed(path, 1, position + 1, detail));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| csv_error(path, &error))?;
        if record.len() != names.len() {
            let line = record.position().map_or(0, csv::Position::line);
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            let detail = format!("{} fields, the first line has {}", record.len(), names.len());
            return Err(malformed(path, line, record.len().min(names.len()) + 1, detail));
        }
        let cells = names.iter().zip(&record);
        rows.push(cells.map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    }
    Ok(rows)
}

fn csv_error(path: &str, error: &csv::Error) -> FactError {
    let line = error.position().map_or(1, csv::Position::line);
    let line = usize::try_from(line).unwrap_or(usize::MAX);
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => {
            malformed(path, line, err.field() + 1, "the field is not UTF-8")
        }
        _ => malformed(path, line, 1, error),
    }
}

fn read_json(path: &str, bytes: &[u8]) -> Result<Vec<Row>, FactError> {
    let limits = ParseLimits { bytes_max: u32::MAX as usize, depth_max: 3, nodes_max: NODES_MAX };
    let tape = parse(bytes, &limits).map_err(|error| {
        malformed(path, error.line(bytes), error.column(bytes), error.kind.clone())
    })?;
    let wrong = |node: Node<'_>, detail: &str| {
        // The same counting of lines and columns as for what does not parse.
        let at = ParseError { kind: ParseErrorKind::BadNumber, offset: node.range().start };
        malformed(path, at.line(bytes), at.column(bytes), detail)
    };
    let document = tape.document();
    let Some(root) = document.root() else { return Ok(Vec::new()) };
    if root.kind() != Kind::Array {
        return Err(wrong(root, "expected a list of rows"));
    }
    root.elements()
        .map(|row| {
            if row.kind() != Kind::Object {
                return Err(wrong(row, "expected a row, which is an object"));
            }
            row.members()
                .map(|(name, value)| match value.kind() {
                    Kind::String => Ok((name.text().into_owned(), value.text().into_owned())),
                    _ => Err(wrong(value, "expected a text: facts are texts, numbers too")),
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(read: Result<Vec<Row>, FactError>) -> String {
        read.unwrap_err().to_string()
    }

    #[test]
    fn both_formats_say_the_same() {
        let csv = read_csv("t.csv", "\u{feff}id,name\r\n1,\"Hệ thống, mới\"\r\n2,\r\n".as_bytes());
        let json = r#"[{"id":"1","name":"Hệ thống, mới"},{"id":"2","name":""}]"#;
        assert_eq!(csv.unwrap(), read_json("t.json", json.as_bytes()).unwrap());
    }

    #[test]
    fn what_is_wrong_has_its_line_and_column() {
        assert_eq!(
            said(read_csv("t.csv", b"id,name\n1,a\n2\n")),
            "`t.csv`, line 3, column 2: 1 fields, the first line has 2"
        );
        assert_eq!(
            said(read_csv("t.csv", b"id,name\n1,\xff\n")),
            "`t.csv`, line 2, column 2: the field is not UTF-8"
        );
        assert_eq!(
            said(read_csv("t.csv", b"id,id\n")),
            "`t.csv`, line 1, column 2: the column name `id` is empty or written twice"
        );
        assert_eq!(
            said(read_json("t.json", b"[\n {\"price\": 12}]")),
            "`t.json`, line 2, column 12: expected a text: facts are texts, numbers too"
        );
        assert_eq!(
            said(read_json("t.json", b"[{]")),
            "`t.json`, line 1, column 3: expected a name in quotes, found `]`"
        );
        assert_eq!(
            said(read_json("t.json", b"{}")),
            "`t.json`, line 1, column 1: expected a list of rows"
        );
    }
}
