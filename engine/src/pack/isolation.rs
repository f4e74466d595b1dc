//! Finding out which rule crashed: each is evaluated in isolation, within a budget that the pack cannot stretch.

use kycuong_report::Crash;

use super::{RuleResult, Running};

impl Running<'_> {
    /// Evaluates each rule in an instance of its own, after evaluating all at once failed.
    ///
    /// All of it stays within the pool ([`Limits::isolation_budget_factor`](crate::Limits)). First each rule
    /// gets an equal slice of half of it; then those that used theirs up get, round by round, an equal
    /// slice of half of what is left, and in the end, in order, what there is. So a rule that loops
    /// takes no more from the others than a share. All of it depends on fuel alone, so it is the same
    /// everywhere.
    pub(super) fn retry_in_isolation(&mut self) -> Vec<RuleResult> {
        let rules = self.request.rules;
        let budget = self.evaluation.fuel_limit;
        let starved = RuleResult::Crashed(Crash::PackFuelExhausted { limit: self.pool });
        let mut pool = Pool { left: self.pool };
        let mut outcomes = vec![starved.clone(); rules.len()];
        let mut slice = 0;
        loop {
            let waiting = outcomes.iter().filter(|outcome| **outcome == starved).count() as u64;
            let share = (pool.left / 2 / waiting.max(1)).min(budget);
            // Less than they had before would only tell the same again.
            if waiting == 0 || share <= slice {
                break;
            }
            slice = share;
            for (rule, outcome) in rules.iter().zip(&mut outcomes) {
                if *outcome == starved && pool.left >= slice {
                    self.ask_alone(rule, slice, &mut pool, outcome);
                }
            }
        }
        for (rule, outcome) in rules.iter().zip(&mut outcomes) {
            let rest = pool.left.min(budget);
            if *outcome == starved && rest > slice {
                self.ask_alone(rule, rest, &mut pool, outcome);
            }
        }
        outcomes
    }

    /// Asks one rule with a slice of the pool; it keeps its outcome when less than a whole budget was not
    /// enough.
    fn ask_alone(&mut self, rule: &String, slice: u64, pool: &mut Pool, outcome: &mut RuleResult) {
        let before = self.evaluation.fuel_consumed;
        let asked = self.isolated(rule, slice);
        pool.left = pool.left.saturating_sub(self.evaluation.fuel_consumed.saturating_sub(before));
        let used_up = matches!(asked, RuleResult::Crashed(Crash::FuelExhausted { .. }));
        if !used_up || slice >= self.evaluation.fuel_limit {
            *outcome = asked;
        }
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

/// The fuel that is left for evaluating rules in isolation.
struct Pool {
    left: u64,
}
