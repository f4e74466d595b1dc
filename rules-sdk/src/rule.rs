//! One rule: its description and its function.

use kycuong_model::finding::{Missing, RuleStatus, Severity};

use crate::findings::{Checked, Findings, Stop};
use crate::input::Input;

/// A rule, as `#[rule]` makes it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// The highest severity of its findings.
    pub severity: Severity,
    /// The codes of all its violations, in the order of the list.
    pub violations: &'static [&'static str],
    /// The tables of facts without which it cannot decide.
    pub needed_facts: &'static [&'static str],
    /// Its description as JSON, up to the pack's id.
    pub manifest_before_pack: &'static [&'static str],
    /// The rest of it.
    pub manifest_after_pack: &'static [&'static str],
    /// The function behind it.
    pub run: fn(&Input<'_>, &mut Findings) -> Checked,
}

impl Rule {
    /// Runs the rule.
    pub fn evaluate(&self, input: &Input<'_>) -> RuleStatus {
        if let Some(table) = self.needed_facts.iter().find(|table| !input.has_table(table)) {
            return RuleStatus::NotEvaluated {
                missing: Missing::Facts((*table).to_owned()),
                findings: Vec::new(),
            };
        }
        let mut findings = Findings::new(self.severity);
        match (self.run)(input, &mut findings) {
            Ok(()) if findings.is_empty() => RuleStatus::Pass,
            Ok(()) => RuleStatus::Fail { findings: findings.into_vec() },
            Err(Stop::NotApplicable(reason)) if findings.is_empty() => {
                RuleStatus::NotApplicable { reason }
            }
            // A rule that found something and then says that it does not apply has found something.
            Err(Stop::NotApplicable(_)) => RuleStatus::Fail { findings: findings.into_vec() },
            Err(Stop::Missing(missing)) => {
                RuleStatus::NotEvaluated { missing, findings: findings.into_vec() }
            }
        }
    }
}
