//! The cases that a pack carries: what shows, without running anything, what each of its rules does.
//!
//! They stand in a custom section of the component beside the manifest. The builder writes them from
//! the author's files of cases. What a case asks ([`CaseDocuments`]), what became of it
//! ([`CaseOutcome`]) and what is wrong with that ([`Deviation`]) is said here once, for everyone who
//! runs cases ([`CaseRunner`]).

use serde::{Deserialize, Serialize};

use crate::finding::RuleStatus;
use crate::rule_id::RuleId;
use crate::text::Bilingual;

mod difference;
mod documents;
mod outcome;

pub use difference::Difference;
pub use documents::{CaseDocumentError, CaseDocuments, CaseTapes};
pub use outcome::{CaseFinding, CaseOutcome, OutcomeLineError};

/// The custom section of the component that holds the cases as JSON; a pack without cases has none.
pub const CASES_SECTION: &str = "kycuong:cases";

/// Largest section of cases, in bytes: 4 MiB. The cases of forty rules take under 1 MB, and a case
/// holds no more than what its rule reads. It bounds what an author can put in and what a host
/// reads, and is no limit of a check: cases change no outcome of one.
pub const CASES_BYTES_MAX: usize = 4 << 20;

/// Longest name of a case, in bytes: it is one line.
pub const CASE_NAME_BYTES_MAX: usize = 200;

/// The cases of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackCases {
    /// The rules that have some, in the order of the manifest.
    pub rules: Vec<RuleCases>,
}

/// The cases of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleCases {
    /// `pack/rule-name`.
    pub rule: String,
    /// In the order of the author's file.
    pub cases: Vec<CarriedCase>,
    /// How the rule words what it finds, by one example each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<CaseWording>,
}

/// One case, with its whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedCase {
    /// A sentence, without its kind: `one đồng over the ceiling`.
    pub name: String,
    /// What is promised of its outcome.
    pub expectation: Expectation,
    /// JSON with `subject` and `on`, and perhaps `regime`, `facts`, `parameters`.
    pub content: String,
    /// What became of it at its author's; absent when nothing is recorded yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CaseOutcome>,
}

/// The sentences of one violation, or of one reason not to apply, as a case of the rule shows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseWording {
    /// The violation's code; `not-applicable` for a reason.
    pub code: String,
    /// The title of the case ([`CarriedCase::title`]) that shows it.
    pub case: String,
    /// What the rule says.
    pub message: Bilingual,
    /// What to do; a reason has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Bilingual>,
}

/// What is promised of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// The rule passes, or does not concern the subject.
    Valid,
    /// At least one finding.
    Invalid,
    /// Something is absent, and that is no pass.
    Missing,
}

impl Expectation {
    /// All of them, in the order in which people look for them.
    pub const ALL: [Self; 3] = [Self::Valid, Self::Invalid, Self::Missing];

    /// The word before the name of a case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Missing => "missing",
        }
    }

    /// The expectation of a word; `None` of another word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|expectation| expectation.code() == code)
    }

    /// Whether an outcome keeps the promise.
    pub fn admits(self, outcome: &CaseOutcome) -> bool {
        match self {
            Self::Valid => matches!(outcome, CaseOutcome::Pass | CaseOutcome::NotApplicable),
            Self::Invalid => matches!(outcome, CaseOutcome::Fail { .. }),
            Self::Missing => {
                matches!(outcome, CaseOutcome::Fail { .. } | CaseOutcome::NotEvaluated { .. })
            }
        }
    }
}

/// What is wrong with the outcome of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// The kind of the case promises something else.
    Promise,
    /// The author recorded something else: the first difference.
    Differs(Difference),
    /// The author recorded nothing.
    Unrecorded,
}

/// Runs a rule on the documents of a case: natively, in the sandbox, or in a program of its own.
pub trait CaseRunner {
    /// Why there is no outcome.
    type Error;

    /// What the rule `pack/rule-name` says.
    ///
    /// # Errors
    ///
    /// When the rule gives no answer, or the documents cannot be given to it.
    fn run(&mut self, rule: &str, documents: &CaseDocuments) -> Result<RuleStatus, Self::Error>;
}

/// Why a case has no outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseFailure<E> {
    /// Its document is none.
    Unreadable(CaseDocumentError),
    /// The rule did not answer.
    Run(E),
}

impl CarriedCase {
    /// Kind and name, as the author's file has them: `invalid: one đồng over the ceiling`.
    pub fn title(&self) -> String {
        format!("{}: {}", self.expectation.code(), self.name)
    }

    /// Runs the case on its rule, by the rule's id.
    ///
    /// # Errors
    ///
    /// [`CaseFailure`] when the document cannot be read or the runner has no answer.
    pub fn run<R: CaseRunner>(
        &self,
        rule: &str,
        runner: &mut R,
    ) -> Result<RuleStatus, CaseFailure<R::Error>> {
        let documents = CaseDocuments::read(&self.content, RuleId::of(rule).name())
            .map_err(CaseFailure::Unreadable)?;
        runner.run(rule, &documents).map_err(CaseFailure::Run)
    }

    /// All that is wrong with an outcome of the case: against the promise of its kind, and against
    /// what its author recorded.
    pub fn deviations(&self, outcome: &CaseOutcome) -> Vec<Deviation> {
        let promise = (!self.expectation.admits(outcome)).then_some(Deviation::Promise);
        let record = match &self.outcome {
            Some(recorded) => recorded.difference(outcome).map(Deviation::Differs),
            None => Some(Deviation::Unrecorded),
        };
        promise.into_iter().chain(record).collect()
    }
}

impl RuleCases {
    /// The wording of a violation, by its code.
    pub fn wording(&self, code: &str) -> Option<&CaseWording> {
        self.wordings.iter().find(|wording| wording.code == code)
    }
}

impl PackCases {
    /// What is carried of a rule, by its id.
    pub fn rule(&self, rule: &str) -> Option<&RuleCases> {
        self.rules.iter().find(|cases| cases.rule == rule)
    }

    /// The cases of a rule, by its id; none when it has none.
    pub fn of(&self, rule: &str) -> &[CarriedCase] {
        self.rule(rule).map(|cases| cases.cases.as_slice()).unwrap_or_default()
    }

    /// All cases of all rules.
    pub fn count(&self) -> usize {
        self.rules.iter().map(|rule| rule.cases.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(expectation: Expectation, outcome: Option<CaseOutcome>) -> CarriedCase {
        CarriedCase {
            name: "a day late".to_owned(),
            expectation,
            content: r#"{"subject":{},"on":"2026-11-21"}"#.to_owned(),
            outcome,
        }
    }

    #[test]
    fn a_kind_is_a_word() {
        for (code, expectation) in [
            ("valid", Some(Expectation::Valid)),
            ("invalid", Some(Expectation::Invalid)),
            ("missing", Some(Expectation::Missing)),
            ("validity", None),
            ("", None),
        ] {
            assert_eq!(Expectation::from_code(code), expectation, "{code}");
        }
        assert_eq!(case(Expectation::Missing, None).title(), "missing: a day late");
    }

    #[test]
    fn an_outcome_is_held_against_the_promise_and_the_record() {
        let pass = || Some(CaseOutcome::Pass);
        let differs = Difference::Status { recorded: "not-applicable", now: "pass" };
        for (expectation, recorded, wrong) in [
            (Expectation::Valid, pass(), vec![]),
            (
                Expectation::Valid,
                Some(CaseOutcome::NotApplicable),
                vec![Deviation::Differs(differs)],
            ),
            (Expectation::Valid, None, vec![Deviation::Unrecorded]),
            (Expectation::Invalid, pass(), vec![Deviation::Promise]),
            (Expectation::Missing, None, vec![Deviation::Promise, Deviation::Unrecorded]),
        ] {
            assert_eq!(case(expectation, recorded).deviations(&CaseOutcome::Pass), wrong);
        }
    }

    struct Echo;

    impl CaseRunner for Echo {
        type Error = String;

        fn run(&mut self, rule: &str, documents: &CaseDocuments) -> Result<RuleStatus, String> {
            Err(format!("{rule} {} {}", documents.subject, documents.context))
        }
    }

    #[test]
    fn a_runner_is_given_the_documents() {
        let mut one = case(Expectation::Valid, None);
        assert_eq!(
            one.run("thu/mot", &mut Echo),
            Err(CaseFailure::Run("thu/mot {} {\"on\":\"2026-11-21\"}".to_owned()))
        );
        one.content = "{\"subject\":{}}".to_owned();
        assert_eq!(
            one.run("thu/mot", &mut Echo),
            Err(CaseFailure::Unreadable(CaseDocumentError::NoDay))
        );
    }

    #[test]
    fn a_rule_without_cases_has_none() {
        let rule = RuleCases {
            rule: "thu/mot".to_owned(),
            cases: vec![case(Expectation::Valid, Some(CaseOutcome::Pass))],
            wordings: Vec::new(),
        };
        let cases = PackCases { rules: vec![rule] };
        assert_eq!(
            (cases.of("thu/mot").len(), cases.of("thu/hai").len(), cases.count()),
            (1, 0, 1)
        );
        let json = serde_json::to_string(&cases).unwrap();
        assert_eq!(
            json,
            r#"{"rules":[{"rule":"thu/mot","cases":[{"name":"a day late","expectation":"valid","content":"{\"subject\":{},\"on\":\"2026-11-21\"}","outcome":{"status":"pass"}}]}]}"#
        );
        assert_eq!(serde_json::from_str::<PackCases>(&json).unwrap(), cases);
    }
}
