#![doc = include_str!("../README.md")]

mod clock;
mod error;
mod head_file;
mod log;
mod pack_files;
mod schema;
mod verification;

pub use error::AuditLogError;
pub use log::SqliteAuditLog;
pub use pack_files::PackFiles;
pub use verification::{EvidenceProblem, Verification};
