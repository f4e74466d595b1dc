//! Replacing a file whole or not at all.

use std::io::Write as _;
use std::path::Path;

use atomic_write_file::AtomicWriteFile;
#[cfg(unix)]
use atomic_write_file::unix::OpenOptionsExt as _;

use crate::link::{real_path, system};
use crate::refusal::FileError;

/// Who may read and write a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// This process's user alone (0600), whoever could before.
    Private,
    /// Whoever could before; of a new file, whoever the system lets.
    AsBefore,
}

/// Writes a file that appears whole or not at all, and that stays through a loss of power; behind a link
/// the real file.
///
/// # Errors
/// [`FileError`]; the file is as it was.
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), FileError> {
    let path = real_path(path)?;
    let mut options = AtomicWriteFile::options();
    #[cfg(unix)]
    if access == Access::Private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.preserve_mode(false);
    }
    let written = options.open(&path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.commit()
    });
    written.map_err(system("write", &path))
}
