//! SARIF 2.1.0, for editors and code hosts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kycuong_model::finding::Severity;
use kycuong_model::localize::Language;
use kycuong_model::manifest::Basis;
use kycuong_model::text::{Bilingual, is_control, sanitize};
use kycuong_report::{Finding, Outcome, OutcomeStatus, Waived, json_text};
use serde_json::{Value, json};

use crate::Checked;
use crate::words::waived;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// SARIF 2.1.0.
pub fn sarif(results: &[Checked<'_>], language: Language) -> String {
    let mut sarif = Sarif::new(language);
    let text: String = results.iter().map(|checked| sarif.add(checked)).collect();
    text + &sarif.end()
}

/// SARIF 2.1.0, submission by submission: the results as they come, then the rules that they are of.
///
/// ```
/// use kycuong_render::{Language, Sarif};
///
/// let log: serde_json::Value = serde_json::from_str(&Sarif::new(Language::En).end()).unwrap();
/// assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(0));
/// ```
#[derive(Debug)]
pub struct Sarif {
    language: Language,
    is_begun: bool,
    has_results: bool,
    /// Rules and violations in the order in which they came up.
    rules: Vec<Value>,
    places: BTreeMap<String, usize>,
    notifications: Vec<Value>,
    submissions: Vec<Value>,
}

impl Sarif {
    /// Nothing yet.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            is_begun: false,
            has_results: false,
            rules: Vec::new(),
            places: BTreeMap::new(),
            notifications: Vec::new(),
            submissions: Vec::new(),
        }
    }

    /// The results of one more submission.
    pub fn add(&mut self, checked: &Checked<'_>) -> String {
        let Checked { name, report, .. } = checked;
        let language = self.language;
        let of = |text: &Bilingual| language.pick(&text.vi, &text.en).to_owned();
        let mut text = self.begin();
        for finding in &report.findings {
            let id = finding.violation_id();
            let index = self.index(&id, || violation(&id, finding, language));
            let mut result = result(name, finding, index, &of);
            if let (Some(decision), Some(object)) = (&finding.waived, result.as_object_mut()) {
                object.insert("suppressions".to_owned(), suppressions(decision, language));
            }
            self.push(result, &mut text);
        }
        for outcome in &report.outcomes {
            let Outcome { rule: id, title, requirement, severity, .. } = outcome;
            let index = self.index(id, || rule(id, title, requirement.as_deref(), *severity));
            match &outcome.status {
                OutcomeStatus::NotEvaluated { reason, .. } => {
                    self.push(open(name, outcome, index, &of(reason)), &mut text);
                }
                OutcomeStatus::Crashed { reason, .. } => self.notifications.push(json!({
                    "level": "error",
                    "message": { "text": message(&of(reason)) },
                    "associatedRule": { "id": id, "index": index },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(name) } } }],
                })),
                _ => {}
            }
        }
        self.submissions.push(submission(checked));
        text
    }

    /// What ends the log.
    pub fn end(mut self) -> String {
        let mut text = self.begin();
        text.push_str(if self.has_results { "\n      ],\n" } else { "],\n" });
        let invocation = json!({
            "executionSuccessful": self.notifications.is_empty(),
            "toolExecutionNotifications": self.notifications,
        });
        let driver = json!({
            "name": "kycuong",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules,
        });
        for (member, value, end) in [
            ("invocations", json!([invocation]), ","),
            ("properties", json!({ "submissions": self.submissions }), ","),
            ("tool", json!({ "driver": driver }), ""),
        ] {
            let _ = writeln!(text, "      \"{member}\": {}{end}", indented(value, 6));
        }
        text.push_str("    }\n  ],\n  \"version\": \"2.1.0\"\n}\n");
        text
    }

    fn begin(&mut self) -> String {
        if std::mem::replace(&mut self.is_begun, true) {
            return String::new();
        }
        format!(
            "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"runs\": [\n    {{\n      \"columnKind\": \"unicodeCodePoints\",\n      \"results\": ["
        )
    }

    fn push(&mut self, result: Value, text: &mut String) {
        let comma = if std::mem::replace(&mut self.has_results, true) { "," } else { "" };
        let _ = write!(text, "{comma}\n        {}", indented(result, 8));
    }

    /// The position of a rule or violation, which is added when it comes up for the first time.
    fn index(&mut self, id: &str, rule: impl FnOnce() -> Value) -> usize {
        let next = self.rules.len();
        let index = *self.places.entry(id.to_owned()).or_insert(next);
        if index == next {
            self.rules.push(rule());
        }
        index
    }
}

/// A value as JSON, of which all lines but the first stand so far from the margin; what a viewer's
/// screen would act on becomes U+FFFD.
fn indented(mut value: Value, margin: usize) -> String {
    clean(&mut value);
    // A value can be written as JSON.
    let text = json_text(&value).unwrap_or_default();
    text.replace('\n', &format!("\n{}", " ".repeat(margin)))
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().any(is_control) => {
            *text = text.split('\n').map(sanitize).collect::<Vec<_>>().join("\n");
        }
        Value::Array(elements) => elements.iter_mut().for_each(clean),
        Value::Object(members) => {
            for (name, mut member) in std::mem::take(members) {
                clean(&mut member);
                members.insert(sanitize(&name), member);
            }
        }
        _ => {}
    }
}

/// A text of a message (SARIF 2.1.0, 3.11.5 and 3.11.6): what is no placeholder and no link is not read as
/// one.
fn message(text: &str) -> String {
    let mut message = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '{' => message.push_str("{{"),
            '}' => message.push_str("}}"),
            '[' | ']' | '\\' => message.extend(['\\', character]),
            other => message.push(other),
        }
    }
    message
}

/// What SARIF has no place for: the two verdicts of a submission, what became of the
/// waivers, whether packs had to be signed, and versions that an operator let go down.
fn submission(Checked { name, report, .. }: &Checked<'_>) -> Value {
    json!({
        "uri": uri(name),
        "verdict": report.verdict,
        "raw_verdict": report.raw_verdict,
        "waivers": report.waivers,
        "signing": report.settings.signing,
        "rollbacks": report.settings.rollbacks,
    })
}

/// A waived finding stays a result; a decision outside the source suppresses it.
fn suppressions(decision: &Waived, language: Language) -> Value {
    json!([{ "kind": "external", "status": "accepted", "justification": waived(decision, language) }])
}

fn rule(id: &str, title: &Bilingual, requirement: Option<&str>, severity: Severity) -> Value {
    let named =
        if title.vi.is_empty() { id.to_owned() } else { format!("{} / {}", title.vi, title.en) };
    let mut rule = json!({
        "id": id,
        "shortDescription": { "text": message(&named) },
        "defaultConfiguration": { "level": level(severity) },
    });
    if let (Some(requirement), Some(object)) = (requirement, rule.as_object_mut()) {
        object.insert("properties".to_owned(), json!({ "requirement": requirement }));
    }
    rule
}

/// One violation of a rule, by what a finding of it says; the host's own rules have one each.
fn violation(id: &str, finding: &Finding, language: Language) -> Value {
    let severity = finding.declared_severity.unwrap_or(finding.severity);
    let mut violation = rule(id, &finding.title, finding.requirement.as_deref(), severity);
    let bases: Vec<String> = finding.basis.iter().map(Basis::to_string).collect();
    let label = language.pick("Căn cứ", "Basis");
    let mut help = message(language.pick(&finding.remedy.vi, &finding.remedy.en));
    if !bases.is_empty() {
        let separator = if help.is_empty() { "" } else { "\n" };
        let _ = write!(help, "{separator}{label}: {}.", message(&bases.join("; ")));
    }
    if let Some(object) = violation.as_object_mut() {
        object.insert("name".to_owned(), json!(finding.code));
        if !help.is_empty() {
            object.insert("help".to_owned(), json!({ "text": help }));
        }
        if finding.pack.is_some() {
            object.insert(
                "relationships".to_owned(),
                json!([{ "target": { "id": finding.rule }, "kinds": ["superset"] }]),
            );
        }
    }
    violation
}

fn result(
    name: &str,
    finding: &Finding,
    rule_index: usize,
    of: &impl Fn(&Bilingual) -> String,
) -> Value {
    let mut text = of(&finding.message);
    let remedy = of(&finding.remedy);
    if !remedy.is_empty() {
        let _ = write!(text, " {remedy}");
    }
    json!({
        "ruleId": finding.violation_id(),
        "ruleIndex": rule_index,
        "level": level(finding.severity),
        "message": { "text": message(&text) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(name) },
                "region": { "startLine": finding.line.max(1), "startColumn": finding.column.max(1) },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.path }],
        }],
        "properties": {
            "severity": finding.severity,
            "rule": finding.rule,
            "code": finding.code,
            "values": finding.values,
            "message_vi": finding.message.vi,
            "message_en": finding.message.en,
            "remedy_vi": finding.remedy.vi,
            "remedy_en": finding.remedy.en,
            "basis": finding.basis.iter().map(Basis::to_string).collect::<Vec<_>>(),
        },
    })
}

/// A rule that could not decide: SARIF calls that an open result.
fn open(name: &str, outcome: &Outcome, rule_index: usize, reason: &str) -> Value {
    json!({
        "ruleId": outcome.rule,
        "ruleIndex": rule_index,
        "kind": "open",
        "level": "none",
        "message": { "text": message(reason) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(name) } } }],
        "properties": { "mandatory": outcome.mandatory },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "error",
        Severity::Warn => "warning",
        Severity::Inform => "note",
    }
}

/// A file's name as a URI reference (RFC 3986): what is not unreserved is percent-encoded.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_is_a_link_or_a_placeholder() {
        assert_eq!(message("“[a](https://x)” {0} \\[b]"), "“\\[a\\](https://x)” {{0}} \\\\\\[b\\]");
    }

    #[test]
    fn names_become_uris() {
        assert_eq!(uri("a/hồ sơ.json"), "a/h%E1%BB%93%20s%C6%A1.json");
        assert_eq!(uri("/a/b.json"), "file:///a/b.json");
    }
}
