//! Waivers: decisions by which what one rule finds in one dossier does not return it.
//!
//! A waived finding stays in the report and counts as a warning. A rule that did not decide is never
//! waived, since nobody knows what it would have found, and one rule's waiver covers no other's.

use std::collections::BTreeMap;

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::deployment::Waiver;
use crate::finding::Finding;
use crate::report::{Outcome, OutcomeStatus};

/// The decision that a finding is waived by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    /// The number of the decision.
    pub decision: String,
    /// When it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// The last day on which it covers.
    pub expires: Date,
    /// Why.
    pub reason: String,
}

/// What became of one waiver in one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverReport {
    /// The rule's id.
    pub rule: String,
    /// The code of the dossier that it is for.
    pub dossier: String,
    /// The number of the decision.
    pub decision: String,
    /// Whether it was applied.
    #[serde(flatten)]
    pub status: WaiverStatus,
}

/// Whether a waiver was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum WaiverStatus {
    /// It was.
    Applied {
        /// To so many findings.
        findings: usize,
    },
    /// It was not.
    NotApplied {
        /// Why not.
        because: NotApplied,
        /// The same in words.
        reason: Bilingual,
    },
}

/// Why a waiver was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotApplied {
    /// It is for another dossier.
    OtherDossier,
    /// It was signed later than the day of judging.
    NotYetSigned,
    /// It ended before the day of judging.
    Expired,
    /// Its rule crashed or lacked a datum.
    Undecided,
    /// Its rule found nothing.
    NothingFound,
    /// Another rule that is not waived found the same.
    FoundByOthers,
}

/// Applies waivers to merged findings; what became of each of them, in their order.
// INVARIANT: no finding is removed, and none becomes lighter than a warning.
pub(crate) fn apply(
    waivers: &[Waiver],
    findings: &mut [Finding],
    outcomes: &[Outcome],
    dossier: Option<&str>,
    on: Date,
) -> Vec<WaiverReport> {
    let mut valid: BTreeMap<&str, (&Waiver, usize)> = BTreeMap::new();
    for waiver in waivers.iter().filter(|waiver| refusal(waiver, outcomes, dossier, on).is_none()) {
        valid.insert(&waiver.rule, (waiver, 0));
    }
    for finding in findings {
        let rules = || std::iter::once(&finding.rule).chain(&finding.also);
        if finding.pack.is_none() || !rules().all(|rule| valid.contains_key(rule.as_str())) {
            continue;
        }
        for rule in rules() {
            if let Some((_, count)) = valid.get_mut(rule.as_str()) {
                *count += 1;
            }
        }
        if let Some((waiver, _)) = valid.get(finding.rule.as_str()) {
            finding.waive(waiver);
        }
    }
    let report = |waiver: &Waiver| {
        let because = refusal(waiver, outcomes, dossier, on);
        let applied = valid.get(waiver.rule.as_str()).map_or(0, |(_, count)| *count);
        let status = match because {
            None if applied > 0 => WaiverStatus::Applied { findings: applied },
            because => {
                let because = because.unwrap_or(NotApplied::FoundByOthers);
                WaiverStatus::NotApplied { because, reason: because.reason(waiver, on) }
            }
        };
        let Waiver { rule, dossier, decision, .. } = waiver.clone();
        WaiverReport { rule, dossier, decision, status }
    };
    waivers.iter().map(report).collect()
}

/// Why a waiver covers nothing here, whatever was found.
fn refusal(
    waiver: &Waiver,
    outcomes: &[Outcome],
    dossier: Option<&str>,
    on: Date,
) -> Option<NotApplied> {
    if dossier != Some(waiver.dossier.as_str()) {
        return Some(NotApplied::OtherDossier);
    }
    if waiver.date.is_some_and(|date| on < date) {
        return Some(NotApplied::NotYetSigned);
    }
    if waiver.expires < on {
        return Some(NotApplied::Expired);
    }
    let outcome = outcomes.iter().find(|outcome| outcome.rule == waiver.rule);
    match outcome.map(|outcome| &outcome.status) {
        Some(OutcomeStatus::Fail { .. }) => None,
        Some(OutcomeStatus::Crashed { .. } | OutcomeStatus::NotEvaluated { .. }) => {
            Some(NotApplied::Undecided)
        }
        _ => Some(NotApplied::NothingFound),
    }
}

impl NotApplied {
    fn reason(self, waiver: &Waiver, on: Date) -> Bilingual {
        match self {
            Self::OtherDossier => Bilingual::new(
                format!("Quyết định miễn cho hồ sơ “{}”.", waiver.dossier),
                format!("The waiver is for the dossier “{}”.", waiver.dossier),
            ),
            Self::NotYetSigned => {
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
            Self::Expired => Bilingual::new(
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
            Self::Undecided => Bilingual::new(
                "Quy tắc chưa có kết quả nên không miễn được.",
                "The rule did not decide, which cannot be waived.",
            ),
            Self::NothingFound => Bilingual::new(
                "Quy tắc không có phát hiện nào để miễn.",
                "The rule found nothing to waive.",
            ),
            Self::FoundByOthers => Bilingual::new(
                "Quy tắc khác, không được miễn, cũng phát hiện nội dung này.",
                "Another rule, which is not waived, found the same.",
            ),
        }
    }
}

impl Finding {
    /// Marks it with the decision; what blocked only warns.
    fn waive(&mut self, waiver: &Waiver) {
        let Waiver { decision, date, signer, expires, reason, .. } = waiver.clone();
        self.waived = Some(Waived { decision, date, signer, expires, reason });
        if self.severity > Severity::Warn {
            self.declared_severity.get_or_insert(self.severity);
            self.severity = Severity::Warn;
        }
    }
}
