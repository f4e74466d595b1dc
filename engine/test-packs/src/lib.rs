//! Packs for tests, written as WebAssembly text, so that no test of the host needs a compiler for packs:
//! with a prepared answer, with ill will, or around a module that somebody else wrote.

pub mod canned_pack;
pub mod foreign_pack;
pub mod hostile_file;
pub mod hostile_pack;
pub mod section;
