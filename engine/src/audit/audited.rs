//! A host of which no verdict goes unrecorded.

use std::sync::Arc;

use kycuong_model::date::Date;
use kycuong_report::Submission;

use super::{AuditLog, Recording};
use crate::check::{Check, checker_of_own_methods};
use crate::error::CheckError;
use crate::facts::{FactQuery, SuppliedFacts};
use crate::live::LiveEngine;

/// A host that records every check before it answers. A clone is another handle to it.
///
/// Packs may change while it works: what is recorded is the set that answered, with the files of its
/// packs. When a shadow set runs, its answer is recorded too, right after the one that counts.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use kycuong_engine::audit::AuditLog;
/// use kycuong_engine::{AuditedEngine, Engine};
///
/// fn audited(engine: Engine, log: Arc<dyn AuditLog>) -> AuditedEngine {
///     AuditedEngine::new(engine, log)
/// }
/// ```
#[derive(Clone)]
pub struct AuditedEngine {
    live: LiveEngine,
    log: Arc<dyn AuditLog>,
}

impl std::fmt::Debug for AuditedEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuditedEngine").field("live", &self.live).finish_non_exhaustive()
    }
}

impl AuditedEngine {
    /// A host, or one whose packs can be changed, and the log of its checks.
    pub fn new(engine: impl Into<LiveEngine>, log: Arc<dyn AuditLog>) -> Self {
        Self { live: engine.into(), log }
    }

    /// The host itself, to change its packs; checks that are asked of it are not recorded.
    pub fn live(&self) -> &LiveEngine {
        &self.live
    }

    /// Reads a submission under the limits of the set active now; see [`Checker::read`](crate::Checker::read).
    pub fn read(&self, bytes: impl Into<Vec<u8>>) -> Submission {
        self.live.read(bytes)
    }

    /// Judges a submission on a day by the set active now, and records it; see [`Checker::check`](crate::Checker::check).
    ///
    /// # Errors
    ///
    /// As [`crate::Engine::check`]; and [`CheckError::NotRecorded`] when the log did not take it, since
    /// a verdict that nobody can prove is none.
    pub fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError> {
        self.record(submission, on, self.live.check(submission, on)?)
    }

    /// The facts that a check needs; see [`Checker::wants`](crate::Checker::wants).
    pub fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery> {
        self.live.wants(submission, on)
    }

    /// Judges a submission with the facts that are handed in, and records it; see
    /// [`Checker::check_with`](crate::Checker::check_with).
    ///
    /// # Errors
    ///
    /// As [`AuditedEngine::check`], though no source is asked.
    pub fn check_with(
        &self,
        submission: &Submission,
        on: Date,
        facts: &SuppliedFacts,
    ) -> Result<Check, CheckError> {
        self.record(submission, on, self.live.check_with(submission, on, facts)?)
    }

    fn record(&self, submission: &Submission, on: Date, check: Check) -> Result<Check, CheckError> {
        let recorded = self.log.append(&Recording::of(submission, on, &check));
        recorded.map_err(|source| CheckError::NotRecorded { source })?;
        Ok(check)
    }
}

checker_of_own_methods!(AuditedEngine);
