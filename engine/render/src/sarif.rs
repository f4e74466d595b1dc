//! SARIF 2.1.0, for editors and code hosts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kycuong_model::finding::Severity;
use kycuong_model::localize::Language;
use kycuong_model::manifest::Basis;
use kycuong_model::text::Bilingual;
use kycuong_report::{Finding, Outcome, OutcomeStatus, Waived};
use serde_json::{Value, json};

use crate::Checked;
use crate::words::waived;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// SARIF 2.1.0.
pub fn sarif(results: &[Checked<'_>], language: Language) -> String {
    let of = |text: &Bilingual| language.pick(&text.vi, &text.en).to_owned();
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    for checked in results {
        for outcome in &checked.report.outcomes {
            rules.entry(outcome.rule.clone()).or_insert_with(|| {
                rule(
                    &outcome.rule,
                    &outcome.title,
                    outcome.requirement.as_deref(),
                    outcome.severity,
                )
            });
        }
        for finding in &checked.report.findings {
            let id = finding.violation_id();
            rules.entry(id).or_insert_with_key(|id| violation(id, finding, language));
        }
    }
    let places: BTreeMap<String, usize> =
        rules.keys().enumerate().map(|(index, id)| (id.clone(), index)).collect();
    let index = |id: &str| places.get(id).copied().unwrap_or_default();

    let mut found = Vec::new();
    let mut notifications = Vec::new();
    for Checked { name, report, .. } in results {
        for finding in &report.findings {
            let mut result = result(name, finding, index(&finding.violation_id()), &of);
            if let (Some(decision), Some(object)) = (&finding.waived, result.as_object_mut()) {
                object.insert("suppressions".to_owned(), suppressions(decision, language));
            }
            found.push(result);
        }
        for outcome in &report.outcomes {
            match &outcome.status {
                OutcomeStatus::NotEvaluated { reason, .. } => {
                    found.push(open(name, outcome, index(&outcome.rule), &of(reason)));
                }
                OutcomeStatus::Crashed { reason, .. } => notifications.push(json!({
                    "level": "error",
                    "message": { "text": of(reason) },
                    "associatedRule": { "id": outcome.rule, "index": index(&outcome.rule) },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(name) } } }],
                })),
                _ => {}
            }
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kycuong",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": found,
            "properties": { "submissions": submissions(results) },
        }],
    });
    format!("{log:#}\n")
}

/// What SARIF has no place for: the two verdicts of each submission, what became of the
/// waivers, whether packs had to be signed, and versions that an operator let go down.
fn submissions(results: &[Checked<'_>]) -> Vec<Value> {
    let of_one = |Checked { name, report, .. }: &Checked<'_>| {
        json!({
            "uri": uri(name),
            "verdict": report.verdict,
            "raw_verdict": report.raw_verdict,
            "waivers": report.waivers,
            "signing": report.settings.signing,
            "rollbacks": report.settings.rollbacks,
        })
    };
    results.iter().map(of_one).collect()
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
        "shortDescription": { "text": named },
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
    let mut help = language.pick(&finding.remedy.vi, &finding.remedy.en).to_owned();
    if !bases.is_empty() {
        let separator = if help.is_empty() { "" } else { "\n" };
        let _ = write!(help, "{separator}{label}: {}.", bases.join("; "));
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
    let mut message = of(&finding.message);
    let remedy = of(&finding.remedy);
    if !remedy.is_empty() {
        let _ = write!(message, " {remedy}");
    }
    json!({
        "ruleId": finding.violation_id(),
        "ruleIndex": rule_index,
        "level": level(finding.severity),
        "message": { "text": message },
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
        "message": { "text": reason },
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
    fn names_become_uris() {
        assert_eq!(uri("a/hồ sơ.json"), "a/h%E1%BB%93%20s%C6%A1.json");
        assert_eq!(uri("/a/b.json"), "file:///a/b.json");
    }
}
