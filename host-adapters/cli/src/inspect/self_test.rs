//! `kycuong inspect --self-test`: the cases that a pack carries, run in the sandbox, and what differs.

use std::fmt::Write as _;

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::RulePack;
use kycuong_engine::report::SelfTest;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::self_test::SelfTestError;
use kycuong_model::manifest::Manifest;
use serde_json::{Value, json};

use crate::args::Language;
use crate::error::CommandError;
use crate::packs::PackFile;

/// Loads a pack and runs its cases.
pub fn of(file: &PackFile) -> Result<Result<SelfTest, SelfTestError>, CommandError> {
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..Limits::default() })
        .map_err(|source| CommandError::Sandbox { source })?;
    let pack = RulePack::load(&sandbox, &file.bytes)
        .map_err(|source| CommandError::Load { path: file.path.clone(), source })?;
    Ok(pack.self_test().cloned())
}

/// What passed, or each problem with both outcomes.
pub fn human(
    manifest: &Manifest,
    self_test: &Result<SelfTest, SelfTestError>,
    language: Language,
) -> String {
    let label = |vi, en| language.pick(vi, en);
    let mut text = format!("{} {}: ", manifest.pack, manifest.version);
    match self_test {
        Ok(SelfTest { rules, cases, digest, .. }) => {
            let _ = match language {
                Language::Vi => writeln!(
                    text,
                    "{cases} tình huống mẫu của {rules} quy tắc cho kết quả đúng như tác giả đã ghi"
                ),
                Language::En => writeln!(
                    text,
                    "{cases} cases of {rules} rules came out as their author recorded"
                ),
            };
            let _ = writeln!(text, "  {digest}");
        }
        Err(error) => {
            let _ = writeln!(
                text,
                "{}",
                label(
                    "kết quả chạy tình huống mẫu không đúng như tác giả đã ghi",
                    "it does not pass its self-test"
                )
            );
            let (problems, found) = error.problems();
            for problem in problems {
                let _ = writeln!(text, "\n- {problem}");
                for (name, outcome) in [
                    (label("đã ghi", "recorded"), problem.kind.recorded()),
                    (label("chạy tại đây", "here"), problem.kind.outcome()),
                ] {
                    let Some(outcome) = outcome else { continue };
                    let _ = writeln!(text, "  {name}:");
                    for line in outcome.lines() {
                        let _ = writeln!(text, "    {line}");
                    }
                }
            }
            let more = found.saturating_sub(problems.len());
            if more > 0 {
                let _ = writeln!(text, "\n{}: {more}", label("còn nữa", "and more"));
            }
            if !matches!(error, SelfTestError::Failed { .. }) {
                let _ = writeln!(text, "\n- {error}");
            }
        }
    }
    text
}

/// The same for programs.
pub fn json(self_test: &Result<SelfTest, SelfTestError>) -> Value {
    match self_test {
        Ok(self_test) => json!(self_test),
        Err(error) => {
            let (problems, found) = error.problems();
            let problems = problems.iter().map(|problem| {
                json!({
                    "rule": problem.rule,
                    "case": problem.case,
                    "message": problem.to_string(),
                    "recorded": problem.kind.recorded(),
                    "outcome": problem.kind.outcome(),
                })
            });
            json!({ "error": error.to_string(), "found": found, "problems": problems.collect::<Vec<_>>() })
        }
    }
}
