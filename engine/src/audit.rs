//! What is kept of a check, so that years later anyone can see that it was made, by which packs, and
//! that it gives the same bytes again.
//!
//! An [`AuditLog`] is a chain: each entry has the digest of the one before it. The entries hold
//! digests; the [`Evidence`] behind them (the submission, the facts that rules saw, settings, limits,
//! the files of the packs) is kept by digest, each piece once. There is no clock here: when an entry
//! was recorded is what the log says, and it is the log that writes files.

use kycuong_model::date::Date;
use kycuong_model::text::with_causes;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::error::{AuditError, CheckError};
use crate::receipt::Receipt;
use crate::report::Report;
use crate::verdict::Verdict;

mod audited;
mod chain;
mod comparison;
mod entry;
mod evidence;
mod replay;

pub use audited::AuditedEngine;
pub use chain::{ChainFault, StoredEntry, Walk, verify_chain};
pub use comparison::{
    Comparison, Difference, VersionDifference, compare, compare_receipts, first_difference,
};
pub use entry::{Anchor, ENTRY_FORMAT, Entry, Head, NotAnAnchor};
pub use evidence::{Evidence, EvidenceStore};
pub use replay::replay;

/// Where checks are recorded. The crate `kycuong-audit` has one in a SQLite file.
pub trait AuditLog: Send + Sync {
    /// Records checks as one, all of them or none, in this order: what is in force, and then what ran
    /// in its shadow. Returns when they are kept, also through a loss of power.
    ///
    /// Threads and processes that append at one time must form one chain: see [`Entry::after`].
    ///
    /// # Errors
    ///
    /// [`AuditError`] when they cannot be kept; the check is then an error and gives no verdict.
    fn append(&self, checks: &[Recorded<'_>]) -> Result<Head, AuditError>;
}

/// Whether an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// It does: the packs are in force.
    InForce,
    /// It counts for nothing: the packs run in the shadow of those in force, whose entry stands
    /// before this one.
    Shadow,
}

/// What an entry says of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Whether the answer counts.
    pub kind: CheckKind,
    /// The day of judging.
    pub on: Date,
    /// What came of it.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Answer {
    /// A report.
    Answered {
        /// Its verdict.
        verdict: Verdict,
        /// Whether every rule that the verdict needs decided.
        complete: bool,
        /// Its receipt: the digests of all that it rests on, and its own.
        receipt: Receipt,
    },
    /// A shadow set could not make the check; of packs in force that is an error, and no entry.
    Failed {
        /// The digest of the submission.
        submission: String,
        /// Why, with the causes.
        reason: String,
    },
}

/// A check to record.
#[derive(Clone, Debug)]
pub struct Recorded<'a> {
    /// What its entry says.
    pub record: Record,
    /// What its digests are of.
    pub evidence: Evidence<'a>,
}

impl Record {
    /// The record of a report.
    pub fn of(kind: CheckKind, report: &Report) -> Self {
        let Report { verdict, complete, on, .. } = *report;
        let receipt = report.receipt.clone();
        Self { kind, on, answer: Answer::Answered { verdict, complete, receipt } }
    }

    /// The receipt, when there was a report.
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.answer {
            Answer::Answered { receipt, .. } => Some(receipt),
            Answer::Failed { .. } => None,
        }
    }
}

impl<'a> Recorded<'a> {
    /// A check that a shadow set could not make.
    pub(crate) fn failed(submission: &'a [u8], on: Date, error: &CheckError) -> Self {
        let digest = digest(submission);
        let evidence = Evidence::of_submission(&digest, submission);
        let answer = Answer::Failed { submission: digest, reason: with_causes(error) };
        Self { record: Record { kind: CheckKind::Shadow, on, answer }, evidence }
    }
}
