//! A file read whole: a plain one, and no more of it than a source may hold.

use std::path::Path;

use kycuong_files::read_bounded;

use crate::error::FactsError;
use crate::excess::count;
use crate::limits::{FILE_BYTES_MAX, Usage};
use crate::problem::ProblemKind;

/// The bytes of a file, or how many there are too many.
///
/// A pipe or a device would never end, so that it is not opened at all.
pub(super) fn read(
    file: &Path,
    usage: &mut Usage,
) -> Result<Result<Vec<u8>, ProblemKind>, FactsError> {
    let metadata = std::fs::metadata(file).map_err(FactsError::file("read", file))?;
    // Looked at first: not a byte of a file that is too long is read. What is no file has no length, and
    // is refused by the reader.
    let length = if metadata.is_file() { metadata.len() } else { 0 };
    if let Err(excess) = usage.file(length) {
        return Ok(Err(excess.into()));
    }
    let bytes = read_bounded(file, FILE_BYTES_MAX)
        .map_err(|error| FactsError::file("read", file)(error.into()))?;
    // It may have grown meanwhile.
    if count(bytes.len()) > length
        && let Err(excess) = usage.file(count(bytes.len()))
    {
        return Ok(Err(excess.into()));
    }
    Ok(Ok(bytes))
}
