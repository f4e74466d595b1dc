//! Finding out which rule crashed: each is evaluated in isolation, within a budget that the pack cannot stretch.

use kycuong_report::Crash;

use super::{RuleResult, Running};

impl Running<'_> {
    /// Evaluates each rule in an instance of its own, after evaluating all at once failed.
    ///
    /// First each gets an equal slice of half of what the pack may use for this, which is far more
    /// than an honest rule needs; then those that used theirs up get a whole budget each, in order,
    /// for as long as there is fuel. All of it depends on fuel alone, so it is the same everywhere.
    pub(super) fn retry_in_isolation(&mut self) -> Vec<RuleResult> {
        let rules = self.request.rules;
        let budget = self.evaluation.fuel_limit;
        let factor = self.pack.limits().isolation_budget_factor;
        let pool = budget.saturating_mul(u64::from(factor.max(1)));
        let slice = (pool / 2 / (rules.len() as u64).max(1)).min(budget);
        let spent_before = self.evaluation.fuel_consumed;
        let first: Vec<_> = rules.iter().map(|rule| self.isolated(rule, slice)).collect();
        let second = rules.iter().zip(first).map(|(rule, outcome)| {
            let starved = matches!(outcome, RuleResult::Crashed(Crash::FuelExhausted { .. }))
                && slice < budget;
            if !starved {
                return outcome;
            }
            let spent = self.evaluation.fuel_consumed.saturating_sub(spent_before);
            let left = pool.saturating_sub(spent).min(budget);
            // Less than it had before would only tell the same again.
            let outcome = if left > slice { self.isolated(rule, left) } else { outcome };
            match outcome {
                RuleResult::Crashed(Crash::FuelExhausted { limit }) if limit < budget => {
                    RuleResult::Crashed(Crash::PackFuelExhausted { limit: pool })
                }
                outcome => outcome,
            }
        });
        second.collect()
    }

    fn isolated(&mut self, rule: &String, fuel: u64) -> RuleResult {
        match self.evaluate(std::slice::from_ref(rule), fuel) {
            Ok(outcomes) => {
                outcomes.into_iter().next().unwrap_or(RuleResult::Crashed(Crash::NoAnswer))
            }
            Err(crash) => RuleResult::Crashed(crash),
        }
    }
}
