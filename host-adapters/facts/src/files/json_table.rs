//! A table in a JSON file: a list of objects whose members are texts.

use kycuong_model::facts::TableDescription;
use kycuong_model::tape::{Kind, NODES_MAX, Node, ParseError, ParseErrorKind, ParseLimits, parse};

use crate::excess::{Excess, Measure, count};
use crate::limits::COLUMNS_MAX;
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
    let limits = ParseLimits { bytes_max: u32::MAX as usize, depth_max: 3, nodes_max: NODES_MAX };
    let at = |error: &ParseError| At::Character {
        line: error.line(bytes),
        character: error.column(bytes),
    };
    let tape = match parse(bytes, &limits) {
        Ok(tape) => tape,
        Err(error) => {
            let kind = match error.kind {
                ParseErrorKind::NotUtf8 => ProblemKind::NotUtf8,
                ref kind => ProblemKind::Malformed(kind.to_string()),
            };
            found.problem(place.at(at(&error)), kind);
            return;
        }
    };
    let mut lines = Lines { bytes, byte: 0, line: 1, character: 1 };
    let mut of = |node: Node<'_>| lines.place(node.range().start);
    let Some(root) = tape.document().root() else {
        found.problem(place.clone(), ProblemKind::NotRows);
        return;
    };
    if root.kind() != Kind::Array {
        found.problem(place.at(of(root)), ProblemKind::NotRows);
        return;
    }
    let mut columns: Vec<(String, At)> = Vec::new();
    let mut rows = Vec::new();
    for row in root.elements() {
        if row.kind() != Kind::Object {
            found.problem(place.at(of(row)), ProblemKind::NotRows);
            continue;
        }
        let row_at = of(row);
        let mut cells = Vec::new();
        let mut room = found.usage.row();
        for (name, value) in row.members() {
            let text = name.text();
            let position = columns.iter().position(|(column, _)| *column == text);
            let position = position.unwrap_or_else(|| {
                columns.push((text.into_owned(), of(name)));
                columns.len() - 1
            });
            let cell = match value.kind() {
                Kind::String => RawCell::Text(value.text().into_owned()),
                _ => RawCell::wrong(ProblemKind::NotText),
            };
            let bytes = value.range().len();
            room = room
                .and_then(|()| found.usage.cell(bytes))
                .and_then(|()| Excess::check(Measure::Columns, count(columns.len()), COLUMNS_MAX));
            if room.is_err() {
                break;
            }
            cells.push((position, cell, of(value)));
        }
        if let Err(excess) = room {
            found.problem(place.at(row_at), excess.into());
            return;
        }
        rows.push(RawRow { at: row_at, cells });
    }
    let place = place.clone();
    found.tables.push(RawTable { table, place, columns, columns_may_lack: true, rows });
}

/// Counts lines and characters on the way through a text, once.
struct Lines<'t> {
    bytes: &'t [u8],
    byte: usize,
    line: usize,
    character: usize,
}

impl Lines<'_> {
    /// The place of a byte that is not before the one asked for last.
    fn place(&mut self, byte: usize) -> At {
        let passed = self.bytes.get(self.byte..byte).unwrap_or_default();
        // Each character has one byte that continues no other.
        let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        match passed.iter().rposition(|byte| *byte == b'\n') {
            None => self.character += characters(passed),
            Some(last) => {
                self.line += passed.iter().filter(|byte| **byte == b'\n').count();
                self.character = 1 + characters(passed.get(last + 1..).unwrap_or_default());
            }
        }
        self.byte = self.byte.max(byte);
        At::Character { line: self.line, character: self.character }
    }
}
