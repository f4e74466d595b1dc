//! The cases that a pack carries: what shows, without running anything, what each of its rules does.
//!
//! They stand in a custom section of the component beside the manifest. The builder writes them from
//! the author's folders of cases; nothing here runs them. What a case asks ([`CaseDocuments`]) and
//! what is wrong with the answer ([`Deviation`]) is said here once, for whoever runs them.

use serde::{Deserialize, Serialize};

use crate::finding::RuleStatus;

mod documents;

pub use documents::{CaseDocuments, CaseFileError};

/// The custom section of the component that holds the cases as JSON; a pack without cases has none.
pub const CASES_SECTION: &str = "kycuong:cases";

/// Largest section of cases, in bytes: 4 MiB. The cases of forty rules take under 1 MB, and a case
/// holds no more than what its rule reads. It bounds what an author can put in and what a host
/// reads, and is no limit of a check: cases change no outcome of one.
pub const CASES_BYTES_MAX: usize = 4 << 20;

/// The cases of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackCases {
    /// The rules that have some, in the order of the manifest.
    pub rules: Vec<RuleCases>,
}

/// The cases of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCases {
    /// `pack/rule-name`.
    pub rule: String,
    /// In the order of their names.
    pub cases: Vec<CarriedCase>,
}

/// One case, as it stood beside the sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedCase {
    /// The name of its file without `.json`: `invalid-one-dong-short`.
    pub name: String,
    /// What that name promises.
    pub expectation: Expectation,
    /// The file, as it is: JSON with a `subject` and perhaps `on`, `regime`, `facts`, `parameters`.
    pub content: String,
    /// What the rule says of it, as [`crate::snapshot`] writes it; absent when the author recorded
    /// nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// What a case's file name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// `valid-…`: the rule passes, or does not concern the subject.
    Valid,
    /// `invalid-…`: at least one finding.
    Invalid,
    /// `missing-…`: something is absent, and that is no pass.
    Missing,
}

impl Expectation {
    /// What the name of a case promises; `None` when it promises nothing.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.split_once('-')?.0 {
            "valid" => Some(Self::Valid),
            "invalid" => Some(Self::Invalid),
            "missing" => Some(Self::Missing),
            _ => None,
        }
    }

    /// Whether an outcome keeps the promise.
    pub fn admits(self, status: &RuleStatus) -> bool {
        match self {
            Self::Valid => matches!(status, RuleStatus::Pass | RuleStatus::NotApplicable { .. }),
            Self::Invalid => matches!(status, RuleStatus::Fail { .. }),
            Self::Missing => {
                matches!(status, RuleStatus::Fail { .. } | RuleStatus::NotEvaluated { .. })
            }
        }
    }
}

/// What is wrong with the outcome of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// The name of the case promises something else.
    Promise,
    /// The author recorded something else.
    Differs,
    /// The author recorded nothing.
    Unrecorded,
}

/// All that is wrong with the outcome of a case: against the promise of its name, and against what
/// its author recorded. `shown` is the outcome as [`crate::snapshot::render`] writes it.
pub fn deviations(
    expectation: Expectation,
    recorded: Option<&str>,
    status: &RuleStatus,
    shown: &str,
) -> Vec<Deviation> {
    let promise = (!expectation.admits(status)).then_some(Deviation::Promise);
    let record = match recorded {
        Some(recorded) => (recorded != shown).then_some(Deviation::Differs),
        None => Some(Deviation::Unrecorded),
    };
    promise.into_iter().chain(record).collect()
}

impl PackCases {
    /// The cases of a rule, by its id; none when it has none.
    pub fn of(&self, rule: &str) -> &[CarriedCase] {
        self.rules
            .iter()
            .find(|cases| cases.rule == rule)
            .map(|cases| cases.cases.as_slice())
            .unwrap_or_default()
    }

    /// All cases of all rules.
    pub fn count(&self) -> usize {
        self.rules.iter().map(|rule| rule.cases.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_promises_by_its_first_word() {
        for (name, promise) in [
            ("valid-exactly-two-percent", Some(Expectation::Valid)),
            ("invalid-one-dong-short", Some(Expectation::Invalid)),
            ("missing-year", Some(Expectation::Missing)),
            ("validity", None),
            ("other-case", None),
            ("", None),
        ] {
            assert_eq!(Expectation::of_name(name), promise, "{name}");
        }
    }

    #[test]
    fn an_outcome_is_held_against_the_promise_and_the_record() {
        let (status, shown) = (RuleStatus::Pass, "pass[thu/mot]\n");
        for (expectation, recorded, wrong) in [
            (Expectation::Valid, Some(shown), vec![]),
            (Expectation::Valid, Some("pass[thu/mot]"), vec![Deviation::Differs]),
            (Expectation::Valid, None, vec![Deviation::Unrecorded]),
            (Expectation::Invalid, Some(shown), vec![Deviation::Promise]),
            (Expectation::Missing, None, vec![Deviation::Promise, Deviation::Unrecorded]),
        ] {
            assert_eq!(deviations(expectation, recorded, &status, shown), wrong, "{recorded:?}");
        }
    }

    #[test]
    fn a_rule_without_cases_has_none() {
        let case = CarriedCase {
            name: "valid-a".to_owned(),
            expectation: Expectation::Valid,
            content: "{}".to_owned(),
            outcome: None,
        };
        let rule = RuleCases { rule: "thu/mot".to_owned(), cases: vec![case] };
        let cases = PackCases { rules: vec![rule] };
        assert_eq!(
            (cases.of("thu/mot").len(), cases.of("thu/hai").len(), cases.count()),
            (1, 0, 1)
        );
        let json = serde_json::to_string(&cases).unwrap();
        assert_eq!(
            json,
            r#"{"rules":[{"rule":"thu/mot","cases":[{"name":"valid-a","expectation":"valid","content":"{}"}]}]}"#
        );
        assert_eq!(serde_json::from_str::<PackCases>(&json).unwrap(), cases);
    }
}
