//! Testing a pack natively, by its files of cases (`cases/<rule>.md`), each with the outcomes that are
//! recorded. `UPDATE_EXPECT=1 cargo test` writes outcomes and wordings anew, as `kycuong test --update` does, and
//! the `reads` of rules, which only native runs observe.

mod answer;
mod reads;
mod reads_in_source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kycuong_cases::{RuleReport, stray_files, test_rule};
use kycuong_model::cases::{CaseDocuments, CaseRunner};
use kycuong_model::finding::{FURTHER_FINDINGS, RuleFinding, RuleStatus};
use kycuong_model::localize::Language;
use kycuong_model::manifest::Manifest;
use kycuong_model::observe::outermost_left_out;
use kycuong_model::rule_id::RuleId;
use kycuong_model::sentence;
use kycuong_model::tape::ParseLimits;
use kycuong_model::text::with_causes;

pub use self::answer::{Job, JobResult, Switch, run_jobs};

use crate::input::Input;
use crate::pack::Pack;
use crate::rule::Rule;

/// Checks every rule of a pack against its cases; the whole test of a pack.
///
/// # Panics
/// With the list of everything that is wrong: a rule without a valid, an invalid or a missing case,
/// an outcome that is not what its case promises or what is recorded, a sentence that differs from
/// the recorded one, a message that breaks the conventions, a manifest that does not parse.
#[expect(clippy::panic, reason = "it is a test's verdict")]
#[track_caller]
pub fn check_cases(pack: &Pack, folder: &str) {
    let mut problems = Vec::new();
    let folder = Path::new(folder);
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
    let mut seen = BTreeMap::new();
    for rule in pack.rules {
        let id = format!("{}/{}", pack.id, rule.name);
        let mut native = Native::new(rule);
        let report = test_rule(folder, &id, &mut native, update);
        problems.extend(wrong(&report));
        seen.insert(id, outermost_left_out(native.seen));
    }
    for stray in stray_files(folder, pack.rules.iter().map(|rule| rule.name)) {
        problems.push(format!(
            "`{}` is no file of cases of a rule of the pack; take it away, or name it after its rule",
            stray.display()
        ));
    }
    match serde_json::from_str::<Manifest>(pack.manifest) {
        Ok(manifest) => {
            for rule in &manifest.rules {
                let norm = rule.doc.lines().next().unwrap_or_default();
                check_sentence(&rule.id, norm, Language::Vi, &mut problems);
                let read = seen.remove(&rule.id).unwrap_or_default();
                let source = update.then_some(folder);
                problems.extend(reads::checked(source, rule.name(), &rule.reads, &read));
            }
        }
        Err(error) => problems.push(format!("the manifest is not valid: {error}")),
    }
    if !problems.is_empty() {
        panic!("{} problem(s) in pack `{}`:\n- {}", problems.len(), pack.id, problems.join("\n- "));
    }
}

/// All that is wrong with the cases of a rule, wherever they ran: with their outcomes, and with the
/// sentences that they show.
pub fn wrong(report: &RuleReport) -> Vec<String> {
    let mut problems = Vec::new();
    for case in &report.cases {
        let place = format!("{}: “{}”", case.place, case.title);
        problems.extend(case.problems.iter().map(|problem| format!("{place} {problem}")));
        if let Some(status) = &case.status {
            check_messages(status, &place, &mut problems);
        }
    }
    problems.extend(report.problems.iter().cloned());
    problems
}

/// Runs one rule natively, and notes which members of its subjects it reads.
#[derive(Debug)]
pub struct Native<'r> {
    rule: &'r Rule,
    seen: BTreeSet<String>,
}

impl<'r> Native<'r> {
    /// A rule of which nothing was run yet.
    pub fn new(rule: &'r Rule) -> Self {
        Self { rule, seen: BTreeSet::new() }
    }
}

impl CaseRunner for Native<'_> {
    type Error = String;

    fn run(&mut self, id: &str, documents: &CaseDocuments) -> Result<RuleStatus, String> {
        let pack = RuleId::of(id).pack().unwrap_or_default();
        let description = self.rule.description(pack);
        let description = description
            .map_err(|error| format!("the description of the rule `{id}` is not valid: {error}"))?;
        let limits = ParseLimits::default();
        let documents =
            documents.supplied(&description.facts, &limits).map_err(|error| with_causes(&error))?;
        let tapes = documents.tapes(&limits).map_err(|error| with_causes(&error))?;
        let input =
            Input::new(tapes.subject.document(), tapes.facts.document(), tapes.context.document());
        let (status, reads) = self.rule.observe(&input);
        self.seen.extend(reads);
        match unlisted(self.rule, &status) {
            Some(code) => Err(format!(
                "the rule `{}` finds `{code}`, which its `violations = […]` do not list",
                self.rule.name
            )),
            None => Ok(status),
        }
    }
}

/// The code of the first finding that its rule does not list; a host takes no such answer.
fn unlisted<'s>(rule: &Rule, status: &'s RuleStatus) -> Option<&'s str> {
    let mut codes = findings(status).iter().map(|finding| finding.code.as_str());
    codes.find(|code| *code != FURTHER_FINDINGS && !rule.violations.contains(code))
}

fn findings(status: &RuleStatus) -> &[RuleFinding] {
    match status {
        RuleStatus::Fail { findings } | RuleStatus::NotEvaluated { findings, .. } => findings,
        RuleStatus::NotApplicable { .. } | RuleStatus::Pass => &[],
    }
}

/// Sentences that an official would not sign, in what a case shows.
fn check_messages(status: &RuleStatus, place: &str, problems: &mut Vec<String>) {
    let reason = match status {
        RuleStatus::NotApplicable { reason } => Some(reason),
        _ => None,
    };
    let texts = findings(status).iter().flat_map(|finding| [&finding.message, &finding.remedy]);
    for text in texts.chain(reason) {
        check_sentence(place, &text.vi, Language::Vi, problems);
        check_sentence(place, &text.en, Language::En, problems);
    }
}

fn check_sentence(place: &str, text: &str, language: Language, problems: &mut Vec<String>) {
    for problem in sentence::problems(text, language) {
        problems.push(format!("{place}: the sentence “{text}” {problem}"));
    }
}

#[cfg(test)]
mod tests {
    use kycuong_model::finding::Severity;
    use kycuong_model::pointer::Pointer;

    use super::*;
    use crate::findings::{Checked, Findings, Values, Violation, Wording};

    struct Late;

    impl Violation for Late {
        const WORDING: Wording = Wording {
            code: "late",
            severity: None,
            message: ("Chậm.", "Late."),
            remedy: ("Nộp.", "Submit."),
        };
        const MANIFEST: &'static str = "{";
        fn values(&self, say: &mut dyn FnMut(&Values<'_>)) {
            say(&[]);
        }
    }

    #[test]
    fn a_finding_that_its_rule_does_not_list_is_named() {
        fn run(_: &Input<'_>, findings: &mut Findings) -> Checked {
            findings.add(Pointer::root(), Late);
            Ok(())
        }
        let rule = |violations: &'static [&'static str]| Rule {
            name: "late-report",
            severity: Severity::Warn,
            violations,
            kinds: &[],
            regimes: &[],
            stages: &[],
            needed_facts: &[],
            manifest_before_pack: &["{\"id\":\""],
            manifest_after_pack: &[concat!(
                r#"/late-report","title":{"vi":"Chậm","en":"Late"},"doc":"Chậm.","severity":"warn","#,
                r#""effective":{"from":"2026-01-01"},"basis":[{"instrument":"Luật"}],"subjects":["dossier"],"#,
                r#""reads":["code"],"violations":[]}"#,
            )],
            run,
        };
        let documents = CaseDocuments {
            subject: "{}".to_owned(),
            facts: "{}".to_owned(),
            context: "{}".to_owned(),
        };
        let run = |violations| Native::new(&rule(violations)).run("thu/late-report", &documents);
        assert_eq!(
            run(&["early"]).unwrap_err(),
            "the rule `late-report` finds `late`, which its `violations = […]` do not list"
        );
        assert!(run(&["early", "late"]).is_ok());
    }
}
