//! Why a file cannot be relied on as it is.

use std::io;
use std::path::PathBuf;

/// Why a file cannot be relied on as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The system refuses.
    #[error("cannot {action} `{}`", path.display())]
    System {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A link leads to nothing.
    #[error(
        "`{}` is a link to `{}`, where there is no file: bring that back, or take the link away",
        path.display(),
        target.display()
    )]
    Dangling {
        /// The link.
        path: PathBuf,
        /// What it should lead to.
        target: PathBuf,
    },
    /// Links lead to each other.
    #[error("`{}` is a link that leads to no end: links lead to each other", path.display())]
    Endless {
        /// The link.
        path: PathBuf,
    },
    /// It is a folder, a device or the like.
    #[error("`{}` is no ordinary file", path.display())]
    NotAFile {
        /// What it is.
        path: PathBuf,
    },
    /// Others may read a secret.
    #[error(
        "`{}` is secret, and others may read it (mode {mode:04o}): close it with `chmod 600`, and make a new one if somebody did",
        path.display()
    )]
    ReadableByOthers {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Everybody may write what the host relies on.
    #[error(
        "everybody may write `{}` (mode {mode:04o}), which this host relies on: close it with `chmod o-w`",
        path.display()
    )]
    WritableByAll {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

kycuong_model::error_codes!(FileError {
    System => "system",
    Dangling => "dangling-link",
    Endless => "endless-link",
    NotAFile => "not-a-file",
    ReadableByOthers => "readable-by-others",
    WritableByAll => "writable-by-all",
});
