//! Tables in an Excel workbook: a sheet for each, the columns' names in its first row.
//!
//! A cell is taken as what it is, never as what it shows: a date as an ISO date, a whole number as its
//! digits. What has no exact text is a problem.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use kycuong_model::facts::TableDescription;
use kycuong_model::spelling::nearest;

use crate::place::{At, Place};
use crate::problem::ProblemKind;
use crate::raw::{Found, RawCell, RawRow, RawTable};

/// Whole numbers up to here are exact in a sheet, whose numbers are binary with 53 digits.
const WHOLE_MAX: i64 = 1 << 53;

/// Reads the tables of a workbook: the sheets named as tables are, or, when there is none and the file
/// itself is named so, its first sheet.
pub(super) fn read(
    named: Option<&'static TableDescription>,
    place: &Place,
    bytes: &[u8],
    found: &mut Found,
) {
    let malformed = |error: &dyn std::fmt::Display| ProblemKind::Malformed(error.to_string());
    let mut book = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => {
            found.problem(place.clone(), malformed(&error));
            return;
        }
    };
    let sheets = book.sheet_names();
    let tables: Vec<_> = sheets.iter().map(|sheet| TableDescription::of(sheet)).collect();
    let by_name = tables.iter().any(Option::is_some);
    for (position, (sheet, table)) in sheets.iter().zip(tables).enumerate() {
        let in_sheet = Place { sheet: Some(sheet.clone()), ..place.clone() };
        let first = named.filter(|_| !by_name && position == 0);
        let Some(table) = table.or(first) else {
            let names = kycuong_model::facts::FACT_TABLES.iter().map(|table| table.name);
            match nearest(sheet, names) {
                Some(table) => found.problem(
                    in_sheet,
                    ProblemKind::UnknownTable { name: sheet.clone(), near: Some(table) },
                ),
                None => found.ignored.push(in_sheet),
            }
            continue;
        };
        match cells(&mut book, sheet) {
            Ok(cells) => sheet_table(table, &in_sheet, cells, found),
            Err(error) => found.problem(in_sheet, malformed(&error)),
        }
    }
}

/// The cells of a sheet that hold something, by row and column from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, RawCell>>;

/// Read cell by cell: a stray cell at the far end of a sheet costs a cell and not all those between.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Cells, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut rows = Cells::new();
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        if let Some(value) = text_of(cell.get_value()) {
            rows.entry(row).or_default().insert(column, value);
        }
    }
    Ok(rows)
}

fn sheet_table(
    table: &'static TableDescription,
    place: &Place,
    mut cells: Cells,
    found: &mut Found,
) {
    let Some((first, names)) = cells.pop_first() else {
        found.problem(place.clone(), ProblemKind::NoColumns);
        return;
    };
    let at = |row: u32, column: u32| At::Cell {
        row: usize::try_from(row).map_or(usize::MAX, |row| row + 1),
        column: usize::try_from(column).map_or(usize::MAX, |column| column + 1),
    };
    let used: BTreeSet<u32> =
        cells.values().chain(std::iter::once(&names)).flat_map(|row| row.keys().copied()).collect();
    let columns = used.iter().map(|column| {
        let name = match names.get(column) {
            Some(RawCell::Text(name) | RawCell::Date(name)) => name.clone(),
            _ => String::new(),
        };
        (name, at(first, *column))
    });
    let columns = columns.collect();
    let rows = cells.into_iter().map(|(row, cells)| RawRow {
        at: at(row, 0),
        cells: cells
            .into_iter()
            .map(|(column, cell)| (used.range(..column).count(), cell, at(row, column)))
            .collect(),
    });
    let rows = rows.collect();
    found.tables.push(RawTable {
        table,
        place: place.clone(),
        columns,
        columns_may_lack: false,
        rows,
    });
}

/// What a cell says; `None` for an empty one.
fn text_of(value: &DataRef<'_>) -> Option<RawCell> {
    let text = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| RawCell::Text(text.to_owned()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Int(number) => Some(whole(*number)),
        DataRef::Float(number) => Some(float(*number)),
        DataRef::Bool(value) => Some(RawCell::Wrong(ProblemKind::Boolean(*value))),
        DataRef::DateTime(moment) => Some(date(moment)),
        DataRef::DateTimeIso(moment) => Some(match moment.split_once('T') {
            None => RawCell::Date(moment.clone()),
            Some((date, time)) if time.trim_end_matches('Z').chars().all(|c| "0:.".contains(c)) => {
                RawCell::Date(date.to_owned())
            }
            Some(_) => RawCell::Wrong(ProblemKind::TimeOfDay),
        }),
        DataRef::DurationIso(_) => Some(RawCell::Wrong(ProblemKind::TimeOfDay)),
        DataRef::Error(error) => Some(RawCell::Wrong(ProblemKind::FormulaError(error.to_string()))),
    }
}

fn whole(number: i64) -> RawCell {
    if (-WHOLE_MAX..=WHOLE_MAX).contains(&number) {
        RawCell::Text(number.to_string())
    } else {
        RawCell::Wrong(ProblemKind::Inexact(number.to_string()))
    }
}

/// No arithmetic: the number is either a whole one that the format holds exactly, or a problem.
fn float(number: f64) -> RawCell {
    let digits = number.to_string();
    match digits.parse::<i64>() {
        Ok(whole_number) => whole(whole_number),
        Err(_) => RawCell::Wrong(ProblemKind::Inexact(digits)),
    }
}

fn date(moment: &ExcelDateTime) -> RawCell {
    match moment.to_ymd_hms_milli() {
        (year, month, day, 0, 0, 0, 0) if !moment.is_duration() => {
            RawCell::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        _ => RawCell::Wrong(ProblemKind::TimeOfDay),
    }
}
