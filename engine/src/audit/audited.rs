//! A host of which no verdict goes unrecorded.

use std::sync::Arc;

use kycuong_model::date::Date;

use super::{AuditLog, CheckKind, Recorded};
use crate::error::CheckError;
use crate::live::LiveEngine;
use crate::report::Report;

/// A host that records every check before it answers. A clone is another handle to it.
///
/// Packs may change while it works: what is recorded is the set that answered, with the files of its
/// packs. When a shadow set runs, its answer is recorded too, right after the one that counts.
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
    pub fn new(engine: impl Into<LiveEngine>, log: impl AuditLog + 'static) -> Self {
        Self { live: engine.into(), log: Arc::new(log) }
    }

    /// The host itself, to change its packs; checks that are asked of it are not recorded.
    pub fn live(&self) -> &LiveEngine {
        &self.live
    }

    /// Judges a submission on a day by the set in force now, and records it.
    ///
    /// # Errors
    ///
    /// As [`crate::Engine::check`]; and [`CheckError::NotRecorded`] when the log did not take it, since
    /// a verdict that nobody can prove is none.
    pub fn check(&self, submission: &[u8], on: Date) -> Result<Report, CheckError> {
        let (engine, shadow) = self.live.engines();
        let (report, recorded) = engine.check_recorded(submission, on, CheckKind::InForce)?;
        let mut checks = vec![recorded];
        if let Some(shadow) = shadow {
            checks.push(match shadow.check_recorded(submission, on, CheckKind::Shadow) {
                Ok((_, recorded)) => recorded,
                Err(error) => Recorded::failed(submission, on, &error),
            });
        }
        self.log.append(&checks).map_err(|source| CheckError::NotRecorded { source })?;
        Ok(report)
    }
}
