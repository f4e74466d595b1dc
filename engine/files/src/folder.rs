//! What lies in a folder: the files that are wanted, and everything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The mark of a folder that a program fills for itself and can fill again
/// (<https://bford.info/cachedir>); cargo leaves one where it builds.
const CACHE_MARK: &str = "CACHEDIR.TAG";

/// The entries of a folder, each sorted by name: the order of a directory is the file system's, and the
/// first error should be everybody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Folder {
    /// What ends in the wanted extension, in letters of any case. Some may not be readable: a link that
    /// leads nowhere, a folder of such a name.
    pub files: Vec<PathBuf>,
    /// Everything else, but folders that are marked as caches; nobody looks at it.
    pub ignored: Vec<PathBuf>,
}

impl Folder {
    /// Lists a folder; `extension` is without its point, in small letters.
    ///
    /// # Errors
    ///
    /// When the folder, or one of its entries, cannot be read.
    pub fn list(folder: impl AsRef<Path>, extension: &str) -> io::Result<Self> {
        let mut found = Self::default();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end.eq_ignore_ascii_case(extension)) {
                found.files.push(path);
            } else if !path.join(CACHE_MARK).is_file() {
                found.ignored.push(path);
            }
        }
        found.files.sort_unstable();
        found.ignored.sort_unstable();
        Ok(found)
    }
}
