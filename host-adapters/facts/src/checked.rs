//! From a table as a file has it to rows that rules can rely on, or everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_engine::facts::Row;
use kycuong_model::date::Date;
use kycuong_model::describe::{MemberDescription, Type};
use kycuong_model::spelling::nearest;

use crate::place::At;
use crate::problem::{Problem, ProblemKind, Problems};
use crate::raw::{RawCell, RawRow, RawTable};
use crate::value::{budget_code_problems, problem_of};

/// The rows of a table; what is wrong goes to the problems.
pub(crate) fn rows(raw: &RawTable, problems: &mut Problems) -> Vec<Row> {
    let columns = columns(raw, problems);
    let mut seen: BTreeMap<String, &At> = BTreeMap::new();
    let mut rows = Vec::with_capacity(raw.rows.len());
    for raw_row in &raw.rows {
        let (row, wrong) = cells(raw, &columns, raw_row, problems);
        for required in raw.table.required {
            let there =
                raw.columns_may_lack || raw.columns.iter().any(|(name, _)| name == required);
            let empty = row.get(*required).is_none_or(String::is_empty);
            if there && empty && !wrong.contains(required) {
                problems.push(Problem::new(
                    raw.place.at(cell_at(raw, raw_row, required)),
                    Some(required),
                    ProblemKind::Empty,
                ));
            }
        }
        order(raw, raw_row, &row, problems);
        for (column, kind) in budget_code_problems(raw.table, &row) {
            if !wrong.contains(column) {
                let at = raw.place.at(cell_at(raw, raw_row, column));
                problems.push(Problem::new(at, Some(column), kind));
            }
        }
        let key: Vec<&str> =
            raw.table.key.iter().map(|name| row.get(*name).map_or("", String::as_str)).collect();
        let key = key.join(", ");
        match seen.get(&key) {
            // Rows without a key have been told of already.
            _ if raw
                .table
                .required
                .iter()
                .any(|name| row.get(*name).is_none_or(String::is_empty)) => {}
            Some(first) => {
                let first = raw.place.at((*first).clone());
                let kind = ProblemKind::Twice { columns: raw.table.key, key, first };
                let at = raw.table.key.first().map(|column| cell_at(raw, raw_row, column));
                let at = at.unwrap_or_else(|| raw_row.at.clone());
                problems.push(Problem::new(raw.place.at(at), None, kind));
            }
            None => {
                seen.insert(key, &raw_row.at);
            }
        }
        rows.push(row);
    }
    rows
}

/// Where the cell of a column stands in a row, also one that holds nothing.
fn cell_at(raw: &RawTable, row: &RawRow, column: &str) -> At {
    let position = raw.columns.iter().position(|(name, _)| name == column);
    let filled = row.cells.iter().find(|(at, ..)| Some(*at) == position);
    if let Some((.., at)) = filled {
        return at.clone();
    }
    let named = position.and_then(|position| raw.columns.get(position));
    match (&row.at, named) {
        (At::Field { line, .. }, Some((_, At::Field { field, .. }))) => {
            At::Field { line: *line, field: *field }
        }
        (At::Cell { row, .. }, Some((_, At::Cell { column, .. }))) => {
            At::Cell { row: *row, column: *column }
        }
        (at, _) => at.clone(),
    }
}

/// The column of the table at each position of the file.
fn columns(raw: &RawTable, problems: &mut Problems) -> Vec<Option<&'static MemberDescription>> {
    let mut found: Vec<Option<&'static MemberDescription>> = Vec::new();
    for (position, (name, at)) in raw.columns.iter().enumerate() {
        // Spreadsheets leave separators behind for columns that hold nothing.
        let used = || raw.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.0 == position);
        if name.is_empty() && !used() {
            found.push(None);
            continue;
        }
        let twice = raw.columns.iter().take(position).any(|(other, _)| other == name);
        let column = raw.table.column(name);
        let kind = if name.is_empty() || twice {
            Some(ProblemKind::BadColumnName(name.clone()))
        } else if column.is_none() {
            Some(ProblemKind::UnknownColumn {
                name: name.clone(),
                near: nearest(name, raw.table.column_names()),
                columns: raw.table.column_names().collect(),
            })
        } else {
            None
        };
        found.push(if kind.is_none() { column } else { None });
        if let Some(kind) = kind {
            problems.push(Problem::new(raw.place.at(at.clone()), None, kind));
        }
    }
    if !raw.columns_may_lack {
        for column in raw.table.row.members {
            if raw.columns.iter().all(|(name, _)| name != column.name) {
                let kind = ProblemKind::MissingColumn(column);
                problems.push(Problem::new(raw.place.clone(), None, kind));
            }
        }
    }
    found
}

/// A row with every column of the table, and the columns of the cells that hold something wrong.
fn cells(
    raw: &RawTable,
    columns: &[Option<&'static MemberDescription>],
    raw_row: &RawRow,
    problems: &mut Problems,
) -> (Row, BTreeSet<&'static str>) {
    let mut row: Row =
        raw.table.column_names().map(|name| (name.to_owned(), String::new())).collect();
    let mut wrong = BTreeSet::new();
    for (position, cell, at) in &raw_row.cells {
        let Some(Some(column)) = columns.get(*position) else { continue };
        let is_date = matches!(column.kind, Type::Date);
        let found = match cell {
            RawCell::Date(date) if !is_date => Some(ProblemKind::UnexpectedDate(date.clone())),
            RawCell::Text(text) | RawCell::Date(text) => {
                row.insert(column.name.to_owned(), text.clone());
                problem_of(raw.table, column, text)
            }
            RawCell::Wrong(kind) => Some((**kind).clone()),
        };
        if let Some(kind) = found {
            wrong.insert(column.name);
            problems.push(Problem::new(raw.place.at(at.clone()), Some(column.name), kind));
        }
    }
    (row, wrong)
}

/// The pairs of columns that are a time.
const TIMES: [(&str, &str); 2] = [("from", "to"), ("started_on", "ended_on")];

fn order(raw: &RawTable, raw_row: &RawRow, row: &Row, problems: &mut Problems) {
    for (from, to) in TIMES {
        let date = |name: &str| row.get(name)?.parse::<Date>().ok();
        if let (Some(from), Some(end)) = (date(from), date(to))
            && end < from
        {
            let kind = ProblemKind::EndsBefore { from: from.to_string(), to: end.to_string() };
            let column = raw.table.column(to).map(|column| column.name);
            let at = cell_at(raw, raw_row, to);
            problems.push(Problem::new(raw.place.at(at), column, kind));
        }
    }
}
