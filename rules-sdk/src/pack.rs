//! A pack: its rules in order, and its manifest.

use kycuong_model::finding::{Response, RuleOutcome};

use crate::input::Input;
use crate::rule::Rule;

/// A rule pack, as `rule_pack!` makes it.
#[derive(Debug)]
pub struct Pack {
    /// The pack's id.
    pub id: &'static str,
    /// The manifest as JSON.
    pub manifest: &'static str,
    /// Its rules, in the order of the list.
    pub rules: &'static [&'static Rule],
}

impl Pack {
    /// The rule of an id `pack/rule-name`.
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        let name = id.strip_prefix(self.id)?.strip_prefix('/')?;
        self.rules.iter().copied().find(|rule| rule.name == name)
    }

    /// Runs the rules asked for, in the order asked.
    ///
    /// # Errors
    /// A sentence naming the rule that this pack does not have.
    pub fn evaluate<S: AsRef<str>>(
        &self,
        input: &Input<'_>,
        rules: &[S],
    ) -> Result<Response, String> {
        let mut outcomes = Vec::with_capacity(rules.len());
        for id in rules {
            let id = id.as_ref();
            let rule =
                self.rule(id).ok_or_else(|| format!("pack `{}` has no rule `{id}`", self.id))?;
            outcomes.push(RuleOutcome { rule: id.to_owned(), status: rule.evaluate(input) });
        }
        Ok(Response { outcomes })
    }
}
