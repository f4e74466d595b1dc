//! The reader of files of cases: line by line, and strict.

use std::collections::BTreeSet;

use kycuong_model::cases::{CASE_NAME_BYTES_MAX, CaseOutcome, CaseWording, Expectation};
use kycuong_model::text::{Bilingual, is_control};

use crate::error::Problem;
use crate::file::{Base, Case, CaseFile, Change, Effect, Start};
use crate::json::Json;
use crate::line::{lines, read_sentence, take_span};
use crate::wording::NOT_APPLICABLE;
use crate::write::{
    ABSENT, ARROW, BASE, CASE, EN, EN_REMEDY, FENCE, JSON_FENCE, VI, VI_REMEDY, WORDING,
};

/// Characters of a line that an error shows.
const SHOWN_MAX: usize = 60;

const IN_BASE: &str = "one block of JSON that starts with a line ```json";
const IN_CASE: &str = "a change (“- `/pointer` = `json`” or “- `/pointer` absent”), an outcome (“- → `…`”) or the next heading";
const AFTER_OUTCOME: &str =
    "another outcome (“- → `…`”) or the next heading; changes stand before the outcome";
const IN_WORDING: &str = "`- case: …`, `- vi: …`, `- vi remedy: …`, `- en: …` or `- en remedy: …` below a heading `### code`";

type Failure = (usize, Problem);

impl CaseFile {
    /// Reads the text of a file of cases.
    ///
    /// # Errors
    ///
    /// The line, from 1, and what is wrong there.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let mut reader = Reader { lines: lines(text), at: 0 };
        let Some((_, first)) = reader.next_filled() else { return Err((1, Problem::NoTitle)) };
        let rule = first.strip_prefix("# ").map(str::trim).filter(|rule| !rule.is_empty());
        let rule = rule.ok_or((1, Problem::NoTitle))?.to_owned();
        let mut file = Self { rule, bases: Vec::new(), cases: Vec::new(), wordings: Vec::new() };
        let mut names = BTreeSet::new();
        while let Some((line, text)) = reader.next_filled() {
            let Some(heading) = text.strip_prefix("## ").map(str::trim) else {
                let expected = "a heading `## base`, `## valid: name`, `## invalid: name`, `## missing: name` or `## wording`";
                return Err((line, unreadable(&text, expected)));
            };
            let once = heading.to_owned();
            if heading == WORDING {
                file.wordings = reader.wordings()?;
                continue;
            }
            let (kind, name) = match heading.split_once(':') {
                Some((kind, name)) => (kind.trim_end(), name.trim()),
                None => (heading, ""),
            };
            check_name(name).map_err(|problem| (line, problem))?;
            if kind == BASE {
                let json = reader.block()?.ok_or((line, unreadable(&text, IN_BASE)))?;
                file.bases.push(Base { name: name.to_owned(), json, line });
            } else if let Some(expectation) = Expectation::from_code(kind) {
                if name.is_empty() {
                    return Err((line, Problem::NoName { kind: expectation.code() }));
                }
                file.cases.push(reader.case(expectation, name, line)?);
            } else {
                return Err((line, Problem::Heading { line: truncate(&text) }));
            }
            if !names.insert((kind.to_owned(), name.to_owned())) {
                return Err((line, Problem::Twice { name: once }));
            }
        }
        Ok(file)
    }
}

struct Reader {
    lines: Vec<(usize, String)>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<(usize, &str)> {
        self.lines.get(self.at).map(|(number, line)| (*number, line.as_str()))
    }

    /// The next line that is not empty.
    fn next_filled(&mut self) -> Option<(usize, String)> {
        self.skip_empty();
        let line = self.lines.get(self.at).cloned();
        self.at += 1;
        line
    }

    fn skip_empty(&mut self) {
        while self.peek().is_some_and(|(_, line)| line.is_empty()) {
            self.at += 1;
        }
    }

    /// The next line that is neither empty nor a heading.
    fn item(&mut self) -> Option<(usize, String)> {
        self.skip_empty();
        self.peek().filter(|(_, line)| !line.starts_with("## "))?;
        self.next_filled()
    }

    /// A block of JSON, when one starts here: its text without the indent of its first line.
    fn block(&mut self) -> Result<Option<String>, Failure> {
        self.skip_empty();
        let Some((start, line)) = self.peek() else { return Ok(None) };
        let Some(indent) = line.strip_suffix(JSON_FENCE).filter(|indent| indent.trim().is_empty())
        else {
            return Ok(None);
        };
        let indent = indent.to_owned();
        self.at += 1;
        let mut text = Vec::new();
        while let Some((_, line)) = self.peek() {
            let line = line.strip_prefix(&indent).unwrap_or(line);
            if line == FENCE {
                self.at += 1;
                return json_at(start + 1, &text.join("\n")).map(Some);
            }
            // No line of JSON starts like this, so the end was forgotten.
            if line.starts_with(FENCE) || line.starts_with("## ") {
                break;
            }
            text.push(line.to_owned());
            self.at += 1;
        }
        Err((start, Problem::OpenBlock))
    }

    fn case(&mut self, expectation: Expectation, name: &str, line: usize) -> Result<Case, Failure> {
        let mut case = Case {
            expectation,
            name: name.to_owned(),
            start: Start::FirstBase,
            changes: Vec::new(),
            outcome: None,
            line,
        };
        if let Some(json) = self.block()? {
            case.start = Start::Own(json);
        }
        let (mut outcome, mut outcome_at) = (Vec::new(), line);
        while let Some((at, text)) = self.item() {
            let item = text.strip_prefix("- ").ok_or_else(|| (at, unreadable(&text, IN_CASE)))?;
            if let Some(written) = item.strip_prefix(ARROW) {
                let written = take_span(written.trim_start()).filter(|(_, rest)| rest.is_empty());
                let (written, _) = written.ok_or_else(|| (at, unreadable(&text, IN_CASE)))?;
                if outcome.is_empty() {
                    outcome_at = at;
                }
                outcome.push(written.to_owned());
                continue;
            }
            if !outcome.is_empty() {
                return Err((at, unreadable(&text, AFTER_OUTCOME)));
            }
            let from = item.strip_prefix(BASE).and_then(|rest| take_span(rest.trim_start()));
            if let Some((base, "")) = from
                && case.start == Start::FirstBase
                && case.changes.is_empty()
            {
                case.start = Start::Base(base.to_owned());
                continue;
            }
            let change = self.change(item, at)?;
            case.changes.push(change.ok_or_else(|| (at, unreadable(&text, IN_CASE)))?);
        }
        if !outcome.is_empty() {
            let read = CaseOutcome::of_lines(outcome.iter().map(String::as_str));
            case.outcome = Some(read.map_err(|source| (outcome_at, Problem::Outcome { source }))?);
        }
        Ok(case)
    }

    /// `` `/pointer` = `json` ``, `` `/pointer` = `` with a block below, or `` `/pointer` absent ``.
    fn change(&mut self, item: &str, line: usize) -> Result<Option<Change>, Failure> {
        let Some((pointer, rest)) = take_span(item) else { return Ok(None) };
        let effect = match rest.trim_start() {
            ABSENT => Effect::Absent,
            "=" => match self.block()? {
                Some(json) => Effect::Set(json),
                None => return Err((line, unreadable(item, IN_BASE))),
            },
            rest => {
                let json = rest.strip_prefix('=').map(str::trim_start).and_then(take_span);
                match json {
                    Some((json, "")) => Effect::Set(json_at(line, json)?),
                    _ => return Ok(None),
                }
            }
        };
        Ok(Some(Change { pointer: pointer.to_owned(), effect, line }))
    }

    fn wordings(&mut self) -> Result<Vec<CaseWording>, Failure> {
        let mut wordings = Vec::new();
        while let Some((at, text)) = self.item() {
            let code = text.strip_prefix("### ").map(str::trim);
            let code = code.ok_or_else(|| (at, unreadable(&text, IN_WORDING)))?.to_owned();
            wordings.push(self.wording(code, at)?);
        }
        Ok(wordings)
    }

    fn wording(&mut self, code: String, line: usize) -> Result<CaseWording, Failure> {
        let mut parts = [CASE, VI, VI_REMEDY, EN, EN_REMEDY].map(|part| (part, None));
        loop {
            self.skip_empty();
            let Some((at, text)) = self.peek().filter(|(_, line)| !line.starts_with('#')) else {
                break;
            };
            let written = text.strip_prefix("- ").and_then(|item| item.split_once(": "));
            let part = written.and_then(|(name, written)| {
                let part = parts.iter_mut().find(|(part, _)| *part == name)?;
                part.1.is_none().then_some((part, written))
            });
            let Some((part, written)) = part else {
                return Err((at, unreadable(text, IN_WORDING)));
            };
            part.1 = Some(read_sentence(written.trim_start()));
            self.at += 1;
        }
        let [case, vi, vi_remedy, en, en_remedy] = parts;
        let need = |(part, text): (&'static str, Option<String>)| {
            text.ok_or((line, Problem::WordingPart { part }))
        };
        let (case, message) = (need(case)?, Bilingual::new(need(vi)?, need(en)?));
        let has_none = vi_remedy.1.is_none() && en_remedy.1.is_none();
        let remedy = if has_none && code == NOT_APPLICABLE {
            None
        } else {
            Some(Bilingual::new(need(vi_remedy)?, need(en_remedy)?))
        };
        Ok(CaseWording { code, case, message, remedy })
    }
}

/// A JSON text that starts in a line of the file, without spaces around it.
fn json_at(line: usize, text: &str) -> Result<String, Failure> {
    match Json::read(text) {
        Ok(_) => Ok(text.trim().to_owned()),
        Err(source) => Err((line + source.line - 1, Problem::Json { source })),
    }
}

fn check_name(name: &str) -> Result<(), Problem> {
    if name.len() > CASE_NAME_BYTES_MAX {
        return Err(Problem::LongName { bytes: name.len(), limit: CASE_NAME_BYTES_MAX });
    }
    if name.chars().any(is_control) {
        return Err(Problem::ControlInName);
    }
    Ok(())
}

fn unreadable(line: &str, expected: &'static str) -> Problem {
    Problem::Line { line: truncate(line), expected }
}

/// A line as an error shows it.
fn truncate(line: &str) -> String {
    let mut text: String = line.chars().filter(|c| !is_control(*c)).take(SHOWN_MAX).collect();
    if line.chars().count() > SHOWN_MAX {
        text.push('…');
    }
    text
}
