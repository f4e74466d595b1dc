//! The id of a rule, `pack/name`, taken apart in one place.

use crate::manifest::RuleDescription;
use crate::spelling::edits;

/// A rule's id in its two parts; neither is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId<'a> {
    id: &'a str,
    slash: Option<usize>,
}

impl<'a> RuleId<'a> {
    /// Takes an id apart at its last slash; a text without one is a name without a pack.
    pub fn of(id: &'a str) -> Self {
        Self { id, slash: id.rfind('/') }
    }

    /// The id as a whole.
    pub fn as_str(self) -> &'a str {
        self.id
    }

    /// The pack, or for a finding of the host the stage that made it; `None` without a slash.
    pub fn pack(self) -> Option<&'a str> {
        self.id.get(..self.slash?)
    }

    /// The name of the rule in its pack.
    pub fn name(self) -> &'a str {
        let begin = self.slash.map_or(0, |slash| slash + 1);
        self.id.get(begin..).unwrap_or(self.id)
    }

    /// Whether somebody who wrote `words` named this rule: by its id, or by its name alone.
    pub fn is_named(self, words: &str) -> bool {
        self.id == words || self.name() == words
    }

    /// The rule that was probably meant by `words`; `None` when none is near. An id and a name alone are
    /// each measured.
    pub fn nearest(words: &str, ids: impl Iterator<Item = &'a str>) -> Option<Self> {
        ids.filter_map(|id| {
            let rule = Self::of(id);
            let name = edits(words, rule.name());
            edits(words, id).into_iter().chain(name).min().map(|edits| (edits, rule))
        })
        .min()
        .map(|(_, rule)| rule)
    }
}

impl RuleDescription {
    /// The name of the rule in its pack.
    pub fn name(&self) -> &str {
        RuleId::of(&self.id).name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_two_parts() {
        let rule = RuleId::of("vn-baseline/cost-arithmetic");
        assert_eq!((rule.pack(), rule.name()), (Some("vn-baseline"), "cost-arithmetic"));
        assert!(rule.is_named("cost-arithmetic") && rule.is_named("vn-baseline/cost-arithmetic"));
        assert!(!rule.is_named("arithmetic"));
        let bare = RuleId::of("cost-arithmetic");
        assert_eq!((bare.pack(), bare.name()), (None, "cost-arithmetic"));
    }

    #[test]
    fn the_nearest_rule_is_near() {
        let ids = ["vn-baseline/cost-arithmetic", "gia-lai/norm-ceiling-legacy"];
        let nearest = |words| RuleId::nearest(words, ids.into_iter()).map(RuleId::as_str);
        assert_eq!(nearest("cost-aritmetic"), Some("vn-baseline/cost-arithmetic"));
        assert_eq!(nearest("gia-lai/norm-celing-legacy"), Some("gia-lai/norm-ceiling-legacy"));
        assert_eq!(nearest("cost"), None);
    }
}
