//! Tables in an Excel workbook: a sheet for each, the columns' names in its first row.
//!
//! A cell is taken as what it is, never as what it shows: a date as an ISO date, a whole number as its
//! digits. What has no exact text is a problem.

use std::collections::BTreeSet;

use kycuong_model::facts::TableDescription;
use kycuong_model::spelling::nearest;

use crate::excess::{Excess, Measure, count};
use crate::limits::COLUMNS_MAX;
use crate::place::{At, Place};
use crate::problem::ProblemKind;
use crate::raw::{Found, RawCell, RawRow, RawTable};

mod archive;
mod book;
mod cells;
mod serial;
mod xml;

use book::Book;
use cells::Cell;

/// Reads the tables of a workbook: the sheets named as tables are, or, when there is none and the file
/// itself is named so, its first sheet. A workbook alone has nothing but tables, so that a sheet of another
/// name is a problem where it is the only one; beside tables it is left alone.
pub(super) fn read(
    named: Option<&'static TableDescription>,
    place: &Place,
    bytes: &[u8],
    found: &mut Found,
) {
    let book = match Book::open(bytes, &mut found.usage) {
        Ok(book) => book,
        Err(kind) => return found.problem(place.clone(), kind),
    };
    let tables: Vec<_> =
        book.sheets.iter().map(|(sheet, _)| TableDescription::of(sheet.trim())).collect();
    let by_name = tables.iter().any(Option::is_some);
    for (position, ((sheet, part), table)) in book.sheets.iter().zip(tables).enumerate() {
        let in_sheet = Place { sheet: Some(sheet.clone()), ..place.clone() };
        let first = named.filter(|_| !by_name && position == 0);
        let Some(table) = table.or(first) else {
            let names = kycuong_model::facts::FACT_TABLES.iter().map(|table| table.name);
            match nearest(sheet.trim(), names) {
                Some(table) => found.problem(
                    in_sheet,
                    ProblemKind::UnknownTable { name: sheet.clone(), near: Some(table) },
                ),
                None => found.ignored.push(in_sheet),
            }
            continue;
        };
        // Not read a second time: many sheets may be one part.
        if let Some(first) = found.place_of(table) {
            let kind = ProblemKind::SecondFile { table: table.name, first };
            found.problem(in_sheet, kind);
            continue;
        }
        let cells = book
            .sheet(part, &mut found.usage)
            .and_then(|mut xml| cells::read(&book, &mut xml))
            .and_then(|cells| sheet_table(table, &in_sheet, cells, found));
        if let Err(kind) = cells {
            let is_excess = matches!(kind, ProblemKind::TooMuch(_));
            found.problem(in_sheet, kind);
            // The bounds are those of the source: what they cut off is not worth reading on.
            if is_excess {
                return;
            }
        }
    }
}

fn at(row: u32, column: u32) -> At {
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    At::Cell { row: place(row), column: place(column) }
}

fn sheet_table(
    table: &'static TableDescription,
    place: &Place,
    cells: Vec<Cell>,
    found: &mut Found,
) -> Result<(), ProblemKind> {
    let Some(first) = cells.first().map(|cell| cell.row) else {
        return Err(ProblemKind::NoColumns);
    };
    let used: BTreeSet<u32> = cells.iter().map(|cell| cell.column).collect();
    Excess::check(Measure::Columns, count(used.len()), COLUMNS_MAX)?;
    let used: Vec<u32> = used.into_iter().collect();
    let mut columns: Vec<(String, At)> =
        used.iter().map(|column| (String::new(), at(first, *column))).collect();
    let mut rows: Vec<RawRow> = Vec::new();
    for Cell { row, column, value } in cells {
        let Ok(position) = used.binary_search(&column) else { continue };
        if row == first {
            if let (RawCell::Text(name) | RawCell::Date(name), Some(column)) =
                (value, columns.get_mut(position))
            {
                column.0 = name;
            }
            continue;
        }
        let of_row = at(row, 1);
        if rows.last().is_none_or(|last| last.at != of_row) {
            found.usage.row()?;
            rows.push(RawRow { at: of_row, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.push((position, value, at(row, column)));
        }
    }
    let place = place.clone();
    found.tables.push(RawTable { table, place, columns, columns_may_lack: false, rows });
    Ok(())
}
