//! Why a file is not read.

use std::io;

/// Why a file is not read. Whoever named the file says which one it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system did not let it be read.
    #[error(transparent)]
    System(#[from] io::Error),
    /// It may never end, or has no bytes.
    #[error("it is {what}, and only ordinary files are read")]
    NotAFile {
        /// What it is: a folder, a device, a pipe, a socket.
        what: &'static str,
    },
    /// It is too large.
    #[error("it has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Its length, in bytes.
        bytes: u64,
        /// The most allowed.
        limit: u64,
    },
    /// It is a stream, or grew while it was read, and went on behind the limit.
    #[error("it has more than {limit} bytes, which is the limit")]
    TooLong {
        /// The most allowed, in bytes.
        limit: u64,
    },
    /// It is in another encoding.
    #[error("it is not UTF-8: save it as UTF-8")]
    NotUtf8,
}

impl ReadError {
    /// Whether there is no such file.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl From<ReadError> for io::Error {
    /// For errors that have what the system says as their cause: what was refused here is said in its
    /// place.
    fn from(error: ReadError) -> Self {
        let kind = match error {
            ReadError::System(error) => return error,
            ReadError::TooLarge { .. } | ReadError::TooLong { .. } => io::ErrorKind::FileTooLarge,
            ReadError::NotAFile { .. } => io::ErrorKind::InvalidInput,
            ReadError::NotUtf8 => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

kycuong_model::error_codes!(ReadError {
    System => "system",
    NotAFile => "not-a-file",
    TooLarge => "file-too-large",
    TooLong => "file-too-long",
    NotUtf8 => "file-not-utf8",
});
