//! What became of a pack's mutants, and the score.

use std::collections::BTreeMap;

use kycuong_model::manifest::{PackStatus, RuleDescription};
use serde::Serialize;

/// What a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MutantKind {
    /// A constant, a boundary, a code, a severity, a parameter's default.
    Source,
    /// A member of a dossier, of the facts or of the context.
    Data,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// A case says something else.
    Noticed {
        /// The first such case: the rule, then kind and name.
        by: String,
    },
    /// No case does.
    Survived {
        /// What the cases have to do with it.
        why: String,
        /// The case to write.
        suggestion: String,
        /// The reason in the pack's README, when it is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        accepted: Option<String>,
    },
    /// It is no mutant: it does not compile, or nothing switches it. Not counted.
    LeftOut {
        /// Why.
        why: String,
    },
}

/// A mutant and its fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mutant {
    /// Its stable name: `rule/what:step`, without line numbers.
    pub id: String,
    /// The rule, or the file that rules share.
    pub rule: String,
    /// What it changes.
    pub kind: MutantKind,
    /// `src/….rs:12`, or the member.
    pub place: String,
    /// What stood there; empty for data.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What the mutant has instead.
    pub after: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// How many of some mutants were noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Mutants that a case notices.
    pub noticed: usize,
    /// All that count.
    pub counted: usize,
}

impl Score {
    /// The share in whole per cent, rounded down; 100 of nothing.
    pub fn percent(self) -> usize {
        (self.noticed * 100).checked_div(self.counted).unwrap_or(100)
    }

    /// Whether at least `percent` of a hundred are noticed.
    pub fn reaches(self, percent: usize) -> bool {
        self.noticed * 100 >= percent * self.counted
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { noticed: self.noticed + other.noticed, counted: self.counted + other.counted }
    }
}

/// What became of a pack's mutants.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The pack's id.
    pub pack: String,
    /// Whether it binds by itself.
    pub status: PackStatus,
    /// All its rules, in the order of its list.
    #[serde(skip)]
    pub rules: Vec<RuleDescription>,
    /// All mutants: by rule, sources before data, in the order of the source.
    pub mutants: Vec<Mutant>,
    /// Entries of the README whose mutant is noticed by now, or is none.
    pub stale: Vec<String>,
    /// How many evaluations it took.
    pub evaluations: usize,
}

impl Report {
    /// The score of the mutants that fit.
    pub fn score(&self, fits: impl Fn(&Mutant) -> bool) -> Score {
        let mut score = Score::default();
        for mutant in self.mutants.iter().filter(|mutant| fits(mutant)) {
            match mutant.fate {
                Fate::Noticed { .. } => score = score.plus(Score { noticed: 1, counted: 1 }),
                Fate::Survived { .. } => score.counted += 1,
                Fate::LeftOut { .. } => {}
            }
        }
        score
    }

    /// The score of all.
    pub fn total(&self) -> Score {
        self.score(|_| true)
    }

    /// The scores by rule: sources, data.
    pub fn by_rule(&self) -> BTreeMap<&str, (Score, Score)> {
        let rules = self.mutants.iter().map(|mutant| mutant.rule.as_str());
        rules
            .map(|rule| {
                let of = |kind| self.score(|mutant| mutant.rule == rule && mutant.kind == kind);
                (rule, (of(MutantKind::Source), of(MutantKind::Data)))
            })
            .collect()
    }

    /// The mutants that no case notices.
    pub fn survivors(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| matches!(mutant.fate, Fate::Survived { .. }))
    }

    /// The survivors with their reasons.
    pub fn reasons(&self) -> impl Iterator<Item = (&Mutant, Option<&str>)> {
        self.mutants.iter().filter_map(|mutant| match &mutant.fate {
            Fate::Survived { accepted, .. } => Some((mutant, accepted.as_deref())),
            _ => None,
        })
    }

    /// The survivors for which the README has no reason.
    pub fn unexplained(&self) -> impl Iterator<Item = &Mutant> {
        self.survivors()
            .filter(|mutant| matches!(mutant.fate, Fate::Survived { accepted: None, .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_never_rounded_up() {
        let score = Score { noticed: 899, counted: 1000 };
        assert_eq!((score.percent(), score.reaches(90), score.reaches(89)), (89, false, true));
        assert!(Score { noticed: 9, counted: 10 }.reaches(90));
        assert_eq!(Score::default().percent(), 100);
    }
}
