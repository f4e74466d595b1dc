//! Why a pack does not pass its self-test: every rule and case, with both outcomes.

use std::fmt;

use kycuong_model::cases::{CaseDocumentError, Expectation};
use kycuong_model::text::with_causes;
use kycuong_report::Crash;

/// Why a pack does not pass its self-test.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SelfTestError {
    /// It carries more cases than a host runs.
    #[error("it carries {found} cases, this host runs {limit} of a pack")]
    TooManyCases {
        /// Its cases.
        found: usize,
        /// The most of a pack.
        limit: usize,
    },
    /// Its cases take more fuel than they may together.
    #[error(
        "its cases used up the {limit} units of fuel that they may take together; {done} of {cases} were run{}",
        and_listed(problems, *found)
    )]
    OutOfFuel {
        /// The cases that were run, the last of them perhaps not to its end.
        done: usize,
        /// All of them.
        cases: usize,
        /// The budget of all of them, in units of fuel.
        limit: u64,
        /// What was wrong so far, by rule and case; at most 50.
        problems: Vec<SelfTestProblem>,
        /// How many there were so far.
        found: usize,
    },
    /// A case came out otherwise, or a rule has none that shows it to fail.
    #[error("{}", listed(problems, *found))]
    Failed {
        /// What is wrong, by rule and case; at most 50.
        problems: Vec<SelfTestProblem>,
        /// How many there are.
        found: usize,
    },
}

impl SelfTestError {
    /// What is wrong, by rule and case: at most 50 entries, and how many there are.
    pub fn problems(&self) -> (&[SelfTestProblem], usize) {
        match self {
            Self::TooManyCases { .. } => (&[], 0),
            Self::OutOfFuel { problems, found, .. } | Self::Failed { problems, found } => {
                (problems, *found)
            }
        }
    }
}

/// What is wrong with one case, or with a rule's cases together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfTestProblem {
    /// `pack/rule-name`.
    pub rule: String,
    /// Kind and name of the case; `None` when it is about all of them.
    pub case: Option<String>,
    /// What is wrong.
    pub kind: CaseProblem,
}

/// What can be wrong with a case. Outcomes are as files of cases show them, a line for each finding, cut
/// to 4 KiB.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseProblem {
    /// No case shows the rule to fail, so nothing shows that it ever does.
    #[error("has no case `invalid: …`, which would show that it fails where it must")]
    NeverFails,
    /// The case is none.
    #[error("is no case")]
    Unreadable {
        /// Why.
        source: CaseDocumentError,
    },
    /// The author recorded no outcome, so there is nothing to compare with.
    #[error("has no recorded outcome; here it is `{}`", first_line(outcome))]
    Unrecorded {
        /// What the rule says here.
        outcome: String,
    },
    /// The outcome is not the recorded one.
    #[error("differs in {difference}")]
    Differs {
        /// What differs, with both.
        difference: String,
        /// What the author recorded.
        recorded: String,
        /// What the rule says here.
        outcome: String,
    },
    /// The outcome is not what the kind of the case promises.
    #[error("promises `{}`, and the outcome is `{}`", promised.code(), first_line(outcome))]
    Promise {
        /// What it promises.
        promised: Expectation,
        /// What the rule says here.
        outcome: String,
    },
    /// The rule crashed on it.
    #[error("has no outcome")]
    Crashed {
        /// How.
        source: Crash,
    },
}

impl CaseProblem {
    /// What the author recorded, when there is something to compare.
    pub fn recorded(&self) -> Option<&str> {
        match self {
            Self::Differs { recorded, .. } => Some(recorded),
            _ => None,
        }
    }

    /// What the rule says here, when it says something.
    pub fn outcome(&self) -> Option<&str> {
        match self {
            Self::Differs { outcome, .. }
            | Self::Unrecorded { outcome }
            | Self::Promise { outcome, .. } => Some(outcome),
            Self::NeverFails | Self::Unreadable { .. } | Self::Crashed { .. } => None,
        }
    }
}

impl fmt::Display for SelfTestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, case, kind } = self;
        // A list has no source of its own: each entry says its cause itself.
        let kind = with_causes(kind);
        match case {
            None => write!(f, "the rule `{rule}` {kind}"),
            Some(case) => write!(f, "the case `{case}` of the rule `{rule}` {kind}"),
        }
    }
}

/// All problems in one line.
fn listed(problems: &[SelfTestProblem], found: usize) -> String {
    let each = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match found.saturating_sub(problems.len()) {
        0 => each,
        more => format!("{each}; and {more} more"),
    }
}

fn and_listed(problems: &[SelfTestProblem], found: usize) -> String {
    if problems.is_empty() { String::new() } else { format!("; {}", listed(problems, found)) }
}

fn first_line(outcome: &str) -> &str {
    outcome.lines().next().unwrap_or_default()
}

kycuong_model::error_codes! { CaseProblem {
    NeverFails => "self-test-rule-never-fails",
    Unreadable => "self-test-case-unreadable",
    Unrecorded => "self-test-case-unrecorded",
    Differs => "self-test-case-differs",
    Promise => "self-test-case-breaks-its-promise",
    Crashed => "self-test-case-crashed",
} }

kycuong_model::error_codes! { SelfTestError {
    TooManyCases => "self-test-too-many-cases",
    OutOfFuel => "self-test-out-of-fuel",
    Failed => "self-test-cases-differ",
} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_says_how_many_more() {
        let problem = SelfTestProblem {
            rule: "thu/mot".to_owned(),
            case: Some("valid-a".to_owned()),
            kind: CaseProblem::Crashed { source: Crash::NoAnswer },
        };
        let error = SelfTestError::Failed { problems: vec![problem; 2], found: 5 };
        let each = "the case `valid-a` of the rule `thu/mot` has no outcome: answered nothing for the rule";
        assert_eq!(error.to_string(), format!("{each}; {each}; and 3 more"));
    }
}
