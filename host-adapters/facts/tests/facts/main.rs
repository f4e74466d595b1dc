//! Facts from everywhere: the same rows give the same report, and what is wrong is told in full.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod bad_files;
mod databases;
mod documentation;
mod same_report;
mod samples;
mod server;
mod workbooks;
