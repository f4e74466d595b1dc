//! The rule book of the six packs of the examples, and of packs that mean ill.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, not only tests")]

mod browser;
mod contents;
mod document;
mod hostile;
mod links;
mod support;
