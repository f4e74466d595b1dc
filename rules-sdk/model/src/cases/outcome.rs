//! What became of a case, as data: enough to hold two runs against each other, and no sentence.
//!
//! One line for each finding and one for what else is to be said, for people to read in the file of
//! cases and in errors; reader and writer stand side by side here.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use crate::finding::{Missing, RuleFinding, RuleStatus, Severity};
use crate::pointer::Pointer;
use crate::tape::{Kind, ParseLimits, parse};

/// What became of a rule in a case, without its sentences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CaseOutcome {
    /// Nothing to object to.
    Pass,
    /// The rule does not concern the subject.
    NotApplicable,
    /// At least one finding.
    Fail {
        /// In the order in which the rule added them.
        findings: Vec<CaseFinding>,
    },
    /// The rule could not decide.
    NotEvaluated {
        /// What was missing.
        missing: Missing,
        /// What it had found before it gave up.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<CaseFinding>,
    },
}

/// One finding without its sentences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFinding {
    /// Which violation: a code of the rule.
    pub code: String,
    /// Where, in the subject.
    pub path: Pointer,
    /// How severe.
    pub severity: Severity,
    /// The values behind the sentences, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// The words of lines that are no findings.
const PASS: &str = "pass";
const NOT_APPLICABLE: &str = "not-applicable";
const NOT_EVALUATED: &str = "not-evaluated";
/// Stands before the name of a table of facts that was missing.
const FACTS: &str = "facts";
/// Stands for the empty pointer, which is the whole subject.
const WHOLE: &str = "subject";

impl From<&RuleFinding> for CaseFinding {
    fn from(finding: &RuleFinding) -> Self {
        Self {
            code: finding.code.clone(),
            path: finding.path.clone(),
            severity: finding.severity,
            values: finding.values.clone(),
        }
    }
}

impl From<&RuleStatus> for CaseOutcome {
    fn from(status: &RuleStatus) -> Self {
        let all = |findings: &[RuleFinding]| findings.iter().map(CaseFinding::from).collect();
        match status {
            RuleStatus::Pass => Self::Pass,
            RuleStatus::NotApplicable { .. } => Self::NotApplicable,
            RuleStatus::Fail { findings } => Self::Fail { findings: all(findings) },
            RuleStatus::NotEvaluated { missing, findings } => {
                Self::NotEvaluated { missing: missing.clone(), findings: all(findings) }
            }
        }
    }
}

/// Why lines say no outcome.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeLineError {
    /// There is no line.
    #[error("no outcome is written")]
    Empty,
    /// A line is of no known form.
    #[error(
        "`{line}` says no outcome; expected `pass`, `not-applicable`, `not-evaluated /pointer`, `not-evaluated facts table`, or a finding `code /pointer severity name=value`"
    )]
    Form {
        /// The line.
        line: String,
    },
    /// `pass` or `not-applicable` is not alone, or `not-evaluated` is not last.
    #[error("`{line}` cannot stand together with the other lines of the outcome")]
    Company {
        /// The line.
        line: String,
    },
}

impl CaseOutcome {
    /// The findings; none of a rule that passed or does not apply.
    pub fn findings(&self) -> &[CaseFinding] {
        match self {
            Self::Pass | Self::NotApplicable => &[],
            Self::Fail { findings } | Self::NotEvaluated { findings, .. } => findings,
        }
    }

    /// The status in a word, as reports have it.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Pass => PASS,
            Self::NotApplicable => NOT_APPLICABLE,
            Self::Fail { .. } => "fail",
            Self::NotEvaluated { .. } => NOT_EVALUATED,
        }
    }

    /// The outcome in lines, which [`CaseOutcome::of_lines`] reads again: each finding, then what
    /// else became of the rule.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.findings().iter().map(ToString::to_string).collect();
        match self {
            Self::Pass => lines.push(PASS.to_owned()),
            Self::NotApplicable => lines.push(NOT_APPLICABLE.to_owned()),
            Self::Fail { .. } => {}
            Self::NotEvaluated { missing: Missing::Field(pointer), .. } => {
                lines.push(format!("{NOT_EVALUATED} {}", place(pointer)));
            }
            Self::NotEvaluated { missing: Missing::Facts(table), .. } => {
                lines.push(format!("{NOT_EVALUATED} {FACTS} {}", word(table)));
            }
        }
        lines
    }

    /// Reads lines as [`CaseOutcome::lines`] writes them.
    ///
    /// # Errors
    ///
    /// [`OutcomeLineError`], with the line.
    pub fn of_lines<'l>(
        lines: impl IntoIterator<Item = &'l str>,
    ) -> Result<Self, OutcomeLineError> {
        let mut findings = Vec::new();
        let mut conclusion = None;
        for line in lines {
            if conclusion.is_some() {
                return Err(OutcomeLineError::Company { line: line.to_owned() });
            }
            let form = || OutcomeLineError::Form { line: line.to_owned() };
            let words = words(line).ok_or_else(form)?;
            let alone = match words.as_slice() {
                [Word::Plain(PASS)] => Self::Pass,
                [Word::Plain(NOT_APPLICABLE)] => Self::NotApplicable,
                [Word::Plain(NOT_EVALUATED), Word::Plain(FACTS), table] => {
                    let missing = Missing::Facts(table.text().to_owned());
                    Self::NotEvaluated { missing, findings: Vec::new() }
                }
                [Word::Plain(NOT_EVALUATED), at] => {
                    let missing = Missing::Field(pointer(at).ok_or_else(form)?);
                    Self::NotEvaluated { missing, findings: Vec::new() }
                }
                words => {
                    findings.push(finding(words).ok_or_else(form)?);
                    continue;
                }
            };
            let company = matches!(alone, Self::Pass | Self::NotApplicable) && !findings.is_empty();
            if company {
                return Err(OutcomeLineError::Company { line: line.to_owned() });
            }
            conclusion = Some(alone);
        }
        match conclusion {
            Some(Self::NotEvaluated { missing, .. }) => {
                Ok(Self::NotEvaluated { missing, findings })
            }
            Some(alone) => Ok(alone),
            None if findings.is_empty() => Err(OutcomeLineError::Empty),
            None => Ok(Self::Fail { findings }),
        }
    }
}

impl fmt::Display for CaseOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().join("; "))
    }
}

impl fmt::Display for CaseFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, path, severity, values } = self;
        write!(f, "{} {} {}", word(code), place(path), severity.code())?;
        for (name, value) in values {
            write!(f, " {}={}", word(name), word(value))?;
        }
        Ok(())
    }
}

/// One word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word<'l> {
    /// As it is written.
    Plain(&'l str),
    /// It was written as a JSON string.
    Quoted(String),
    /// `name=value`.
    Pair(String, String),
}

impl Word<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Quoted(text) => text,
            Self::Pair(..) => "",
        }
    }
}

fn finding(words: &[Word<'_>]) -> Option<CaseFinding> {
    let [code @ (Word::Plain(_) | Word::Quoted(_)), path, Word::Plain(severity), rest @ ..] = words
    else {
        return None;
    };
    let severity = [Severity::Inform, Severity::Warn, Severity::Block]
        .into_iter()
        .find(|known| known.code() == *severity)?;
    let mut values = BTreeMap::new();
    for pair in rest {
        let Word::Pair(name, value) = pair else { return None };
        if values.insert(name.clone(), value.clone()).is_some() {
            return None;
        }
    }
    Some(CaseFinding { code: code.text().to_owned(), path: pointer(path)?, severity, values })
}

fn pointer(word: &Word<'_>) -> Option<Pointer> {
    match word {
        Word::Plain(WHOLE) => Some(Pointer::root()),
        Word::Plain(_) | Word::Quoted(_) if word.text().starts_with('/') => {
            Some(Pointer::from(word.text()))
        }
        _ => None,
    }
}

fn place(pointer: &Pointer) -> String {
    if pointer.as_str().is_empty() { WHOLE.to_owned() } else { word(pointer.as_str()) }
}

/// A text as one word: as it is when it has neither spaces nor signs of the line's own, else as JSON
/// writes it.
fn word(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { quote(text) }
}

fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || "-._/:+%~".contains(character)
}

/// A text as JSON writes it.
pub(super) fn quote(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                _ = write!(json, "\\u{:04x}", u32::from(character));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

/// The words of a line, one space between each two; `None` when it is not made of words.
fn words(line: &str) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        let (first, after) = token(rest)?;
        let (word, after) = match after.strip_prefix('=') {
            Some(after) => {
                let (second, after) = token(after)?;
                (Word::Pair(first.text().to_owned(), second.text().to_owned()), after)
            }
            None => (first, after),
        };
        words.push(word);
        if after.is_empty() {
            return Some(words);
        }
        rest = after.strip_prefix(' ')?;
    }
}

/// The plain or quoted text at the start, and what follows it.
fn token(text: &str) -> Option<(Word<'_>, &str)> {
    if !text.starts_with('"') {
        let end = text.find(|character| !is_plain(character)).unwrap_or(text.len());
        let (plain, rest) = text.split_at_checked(end)?;
        return (!plain.is_empty()).then_some((Word::Plain(plain), rest));
    }
    let mut escaped = false;
    let end = text.char_indices().skip(1).find_map(|(at, character)| {
        let closes = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        closes.then_some(at + 1)
    })?;
    let (json, rest) = text.split_at_checked(end)?;
    let tape = parse(json.as_bytes(), &ParseLimits::default()).ok()?;
    let string = tape.document().root().filter(|node| node.kind() == Kind::String)?;
    Some((Word::Quoted(string.text().into_owned()), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finding() -> CaseFinding {
        CaseFinding {
            code: "over-ceiling".to_owned(),
            path: "/costs/total".into(),
            severity: Severity::Block,
            values: [("total", "20000000001"), ("paper", "Tờ trình số 1")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        }
    }

    #[test]
    fn an_outcome_reads_as_lines() {
        let findings = vec![finding()];
        for (outcome, lines) in [
            (CaseOutcome::Pass, vec!["pass"]),
            (CaseOutcome::NotApplicable, vec!["not-applicable"]),
            (
                CaseOutcome::NotEvaluated {
                    missing: Missing::Field("/owner".into()),
                    findings: vec![],
                },
                vec!["not-evaluated /owner"],
            ),
            (
                CaseOutcome::NotEvaluated {
                    missing: Missing::Facts("inspections".to_owned()),
                    findings,
                },
                vec![
                    "over-ceiling /costs/total block paper=\"Tờ trình số 1\" total=20000000001",
                    "not-evaluated facts inspections",
                ],
            ),
        ] {
            assert_eq!(outcome.lines(), lines);
            assert_eq!(CaseOutcome::of_lines(lines).unwrap(), outcome);
        }
    }

    #[test]
    fn what_is_no_outcome() {
        for lines in [
            &[][..],
            &[""],
            &["passes"],
            &["pass", "pass"],
            &["over-ceiling /costs/total block", "pass"],
            &["not-evaluated /a", "over-ceiling /costs/total block"],
            &["over-ceiling /costs/total"],
            &["over-ceiling costs block"],
            &["over-ceiling /costs block total"],
            &["over-ceiling /costs block a=1 a=2"],
            &["over-ceiling  /costs block"],
            &["over-ceiling /costs block a=\"1"],
        ] {
            assert!(CaseOutcome::of_lines(lines.iter().copied()).is_err(), "{lines:?}");
        }
    }

    fn findings() -> impl Strategy<Value = Vec<CaseFinding>> {
        let severity =
            prop_oneof![Just(Severity::Inform), Just(Severity::Warn), Just(Severity::Block)];
        let path = prop_oneof![
            Just(Pointer::root()),
            any::<String>().prop_map(|name| {
                let mut pointer = Pointer::root();
                pointer.push_member(&name);
                pointer
            })
        ];
        let values = prop::collection::btree_map(any::<String>(), any::<String>(), 0..3);
        let one =
            (any::<String>(), path, severity, values).prop_map(|(code, path, severity, values)| {
                CaseFinding { code, path, severity, values }
            });
        prop::collection::vec(one, 0..3)
    }

    fn outcomes() -> impl Strategy<Value = CaseOutcome> {
        let missing = prop_oneof![
            any::<String>().prop_map(Missing::Facts),
            any::<String>().prop_map(|name| {
                let mut pointer = Pointer::root();
                pointer.push_member(&name);
                Missing::Field(pointer)
            }),
        ];
        prop_oneof![
            Just(CaseOutcome::Pass),
            Just(CaseOutcome::NotApplicable),
            findings()
                .prop_filter("a failure has findings", |findings| !findings.is_empty())
                .prop_map(|findings| CaseOutcome::Fail { findings }),
            (missing, findings())
                .prop_map(|(missing, findings)| CaseOutcome::NotEvaluated { missing, findings }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(outcome in outcomes()) {
            let lines = outcome.lines();
            prop_assert!(lines.iter().all(|line| !line.chars().any(|c| c.is_control())));
            prop_assert_eq!(CaseOutcome::of_lines(lines.iter().map(String::as_str)), Ok(outcome));
        }
    }
}
