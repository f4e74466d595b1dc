//! What is read of a PostgreSQL database: columns and rows, as they come and never more than a check can hold.

use std::pin::pin;

use futures_util::TryStreamExt;
use kycuong_model::text::BoxError;
use tokio_postgres::types::ToSql;

use super::super::sql::{self, quote};
use super::super::{Collected, Wanted};
use super::session::Session;

/// The columns of a table that is found as an unqualified name is; none when there is no such table.
pub(super) const COLUMNS: &str = "SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass($1) AND attnum > 0 AND NOT attisdropped";

/// The columns of a table or a view.
pub(super) fn columns(session: &mut Session, table: &str) -> Result<Vec<String>, BoxError> {
    session.wait(|client| async move {
        let rows = client.query(COLUMNS, &[&table]).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    })
}

/// The rows of a table, those with one of the values in a column or all.
pub(super) fn rows(
    session: &mut Session,
    wanted: &Wanted<'_>,
) -> Result<Vec<Vec<String>>, BoxError> {
    let is_utf8 = session.is_utf8;
    // No cost for a column of text, and right for one of another type. A database that keeps another encoding
    // may have no such text: there, the bytes are compared.
    let condition = wanted.among.map(|(column, _)| match is_utf8 {
        true => format!("CAST({} AS TEXT) = ANY($1)", quote(column)),
        false => format!("convert_to(CAST({} AS TEXT), 'UTF8') = ANY($1)", quote(column)),
    });
    let statement = sql::select(wanted.table, &wanted.columns, condition.as_deref());
    let keys = wanted.among.map(|(_, keys)| keys);
    let bytes: Option<Vec<&[u8]>> = keys.map(|keys| keys.iter().map(String::as_bytes).collect());
    let parameter: Option<&(dyn ToSql + Sync)> = match (&keys, &bytes) {
        (Some(keys), _) if is_utf8 => Some(keys),
        (_, Some(bytes)) => Some(bytes),
        _ => None,
    };
    session.wait(|client| async move {
        let mut rows = pin!(client.query_raw(&statement, parameter).await?);
        let mut collected = Collected::default();
        while let Some(row) = rows.try_next().await? {
            let cells = (0..row.len()).map(|cell| row.try_get(cell)).collect::<Result<_, _>>()?;
            collected.push(cells)?;
        }
        Ok(collected.rows)
    })
}
