//! Waivers: decisions by which what one rule finds in one dossier, or one violation of it, does not return it.
//!
//! A waived finding stays in the report and counts as a warning. A rule that did not decide is never
//! waived, since nobody knows what it would have found, and one rule's waiver covers no other's.

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_report::{
    Finding, NotApplied, Outcome, OutcomeStatus, Waived, Waiver, WaiverReport, WaiverStatus,
};

use crate::finding::{Placed, set_raw_severity};

/// Applies waivers to merged findings; what became of each of them, in their order.
// INVARIANT: no finding is removed, and none becomes less than a warning.
pub(crate) fn apply(
    waivers: &[Waiver],
    findings: &mut [Placed],
    outcomes: &[Outcome],
    dossier: Option<&str>,
    on: Date,
) -> Vec<WaiverReport> {
    let is_valid = |waiver: &&Waiver| refusal(waiver, outcomes, dossier, on).is_none();
    let valid = waivers.iter().filter(is_valid);
    let mut valid: Vec<Covering<'_>> =
        valid.map(|waiver| Covering { waiver, findings: 0, is_met: false }).collect();
    for Placed { finding, .. } in findings {
        if finding.pack.is_none() {
            continue;
        }
        let met = |covering: &&mut Covering<'_>| {
            finding.rules().any(|rule| covering.is_for(rule, &finding.code))
        };
        for covering in valid.iter_mut().filter(met) {
            covering.is_met = true;
        }
        // The waiver of the violation goes before that of its rule.
        let closest = |rule| {
            let fitting = valid.iter().enumerate();
            fitting
                .filter(|(_, covering)| covering.is_for(rule, &finding.code))
                .max_by_key(|(_, covering)| covering.waiver.violation.is_some())
                .map(|(place, _)| place)
        };
        let places: Option<Vec<usize>> = finding.rules().map(closest).collect();
        let Some(places) = places else { continue };
        for place in &places {
            if let Some(covering) = valid.get_mut(*place) {
                covering.findings += 1;
            }
        }
        let own = places.first().and_then(|place| valid.get(*place));
        if let Some(waiver) = own.map(|covering| covering.waiver) {
            waive(finding, waiver);
        }
    }
    let report = |waiver: &Waiver| {
        let covering = valid.iter().find(|covering| covering.waiver == waiver);
        let because = refusal(waiver, outcomes, dossier, on);
        let status = match (because, covering) {
            (None, Some(Covering { findings: findings @ 1.., .. })) => {
                WaiverStatus::Applied { findings: *findings }
            }
            (because, covering) => {
                let is_met = covering.is_some_and(|covering| covering.is_met);
                let otherwise =
                    if is_met { NotApplied::FoundByOthers } else { NotApplied::NothingFound };
                WaiverStatus::not_applied(because.unwrap_or(otherwise), waiver, on)
            }
        };
        WaiverReport::of(waiver, status)
    };
    waivers.iter().map(report).collect()
}

/// A waiver that holds for this dossier today.
struct Covering<'w> {
    waiver: &'w Waiver,
    /// How many findings it covers.
    findings: usize,
    /// Whether something that it is for was found.
    is_met: bool,
}

impl Covering<'_> {
    /// Whether it is for a violation of a rule.
    fn is_for(&self, rule: &str, code: &str) -> bool {
        let Waiver { rule: own, violation, .. } = self.waiver;
        own == rule && violation.as_deref().is_none_or(|meant| meant == code)
    }
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
