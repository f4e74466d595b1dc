//! What a rule reports.

use std::collections::BTreeMap;

use kycuong_model::finding::{Missing, RuleFinding, Severity};
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;

/// A worded finding; made by `#[derive(Violation)]`.
pub trait Violation {
    /// A severity below the rule's own; `None` for the rule's.
    const SEVERITY: Option<Severity>;
    /// What is wrong, with its numbers.
    fn message(&self) -> Bilingual;
    /// What to do.
    fn remedy(&self) -> Bilingual;
    /// The values in the message, by name.
    fn measured(&self) -> BTreeMap<String, String>;
}

/// Why a rule ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The rule does not concern this subject.
    NotApplicable(Bilingual),
    /// The rule cannot decide without this.
    Missing(Missing),
}

impl From<Missing> for Stop {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

/// What a rule returns: `Ok(())` when it came to its end, with or without findings.
pub type Checked = Result<(), Stop>;

/// Ends a rule that does not concern the subject: `return not_applicable("…", "…");`.
///
/// # Errors
/// Always: it is the way out.
pub fn not_applicable(vi: &str, en: &str) -> Checked {
    Err(Stop::NotApplicable(Bilingual::new(vi, en)))
}

/// Collects what a rule finds.
#[derive(Debug)]
pub struct Findings {
    severity: Severity,
    found: Vec<RuleFinding>,
}

impl Findings {
    /// No findings yet, of a rule of this severity.
    pub fn new(severity: Severity) -> Self {
        Self { severity, found: Vec::new() }
    }

    /// Reports a violation at a place: `findings.add(at!(line.amount), AmountDiffers { … })`.
    pub fn add<V: Violation>(&mut self, path: Pointer, violation: V) {
        let severity = V::SEVERITY.unwrap_or(self.severity).min(self.severity);
        self.push(path, severity, &violation);
    }

    /// Reports a violation with a lower severity than its wording's: never a higher one than the rule's.
    pub fn add_as<V: Violation>(&mut self, severity: Severity, path: Pointer, violation: V) {
        self.push(path, severity.min(self.severity), &violation);
    }

    fn push<V: Violation>(&mut self, path: Pointer, severity: Severity, violation: &V) {
        self.found.push(RuleFinding {
            path,
            severity,
            message: violation.message(),
            remedy: violation.remedy(),
            measured: violation.measured(),
        });
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, in the order in which they were added.
    pub fn into_vec(self) -> Vec<RuleFinding> {
        self.found
    }
}
