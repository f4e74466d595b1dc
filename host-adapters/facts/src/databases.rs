//! What the two databases have in common: a table of facts is a table of texts, selected by one column.
//!
//! Names of tables and columns are always the model's own; values are always parameters.

use kycuong_engine::facts::{FactQuery, FactTable, Row};
use kycuong_model::facts::{FACT_TABLES, TableDescription};
use kycuong_model::text::BoxError;

use crate::error::FactsError;
use crate::place::{At, Place};
use crate::raw::{Found, RawCell, RawRow, RawTable};
use crate::set::FactSet;
use crate::{problem, value};

mod postgresql;
mod sql;
mod sqlite;

pub use postgresql::PostgresFacts;
pub(crate) use postgresql::place_of;
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

    /// The rows of a statement, whose one parameter, if any, is a list of texts.
    fn rows(
        &mut self,
        statement: &str,
        keys: Option<&[String]>,
    ) -> Result<Vec<Vec<String>>, BoxError>;

    /// The condition that a column has one of the texts of the parameter.
    fn among(column: &str) -> String;

    fn failed(&self, action: &'static str) -> impl FnOnce(BoxError) -> FactsError + use<Self> {
        let (kind, at) = (Self::KIND, self.at());
        move |source| FactsError::Database { action, kind, at, source }
    }
}

/// The rows of a query, each cell as its column says.
fn fetch<D: Database>(
    database: &mut D,
    query: &FactQuery,
) -> Result<Option<FactTable>, FactsError> {
    let Some(table) = TableDescription::of(&query.table) else { return Ok(None) };
    let Some(rows) = select(database, table, query.column.as_deref(), &query.keys)? else {
        return Ok(None);
    };
    for row in &rows {
        for column in table.row.members {
            let text = row.get(column.name).map_or("", String::as_str);
            if let Some(kind) = value::problem_of(table, column, text) {
                let place = Place::of(database.at()).at(row_at(table, row));
                let problem = problem::Problem::new(place, Some(column.name), kind);
                return Err(FactsError::Problems { from: database.at(), problems: vec![problem] });
            }
        }
    }
    Ok(Some(FactTable { rows }))
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
    if let Some(column) = table.column_names().find(|column| !found.iter().any(|f| f == column)) {
        return Err(lacks(column));
    }
    let condition = match column {
        None => None,
        Some(name) => match table.column(name) {
            Some(column) => Some(D::among(column.name)),
            None => return Err(lacks(name)),
        },
    };
    let names: Vec<&str> = table.column_names().collect();
    let statement = sql::select(table.name, &names, condition.as_deref());
    let keys = condition.is_some().then_some(keys);
    let rows = database.rows(&statement, keys).map_err(database.failed("read"))?;
    let row = |cells: Vec<String>| names.iter().map(|name| (*name).to_owned()).zip(cells).collect();
    Ok(Some(rows.into_iter().map(row).collect()))
}

/// All tables, checked as those of files are.
fn read_all<D: Database>(database: &mut D) -> Result<FactSet, FactsError> {
    let place = Place::of(database.at());
    let mut found = Found::default();
    for table in FACT_TABLES {
        let Some(rows) = select(database, table, None, &[])? else { continue };
        let columns = table.column_names().map(|name| (name.to_owned(), At::Whole)).collect();
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
