//! The self-test of a pack: its own cases run here as they ran at its author's, before it becomes
//! active.
//!
//! Signing says who made a pack and admission what it may do; this says that it still judges as the
//! people who reviewed its cases saw it judge. It looks at no submission, and changes no outcome.

use kycuong_model::cases::{
    CarriedCase, CaseDocuments, CaseFailure, CaseOutcome, CaseRunner, Deviation, Expectation,
};
use kycuong_model::finding::RuleStatus;
use kycuong_report::{Crash, SelfTest};

use crate::limits::Limits;
use crate::pack::{EvaluationRequest, RulePack, RuleResult};
use crate::sandbox::Deadline;
use crate::wording::sanitize_line;

pub(crate) mod problem;

pub use problem::{CaseProblem, SelfTestError, SelfTestProblem};

/// Most problems that an error lists; it says how many there are.
const LISTED_MAX: usize = 50;
/// Most bytes of an outcome that an error shows.
const SHOWN_BYTES_MAX: usize = 4 << 10;

impl RulePack {
    /// Runs the cases that it carries, each in an instance of its own and within the limits of any
    /// evaluation, and compares what becomes of them with what its author recorded. A pack that was
    /// passed it once has passed it for as long as it is loaded; cases are not run again.
    ///
    /// # Errors
    ///
    /// [`SelfTestError`] with every case that comes out otherwise, crashes, has no recorded outcome or
    /// cannot be read, and every rule that no case shows to fail.
    pub fn self_test(&self) -> Result<&SelfTest, SelfTestError> {
        let cell = self.self_test_cell();
        if let Some(self_test) = cell.get() {
            return Ok(self_test);
        }
        let self_test = self_test(self)?;
        Ok(cell.get_or_init(|| self_test))
    }
}

/// What the cases of a pack came to.
struct SelfTesting<'a> {
    pack: &'a RulePack,
    limits: &'a Limits,
    fuel_consumed: u64,
    problems: Vec<SelfTestProblem>,
    found: usize,
}

/// Runs every case of a pack in an instance of its own, each within the limits of an evaluation, all
/// of them within [`Limits::self_test_cases_max`] and [`Limits::self_test_fuel_max`].
fn self_test(pack: &RulePack) -> Result<SelfTest, SelfTestError> {
    let (cases, limits) = (pack.cases(), pack.limits());
    let (count, limit) = (cases.count(), limits.self_test_cases_max);
    if count > limit {
        return Err(SelfTestError::TooManyCases { found: count, limit });
    }
    let mut testing =
        SelfTesting { pack, limits, fuel_consumed: 0, problems: Vec::new(), found: 0 };
    let mut done = 0;
    for rule in &pack.manifest().rules {
        let of_rule = cases.of(&rule.id);
        if !of_rule.iter().any(|case| case.expectation == Expectation::Invalid) {
            testing.add(&rule.id, None, CaseProblem::NeverFails);
        }
        for case in of_rule {
            testing.run_case(&rule.id, case);
            done += 1;
            let limit = limits.self_test_fuel_max;
            if testing.fuel_consumed >= limit {
                let (problems, found) = (testing.problems, testing.found);
                return Err(SelfTestError::OutOfFuel {
                    done,
                    cases: count,
                    limit,
                    problems,
                    found,
                });
            }
        }
    }
    if testing.found > 0 {
        return Err(SelfTestError::Failed { problems: testing.problems, found: testing.found });
    }
    let digest = pack.cases_digest().to_owned();
    Ok(SelfTest::new(pack.manifest().rules.len(), count, digest))
}

impl SelfTesting<'_> {
    fn run_case(&mut self, rule: &str, case: &CarriedCase) {
        let status = match case.run(rule, self) {
            Ok(status) => status,
            Err(CaseFailure::Unreadable(source)) => {
                return self.add(rule, Some(case), CaseProblem::Unreadable { source });
            }
            Err(CaseFailure::Run(kind)) => return self.add(rule, Some(case), kind),
        };
        let now = CaseOutcome::from(&status);
        for deviation in case.deviations(&now) {
            let outcome = in_lines(&now);
            let kind = match deviation {
                Deviation::Promise => CaseProblem::Promise { promised: case.expectation, outcome },
                Deviation::Unrecorded => CaseProblem::Unrecorded { outcome },
                Deviation::Differs(difference) => CaseProblem::Differs {
                    difference: sanitize_line(&difference.to_string(), SHOWN_BYTES_MAX),
                    recorded: case.outcome.as_ref().map(in_lines).unwrap_or_default(),
                    outcome,
                },
            };
            self.add(rule, Some(case), kind);
        }
    }

    fn add(&mut self, rule: &str, case: Option<&CarriedCase>, kind: CaseProblem) {
        self.found += 1;
        if self.problems.len() < LISTED_MAX {
            let case = case.map(CarriedCase::title);
            self.problems.push(SelfTestProblem { rule: rule.to_owned(), case, kind });
        }
    }
}

impl CaseRunner for SelfTesting<'_> {
    type Error = CaseProblem;

    fn run(&mut self, rule: &str, documents: &CaseDocuments) -> Result<RuleStatus, CaseProblem> {
        let unreadable = |source| CaseProblem::Unreadable { source };
        let declared = self.pack.manifest().rules.iter().find(|declared| declared.id == rule);
        let needs = declared.map(|rule| rule.facts.as_slice()).unwrap_or_default();
        let limits = self.limits.submission();
        let documents = documents.supplied(needs, &limits).map_err(unreadable)?;
        let tapes = documents.tapes(&limits).map_err(unreadable)?;
        let rules = [rule.to_owned()];
        let request = EvaluationRequest {
            subject: tapes.subject.document(),
            facts: tapes.facts.document(),
            context: tapes.context.document(),
            rules: &rules,
        };
        let left = self.limits.self_test_fuel_max.saturating_sub(self.fuel_consumed);
        let evaluation =
            self.pack.evaluate_within(&request, Deadline::of_each_run(self.limits), left);
        self.fuel_consumed = self.fuel_consumed.saturating_add(evaluation.fuel_consumed);
        match evaluation.outcomes.into_iter().next() {
            Some(RuleResult::Answered(status)) => Ok(status),
            Some(RuleResult::Crashed(crash)) => Err(CaseProblem::Crashed { source: crash }),
            None => Err(CaseProblem::Crashed { source: Crash::NoAnswer }),
        }
    }
}

/// An outcome for people: of bounded length, line by line without control characters. The pack wrote
/// it, or its author did.
fn in_lines(outcome: &CaseOutcome) -> String {
    let mut text = String::new();
    for line in outcome.lines() {
        let left = SHOWN_BYTES_MAX.saturating_sub(text.len());
        if left == 0 {
            break;
        }
        text.push_str(&sanitize_line(&line, left));
        text.push('\n');
    }
    text
}
