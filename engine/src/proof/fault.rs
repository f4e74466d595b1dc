//! Why a pack's cases do not prove it: every rule and case, with both outcomes.

use crate::error::codes::error_codes;
use std::fmt;

use kycuong_model::cases::{CaseFileError, Expectation};
use kycuong_model::text::with_causes;
use kycuong_report::Crash;

/// Why a pack is not proved by its cases.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
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
        problems: Vec<ProofProblem>,
        /// How many there were so far.
        found: usize,
    },
    /// A case came out otherwise, or a rule has none that shows it to fail.
    #[error("{}", listed(problems, *found))]
    Failed {
        /// What is wrong, by rule and case; at most 50.
        problems: Vec<ProofProblem>,
        /// How many there are.
        found: usize,
    },
}

impl ProofError {
    /// What is wrong, by rule and case: at most 50 entries, and how many there are.
    pub fn problems(&self) -> (&[ProofProblem], usize) {
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
pub struct ProofProblem {
    /// `pack/rule-name`.
    pub rule: String,
    /// The name of the case; `None` when it is about all of them.
    pub case: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a case. Outcomes are as snapshots show them, cut to 4 KiB.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// No case shows the rule to fail, so nothing shows that it ever does.
    #[error("has no case `invalid-…`, which would show that it fails where it must")]
    NeverFails,
    /// The case is none.
    #[error("is no case")]
    Unreadable {
        /// Why.
        source: CaseFileError,
    },
    /// The author recorded no outcome, so there is nothing to compare with.
    #[error("has no recorded outcome; here it is `{}`", first_line(outcome))]
    Unrecorded {
        /// What the rule says here.
        outcome: String,
    },
    /// The outcome is not the recorded one.
    #[error("differs in line {line}: recorded is `{recorded_line}`, here it is `{outcome_line}`")]
    Differs {
        /// The first line that differs, from 1.
        line: usize,
        /// That line as it is recorded; empty when the record ends before.
        recorded_line: String,
        /// That line as it is here; empty when the outcome ends before.
        outcome_line: String,
        /// What the author recorded.
        recorded: String,
        /// What the rule says here.
        outcome: String,
    },
    /// The outcome is not what the name of the case promises.
    #[error("promises `{}` by its name, and the outcome is `{}`", word(*promised), first_line(outcome))]
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

impl Fault {
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

    /// The fault of an outcome that is not the recorded one; `legible` makes a text fit to be shown.
    pub(super) fn differs(recorded: &str, outcome: &str, legible: fn(&str) -> String) -> Self {
        let (mut theirs, mut ours) = (recorded.split('\n'), outcome.split('\n'));
        let mut line = 0;
        let (recorded_line, outcome_line) = loop {
            line += 1;
            match (theirs.next(), ours.next()) {
                (Some(a), Some(b)) if a == b => {}
                (a, b) => break (a.unwrap_or_default(), b.unwrap_or_default()),
            }
        };
        let shown = |line: &str| legible(line).trim_end_matches('\n').to_owned();
        Self::Differs {
            line,
            recorded_line: shown(recorded_line),
            outcome_line: shown(outcome_line),
            recorded: legible(recorded),
            outcome: legible(outcome),
        }
    }
}

impl fmt::Display for ProofProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, case, fault } = self;
        // A list has no source of its own: each entry says its cause itself.
        let fault = with_causes(fault);
        match case {
            None => write!(f, "the rule `{rule}` {fault}"),
            Some(case) => write!(f, "the case `{case}` of the rule `{rule}` {fault}"),
        }
    }
}

/// All problems in one line.
fn listed(problems: &[ProofProblem], found: usize) -> String {
    let each = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match found.saturating_sub(problems.len()) {
        0 => each,
        more => format!("{each}; and {more} more"),
    }
}

fn and_listed(problems: &[ProofProblem], found: usize) -> String {
    if problems.is_empty() { String::new() } else { format!("; {}", listed(problems, found)) }
}

fn first_line(outcome: &str) -> &str {
    outcome.lines().next().unwrap_or_default()
}

/// How the name of a case begins.
fn word(expectation: Expectation) -> &'static str {
    match expectation {
        Expectation::Valid => "valid",
        Expectation::Invalid => "invalid",
        Expectation::Missing => "missing",
    }
}

error_codes! { ProofError {
    TooManyCases => "self-test-too-many-cases",
    OutOfFuel => "self-test-out-of-fuel",
    Failed => "self-test-cases-differ",
} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        let fault =
            |recorded, outcome| Fault::differs(recorded, outcome, str::to_owned).to_string();
        assert_eq!(fault("a\nb\n", "a\nc\n"), "differs in line 2: recorded is `b`, here it is `c`");
        assert_eq!(fault("a\n", "a"), "differs in line 2: recorded is ``, here it is ``");
        assert_eq!(fault("a", "a\nb"), "differs in line 2: recorded is ``, here it is `b`");
    }

    #[test]
    fn a_long_list_says_how_many_more() {
        let problem = ProofProblem {
            rule: "thu/mot".to_owned(),
            case: Some("valid-a".to_owned()),
            fault: Fault::Crashed { source: Crash::NoAnswer },
        };
        let error = ProofError::Failed { problems: vec![problem; 2], found: 5 };
        let each = "the case `valid-a` of the rule `thu/mot` has no outcome: answered nothing for the rule";
        assert_eq!(error.to_string(), format!("{each}; {each}; and 3 more"));
    }
}
