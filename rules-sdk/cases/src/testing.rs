//! Runs the cases of one rule and holds their outcomes against the file; writes the file anew when asked to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kycuong_files::read_text_bounded;
use kycuong_model::cases::{
    CarriedCase, CaseFailure, CaseOutcome, CaseRunner, CaseWording, Deviation, Expectation,
};
use kycuong_model::finding::RuleStatus;
use kycuong_model::rule_id::RuleId;
use kycuong_model::text::{Bilingual, with_causes};

use crate::file::{Case, CaseFile};
use crate::{file_name, wordings};

/// What became of the cases of one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleReport {
    /// Each case, in the order of the file.
    pub cases: Vec<CaseReport>,
    /// What is wrong with the file as a whole: each with file and line.
    pub problems: Vec<String>,
}

/// What became of one case.
#[derive(Clone, Debug)]
pub struct CaseReport {
    /// `cases/rule.md:12`.
    pub place: String,
    /// Kind and name.
    pub title: String,
    /// What the rule answered; `None` when it gave no answer.
    pub status: Option<RuleStatus>,
    /// What is wrong; nothing of a case that is as it should be.
    pub problems: Vec<String>,
}

/// Runs the cases of a rule, by its id, from the folder of cases of its pack. With `update`, outcomes
/// and wordings are written into the file as they are now; a promise is never rewritten.
pub fn test_rule<R>(folder: &Path, rule: &str, runner: &mut R, update: bool) -> RuleReport
where
    R: CaseRunner<Error = String>,
{
    let mut report = RuleReport::default();
    let path = folder.join(file_name(rule));
    let name = RuleId::of(rule).name();
    let mut file = match CaseFile::load(&path, name) {
        Ok(file) => file,
        Err(error) => {
            report.problems.push(error.to_string());
            return report;
        }
    };
    let carried = match file.carry(&path, rule) {
        Ok(carried) => carried.cases,
        Err(error) => {
            report.problems.push(error.to_string());
            return report;
        }
    };
    for (case, carried) in file.cases.iter_mut().zip(&carried) {
        report.cases.push(test_case(&path, rule, case, carried, runner, update));
    }
    for expectation in Expectation::ALL {
        if !file.cases.iter().any(|case| case.expectation == expectation) {
            let code = expectation.code();
            report.problems.push(format!(
                "{}: the rule `{name}` has no {code} case; add one below a heading `## {code}: name`",
                path.display()
            ));
        }
    }
    check_wordings(&path, &mut file, &mut report, update);
    if update && let Err(problem) = rewrite(&path, &file) {
        report.problems.push(problem);
    }
    report
}

fn test_case<R>(
    path: &Path,
    rule: &str,
    case: &mut Case,
    carried: &CarriedCase,
    runner: &mut R,
    update: bool,
) -> CaseReport
where
    R: CaseRunner<Error = String>,
{
    let place = format!("{}:{}", path.display(), case.line);
    let title = case.title();
    let status = match carried.run(rule, runner) {
        Ok(status) => status,
        Err(failure) => {
            let why = match failure {
                CaseFailure::Unreadable(error) => with_causes(&error),
                CaseFailure::Run(error) => error,
            };
            return CaseReport { place, title, status: None, problems: vec![why] };
        }
    };
    let outcome = CaseOutcome::from(&status);
    let mut problems = Vec::new();
    for deviation in carried.deviations(&outcome) {
        let recorded = carried.outcome.iter().flat_map(CaseOutcome::lines);
        problems.push(match deviation {
            Deviation::Promise => {
                format!("promises `{}`, but the outcome is:\n{}", case.expectation.code(), arrows(outcome.lines()))
            }
            Deviation::Differs(_) | Deviation::Unrecorded if update => continue,
            Deviation::Differs(difference) => format!(
                "differs in {difference}\nrecorded:\n{}now:\n{}",
                arrows(recorded),
                arrows(outcome.lines())
            ),
            Deviation::Unrecorded => format!(
                "has no recorded outcome; write it with `kycuong test --update` or `UPDATE_EXPECT=1 cargo test`. It is:\n{}",
                arrows(outcome.lines())
            ),
        });
    }
    if update {
        case.outcome = Some(outcome);
    }
    CaseReport { place, title, status: Some(status), problems }
}

fn arrows(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("  → {line}\n")).collect()
}

fn check_wordings(path: &Path, file: &mut CaseFile, report: &mut RuleReport, update: bool) {
    let answered =
        report.cases.iter().filter_map(|case| Some((case.title.clone(), case.status.as_ref()?)));
    let now = wordings(answered);
    if update {
        file.wordings = now;
        return;
    }
    let at = path.display();
    let advice = "read the sentences, then write them with `kycuong test --update`";
    let mut left: Vec<&CaseWording> =
        file.wordings.iter().filter(|recorded| !now.contains(recorded)).collect();
    for wording in now.iter().filter(|wording| !file.wordings.contains(wording)) {
        let CaseWording { code, case, message, remedy } = wording;
        let same = left.iter().position(|other| other.code == *code && other.case == *case);
        let Some(recorded) = same.map(|same| left.remove(same)) else {
            report.problems.push(format!(
                "{at}: the wording of `{code}` in the case “{case}” is not recorded; {advice}\nnow:\n{}",
                sentences(message, remedy.as_ref())
            ));
            continue;
        };
        report.problems.push(format!(
            "{at}: the wording of `{code}` in the case “{case}” differs; {advice}\nrecorded:\n{}now:\n{}",
            sentences(&recorded.message, recorded.remedy.as_ref()),
            sentences(message, remedy.as_ref())
        ));
    }
    for CaseWording { code, case, .. } in left {
        report.problems.push(format!(
            "{at}: the wording of `{code}` is no longer taken from the case “{case}”; {advice}"
        ));
    }
}

fn sentences(message: &Bilingual, remedy: Option<&Bilingual>) -> String {
    let texts = [Some(message), remedy];
    texts.into_iter().flatten().map(|text| format!("  {}\n  {}\n", text.vi, text.en)).collect()
}

/// Writes the file when something in it changed; one that is the same is not touched.
fn rewrite(path: &Path, file: &CaseFile) -> Result<(), String> {
    let text = file.write();
    if read_text_bounded(path, text.len() as u64).is_ok_and(|present| present == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

/// What stands in the folder of cases and is the file of none of these rules, sorted.
pub fn stray_files<'r>(folder: &Path, rules: impl IntoIterator<Item = &'r str>) -> Vec<PathBuf> {
    let known: BTreeSet<String> = rules.into_iter().map(file_name).collect();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut strays: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            !name.starts_with('.') && !known.contains(&name)
        })
        .map(|entry| entry.path())
        .collect();
    strays.sort();
    strays
}
