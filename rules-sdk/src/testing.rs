//! Testing a pack natively, by folders of cases: `cases/<rule>/{valid,invalid,missing}-*.json`, each
//! with a snapshot of what the rule says. `UPDATE_EXPECT=1 cargo test` rewrites the snapshots.

mod answer;
mod reads;

use std::collections::BTreeSet;
use std::path::Path;

use kycuong_model::cases::{Deviation, deviations};
use kycuong_model::finding::{FURTHER_FINDINGS, RuleStatus};
use kycuong_model::manifest::Manifest;
use kycuong_model::observe::outermost_left_out;
pub use kycuong_model::snapshot::render;
use kycuong_model::tape::{ParseLimits, parse};
use kycuong_model::text::with_causes;

pub use self::answer::{Answer, CRASHED, Question, Switch, answer_questions};

use crate::case::{Case, Expectation};
use crate::input::Input;
use crate::pack::Pack;
use crate::rule::Rule;

/// Checks every rule of a pack against its cases; the whole test of a pack.
///
/// # Panics
/// With the list of everything that is wrong: a rule without a valid, an invalid or a missing case,
/// an outcome that is not what the case's name promises, a snapshot that differs, a message that
/// breaks the conventions, a manifest that does not parse.
#[expect(clippy::panic, reason = "it is a test's verdict")]
#[track_caller]
pub fn check_cases(pack: &Pack, folder: &str) {
    let mut problems = Vec::new();
    let manifest: Option<Manifest> = match serde_json::from_str(pack.manifest) {
        Ok(manifest) => Some(manifest),
        Err(error) => {
            problems.push(format!("the manifest is not valid: {error}"));
            None
        }
    };
    let folder = Path::new(folder);
    for rule in pack.rules {
        let seen = check_rule(pack, rule, folder, &mut problems);
        let id = format!("{}/{}", pack.id, rule.name);
        let described = manifest.iter().flat_map(|manifest| &manifest.rules);
        for described in described.filter(|described| described.id == id) {
            problems.extend(reads::problems(rule.name, &described.reads, &seen));
        }
    }
    if let Some(manifest) = manifest {
        check_folders(pack, folder, &mut problems);
        for rule in &manifest.rules {
            check_sentence(&rule.id, rule.doc.lines().next().unwrap_or(""), &mut problems);
        }
    }
    if !problems.is_empty() {
        panic!("{} problem(s) in pack `{}`:\n- {}", problems.len(), pack.id, problems.join("\n- "));
    }
}

fn check_folders(pack: &Pack, folder: &Path, problems: &mut Vec<String>) {
    let known: BTreeSet<&str> = pack.rules.iter().map(|rule| rule.name).collect();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !known.contains(name.as_str()) {
            problems.push(format!("`{name}` has cases, but the pack has no such rule"));
        }
    }
}

/// Checks the cases of a rule; which members of its subjects it read.
fn check_rule(
    pack: &Pack,
    rule: &Rule,
    folder: &Path,
    problems: &mut Vec<String>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let cases = match Case::load_all(&folder.join(rule.name), rule.name) {
        Ok(cases) => cases,
        Err(error) => {
            problems.push(format!("{}: {}", rule.name, with_causes(&error)));
            return seen;
        }
    };
    problems.extend(gaps(rule.name, &cases));
    let id = format!("{}/{}", pack.id, rule.name);
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
    for case in &cases {
        match observe_case(rule, case) {
            Ok((status, reads)) => {
                seen.extend(reads);
                problems.extend(judge(case, &id, &status, update));
            }
            Err(error) => problems.push(format!("{}: {error}", case.path.display())),
        }
    }
    outermost_left_out(seen)
}

/// The kinds of cases that a rule lacks, in words; every rule has a valid, an invalid and a missing one.
pub fn gaps(rule: &str, cases: &[Case]) -> Vec<String> {
    [
        (Expectation::Valid, "valid"),
        (Expectation::Invalid, "invalid"),
        (Expectation::Missing, "missing"),
    ]
    .into_iter()
    .filter(|(expectation, _)| !cases.iter().any(|case| case.expectation == *expectation))
    .map(|(_, word)| format!("{rule} has no {word} case"))
    .collect()
}

/// What is wrong with the outcome of a case, wherever it ran: the promise of the file's name, the
/// wording, the snapshot beside it (which is rewritten when `update`).
pub fn judge(case: &Case, id: &str, status: &RuleStatus, update: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let (name, shown) = (case.path.display().to_string(), render(id, status));
    let snapshot = case.path.with_extension("snap");
    let recorded = if update {
        if let Err(error) = std::fs::write(&snapshot, &shown) {
            problems.push(format!("cannot write `{}`: {error}", snapshot.display()));
        }
        Some(shown.clone())
    } else {
        std::fs::read_to_string(&snapshot).ok()
    };
    for deviation in deviations(case.expectation, recorded.as_deref(), status, &shown) {
        problems.push(match deviation {
            Deviation::Promise => format!("{name} promises otherwise, but the outcome is:\n{shown}"),
            Deviation::Differs => {
                let (at, expected) = (snapshot.display(), recorded.as_deref().unwrap_or_default());
                format!("`{at}` differs.\nexpected:\n{expected}actual:\n{shown}")
            }
            Deviation::Unrecorded => format!(
                "`{}` is missing; write it with `kycuong test --update` or `UPDATE_EXPECT=1 cargo test`",
                snapshot.display()
            ),
        });
    }
    check_messages(status, &name, &mut problems);
    problems
}

/// Runs one rule natively on a case.
///
/// # Errors
/// A sentence about a document that is not JSON.
pub fn evaluate_case(rule: &Rule, case: &Case) -> Result<RuleStatus, String> {
    observe_case(rule, case).map(|(status, _)| status)
}

fn observe_case(rule: &Rule, case: &Case) -> Result<(RuleStatus, BTreeSet<String>), String> {
    let limits = ParseLimits::default();
    let read = |text| parse(str::as_bytes(text), &limits).map_err(|error| with_causes(&error));
    let (subject, facts, context) =
        (read(&case.subject)?, read(&case.facts)?, read(&case.context)?);
    let (status, reads) =
        rule.observe(&Input::new(subject.document(), facts.document(), context.document()));
    match unlisted(rule, &status) {
        Some(code) => Err(format!(
            "the rule `{}` finds `{code}`, which its `violations = […]` do not list",
            rule.name
        )),
        None => Ok((status, reads)),
    }
}

/// The code of the first finding that its rule does not list; a host takes no such answer.
fn unlisted<'s>(rule: &Rule, status: &'s RuleStatus) -> Option<&'s str> {
    let findings = match status {
        RuleStatus::Fail { findings } | RuleStatus::NotEvaluated { findings, .. } => {
            findings.as_slice()
        }
        RuleStatus::NotApplicable { .. } | RuleStatus::Pass => &[],
    };
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .find(|code| *code != FURTHER_FINDINGS && !rule.violations.contains(code))
}

fn check_messages(status: &RuleStatus, place: &str, problems: &mut Vec<String>) {
    let findings = match status {
        RuleStatus::Fail { findings } | RuleStatus::NotEvaluated { findings, .. } => {
            findings.as_slice()
        }
        RuleStatus::NotApplicable { reason } => {
            check_sentence(place, &reason.vi, problems);
            return;
        }
        RuleStatus::Pass => return,
    };
    for finding in findings {
        for text in
            [&finding.message.vi, &finding.remedy.vi, &finding.message.en, &finding.remedy.en]
        {
            check_sentence(place, text, problems);
        }
    }
}

/// A message that an official would sign: a whole sentence, typographic quotes, composed letters.
fn check_sentence(place: &str, text: &str, problems: &mut Vec<String>) {
    let starts_well = text
        .chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || first.is_numeric() || first == '“');
    let faults = [
        (!starts_well, "does not start with a capital"),
        (!text.ends_with('.'), "does not end with a period"),
        (text.contains('"'), "has ASCII quotes"),
        (text.contains('!'), "has an exclamation mark"),
        (text.to_lowercase().contains("lỗi"), "blames (`lỗi`)"),
        (text.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c)), "is not NFC"),
    ];
    for (_, fault) in faults.iter().filter(|(wrong, _)| *wrong) {
        problems.push(format!("{place}: the sentence “{text}” {fault}"));
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
        let rule = |violations| Rule {
            name: "late-report",
            severity: Severity::Warn,
            violations,
            kinds: &[],
            regimes: &[],
            stages: &[],
            needed_facts: &[],
            manifest_before_pack: &[],
            manifest_after_pack: &[],
            run,
        };
        let case = Case {
            rule: "late-report".to_owned(),
            path: Default::default(),
            expectation: Expectation::Invalid,
            subject: "{}".to_owned(),
            facts: "{}".to_owned(),
            context: "{}".to_owned(),
        };
        assert_eq!(
            evaluate_case(&rule(&["early"]), &case).unwrap_err(),
            "the rule `late-report` finds `late`, which its `violations = […]` do not list"
        );
        assert!(evaluate_case(&rule(&["early", "late"]), &case).is_ok());
    }
}
