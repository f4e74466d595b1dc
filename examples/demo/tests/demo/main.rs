//! What the whole tree promises, on the packs that are built from it.

mod conformance;
mod conventions;
mod digests;
mod error_codes;
mod import_circles;
mod proof;
mod traceability;
