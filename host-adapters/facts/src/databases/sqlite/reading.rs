//! What is read of a SQLite file: columns and rows of tables, never more than a check can hold.

use kycuong_model::text::BoxError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use super::super::sql::{self, quote};
use super::super::{Collected, Wanted};
use crate::excess::{Excess, Measure, count};
use crate::limits::CELL_BYTES_MAX;

/// Most bytes of the keys that are asked for at once: a parameter is a text, and texts are bounded.
const KEYS_BYTES_MAX: usize = 1 << 20;

/// The columns of a table; `None` when there is no such table.
pub(super) fn columns(
    connection: &Connection,
    table: &str,
) -> Result<Option<Vec<String>>, BoxError> {
    let Some(name) = name_of_table(connection, table)? else { return Ok(None) };
    let mut statement = connection.prepare("SELECT name, hidden FROM pragma_table_xinfo(?1)")?;
    let mut rows = statement.query([&name])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let (column, hidden): (String, i64) = (row.get(0)?, row.get(1)?);
        if hidden != 0
            && kycuong_model::facts::TableDescription::of(table)
                .is_some_and(|table| table.column(&column).is_some())
        {
            return Err(format!("the column `{column}` of `{table}` is computed, and only what stands in a table is read: keep a table of values").into());
        }
        names.push(column);
    }
    Ok(Some(names))
}

/// The name of a table as the file has it; `None` when there is none. What is no table costs what nobody
/// knows, and is not asked.
pub(super) fn name_of_table(
    connection: &Connection,
    table: &str,
) -> Result<Option<String>, BoxError> {
    let mut statement = connection.prepare(
        "SELECT name, type, rootpage FROM sqlite_schema WHERE lower(name) = ?1 AND type IN ('table', 'view')",
    )?;
    let mut rows = statement.query([table])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (name, kind, page): (String, String, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let what = match (kind.as_str(), page) {
        ("table", Some(1..)) => return Ok(Some(name)),
        ("view", _) => "a view",
        _ => "a virtual table",
    };
    Err(format!(
        "`{table}` is {what}, and only tables are read and written: keep a table of values"
    )
    .into())
}

/// The rows of a table, those with one of the values in a column or all.
pub(super) fn rows(
    connection: &Connection,
    wanted: &Wanted<'_>,
) -> Result<Vec<Vec<String>>, BoxError> {
    let mut collected = Collected::default();
    let Some((column, keys)) = wanted.among else {
        collect(
            connection,
            &sql::select(wanted.table, &wanted.columns, None),
            None,
            &mut collected,
        )?;
        return Ok(collected.rows);
    };
    // A column that is not of texts is compared as one, which costs its index.
    let column = match is_of_texts(connection, wanted.table, column)? {
        true => quote(column),
        false => format!("CAST({} AS TEXT)", quote(column)),
    };
    // One parameter, however many values: a statement has room for a limited number.
    let condition = format!("{column} IN (SELECT value FROM json_each(?1))");
    let statement = sql::select(wanted.table, &wanted.columns, Some(&condition));
    for keys in portions(keys) {
        let keys = serde_json::to_string(keys)?;
        collect(connection, &statement, Some(keys), &mut collected)?;
    }
    Ok(collected.rows)
}

/// Whether a column keeps texts whatever is put there: by its declared type (SQLite's rules of affinity).
fn is_of_texts(connection: &Connection, table: &str, column: &str) -> Result<bool, BoxError> {
    let declared: String = connection.query_row(
        "SELECT upper(type) FROM pragma_table_info(?1) WHERE name = ?2",
        [table, column],
        |row| row.get(0),
    )?;
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    Ok(has(&["CHAR", "CLOB", "TEXT"]) && !has(&["INT"]))
}

fn collect(
    connection: &Connection,
    statement: &str,
    keys: Option<String>,
    collected: &mut Collected,
) -> Result<(), BoxError> {
    let mut statement = connection.prepare(statement)?;
    let width = statement.column_count();
    let mut rows = statement.query(params_from_iter(keys))?;
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(width);
        for position in 0..width {
            let text = match row.get_ref(position)? {
                ValueRef::Text(text) => text,
                _ => b"",
            };
            Excess::check(Measure::CellBytes, count(text.len()), CELL_BYTES_MAX)?;
            cells.push(std::str::from_utf8(text)?.to_owned());
        }
        collected.push(cells)?;
    }
    Ok(())
}

/// The keys in portions of bounded length.
fn portions(keys: &[String]) -> impl Iterator<Item = &[String]> {
    let mut rest = keys;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        // Quotation marks, a comma, and escapes that double a text.
        let fits = |key: &&String| {
            bytes += 2 * key.len() + 3;
            bytes <= KEYS_BYTES_MAX
        };
        let number = rest.iter().take_while(fits).count().max(1).min(rest.len());
        let (portion, left) =
            rest.split_at_checked(number).filter(|(portion, _)| !portion.is_empty())?;
        rest = left;
        Some(portion)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys_are_asked_for_in_portions() {
        let keys: Vec<String> = (0..200_000).map(|number| format!("{number:08}")).collect();
        let portions: Vec<_> = portions(&keys).collect();
        assert!(portions.len() > 1);
        assert_eq!(portions.concat(), keys);
        let longest = portions.iter().map(|keys| serde_json::to_string(keys).unwrap().len()).max();
        assert!(longest <= Some(KEYS_BYTES_MAX + 2), "{longest:?}");
        let one = ["x".repeat(KEYS_BYTES_MAX)];
        assert_eq!(super::portions(&one).count(), 1);
        assert_eq!(super::portions(&[]).count(), 0);
    }
}
