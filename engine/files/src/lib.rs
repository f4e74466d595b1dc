#![doc = include_str!("../README.md")]

mod access;
mod error;
mod link;
mod reading;
mod writing;

pub use access::{Exposure, check_secret, check_trusted};
pub use error::FileError;
pub use link::real_path;
pub use reading::read;
pub use writing::{Access, replace};
