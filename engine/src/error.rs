//! The errors of operators: one enum per stage.
//!
//! What a submitter did wrong is a finding and what a rule did wrong is an outcome; neither is here.

mod audit;
mod build;
#[cfg(test)]
mod codes;
mod deployment;
mod load;

pub use audit::{AuditError, ReplayError};
pub use build::{BuildError, ReloadError};
pub use deployment::DeploymentError;
pub use kycuong_files::ReadError;
pub use kycuong_operator_file::{OperatorFileError, Problem};
pub use load::LoadError;

pub use kycuong_model::text::BoxError;

/// Why a check could not be made: always an error of the operator's, never of the submission.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// A source of facts did not answer, or with more than a check can hold, and the host was not told to go
    /// on without ([`OnFactFailure`](crate::facts::OnFactFailure)).
    #[error("cannot get the facts of the table `{table}`")]
    Facts {
        /// The table.
        table: String,
        /// Why.
        source: FactError,
    },
    /// What the host hands to the rules is not what it can read itself.
    #[error("cannot prepare the {what} for the rules")]
    Document {
        /// The document.
        what: &'static str,
        /// Why.
        source: BoxError,
    },
    /// The check was made, and its report cannot be written.
    #[error("cannot write the report")]
    Report {
        /// Why.
        source: kycuong_report::ReportError,
    },
    /// The check was made, and its record cannot be kept.
    #[error("the check cannot be recorded, so it gives no verdict")]
    NotRecorded {
        /// Why.
        source: AuditError,
    },
}

/// Why a source of facts has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactError {
    /// The rows have no such column, so that a rule would miss what is there. The rules that need it are not
    /// evaluated; all others are.
    #[error("the table `{table}` has no column `{column}`")]
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// There is more than a check can hold; none of it is used.
    #[error("the facts have {found} {unit} at least, this host takes {limit}")]
    TooMuch {
        /// Rows or bytes.
        unit: &'static str,
        /// How many, of all tables together, when it was enough.
        found: usize,
        /// The most allowed.
        limit: usize,
    },
    /// Whatever else goes wrong in a source that an embedder wrote.
    #[error("{what}")]
    Source {
        /// What was tried, in lower case.
        what: String,
        /// Why it failed.
        source: Option<BoxError>,
    },
}

kycuong_model::error_codes! { CheckError {
    Facts => "facts-unavailable",
    Document => "document-not-prepared",
    Report => "check-report-not-written",
    NotRecorded => "check-not-recorded",
} }

kycuong_model::error_codes! { FactError {
    NoColumn => "no-fact-column",
    TooMuch => "too-many-facts",
    Source => "fact-source-failed",
} }
