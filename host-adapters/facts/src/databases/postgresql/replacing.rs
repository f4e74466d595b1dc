//! An import into a PostgreSQL database: all tables of the set or none, and only into tables of facts.

use kycuong_model::facts::TableDescription;
use kycuong_model::text::BoxError;
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::super::sql::{self, quote};
use super::super::{Replaced, in_order, not_replaced};
use super::reading::COLUMNS;
use super::session::Session;
use crate::set::FactSet;

pub(super) fn replace(session: &mut Session, set: &FactSet) -> Result<Vec<Replaced>, BoxError> {
    session.wait(|client| async move {
        client.batch_execute("BEGIN").await?;
        let mut replaced = Vec::new();
        for (table, rows) in set.tables() {
            // A failure ends the connection, and with it the transaction.
            let before = make(client, table).await?;
            client.execute(&format!("DELETE FROM {}", quote(table.name)), &[]).await?;
            let names: Vec<String> = table.column_names().map(quote).collect();
            let columns: Vec<Vec<&str>> = (0..names.len())
                .map(|position| {
                    rows.iter().filter_map(|row| in_order(table, row).nth(position)).collect()
                })
                .collect();
            let places: Vec<String> =
                (1..=names.len()).map(|place| format!("CAST(${place} AS TEXT[])")).collect();
            let statement = format!(
                "INSERT INTO {} ({}) SELECT * FROM unnest({})",
                quote(table.name),
                names.join(", "),
                places.join(", ")
            );
            let parameters: Vec<&(dyn ToSql + Sync)> =
                columns.iter().map(|column| column as _).collect();
            client.execute(&statement, &parameters).await?;
            replaced.push(Replaced { table: table.name, before, rows: rows.len() });
        }
        client.batch_execute("COMMIT").await?;
        Ok(replaced)
    })
}

/// Makes a table, or adds the columns that it lacks; how many rows it has, if it was there.
async fn make(
    client: &Client,
    table: &'static TableDescription,
) -> Result<Option<usize>, BoxError> {
    let found = client.query(COLUMNS, &[&table.name]).await?;
    let found = found.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    let mut before = None;
    if !found.is_empty() {
        // Rows may be removed through a view as well, and are then somebody else's.
        let kind =
            "SELECT relkind::text FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)";
        let kind: String = client.query_one(kind, &[&table.name]).await?.try_get(0)?;
        if !matches!(kind.as_str(), "r" | "p") {
            let name = table.name;
            return Err(format!("`{name}` is there and is no table, so that it is not replaced; name another database").into());
        }
        if let Some(refusal) = not_replaced(table, &found) {
            return Err(refusal);
        }
        // Only where it is needed: adding a column waits until nobody reads.
        for name in table.column_names().filter(|name| !found.iter().any(|column| column == name)) {
            let column = sql::column(name);
            let table = quote(table.name);
            client.batch_execute(&format!("ALTER TABLE {table} ADD COLUMN {column}")).await?;
        }
        let count = format!("SELECT count(*) FROM {}", quote(table.name));
        let rows: i64 = client.query_one(&count, &[]).await?.try_get(0)?;
        before = Some(usize::try_from(rows).unwrap_or_default());
    }
    for statement in sql::create_statements(table) {
        client.batch_execute(&statement).await?;
    }
    Ok(before)
}
