//! Who besides its owner may read or write a file, and whose it is.

use std::path::{Path, PathBuf};

use kycuong_model::text::{Bilingual, sanitize};

use crate::refusal::FileError;

/// How somebody besides this process's user and root may change a file, which is used all the same:
/// whether that is meant, the operator knows. A cluster's volumes look so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exposure {
    /// It belongs to another user.
    OtherOwner {
        /// The file.
        path: PathBuf,
        /// Its owner's number.
        owner: u32,
        /// The number of this process's user.
        user: u32,
    },
    /// Its group may write it.
    Group {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Everybody may replace it in its folder.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

impl Exposure {
    /// What it is, and how to end it, for an operator.
    pub fn text(&self) -> Bilingual {
        match self {
            Self::OtherOwner { path, owner, user } => {
                let path = shown(path);
                Bilingual::new(
                    format!(
                        "`{path}` thuộc người dùng {owner}, tiến trình này chạy bằng người dùng {user}: người đó sửa được tệp; nếu không chủ định, hãy đổi chủ tệp bằng `chown`"
                    ),
                    format!(
                        "`{path}` belongs to user {owner}, and this process is user {user}: that user may change it; unless that is meant, give the file away with `chown`"
                    ),
                )
            }
            Self::Group { path, mode } => {
                let path = shown(path);
                Bilingual::new(
                    format!(
                        "nhóm của `{path}` sửa được tệp (quyền {mode:04o}): nếu không chủ định, hãy đóng lại bằng `chmod g-w`"
                    ),
                    format!(
                        "the group of `{path}` may change it (mode {mode:04o}): unless that is meant, close it with `chmod g-w`"
                    ),
                )
            }
            Self::Folder { path, mode } => {
                let path = shown(path);
                Bilingual::new(
                    format!(
                        "ai cũng thay được tệp trong thư mục `{path}` (quyền {mode:04o}): nếu không chủ định, hãy đóng lại bằng `chmod o-w`"
                    ),
                    format!(
                        "everybody may replace files in the folder `{path}` (mode {mode:04o}): unless that is meant, close it with `chmod o-w`"
                    ),
                )
            }
        }
    }
}

/// A name of a file for one line.
fn shown(path: &Path) -> String {
    sanitize(&path.display().to_string())
}

/// Whether nobody but its owner may read a private key. What is no file (a pipe) passes.
///
/// # Errors
/// [`FileError::ReadableByOthers`], and [`FileError::System`] for a file that is not there.
pub fn check_secret(path: &Path) -> Result<(), FileError> {
    permissions::check_secret(path)
}

/// Who besides this process's user and root may change a file that a host relies on, or replace it, or
/// the link to it. A file that is not there yet is in nobody's hands, but its folder is looked at.
///
/// # Errors
/// [`FileError::WritableByAll`] for a file that everybody may write; [`FileError::NotAFile`]; what
/// [`real_path`](crate::real_path) refuses.
pub fn check_trusted(path: &Path) -> Result<Vec<Exposure>, FileError> {
    permissions::check_trusted(path)
}

#[cfg(unix)]
mod permissions {
    use std::collections::BTreeSet;
    use std::fs::{self, Metadata};
    use std::io::ErrorKind;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::Exposure;
    use crate::link::{folder, real_path, system};
    use crate::refusal::FileError;

    const OF_OTHERS: u32 = 0o077;
    const WRITABLE_BY_GROUP: u32 = 0o020;
    const WRITABLE_BY_ALL: u32 = 0o002;
    /// In such a folder, only its owner may replace a file: `/tmp`.
    const STICKY: u32 = 0o1000;

    /// The part of a mode that `chmod` sets.
    fn mode(metadata: &Metadata) -> u32 {
        metadata.mode() & 0o7777
    }

    pub(super) fn check_secret(path: &Path) -> Result<(), FileError> {
        let metadata = fs::metadata(path).map_err(system("read", path))?;
        let mode = mode(&metadata);
        if metadata.is_file() && mode & OF_OTHERS != 0 {
            return Err(FileError::ReadableByOthers { path: path.to_owned(), mode });
        }
        Ok(())
    }

    pub(super) fn check_trusted(path: &Path) -> Result<Vec<Exposure>, FileError> {
        let real = real_path(path)?;
        let mut found = Vec::new();
        // Who may replace the link changes what is relied on, as who may replace the file does.
        for folder in BTreeSet::from([folder(path), folder(&real)]) {
            let mode = mode(&fs::metadata(folder).map_err(system("look at", folder))?);
            if mode & WRITABLE_BY_ALL != 0 && mode & STICKY == 0 {
                found.push(Exposure::Folder { path: folder.to_owned(), mode });
            }
        }
        let metadata = match fs::metadata(&real) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
            metadata => metadata.map_err(system("read", &real))?,
        };
        if !metadata.is_file() {
            return Err(FileError::NotAFile { path: real });
        }
        let (mode, owner) = (mode(&metadata), metadata.uid());
        if mode & WRITABLE_BY_ALL != 0 {
            return Err(FileError::WritableByAll { path: real, mode });
        }
        let user = nix::unistd::geteuid().as_raw();
        if owner != 0 && owner != user {
            found.push(Exposure::OtherOwner { path: real.clone(), owner, user });
        }
        if mode & WRITABLE_BY_GROUP != 0 {
            found.push(Exposure::Group { path: real, mode });
        }
        Ok(found)
    }
}

#[cfg(not(unix))]
mod permissions {
    use std::path::Path;

    use super::Exposure;
    use crate::refusal::FileError;

    pub(super) fn check_secret(_: &Path) -> Result<(), FileError> {
        Ok(())
    }

    pub(super) fn check_trusted(_: &Path) -> Result<Vec<Exposure>, FileError> {
        Ok(Vec::new())
    }
}
