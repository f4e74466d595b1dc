//! Facts in PostgreSQL, where a province has its inventory.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::{FactError, FactSource};
use kycuong_model::facts::TableDescription;
use kycuong_model::text::BoxError;
use postgres::config::Host;
use postgres::{Client, Config, NoTls, Transaction};

use super::sql::{self, quote};
use super::{Database, Replaced, fetch, in_order, read_all};
use crate::error::FactsError;
use crate::set::FactSet;

/// How long connecting may take, when the address does not say (`connect_timeout`).
const CONNECT: Duration = Duration::from_secs(10);

/// What every connection for reading begins with: nothing is written, dates are ISO, and a statement
/// that hangs ends.
const READING: &str = "SET default_transaction_read_only = on; SET datestyle = 'ISO, YMD'; SET statement_timeout = '30s'";

/// A PostgreSQL database as a source of facts.
///
/// One connection, made anew when it is lost; checks on several threads take turns. It blocks, and must
/// not be called from within an asynchronous task. It speaks without TLS: have the database on the same
/// machine or in the same closed network.
pub struct PostgresFacts {
    config: Config,
    client: Mutex<Client>,
}

impl fmt::Debug for PostgresFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresFacts").field("at", &place_of(&self.config)).finish_non_exhaustive()
    }
}

impl PostgresFacts {
    /// Connects to a database.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`] when it cannot be reached or refuses.
    pub fn connect(config: &Config) -> Result<Self, FactsError> {
        let client = reader(config).map_err(failed("connect to", config))?;
        Ok(Self { config: config.clone(), client: Mutex::new(client) })
    }

    /// Reads and checks all tables.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or with everything that is wrong.
    pub fn read(&self) -> Result<FactSet, FactsError> {
        // One state of the database, whoever imports meanwhile.
        self.with_connection(|connected| {
            connected.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")?;
            let set = read_all(connected);
            connected.execute("ROLLBACK")?;
            set
        })
    }

    /// Replaces the tables of a set, all of them or none; other tables stay as they are.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`]; nothing has changed then.
    pub fn import(config: &Config, set: &FactSet) -> Result<Vec<Replaced>, FactsError> {
        let mut client = connect(config).map_err(failed("connect to", config))?;
        replace(&mut client, set).map_err(failed("write", config))
    }

    /// Does it with the connection; once more when that turns out to be lost.
    fn with_connection<T>(
        &self,
        work: impl Fn(&mut Connected<'_>) -> Result<T, FactsError>,
    ) -> Result<T, FactsError> {
        // A panic elsewhere leaves a client that works as well as before, or is closed.
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        let done = work(&mut Connected { config: &self.config, client: &mut client });
        if done.is_ok() || !client.is_closed() {
            return done;
        }
        *client = reader(&self.config).map_err(failed("connect to", &self.config))?;
        work(&mut Connected { config: &self.config, client: &mut client })
    }
}

impl FactSource for PostgresFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        Ok(self.with_connection(|connected| fetch(connected, query))?)
    }
}

/// A database as people know it: host, port and name, neither user nor password.
pub(crate) fn place_of(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let ports = config.get_ports();
    let hosts: Vec<String> = hosts
        .enumerate()
        .map(|(position, host)| match ports.get(position).or(ports.first()) {
            Some(port) => format!("{host}:{port}"),
            None => host,
        })
        .collect();
    let name = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("postgres://{}/{name}", hosts.join(","))
}

fn failed(action: &'static str, config: &Config) -> impl FnOnce(postgres::Error) -> FactsError {
    let at = place_of(config);
    move |source| FactsError::Database { action, kind: "PostgreSQL", at, source: Box::new(source) }
}

fn connect(config: &Config) -> Result<Client, postgres::Error> {
    let mut config = config.clone();
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_application_name().is_none() {
        config.application_name("kycuong");
    }
    config.connect(NoTls)
}

fn reader(config: &Config) -> Result<Client, postgres::Error> {
    let mut client = connect(config)?;
    client.batch_execute(READING)?;
    Ok(client)
}

struct Connected<'a> {
    config: &'a Config,
    client: &'a mut Client,
}

impl Connected<'_> {
    fn execute(&mut self, statement: &str) -> Result<(), FactsError> {
        self.client.batch_execute(statement).map_err(failed("read", self.config))
    }
}

/// The columns of a table that is found as an unqualified name is; none when there is no such table.
const COLUMNS: &str = "SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass($1) AND attnum > 0 AND NOT attisdropped";

impl Database for Connected<'_> {
    const KIND: &'static str = "PostgreSQL";

    fn at(&self) -> String {
        place_of(self.config)
    }

    fn columns(&mut self, table: &str) -> Result<Option<Vec<String>>, BoxError> {
        let rows = self.client.query(COLUMNS, &[&table])?;
        let names = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<_>, _>>()?;
        Ok((!names.is_empty()).then_some(names))
    }

    fn rows(
        &mut self,
        statement: &str,
        keys: Option<&[String]>,
    ) -> Result<Vec<Vec<String>>, BoxError> {
        let rows = match keys {
            Some(keys) => self.client.query(statement, &[&keys])?,
            None => self.client.query(statement, &[])?,
        };
        let cells = |row: &postgres::Row| (0..row.len()).map(|cell| row.try_get(cell)).collect();
        Ok(rows.iter().map(cells).collect::<Result<_, _>>()?)
    }

    fn among(column: &str) -> String {
        // No cost for a column of text, and right for one of another type.
        format!("CAST({} AS TEXT) = ANY($1)", quote(column))
    }
}

fn replace(client: &mut Client, set: &FactSet) -> Result<Vec<Replaced>, postgres::Error> {
    let mut transaction = client.transaction()?;
    let mut replaced = Vec::new();
    for (table, rows) in set.tables() {
        let before = make(&mut transaction, table)?;
        transaction.execute(&format!("DELETE FROM {}", quote(table.name)), &[])?;
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
        let parameters: Vec<&(dyn postgres::types::ToSql + Sync)> =
            columns.iter().map(|column| column as _).collect();
        transaction.execute(&statement, &parameters)?;
        replaced.push(Replaced { table: table.name, before, rows: rows.len() });
    }
    transaction.commit()?;
    Ok(replaced)
}

/// Makes a table, or adds the columns that it lacks; how many rows it has, if it was there.
fn make(
    transaction: &mut Transaction<'_>,
    table: &'static TableDescription,
) -> Result<Option<usize>, postgres::Error> {
    let found = transaction.query(COLUMNS, &[&table.name])?;
    let found = found.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    let mut before = None;
    if !found.is_empty() {
        // Only where it is needed: adding a column waits until nobody reads.
        for name in table.column_names().filter(|name| !found.iter().any(|column| column == name)) {
            let column = sql::column(name);
            let table = quote(table.name);
            transaction.batch_execute(&format!("ALTER TABLE {table} ADD COLUMN {column}"))?;
        }
        let count = format!("SELECT count(*) FROM {}", quote(table.name));
        let rows: i64 = transaction.query_one(&count, &[])?.try_get(0)?;
        before = Some(usize::try_from(rows).unwrap_or_default());
    }
    for statement in sql::create_statements(table) {
        transaction.batch_execute(&statement)?;
    }
    Ok(before)
}
