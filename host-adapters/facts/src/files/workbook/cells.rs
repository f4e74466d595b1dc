//! The cells of a sheet, each as what it is and never as what it shows.

use super::book::Book;
use super::serial::{Shown, date};
use super::xml::{Piece, Start, Xml, malformed, unescaped};
use crate::excess::{Excess, Measure};
use crate::problem::ProblemKind;
use crate::raw::RawCell;

/// Whole numbers up to here are exact in a sheet, whose numbers are binary with 53 digits.
const WHOLE_MAX: i64 = 1 << 53;
/// Most rows and columns of a sheet (Excel's specification).
const SHEET_ROWS_MAX: u32 = 1_048_576;
const SHEET_COLUMNS_MAX: u32 = 16_384;

/// A cell that holds something, by row and column from 1.
pub(super) struct Cell {
    pub row: u32,
    pub column: u32,
    pub value: RawCell,
}

/// The cells of a sheet that hold something, in order.
pub(super) fn read(book: &Book<'_>, xml: &mut Xml<'_, '_>) -> Result<Vec<Cell>, ProblemKind> {
    let mut cells = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let Some(start) = xml.next_start()? {
        match start.name.as_str() {
            "row" => {
                row = match start.get("r") {
                    Some(number) => {
                        number.parse().map_err(|_| malformed("a row without a number"))?
                    }
                    None => row + 1,
                };
                column = 0;
            }
            "c" => {
                (row, column) = match start.get("r") {
                    Some(name) => {
                        position(name).ok_or_else(|| malformed("a cell without a place"))?
                    }
                    None => (row.max(1), column + 1),
                };
                if !(1..=SHEET_ROWS_MAX).contains(&row)
                    || !(1..=SHEET_COLUMNS_MAX).contains(&column)
                {
                    return Err(malformed("a cell outside of the sheet"));
                }
                if let Some(value) = value(book, xml, &start)? {
                    let bytes = match &value {
                        RawCell::Text(text) | RawCell::Date(text) => text.len(),
                        RawCell::Wrong(_) => 0,
                    };
                    // Too long a cell is told with its place; too many cells end the reading.
                    let value = match xml.part().usage().cell(bytes) {
                        Ok(()) => value,
                        Err(excess @ Excess { measure: Measure::CellBytes, .. }) => {
                            RawCell::wrong(excess.into())
                        }
                        Err(excess) => return Err(excess.into()),
                    };
                    cells.push(Cell { row, column, value });
                }
            }
            _ => {}
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    if cells.windows(2).any(
        |pair| matches!(pair, [one, other] if one.row == other.row && one.column == other.column),
    ) {
        return Err(malformed("a cell is there twice"));
    }
    Ok(cells)
}

/// The row and column of a name like `D2`.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters)?;
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(letter)?;
    }
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (column > 0 && is_number).then(|| Some((digits.parse().ok()?, column)))?
}

/// What the cell that has begun says, up to its end; `None` for an empty one.
fn value(
    book: &Book<'_>,
    xml: &mut Xml<'_, '_>,
    cell: &Start,
) -> Result<Option<RawCell>, ProblemKind> {
    let (mut value, mut inline, mut has_formula) = (None, None, false);
    loop {
        match xml.next()? {
            Piece::Start(start) => match start.name.as_str() {
                "v" => value = Some(xml.text()?),
                "is" => inline = Some(xml.rich_text()?),
                "f" => {
                    xml.text()?;
                    has_formula = true;
                }
                // Extensions.
                _ => drop(xml.text()?),
            },
            Piece::End => break,
            Piece::Text(_) => {}
            Piece::Eof => return Err(malformed("a cell that does not end")),
        }
    }
    let kind = cell.get("t").unwrap_or("n");
    let Some(value) = inline.or(value) else {
        return Ok(has_formula.then(|| RawCell::wrong(ProblemKind::NoValue)));
    };
    let shown = cell.get("s").and_then(|format| format.parse::<usize>().ok());
    let shown = shown.and_then(|format| book.formats.get(format)).copied().unwrap_or_default();
    match kind {
        "inlineStr" => Ok(text(&value)),
        "s" if value.trim().is_empty() => Ok(None),
        "s" => {
            let number = value.trim().parse::<usize>().ok();
            let shared = number.and_then(|number| book.texts.get(number));
            Ok(text(shared.ok_or_else(|| malformed("a cell with a text that is not there"))?))
        }
        "str" => Ok(text(&unescaped(&value)?)),
        "b" => match value.trim() {
            "" => Ok(None),
            value => {
                let value = matches!(value, "1" | "true" | "TRUE");
                Ok(Some(RawCell::wrong(ProblemKind::Boolean(value))))
            }
        },
        "e" => Ok(Some(RawCell::wrong(ProblemKind::FormulaError(value)))),
        "d" => Ok(Some(iso(value.trim()))),
        "n" => match value.trim() {
            // A formula whose result was never kept.
            "" => Ok(has_formula.then(|| RawCell::wrong(ProblemKind::NoValue))),
            value => Ok(Some(number(value, shown, book.from_1904))),
        },
        _ => Err(malformed("a cell of an unknown kind")),
    }
}

fn text(text: &str) -> Option<RawCell> {
    let text = text.trim();
    (!text.is_empty()).then(|| RawCell::Text(text.to_owned()))
}

/// A date that stands as a text of ISO 8601.
fn iso(moment: &str) -> RawCell {
    match moment.split_once('T') {
        None => RawCell::Date(moment.to_owned()),
        Some((date, time)) if time.trim_end_matches('Z').chars().all(|c| "0:.".contains(c)) => {
            RawCell::Date(date.to_owned())
        }
        Some(_) => RawCell::wrong(ProblemKind::TimeOfDay),
    }
}

/// No arithmetic: a number is a whole one that the format holds exactly, or a problem.
fn number(value: &str, shown: Shown, from_1904: bool) -> RawCell {
    let Ok(number) = value.parse::<f64>() else {
        return RawCell::wrong(ProblemKind::Inexact(value.to_owned()));
    };
    let digits = number.to_string();
    let whole = digits.parse::<i64>();
    match (shown, whole) {
        (Shown::Number, Ok(whole)) if (-WHOLE_MAX..=WHOLE_MAX).contains(&whole) => {
            RawCell::Text(whole.to_string())
        }
        (Shown::Number, _) => RawCell::wrong(ProblemKind::Inexact(digits)),
        (Shown::Date, Ok(days)) => match date(days, from_1904) {
            Some(date) => RawCell::Date(date.to_string()),
            None => RawCell::wrong(ProblemKind::NotDate(digits, None)),
        },
        (Shown::Date | Shown::Duration, _) => RawCell::wrong(ProblemKind::TimeOfDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(position("D2"), Some((2, 4)));
        assert_eq!(position("aa10"), Some((10, 27)));
        assert_eq!(position("XFD1048576"), Some((1_048_576, 16_384)));
        for none in ["", "D", "2", "D2X", "D-1", "D+1", "ZZZZZZZZ1", "D99999999999", "Đ2"] {
            assert_eq!(position(none), None, "{none}");
        }
    }
}
