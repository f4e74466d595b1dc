#![doc = include_str!("../README.md")]

mod engine;
pub mod live;

// What flows through: the submission, what applies to it, what rules find, the report.
pub mod intake;
pub mod places;
pub mod schema;

pub mod evaluation;
pub mod facts;
mod selection;
pub mod waiver;

pub mod audit;
mod digest;
pub mod draft;
pub mod finding;
pub mod receipt;
pub mod report;
pub mod verdict;

// Foreign code and what bounds it.
mod admission;
pub mod cache;
pub mod deployment;
pub mod limits;
pub mod pack;
pub mod pack_set;
pub mod proof;
pub mod sandbox;
pub mod trust;

pub mod error;
mod locate;
mod wording;

pub use audit::{AuditLog, AuditedEngine};
pub use deployment::{Adoption, Deployment, Waiver};
pub use digest::digest;
pub use engine::{Engine, EngineBuilder};
pub use error::{
    AuditError, BuildError, CheckError, DeploymentError, FactError, LoadError, ReloadError,
    ReplayError,
};
pub use facts::{FactSource, MemoryFacts};
pub use finding::Finding;
pub use intake::submitted_on;
pub use limits::Limits;
pub use live::LiveEngine;
pub use pack::RulePack;
pub use pack_set::{Enforcement, Settings};
pub use proof::{Proof, ProofError};
pub use report::{Outcome, OutcomeStatus, Report};
pub use trust::PackVerifier;
pub use verdict::Verdict;
#[doc(hidden)]
pub use wording::account;

/// The words that reports are made of.
pub use kycuong_model::date::Date;
pub use kycuong_model::finding::Severity;
pub use kycuong_model::text::Bilingual;
