//! The files of packs by digest: `<64 hexadecimal digits>.wasm`, kept for as long as their verdicts.

use std::fs;
use std::path::{Path, PathBuf};

use kycuong_files::{Access, read_bounded, real_path, replace};

use crate::error::AuditLogError;
use crate::head_file::with_suffix;

/// Largest pack file that is read back, in bytes: sixteen times what a host takes by default.
const PACK_BYTES_MAX: u64 = 256 << 20;

/// A folder of pack files named by their digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFiles {
    folder: PathBuf,
}

impl PackFiles {
    /// The files in a folder; it is made when the first of them is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder beside a log, behind links: `audit.db.packs` for `audit.db`.
    pub fn beside(log: impl AsRef<Path>) -> Self {
        let log = log.as_ref();
        // Of a link to nothing there is nothing beside the link either.
        let log = real_path(log).unwrap_or_else(|_| log.to_owned());
        Self::new(with_suffix(&log, ".packs"))
    }

    /// Where the file of a digest is, or would be.
    pub fn path(&self, digest: &str) -> PathBuf {
        // What is no digest is no name of a file either.
        let digits = digest.strip_prefix("sha256:").unwrap_or_default();
        let name = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        self.folder.join(format!("{}.wasm", if name { digits } else { "" }))
    }

    /// Whether there is a file of a digest with a length.
    pub(crate) fn has(&self, digest: &str, length: usize) -> bool {
        fs::metadata(self.path(digest)).is_ok_and(|file| file.len() == length as u64)
    }

    /// Keeps a file, when it is not kept already as it should be.
    ///
    /// # Errors
    ///
    /// [`AuditLogError::File`].
    pub fn keep(&self, digest: &str, bytes: &[u8]) -> Result<(), AuditLogError> {
        let path = self.path(digest);
        if read_bounded(&path, bytes.len() as u64).is_ok_and(|kept| kept == bytes) {
            return Ok(());
        }
        let mut folder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder
            .recursive(true)
            .create(&self.folder)
            .map_err(|source| self.failed("write", &path, source))?;
        Ok(replace(&path, bytes, Access::Private)?)
    }

    /// The file of a digest, as it is; `None` when it is not kept.
    ///
    /// # Errors
    ///
    /// [`AuditLogError::File`].
    pub fn read(&self, digest: &str) -> Result<Option<Vec<u8>>, AuditLogError> {
        let path = self.path(digest);
        match read_bounded(&path, PACK_BYTES_MAX) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(self.failed("read", &path, error.into())),
        }
    }

    fn failed(&self, action: &'static str, path: &Path, source: std::io::Error) -> AuditLogError {
        AuditLogError::File { action, path: path.display().to_string(), source }
    }
}
