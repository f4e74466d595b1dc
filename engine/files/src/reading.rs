//! Reading no more of a file than there may be.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::FileError;
use crate::link::system;

/// Reads a file, or what a pipe gives, of at most `bytes_max` bytes. A larger one is refused by its
/// length where it has one, and after `bytes_max` bytes where it has none.
///
/// # Errors
/// [`FileError`].
pub fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, FileError> {
    let file = File::open(path).map_err(system("read", path))?;
    let metadata = file.metadata().map_err(system("read", path))?;
    if metadata.is_dir() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    let too_large = |bytes| FileError::TooLarge { path: path.to_owned(), bytes, limit: bytes_max };
    if metadata.len() > bytes_max {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    let limit = bytes_max.saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(system("read", path))?;
    if bytes.len() as u64 > bytes_max { Err(too_large(limit)) } else { Ok(bytes) }
}
