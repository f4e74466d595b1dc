//! What a rule reports.

use std::fmt::Display;

use kycuong_model::finding::{Missing, RuleFinding, Severity};
use kycuong_model::localize::Localize;
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;

/// How a finding is worded, with `{placeholders}` for its values.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// A severity below the rule's own; `None` for the rule's.
    pub severity: Option<Severity>,
    /// What is wrong, with its numbers: Vietnamese and English.
    pub message: (&'static str, &'static str),
    /// What to do: Vietnamese and English.
    pub remedy: (&'static str, &'static str),
}

/// A value of a message: worded in both languages, and plain.
pub trait Measured: Localize + Display {}

impl<T: Localize + Display> Measured for T {}

/// The values of a message, by name.
pub type Values<'v> = [(&'static str, &'v dyn Measured)];

/// A worded finding; made by `#[derive(Violation)]`.
pub trait Violation {
    /// The sentences.
    const WORDING: Wording;
    /// Hands over the values behind the placeholders, by name.
    fn values(&self, say: &mut dyn FnMut(&Values<'_>));
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
        self.add_as(self.severity, path, violation);
    }

    /// Reports a violation with a lower severity than its wording's: never a higher one than the rule's.
    pub fn add_as<V: Violation>(&mut self, severity: Severity, path: Pointer, violation: V) {
        violation.values(&mut |values| self.record(severity, path.clone(), &V::WORDING, values));
    }

    /// The part that is the same for all violations, so that a pack holds it once.
    fn record(
        &mut self,
        severity: Severity,
        path: Pointer,
        wording: &Wording,
        values: &[(&str, &dyn Measured)],
    ) {
        let both = |(vi, en): (&str, &str)| {
            Bilingual::new(
                fill(vi, values, &|value| value.vi()),
                fill(en, values, &|value| value.en()),
            )
        };
        self.found.push(RuleFinding {
            path,
            severity: wording.severity.unwrap_or(self.severity).min(severity).min(self.severity),
            message: both(wording.message),
            remedy: both(wording.remedy),
            measured: values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.to_string()))
                .collect(),
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

/// A sentence with its placeholders filled in; the derive has checked that each has a value.
fn fill(
    template: &str,
    values: &[(&str, &dyn Measured)],
    word: &dyn Fn(&dyn Measured) -> String,
) -> String {
    let mut out = String::with_capacity(template.len() + 16 * values.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(&word(*value));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
