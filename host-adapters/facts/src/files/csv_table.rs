//! A table in a CSV file: UTF-8 with or without a byte order mark, commas, semicolons or tabs, the
//! columns' names in the first line.

use kycuong_model::facts::TableDescription;

use crate::excess::{Excess, Measure, count};
use crate::limits::{COLUMNS_MAX, ROW_BYTES_MAX};
use crate::place::{At, Place};
use crate::problem::ProblemKind;
use crate::raw::{Found, RawCell, RawRow, RawTable};

/// Reads a table; what is wrong goes to the problems.
pub(super) fn read(
    table: &'static TableDescription,
    place: &Place,
    bytes: &[u8],
    found: &mut Found,
) {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        found.problem(place.clone(), ProblemKind::Utf16);
        return;
    }
    // Spreadsheets begin their CSV files with a byte order mark.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let before = String::from_utf8_lossy(before);
            found.problem(place.at(character(&before)), ProblemKind::NotUtf8);
            return;
        }
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut columns: Option<Vec<(String, At)>> = None;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = offset(reader.position());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = lines.line_of_record(start);
                let at = place.at(At::Field { line, field: 1 });
                found.problem(at, ProblemKind::Malformed(error.to_string()));
                return;
            }
        }
        let line = lines.line_of_record(start);
        let end = offset(reader.position());
        let bytes = count(end.saturating_sub(start));
        if let Err(excess) = Excess::check(Measure::RowBytes, bytes, ROW_BYTES_MAX) {
            found.problem(place.at(At::Field { line, field: 1 }), excess.into());
            return;
        }
        if swallows_the_rest(text.get(start..end).unwrap_or_default(), end == text.len()) {
            found.problem(place.at(At::Field { line, field: 1 }), ProblemKind::OpenQuote);
            return;
        }
        let at = |field: usize| At::Field { line, field: field + 1 };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(columns) = &columns else {
            let fields = count(record.len());
            if let Err(excess) = Excess::check(Measure::Columns, fields, COLUMNS_MAX) {
                found.problem(place.at(at(0)), excess.into());
                return;
            }
            let names = record.iter().enumerate();
            columns = Some(names.map(|(field, name)| (name.to_owned(), at(field))).collect());
            continue;
        };
        if record.len() != columns.len() {
            let kind = ProblemKind::FieldCount { found: record.len(), expected: columns.len() };
            found.problem(place.at(at(record.len().min(columns.len()))), kind);
            continue;
        }
        let mut cells = Vec::new();
        let mut room = found.usage.row();
        for (field, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            room = room.and_then(|()| found.usage.cell(cell.len()));
            cells.push((field, RawCell::Text(cell.to_owned()), at(field)));
        }
        if let Err(excess) = room {
            found.problem(place.at(at(0)), excess.into());
            return;
        }
        rows.push(RawRow { at: at(0), cells });
    }
    match columns {
        Some(columns) => found.tables.push(RawTable {
            table,
            place: place.clone(),
            columns,
            columns_may_lack: false,
            rows,
        }),
        None => found.problem(place.clone(), ProblemKind::NoColumns),
    }
}

/// The place of the character after a text.
fn character(before: &str) -> At {
    let last = before.rsplit(BREAKS).next().unwrap_or_default();
    At::Character { line: 1 + breaks(before), character: 1 + last.chars().count() }
}

/// What ends a line: `\n`, `\r\n`, or `\r` alone, as spreadsheets of older Macs write it.
const BREAKS: [char; 2] = ['\r', '\n'];

fn breaks(text: &str) -> usize {
    text.matches('\r').count() + text.matches('\n').count() - text.matches("\r\n").count()
}

/// What separates the names in the first line: names of columns hold none of the three.
fn separator(text: &str) -> u8 {
    let first = text.trim_start().split(BREAKS).next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    if count(';') > count(',') {
        b';'
    } else if count('\t') > count(',') {
        b'\t'
    } else {
        b','
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Whether a row holds the rest of the file because a quotation mark was not closed.
fn swallows_the_rest(row: &str, is_last: bool) -> bool {
    is_last && row.trim().contains(BREAKS) && row.matches('"').count() % 2 == 1
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line where the record begins that was read from this byte on: empty lines are skipped.
    fn line_of_record(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(BREAKS).len();
        let passed = self.text.get(self.byte..byte + blank).unwrap_or_default();
        self.line += breaks(passed);
        self.byte = byte + blank;
        self.line
    }
}
