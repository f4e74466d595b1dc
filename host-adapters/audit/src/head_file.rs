//! The head of a log in a file beside it: what gives away that the end is missing, or that an older
//! copy was put in its place, as long as this file was not replaced with it.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use kycuong_engine::audit::{Anchor, Head};

use crate::error::AuditLogError;

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
    match fs::read_to_string(path) {
        Ok(text) => match text.parse() {
            Ok(anchor) => Ok(Some(anchor)),
            Err(error) => {
                Err(AuditLogError::NoHead { path: name(), source: Box::<_>::from(error) })
            }
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(AuditLogError::File { action: "read", path: name(), source }),
    }
}

/// Notes a head. The file is whole at every moment.
///
/// It is written after the entry is on disk, so that it never promises more than there is; after a loss
/// of power, or of two processes the slower one, it may be an earlier head, which vouches for less.
pub(crate) fn note(path: &Path, head: &Head) -> Result<(), AuditLogError> {
    let known = read(path).ok().flatten().and_then(|anchor| anchor.sequence).unwrap_or_default();
    if known >= head.sequence {
        return Ok(());
    }
    replace(path, format!("{head}\n").as_bytes()).map_err(|source| AuditLogError::File {
        action: "write",
        path: path.display().to_string(),
        source,
    })
}

/// Writes a file under another name and then puts it in its place: it appears whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let (draft, mut file) = draft(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let placed = written.and_then(|()| fs::rename(&draft, path));
    if placed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    placed
}

/// A file that nobody else has: a process that was killed may have left one of the same name.
fn draft(path: &Path) -> std::io::Result<(PathBuf, File)> {
    static DRAFTS: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
        let draft = with_suffix(path, &format!(".{}-{number}.partial", std::process::id()));
        match File::create_new(&draft) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|file| (draft, file)),
        }
    }
}

/// Waits until the names in a file's folder are on disk, too.
#[cfg(unix)]
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
