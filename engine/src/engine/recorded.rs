//! A check together with all that it takes to make it again.

use kycuong_model::date::Date;

use super::{Answer, Engine};
use crate::audit::{CheckKind, Evidence, Record, Recorded};
use crate::error::CheckError;
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
        let mut evidence = Evidence::of_submission(&report.receipt.submission, submission);
        if let (Some(digest), Some(facts)) = (&report.receipt.facts, facts) {
            evidence.keep(digest, facts.into());
        }
        evidence.keep(&report.receipt.settings, self.shared.packs.on(on).settings_json.clone());
        evidence.keep(&report.receipt.limits, self.shared.digests.limits_json.clone());
        evidence.packs = self.shared.packs.packs().cloned().collect();
        let recorded = Recorded { record: Record::of(kind, &report), evidence };
        Ok((report, recorded))
    }
}
