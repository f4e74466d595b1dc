//! Replacing a file whole or not at all.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

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
    let mut replacement = Replacement::begin(path, access)?;
    replacement.write_all(bytes).map_err(system("write", &replacement.path))?;
    replacement.commit()
}

/// A file that is written bit by bit beside the one that it is to replace; dropped before
/// [`commit`](Self::commit), it never was.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    file: AtomicWriteFile,
}

impl Replacement {
    /// Begins to write what is to be at a path, behind a link the real file.
    ///
    /// # Errors
    /// [`FileError::NotAFile`] when something else is there, a device or a folder; what
    /// [`real_path`] refuses; [`FileError::System`].
    pub fn begin(path: &Path, access: Access) -> Result<Self, FileError> {
        let real = real_path(path)?;
        match fs::metadata(&real) {
            Ok(metadata) if !metadata.is_file() => {
                return Err(FileError::NotAFile { path: path.to_owned(), real });
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(system("look at", &real)(error));
            }
            _ => {}
        }
        let mut options = AtomicWriteFile::options();
        #[cfg(unix)]
        if access == Access::Private {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.preserve_mode(false);
        }
        let file = options.open(&real).map_err(system("write", &real))?;
        Ok(Self { path: real, file })
    }

    /// Puts it into its place, on the disk when this returns.
    ///
    /// # Errors
    /// [`FileError::System`]; the file is as it was.
    pub fn commit(self) -> Result<(), FileError> {
        let Self { path, file } = self;
        file.commit().map_err(system("write", &path))
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
