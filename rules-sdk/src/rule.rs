//! One rule: its description and its function.

#[cfg(not(target_arch = "wasm32"))]
use std::collections::BTreeSet;

use kycuong_model::applicability::{another_kind, another_regime, another_stage};
use kycuong_model::codes::{DossierKind, Stage};
use kycuong_model::finding::{Missing, RuleStatus, Severity};
#[cfg(not(target_arch = "wasm32"))]
use kycuong_model::manifest::RuleDescription;
#[cfg(not(target_arch = "wasm32"))]
use kycuong_model::observe::reads_of;
use kycuong_model::regime::Regime;

use crate::findings::{Checked, Findings, Stop};
use crate::input::{Input, Subject};

/// A rule, as `#[rule]` makes it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// The highest severity of its findings.
    pub severity: Severity,
    /// The codes of all its violations, in the order of the list.
    pub violations: &'static [&'static str],
    /// The dossier kinds that it judges; empty for all.
    pub kinds: &'static [DossierKind],
    /// The regimes whose dossiers it judges; empty for all.
    pub regimes: &'static [Regime],
    /// The stages at which it judges a dossier; empty for all.
    pub stages: &'static [Stage],
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
        match self.concerns(input) {
            Ok(()) => self.decide(input),
            Err(Stop::NotApplicable(reason)) => RuleStatus::NotApplicable { reason },
            Err(Stop::Missing(missing)) => {
                RuleStatus::NotEvaluated { missing, findings: Vec::new() }
            }
        }
    }

    /// What the rule says of a subject that concerns it.
    fn decide(&self, input: &Input<'_>) -> RuleStatus {
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

    /// What its attribute says of it, as the manifest of a pack has it.
    ///
    /// # Errors
    ///
    /// When the pieces make no description, as those of a rule that no attribute made.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn description(&self, pack: &str) -> serde_json::Result<RuleDescription> {
        let parts = [self.manifest_before_pack, &[pack], self.manifest_after_pack];
        serde_json::from_str(&parts.concat().concat())
    }

    /// Runs the rule, and tells which members of the subject it looked at after its description had selected it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn observe(&self, input: &Input<'_>) -> (RuleStatus, BTreeSet<String>) {
        if self.concerns(input).is_err() {
            return (self.evaluate(input), BTreeSet::new());
        }
        reads_of(input.subject_document(), || self.decide(input))
    }

    /// Ends what the rule's description leaves out. A host asks no such thing; cases do.
    fn concerns(&self, input: &Input<'_>) -> Checked {
        let Subject::Dossier(dossier) = input.subject() else { return Ok(()) };
        if let Some(kind) = dossier.kind.get().filter(|kind| is_left_out(self.kinds, kind)) {
            return Err(Stop::NotApplicable(another_kind(kind)));
        }
        if !self.regimes.is_empty() {
            let regime = crate::require!(input.context().regime);
            if is_left_out(self.regimes, &regime) {
                return Err(Stop::NotApplicable(another_regime(regime)));
            }
        }
        if let Some(stage) = dossier.stage.get().filter(|stage| is_left_out(self.stages, stage)) {
            return Err(Stop::NotApplicable(another_stage(stage)));
        }
        Ok(())
    }
}

fn is_left_out<T: PartialEq>(listed: &[T], value: &T) -> bool {
    !listed.is_empty() && !listed.contains(value)
}
