//! An import into a SQLite file: all tables of the set or none, and only into a file of facts.

use kycuong_model::facts::TableDescription;
use kycuong_model::text::{BoxError, truncate};
use rusqlite::{Connection, Transaction, TransactionBehavior, params_from_iter};

use super::super::sql::{self, quote};
use super::super::{Replaced, in_order, not_replaced};
use super::file::{APPLICATION_ID, id, of_another_program};
use super::reading::{columns, name_of_table};
use crate::set::FactSet;

pub(super) fn replace(
    connection: &mut Connection,
    set: &FactSet,
) -> Result<Vec<Replaced>, BoxError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    accept(&transaction)?;
    let mut replaced = Vec::new();
    for (table, rows) in set.tables() {
        let before = make(&transaction, table)?;
        transaction.execute(&format!("DELETE FROM {}", quote(table.name)), [])?;
        let names: Vec<String> = table.column_names().map(quote).collect();
        let places = vec!["?"; names.len()].join(", ");
        let mut insert = transaction.prepare(&format!(
            "INSERT INTO {} ({}) VALUES ({places})",
            quote(table.name),
            names.join(", ")
        ))?;
        for row in rows {
            insert.execute(params_from_iter(in_order(table, row)))?;
        }
        replaced.push(Replaced { table: table.name, before, rows: rows.len() });
    }
    transaction.commit()?;
    Ok(replaced)
}

/// Accepts a file that an import marked as one of facts, an empty one, and one with nothing but tables of
/// facts, as imports of before left it; marks it.
fn accept(transaction: &Transaction<'_>) -> Result<(), BoxError> {
    match id(transaction)? {
        APPLICATION_ID => return Ok(()),
        0 => {}
        _ => return Err(of_another_program()),
    }
    let mut statement =
        transaction.prepare("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, table): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let is_table = TableDescription::of(&table.to_lowercase()).is_some();
        let of_facts = is_table && matches!(kind.as_str(), "table" | "index");
        if !of_facts && !name.starts_with("sqlite_") {
            let name = truncate(&name, 40);
            return Err(format!(
                "it has the {kind} `{name}`, so that it is of another purpose: name a new file"
            )
            .into());
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

/// Makes a table, or adds the columns that it lacks; how many rows it has, if it was there.
fn make(
    transaction: &Transaction<'_>,
    table: &'static TableDescription,
) -> Result<Option<usize>, BoxError> {
    let mut before = None;
    if name_of_table(transaction, table.name)?.is_some() {
        let found = columns(transaction, table.name)?.unwrap_or_default();
        if let Some(refusal) = not_replaced(table, &found) {
            return Err(refusal);
        }
        for name in table.column_names().filter(|name| !found.iter().any(|column| column == name)) {
            let column = sql::column(name);
            let table = quote(table.name);
            transaction.execute(&format!("ALTER TABLE {table} ADD COLUMN {column}"), [])?;
        }
        let count = format!("SELECT count(*) FROM {}", quote(table.name));
        let rows: i64 = transaction.query_row(&count, [], |row| row.get(0))?;
        before = Some(usize::try_from(rows).unwrap_or_default());
    }
    for statement in sql::create_statements(table) {
        transaction.execute(&statement, [])?;
    }
    Ok(before)
}
