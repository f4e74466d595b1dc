//! What rules find and what becomes of them: the vocabulary between a pack and the host.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pointer::Pointer;
use crate::text::Bilingual;

/// How severe a finding is; ordered from the least severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Inform,
    /// For the appraiser to judge.
    Warn,
    /// The dossier is returned.
    Block,
}

impl Severity {
    /// The code in documents: `inform`, `warn` or `block`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inform => "inform",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// One problem at one place, as a rule reports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFinding {
    /// Which of its rule's violations it is: a code of the manifest's list, or [`FURTHER_FINDINGS`].
    pub code: String,
    /// Where, in the subject.
    pub path: Pointer,
    /// Never above the rule's own severity; the host lowers what is.
    pub severity: Severity,
    /// What is wrong, with its numbers: a whole sentence in each language.
    pub message: Bilingual,
    /// What to do.
    pub remedy: Bilingual,
    /// The values behind the message, by name, as plain decimals, dates, codes or text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// The code of the one finding that counts those which a rule found but did not word, because there
/// were too many. Every rule may report it, so that no manifest lists it.
pub const FURTHER_FINDINGS: &str = "further-findings";

/// What a rule could not do without.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The first absent (or unreadable) step of a path in the subject.
    Field(Pointer),
    /// A table of facts that the host did not supply.
    Facts(String),
}

/// What became of one rule inside a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum RuleStatus {
    /// Nothing to object to.
    Pass,
    /// At least one finding.
    Fail {
        /// In the order in which the rule added them.
        findings: Vec<RuleFinding>,
    },
    /// The rule does not concern this subject.
    NotApplicable {
        /// Why not.
        reason: Bilingual,
    },
    /// The rule could not decide.
    NotEvaluated {
        /// What was missing.
        missing: Missing,
        /// What it had found before it gave up.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<RuleFinding>,
    },
}

/// The answer of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// `pack/rule-name`.
    pub rule: String,
    /// What became of it.
    #[serde(flatten)]
    pub status: RuleStatus,
}

/// What `evaluate` answers: one outcome for each rule asked for, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// One for each rule asked for.
    pub outcomes: Vec<RuleOutcome>,
}
