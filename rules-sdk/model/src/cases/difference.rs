//! What differs between two outcomes of one case: the first thing, with both.

use std::fmt;

use super::outcome::{CaseFinding, CaseOutcome};
use crate::finding::{Missing, Severity};
use crate::pointer::Pointer;

/// The first difference between the recorded outcome of a case and the one that it has now. Findings
/// are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// It passes, fails, does not apply or is not evaluated.
    Status {
        /// As it is recorded.
        recorded: &'static str,
        /// As it is now.
        now: &'static str,
    },
    /// Another thing is missing.
    Missing {
        /// As it is recorded.
        recorded: Missing,
        /// As it is now.
        now: Missing,
    },
    /// A finding is another violation.
    Code {
        /// Which finding.
        finding: usize,
        /// As it is recorded.
        recorded: String,
        /// As it is now.
        now: String,
    },
    /// A finding is at another place.
    Place {
        /// Which finding.
        finding: usize,
        /// As it is recorded.
        recorded: Pointer,
        /// As it is now.
        now: Pointer,
    },
    /// A finding is more or less severe.
    Severity {
        /// Which finding.
        finding: usize,
        /// As it is recorded.
        recorded: Severity,
        /// As it is now.
        now: Severity,
    },
    /// A finding has another value; `None` where it has none of this name.
    Value {
        /// Which finding.
        finding: usize,
        /// The name of the value.
        name: String,
        /// As it is recorded.
        recorded: Option<String>,
        /// As it is now.
        now: Option<String>,
    },
    /// There are more findings, or fewer.
    Count {
        /// As it is recorded.
        recorded: usize,
        /// As it is now.
        now: usize,
    },
}

impl CaseOutcome {
    /// The first difference of this, the recorded outcome, from the one that the case has now.
    pub fn difference(&self, now: &Self) -> Option<Difference> {
        if self.status() != now.status() {
            return Some(Difference::Status { recorded: self.status(), now: now.status() });
        }
        let both = || self.findings().iter().zip(now.findings()).enumerate();
        if let Some(difference) = both().find_map(|(at, (a, b))| of_findings(at + 1, a, b)) {
            return Some(difference);
        }
        let (recorded, now_found) = (self.findings().len(), now.findings().len());
        if recorded != now_found {
            return Some(Difference::Count { recorded, now: now_found });
        }
        match (self, now) {
            (Self::NotEvaluated { missing: a, .. }, Self::NotEvaluated { missing: b, .. })
                if a != b =>
            {
                Some(Difference::Missing { recorded: a.clone(), now: b.clone() })
            }
            _ => None,
        }
    }
}

fn of_findings(finding: usize, recorded: &CaseFinding, now: &CaseFinding) -> Option<Difference> {
    if recorded.code != now.code {
        let (recorded, now) = (recorded.code.clone(), now.code.clone());
        return Some(Difference::Code { finding, recorded, now });
    }
    if recorded.path != now.path {
        let (recorded, now) = (recorded.path.clone(), now.path.clone());
        return Some(Difference::Place { finding, recorded, now });
    }
    if recorded.severity != now.severity {
        let (recorded, now) = (recorded.severity, now.severity);
        return Some(Difference::Severity { finding, recorded, now });
    }
    let mut names = recorded.values.keys().chain(now.values.keys());
    names.find(|name| recorded.values.get(*name) != now.values.get(*name)).map(|name| {
        let of = |finding: &CaseFinding| finding.values.get(name).cloned();
        Difference::Value { finding, name: name.clone(), recorded: of(recorded), now: of(now) }
    })
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { recorded, now } => {
                write!(f, "the outcome: recorded is `{recorded}`, now it is `{now}`")
            }
            Self::Missing { recorded, now } => write!(
                f,
                "what is missing: recorded is {}, now it is {}",
                missing(recorded),
                missing(now)
            ),
            Self::Code { finding, recorded, now } => {
                write!(
                    f,
                    "the code of finding {finding}: recorded is `{recorded}`, now it is `{now}`"
                )
            }
            Self::Place { finding, recorded, now } => {
                write!(
                    f,
                    "the place of finding {finding}: recorded is `{recorded}`, now it is `{now}`"
                )
            }
            Self::Severity { finding, recorded, now } => write!(
                f,
                "the severity of finding {finding}: recorded is `{}`, now it is `{}`",
                recorded.code(),
                now.code()
            ),
            Self::Value { finding, name, recorded, now } => write!(
                f,
                "the value `{name}` of finding {finding}: recorded is {}, now it is {}",
                value(recorded.as_deref()),
                value(now.as_deref())
            ),
            Self::Count { recorded, now } => {
                write!(f, "the number of findings: recorded is {recorded}, now it is {now}")
            }
        }
    }
}

fn missing(missing: &Missing) -> String {
    match missing {
        Missing::Field(pointer) => format!("`{pointer}`"),
        Missing::Facts(table) => format!("the table of facts `{table}`"),
    }
}

fn value(value: Option<&str>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| format!("`{value}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(lines: &[&str]) -> CaseOutcome {
        CaseOutcome::of_lines(lines.iter().copied()).unwrap()
    }

    #[test]
    fn the_first_difference_is_said_with_both() {
        let recorded = ["late /owner block day=2026-01-01 days=3", "late /costs warn"];
        for (now, said) in [
            (&["pass"][..], "the outcome: recorded is `fail`, now it is `pass`"),
            (
                &["early /owner block", "late /costs warn"],
                "the code of finding 1: recorded is `late`, now it is `early`",
            ),
            (
                &["late /costs block day=2026-01-01 days=3"],
                "the place of finding 1: recorded is `/owner`, now it is `/costs`",
            ),
            (
                &[recorded[0], "late /costs inform"],
                "the severity of finding 2: recorded is `warn`, now it is `inform`",
            ),
            (
                &["late /owner block day=2026-01-01 days=4", "late /costs warn"],
                "the value `days` of finding 1: recorded is `3`, now it is `4`",
            ),
            (
                &["late /owner block days=3", "late /costs warn"],
                "the value `day` of finding 1: recorded is `2026-01-01`, now it is none",
            ),
            (
                &[recorded[0], recorded[1], recorded[1]],
                "the number of findings: recorded is 2, now it is 3",
            ),
        ] {
            let difference = outcome(&recorded).difference(&outcome(now)).unwrap();
            assert_eq!(difference.to_string(), said);
        }
        assert_eq!(outcome(&recorded).difference(&outcome(&recorded)), None);
        let missing =
            outcome(&["not-evaluated facts a"]).difference(&outcome(&["not-evaluated /a"]));
        assert_eq!(
            missing.unwrap().to_string(),
            "what is missing: recorded is the table of facts `a`, now it is `/a`"
        );
    }
}
