//! From the answer of a rule to its outcome and findings in the report.

use kycuong_model::finding::{RuleStatus, Severity};
use kycuong_model::manifest::RuleDescription;
use kycuong_report::{Enforcement, Finding, Outcome, OutcomeStatus, VerdictRole};

use crate::finding::of_rule;
use crate::pack_set::PackInForce;

/// The outcome of a rule of an active pack.
pub(crate) fn outcome(
    pack: &PackInForce,
    rule: &RuleDescription,
    status: OutcomeStatus,
) -> Outcome {
    let id = pack.pack.manifest().pack.as_str();
    let severity = pack.severity(rule);
    let mut outcome = Outcome::new(rule.id.as_str(), id, rule.title.clone(), severity, status);
    outcome.requirement.clone_from(&rule.requirement);
    let role = VerdictRole {
        mandatory: severity == Severity::Block,
        advisory: pack.enforcement == Enforcement::Advisory,
    };
    let raw = VerdictRole {
        mandatory: pack.own_severity(rule) == Severity::Block,
        advisory: pack.is_advisory_itself(),
    };
    outcome.with_roles(role, raw)
}

/// The outcome and the findings of a rule that answered.
pub(crate) fn of_answer(
    pack: &PackInForce,
    rule: &RuleDescription,
    answer: RuleStatus,
) -> (Outcome, Vec<Finding>) {
    let (status, found) = match answer {
        RuleStatus::Pass => (OutcomeStatus::Pass, Vec::new()),
        RuleStatus::Fail { findings } => {
            (OutcomeStatus::Fail { findings: findings.len() }, findings)
        }
        RuleStatus::NotApplicable { reason } => {
            (OutcomeStatus::NotApplicable { reason }, Vec::new())
        }
        RuleStatus::NotEvaluated { missing, findings } => {
            (OutcomeStatus::not_evaluated(missing), findings)
        }
    };
    let outcome = outcome(pack, rule, status);
    let raw_ceiling = pack.own_severity(rule);
    let found = found.into_iter();
    let findings = found.map(|found| {
        let ceiling = pack.severity_of(rule, &found.code);
        of_rule(&outcome.pack, rule, found, ceiling, raw_ceiling)
    });
    let findings = findings.collect();
    (outcome, findings)
}
