//! Mutation testing of rule packs: changes numbers, days, codes and papers by one step, in the rules and in
//! the dossiers of their cases, and says which of the changes no case notices.
//!
//! A change of a rule is noticed when one of the pack's cases has another outcome: another status, another
//! violation, place or value; or another sentence where the case is the recorded example of one. A change
//! of a dossier is noticed when that happens in one of the cases that it was made in. Everything runs natively; the sandbox has nothing to add.

mod bench;
mod data;
mod error;
mod package;
mod readme;
mod report;
mod scratch;
mod source;
mod trial;

pub use crate::error::MutationError;
pub use crate::readme::{END, RULES, SURVIVORS, update_readme};
pub use crate::report::{Fate, Mutant, MutantKind, Report, Score};
pub use crate::trial::{Options, run};
