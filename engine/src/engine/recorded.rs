//! A check together with all that it takes to make it again.

use kycuong_model::date::Date;

use super::{Answer, Engine};
use crate::audit::{CheckKind, Evidence, Record, Recorded};
use crate::error::CheckError;
use crate::pack::RulePack;
use crate::report::Report;

impl Engine {
    /// Judges as [`Engine::check`], and hands over what an audit log keeps of it.
    ///
    /// The report is the same, byte for byte. Nothing is recorded yet: [`crate::audit::AuditedEngine`]
    /// does that.
    ///
    /// # Errors
    ///
    /// As [`Engine::check`].
    pub fn check_recorded<'a>(
        &self,
        submission: &'a [u8],
        on: Date,
        kind: CheckKind,
    ) -> Result<(Report, Recorded<'a>), CheckError> {
        let Answer { report, facts, .. } = self.answer(submission, on)?;
        let settings = serde_json::to_vec(&report.settings)
            .map_err(|error| CheckError::Document { what: "settings", source: Box::new(error) })?;
        let limits = self.shared.digests.limits_json.to_vec();
        let packs: Vec<RulePack> = self.shared.packs.packs().cloned().collect();
        let evidence = Evidence::new(&report.receipt, submission, facts, settings, limits, packs);
        let recorded = Recorded { record: Record::of(kind, &report), evidence };
        Ok((report, recorded))
    }
}
