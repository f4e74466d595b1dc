#![doc = include_str!("../README.md")]

mod check;
mod engine;
mod evidence;
pub mod live;

// What flows through: the submission, what applies to it, what rules find, the report.
mod intake;
mod places;
mod schema;

mod evaluation;
pub mod facts;
mod selection;
mod waiver;

pub mod audit;
mod finding;
mod fold;
mod outcome;
mod receipt;

// Foreign code and what bounds it.
mod admission;
pub mod cache;
pub mod deployment;
pub mod limits;
pub mod pack;
pub mod pack_folder;
mod pack_set;
pub mod sandbox;
pub mod self_test;
pub mod trust;

pub mod error;
mod wording;

/// What fuzz targets, benchmarks and the tests of single stages reach into: no part of the interface.
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::check::Judge;
    pub use crate::evaluation::answer::judge_answer;
    pub use crate::intake::Readable;
    pub use crate::places::{Applicability, Belongs};
    pub use crate::schema::{SCHEMA_FINDINGS_MAX, SchemaSet};
    pub use kycuong_report::counts;
}

/// The report and all that is in it, as plain data.
pub use kycuong_report as report;

pub use audit::{AuditLog, AuditedEngine};
pub use check::{Check, Checker};
pub use deployment::Deployment;
pub use engine::{Engine, EngineBuilder};
pub use error::{
    AuditError, BoxError, BuildError, CheckError, DeploymentError, FactError, LoadError,
    ReloadError, ReplayError,
};
pub use evaluation::Consumption;
pub use facts::{FactSource, MemoryFacts, OnFactFailure};
pub use fold::verdicts;
pub use kycuong_report::{
    Adoption, Enforcement, Finding, Outcome, OutcomeStatus, Report, SelfTest, Settings, Submission,
    Verdict, Waiver, digest,
};
pub use limits::Limits;
pub use live::LiveEngine;
pub use pack::RulePack;
pub use receipt::ENGINE_VERSION;
pub use self_test::SelfTestError;
pub use trust::PackVerifier;
#[doc(hidden)]
pub use wording::sanitize_error;

/// The words that reports are made of.
pub use kycuong_model::date::Date;
pub use kycuong_model::finding::Severity;
pub use kycuong_model::text::Bilingual;
