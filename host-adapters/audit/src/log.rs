//! A log in a SQLite file: opening, appending, finding evidence again.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kycuong_engine::AuditError;
use kycuong_engine::audit::{
    Anchor, AuditLog, ChainHead, Evidence, EvidenceStore, Recording, SealedEntry, StoredEntry,
};
use kycuong_files::{Exposure, check_trusted, real_path};
use kycuong_model::text::BoxError;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, ffi};

use crate::clock;
use crate::error::AuditLogError;
use crate::head_file;
use crate::pack_files::PackFiles;
use crate::schema;

/// How long an append waits for those of other processes. Each takes milliseconds.
const WAIT: Duration = Duration::from_secs(30);

/// A log of checks in a SQLite file, with the evidence behind them; pack files lie beside it by digest.
///
/// Threads take turns, and so do processes that open the same file: all of them form one chain. What
/// [`AuditLog::append`] returned for is on disk: the file is synchronised at every entry, and a rollback
/// journal, not a write-ahead log, holds what is under way, so that the one file is the whole log
/// whenever nothing is being appended.
pub struct SqliteAuditLog {
    pub(crate) path: PathBuf,
    pub(crate) connection: Mutex<Connection>,
    pub(crate) packs: PackFiles,
    /// The packs whose files this process compared already.
    compared: Mutex<BTreeSet<String>>,
}

impl fmt::Debug for SqliteAuditLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteAuditLog").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteAuditLog {
    /// Opens a log to append to it; it is made when there is no file.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when it cannot be opened or made, is something else, or ends before the head
    /// that is noted beside it. The entries before the last one are not looked at: that is
    /// [`SqliteAuditLog::verify`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, AuditLogError> {
        let path = path.as_ref();
        check_own(path)?;
        check_own(&head_file::beside(&real_path(path)?))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let log = Self::connect(path, flags)?;
        {
            let mut connection = log.lock();
            // Taken at once, so that of two processes one makes the tables and the other finds them.
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(log.failed("write"))?;
            if schema::is_empty(&transaction).map_err(log.failed("read"))? {
                schema::create(&transaction).map_err(log.failed("write"))?;
            }
            log.accept(&transaction)?;
            log.accept_tables(&transaction)?;
            log.last(&transaction)?;
            transaction.commit().map_err(log.failed("write"))?;
        }
        Ok(log)
    }

    /// Opens a log that is there to read it, also from a medium that cannot be written, and also one
    /// whose triggers somebody took out: [`SqliteAuditLog::verify`] tells.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when it is not there or is something else, or has other tables.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, AuditLogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let log = Self::connect(path.as_ref(), flags)?;
        {
            let connection = log.lock();
            let head = head_file::beside(&log.path);
            if schema::is_empty(&connection).map_err(log.failed("read"))?
                && let Some(noted) = head_file::read(&head)?.and_then(|anchor| anchor.sequence)
            {
                let (path, head) = (log.path.display().to_string(), head.display().to_string());
                return Err(AuditLogError::Truncated { path, last: 0, noted, head });
            }
            log.accept(&connection)?;
            // Triggers may be gone and the rest still be read; what stands for a table may be anything.
            if !schema::has_tables(&connection).map_err(log.failed("read"))? {
                log.accept_tables(&connection)?;
            }
        }
        Ok(log)
    }

    /// The file of a log and what belongs to it, whether it is there or not: its journal, its head, the
    /// folder of its pack files. They lie beside the real file, behind links.
    pub fn files(log: impl AsRef<Path>) -> [PathBuf; 4] {
        // Of a link to nothing there is nothing beside the link either.
        let log = real_path(log.as_ref()).unwrap_or_else(|_| log.as_ref().to_owned());
        ["", "-journal", ".head", ".packs"].map(|suffix| head_file::with_suffix(&log, suffix))
    }

    /// Keeps or finds pack files elsewhere than beside the log.
    #[must_use]
    pub fn with_packs(self, packs: PackFiles) -> Self {
        Self { packs, compared: Mutex::default(), ..self }
    }

    /// The first table or trigger that is not as it was made; `None` when nobody changed any.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when the log cannot be read.
    pub fn changed(&self) -> Result<Option<String>, AuditLogError> {
        schema::changed(&self.lock()).map_err(self.failed("read"))
    }

    /// The last entry; `None` of an empty log. Written down elsewhere, it lets [`SqliteAuditLog::verify`]
    /// tell later that the end is missing.
    ///
    /// # Errors
    ///
    /// [`AuditLogError`] when the log cannot be read, or its end is not what was kept.
    pub fn head(&self) -> Result<Option<ChainHead>, AuditLogError> {
        let connection = self.lock();
        self.accept_tables(&connection)?;
        self.last(&connection)
    }

    /// What is known of the log besides its entries: the head noted beside it, and how many entries
    /// SQLite remembers.
    pub(crate) fn anchors(&self, connection: &Connection) -> Result<Vec<Anchor>, AuditLogError> {
        let highest = schema::highest(connection).map_err(self.failed("read"))?;
        let mut anchors = vec![Anchor { sequence: Some(highest), digest: None }];
        anchors.extend(head_file::read(&head_file::beside(&self.path))?);
        Ok(anchors)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, AuditLogError> {
        // Before any name is made of it: by two names it is one log, with one head and one journal.
        let path = &real_path(path)?;
        let at = || path.display().to_string();
        if flags.contains(OpenFlags::SQLITE_OPEN_CREATE) && !path.exists() {
            let made = head_file::make_private(path);
            made.map_err(|source| AuditLogError::File { action: "create", path: at(), source })?;
        }
        let open = || {
            let connection = Connection::open_with_flags(as_file(path), flags)?;
            connection.busy_timeout(WAIT)?;
            // The file is looked at only now, and told to be none if it is none.
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
                connection.pragma_update(None, "synchronous", "FULL")?;
                connection.query_row("PRAGMA journal_mode = TRUNCATE", [], |_| Ok(()))?;
            }
            Ok(connection)
        };
        let opened = open().or_else(|error: rusqlite::Error| match error.sqlite_error() {
            Some(error) if error.extended_code == ffi::SQLITE_READONLY_ROLLBACK => {
                roll_back(path).and_then(|()| open())
            }
            _ => Err(error),
        });
        let connection = opened.map_err(|error| AuditLogError::Database {
            action: "open",
            path: at(),
            source: message(&error),
        })?;
        let (packs, compared) = (PackFiles::beside(path), Mutex::default());
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection), packs, compared })
    }

    fn accept(&self, connection: &Connection) -> Result<(), AuditLogError> {
        let path = self.path.display().to_string();
        match schema::refusal(connection, &path).map_err(self.failed("read"))? {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }

    fn accept_tables(&self, connection: &Connection) -> Result<(), AuditLogError> {
        match schema::changed(connection).map_err(self.failed("read"))? {
            Some(object) => {
                Err(AuditLogError::Changed { path: self.path.display().to_string(), object })
            }
            None => Ok(()),
        }
    }

    /// The last entry, held against its own digest and against what is known of the log.
    fn last(&self, connection: &Connection) -> Result<Option<ChainHead>, AuditLogError> {
        let path = || self.path.display().to_string();
        let head_file = head_file::beside(&self.path);
        // What is noted first: another process may append between the two looks.
        let anchors = self.anchors(connection)?;
        let last = connection
            .query_row(
                "SELECT sequence, CAST(text AS BLOB), CAST(digest AS TEXT) FROM entry ORDER BY sequence DESC LIMIT 1",
                [],
                stored,
            )
            .optional()
            .map_err(self.failed("read"))?;
        let sequence = last.as_ref().map_or(0, |last| last.place);
        if let Some(last) = &last
            && kycuong_engine::digest(&last.text) != last.digest
        {
            return Err(AuditLogError::Edited { path: path(), entry: sequence });
        }
        for anchor in anchors {
            let noted = anchor.sequence.unwrap_or_default();
            let head = head_file.display().to_string();
            if noted > sequence {
                return Err(AuditLogError::Truncated { path: path(), last: sequence, noted, head });
            }
            let other =
                last.as_ref().is_some_and(|last| anchor.digest.is_some_and(|d| d != last.digest));
            if noted == sequence && other {
                return Err(AuditLogError::Rewritten { path: path(), entry: sequence, head });
            }
        }
        Ok(last.map(|last| ChainHead { sequence, digest: last.digest }))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves a connection whose transaction was rolled back.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn failed(
        &self,
        action: &'static str,
    ) -> impl FnOnce(rusqlite::Error) -> AuditLogError {
        let path = self.path.display().to_string();
        move |error| AuditLogError::Database { action, path, source: message(&error) }
    }

    fn add(
        &self,
        transaction: &Transaction<'_>,
        recording: &Recording,
    ) -> Result<Option<ChainHead>, AuditLogError> {
        // Also of a log that was whole when it was opened.
        self.accept_tables(transaction)?;
        let last = self.last(transaction)?;
        for piece in recording.evidence().flat_map(Evidence::pieces) {
            self.keep(transaction, piece)?;
        }
        let sealed = recording.seal(last.as_ref(), &clock::now());
        let sealed = sealed.map_err(|error| AuditLogError::Database {
            action: "write",
            path: self.path.display().to_string(),
            source: Box::new(error),
        })?;
        let mut head = last;
        for SealedEntry { head: sealed, text, .. } in sealed {
            let sequence = i64::try_from(sealed.sequence).unwrap_or(i64::MAX);
            transaction
                .prepare("INSERT INTO entry (sequence, text, digest) VALUES (?1, ?2, ?3)")
                .and_then(|mut insert| insert.execute((sequence, &text, &sealed.digest)))
                .map_err(self.failed("write"))?;
            head = Some(sealed);
        }
        Ok(head)
    }

    /// Keeps a piece of evidence, when it is not kept already; what is must be what it was.
    fn keep(
        &self,
        transaction: &Transaction<'_>,
        (digest, bytes): (&str, &[u8]),
    ) -> Result<(), AuditLogError> {
        let added = transaction
            .prepare("INSERT INTO evidence (digest, bytes) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute((digest, bytes)))
            .map_err(self.failed("write"))?;
        if added > 0 {
            return Ok(());
        }
        let same = "SELECT CAST(bytes AS BLOB) = ?2 FROM evidence WHERE digest = ?1";
        let same: bool = transaction
            .query_row(same, (digest, bytes), |row| row.get(0))
            .map_err(self.failed("read"))?;
        if same {
            return Ok(());
        }
        let (path, digest) = (self.path.display().to_string(), digest.to_owned());
        Err(AuditLogError::AlteredEvidence { path, digest })
    }

    /// A piece of evidence that is no pack; `None` when it is not kept.
    pub(crate) fn read_piece(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditLogError> {
        let found = self.lock().query_row(
            "SELECT CAST(bytes AS BLOB) FROM evidence WHERE digest = ?1",
            [digest],
            |row| row.get(0),
        );
        found.optional().map_err(self.failed("read"))
    }

    /// Keeps the file of a pack. Once in a process all of its bytes are compared, later its length.
    fn keep_pack(&self, digest: &str, file: &[u8]) -> Result<(), AuditLogError> {
        let compared = || self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if !compared().contains(digest) || !self.packs.has(digest, file.len()) {
            self.packs.keep(digest, file)?;
            compared().insert(digest.to_owned());
        }
        Ok(())
    }

    fn append_all(&self, recording: &Recording) -> Result<Option<ChainHead>, AuditLogError> {
        // Before the entry that names them: a loss of power leaves a file too many, never one too few.
        for (digest, file) in recording.evidence().flat_map(Evidence::packs) {
            self.keep_pack(digest, file)?;
        }
        let mut connection = self.lock();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(self.failed("write"))?;
        let head = self.add(&transaction, recording)?;
        transaction.commit().map_err(self.failed("write"))?;
        if let Some(head) = &head {
            head_file::note(&head_file::beside(&self.path), head)?;
        }
        Ok(head)
    }
}

impl AuditLog for SqliteAuditLog {
    fn append(&self, recording: &Recording) -> Result<ChainHead, AuditError> {
        let head = self.append_all(recording)?;
        head.ok_or_else(|| AuditError::log("there is no check to record"))
    }
}

impl EvidenceStore for SqliteAuditLog {
    fn piece(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditError> {
        Ok(self.read_piece(digest)?)
    }

    fn pack(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditError> {
        Ok(self.packs.read(digest)?)
    }
}

/// A path that SQLite takes for a file whatever its name: `:memory:` and `file:…` mean something else to it.
fn as_file(path: &Path) -> PathBuf {
    if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() }
}

/// Whether a file is in the hands of those alone who may append.
fn check_own(path: &Path) -> Result<(), AuditLogError> {
    for exposure in check_trusted(path)? {
        if let Exposure::OtherOwner { path, owner, user } = exposure {
            let path = path.display().to_string();
            return Err(AuditLogError::OtherOwner { path, owner, user });
        }
    }
    Ok(())
}

/// Takes back what was being written when the power went, which takes a connection that may write.
fn roll_back(path: &Path) -> Result<(), rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(as_file(path), flags)?;
    connection.busy_timeout(WAIT)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// An entry as it is kept, whatever somebody made of it.
pub(crate) fn stored(row: &rusqlite::Row<'_>) -> Result<StoredEntry, rusqlite::Error> {
    let place: i64 = row.get(0)?;
    Ok(StoredEntry {
        place: u64::try_from(place).unwrap_or_default(),
        text: row.get(1)?,
        digest: row.get(2)?,
    })
}

/// The message of an error, once: the library's own cause says the same again.
fn message(error: &rusqlite::Error) -> BoxError {
    error.to_string().into()
}
