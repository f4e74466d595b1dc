//! Facts in a SQLite file: the store that needs no server.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::{FactError, FactSource};
use kycuong_model::text::BoxError;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params_from_iter};

use super::sql::{self, quote};
use super::{Database, Replaced, fetch, in_order, read_all};
use crate::error::FactsError;
use crate::set::FactSet;

/// How long a reader waits for an import to end, and an import for readers.
const WAIT: Duration = Duration::from_secs(10);

/// A SQLite file as a source of facts. Nothing is written; what an import changes is seen by the next
/// fetch.
pub struct SqliteFacts {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl fmt::Debug for SqliteFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteFacts").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteFacts {
    /// Opens a file that is there.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`] when it is not there or is no SQLite file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FactsError> {
        let path = path.as_ref();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path, flags).map_err(failed("open", path))?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) })
    }

    /// Reads and checks all tables.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or with everything that is wrong.
    pub fn read(&self) -> Result<FactSet, FactsError> {
        let connection = self.lock();
        // One state of the file, whoever imports meanwhile.
        let state = connection.unchecked_transaction().map_err(failed("read", &self.path))?;
        read_all(&mut OpenFile { path: &self.path, connection: &state })
    }

    /// Replaces the tables of a set, all of them or none; other tables stay as they are. The file is
    /// made when it is not there.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`]; nothing has changed then.
    pub fn import(path: impl AsRef<Path>, set: &FactSet) -> Result<Vec<Replaced>, FactsError> {
        let path = path.as_ref();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(path, flags).map_err(failed("open", path))?;
        replace(&mut connection, set).map_err(failed("write", path))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves a connection that reads as well as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FactSource for SqliteFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let connection = self.lock();
        Ok(fetch(&mut OpenFile { path: &self.path, connection: &connection }, query)?)
    }
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> FactsError {
    let at = path.display().to_string();
    move |error| FactsError::Database { action, kind: "SQLite", at, source: message(&error) }
}

/// The message of an error, once: the library's own cause says the same again.
fn message(error: &rusqlite::Error) -> BoxError {
    error.to_string().into()
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(WAIT)?;
    // The file is looked at only now, and told to be none if it is none.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

struct OpenFile<'a> {
    path: &'a Path,
    connection: &'a Connection,
}

impl Database for OpenFile<'_> {
    const KIND: &'static str = "SQLite";

    fn at(&self) -> String {
        self.path.display().to_string()
    }

    fn columns(&mut self, table: &str) -> Result<Option<Vec<String>>, BoxError> {
        columns(self.connection, table).map_err(|error| message(&error))
    }

    fn rows(
        &mut self,
        statement: &str,
        keys: Option<&[String]>,
    ) -> Result<Vec<Vec<String>>, BoxError> {
        let keys = keys.map(serde_json::to_string).transpose()?;
        rows(self.connection, statement, keys).map_err(|error| message(&error))
    }

    fn among(column: &str) -> String {
        // One parameter, however many values: a statement has room for a limited number.
        format!("{} IN (SELECT value FROM json_each(?1))", quote(column))
    }
}

fn rows(
    connection: &Connection,
    statement: &str,
    keys: Option<String>,
) -> Result<Vec<Vec<String>>, rusqlite::Error> {
    let mut statement = connection.prepare(statement)?;
    let width = statement.column_count();
    let rows = statement.query_map(params_from_iter(keys), |row| {
        (0..width).map(|position| row.get(position)).collect()
    })?;
    rows.collect()
}

fn columns(connection: &Connection, table: &str) -> Result<Option<Vec<String>>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok((!names.is_empty()).then_some(names))
}

fn replace(connection: &mut Connection, set: &FactSet) -> Result<Vec<Replaced>, rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let replaced = set
        .tables()
        .map(|(table, rows)| {
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
            Ok(Replaced { table: table.name, before, rows: rows.len() })
        })
        .collect::<Result<_, rusqlite::Error>>()?;
    transaction.commit()?;
    Ok(replaced)
}

/// Makes a table, or adds the columns that it lacks; how many rows it has, if it was there.
fn make(
    transaction: &Transaction<'_>,
    table: &'static kycuong_model::facts::TableDescription,
) -> Result<Option<usize>, rusqlite::Error> {
    let found = columns(transaction, table.name)?;
    for name in table.column_names() {
        if found.as_ref().is_some_and(|found| !found.iter().any(|column| column == name)) {
            let column = sql::column(name);
            let table = quote(table.name);
            transaction.execute(&format!("ALTER TABLE {table} ADD COLUMN {column}"), [])?;
        }
    }
    let before = match found {
        None => None,
        Some(_) => {
            let count = format!("SELECT count(*) FROM {}", quote(table.name));
            let rows: i64 = transaction.query_row(&count, [], |row| row.get(0))?;
            Some(usize::try_from(rows).unwrap_or_default())
        }
    };
    for statement in sql::create_statements(table) {
        transaction.execute(&statement, [])?;
    }
    Ok(before)
}
