//! Facts from everywhere: the same rows give the same report, and what is wrong is told in full.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod archives;
mod bad_files;
mod databases;
mod documentation;
mod hostile_servers;
mod hostile_sqlite;
mod hostile_workbooks;
mod letters;
mod same_report;
mod samples;
mod server;
mod tls;
mod ways_of_writing;
mod workbooks;
