#![doc = include_str!("../README.md")]

mod changes;
mod error;
mod file;
mod json;
mod line;
mod read;
mod testing;
mod wording;
mod write;

use kycuong_model::rule_id::RuleId;

pub use crate::error::{CaseFileError, Problem};
pub use crate::file::{Base, Case, CaseFile, Change, Effect, Start};
pub use crate::json::{NotJson, pretty};
pub use crate::testing::{CaseReport, RuleReport, stray_files, test_rule};
pub use crate::wording::{NOT_APPLICABLE, wordings, wordings_of};

/// The file of a rule's cases in the folder `cases` of a pack, by the rule's name or id.
pub fn file_name(rule: &str) -> String {
    format!("{}.md", RuleId::of(rule).name())
}
