//! Rendering: a report whose every text a stranger wrote, in each format, read back with that format's own
//! parser.

#![expect(clippy::panic, reason = "a fuzz target panics where a promise is broken")]

use std::sync::LazyLock;

use kycuong_engine::report::{Report, Submission};
use kycuong_model::tape::ParseLimits;
use kycuong_model::text::{is_control, with_causes};
use kycuong_render::{Checked, Human, JsonList, Junit, Language, Sarif, draft};
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;

/// What stands between two texts of an input; no UTF-8 has it.
pub const SEPARATOR: u8 = 0xff;

/// A report with something of everything that is shown.
const REPORT: &str = include_str!("rendered.json");

/// The texts of [`REPORT`] that may be any text, by their JSON Pointers.
static FREE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let report = value(REPORT);
    let mut pointers = Vec::new();
    texts(&report, String::new(), &mut pointers);
    pointers.retain(|pointer| {
        let mut probed = report.clone();
        set(&mut probed, pointer, "/\u{1b}".to_owned());
        Report::from_json(probed.to_string().as_bytes()).is_ok()
    });
    pointers
});

/// Renders two reports of one set of texts.
pub fn run(bytes: &[u8]) {
    let texts: Vec<String> = bytes
        .split(|byte| *byte == SEPARATOR)
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .collect();
    let name = texts.first().cloned().unwrap_or_default();
    let submission = Submission::read(bytes, &ParseLimits::default());
    let reports = [report(texts.iter()), report(texts.iter().rev())];
    let checked =
        || reports.iter().map(|report| Checked::of(&name, report).with_submission(&submission));
    for language in [Language::Vi, Language::En] {
        for colours in [false, true] {
            let mut human = Human::new(language, colours);
            let text: String = checked().map(|checked| human.add(&checked)).collect();
            shown(&without_colours(&(text + &human.end()), colours));
        }
        for report in &reports {
            shown(&draft(&name, &report.draft(&submission), language));
        }
        let mut log = Sarif::new(language);
        let text: String = checked().map(|checked| log.add(&checked)).collect();
        sarif(&(text + &log.end()), &reports);
        for deny_warnings in [false, true] {
            let mut suites = Junit::new(language, deny_warnings);
            let text: String = checked().map(|checked| suites.add(&checked)).collect();
            junit(&(text + &suites.end()), &reports);
        }
    }
    json(&name, &reports);
}

/// The report with its texts replaced, over and over by the same ones.
fn report<'t>(texts: impl Iterator<Item = &'t String> + Clone) -> Report {
    let mut report = value(REPORT);
    for (pointer, text) in FREE.iter().zip(texts.cycle()) {
        set(&mut report, pointer, text.clone());
    }
    match Report::from_json(report.to_string().as_bytes()) {
        Ok(report) => report,
        // Some texts must have a form, and this one had not: the report as it was.
        Err(_) => {
            let report = Report::from_json(REPORT.as_bytes());
            report.unwrap_or_else(|error| panic!("{}", with_causes(&error)))
        }
    }
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json:?}"))
}

fn texts(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                texts(element, format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                texts(member, format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn set(report: &mut Value, pointer: &str, text: String) {
    if let Some(place) = report.pointer_mut(pointer) {
        *place = Value::String(text);
    }
}

/// Nothing in a text is obeyed by a terminal, and nothing hides.
fn shown(text: &str) {
    let strange = text.chars().find(|one| is_control(*one) && *one != '\n');
    assert_eq!(strange, None, "a text that acts on a terminal: {text:?}");
}

/// A text without the colours that the renderer gives it.
fn without_colours(text: &str, colours: bool) -> String {
    if !colours {
        return text.to_owned();
    }
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (colour, rest) = part.split_once('m').unwrap_or_else(|| panic!("no colour: {text:?}"));
        assert!(colour.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "{text:?}");
        plain.push_str(rest);
    }
    plain
}

fn sarif(text: &str, reports: &[Report]) {
    shown(text);
    let log = value(text);
    strings(&log, &mut |text| shown(text));
    let results = log.pointer("/runs/0/results").and_then(Value::as_array);
    let results = results.unwrap_or_else(|| panic!("no results: {text}"));
    let rules = log.pointer("/runs/0/tool/driver/rules").and_then(Value::as_array);
    let rules = rules.unwrap_or_else(|| panic!("no rules: {text}"));
    // Beside each report's findings, the one rule that was not evaluated.
    let expected: usize = reports.iter().map(|report| report.findings.len() + 1).sum();
    assert_eq!(results.len(), expected, "{text}");
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        let rule = index.and_then(|index| rules.get(index));
        assert_eq!(rule.map(|rule| &rule["id"]), Some(&result["ruleId"]), "{text}");
        let message = result.pointer("/message/text").and_then(Value::as_str);
        plain_message(message.unwrap_or_else(|| panic!("no message: {text}")));
    }
}

/// A message of SARIF in which nothing is a link or a placeholder.
fn plain_message(message: &str) {
    let mut rest = message.chars();
    while let Some(one) = rest.next() {
        match one {
            '\\' => assert!(matches!(rest.next(), Some('\\' | '[' | ']')), "{message:?}"),
            '{' | '}' => assert_eq!(rest.next(), Some(one), "{message:?}"),
            '[' | ']' => panic!("a link: {message:?}"),
            _ => {}
        }
    }
}

fn strings(value: &Value, with: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => with(text),
        Value::Array(elements) => elements.iter().for_each(|element| strings(element, with)),
        Value::Object(members) => {
            for (name, member) in members {
                with(name);
                strings(member, with);
            }
        }
        _ => {}
    }
}

fn junit(text: &str, reports: &[Report]) {
    shown(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut suites, mut cases) = (0, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(element) | Event::Empty(element)) => {
                suites += usize::from(element.name().as_ref() == b"testsuite");
                cases += usize::from(element.name().as_ref() == b"testcase");
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{error}: {text:?}"));
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                    shown(&value.unwrap_or_else(|error| panic!("{error}: {text:?}")));
                }
            }
            Ok(_) => {}
            Err(error) => panic!("{error}: {text:?}"),
        }
    }
    assert_eq!(suites, reports.len(), "{text:?}");
    let outcomes: usize = reports.iter().map(|report| report.outcomes.len()).sum();
    assert!(cases >= outcomes, "{text:?}");
}

fn json(name: &str, reports: &[Report]) {
    let mut list = JsonList::of("report");
    let mut text = String::new();
    for report in reports {
        let json = report.to_json().unwrap_or_else(|error| panic!("{error}"));
        shown(&json);
        text += &list.add(name, &json);
    }
    text += &list.end();
    shown(&text);
    let read = value(&text);
    let read = read.as_array().into_iter().flatten().map(|entry| {
        let report = Report::from_json(entry["report"].to_string().as_bytes());
        report.unwrap_or_else(|error| panic!("{error}: {text:?}"))
    });
    assert!(read.eq(reports.iter().cloned()), "{text:?}");
}
