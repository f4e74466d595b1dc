#![doc = include_str!("../README.md")]

mod engine;

// What flows through, in this order.
pub mod intake;
pub mod places;
pub mod schema;
mod selection;
pub mod facts;
mod evaluation;
pub mod finding;
pub mod verdict;
pub mod report;
pub mod receipt;

// Foreign code and what bounds it.
pub mod limits;
mod admission;
pub mod cache;
pub mod pack;
pub mod pack_set;
pub mod sandbox;

pub mod error;
mod wording;

pub use engine::{Engine, EngineBuilder, submitted_on};
pub use error::{BuildError, CheckError, FactError, LoadError};
pub use facts::{FactSource, FileFacts, MemoryFacts};
pub use finding::Finding;
pub use limits::Limits;
pub use pack::RulePack;
pub use pack_set::{Enforcement, Settings};
pub use report::{Outcome, OutcomeStatus, Report};
pub use verdict::Verdict;

/// The words that reports are made of.
pub use kycuong_model::date::Date;
pub use kycuong_model::finding::Severity;
pub use kycuong_model::text::Bilingual;
