//! `kycuong test`: every case of a pack, in the sandbox that will run it at the checkpoint.
//!
//! The same cases run natively under `cargo test`; here it is the built component that answers.

use std::fmt::Write as _;
use std::path::Path;

use kycuong_cases::{stray_files, test_rule};
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{EvaluationRequest, RulePack, RuleResult};
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::cases::{CaseDocuments, CaseRunner};
use kycuong_model::finding::RuleStatus;
use kycuong_model::tape::ParseLimits;
use kycuong_model::text::with_causes;
use kycuong_rules_sdk::testing::wrong;

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

    let Tested { lines, passed, failures } = test(&pack, &dir.join("cases"), update);
    if update {
        // The component carries the outcomes, so it is written again with the new ones.
        build(&[dir.to_owned()])?;
    }
    let failed = failures.len();
    let mut text = lines;
    for failure in &failures {
        let _ = write!(text, "\n---- {}\n", failure.trim_end());
    }
    let result = if failed == 0 { "ok" } else { "FAILED" };
    let _ = write!(text, "\ntest result: {result}. {passed} passed; {failed} failed");
    text.push_str(if update {
        "; outcomes and wordings rewritten: read them before you rely on them\n"
    } else {
        "\n"
    });
    print(&text).map_err(|source| CommandError::Output { source })?;
    Ok(failed == 0)
}

/// What became of all cases of a pack.
#[derive(Default)]
struct Tested {
    /// A line for each case.
    lines: String,
    passed: usize,
    /// What is wrong, each with its file and line.
    failures: Vec<String>,
}

fn test(pack: &RulePack, folder: &Path, update: bool) -> Tested {
    let mut tested = Tested::default();
    let rules = &pack.manifest().rules;
    for rule in rules {
        let name = rule.name();
        let report = test_rule(folder, &rule.id, &mut Sandboxed(pack), update);
        for case in &report.cases {
            let passed = case.problems.is_empty();
            tested.passed += usize::from(passed);
            let result = if passed { "ok" } else { "FAILED" };
            let _ = writeln!(tested.lines, "test {name}, {} ... {result}", case.title);
        }
        tested.failures.extend(wrong(&report));
    }
    for stray in stray_files(folder, rules.iter().map(|rule| rule.id.as_str())) {
        tested.failures.push(format!(
            "{}: the pack has no such rule; take the file away, or name it after its rule",
            stray.display()
        ));
    }
    tested
}

/// Runs rules of a loaded pack.
struct Sandboxed<'p>(&'p RulePack);

impl CaseRunner for Sandboxed<'_> {
    type Error = String;

    fn run(&mut self, rule: &str, documents: &CaseDocuments) -> Result<RuleStatus, String> {
        let declared = self.0.manifest().rules.iter().find(|declared| declared.id == rule);
        let needs = declared.map(|rule| rule.facts.as_slice()).unwrap_or_default();
        let limits = ParseLimits::default();
        let documents = documents.supplied(needs, &limits).map_err(|error| with_causes(&error))?;
        let tapes = documents.tapes(&limits).map_err(|error| with_causes(&error))?;
        let rules = [rule.to_owned()];
        let request = EvaluationRequest {
            subject: tapes.subject.document(),
            facts: tapes.facts.document(),
            context: tapes.context.document(),
            rules: &rules,
        };
        match self.0.evaluate(&request).outcomes.into_iter().next() {
            Some(RuleResult::Answered(status)) => Ok(status),
            Some(RuleResult::Crashed(crash)) => Err(format!("has no outcome: the rule {crash}")),
            None => Err("has no outcome: the pack answered nothing".to_owned()),
        }
    }
}
