//! The two tables of a pack's README: its rules, and the survivors that it owns up to, each with its reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kycuong_model::finding::Severity;
use kycuong_model::manifest::{PackStatus, RuleDescription};

use crate::error::MutationError;
use crate::package::read_source;
use crate::report::Report;

/// The line before the table of survivors.
pub const SURVIVORS: &str = "<!-- kycuong mutate: survivors -->";
/// The line before the table of rules.
pub const RULES: &str = "<!-- kycuong mutate: rules -->";
/// The line after each of them.
pub const END: &str = "<!-- kycuong mutate: end -->";
/// What stands where a reason is still to be written.
const NO_REASON: &str = "?";

/// The survivors of a README, with their reasons.
#[derive(Debug, Default)]
pub(crate) struct Accepted {
    /// Reasons by the mutant's id.
    pub(crate) reasons: BTreeMap<String, String>,
}

impl Accepted {
    /// The table of a pack's README.md; empty when there is none.
    pub(crate) fn of(dir: &Path) -> Result<Self, MutationError> {
        let path = dir.join("README.md");
        let text = read(&path)?.unwrap_or_default();
        Self::parse(&text).map_err(|line| MutationError::AcceptedRow { path, line })
    }

    /// The error is the line that is no row.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut reasons = BTreeMap::new();
        let mut inside = false;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line == SURVIVORS || line == END {
                inside = line == SURVIVORS;
            } else if inside && line.starts_with("| `") {
                let mut cells = line.trim_matches('|').split("` |");
                let id = cells.next().map(|id| id.trim().trim_start_matches('`'));
                let reason = cells.next().map(str::trim).filter(|reason| !reason.is_empty());
                let (Some(id), Some(reason), None) = (id, reason, cells.next()) else {
                    return Err(at + 1);
                };
                if reason != NO_REASON {
                    reasons.insert(id.to_owned(), reason.to_owned());
                }
            }
        }
        Ok(Self { reasons })
    }
}

/// Rewrites both tables of a pack's README.md, the reasons kept; what survives without one has a `?`.
///
/// A table whose marks are not there is left out. The report has to be of the whole pack.
///
/// # Errors
/// When there is no README.md, or it cannot be written.
pub fn update_readme(dir: &Path, report: &Report) -> Result<(), MutationError> {
    let path = dir.join("README.md");
    let text = read_source(&path).map_err(MutationError::file("read", &path))?;
    let updated = replaced(&text, RULES, &rules(report));
    let updated = replaced(&updated, SURVIVORS, &survivors(report));
    if updated == text {
        return Ok(());
    }
    fs::write(&path, updated).map_err(MutationError::file("write", &path))
}

fn read(path: &Path) -> Result<Option<String>, MutationError> {
    match read_source(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(MutationError::File { action: "read", path: path.to_owned(), source }),
    }
}

/// The text with another table between two marks.
fn replaced(text: &str, begin: &str, table: &str) -> String {
    let parts = text.split_once(begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some(format!("{before}{begin}\n{table}{END}{after}"))
    });
    parts.unwrap_or_else(|| text.to_owned())
}

fn rules(report: &Report) -> String {
    let mut table = "| dòng | quy tắc | mức | quy phạm |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in &report.rules {
        let requirement = rule.requirement.as_deref().unwrap_or("–");
        let name = rule.name();
        let norm = rule.doc.lines().next().unwrap_or_default();
        let level = level(rule, report.status);
        let _ = writeln!(table, "| {requirement} | `{name}` | {level} | {norm} |");
    }
    table
}

/// The highest severity as officials call it; that of a historic pack holds once it was adopted.
fn level(rule: &RuleDescription, status: PackStatus) -> &'static str {
    match (rule.severity, status) {
        (Severity::Block, PackStatus::InForce) => "chặn",
        (Severity::Block, PackStatus::Historic) => "chặn khi được áp dụng",
        (Severity::Warn, _) => "cảnh báo",
        (Severity::Inform, _) => "lưu ý",
    }
}

fn survivors(report: &Report) -> String {
    let mut table = "| biến thể | lý do |\n| --- | --- |\n".to_owned();
    for (mutant, reason) in report.reasons() {
        let _ = writeln!(table, "| `{}` | {} |", mutant.id, reason.unwrap_or(NO_REASON));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_between_the_marks_are_read() {
        let text = format!(
            "# Gói\n| `outside:+1` | no |\n{SURVIVORS}\n| biến thể | lý do |\n| --- | --- |\n\
             | `a/costs.total:+1` | Không có ranh giới. |\n| `new:+1` | ? |\n{END}\n| `after:+1` | no |\n"
        );
        let accepted = Accepted::parse(&text).unwrap();
        assert_eq!(
            accepted.reasons.into_iter().collect::<Vec<_>>(),
            [("a/costs.total:+1".to_owned(), "Không có ranh giới.".to_owned())]
        );
        assert_eq!(Accepted::parse(&format!("{SURVIVORS}\n| `a:+1` | |\n")).unwrap_err(), 2);
        assert_eq!(Accepted::parse(&format!("{SURVIVORS}\n| `a:+1` because\n")).unwrap_err(), 2);
    }

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text =
            format!("before\n{RULES}\nold\n{END}\nbetween\n{SURVIVORS}\nold\n{END}\nafter\n");
        let once = replaced(&text, SURVIVORS, "new\n");
        assert_eq!(
            once,
            format!("before\n{RULES}\nold\n{END}\nbetween\n{SURVIVORS}\nnew\n{END}\nafter\n")
        );
        assert_eq!(replaced(&once, SURVIVORS, "new\n"), once);
        assert_eq!(replaced("no marks\n", RULES, "new\n"), "no marks\n");
    }
}
