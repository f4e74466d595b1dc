//! What became of waivers: the decision on a finding, and whether each waiver was applied.

use kycuong_model::date::Date;
use kycuong_model::localize::Localize;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::settings::Waiver;

/// The decision that a finding is waived by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Waived {
    /// The number of the decision.
    pub decision: String,
    /// When the decision was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// The last day on which the decision covers the finding.
    pub expires: Date,
    /// Why the finding is waived.
    pub reason: String,
}

impl Waived {
    /// The decision of a waiver.
    pub fn by(waiver: &Waiver) -> Self {
        let Waiver { decision, date, signer, expires, reason, .. } = waiver.clone();
        Self { decision, date, signer, expires, reason }
    }
}

/// What became of one waiver in one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WaiverReport {
    /// The rule's id.
    pub rule: String,
    /// The code of the violation that the waiver is for; all of the rule's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
    /// The code of the dossier that the waiver is for.
    pub dossier: String,
    /// The number of the decision.
    pub decision: String,
    /// Whether the waiver was applied.
    #[serde(flatten)]
    pub status: WaiverStatus,
}

impl WaiverReport {
    /// What the waiver is for: the rule's id, and after another slash the code of the violation when one is meant.
    pub fn waived_id(&self) -> String {
        match &self.violation {
            Some(violation) => format!("{}/{violation}", self.rule),
            None => self.rule.clone(),
        }
    }

    /// What became of a waiver.
    pub fn of(waiver: &Waiver, status: WaiverStatus) -> Self {
        let Waiver { rule, violation, dossier, decision, .. } = waiver.clone();
        Self { rule, violation, dossier, decision, status }
    }
}

/// Whether a waiver was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum WaiverStatus {
    /// The waiver covers findings of this submission.
    Applied {
        /// How many.
        findings: usize,
    },
    /// The waiver covers nothing here.
    NotApplied {
        /// Why not.
        because: NotApplied,
        /// The same in words.
        reason: Bilingual,
    },
}

impl WaiverStatus {
    /// The status of a waiver that was not applied on a day of judging, with the sentence that says
    /// why.
    pub fn not_applied(because: NotApplied, waiver: &Waiver, on: Date) -> Self {
        Self::NotApplied { because, reason: reason(because, waiver, on) }
    }
}

/// Why a waiver was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NotApplied {
    /// The waiver is for another dossier.
    OtherDossier,
    /// The decision was signed later than the day of judging.
    NotYetSigned,
    /// The waiver ended before the day of judging.
    Expired,
    /// Its rule crashed or lacked a datum.
    Undecided,
    /// Its rule found nothing, or not the violation that is meant.
    NothingFound,
    /// Another rule that is not waived found the same.
    FoundByOthers,
}

fn reason(because: NotApplied, waiver: &Waiver, on: Date) -> Bilingual {
    match because {
        NotApplied::OtherDossier => Bilingual::new(
            format!("Quyết định miễn cho hồ sơ “{}”.", waiver.dossier),
            format!("The waiver is for the dossier “{}”.", waiver.dossier),
        ),
        NotApplied::NotYetSigned => {
            let date = waiver.date.unwrap_or(on);
            Bilingual::new(
                format!("Quyết định ký ngày {}, sau ngày xét {}.", date.vi(), on.vi()),
                format!(
                    "The decision was signed on {}, after the day of judging, {}.",
                    date.en(),
                    on.en()
                ),
            )
        }
        NotApplied::Expired => Bilingual::new(
            format!(
                "Quyết định hết giá trị sau ngày {}; hồ sơ được xét ngày {}.",
                waiver.expires.vi(),
                on.vi()
            ),
            format!(
                "The waiver expired on {}; the day of judging is {}.",
                waiver.expires.en(),
                on.en()
            ),
        ),
        NotApplied::Undecided => Bilingual::new(
            "Quy tắc chưa có kết quả nên không miễn được.",
            "The rule did not decide, which cannot be waived.",
        ),
        NotApplied::NothingFound => Bilingual::new(
            "Quy tắc không có phát hiện nào để miễn.",
            "The rule found nothing to waive.",
        ),
        NotApplied::FoundByOthers => Bilingual::new(
            "Quy tắc khác, không được miễn, cũng phát hiện nội dung này.",
            "Another rule, which is not waived, found the same.",
        ),
    }
}
