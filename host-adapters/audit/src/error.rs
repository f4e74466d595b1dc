//! What goes wrong with a log in a file.

use kycuong_engine::AuditError;
use kycuong_model::text::BoxError;

/// Why a log cannot be opened, written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditLogError {
    /// The database refuses.
    #[error("cannot {action} the audit log `{path}`")]
    Database {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: String,
        /// What SQLite said.
        source: BoxError,
    },
    /// A file beside the log cannot be used.
    #[error("cannot {action} `{path}`")]
    File {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the log is a link to nothing, no file, or everybody's to change.
    #[error(transparent)]
    Unusable(#[from] kycuong_files::FileError),
    /// Another user's log: what this user would write beside it, that one could not read.
    #[error(
        "`{path}` belongs to user {owner}, and this process is user {user}: run it as that user, or give the log to this one with `chown`"
    )]
    OtherOwner {
        /// The file.
        path: String,
        /// Its owner's number.
        owner: u32,
        /// The number of this process's user.
        user: u32,
    },
    /// It is another program's database.
    #[error("`{path}` is a database, but no audit log: name another file")]
    NotAnAuditLog {
        /// The file.
        path: String,
    },
    /// A newer version of this program made it.
    #[error("the audit log `{path}` has the version {version}, this program knows {known}")]
    Newer {
        /// The file.
        path: String,
        /// Its version.
        version: i64,
        /// The newest that is known.
        known: i64,
    },
    /// What is kept under a digest was altered, so that no entry can rest on it.
    #[error(
        "the audit log `{path}` has another content under `{digest}` than it was given: run `kycuong audit verify`, and record in a new log"
    )]
    AlteredEvidence {
        /// Its path.
        path: String,
        /// The digest.
        digest: String,
    },
    /// Its tables and triggers are not those that it was made with.
    #[error(
        "the tables of the audit log `{path}` were changed: `{object}` is not as this program makes it"
    )]
    Changed {
        /// The file.
        path: String,
        /// The first table or trigger that differs, is missing or is foreign.
        object: String,
    },
    /// Its last entry is not what was kept, so that nothing is appended to it.
    #[error("the last entry of the audit log `{path}`, {entry}, was edited: verify the log")]
    Edited {
        /// The file.
        path: String,
        /// The number of the entry.
        entry: u64,
    },
    /// It had more entries, so that nothing is appended to it.
    #[error(
        "the audit log `{path}` ends at entry {last}, but had {noted}: restore it, or, to go on with this copy, remove `{head}`"
    )]
    Truncated {
        /// The file.
        path: String,
        /// Its last entry; 0 when there is none.
        last: u64,
        /// The number of entries that it had.
        noted: u64,
        /// The file with its head.
        head: String,
    },
    /// Its entry of that number is another one than the one that was noted beside it.
    #[error(
        "entry {entry} of the audit log `{path}` is not the one that `{head}` notes: verify the log"
    )]
    Rewritten {
        /// The file.
        path: String,
        /// The number of the entry.
        entry: u64,
        /// The file with its head.
        head: String,
    },
    /// The file beside the log does not hold a head.
    #[error(
        "`{path}` does not hold the head of a log: restore it, or remove it and verify the log"
    )]
    NoHead {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: BoxError,
    },
}

kycuong_model::error_codes!(AuditLogError {
    Database => "database",
    File => "file",
    Unusable => "unusable-file",
    OtherOwner => "other-owner",
    NotAnAuditLog => "not-an-audit-log",
    Newer => "newer-version",
    AlteredEvidence => "altered-evidence",
    Changed => "changed-tables",
    Edited => "edited-entry",
    Truncated => "truncated-log",
    Rewritten => "rewritten-entry",
    NoHead => "no-head",
});

/// As the engine knows it.
impl From<AuditLogError> for AuditError {
    fn from(error: AuditLogError) -> Self {
        let source = std::error::Error::source(&error).map(|cause| cause.to_string().into());
        Self::Log { what: error.to_string(), source }
    }
}
