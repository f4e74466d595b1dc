//! The engine through its public interface, in one program: what it links is linked once.

mod carried_cases;
mod deployment;
mod draft;
mod foreign;
mod hostile;
mod intake;
mod lineage;
mod neighbours;
mod once;
mod pack_folders;
mod prepared_host;
mod promises;
mod properties;
mod same_bytes;
mod self_test;
