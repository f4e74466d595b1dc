//! Waivers: decisions by which what one rule finds in one dossier does not return it.
//!
//! A waived finding stays in the report and counts as a warning. A rule that did not decide is never
//! waived, since nobody knows what it would have found, and one rule's waiver covers no other's.

use std::collections::BTreeMap;

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_report::{
    Finding, NotApplied, Outcome, OutcomeStatus, Waived, Waiver, WaiverReport, WaiverStatus,
};

use crate::finding::{Placed, set_raw_severity};

/// Applies waivers to merged findings; what became of each of them, in their order.
// INVARIANT: no finding is removed, and none becomes lighter than a warning.
pub(crate) fn apply(
    waivers: &[Waiver],
    findings: &mut [Placed],
    outcomes: &[Outcome],
    dossier: Option<&str>,
    on: Date,
) -> Vec<WaiverReport> {
    let mut valid: BTreeMap<&str, (&Waiver, usize)> = BTreeMap::new();
    for waiver in waivers.iter().filter(|waiver| refusal(waiver, outcomes, dossier, on).is_none()) {
        valid.insert(&waiver.rule, (waiver, 0));
    }
    for Placed { finding, .. } in findings {
        if finding.pack.is_none() || !finding.rules().all(|rule| valid.contains_key(rule)) {
            continue;
        }
        for rule in finding.rules() {
            if let Some((_, count)) = valid.get_mut(rule) {
                *count += 1;
            }
        }
        if let Some((waiver, _)) = valid.get(finding.rule.as_str()) {
            waive(finding, waiver);
        }
    }
    let report = |waiver: &Waiver| {
        let because = refusal(waiver, outcomes, dossier, on);
        let applied = valid.get(waiver.rule.as_str()).map_or(0, |(_, count)| *count);
        let status = match because {
            None if applied > 0 => WaiverStatus::Applied { findings: applied },
            because => {
                let because = because.unwrap_or(NotApplied::FoundByOthers);
                WaiverStatus::not_applied(because, waiver, on)
            }
        };
        WaiverReport::of(waiver, status)
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

/// Marks a finding with the decision; what blocked only warns.
fn waive(finding: &mut Finding, waiver: &Waiver) {
    let raw = finding.raw_severity();
    finding.waived = Some(Waived::by(waiver));
    if finding.severity > Severity::Warn {
        finding.declared_severity.get_or_insert(finding.severity);
        finding.severity = Severity::Warn;
    }
    set_raw_severity(finding, raw);
}
