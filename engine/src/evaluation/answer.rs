//! What a pack answered, checked as the word of a stranger.
//!
//! Structure first ([`read`]), then each outcome by itself ([`validate`]), so that one rule's nonsense
//! costs that rule only.

use kycuong_model::finding::{FURTHER_FINDINGS, Missing, Response, RuleFinding, RuleStatus};
use kycuong_model::manifest::{Manifest, RuleDescription};
use kycuong_model::pointer::Pointer;
use kycuong_model::text::{Bilingual, is_control};
use kycuong_report::Crash;
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::wording::sanitize_line;

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleResult {
    /// It answered, and the answer is sound.
    Answered(RuleStatus),
    /// It did not, which is never a pass.
    Crashed(Crash),
}

/// What an evaluation makes of the text that a pack answered: one result for each rule asked for.
/// The part of [`RulePack::evaluate`] that reads foreign words, apart for the fuzzer.
///
/// # Errors
/// A [`Crash`] when nothing of the answer can be used.
#[doc(hidden)]
pub fn judge_answer(
    answer: &str,
    rules: &[String],
    manifest: &Manifest,
    limits: &Limits,
) -> Result<Vec<RuleResult>, Crash> {
    let statuses = read(answer, rules, limits)?;
    let judge = |(id, status): (&String, RuleStatus)| {
        let Some(rule) = manifest.rules.iter().find(|rule| rule.id == *id) else {
            return RuleResult::Crashed(malformed("an outcome of a rule that is not declared"));
        };
        match validate(status, rule, limits) {
            Ok(status) => RuleResult::Answered(status),
            Err(crash) => RuleResult::Crashed(crash),
        }
    };
    Ok(rules.iter().zip(statuses).map(judge).collect())
}

/// Reads an answer: one outcome for each rule asked for, in that order, and nothing else.
fn read(answer: &str, asked: &[String], limits: &Limits) -> Result<Vec<RuleStatus>, Crash> {
    let (depth, limit) = (depth(answer), limits.response_depth_max);
    if depth > limit {
        return Err(Crash::ResponseTooDeep { depth: depth as u64, limit: limit as u64 });
    }
    let response: Response = serde_json::from_str(answer)
        .map_err(|error| malformed(&format!("not the JSON of outcomes: {error}")))?;
    if let ([], [_]) = (response.outcomes.as_slice(), asked) {
        return Err(Crash::NoAnswer);
    }
    if response.outcomes.len() != asked.len() {
        return Err(malformed(&format!(
            "{} outcomes for {} rules",
            response.outcomes.len(),
            asked.len()
        )));
    }
    if let Some((outcome, rule)) =
        response.outcomes.iter().zip(asked).find(|(outcome, rule)| outcome.rule != **rule)
    {
        return Err(malformed(&format!(
            "an outcome of `{}` where `{rule}` was asked for",
            sanitize_line(&outcome.rule, 100)
        )));
    }
    Ok(response.outcomes.into_iter().map(|outcome| outcome.status).collect())
}

/// How deep arrays and objects of a JSON text are inside one another; of what is no JSON, of whatever
/// looks like them. Counted in one pass, so that nothing has to descend to find out.
fn depth(text: &str) -> usize {
    let (mut deepest, mut depth) = (0_usize, 0_usize);
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                // To the end of the string; an escaped quote does not end it.
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    deepest
}

/// Checks one outcome against the rule's declaration: bounded, worded, and no more severe than declared.
fn validate(
    mut status: RuleStatus,
    rule: &RuleDescription,
    limits: &Limits,
) -> Result<RuleStatus, Crash> {
    match &mut status {
        RuleStatus::Pass => {}
        RuleStatus::Fail { findings } => {
            if findings.is_empty() {
                return Err(malformed("a fail without findings"));
            }
            validate_findings(findings, rule, limits)?;
        }
        RuleStatus::NotApplicable { reason } => validate_text("reason", reason, limits)?,
        RuleStatus::NotEvaluated { missing, findings } => {
            match missing {
                Missing::Field(path) => check_pointer(path, limits)?,
                Missing::Facts(table) => {
                    if table.is_empty() {
                        return Err(malformed("a missing table of facts without a name"));
                    }
                    validate_length("table", table, limits)?;
                    *table = sanitize_line(table, limits.text_bytes_max);
                }
            }
            validate_findings(findings, rule, limits)?;
        }
    }
    Ok(status)
}

fn malformed(detail: &str) -> Crash {
    Crash::MalformedAnswer { detail: sanitize_line(detail, 300) }
}

fn validate_findings(
    findings: &mut [RuleFinding],
    rule: &RuleDescription,
    limits: &Limits,
) -> Result<(), Crash> {
    if findings.len() > limits.findings_max {
        return Err(Crash::TooManyFindings {
            found: findings.len() as u64,
            limit: limits.findings_max as u64,
        });
    }
    findings.iter_mut().try_for_each(|finding| validate_finding(finding, rule, limits))
}

fn validate_finding(
    finding: &mut RuleFinding,
    rule: &RuleDescription,
    limits: &Limits,
) -> Result<(), Crash> {
    let code = finding.code.as_str();
    if code != FURTHER_FINDINGS && rule.violation(code).is_none() {
        return Err(malformed(&format!(
            "a finding `{}`, which the manifest does not list for its rule",
            sanitize_line(code, 100)
        )));
    }
    check_pointer(&finding.path, limits)?;
    validate_text("message", &mut finding.message, limits)?;
    // A finding may come without advice, but not with advice in one language only.
    if finding.remedy != Bilingual::default() {
        validate_text("remedy", &mut finding.remedy, limits)?;
    }
    if finding.values.len() > limits.values_max {
        return Err(malformed(&format!(
            "{} values in a finding, the limit is {}",
            finding.values.len(),
            limits.values_max
        )));
    }
    for (name, value) in &mut finding.values {
        validate_length("name of a value", name, limits)?;
        if name.chars().any(is_control) {
            return Err(malformed("a name of a value with control characters"));
        }
        validate_length("value", value, limits)?;
        *value = sanitize_line(value, limits.text_bytes_max);
    }
    finding.severity = finding.severity.min(rule.ceiling_of(&finding.code));
    Ok(())
}

fn validate_text(what: &str, text: &mut Bilingual, limits: &Limits) -> Result<(), Crash> {
    for language in [&mut text.vi, &mut text.en] {
        validate_length(what, language, limits)?;
        *language = sanitize_line(language, limits.text_bytes_max);
        if language.trim().is_empty() {
            return Err(malformed(&format!("an empty {what}")));
        }
    }
    Ok(())
}

fn validate_length(what: &str, text: &str, limits: &Limits) -> Result<(), Crash> {
    if text.len() > limits.text_bytes_max {
        return Err(malformed(&format!(
            "a {what} of {} bytes, the limit is {}",
            text.len(),
            limits.text_bytes_max
        )));
    }
    Ok(())
}

fn check_pointer(path: &Pointer, limits: &Limits) -> Result<(), Crash> {
    let text = path.as_str();
    validate_length("path", text, limits)?;
    // No rule of the model's needs them, and reports show paths.
    if text.chars().any(is_control) {
        return Err(malformed("a path with control characters"));
    }
    if !text.is_empty() && !text.starts_with('/') {
        return Err(malformed(&format!(
            "the path `{}`, which is no JSON Pointer",
            sanitize_line(text, 100)
        )));
    }
    // RFC 6901: `~` stands only before `0` and `1`.
    if text.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
        return Err(malformed(&format!(
            "the path `{}`, which is no JSON Pointer",
            sanitize_line(text, 100)
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kycuong_model::finding::Severity;

    use super::*;

    fn rule() -> RuleDescription {
        serde_json::from_str(
            r#"{"id":"thu/mot","title":{"vi":"Một","en":"One"},"doc":"Một.","severity":"warn",
                "effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[],
                "violations":[{"code":"late","severity":"inform","message":{"vi":"Chậm.","en":"Late."},
                "remedy":{"vi":"Nộp.","en":"Submit."}},{"code":"wrong","severity":"warn","message":
                {"vi":"Sai.","en":"Wrong."},"remedy":{"vi":"Sửa.","en":"Fix."}}]}"#,
        )
        .unwrap()
    }

    fn answered(status: &str) -> Result<RuleStatus, Crash> {
        let answer = format!(r#"{{"outcomes":[{{"rule":"thu/mot",{status}}}]}}"#);
        let limits = Limits::default();
        let status = read(&answer, &["thu/mot".to_owned()], &limits)?.remove(0);
        validate(status, &rule(), &limits)
    }

    fn finding(path: &str, severity: &str, vi: &str) -> String {
        format!(
            r#""status":"fail","findings":[{{"code":"wrong","path":{path:?},"severity":{severity:?},
               "message":{{"vi":{vi:?},"en":"One."}},"remedy":{{"vi":"","en":""}}}}]"#
        )
    }

    #[test]
    fn severity_is_lowered_to_the_declared_one() {
        let Ok(RuleStatus::Fail { findings }) = answered(&finding("/a", "block", "Một.")) else {
            panic!()
        };
        assert_eq!(findings[0].severity, Severity::Warn);
        let lower = finding("/a", "block", "Một.").replace("wrong", "late");
        let Ok(RuleStatus::Fail { findings }) = answered(&lower) else { panic!() };
        assert_eq!(findings[0].severity, Severity::Inform);
    }

    #[test]
    fn a_finding_that_the_manifest_does_not_list_is_malformed() {
        let unlisted = finding("/a", "warn", "Một.").replace("wrong", "other");
        let detail = "a finding `other`, which the manifest does not list for its rule".to_owned();
        assert_eq!(answered(&unlisted), Err(Crash::MalformedAnswer { detail }));
        let rest = finding("/a", "warn", "Một.").replace("wrong", FURTHER_FINDINGS);
        assert!(answered(&rest).is_ok());
        let nameless = finding("/a", "warn", "Một.").replace(r#""code":"wrong","#, "");
        assert!(matches!(answered(&nameless), Err(Crash::MalformedAnswer { .. })));
    }

    #[test]
    fn control_characters_become_spaces() {
        let Ok(RuleStatus::Fail { findings }) = answered(&finding("", "warn", "Một\thai."))
        else {
            panic!()
        };
        assert_eq!(findings[0].message.vi, "Một hai.");
        assert_eq!(sanitize_line("a\u{1b}[2J\u{202e}b", 100), "a [2J b");
        assert_eq!(sanitize_line("điều", 3), "đi", "never half a character");
    }

    #[test]
    fn what_is_no_answer() {
        for (status, said) in [
            (r#""status":"fail","findings":[]"#.to_owned(), "a fail without findings"),
            (finding("a", "warn", "Một."), "the path `a`, which is no JSON Pointer"),
            (finding("/a~2", "warn", "Một."), "the path `/a~2`, which is no JSON Pointer"),
            (finding("/a", "warn", " "), "an empty message"),
            (
                finding("/a", "warn", &"x".repeat(5000)),
                "a message of 5000 bytes, the limit is 4096",
            ),
        ] {
            assert_eq!(answered(&status), Err(Crash::MalformedAnswer { detail: said.to_owned() }));
        }
        assert!(matches!(answered(r#""status":"passed""#), Err(Crash::MalformedAnswer { .. })));
        assert!(matches!(
            answered(r#""status":"fail","status":"pass","findings":[]"#),
            Err(Crash::MalformedAnswer { .. })
        ));
        let nothing = read(r#"{"outcomes":[]}"#, &["thu/mot".to_owned()], &Limits::default());
        assert_eq!(nothing, Err(Crash::NoAnswer));
    }

    #[test]
    fn depth_is_counted_outside_of_strings() {
        for (text, deep) in [
            ("", 0),
            ("1", 0),
            ("[]", 1),
            ("[[],{}]", 2),
            (r#"{"a":"[[[","b\"[":"\\"}"#, 1),
            (r#"["]",[""]]"#, 2),
            ("]]][[", 2),
            ("\"[[", 0),
        ] {
            assert_eq!(depth(text), deep, "{text}");
        }
        assert_eq!(depth(&"[".repeat(1 << 20)), 1 << 20);
    }
}
