//! A finding: what a rule or the host itself found at one place.

use std::collections::BTreeMap;

use kycuong_model::finding::Severity;
use kycuong_model::manifest::Basis;
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::waiver::Waived;

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// `pack/rule-name`; the host's own rules are `intake/…`, `schema/…`, `place/…` and `facts/…`.
    pub rule: String,
    /// Which of the rule's violations it is: its code in the manifest, unique in the rule; of the host's own rules, the
    /// part of the rule's id after the slash.
    pub code: String,
    /// The requirement that the rule implements, as a list of requirements numbers it (`R69`; this project's
    /// list is `examples/rule-packs/rule-list.csv`). None when the rule names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The id of the pack that found it; absent for the host's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Rules of other packs that found the same at the same place, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// How severe it is under the operator's settings.
    pub severity: Severity,
    /// How severe its own rule holds it to be, when the settings downgraded it or another pack's rule
    /// made it more severe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_severity: Option<Severity>,
    /// How severe it would be without what the operator downgraded, when that is more severe: what
    /// [`Report::raw_verdict`](crate::Report::raw_verdict) rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_severity: Option<Severity>,
    /// Where, in the subject.
    pub path: Pointer,
    /// The line of the place in the submission, from 1: of the value, or of what should hold it.
    #[serde(default)]
    pub line: usize,
    /// The column of the place, in characters from 1.
    #[serde(default)]
    pub column: usize,
    /// What the rule is called; empty for the host's own rules.
    #[serde(default)]
    pub title: Bilingual,
    /// What is wrong, with its numbers: a whole sentence in each language.
    pub message: Bilingual,
    /// What to do.
    pub remedy: Bilingual,
    /// The legal texts that it rests on; empty for the host's own rules, which are about the format.
    pub basis: Vec<Basis>,
    /// The words of the source that the rule enforces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The values behind the message, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// The decision that it is waived by; it then warns at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waived>,
}

impl Finding {
    /// A finding of a rule at a path, without pack, title, legal texts and values; its code is the name of
    /// the rule, as for the host's own rules, and its line and column are still 0.
    pub fn new(
        rule: impl Into<String>,
        severity: Severity,
        path: Pointer,
        message: Bilingual,
        remedy: Bilingual,
    ) -> Self {
        let rule = rule.into();
        Self {
            code: name_of(&rule).to_owned(),
            rule,
            requirement: None,
            pack: None,
            also: Vec::new(),
            severity,
            declared_severity: None,
            raw_severity: None,
            path,
            line: 0,
            column: 0,
            title: Bilingual::default(),
            message,
            remedy,
            basis: Vec::new(),
            quote: None,
            values: BTreeMap::new(),
            waived: None,
        }
    }

    /// Adds a value behind the message.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// How severe it would be without what the operator downgraded.
    pub fn raw_severity(&self) -> Severity {
        self.raw_severity.unwrap_or(self.severity).max(self.severity)
    }

    /// The name of its rule without the pack: what packs of different levels may share.
    pub fn rule_name(&self) -> &str {
        name_of(&self.rule)
    }

    /// The id of its violation among those of all rules: `vn-baseline/cost-arithmetic/line-differs`; of the
    /// host's own rules, which have one each, the rule's id.
    pub fn violation_id(&self) -> String {
        match self.pack {
            Some(_) => format!("{}/{}", self.rule, self.code),
            None => self.rule.clone(),
        }
    }

    /// The rules that found it: its own first, then those of other packs.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.rule.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

fn name_of(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(_, name)| name)
}
