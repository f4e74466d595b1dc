//! The report: the verdict, every finding, what became of every rule, and what all of it rests on.
//!
//! A pure function of submission, date, packs, facts and settings: no clock, no timing, no order that
//! depends on a hash or a thread.

use kycuong_model::date::Date;
use kycuong_model::finding::{Missing, RuleStatus, Severity};
use kycuong_model::manifest::RuleDescription;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::finding::Finding;
use crate::pack_set::{PackInForce, Settings};
use crate::receipt::Receipt;
use crate::sandbox::Crash;
use crate::verdict::Verdict;
use crate::waiver::{WaiverReport, WaiverStatus};

/// The version of the report's format.
pub const FORMAT: &str = "1.1.0";

/// What a check found. Its JSON has the members in the order of this declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this format.
    pub format: String,
    /// What the officer is advised to do: the effective verdict, under everything in `settings`.
    pub verdict: Verdict,
    /// What the verdict is called.
    pub verdict_text: Bilingual,
    /// What the verdict would be without what the operator made lighter (lowered severities, packs
    /// switched to advisory, waivers): as bad as the verdict, or worse.
    pub raw_verdict: Verdict,
    /// Whether every rule that the verdict needs decided and none crashed.
    pub complete: bool,
    /// What was judged: `dossier`, `budget-entry`, `unit-plan` or `portfolio`; absent when the
    /// submission could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The submission's own code, when it states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The day of judging.
    pub on: Date,
    /// The governing decree; absent when none could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<RegimeReport>,
    /// Whose packs apply, from the nation down.
    pub jurisdictions: Vec<String>,
    /// What the operator set.
    pub settings: Settings,
    /// What became of each waiver in `settings`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverReport>,
    /// The packs that apply elsewhere; each of their rules has its outcome all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
    /// How many of each.
    pub counts: Counts,
    /// Every finding: the gravest first, then as the submission goes, then by rule.
    pub findings: Vec<Finding>,
    /// What became of every rule of every pack in force, in the order of packs and manifests.
    pub outcomes: Vec<Outcome>,
    /// What the report rests on.
    pub receipt: Receipt,
}

/// The governing decree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeReport {
    /// Its code: `nd-224-2026`.
    pub code: String,
    /// Why it governs.
    pub reason: Bilingual,
}

/// A pack that applies elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Its id.
    pub pack: String,
    /// Where it applies, and where the submission belongs.
    pub reason: Bilingual,
}

/// How many findings there are of each severity, and rules of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the number of what it is named after")]
pub struct Counts {
    pub block: usize,
    pub warn: usize,
    pub inform: usize,
    pub pass: usize,
    pub fail: usize,
    pub not_applicable: usize,
    pub not_evaluated: usize,
    pub crashed: usize,
    /// Findings that a decision waives; they are among the warnings.
    pub waived: usize,
    /// Waivers that were applied.
    pub waivers_applied: usize,
}

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// `pack/rule-name`.
    pub rule: String,
    /// The row of the project's rule list, when the rule has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The id of its pack.
    pub pack: String,
    /// What it is called.
    pub title: Bilingual,
    /// The gravest that its findings can be under the operator's settings.
    pub severity: Severity,
    /// Whether the verdict needs its decision: it can block, and its pack is not advisory.
    pub mandatory: bool,
    /// Whether its pack is advisory.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advisory: bool,
    /// What became of it.
    #[serde(flatten)]
    pub status: OutcomeStatus,
    /// Its standing without what the operator made lighter.
    #[serde(skip)]
    pub(crate) raw: Standing,
}

/// What an undecided rule means for the verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) mandatory: bool,
    pub(crate) advisory: bool,
}

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum OutcomeStatus {
    /// Nothing to object to.
    Pass,
    /// It found something.
    Fail {
        /// How many findings, before those that other packs share were merged.
        findings: usize,
    },
    /// It does not concern the submission.
    NotApplicable {
        /// Why not.
        reason: Bilingual,
    },
    /// It could not decide.
    NotEvaluated {
        /// What was missing.
        missing: Missing,
        /// The same in words.
        reason: Bilingual,
    },
    /// It did not answer.
    Crashed {
        /// Why.
        crash: Crash,
        /// The same in words.
        reason: Bilingual,
    },
}

impl OutcomeStatus {
    /// The code in documents: `pass`, `fail`, `not-applicable`, `not-evaluated` or `crashed`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail { .. } => "fail",
            Self::NotApplicable { .. } => "not-applicable",
            Self::NotEvaluated { .. } => "not-evaluated",
            Self::Crashed { .. } => "crashed",
        }
    }

    pub(crate) fn not_evaluated(missing: Missing) -> Self {
        let reason = match &missing {
            Missing::Field(path) if path.as_str().is_empty() => Bilingual::new(
                "Hồ sơ thiếu số liệu mà quy tắc cần.",
                "The submission lacks what the rule needs.",
            ),
            Missing::Field(path) => Bilingual::new(
                format!("Hồ sơ chưa có số liệu đọc được tại mục “{path}”."),
                format!("The submission has nothing readable at “{path}”."),
            ),
            Missing::Facts(table) => Bilingual::new(
                format!("Hệ thống chưa có bảng dữ liệu tham chiếu “{table}”."),
                format!("The host has no table of facts “{table}”."),
            ),
        };
        Self::NotEvaluated { missing, reason }
    }

    pub(crate) fn crashed(crash: Crash) -> Self {
        let reason = crash.sentence();
        Self::Crashed { crash, reason }
    }
}

impl Outcome {
    pub(crate) fn new(pack: &PackInForce, rule: &RuleDescription, status: OutcomeStatus) -> Self {
        Self {
            rule: rule.id.clone(),
            row: rule.row.clone(),
            pack: pack.pack.manifest().pack.clone(),
            title: rule.title.clone(),
            severity: pack.severity(rule),
            mandatory: pack.is_mandatory(rule),
            advisory: pack.enforcement == crate::pack_set::Enforcement::Advisory,
            status,
            raw: Standing {
                mandatory: pack.own_severity(rule) == Severity::Block,
                advisory: pack.is_advisory_itself(),
            },
        }
    }

    /// The outcome and the findings of a rule that answered.
    pub(crate) fn of_answer(
        pack: &PackInForce,
        rule: &RuleDescription,
        answer: RuleStatus,
    ) -> (Self, Vec<Finding>) {
        let (status, found) = match answer {
            RuleStatus::Pass => (OutcomeStatus::Pass, Vec::new()),
            RuleStatus::Fail { findings } => {
                (OutcomeStatus::Fail { findings: findings.len() }, findings)
            }
            RuleStatus::NotApplicable { reason } => {
                (OutcomeStatus::NotApplicable { reason }, Vec::new())
            }
            RuleStatus::NotEvaluated { missing, findings } => {
                (OutcomeStatus::not_evaluated(missing), findings)
            }
        };
        let outcome = Self::new(pack, rule, status);
        let (gravest, gravest_raw) = (outcome.severity, pack.own_severity(rule));
        let found = found.into_iter();
        let findings = found
            .map(|found| Finding::of_rule(&outcome.pack, rule, found, gravest, gravest_raw))
            .collect();
        (outcome, findings)
    }
}

impl Counts {
    pub(crate) fn of(findings: &[Finding], outcomes: &[Outcome], waivers: &[WaiverReport]) -> Self {
        let applied =
            |waiver: &&WaiverReport| matches!(waiver.status, WaiverStatus::Applied { .. });
        let mut counts = Self {
            waived: findings.iter().filter(|finding| finding.waived.is_some()).count(),
            waivers_applied: waivers.iter().filter(applied).count(),
            ..Self::default()
        };
        for finding in findings {
            *match finding.severity {
                Severity::Block => &mut counts.block,
                Severity::Warn => &mut counts.warn,
                Severity::Inform => &mut counts.inform,
            } += 1;
        }
        for outcome in outcomes {
            *match outcome.status {
                OutcomeStatus::Pass => &mut counts.pass,
                OutcomeStatus::Fail { .. } => &mut counts.fail,
                OutcomeStatus::NotApplicable { .. } => &mut counts.not_applicable,
                OutcomeStatus::NotEvaluated { .. } => &mut counts.not_evaluated,
                OutcomeStatus::Crashed { .. } => &mut counts.crashed,
            } += 1;
        }
        counts
    }
}

impl Report {
    /// The report as JSON: indented, members in a fixed order, a line feed at the end. The same
    /// report gives the same bytes.
    pub fn to_json(&self) -> String {
        // Nothing in a report can fail to be JSON: its maps have texts as keys, it holds no float.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Whether the receipt's digest is that of this report.
    pub fn is_authentic(&self) -> bool {
        let mut unsealed = self.clone();
        let sealed = unsealed.receipt.report.take();
        sealed.is_some_and(|sealed| sealed == digest(unsealed.to_json().as_bytes()))
    }

    /// Puts the digest of everything else into the receipt.
    pub(crate) fn sealed(mut self) -> Self {
        self.receipt.report = None;
        self.receipt.report = Some(digest(self.to_json().as_bytes()));
        self
    }
}
