//! An outcome as text, for people to read and review: the `.snap` file beside a case.
//!
//! Writer and reader stand side by side: tests compare what is written, the rule book reads the
//! sentences out of it again.

use std::fmt::Write as _;

use crate::finding::{Missing, RuleFinding, RuleStatus, Severity};
use crate::text::Bilingual;

/// What a snapshot says, as far as the text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// In the order in which the rule added them.
    pub findings: Vec<SnapshotFinding>,
    /// What became of the rule.
    pub conclusion: Conclusion,
}

/// What became of the rule in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing to object to.
    Pass,
    /// At least one finding.
    Fail,
    /// The rule does not concern the subject: why.
    NotApplicable(Bilingual),
    /// The rule could not decide: what it lacked.
    NotEvaluated(Missing),
}

/// A finding, as a snapshot shows it: without its code and values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFinding {
    /// How grave.
    pub severity: Severity,
    /// The JSON Pointer of its place; empty for the whole subject.
    pub path: String,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do.
    pub remedy: Bilingual,
}

const PLACE: &str = "  --> ";
const REMEDY_VI: &str = "  cần làm: ";
const MESSAGE_EN: &str = "  en: ";
const REMEDY_EN: &str = "  remedy: ";
const NO_FIELD: &str = " is missing";
const NO_TABLE: (&str, &str) = ("the facts table ", " is missing");

/// An outcome of the rule `id` (`pack/rule-name`), as snapshots show it.
pub fn render(id: &str, status: &RuleStatus) -> String {
    let mut out = String::new();
    let mut show = |findings: &[RuleFinding]| {
        for finding in findings {
            let place = if finding.path.as_str().is_empty() { "/" } else { finding.path.as_str() };
            let _ = write!(
                out,
                "{}[{id}]: {}\n{PLACE}{place}\n{REMEDY_VI}{}\n{MESSAGE_EN}{}\n{REMEDY_EN}{}\n\n",
                finding.severity.code(),
                finding.message.vi,
                finding.remedy.vi,
                finding.message.en,
                finding.remedy.en,
            );
        }
    };
    match status {
        RuleStatus::Pass => return format!("pass[{id}]\n"),
        RuleStatus::NotApplicable { reason } => {
            return format!("not-applicable[{id}]: {}\n{MESSAGE_EN}{}\n", reason.vi, reason.en);
        }
        RuleStatus::Fail { findings } => show(findings),
        RuleStatus::NotEvaluated { missing, findings } => {
            show(findings);
            let what = match missing {
                Missing::Field(pointer) => format!("{pointer}{NO_FIELD}"),
                Missing::Facts(table) => format!("{}{table}{}", NO_TABLE.0, NO_TABLE.1),
            };
            let _ = writeln!(out, "not-evaluated[{id}]: {what}");
        }
    }
    format!("{}\n", out.trim_end())
}

/// Reads a snapshot; `None` when the text is none. Sentences over several lines keep their lines.
pub fn read(text: &str) -> Option<Snapshot> {
    let mut findings = Vec::new();
    let mut conclusion = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        let (word, rest) = headline(line)?;
        let severity = match word {
            "pass" => {
                conclusion = Some(Conclusion::Pass);
                continue;
            }
            "not-evaluated" => {
                conclusion = Some(Conclusion::NotEvaluated(missing(rest)?));
                continue;
            }
            "not-applicable" => {
                let mut parts = Parts::new(rest);
                while let Some(line) = lines.next_if(|line| headline(line).is_none()) {
                    parts.take(line);
                }
                let [vi, _, _, en, _] = parts.texts();
                conclusion = Some(Conclusion::NotApplicable(Bilingual { vi, en }));
                continue;
            }
            "block" => Severity::Block,
            "warn" => Severity::Warn,
            "inform" => Severity::Inform,
            _ => return None,
        };
        let mut parts = Parts::new(rest);
        while let Some(line) = lines.next_if(|line| headline(line).is_none()) {
            parts.take(line);
        }
        let [vi, place, remedy_vi, en, remedy_en] = parts.texts();
        let path = if place == "/" { String::new() } else { place };
        let (message, remedy) = (Bilingual { vi, en }, Bilingual { vi: remedy_vi, en: remedy_en });
        findings.push(SnapshotFinding { severity, path, message, remedy });
    }
    let conclusion = match conclusion {
        Some(conclusion) => conclusion,
        None if findings.is_empty() => return None,
        None => Conclusion::Fail,
    };
    Some(Snapshot { findings, conclusion })
}

/// The word before `[id]`, and what stands after the colon.
fn headline(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once('[')?;
    let known = ["block", "warn", "inform", "pass", "not-evaluated", "not-applicable"];
    let (id, rest) = rest.split_once(']')?;
    let is_id = !id.is_empty() && !id.contains(char::is_whitespace);
    (known.contains(&word) && is_id).then(|| (word, rest.strip_prefix(": ").unwrap_or_default()))
}

fn missing(what: &str) -> Option<Missing> {
    let table = what.strip_prefix(NO_TABLE.0).and_then(|rest| rest.strip_suffix(NO_TABLE.1));
    match table {
        Some(table) => Some(Missing::Facts(table.to_owned())),
        None => what.strip_suffix(NO_FIELD).map(|path| Missing::Field(path.into())),
    }
}

/// The sentences of one finding, while its lines are read: message, place, remedy, and both in English.
struct Parts<'a> {
    texts: [Vec<&'a str>; 5],
    at: usize,
}

impl<'a> Parts<'a> {
    fn new(message: &'a str) -> Self {
        let mut parts = Self { texts: Default::default(), at: 0 };
        parts.put(0, message);
        parts
    }

    fn take(&mut self, line: &'a str) {
        let prefixes = [(PLACE, 1), (REMEDY_VI, 2), (MESSAGE_EN, 3), (REMEDY_EN, 4)];
        let start = prefixes
            .into_iter()
            .filter(|(_, place)| *place > self.at)
            .find_map(|(prefix, place)| Some((place, line.strip_prefix(prefix)?)));
        match start {
            Some((place, rest)) => self.put(place, rest),
            None => self.put(self.at, line),
        }
    }

    fn put(&mut self, place: usize, line: &'a str) {
        self.at = place;
        if let Some(text) = self.texts.get_mut(place) {
            text.push(line);
        }
    }

    fn texts(self) -> [String; 5] {
        self.texts.map(|lines| lines.join("\n").trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn finding(path: &str, severity: Severity, message: &str) -> RuleFinding {
        RuleFinding {
            path: path.into(),
            severity,
            message: Bilingual::new(message, "The total is VND 300."),
            remedy: Bilingual::new("Ghi lại tổng.", "Correct the total."),
            values: BTreeMap::new(),
            code: "total-differs".to_owned(),
        }
    }

    fn shown(finding: &RuleFinding) -> SnapshotFinding {
        SnapshotFinding {
            severity: finding.severity,
            path: finding.path.as_str().to_owned(),
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let findings = vec![
            finding("/costs/total", Severity::Block, "Tổng ghi 300 đồng."),
            finding("", Severity::Warn, "Gói thầu “a[b]: c” gồm\nhai dòng."),
        ];
        let expected: Vec<_> = findings.iter().map(shown).collect();
        let reason = Bilingual::new("Không thuê dịch vụ.", "Nothing is hired.");
        let table = Missing::Facts("working_days".to_owned());
        for (status, findings, conclusion) in [
            (RuleStatus::Pass, Vec::new(), Conclusion::Pass),
            (RuleStatus::Fail { findings: findings.clone() }, expected.clone(), Conclusion::Fail),
            (
                RuleStatus::NotApplicable { reason: reason.clone() },
                Vec::new(),
                Conclusion::NotApplicable(reason),
            ),
            (
                RuleStatus::NotEvaluated { missing: table.clone(), findings },
                expected,
                Conclusion::NotEvaluated(table),
            ),
            (
                RuleStatus::NotEvaluated {
                    missing: Missing::Field("/owner/level".into()),
                    findings: Vec::new(),
                },
                Vec::new(),
                Conclusion::NotEvaluated(Missing::Field("/owner/level".into())),
            ),
        ] {
            let text = render("thu/mot", &status);
            assert_eq!(read(&text), Some(Snapshot { findings, conclusion }), "{text}");
        }
    }

    #[test]
    fn another_text_is_no_snapshot() {
        for text in ["", "\n", "crash[thu/mot]: x\n", "Tổng ghi 300 đồng.\n"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
