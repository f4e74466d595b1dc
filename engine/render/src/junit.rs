//! JUnit XML, for continuous integration: a suite for each submission, a case for each rule.

use std::collections::BTreeMap;

use kycuong_model::finding::Severity;
use kycuong_model::localize::Language;
use kycuong_model::rule_id::RuleId;
use kycuong_model::text::Bilingual;
use kycuong_report::{Finding, Outcome, OutcomeStatus, WaiverReport, WaiverStatus};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::Checked;
use crate::words::{rolled_back, waived};

/// JUnit XML; with `deny_warnings`, what warns fails its case too.
pub fn junit(results: &[Checked<'_>], language: Language, deny_warnings: bool) -> String {
    let page =
        Page { language, fails: if deny_warnings { Severity::Warn } else { Severity::Block } };
    let mut report = Report::new("kycuong");
    for checked in results {
        report.add_test_suite(page.suite(checked));
    }
    // It can only fail to be written, and it is written to memory.
    report.to_string().unwrap_or_default()
}

struct Page {
    language: Language,
    /// The lowest severity that fails a case.
    fails: Severity,
}

impl Page {
    fn of<'a>(&self, text: &'a Bilingual) -> &'a str {
        self.language.pick(&text.vi, &text.en)
    }

    fn suite(&self, checked: &Checked<'_>) -> TestSuite {
        let mut suite = TestSuite::new(checked.name);
        suite.add_property(("verdict", checked.report.verdict.code()));
        suite.add_property(("raw_verdict", checked.report.raw_verdict.code()));
        suite.add_property(("waived", checked.report.counts.waived.to_string().as_str()));
        if let Some(signing) = checked.report.settings.signing {
            suite.add_property(("signing", signing.code()));
        }
        for rollback in &checked.report.settings.rollbacks {
            suite.add_property(("rollback", rolled_back(rollback, self.language).as_str()));
        }
        let refused: Vec<String> =
            checked.report.waivers.iter().filter_map(|waiver| self.refused(waiver)).collect();
        if !refused.is_empty() {
            suite.set_system_out(refused.join("\n"));
        }
        suite.add_property(("on", checked.report.on.to_string().as_str()));
        let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &checked.report.findings {
            for rule in finding.rules() {
                found.entry(rule).or_default().push(finding);
            }
        }
        for outcome in &checked.report.outcomes {
            let findings = found.remove(outcome.rule.as_str()).unwrap_or_default();
            let mut case = self.case(&outcome.rule, &findings, checked.name);
            if let Some(status) = self.status(outcome) {
                case.status = status;
            }
            case.set_classname(outcome.pack.as_str());
            suite.add_test_case(case);
        }
        // The host's own rules have no outcome, only findings.
        for (rule, findings) in found {
            let mut case = self.case(rule, &findings, checked.name);
            case.set_classname(RuleId::of(rule).pack().unwrap_or(rule));
            suite.add_test_case(case);
        }
        suite
    }

    /// A case by its findings: failed when one is severe enough; others stand in its output.
    fn case(&self, rule: &str, findings: &[&Finding], file: &str) -> TestCase {
        let lines: Vec<String> = findings.iter().map(|finding| self.line(finding, file)).collect();
        let worst = findings.iter().max_by_key(|finding| finding.severity);
        let name = RuleId::of(rule).name();
        match worst.filter(|worst| worst.severity >= self.fails) {
            Some(worst) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_type(worst.severity.code());
                status.set_message(self.of(&worst.message));
                status.set_description(lines.join("\n"));
                TestCase::new(name, status)
            }
            None => {
                let mut case = TestCase::new(name, TestCaseStatus::success());
                if !lines.is_empty() {
                    case.set_system_out(lines.join("\n"));
                }
                case
            }
        }
    }

    /// A waiver that was not applied, and why.
    fn refused(&self, waiver: &WaiverReport) -> Option<String> {
        let WaiverStatus::NotApplied { reason, .. } = &waiver.status else { return None };
        let label = self.language.pick("quyết định miễn không được áp dụng", "waiver not applied");
        Some(format!("{label}: {} ({}): {}", waiver.decision, waiver.waived_id(), self.of(reason)))
    }

    fn line(&self, finding: &Finding, file: &str) -> String {
        let decision = finding.waived.as_ref().map(|one| {
            let label = self.language.pick("miễn theo", "waived");
            format!(" {label} {}", waived(one, self.language))
        });
        format!(
            "{file}:{}:{}: {} [{}]: {} {}{}",
            finding.line,
            finding.column,
            self.language.localize(&finding.severity),
            finding.code,
            self.of(&finding.message),
            self.of(&finding.remedy),
            decision.unwrap_or_default()
        )
    }

    /// The status of a rule that did not decide; `None` leaves it to the findings.
    fn status(&self, outcome: &Outcome) -> Option<TestCaseStatus> {
        let mut status = match &outcome.status {
            OutcomeStatus::Pass | OutcomeStatus::Fail { .. } => return None,
            OutcomeStatus::NotApplicable { .. } => TestCaseStatus::skipped(),
            OutcomeStatus::NotEvaluated { .. } if !outcome.mandatory => TestCaseStatus::skipped(),
            OutcomeStatus::NotEvaluated { .. } | OutcomeStatus::Crashed { .. } => {
                TestCaseStatus::non_success(NonSuccessKind::Error)
            }
        };
        let reason = match &outcome.status {
            OutcomeStatus::NotApplicable { reason }
            | OutcomeStatus::NotEvaluated { reason, .. }
            | OutcomeStatus::Crashed { reason, .. } => self.of(reason),
            _ => "",
        };
        status.set_type(outcome.status.code());
        status.set_message(reason);
        Some(status)
    }
}
