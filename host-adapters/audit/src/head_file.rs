//! The head of a log in a file beside it: what gives away that the end is missing, or that an older
//! copy was put in its place, as long as this file was not replaced with it.

use std::fs::OpenOptions;
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use kycuong_engine::audit::{Anchor, ChainHead};
use kycuong_files::{Access, read_text_bounded, replace};

use crate::error::AuditLogError;

/// Dossiers are in a log: only the host's user reads its files.
#[cfg(unix)]
const PRIVATE: u32 = 0o600;

/// Largest file of a head, in bytes: it has one line, a number and a digest.
const HEAD_BYTES_MAX: u64 = 4 << 10;

/// Makes a file of the host's user, when there is none.
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    options.mode(PRIVATE);
    options.create(true).append(true).open(path).map(drop)
}

/// `audit.db.head` for `audit.db`.
pub(crate) fn beside(log: &Path) -> PathBuf {
    with_suffix(log, ".head")
}

/// A path with something after its whole name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The head that was noted last; `None` when there is no file.
pub(crate) fn read(path: &Path) -> Result<Option<Anchor>, AuditLogError> {
    let name = || path.display().to_string();
    match read_text_bounded(path, HEAD_BYTES_MAX) {
        Ok(text) => match text.parse() {
            Ok(anchor) => Ok(Some(anchor)),
            Err(error) => {
                Err(AuditLogError::NoHead { path: name(), source: Box::<_>::from(error) })
            }
        },
        // A link to nothing: what was noted is lost, and was not missing before.
        Err(error) if error.is_not_found() && !path.is_symlink() => Ok(None),
        Err(error) => {
            Err(AuditLogError::File { action: "read", path: name(), source: error.into() })
        }
    }
}

/// Notes a head. The file is whole at every moment.
///
/// It is written after the entry is on disk, so that it never promises more than there is; after a loss
/// of power, or of two processes the slower one, it may be an earlier head, which vouches for less.
pub(crate) fn note(path: &Path, head: &ChainHead) -> Result<(), AuditLogError> {
    let known = read(path).ok().flatten().and_then(|anchor| anchor.sequence).unwrap_or_default();
    if known >= head.sequence {
        return Ok(());
    }
    Ok(replace(path, format!("{head}\n").as_bytes(), Access::Private)?)
}
