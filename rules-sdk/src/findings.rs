//! What a rule reports.

use std::fmt::Display;

use kycuong_model::finding::{FURTHER_FINDINGS, Missing, RuleFinding, Severity};
use kycuong_model::localize::Localize;
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;

/// What a violation is called and how it is worded, with `{placeholders}` for its values.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// Its code, unique in its rule.
    pub code: &'static str,
    /// A severity below the rule's own; `None` for the rule's.
    pub severity: Option<Severity>,
    /// What is wrong, with its numbers: Vietnamese and English.
    pub message: (&'static str, &'static str),
    /// What to do: Vietnamese and English.
    pub remedy: (&'static str, &'static str),
}

impl Wording {
    /// The highest severity of its findings in a rule of the given one.
    pub const fn severity_in(&self, rule: Severity) -> Severity {
        match self.severity {
            Some(own) => own,
            None => rule,
        }
    }

    /// Whether its severity, when it has one of its own, is not above its rule's.
    pub const fn is_within(&self, rule: Severity) -> bool {
        self.severity_in(rule) as u8 <= rule as u8
    }

    /// Whether none of these codes is its own.
    pub const fn is_distinct(&self, codes: &[&str]) -> bool {
        let mut rest = codes;
        while let [code, after @ ..] = rest {
            if is_same(code.as_bytes(), self.code.as_bytes()) {
                return false;
            }
            rest = after;
        }
        true
    }
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    let (mut left, mut right) = (left, right);
    while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
        if *first != *second {
            return false;
        }
        (left, right) = (left_rest, right_rest);
    }
    left.is_empty() && right.is_empty()
}

/// A value of a message: worded in both languages, and plain.
pub trait FindingValue: Localize + Display {}

impl<T: Localize + Display> FindingValue for T {}

/// The values of a message, by name.
pub type Values<'v> = [(&'static str, &'v dyn FindingValue)];

/// One mistake that a rule can find; made by `#[derive(Violation)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no violation",
    note = "a violation is a struct with `#[derive(Violation)]`"
)]
pub trait Violation {
    /// Code, severity and sentences.
    const WORDING: Wording;
    /// The violation as the manifest lists it: a JSON object without its severity, which depends on the rule, and
    /// without the closing brace.
    const MANIFEST: &'static str;
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

/// Most findings of one rule that are worded: the host takes an answer of about 1 MiB, and a person
/// reads fewer. The rest are counted in one last finding.
pub const FINDINGS_MAX: usize = 500;

/// Collects what a rule finds.
#[derive(Debug)]
pub struct Findings {
    severity: Severity,
    found: Vec<RuleFinding>,
    /// The place of the first that was not worded, the highest severity among these, and how many.
    rest: Option<(Pointer, Severity, usize)>,
}

impl Findings {
    /// No findings yet, of a rule of this severity.
    pub fn new(severity: Severity) -> Self {
        Self { severity, found: Vec::new(), rest: None }
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
        values: &[(&str, &dyn FindingValue)],
    ) {
        let severity = wording.severity.unwrap_or(self.severity).min(severity).min(self.severity);
        if self.found.len() >= FINDINGS_MAX {
            let (_, highest, count) = self.rest.get_or_insert((path, severity, 0));
            *highest = severity.max(*highest);
            *count += 1;
            return;
        }
        let both = |(vi, en): (&str, &str)| {
            Bilingual::new(
                fill(vi, values, &|value| value.vi()),
                fill(en, values, &|value| value.en()),
            )
        };
        self.found.push(RuleFinding {
            code: wording.code.to_owned(),
            path,
            severity,
            message: both(wording.message),
            remedy: both(wording.remedy),
            values: values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.to_string()))
                .collect(),
        });
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, in the order in which they were added; those past [`FINDINGS_MAX`] as one.
    pub fn into_vec(mut self) -> Vec<RuleFinding> {
        if let Some((path, severity, count)) = self.rest {
            self.found.push(RuleFinding {
                code: FURTHER_FINDINGS.to_owned(),
                path,
                severity,
                message: Bilingual::new(
                    format!("Quy tắc này còn {} phát hiện khác từ vị trí này trở đi, không liệt kê hết.", count.vi()),
                    format!("This rule has {} more findings from here on; they are not listed.", count.en()),
                ),
                remedy: Bilingual::new(
                    "Sửa các phát hiện đã nêu rồi kiểm tra lại để thấy phần còn lại.",
                    "Fix what is listed and check again to see the rest.",
                ),
                values: [("count".to_owned(), count.to_string())].into(),
            });
        }
        self.found
    }
}

/// A sentence with its placeholders filled in; the derive has checked that each has a value.
fn fill(
    template: &str,
    values: &[(&str, &dyn FindingValue)],
    word: &dyn Fn(&dyn FindingValue) -> String,
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

#[cfg(test)]
mod tests {
    use super::*;

    struct Wrong;

    impl Violation for Wrong {
        const WORDING: Wording = Wording {
            code: "wrong",
            severity: None,
            message: ("Sai.", "Wrong."),
            remedy: ("Sửa.", "Fix."),
        };
        const MANIFEST: &'static str = "{";
        fn values(&self, say: &mut dyn FnMut(&Values<'_>)) {
            say(&[]);
        }
    }

    #[test]
    fn past_the_bound_findings_are_counted_and_none_is_lost() {
        let mut findings = Findings::new(Severity::Block);
        for number in 0..FINDINGS_MAX + 1_500 {
            let severity =
                if number == FINDINGS_MAX + 7 { Severity::Block } else { Severity::Warn };
            findings.add_as(severity, Pointer::from(format!("/lines/{number}").as_str()), Wrong);
        }
        let found = findings.into_vec();
        assert_eq!(found.len(), FINDINGS_MAX + 1);
        let last = found.last().unwrap();
        assert_eq!((last.path.as_str(), last.severity), ("/lines/500", Severity::Block));
        assert_eq!(last.code, FURTHER_FINDINGS);
        assert!(last.message.vi.contains("còn 1.500 phát hiện"), "{}", last.message.vi);
    }
}
