//! What the whole tree promises, on the packs that are built from it.

mod conformance;
mod digests;
mod self_test;
mod traceability;
