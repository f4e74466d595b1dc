//! How findings and the outcomes of all rules fold into a verdict.

use kycuong_model::finding::Severity;
use kycuong_report::{Finding, Outcome, OutcomeStatus, Report, Verdict, VerdictRole};

/// A verdict, and whether every rule that it rests on decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) complete: bool,
}

/// Folds findings and outcomes under everything that the operator set.
pub(crate) fn fold(findings: &[Finding], outcomes: &[Outcome]) -> Judgement {
    fold_as(findings.iter().map(|finding| finding.severity), outcomes, Outcome::role)
}

/// Folds them as if the operator had downgraded nothing.
pub(crate) fn fold_raw(findings: &[Finding], outcomes: &[Outcome]) -> Judgement {
    fold_as(findings.iter().map(Finding::raw_severity), outcomes, Outcome::raw_role)
}

/// The two verdicts that follow from the findings and outcomes of a report: the effective one, and the
/// one without what the operator downgraded. Of a report that was not edited they are its own.
pub fn verdicts(report: &Report) -> (Verdict, Verdict) {
    let Report { findings, outcomes, .. } = report;
    (fold(findings, outcomes).verdict, fold_raw(findings, outcomes).verdict)
}

// INVARIANT: a rule that did not reach pass, fail or not-applicable never leads to `accept`, and neither
// does a submission that no rule judged.
fn fold_as(
    severities: impl Iterator<Item = Severity>,
    outcomes: &[Outcome],
    role: impl Fn(&Outcome) -> VerdictRole,
) -> Judgement {
    let judged = is_judged(outcomes);
    let mut verdict = if judged { Verdict::Accept } else { Verdict::Undetermined };
    let mut complete = judged;
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
        let VerdictRole { mandatory, advisory } = role(outcome);
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

/// Whether at least one rule concerned the submission. Where none did, nothing objects and nothing
/// agrees: the packs that should have judged may be missing.
pub(crate) fn is_judged(outcomes: &[Outcome]) -> bool {
    outcomes.iter().any(|one| !matches!(one.status, OutcomeStatus::NotApplicable { .. }))
}

#[cfg(test)]
mod tests {
    use kycuong_model::finding::Missing;
    use kycuong_model::pointer::Pointer;

    use super::*;
    use kycuong_model::text::Bilingual;
    use kycuong_report::Crash;

    fn finding(severity: Severity) -> Finding {
        let nothing = Bilingual::default;
        Finding::new("thu/mot", severity, Pointer::root(), nothing(), nothing())
    }

    fn outcome(status: OutcomeStatus, mandatory: bool, advisory: bool) -> Outcome {
        let severity = if mandatory { Severity::Block } else { Severity::Warn };
        let role = VerdictRole { mandatory, advisory };
        let outcome = Outcome::new("thu/mot", "thu", Bilingual::default(), severity, status);
        outcome.with_roles(role, role)
    }

    fn not_evaluated() -> OutcomeStatus {
        OutcomeStatus::not_evaluated(Missing::Field(Pointer::root()))
    }

    fn crashed() -> OutcomeStatus {
        OutcomeStatus::crashed(Crash::NoAnswer)
    }

    /// As one rule more decides it, which passes.
    fn judge(findings: &[Severity], outcomes: &[Outcome]) -> (Verdict, bool) {
        let findings = findings.iter().map(|severity| finding(*severity)).collect::<Vec<_>>();
        let mut all = vec![outcome(OutcomeStatus::Pass, true, false)];
        all.extend_from_slice(outcomes);
        let Judgement { verdict, complete } = fold(&findings, &all);
        (verdict, complete)
    }

    #[test]
    fn the_most_severe_finding_decides() {
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

    #[test]
    fn what_no_rule_judged_is_not_accepted() {
        let elsewhere = OutcomeStatus::NotApplicable { reason: Bilingual::default() };
        let elsewhere = outcome(elsewhere, true, false);
        for outcomes in [vec![], vec![elsewhere.clone()], vec![elsewhere.clone(), elsewhere]] {
            let found = |severity: &[Severity]| {
                let findings: Vec<_> = severity.iter().map(|one| finding(*one)).collect();
                (fold(&findings, &outcomes), fold_raw(&findings, &outcomes))
            };
            let undetermined = Judgement { verdict: Verdict::Undetermined, complete: false };
            assert_eq!(found(&[]), (undetermined, undetermined));
            assert_eq!(found(&[Severity::Warn]), (undetermined, undetermined));
            let returned = Judgement { verdict: Verdict::Return, complete: false };
            assert_eq!(found(&[Severity::Block]), (returned, returned));
        }
    }
}
