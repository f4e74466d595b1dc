//! Answers: any text as what a pack answered to three rules, or to one of them evaluated in isolation.

use std::sync::LazyLock;

use kycuong_engine::fuzzing::judge_answer;
use kycuong_engine::pack::RuleResult;
use kycuong_engine::report::Crash;
use kycuong_engine::{Bilingual, Limits};
use kycuong_model::finding::{
    FURTHER_FINDINGS, Missing, Response, RuleFinding, RuleOutcome, RuleStatus,
};
use kycuong_model::manifest::RuleDescription;

use crate::installed::DESCRIPTION;
use crate::words;

/// Longest description of a malformed answer, in bytes.
const DETAIL_BYTES_MAX: usize = 300;

static RULES: LazyLock<Vec<String>> =
    LazyLock::new(|| DESCRIPTION.rules.iter().map(|rule| rule.id.clone()).collect());

/// Judges an answer within the ordinary limits and within narrow ones.
pub fn run(bytes: &[u8]) {
    // The component's own boundary takes text only.
    let Ok(answer) = std::str::from_utf8(bytes) else { return };
    let narrow = Limits { findings_max: 2, text_bytes_max: 24, values_max: 1, ..Limits::default() };
    for limits in [&Limits::default(), &narrow] {
        judge(answer, &RULES, limits);
        for rule in RULES.iter() {
            judge(answer, std::slice::from_ref(rule), limits);
        }
    }
}

fn judge(answer: &str, asked: &[String], limits: &Limits) {
    let judged = judge_answer(answer, asked, &DESCRIPTION, limits);
    assert_eq!(judged, judge_answer(answer, asked, &DESCRIPTION, limits));
    let results = match judged {
        Ok(results) => results,
        Err(crash) => return crashed(&crash),
    };
    assert_eq!(results.len(), asked.len(), "one outcome for each rule asked for");
    let mut sound = Response::default();
    for ((id, rule), result) in asked.iter().zip(described(asked)).zip(&results) {
        match result {
            RuleResult::Answered(status) => {
                settled(status, rule, limits);
                sound.outcomes.push(RuleOutcome { rule: id.clone(), status: status.clone() });
            }
            RuleResult::Crashed(crash) => crashed(crash),
        }
    }
    // What was settled once is settled: the host's own words of it read the same.
    let asked: Vec<String> = sound.outcomes.iter().map(|outcome| outcome.rule.clone()).collect();
    let json = serde_json::to_string(&sound).unwrap_or_default();
    let results: Vec<_> =
        results.into_iter().filter(|result| matches!(result, RuleResult::Answered(_))).collect();
    if !asked.is_empty() {
        assert_eq!(judge_answer(&json, &asked, &DESCRIPTION, limits), Ok(results));
    }
}

/// The declarations of the rules asked for.
fn described(asked: &[String]) -> impl Iterator<Item = &'static RuleDescription> {
    let declared = |id: &String| DESCRIPTION.rules.iter().find(|rule| rule.id == *id);
    asked.iter().filter_map(declared).collect::<Vec<_>>().into_iter()
}

fn settled(status: &RuleStatus, rule: &RuleDescription, limits: &Limits) {
    let findings = match status {
        RuleStatus::Pass => return,
        RuleStatus::Fail { findings } => {
            assert!(!findings.is_empty(), "a fail without findings");
            findings
        }
        RuleStatus::NotApplicable { reason } => return bounded(reason, limits),
        RuleStatus::NotEvaluated { missing, findings } => {
            match missing {
                Missing::Field(path) => words::pointer(path),
                Missing::Facts(table) => {
                    assert!(!table.is_empty());
                    words::shown(table);
                }
            }
            findings
        }
    };
    assert!(findings.len() <= limits.findings_max);
    for finding in findings {
        let listed = finding.code == FURTHER_FINDINGS || rule.violation(&finding.code).is_some();
        assert!(listed, "not listed: {finding:?}");
        let ceiling = rule.ceiling_of(&finding.code);
        assert!(finding.severity <= ceiling, "more severe than declared: {finding:?}");
        sound(finding, limits);
    }
}

fn sound(finding: &RuleFinding, limits: &Limits) {
    words::pointer(&finding.path);
    words::shown(finding.path.as_str());
    bounded(&finding.message, limits);
    if finding.remedy != Bilingual::default() {
        bounded(&finding.remedy, limits);
    }
    assert!(finding.values.len() <= limits.values_max);
    for text in finding.values.iter().flat_map(|(name, value)| [name, value]) {
        assert!(text.len() <= limits.text_bytes_max);
        words::shown(text);
    }
}

/// Both languages, short enough, and shown as they are.
fn bounded(text: &Bilingual, limits: &Limits) {
    words::both(text);
    for language in [&text.vi, &text.en] {
        assert!(language.len() <= limits.text_bytes_max);
        words::shown(language);
    }
}

fn crashed(crash: &Crash) {
    words::of_error(crash);
    words::both(&crash.sentence());
    words::shown(&crash.to_string());
    if let Crash::MalformedAnswer { detail } = crash {
        assert!(detail.len() <= DETAIL_BYTES_MAX);
    }
}
