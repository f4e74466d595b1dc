//! What goes wrong with the record of a check, and with making it again from that record.

use super::{BoxError, BuildError, CheckError};

/// Why a log of checks cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// Whatever goes wrong in a log that an embedder chose.
    #[error("{what}")]
    Log {
        /// What was tried, in lower case.
        what: String,
        /// Why it failed.
        source: Option<BoxError>,
    },
}

impl AuditError {
    /// What goes wrong in a log of the embedder's, without a cause.
    pub fn log(what: impl Into<String>) -> Self {
        Self::Log { what: what.into(), source: None }
    }
}

/// Why a recorded check cannot be made again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// Something that it rests on is not kept.
    #[error("the {what} of the digest `{digest}` is not kept")]
    Missing {
        /// What.
        what: &'static str,
        /// Its digest.
        digest: String,
    },
    /// A pack that answered is not kept.
    #[error("the file of the rule pack `{pack}` {version}, of the digest `{digest}`, is not kept")]
    MissingPack {
        /// Its id.
        pack: String,
        /// Its version.
        version: String,
        /// The digest of its file.
        digest: String,
    },
    /// Something that is kept is not what it was.
    #[error("the {what} that is kept as `{digest}` was altered: it has the digest `{found}`")]
    Altered {
        /// What.
        what: String,
        /// The digest that it is kept under.
        digest: String,
        /// The digest that it has.
        found: String,
    },
    /// Something that is kept is not as this host writes it.
    #[error("cannot read the {what} that are kept: another version of the host wrote them")]
    Unlike {
        /// What.
        what: &'static str,
        /// Where and why.
        source: BoxError,
    },
    /// What is kept cannot be read.
    #[error("cannot read what is kept")]
    Store {
        /// Why.
        source: AuditError,
    },
    /// This host does not take the packs or settings.
    #[error("cannot set up the host as it was")]
    Build {
        /// Why.
        source: BuildError,
    },
    /// The check cannot be made.
    #[error("cannot make the check again")]
    Check {
        /// Why.
        source: CheckError,
    },
}

kycuong_model::error_codes! { AuditError {
    Log => "audit-log-failed",
} }

kycuong_model::error_codes! { ReplayError {
    Missing => "evidence-missing",
    MissingPack => "evidence-missing-pack",
    Altered => "evidence-altered",
    Unlike => "evidence-of-other-version",
    Store => "evidence-unreadable",
    Build => "replay-host-refused",
    Check => "replay-check-failed",
} }
