//! `kycuong test`: every case of a pack, in the sandbox that will run it at the checkpoint.
//!
//! The same cases run natively under `cargo test`; here it is the built component that answers.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{EvaluationRequest, RulePack, RuleResult};
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::finding::RuleStatus;
use kycuong_model::rule_id::RuleId;
use kycuong_model::tape::{Document, ParseError, ParseLimits, parse};
use kycuong_model::text::with_causes;
use kycuong_rules_sdk::Case;
use kycuong_rules_sdk::testing::{gaps, judge};

use crate::build::build;
use crate::error::CommandError;
use crate::terminal::print;

/// Builds a pack and runs its cases; whether all of them are as promised.
pub fn run(dir: &Path, update: bool) -> Result<bool, CommandError> {
    let built = build(&[dir.to_owned()])?;
    let Some(built) = built.into_iter().next() else { return Ok(false) };
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..Limits::default() })
        .map_err(|source| CommandError::Sandbox { source })?;
    let pack = RulePack::load(&sandbox, &built.bytes)
        .map_err(|source| CommandError::Load { path: built.path.clone(), source })?;

    let mut bench =
        Bench { pack, folder: dir.join("cases"), update, passed: 0, failures: Vec::new() };
    let lines = bench.run();
    if update {
        // The component carries the snapshots, so it is written again with the new ones.
        build(&[dir.to_owned()])?;
    }
    let (passed, failed) = (bench.passed, bench.failures.len());
    let mut text = lines;
    for (place, problems) in &bench.failures {
        let _ = write!(text, "\n---- {place} ----\n{}\n", problems.join("\n").trim_end());
    }
    let result = if failed == 0 { "ok" } else { "FAILED" };
    let _ = write!(text, "\ntest result: {result}. {passed} passed; {failed} failed");
    text.push_str(if update {
        "; snapshots rewritten: read them before you rely on them\n"
    } else {
        "\n"
    });
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(failed == 0)
}

struct Bench {
    pack: RulePack,
    folder: PathBuf,
    update: bool,
    passed: usize,
    /// Where, and what is wrong there.
    failures: Vec<(String, Vec<String>)>,
}

impl Bench {
    fn run(&mut self) -> String {
        let mut text = String::new();
        let pack = self.pack.clone();
        let mut names = BTreeSet::new();
        for rule in &pack.manifest().rules {
            let name = rule.name();
            names.insert(name.to_owned());
            match Case::load_all(&self.folder.join(name), name) {
                Ok(cases) => self.run_rule(&rule.id, &cases, &mut text),
                Err(error) => self.fail(name.to_owned(), vec![with_causes(&error)], &mut text),
            }
        }
        for stray in stray_folders(&self.folder, &names) {
            let problem = format!("`{stray}` has cases, but the pack has no such rule");
            self.fail(stray, vec![problem], &mut text);
        }
        text
    }

    fn run_rule(&mut self, id: &str, cases: &[Case], text: &mut String) {
        let name = RuleId::of(id).name();
        for case in cases {
            let file = case
                .path
                .file_name()
                .map(|file| file.to_string_lossy().into_owned())
                .unwrap_or_default();
            let place = format!("{name}/{file}");
            let problems = match evaluate(&self.pack, id, case) {
                Ok(status) => judge(case, id, &status, self.update),
                Err(problem) => vec![problem],
            };
            if problems.is_empty() {
                self.passed += 1;
                let _ = writeln!(text, "test {place} ... ok");
            } else {
                self.fail(place, problems, text);
            }
        }
        let gaps = gaps(name, cases);
        if !gaps.is_empty() {
            self.fail(name.to_owned(), gaps, text);
        }
    }

    fn fail(&mut self, place: String, problems: Vec<String>, text: &mut String) {
        let _ = writeln!(text, "test {place} ... FAILED");
        self.failures.push((place, problems));
    }
}

/// What the pack answers to a case; an outcome that is none is a problem in words.
fn evaluate(pack: &RulePack, id: &str, case: &Case) -> Result<RuleStatus, String> {
    let limits = ParseLimits::default();
    let read = |text: &'_ str| parse(text.as_bytes(), &limits).map(|tape| tape.into_words());
    let not_json = |error: ParseError| format!("{}: {}", case.path.display(), with_causes(&error));
    let subject = read(&case.subject).map_err(not_json)?;
    let facts = read(&case.facts).map_err(not_json)?;
    let context = read(&case.context).map_err(not_json)?;
    let rules = [id.to_owned()];
    let request = EvaluationRequest {
        subject: Document::new(&case.subject, &subject),
        facts: Document::new(&case.facts, &facts),
        context: Document::new(&case.context, &context),
        rules: &rules,
    };
    match pack.evaluate(&request).outcomes.into_iter().next() {
        Some(RuleResult::Answered(status)) => Ok(status),
        Some(RuleResult::Crashed(crash)) => {
            Err(format!("{}: the rule {crash}", case.path.display()))
        }
        None => Err(format!("{}: the pack answered nothing", case.path.display())),
    }
}

/// Folders of cases without a rule, sorted.
fn stray_folders(folder: &Path, rules: &BTreeSet<String>) -> Vec<String> {
    let mut strays: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !rules.contains(name))
        .collect();
    strays.sort();
    strays
}
