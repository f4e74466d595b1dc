//! Waivers: decisions by which what one rule finds in one dossier, or one violation of it, does not return it.
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
// INVARIANT: no finding is removed, and none becomes less than a warning.
pub(crate) fn apply(
    waivers: &[Waiver],
    findings: &mut [Placed],
    outcomes: &[Outcome],
    dossier: Option<&str>,
    on: Date,
) -> Vec<WaiverReport> {
    let mut valid: BTreeMap<(&str, Option<&str>), Covering<'_>> = BTreeMap::new();
    for waiver in waivers.iter().filter(|waiver| refusal(waiver, outcomes, dossier, on).is_none()) {
        let covering = Covering { waiver, findings: 0, is_met: false };
        valid.insert((&waiver.rule, waiver.violation.as_deref()), covering);
    }
    for Placed { finding, .. } in findings {
        if finding.pack.is_none() {
            continue;
        }
        for rule in finding.rules() {
            for violation in [Some(finding.code.as_str()), None] {
                if let Some(covering) = valid.get_mut(&(rule, violation)) {
                    covering.is_met = true;
                }
            }
        }
        // The waiver of the violation goes before that of its rule.
        let key = |rule| {
            let both = [(rule, Some(finding.code.as_str())), (rule, None)];
            both.into_iter().find(|key| valid.contains_key(key))
        };
        let Some(keys) = finding.rules().map(key).collect::<Option<Vec<_>>>() else { continue };
        for key in &keys {
            if let Some(covering) = valid.get_mut(key) {
                covering.findings += 1;
            }
        }
        let own = keys.first().and_then(|key| valid.get(key)).map(|covering| covering.waiver);
        if let Some(waiver) = own {
            waive(finding, waiver);
        }
    }
    let report = |waiver: &Waiver| {
        let covering = valid.get(&(waiver.rule.as_str(), waiver.violation.as_deref()));
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
