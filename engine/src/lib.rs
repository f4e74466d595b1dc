//! Stub.
mod admission;
pub mod cache;
pub mod error;
pub mod finding;
pub mod limits;
pub mod pack;
pub mod sandbox;
