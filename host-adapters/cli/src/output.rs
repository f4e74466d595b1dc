//! Files that a command writes are none of those that it reads.

use std::fs;
use std::path::Path;

use crate::error::CommandError;

/// Refuses to write where something is that the command reads; what is no file harms nobody.
pub fn refuse_inputs<'a>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), CommandError> {
    // A file that is not there is read by nobody.
    let Ok(target) = fs::canonicalize(output) else { return Ok(()) };
    // Of a folder that is read, every file is.
    let same = |input: &&Path| fs::canonicalize(input).is_ok_and(|input| target.starts_with(input));
    match inputs.into_iter().find(same) {
        None => Ok(()),
        Some(_) => Err(CommandError::OverInput { path: output.to_owned() }),
    }
}
