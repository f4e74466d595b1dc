#![doc = include_str!("../README.md")]

mod access;
mod error;
mod folder;
mod link;
mod read;
mod refusal;
mod replace;

pub use access::{Exposure, check_secret, check_trusted};
pub use error::ReadError;
pub use folder::Folder;
pub use link::real_path;
pub use read::{read_bounded, read_stream_bounded, read_text_bounded};
pub use refusal::FileError;
pub use replace::{Access, replace};
