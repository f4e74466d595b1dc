//! What admission counts, by name, and when there is too much of it.

use serde::Serialize;

use crate::error::LoadError;

/// One thing that admission counted, with its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What, in the plural.
    pub what: &'static str,
    /// How many there are; of what is bounded one by one, the most.
    pub found: u64,
    /// The most allowed.
    pub limit: u64,
}

pub(super) const SIGNATURES: &str = "bytes of signatures";
pub(super) const CASES: &str = "bytes of cases";
pub(super) const MANIFEST: &str = "bytes of manifest";
pub(super) const MODULES: &str = "modules and components";
pub(super) const INSTANCES: &str = "instances of modules and components";
pub(super) const TYPES: &str = "types";
pub(super) const PARAMETERS: &str = "parameters of one function";
pub(super) const RESULTS: &str = "results of one function or values of one block";
pub(super) const FUNCTIONS: &str = "functions";
pub(super) const FUNCTION_BYTES: &str = "bytes in one function";
pub(super) const LOCALS: &str = "locals in one function";
pub(super) const NESTING: &str = "blocks inside one another";
pub(super) const LOOP_NESTING: &str = "loops inside one another";
pub(super) const LOOP_SQUARES: &str = "squares of the nesting of loops, all together,";
pub(super) const TARGETS: &str = "targets of one table of branches";
pub(super) const STEPS: &str = "steps of compiling";
pub(super) const GLOBALS: &str = "globals";
pub(super) const DATA: &str = "data segments";
pub(super) const ELEMENTS: &str = "element segments";
pub(super) const ENTRIES: &str = "entries of element segments";
pub(super) const EXPORTS: &str = "exports of modules";
pub(super) const IMPORTS: &str = "imports of modules";
pub(super) const CUSTOM: &str = "custom sections";
pub(super) const MEMORIES: &str = "memories";
pub(super) const MEMORY: &str = "bytes of initial memory";
pub(super) const TABLES: &str = "tables";
pub(super) const TABLE: &str = "elements in a table";

/// Counts more of something.
pub(super) fn add(
    count: &mut u64,
    more: u32,
    limit: u64,
    what: &'static str,
    offset: usize,
) -> Result<(), LoadError> {
    *count = count.saturating_add(u64::from(more));
    at_most(what, *count, limit, offset)
}

pub(super) fn at_most(
    what: &'static str,
    found: u64,
    limit: u64,
    offset: usize,
) -> Result<(), LoadError> {
    if found > limit {
        Err(LoadError::OverLimit { what, found, limit, offset: offset as u64 })
    } else {
        Ok(())
    }
}
