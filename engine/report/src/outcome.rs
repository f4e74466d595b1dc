//! What became of each rule.

use kycuong_model::finding::{Missing, Severity};
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::crash::Crash;

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// `pack/rule-name`.
    pub rule: String,
    /// The requirement that the rule implements, as a list of requirements numbers it (`R69`; this project's
    /// list is `examples/rule-packs/rule-list.csv`). None when the rule names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The id of its pack.
    pub pack: String,
    /// What it is called.
    pub title: Bilingual,
    /// The most severe that its findings can be under the operator's settings.
    pub severity: Severity,
    /// Whether the verdict needs its decision: it can block, and its pack is not advisory.
    pub mandatory: bool,
    /// Whether its pack is advisory.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advisory: bool,
    /// Its role in the verdict without what the operator downgraded, when that is another one: what
    /// [`Report::raw_verdict`](crate::Report::raw_verdict) rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_role: Option<VerdictRole>,
    /// What became of it.
    #[serde(flatten)]
    pub status: OutcomeStatus,
}

/// What a rule that did not decide means for the verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictRole {
    /// Whether the verdict needs its decision.
    pub mandatory: bool,
    /// Whether its pack is advisory.
    pub advisory: bool,
}

/// What became of a rule.
///
/// There are five and no more: whoever folds outcomes into a verdict has to decide about each.
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

impl Outcome {
    /// The outcome of a rule that is not mandatory, of a pack that is not advisory, by the same role
    /// with and without the operator's settings.
    pub fn new(
        rule: impl Into<String>,
        pack: impl Into<String>,
        title: Bilingual,
        severity: Severity,
        status: OutcomeStatus,
    ) -> Self {
        Self {
            rule: rule.into(),
            requirement: None,
            pack: pack.into(),
            title,
            severity,
            mandatory: false,
            advisory: false,
            raw_role: None,
            status,
        }
    }

    /// Gives the rule its role in the verdict: under the operator's settings, and without them.
    #[must_use]
    pub fn with_roles(mut self, role: VerdictRole, raw: VerdictRole) -> Self {
        (self.mandatory, self.advisory) = (role.mandatory, role.advisory);
        self.raw_role = (raw != role).then_some(raw);
        self
    }

    /// Its role in the verdict under the operator's settings.
    pub fn role(&self) -> VerdictRole {
        VerdictRole { mandatory: self.mandatory, advisory: self.advisory }
    }

    /// Its role in the verdict without what the operator downgraded.
    pub fn raw_role(&self) -> VerdictRole {
        self.raw_role.unwrap_or_else(|| self.role())
    }
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

    /// The status of a rule that lacked something, with the sentence that says what.
    pub fn not_evaluated(missing: Missing) -> Self {
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

    /// The status of a rule that did not answer, with the sentence that says why.
    pub fn crashed(crash: Crash) -> Self {
        let reason = crash.sentence();
        Self::Crashed { crash, reason }
    }
}
