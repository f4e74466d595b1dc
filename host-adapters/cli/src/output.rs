//! Where a result goes: to standard output as it comes, or into a file, whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use kycuong_files::{Access, Replacement};

use crate::error::CommandError;
use crate::terminal::print;

/// Where a result goes.
pub enum Output {
    /// Standard output, each part at once.
    Standard,
    /// A pipe or a device: it has no content to keep.
    Stream(File),
    /// A file, which is as it was until all is written.
    File(BufWriter<Replacement>),
}

impl Output {
    /// The output of a name: `-`, or none, is standard output.
    pub fn open(path: Option<&Path>) -> Result<Self, CommandError> {
        let Some(path) = path.filter(|path| !is_standard(path)) else { return Ok(Self::Standard) };
        let is_stream = |metadata: fs::Metadata| !metadata.is_file() && !metadata.is_dir();
        if fs::metadata(path).is_ok_and(is_stream) {
            let stream = File::options().write(true).open(path);
            return Ok(Self::Stream(stream.map_err(CommandError::file("write", path))?));
        }
        Ok(Self::File(BufWriter::new(Replacement::begin(path, Access::AsBefore)?)))
    }

    /// Writes a part.
    pub fn write(&mut self, text: &str) -> Result<(), CommandError> {
        let written = match self {
            Self::Standard => print(text),
            Self::Stream(file) => file.write_all(text.as_bytes()),
            Self::File(file) => file.write_all(text.as_bytes()),
        };
        written.map_err(|source| CommandError::Output { source })
    }

    /// Ends it: a file is there now.
    pub fn finish(self) -> Result<(), CommandError> {
        let Self::File(file) = self else { return Ok(()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error);
        Ok(file.map_err(|source| CommandError::Output { source })?.commit()?)
    }
}

/// Whether a name stands for standard output, as it stands for standard input among inputs.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses to write where something is that the command reads; what is no file harms nobody.
pub fn refuse_inputs<'a>(
    output: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), CommandError> {
    if is_standard(output) {
        return Ok(());
    }
    // A file that is not there is read by nobody.
    let Ok(target) = fs::canonicalize(output) else { return Ok(()) };
    // Of a folder that is read, every file is.
    let same = |input: &&Path| {
        fs::canonicalize(input).is_ok_and(|input| target.starts_with(&input))
            || is_one_file(&target, input)
    };
    match inputs.into_iter().find(same) {
        None => Ok(()),
        Some(_) => Err(CommandError::OverInput { path: output.to_owned() }),
    }
}

/// Whether two names are one file: hard links have different paths.
#[cfg(unix)]
fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| fs::metadata(path).map(|file| (file.dev(), file.ino())).ok();
    fs::metadata(one).is_ok_and(|file| file.is_file()) && number(one) == number(other)
}

#[cfg(not(unix))]
fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}
