//! What is kept of a check, so that years later anyone can see that it was made, by which packs, and
//! that it gives the same bytes again.
//!
//! An [`AuditLog`] is a chain: each entry has the digest of the one before it. The entries hold
//! digests; the [`Evidence`] behind them (the submission, the facts that rules saw, settings, limits,
//! the files of the packs) is kept by digest, each piece once. There is no clock here: when an entry
//! was recorded is what the log says, and it is the log that writes files.

use kycuong_model::date::Date;
use kycuong_model::text::with_causes;
use kycuong_report::{Receipt, Report, Submission, Verdict};
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::{AuditError, CheckError};
pub use crate::evidence::Evidence;

mod audited;
mod chain;
mod comparison;
mod entry;
mod evidence_store;
mod replay;

pub use audited::AuditedEngine;
pub use chain::{ChainProblem, StoredEntry, Walk, verify_chain};
pub use comparison::{
    Comparison, Difference, VersionDifference, compare, compare_receipts, first_difference,
};
pub use entry::{Anchor, ChainHead, ENTRY_FORMAT, Entry, NotAnAnchor};
pub use evidence_store::EvidenceStore;
pub use replay::replay;

/// Where checks are recorded. The crate `kycuong-audit` has one in a SQLite file.
///
/// A log keeps bytes; what they are, and that entries form one chain, is made here: an implementation
/// finds the last entry, has the new ones sealed after it, and keeps them, before another thread or
/// process can do the same.
///
/// ```
/// use std::sync::Mutex;
///
/// use kycuong_engine::AuditError;
/// use kycuong_engine::audit::{AuditLog, ChainHead, Recording, SealedEntry};
///
/// /// A log that ends with the process.
/// #[derive(Default)]
/// struct InMemory(Mutex<Vec<SealedEntry>>);
///
/// impl AuditLog for InMemory {
///     fn append(&self, recording: &Recording) -> Result<ChainHead, AuditError> {
///         let mut entries = self.0.lock().map_err(|_| AuditError::log("the log is broken"))?;
///         let last = entries.last().map(|entry| entry.head.clone());
///         let sealed = recording.seal(last.as_ref(), "2026-11-21T09:00:00+07:00")?;
///         let head = sealed.last().map(|entry| entry.head.clone());
///         entries.extend(sealed);
///         head.ok_or_else(|| AuditError::log("there is no check to record"))
///     }
/// }
/// ```
pub trait AuditLog: Send + Sync {
    /// Records checks as one, all of them or none. Returns the new last entry when they are kept, also
    /// through a loss of power.
    ///
    /// # Errors
    ///
    /// [`AuditError`] when they cannot be kept; the check is then an error and gives no verdict.
    fn append(&self, recording: &Recording) -> Result<ChainHead, AuditError>;
}

/// The checks of one call, to be recorded as one: what is active, and then what ran in its shadow.
#[derive(Clone, Debug)]
pub struct Recording {
    checks: Vec<Recorded>,
}

impl Recording {
    /// What an active check and its shadow came to.
    pub(crate) fn of(submission: &Submission, on: Date, check: &Check) -> Self {
        let mut checks = vec![Recorded::of(CheckKind::InForce, check)];
        checks.extend(check.shadow().map(|shadow| match shadow {
            Ok(shadow) => Recorded::of(CheckKind::Shadow, shadow),
            Err(error) => Recorded::failed(submission, on, error),
        }));
        Self { checks }
    }

    /// The entries after the last one, each with its place in the chain, its text and its digest.
    ///
    /// # Errors
    ///
    /// [`AuditError`] when an entry cannot be written as JSON, which none gives.
    pub fn seal(
        &self,
        last: Option<&ChainHead>,
        recorded_at: &str,
    ) -> Result<Vec<SealedEntry>, AuditError> {
        let mut last = last.cloned();
        let mut sealed = Vec::with_capacity(self.checks.len());
        for Recorded { record, .. } in &self.checks {
            let entry = Entry::after(last.as_ref(), recorded_at.to_owned(), record.clone());
            let (text, head) = entry.seal().map_err(|source| AuditError::Log {
                what: "cannot write the entry".to_owned(),
                source: Some(Box::new(source)),
            })?;
            last = Some(head.clone());
            sealed.push(SealedEntry { head, text });
        }
        Ok(sealed)
    }

    /// What the entries have digests of, to be kept before them.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.checks.iter().map(|check| &check.evidence)
    }
}

/// An entry to be kept: its number and digest, and the text that has this digest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SealedEntry {
    /// The number and the digest.
    pub head: ChainHead,
    /// The text.
    pub text: String,
}

/// Whether an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// It does: the packs are active.
    InForce,
    /// It counts for nothing: the packs run in the shadow of the active ones, whose entry stands
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
    /// A shadow set could not make the check; of active packs that is an error, and no entry.
    Failed {
        /// The digest of the submission.
        submission: String,
        /// Why, with the causes.
        reason: String,
    },
}

/// A check to record: what its entry says, and what its digests are of.
#[derive(Clone, Debug)]
struct Recorded {
    record: Record,
    evidence: Evidence,
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

impl Recorded {
    fn of(kind: CheckKind, check: &Check) -> Self {
        Self { record: Record::of(kind, check.report()), evidence: check.evidence().clone() }
    }

    /// A check that a shadow set could not make.
    fn failed(submission: &Submission, on: Date, error: &CheckError) -> Self {
        let evidence = Evidence::of_submission(submission.clone());
        let (submission, reason) = (submission.digest().to_owned(), with_causes(error));
        let answer = Answer::Failed { submission, reason };
        Self { record: Record { kind: CheckKind::Shadow, on, answer }, evidence }
    }
}
