//! A finding as the report has it: what a rule or the host itself found at one place.
//!
//! Placing, merging and ordering findings happens here; what they mean for the verdict does not.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kycuong_model::finding::{RuleFinding, Severity};
use kycuong_model::manifest::{Basis, RuleDescription};
use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node};
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::locate::Locator;
use crate::waiver::Waived;

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `pack/rule-name`; the host's own rules are `intake/…`, `schema/…` and `place/…`.
    pub rule: String,
    /// The row of the project's rule list (`R69`), when the rule has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The id of the pack that found it; absent for the host's own rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Rules of other packs that found the same at the same place, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// How grave it is under the operator's settings.
    pub severity: Severity,
    /// How grave its own rule holds it to be, when the settings made it lighter or another pack's
    /// rule made it graver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_severity: Option<Severity>,
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
    pub measured: BTreeMap<String, String>,
    /// The decision that it is waived by; it then warns at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waived>,
    /// How grave it would be without what the operator made lighter, when that is graver.
    #[serde(skip)]
    pub(crate) raw_severity: Option<Severity>,
    /// The byte of the place in the submission.
    #[serde(skip)]
    pub(crate) offset: Option<usize>,
}

impl Finding {
    /// A finding of the host itself.
    pub(crate) fn of_host(
        rule: &str,
        severity: Severity,
        path: Pointer,
        message: Bilingual,
        remedy: Bilingual,
    ) -> Self {
        Self {
            rule: rule.to_owned(),
            row: None,
            pack: None,
            also: Vec::new(),
            severity,
            declared_severity: None,
            path,
            line: 0,
            column: 0,
            title: Bilingual::default(),
            message,
            remedy,
            basis: Vec::new(),
            quote: None,
            measured: BTreeMap::new(),
            waived: None,
            raw_severity: None,
            offset: None,
        }
    }

    /// What a rule of a pack found; never graver than `gravest`, nor than `gravest_raw` where the
    /// operator made it lighter.
    pub(crate) fn of_rule(
        pack: &str,
        rule: &RuleDescription,
        found: RuleFinding,
        gravest: Severity,
        gravest_raw: Severity,
    ) -> Self {
        Self {
            rule: rule.id.clone(),
            row: rule.row.clone(),
            pack: Some(pack.to_owned()),
            also: Vec::new(),
            severity: found.severity.min(gravest),
            declared_severity: (found.severity > gravest).then_some(found.severity),
            path: found.path,
            line: 0,
            column: 0,
            title: rule.title.clone(),
            message: found.message,
            remedy: found.remedy,
            basis: rule.basis.clone(),
            quote: rule.quote.clone(),
            measured: found.values,
            waived: None,
            raw_severity: Some(found.severity.min(gravest_raw)),
            offset: None,
        }
    }

    /// How grave it would be without what the operator made lighter.
    pub(crate) fn raw_severity(&self) -> Severity {
        self.raw_severity.unwrap_or(self.severity).max(self.severity)
    }

    /// Adds a value behind the message.
    pub(crate) fn measured(mut self, name: &str, value: impl ToString) -> Self {
        self.measured.insert(name.to_owned(), value.to_string());
        self
    }

    /// Says where it is, in bytes from the start of the submission: for what has no node.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The name of its rule without the pack: what packs of different levels may share.
    fn rule_name(&self) -> &str {
        self.rule.split_once('/').map_or(self.rule.as_str(), |(_, name)| name)
    }

    /// Whether another pack's finding says the same of the same place.
    fn same_as(&self, other: &Self) -> bool {
        self.path == other.path
            && self.message == other.message
            && (self.rule == other.rule
                || (self.pack != other.pack && self.rule_name() == other.rule_name()))
    }
}

/// Gives every finding its line and column in the submission, in one pass over its bytes.
pub(crate) fn place(findings: &mut [Finding], bytes: &[u8], document: Option<Document<'_>>) {
    let mut locator = document.map(Locator::new);
    for finding in &mut *findings {
        let of_path = || locator.as_mut()?.nearest(&finding.path).map(start_of);
        finding.offset = Some(finding.offset.or_else(of_path).unwrap_or(0));
    }
    let mut in_order: Vec<&mut Finding> = findings.iter_mut().collect();
    in_order.sort_by_key(|finding| finding.offset);
    let mut cursor = Cursor { bytes, offset: 0, line: 1, column: 1 };
    for finding in in_order {
        cursor.advance_to(finding.offset.unwrap_or(0));
        (finding.line, finding.column) = (cursor.line, cursor.column);
    }
}

/// A string's range excludes its quotes, its place does not.
fn start_of(node: Node<'_>) -> usize {
    let start = node.range().start;
    if matches!(node.kind(), Kind::String | Kind::Key) { start.saturating_sub(1) } else { start }
}

/// A place in a text that only moves forward: line and column from 1, the column in characters.
struct Cursor<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    fn advance_to(&mut self, offset: usize) {
        for byte in self.bytes.get(self.offset..offset).unwrap_or_default() {
            if *byte == b'\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else if *byte & 0b1100_0000 != 0b1000_0000 {
                self.column += 1;
            }
        }
        self.offset = self.offset.max(offset);
    }
}

/// Merges what several packs say alike, and puts findings into the report's order.
///
/// `level` tells how high a pack stands, 0 for the nation. Of two that say the same, the one of the
/// higher level is kept, as grave as the graver of them; the other's rule is listed with it. So a
/// lower pack can make a finding graver and can neither remove nor reword it, nor make it lighter.
pub(crate) fn merge(mut findings: Vec<Finding>, level: impl Fn(&str) -> usize) -> Vec<Finding> {
    let rank = |finding: &Finding| finding.pack.as_deref().map_or(0, &level);
    findings.sort_by(|a, b| {
        (&a.path, a.rule_name(), &a.message)
            .cmp(&(&b.path, b.rule_name(), &b.message))
            .then_with(|| rank(a).cmp(&rank(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| b.severity.cmp(&a.severity))
            .then_with(|| (&a.remedy, &a.measured).cmp(&(&b.remedy, &b.measured)))
    });
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        match merged.last_mut() {
            Some(kept) if kept.same_as(&finding) => {
                kept.raw_severity = Some(kept.raw_severity().max(finding.raw_severity()));
                if finding.severity > kept.severity {
                    kept.declared_severity.get_or_insert(kept.severity);
                    kept.severity = finding.severity;
                }
                if kept.rule != finding.rule && !kept.also.contains(&finding.rule) {
                    kept.also.push(finding.rule);
                }
            }
            _ => merged.push(finding),
        }
    }
    for finding in &mut merged {
        finding.also.sort_unstable();
    }
    sort(&mut merged);
    merged
}

/// Puts findings into the report's order.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
}

/// The gravest first, then as the submission goes, then by rule.
fn order(finding: &Finding) -> impl Ord + '_ {
    let Finding { rule, severity, path, message, offset, .. } = finding;
    (Reverse(*severity), *offset, rule, path, message)
}

#[cfg(test)]
mod tests {
    use kycuong_model::tape::{ParseLimits, parse};

    use super::*;

    fn finding(rule: &str, severity: Severity, path: &str) -> Finding {
        let message = Bilingual::new("Tổng không khớp.", "The total differs.");
        let mut finding =
            Finding::of_host(rule, severity, path.into(), message, Bilingual::default());
        finding.pack = rule.split_once('/').map(|(pack, _)| pack.to_owned());
        finding
    }

    fn level(pack: &str) -> usize {
        usize::from(pack != "vn-baseline")
    }

    #[test]
    fn a_place_is_that_of_the_value_or_of_what_should_hold_it() {
        let text = "{\n  \"tên\": {\"đường\": \"x\"},\n  \"số\": [1, 23]\n}";
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let mut findings = ["/tên/đường", "/tên/không", "/số/1", "/số/9/a", ""]
            .map(|path| finding("a/b", Severity::Warn, path));
        place(&mut findings, text.as_bytes(), Some(tape.document()));
        let places = findings.map(|finding| (finding.line, finding.column));
        assert_eq!(places, [(2, 20), (2, 10), (3, 13), (3, 9), (1, 1)]);
    }

    #[test]
    fn a_lower_pack_raises_and_never_lowers() {
        let merged = merge(
            vec![
                finding("gia-lai/total-differs", Severity::Warn, "/a"),
                finding("vn-baseline/total-differs", Severity::Block, "/a"),
                finding("vn-baseline/total-differs", Severity::Warn, "/b"),
                finding("gia-lai/total-differs", Severity::Block, "/b"),
            ],
            level,
        );
        let kept = merged.iter().map(|f| (f.rule.as_str(), f.severity, f.also.concat()));
        assert_eq!(
            kept.collect::<Vec<_>>(),
            [
                ("vn-baseline/total-differs", Severity::Block, "gia-lai/total-differs".to_owned()),
                ("vn-baseline/total-differs", Severity::Block, "gia-lai/total-differs".to_owned()),
            ]
        );
        let declared = merged.iter().map(|finding| finding.declared_severity).collect::<Vec<_>>();
        assert_eq!(declared, [None, Some(Severity::Warn)]);
    }

    #[test]
    fn what_differs_in_place_rule_or_words_stays() {
        let mut worded = finding("gia-lai/total-differs", Severity::Warn, "/a");
        worded.message.en.push_str(" By much.");
        let all = vec![
            finding("vn-baseline/total-differs", Severity::Warn, "/a"),
            finding("vn-baseline/other", Severity::Warn, "/a"),
            finding("vn-baseline/total-differs", Severity::Warn, "/b"),
            worded,
        ];
        assert_eq!(merge(all, level).len(), 4);
    }

    #[test]
    fn one_rule_says_a_thing_once() {
        let twice =
            vec![finding("a/b", Severity::Warn, "/a"), finding("a/b", Severity::Block, "/a")];
        let merged = merge(twice, level);
        assert_eq!(merged.len(), 1);
        assert_eq!((merged[0].severity, merged[0].also.len()), (Severity::Block, 0));
    }

    #[test]
    fn the_gravest_come_first_then_the_order_of_the_submission() {
        let text = r#"{"b":1,"a":2}"#;
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let mut all = vec![
            finding("a/last", Severity::Inform, "/b"),
            finding("a/two", Severity::Warn, "/a"),
            finding("a/one", Severity::Warn, "/b"),
            finding("a/zero", Severity::Warn, "/b"),
        ];
        place(&mut all, text.as_bytes(), Some(tape.document()));
        let merged = merge(all, level);
        let rules = merged.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>();
        assert_eq!(rules, ["a/one", "a/zero", "a/two", "a/last"]);
    }
}
