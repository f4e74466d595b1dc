//! The tables of a log, and whether a file has them and nothing else.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::error::AuditLogError;

/// What marks a SQLite file as a log of this program, in its header: “KyAu”.
const APPLICATION_ID: i64 = 0x4B79_4175;
/// The version of the tables.
const VERSION: i64 = 1;

/// Everything in the file, in the order of names: kind, name, statement.
///
/// Entries and evidence can be added and neither changed nor removed, also not by replacing them while
/// adding. Whoever has the file can take these triggers out; that is what the chain is for. SQLite
/// remembers the highest number that an AUTOINCREMENT table ever gave.
const OBJECTS: [(&str, &str); 8] = [
    (
        "entry",
        "CREATE TABLE entry (sequence INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, digest TEXT NOT NULL)",
    ),
    (
        "entry_is_added_at_the_end",
        "CREATE TRIGGER entry_is_added_at_the_end BEFORE INSERT ON entry \
         WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry) \
         BEGIN SELECT RAISE(ABORT, 'an entry is added at the end of an audit log'); END",
    ),
    (
        "entry_is_not_changed",
        "CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry \
         BEGIN SELECT RAISE(ABORT, 'an audit log is only added to'); END",
    ),
    (
        "entry_is_not_removed",
        "CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry \
         BEGIN SELECT RAISE(ABORT, 'an audit log is only added to'); END",
    ),
    (
        "evidence",
        "CREATE TABLE evidence (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID",
    ),
    (
        "evidence_is_kept_once",
        "CREATE TRIGGER evidence_is_kept_once BEFORE INSERT ON evidence \
         WHEN EXISTS (SELECT 1 FROM evidence WHERE digest = NEW.digest) \
         BEGIN SELECT RAISE(IGNORE); END",
    ),
    (
        "evidence_is_not_changed",
        "CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON evidence \
         BEGIN SELECT RAISE(ABORT, 'an audit log is only added to'); END",
    ),
    (
        "evidence_is_not_removed",
        "CREATE TRIGGER evidence_is_not_removed BEFORE DELETE ON evidence \
         BEGIN SELECT RAISE(ABORT, 'an audit log is only added to'); END",
    ),
];

/// Whether a file has nothing in it yet.
pub(crate) fn is_empty(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(objects == 0 && pragma(connection, "application_id")? == 0)
}

/// Makes the tables.
pub(crate) fn create(transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    for (_, statement) in OBJECTS {
        transaction.execute_batch(statement)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)
}

/// Why a file is no log that this version can read; `None` when it is one.
pub(crate) fn refusal(
    connection: &Connection,
    path: &str,
) -> Result<Option<AuditLogError>, rusqlite::Error> {
    let path = path.to_owned();
    if pragma(connection, "application_id")? != APPLICATION_ID {
        return Ok(Some(AuditLogError::NotAnAuditLog { path }));
    }
    let version = pragma(connection, "user_version")?;
    if version > VERSION {
        return Ok(Some(AuditLogError::Newer { path, version, known: VERSION }));
    }
    Ok(None)
}

/// The first table or trigger that is not as it was made, too many or missing.
pub(crate) fn changed(connection: &Connection) -> Result<Option<String>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence' AND sql IS NOT NULL ORDER BY name",
    )?;
    let found = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut expected = OBJECTS.iter();
    for (name, sql) in &found {
        match expected.next() {
            Some((known, statement)) if known == name && statement == sql => {}
            Some((known, _)) if *known < name.as_str() => {
                return Ok(Some((*known).to_owned()));
            }
            _ => return Ok(Some(name.clone())),
        }
    }
    Ok(expected.next().map(|(name, _)| (*name).to_owned()))
}

/// Whether entries and evidence stand in the tables that they were made in.
pub(crate) fn has_tables(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let mut statement =
        connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1 AND sql = ?2")?;
    for (name, sql) in OBJECTS.iter().filter(|(_, sql)| sql.starts_with("CREATE TABLE")) {
        if !statement.exists((name, sql))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The highest number that an entry ever had, as SQLite itself remembers it.
pub(crate) fn highest(connection: &Connection) -> Result<u64, rusqlite::Error> {
    let highest: Option<i64> = connection
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'entry'", [], |row| row.get(0))
        .optional()?;
    Ok(highest.and_then(|highest| u64::try_from(highest).ok()).unwrap_or_default())
}

fn pragma(connection: &Connection, name: &str) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
