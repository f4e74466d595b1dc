//! Where a file really is, behind symbolic links.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::refusal::FileError;

/// Most links that are followed one after the other: as many as Linux does.
const LINKS_MAX: usize = 40;

/// Where a file really is; the path itself when it is no link, and when there is nothing in a folder
/// that is there.
///
/// Only the file's own name is followed: folders on the way there are the same folders by any name.
///
/// # Errors
/// [`FileError::Dangling`] for a link to nothing, [`FileError::Endless`] for links that lead to each
/// other, [`FileError::System`] when the folder is not there or the system does not let one look.
pub fn real_path(path: &Path) -> Result<PathBuf, FileError> {
    let mut at = path.to_owned();
    for followed in 0..=LINKS_MAX {
        match fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_symlink() => {
                let target = fs::read_link(&at).map_err(system("follow the link", &at))?;
                at = folder(&at).join(target);
            }
            Ok(_) => return Ok(at),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(system("look at", &at)(error));
            }
            Err(_) if followed > 0 => {
                return Err(FileError::Dangling { path: path.to_owned(), target: at });
            }
            // A new file; in a folder that is lost it would be one that was forgotten.
            Err(_) => {
                let folder = folder(&at);
                fs::metadata(folder).map_err(system("find the folder", folder))?;
                return Ok(at);
            }
        }
    }
    Err(FileError::Endless { path: path.to_owned() })
}

/// The folder of a file; of a name alone, the one at hand.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

pub(crate) fn system(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> FileError + use<> {
    let path = path.to_owned();
    move |source| FileError::System { action, path, source }
}
