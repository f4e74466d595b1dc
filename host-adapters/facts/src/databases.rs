//! What the two databases have in common: a table of facts is a table of texts, selected by one column.
//!
//! Names of tables and columns are always the model's own; values are always parameters.

use kycuong_engine::facts::{BYTES_MAX, FactQuery, FactTable, ROWS_MAX, Row};
use kycuong_model::facts::{FACT_TABLES, TableDescription};
use kycuong_model::text::BoxError;

use crate::error::FactsError;
use crate::excess::{Excess, Measure, count};
use crate::limits::{CELL_BYTES_MAX, ROW_BYTES_MAX};
use crate::place::{At, Place};
use crate::raw::{Found, RawCell, RawRow, RawTable};
use crate::set::FactSet;
use crate::{problem, value};

mod postgresql;
mod sql;
mod sqlite;

pub use postgresql::{PostgresAddress, PostgresFacts};
pub use sql::create_statements;
pub use sqlite::SqliteFacts;

/// What a table had and has, after an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The table.
    pub table: &'static str,
    /// Its rows before; `None` when it was not there.
    pub before: Option<usize>,
    /// Its rows now.
    pub rows: usize,
}

/// A database in the middle of a fetch.
trait Database {
    /// SQLite or PostgreSQL.
    const KIND: &'static str;

    /// What it is called, without user and password.
    fn at(&self) -> String;

    /// The columns of a table; `None` when there is no such table.
    fn columns(&mut self, table: &str) -> Result<Option<Vec<String>>, BoxError>;

    /// The rows of a table, those with one of the values in a column or all.
    fn rows(&mut self, wanted: &Wanted<'_>) -> Result<Vec<Vec<String>>, BoxError>;

    fn failed(&self, action: &'static str) -> impl FnOnce(BoxError) -> FactsError + use<Self> {
        let (kind, at) = (Self::KIND, self.at());
        move |source| match source.downcast::<Excess>() {
            Ok(excess) => FactsError::TooMuch { at, source: *excess },
            Err(source) => FactsError::Database { action, kind, at, source },
        }
    }
}

/// What is asked of a database.
struct Wanted<'a> {
    table: &'static str,
    columns: Vec<&'static str>,
    /// The column that selects rows and its values.
    among: Option<(&'static str, &'a [String])>,
}

/// Rows as they come, never more than a check can hold.
#[derive(Default)]
struct Collected {
    rows: Vec<Vec<String>>,
    bytes: u64,
}

impl Collected {
    /// Takes a row.
    fn push(&mut self, row: Vec<String>) -> Result<(), Excess> {
        Excess::check(Measure::Rows, count(self.rows.len()) + 1, count(ROWS_MAX))?;
        let mut of_row = 0;
        for cell in &row {
            Excess::check(Measure::CellBytes, count(cell.len()), CELL_BYTES_MAX)?;
            of_row += count(cell.len());
        }
        Excess::check(Measure::RowBytes, of_row, ROW_BYTES_MAX)?;
        self.bytes += of_row;
        Excess::check(Measure::TextBytes, self.bytes, count(BYTES_MAX))?;
        self.rows.push(row);
        Ok(())
    }
}

/// The rows of a query, each cell as its column says.
fn fetch<D: Database>(
    database: &mut D,
    query: &FactQuery,
) -> Result<Option<FactTable>, FactsError> {
    let Some(table) = TableDescription::of(&query.table) else { return Ok(None) };
    // Not every value that a submission has can be a parameter, and none of these is in a table.
    let keys: Vec<String> = query.keys.iter().filter(|key| is_key(key)).cloned().collect();
    let Some(rows) = select(database, table, query.column.as_deref(), &keys)? else {
        return Ok(None);
    };
    let wrong = |row: &Row, column: &'static str, kind| {
        let place = Place::of(database.at()).at(row_at(table, row));
        let problems = vec![problem::Problem::new(place, Some(column), kind)];
        FactsError::Problems { from: database.at(), problems, count: 1 }
    };
    for row in &rows {
        for column in table.row.members {
            let text = row.get(column.name).map_or("", String::as_str);
            if let Some(kind) = value::problem_of(table, column, text) {
                return Err(wrong(row, column.name, kind));
            }
        }
        if let Some((column, kind)) = value::budget_code_problems(table, row).into_iter().next() {
            return Err(wrong(row, column, kind));
        }
    }
    Ok(Some(FactTable { rows }))
}

/// Whether a cell could have this value: no control character, no longer than a cell.
fn is_key(key: &str) -> bool {
    !key.is_empty() && count(key.len()) <= CELL_BYTES_MAX && !key.chars().any(char::is_control)
}

/// The rows of a table, those with certain values in a column or all; every column there.
fn select<D: Database>(
    database: &mut D,
    table: &'static TableDescription,
    column: Option<&str>,
    keys: &[String],
) -> Result<Option<Vec<Row>>, FactsError> {
    let found = database.columns(table.name).map_err(database.failed("read"))?;
    let Some(found) = found else { return Ok(None) };
    let lacks = |column: &str| FactsError::NoColumn {
        at: database.at(),
        table: table.name,
        column: column.to_owned(),
    };
    let columns: Vec<&'static str> = table.column_names().collect();
    if let Some(column) = columns.iter().find(|column| !found.iter().any(|f| f == *column)) {
        return Err(lacks(column));
    }
    let among = match column {
        None => None,
        Some(name) => match table.column(name) {
            Some(column) => Some((column.name, keys)),
            None => return Err(lacks(name)),
        },
    };
    let wanted = Wanted { table: table.name, columns, among };
    let rows = match among {
        Some((_, [])) => Vec::new(),
        _ => database.rows(&wanted).map_err(database.failed("read"))?,
    };
    let row = |cells: Vec<String>| {
        wanted.columns.iter().map(|name| (*name).to_owned()).zip(cells).collect()
    };
    Ok(Some(rows.into_iter().map(row).collect()))
}

/// All tables, checked as those of files are.
fn read_all<D: Database>(database: &mut D) -> Result<FactSet, FactsError> {
    let place = Place::of(database.at());
    let mut found = Found::default();
    let at = database.at();
    let too_much = |source| FactsError::TooMuch { at: at.clone(), source };
    let mut tables = Vec::new();
    for table in FACT_TABLES {
        if let Some(rows) = select(database, table, None, &[])? {
            tables.push((table, rows));
        }
    }
    for (table, rows) in tables {
        let columns = table.column_names().map(|name| (name.to_owned(), At::Whole)).collect();
        for row in &rows {
            found.usage.row().map_err(too_much)?;
            for cell in row.values().filter(|cell| !cell.is_empty()) {
                found.usage.cell(cell.len()).map_err(too_much)?;
            }
        }
        let rows = rows.into_iter().map(|row| raw_row(table, &row)).collect();
        let place = place.clone();
        found.tables.push(RawTable { table, place, columns, columns_may_lack: false, rows });
    }
    FactSet::check(&database.at(), found)
}

fn raw_row(table: &'static TableDescription, row: &Row) -> RawRow {
    let at = row_at(table, row);
    let cells = table.column_names().enumerate().filter_map(|(position, name)| {
        let text = row.get(name).filter(|text| !text.is_empty())?;
        Some((position, RawCell::Text(text.clone()), at.clone()))
    });
    RawRow { cells: cells.collect(), at: at.clone() }
}

fn row_at(table: &'static TableDescription, row: &Row) -> At {
    let values = table.key.iter().filter_map(|name| row.get(*name)).filter(|text| !text.is_empty());
    let key = values.map(String::as_str).collect::<Vec<_>>().join(", ");
    At::Row { table: table.name, key }
}

/// The values of a row in the order of the table's columns.
fn in_order<'r>(table: &'static TableDescription, row: &'r Row) -> impl Iterator<Item = &'r str> {
    table.column_names().map(|name| row.get(name).map_or("", String::as_str))
}

/// Why a table that is there is not replaced; `None` when it is one of facts, perhaps of an older version. An
/// import takes every row out of the tables that it writes.
fn not_replaced(table: &TableDescription, columns: &[String]) -> Option<BoxError> {
    let other = columns.iter().find(|name| table.column(name).is_none())?;
    let (table, other) = (table.name, kycuong_model::text::truncate(other, 40));
    Some(
        format!(
            "the table `{table}` there has the column `{other}`, which facts do not have: it is of another purpose, and not replaced; name another database"
        )
        .into(),
    )
}
