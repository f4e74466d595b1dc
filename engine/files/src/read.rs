//! Reading at most so much, of ordinary files only.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::Path;

use crate::error::ReadError;

/// Reads a whole file of at most `bytes_max` bytes; links are followed.
///
/// # Errors
///
/// [`ReadError`] when it is larger, is no ordinary file, or cannot be read.
pub fn read_bounded(path: impl AsRef<Path>, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
    let path = path.as_ref();
    // Before it is opened: opening alone waits for the other end of a pipe, and moves some devices.
    check(&fs::metadata(path)?, bytes_max)?;
    let file = open(path)?;
    // Again: what has the name now may be another file.
    let metadata = file.metadata()?;
    check(&metadata, bytes_max)?;
    collect(file, metadata.len(), bytes_max)
}

/// Reads a whole text in UTF-8 of at most `bytes_max` bytes; links are followed.
///
/// # Errors
///
/// As [`read_bounded`], and [`ReadError::NotUtf8`].
pub fn read_text_bounded(path: impl AsRef<Path>, bytes_max: u64) -> Result<String, ReadError> {
    String::from_utf8(read_bounded(path, bytes_max)?).map_err(|_| ReadError::NotUtf8)
}

/// Reads what is left of a stream, such as standard input, when that is at most `bytes_max` bytes; at
/// most one byte more is taken from it.
///
/// # Errors
///
/// [`ReadError::TooLong`] when there is more, [`ReadError::System`] when it cannot be read.
pub fn read_stream_bounded(stream: impl Read, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
    collect(stream, 0, bytes_max)
}

fn collect(stream: impl Read, expected: u64, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
    // A file of a length that cannot be is refused by now, so the room is not more than the limit.
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(bytes_max)).unwrap_or(0));
    stream.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > bytes_max {
        return Err(ReadError::TooLong { limit: bytes_max });
    }
    Ok(bytes)
}

fn check(metadata: &Metadata, bytes_max: u64) -> Result<(), ReadError> {
    if !metadata.is_file() {
        return Err(ReadError::NotAFile { what: kind(metadata) });
    }
    match metadata.len() {
        bytes if bytes > bytes_max => Err(ReadError::TooLarge { bytes, limit: bytes_max }),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() { "a folder" } else { "a device" }
}

/// Does not wait, should a pipe have taken the file's place since it was looked at.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}
