#![doc = include_str!("../README.md")]

mod error;
mod folder;
mod read;

pub use error::ReadError;
pub use folder::Folder;
pub use read::{read_bounded, read_stream_bounded, read_text_bounded};
