//! A SQLite file as it is opened: by its real path, with everything off that a hostile file could use, and
//! with an end to whatever it makes the reader do.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kycuong_model::text::{BoxError, sanitize, truncate};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::FactsError;

/// What marks a SQLite file as one of facts, in its header: “KyFa”.
pub(super) const APPLICATION_ID: i64 = 0x4B79_4661;

/// How long a reader waits for an import to end, and an import for readers.
const WAIT: Duration = Duration::from_secs(10);
/// How long a query may take: one for ten thousand keys takes some 50 ms.
const QUERY: Duration = Duration::from_secs(15);
/// How many steps a query may take: the largest table read whole takes ten million.
const STEPS_MAX: u64 = 500_000_000;
/// After how many steps it is looked whether that is so.
const STEPS: i32 = 10_000;
/// Longest text or row in bytes: four times the longest row that is taken, and than the keys of a query.
const LENGTH_MAX: i32 = 4 << 20;
/// The longest statement in bytes, those of the file's own tables included.
const STATEMENT_MAX: i32 = 1 << 20;

/// An open file.
pub(super) struct Opened {
    connection: Connection,
    watch: Arc<Watch>,
    real: PathBuf,
}

impl Opened {
    /// Opens a file that is there, and only to read it.
    pub fn to_read(path: &Path) -> Result<Self, FactsError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        refuse_special(path)?;
        let real = real_path(path).map_err(failed("open", path))?;
        let opened = Self::open(real, flags).map_err(failed("open", path))?;
        let set_up = || {
            opened.connection.pragma_update(None, "query_only", true)?;
            id(&opened.connection)
        };
        let id = set_up().map_err(|error| opened.explained(error)).map_err(failed("open", path))?;
        if id != 0 && id != APPLICATION_ID {
            return Err(failed("open", path)(of_another_program()));
        }
        Ok(opened)
    }

    /// Opens a file to write it; it is made when it is not there.
    pub fn to_write(path: &Path) -> Result<Self, FactsError> {
        refuse_special(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let real = real_path_of_new(path).map_err(failed("open", path))?;
        Self::open(real, flags).map_err(failed("open", path))
    }

    fn open(real: PathBuf, flags: OpenFlags) -> Result<Self, BoxError> {
        let connection = Connection::open_with_flags(&real, flags)?;
        let mut opened = Self { connection, watch: Arc::default(), real };
        opened.set_up().map_err(|error| opened.explained(error))?;
        Ok(opened)
    }

    fn set_up(&mut self) -> Result<(), rusqlite::Error> {
        let connection = &mut self.connection;
        connection.busy_timeout(WAIT)?;
        for (limit, most) in [
            (Limit::SQLITE_LIMIT_LENGTH, LENGTH_MAX),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, STATEMENT_MAX),
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
            (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        ] {
            connection.set_limit(limit, most)?;
        }
        // The file is somebody else's: neither its triggers and views nor its functions run, and it cannot
        // be broken further; a name that is no column is an error and no text.
        for (setting, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        ] {
            connection.set_db_config(setting, on)?;
        }
        let watch = Arc::clone(&self.watch);
        watch.start();
        connection.progress_handler(STEPS, Some(move || watch.is_over()))?;
        connection.pragma_update(None, "cell_size_check", true)?;
        // The file is looked at only now, and told to be none if it is none.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    }

    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    pub fn connection_mut(&mut self) -> &mut Connection {
        // What is written is the importer's own work, however much it is.
        self.watch.rest();
        &mut self.connection
    }

    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// What a failure means for whoever keeps the file.
    pub fn explained(&self, error: impl Into<BoxError>) -> BoxError {
        let error = error.into();
        let Some(sqlite) = error.downcast_ref::<rusqlite::Error>() else { return error };
        match sqlite.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) if is_wal(&self.real) => {
                "it is in WAL mode, which can be read only where its folder can be written: let its folder be written, or run `PRAGMA journal_mode=DELETE` on it where it is kept".into()
            }
            Some(ErrorCode::OperationInterrupted) => self.watch.verdict().into(),
            // Once: the library's own cause says the same again.
            _ => truncate(&sqlite.to_string(), 500).into(),
        }
    }
}

/// What another program marked as its own.
pub(super) fn of_another_program() -> BoxError {
    "another program has marked it as its own, so that it is no database of facts: name another file".into()
}

pub(super) fn id(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}

/// Ends a query that takes too long.
#[derive(Default)]
pub(super) struct Watch {
    steps: AtomicU64,
    until: Mutex<Option<Instant>>,
}

impl Watch {
    /// A query begins.
    pub fn start(&self) {
        self.steps.store(0, Ordering::Relaxed);
        *self.until() = Instant::now().checked_add(QUERY);
    }

    /// What comes may take its time.
    fn rest(&self) {
        self.steps.store(0, Ordering::Relaxed);
        *self.until() = None;
    }

    fn is_over(&self) -> bool {
        let steps = u64::from(STEPS.unsigned_abs());
        let taken = self.steps.fetch_add(steps, Ordering::Relaxed).saturating_add(steps);
        self.until().is_some_and(|until| taken > STEPS_MAX || Instant::now() > until)
    }

    fn verdict(&self) -> String {
        let steps = self.steps.load(Ordering::Relaxed);
        format!(
            "a query took {steps} steps and did not end: the most are {STEPS_MAX} steps and {} s",
            QUERY.as_secs()
        )
    }

    fn until(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Refuses the names that SQLite takes for something else than a file.
fn refuse_special(path: &Path) -> Result<(), FactsError> {
    let name = path.as_os_str().to_string_lossy();
    let is_uri = name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:"));
    if name.is_empty() || name == ":memory:" || is_uri {
        return Err(FactsError::SpecialName { name: truncate(&name, 100) });
    }
    Ok(())
}

/// The file itself, behind all links: what SQLite puts beside a file is named after the file. An absolute
/// path is never one of the special names.
fn real_path(path: &Path) -> Result<PathBuf, BoxError> {
    let real = std::fs::canonicalize(path).map_err(unable)?;
    if !std::fs::metadata(&real).map_err(unable)?.is_file() {
        return Err("it is no plain file".into());
    }
    Ok(real)
}

fn real_path_of_new(path: &Path) -> Result<PathBuf, BoxError> {
    match real_path(path) {
        // A link to nothing would be made somewhere else than it seems.
        Err(error) if std::fs::symlink_metadata(path).is_ok() => Err(error),
        Err(_) => {
            let name = path.file_name().filter(|name| *name != OsStr::new(".."));
            let name = name.ok_or("it is no name of a file")?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            Ok(std::fs::canonicalize(folder).map_err(unable)?.join(name))
        }
        real => real,
    }
}

fn unable(error: io::Error) -> BoxError {
    format!("unable to open database file: {error}").into()
}

/// Whether the header says that changes are kept in a second file (bytes 18 and 19 of the format).
fn is_wal(real: &Path) -> bool {
    let mut header = [0; 20];
    let read = File::open(real).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header.ends_with(&[2, 2])
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    sanitize(&path.display().to_string())
}

pub(super) fn failed(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(BoxError) -> FactsError + use<> {
    let at = shown(path);
    move |source| FactsError::Database { action, kind: "SQLite", at, source }
}
