//! The report: the verdict, every finding, what became of every rule, and what all of it rests on.

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::finding::Finding;
use crate::outcome::{Outcome, OutcomeStatus};
use crate::receipt::Receipt;
use crate::settings::Settings;
use crate::verdict::Verdict;
use crate::waiver::{WaiverReport, WaiverStatus};

/// The version of the report's format. Any change of what a report can say raises it.
pub const FORMAT: &str = "2.0.0";

/// What a check found. Its JSON has the members in the order of this declaration.
///
/// A pure function of submission, date, packs, facts and settings: no clock, no timing, no order that
/// depends on a hash or a thread. Read again, it is equal to what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of this format.
    pub format: String,
    /// What the officer is advised to do: the effective verdict, under everything in `settings`.
    pub verdict: Verdict,
    /// What the verdict is called.
    pub verdict_text: Bilingual,
    /// What the verdict would be without what the operator downgraded (lowered severities, packs
    /// switched to advisory, waivers): as bad as the verdict, or worse.
    pub raw_verdict: Verdict,
    /// Whether every rule that the verdict needs decided and none crashed.
    pub complete: bool,
    /// What was judged: `dossier`, `budget-entry`, `unit-plan` or `portfolio`; absent when the
    /// submission could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The submission's own code, when it states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The day of judging.
    pub on: Date,
    /// The governing decree; absent when none could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<RegimeReport>,
    /// Whose packs apply, from the nation down.
    pub jurisdictions: Vec<String>,
    /// What the operator set, and the active packs.
    pub settings: Settings,
    /// What became of each waiver in `settings`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverReport>,
    /// The packs that apply elsewhere; each of their rules has its outcome all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_scope: Vec<OutOfScope>,
    /// How many findings and outcomes there are of each.
    pub counts: Counts,
    /// Every finding: the most severe first, then as the submission goes, then by rule.
    pub findings: Vec<Finding>,
    /// What became of every rule of every active pack, in the order of packs and manifests.
    pub outcomes: Vec<Outcome>,
    /// What the report rests on.
    pub receipt: Receipt,
}

/// The governing decree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegimeReport {
    /// Its code: `nd-224-2026`.
    pub code: String,
    /// Why it governs.
    pub reason: Bilingual,
}

impl RegimeReport {
    /// A decree by its code, and why it governs.
    pub fn new(code: impl Into<String>, reason: Bilingual) -> Self {
        Self { code: code.into(), reason }
    }
}

/// A pack that applies elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OutOfScope {
    /// Its id.
    pub pack: String,
    /// Where it applies, and where the submission belongs.
    pub reason: Bilingual,
}

impl OutOfScope {
    /// A pack by its id, and why it is not applied.
    pub fn new(pack: impl Into<String>, reason: Bilingual) -> Self {
        Self { pack: pack.into(), reason }
    }
}

/// How many findings there are of each severity, and rules of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the number of what it is named after")]
#[non_exhaustive]
pub struct Counts {
    pub block: usize,
    pub warn: usize,
    pub inform: usize,
    pub pass: usize,
    pub fail: usize,
    pub not_applicable: usize,
    pub not_evaluated: usize,
    pub crashed: usize,
    /// Findings that a decision waives; they are among the warnings.
    pub waived: usize,
    /// Waivers that were applied.
    pub waivers_applied: usize,
}

impl Counts {
    /// Counts findings, outcomes and waivers.
    pub fn of(findings: &[Finding], outcomes: &[Outcome], waivers: &[WaiverReport]) -> Self {
        let applied =
            |waiver: &&WaiverReport| matches!(waiver.status, WaiverStatus::Applied { .. });
        let mut counts = Self {
            waived: findings.iter().filter(|finding| finding.waived.is_some()).count(),
            waivers_applied: waivers.iter().filter(applied).count(),
            ..Self::default()
        };
        for finding in findings {
            *match finding.severity {
                Severity::Block => &mut counts.block,
                Severity::Warn => &mut counts.warn,
                Severity::Inform => &mut counts.inform,
            } += 1;
        }
        for outcome in outcomes {
            *match outcome.status {
                OutcomeStatus::Pass => &mut counts.pass,
                OutcomeStatus::Fail { .. } => &mut counts.fail,
                OutcomeStatus::NotApplicable { .. } => &mut counts.not_applicable,
                OutcomeStatus::NotEvaluated { .. } => &mut counts.not_evaluated,
                OutcomeStatus::Crashed { .. } => &mut counts.crashed,
            } += 1;
        }
        counts
    }
}

/// Why a report cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The bytes are no JSON, or JSON of something else.
    #[error("not a report")]
    NotAReport {
        /// Where and why.
        source: serde_json::Error,
    },
    /// The report was written in another version of the format.
    #[error("the report has the format {found}, this program reads {FORMAT}")]
    OtherFormat {
        /// The version that the report states.
        found: String,
    },
    /// The report cannot be written as JSON.
    #[error("cannot write the report as JSON")]
    Write {
        /// Why.
        source: serde_json::Error,
    },
}

kycuong_model::error_codes!(ReportError {
    NotAReport => "not-a-report",
    OtherFormat => "other-report-format",
    Write => "report-not-written",
});

/// A report that has its own digest, and the JSON that it was digested and is handed out as.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sealed {
    /// The report, with its digest in the receipt.
    pub report: Report,
    /// [`Report::to_json`] of it.
    pub json: String,
}

/// How the JSON of a report ends whose receipt has no digest of it yet.
const UNSEALED_END: &str = "\n  }\n}\n";

impl Report {
    /// A complete report of nothing found and no rule run: what a check came to is still to be added.
    pub fn new(verdict: Verdict, on: Date, settings: Settings, receipt: Receipt) -> Self {
        Self {
            format: FORMAT.to_owned(),
            verdict,
            verdict_text: verdict.text(),
            raw_verdict: verdict,
            complete: true,
            subject: None,
            code: None,
            on,
            regime: None,
            jurisdictions: Vec::new(),
            settings,
            waivers: Vec::new(),
            out_of_scope: Vec::new(),
            counts: Counts::default(),
            findings: Vec::new(),
            outcomes: Vec::new(),
            receipt,
        }
    }

    /// The report as JSON: indented, members in a fixed order, a line feed at the end. The same
    /// report gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`ReportError::Write`], which no report gives: its maps have texts as keys, and no value of it
    /// can fail to be written.
    pub fn to_json(&self) -> Result<String, ReportError> {
        crate::counts::count(crate::counts::Work::Serialise);
        let json = serde_json::to_string_pretty(self);
        let mut json = json.map_err(|source| ReportError::Write { source })?;
        json.push('\n');
        Ok(json)
    }

    /// Reads a report that [`Report::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// [`ReportError::OtherFormat`] for a report of another version of the format, whatever is in it;
    /// [`ReportError::NotAReport`] for anything else.
    pub fn from_json(json: &[u8]) -> Result<Self, ReportError> {
        #[derive(Deserialize)]
        struct Format {
            format: String,
        }
        let not_a_report = |source| ReportError::NotAReport { source };
        let Format { format } = serde_json::from_slice(json).map_err(not_a_report)?;
        if format != FORMAT {
            return Err(ReportError::OtherFormat { found: format });
        }
        serde_json::from_slice(json).map_err(not_a_report)
    }

    /// Whether the receipt's digest is that of this report.
    pub fn is_authentic(&self) -> bool {
        let mut unsealed = self.clone();
        let (Some(sealed), Ok(json)) = (unsealed.receipt.report.take(), unsealed.to_json()) else {
            return false;
        };
        sealed == digest(json.as_bytes())
    }

    /// Puts the digest of everything else into the receipt; written as JSON once.
    ///
    /// # Errors
    ///
    /// As [`Report::to_json`].
    pub fn seal(mut self) -> Result<Sealed, ReportError> {
        self.receipt.report = None;
        let mut json = self.to_json()?;
        let digest = digest(json.as_bytes());
        // The digest is the last member of the last member, so that it can be added to the text.
        let end = json.strip_suffix(UNSEALED_END).map(str::len);
        self.receipt.report = Some(digest.clone());
        match end {
            Some(end) => {
                json.truncate(end);
                json.push_str(",\n    \"report\": \"");
                json.push_str(&digest);
                json.push('"');
                json.push_str(UNSEALED_END);
            }
            None => json = self.to_json()?,
        }
        Ok(Sealed { report: self, json })
    }
}

#[cfg(test)]
mod tests;
