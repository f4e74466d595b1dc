//! The real program on real files: what it prints, and the exit codes that scripts rely on.

#![expect(clippy::unwrap_used, reason = "helpers of tests, not only tests")]

mod audit;
mod check;
mod deployment;
mod draft;
mod facts;
mod formats;
mod found_files;
mod mutate;
mod packs;
mod scaffold;
mod signing;
mod support;
