//! The pack files of a folder, and how a pack file is read: in one way for everybody who does.

use std::path::{Path, PathBuf};

use kycuong_files::{Folder, ReadError, read_bounded};

use crate::error::{BuildError, LoadError};
use crate::limits::Limits;

/// How the names of pack files end, in letters of any case.
const EXTENSION: &str = "wasm";

/// What lies in a folder of packs. Nothing in it is passed over: it is a pack, or it is named here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackFolder {
    /// The files whose names end in `.wasm` or `.WASM`, sorted by name; at least one. One that cannot be
    /// read (a link that leads nowhere, a folder) is among them, so that reading it says so.
    pub packs: Vec<PathBuf>,
    /// Whatever else is there, sorted by name: files of another kind and folders, but those that are
    /// marked as caches (`CACHEDIR.TAG`). Nobody looks into them.
    pub ignored: Vec<PathBuf>,
}

impl PackFolder {
    /// Lists a folder.
    ///
    /// # Errors
    ///
    /// [`BuildError::Read`] when the folder or an entry cannot be read, [`BuildError::EmptyDirectory`]
    /// when it holds no pack.
    pub fn list(folder: impl AsRef<Path>) -> Result<Self, BuildError> {
        let folder = folder.as_ref();
        let Folder { files, ignored, .. } =
            Folder::list(folder, EXTENSION).map_err(|source| unreadable(folder, source.into()))?;
        if files.is_empty() {
            return Err(BuildError::EmptyDirectory { path: folder.display().to_string(), ignored });
        }
        Ok(Self { packs: files, ignored })
    }
}

/// Reads a pack file whole, when it is within the limit.
///
/// # Errors
///
/// [`BuildError::Load`] with [`LoadError::TooLarge`], and [`BuildError::Read`].
pub fn read_pack(file: impl AsRef<Path>, limits: &Limits) -> Result<Vec<u8>, BuildError> {
    let file = file.as_ref();
    read_bounded(file, limits.pack_bytes_max as u64).map_err(|error| match error {
        ReadError::TooLarge { bytes, .. } => BuildError::Load {
            pack: format!("`{}`", file.display()),
            source: LoadError::TooLarge {
                bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
                limit: limits.pack_bytes_max,
            },
        },
        source => unreadable(file, source),
    })
}

fn unreadable(path: &Path, source: ReadError) -> BuildError {
    BuildError::Read { path: path.display().to_string(), source }
}
