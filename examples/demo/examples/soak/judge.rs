//! What an answer must be, whatever went on around it.

use kycuong_engine::digest;
use kycuong_engine::{CheckError, OutcomeStatus, Report, Verdict};

use crate::sets::Sets;
use crate::submissions::Submission;

/// What must never happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A check ended without a report.
    Lost(String),
    /// A report is by packs that were never active together.
    Mixed(String),
    /// A hostile rule was taken for one that answered, or its submission was accepted.
    NotContained(String),
    /// A report differs from the one that the same set gave alone.
    Differs(String),
    /// What should have been activated was refused, or the other way round.
    Reload(String),
    /// Something is still held, or grew.
    Kept(String),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, detail) = match self {
            Self::Lost(detail) => ("a check was lost", detail),
            Self::Mixed(detail) => ("a set was mixed", detail),
            Self::NotContained(detail) => ("a hostile pack was not contained", detail),
            Self::Differs(detail) => ("a report differs", detail),
            Self::Reload(detail) => ("a reload went wrong", detail),
            Self::Kept(detail) => ("something was kept", detail),
        };
        write!(f, "{what}: {detail}")
    }
}

/// Which submission it was: a sample by its number, or one that is compared with the reference now.
#[derive(Clone, Copy, Debug)]
pub enum Compare {
    Sample(usize),
    Reference,
    /// Only what holds for every report.
    Nothing,
}

/// Judges one report; tells the crashes that it contains.
pub fn judge(
    report: &Report,
    submission: &Submission,
    compare: Compare,
    sets: &Sets,
) -> Result<usize, Problem> {
    let Some(set) = sets.of(report) else {
        return Err(Problem::Mixed(format!("{:?}", report.settings.packs)));
    };
    let mut contained = 0;
    for outcome in &report.outcomes {
        if !set.is_hostile(&outcome.pack) {
            continue;
        }
        match outcome.status {
            OutcomeStatus::Crashed { .. } => contained += 1,
            OutcomeStatus::NotApplicable { .. } | OutcomeStatus::NotEvaluated { .. } => continue,
            OutcomeStatus::Pass | OutcomeStatus::Fail { .. } => {
                return Err(Problem::NotContained(format!("{} answered", outcome.rule)));
            }
        }
        let accepted = matches!(report.verdict, Verdict::Accept | Verdict::AcceptWithWarnings);
        if outcome.mandatory && (accepted || report.complete) {
            return Err(Problem::NotContained(format!(
                "{} crashed, and the verdict is {}",
                outcome.rule,
                report.verdict.code()
            )));
        }
    }
    let settings = serde_json::to_vec(&report.settings).unwrap_or_default();
    if report.receipt.settings != digest(&settings) || !report.is_authentic() {
        return Err(Problem::Mixed("settings, receipt and report are not of one check".to_owned()));
    }
    let expected = match compare {
        Compare::Sample(at) => set.expected(at, submission),
        Compare::Reference => set.answer(submission),
        Compare::Nothing => return Ok(contained),
    };
    let lost = |error: CheckError| Problem::Lost(format!("the reference: {error}"));
    let json = report.to_json().map_err(|error| Problem::Lost(error.to_string()))?;
    let (expected, actual) = (expected.map_err(lost)?, digest(json.as_bytes()));
    if expected != actual {
        return Err(Problem::Differs(format!(
            "{actual} instead of {expected} of the submission {}",
            report.receipt.submission
        )));
    }
    Ok(contained)
}
