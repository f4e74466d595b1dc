#![doc = include_str!("../README.md")]

#[doc(hidden)]
pub mod counts;
mod crash;
mod digest;
mod draft;
mod finding;
mod json_text;
mod outcome;
mod receipt;
mod report;
mod settings;
mod submission;
mod verdict;
mod waiver;

pub use crash::Crash;
pub use digest::digest;
pub use draft::{Decided, Draft, Fix, Needed, Supply, Waiting};
pub use finding::Finding;
pub use json_text::json_text;
pub use outcome::{Outcome, OutcomeStatus, VerdictRole};
pub use receipt::Receipt;
pub use report::{Counts, FORMAT, OutOfScope, RegimeReport, Report, ReportError, Sealed};
pub use settings::{
    Adoption, AdvisorySwitch, EnforcedBecause, Enforcement, LoweredSeverity, PackSetting,
    ParameterSetting, Rollback, SelfTest, Settings, Signer, Signing, Waiver,
};
pub use submission::{Header, Submission, Written};
pub use verdict::Verdict;
pub use waiver::{NotApplied, Waived, WaiverReport, WaiverStatus};
