//! The one word of a report, and how the outcomes of all rules fold into it.

use kycuong_model::finding::Severity;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::report::{Outcome, OutcomeStatus, Standing};

/// What the report advises the officer to do; the officer decides. Ordered from the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something blocks: return the submission.
    Return,
    /// A rule that must decide did not.
    Undetermined,
    /// Nothing blocks; there is something for the appraiser to judge.
    AcceptWithWarnings,
    /// Nothing to object to.
    Accept,
}

impl Verdict {
    /// The code in documents: `return`, `undetermined`, `accept-with-warnings` or `accept`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Undetermined => "undetermined",
            Self::AcceptWithWarnings => "accept-with-warnings",
            Self::Accept => "accept",
        }
    }

    /// What it is called on a slip.
    pub fn text(self) -> Bilingual {
        match self {
            Self::Return => Bilingual::new("Trả hồ sơ để hoàn thiện", "Return for completion"),
            Self::Undetermined => {
                Bilingual::new("Chưa đủ căn cứ để kết luận", "Not enough to decide")
            }
            Self::AcceptWithWarnings => {
                Bilingual::new("Tiếp nhận, có nội dung cần xem xét", "Accept with warnings")
            }
            Self::Accept => Bilingual::new("Tiếp nhận", "Accept"),
        }
    }
}

/// A verdict, and whether every rule that it rests on decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) complete: bool,
}

/// Folds findings and outcomes under everything that the operator set.
pub(crate) fn fold(findings: &[Finding], outcomes: &[Outcome]) -> Judgement {
    let severities = findings.iter().map(|finding| finding.severity);
    let standing =
        |outcome: &Outcome| Standing { mandatory: outcome.mandatory, advisory: outcome.advisory };
    fold_as(severities, outcomes, standing)
}

/// Folds them as if the operator had made nothing lighter.
pub(crate) fn fold_raw(findings: &[Finding], outcomes: &[Outcome]) -> Judgement {
    fold_as(findings.iter().map(Finding::raw_severity), outcomes, |outcome| outcome.raw)
}

// INVARIANT: a rule that did not reach pass, fail or not-applicable never leads to `accept`.
fn fold_as(
    severities: impl Iterator<Item = Severity>,
    outcomes: &[Outcome],
    standing: impl Fn(&Outcome) -> Standing,
) -> Judgement {
    let mut verdict = Verdict::Accept;
    let mut complete = true;
    for severity in severities {
        verdict = verdict.min(match severity {
            Severity::Block => Verdict::Return,
            Severity::Warn => Verdict::AcceptWithWarnings,
            Severity::Inform => Verdict::Accept,
        });
    }
    for outcome in outcomes {
        let crashed = match outcome.status {
            OutcomeStatus::NotEvaluated { .. } => false,
            OutcomeStatus::Crashed { .. } => true,
            OutcomeStatus::Pass
            | OutcomeStatus::Fail { .. }
            | OutcomeStatus::NotApplicable { .. } => {
                continue;
            }
        };
        // Whoever crashes might have found anything; what an advisory pack finds can only warn.
        let Standing { mandatory, advisory } = standing(outcome);
        let undetermined = mandatory || (crashed && !advisory);
        complete &= !(mandatory || crashed);
        verdict = verdict.min(if undetermined {
            Verdict::Undetermined
        } else {
            Verdict::AcceptWithWarnings
        });
    }
    Judgement { verdict, complete }
}

#[cfg(test)]
mod tests {
    use kycuong_model::finding::Missing;
    use kycuong_model::pointer::Pointer;

    use super::*;
    use crate::sandbox::Crash;

    fn finding(severity: Severity) -> Finding {
        let nothing = Bilingual::default;
        Finding::of_host("thu/mot", severity, Pointer::root(), nothing(), nothing())
    }

    fn outcome(status: OutcomeStatus, mandatory: bool, advisory: bool) -> Outcome {
        Outcome {
            rule: "thu/mot".to_owned(),
            row: None,
            pack: "thu".to_owned(),
            title: Bilingual::default(),
            severity: if mandatory { Severity::Block } else { Severity::Warn },
            mandatory,
            advisory,
            status,
            raw: Standing { mandatory, advisory },
        }
    }

    fn not_evaluated() -> OutcomeStatus {
        OutcomeStatus::not_evaluated(Missing::Field(Pointer::root()))
    }

    fn crashed() -> OutcomeStatus {
        OutcomeStatus::crashed(Crash::NoAnswer)
    }

    fn judge(findings: &[Severity], outcomes: &[Outcome]) -> (Verdict, bool) {
        let findings = findings.iter().map(|severity| finding(*severity)).collect::<Vec<_>>();
        let Judgement { verdict, complete } = fold(&findings, outcomes);
        (verdict, complete)
    }

    #[test]
    fn the_gravest_finding_decides() {
        assert_eq!(judge(&[], &[]), (Verdict::Accept, true));
        assert_eq!(judge(&[Severity::Inform], &[]), (Verdict::Accept, true));
        let warned = [Severity::Inform, Severity::Warn];
        assert_eq!(judge(&warned, &[]), (Verdict::AcceptWithWarnings, true));
        let blocked = [Severity::Warn, Severity::Block];
        assert_eq!(judge(&blocked, &[]), (Verdict::Return, true));
    }

    #[test]
    fn an_undecided_rule_never_leads_to_accept() {
        for (status, mandatory, advisory, verdict, complete) in [
            (not_evaluated(), true, false, Verdict::Undetermined, false),
            (not_evaluated(), false, false, Verdict::AcceptWithWarnings, true),
            (not_evaluated(), false, true, Verdict::AcceptWithWarnings, true),
            (crashed(), true, false, Verdict::Undetermined, false),
            (crashed(), false, false, Verdict::Undetermined, false),
            (crashed(), false, true, Verdict::AcceptWithWarnings, false),
        ] {
            let outcomes = [outcome(status, mandatory, advisory)];
            assert_eq!(judge(&[], &outcomes), (verdict, complete));
            assert_eq!(judge(&[Severity::Block], &outcomes), (Verdict::Return, complete));
        }
    }

    #[test]
    fn what_was_decided_changes_nothing() {
        let decided =
            [OutcomeStatus::Pass, OutcomeStatus::NotApplicable { reason: Bilingual::default() }]
                .map(|status| outcome(status, true, false));
        assert_eq!(judge(&[], &decided), (Verdict::Accept, true));
    }
}
