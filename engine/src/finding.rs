//! Findings on their way into the report: placed in the submission, merged across packs, put in order.
//!
//! What they mean for the verdict is not decided here.

use std::cmp::Reverse;

use kycuong_model::finding::{RuleFinding, Severity};
use kycuong_model::manifest::RuleDescription;
use kycuong_model::tape::{Document, Kind, Locator, Node};
use kycuong_report::Finding;
use kycuong_report::counts::{Work, count};

/// A finding on its way into the report: what it says, and where in the submission it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) finding: Finding,
    /// The byte of the place in the submission; `None` for that of its path.
    offset: Option<usize>,
}

impl Placed {
    /// A finding at a byte of the submission: for what has no node.
    pub(crate) fn at(finding: Finding, offset: usize) -> Self {
        Self { finding, offset: Some(offset) }
    }
}

impl From<Finding> for Placed {
    fn from(finding: Finding) -> Self {
        Self { finding, offset: None }
    }
}

/// What a rule of a pack found; never more severe than the ceiling, nor than the raw ceiling where the
/// operator downgraded the rule.
pub(crate) fn of_rule(
    pack: &str,
    rule: &RuleDescription,
    found: RuleFinding,
    ceiling: Severity,
    raw_ceiling: Severity,
) -> Finding {
    let RuleFinding { code, path, severity, message, remedy, values } = found;
    let mut finding = Finding::new(rule.id.as_str(), severity.min(ceiling), path, message, remedy);
    finding.requirement.clone_from(&rule.requirement);
    finding.pack = Some(pack.to_owned());
    finding.declared_severity = (severity > ceiling).then_some(severity);
    finding.title = rule.title.clone();
    finding.basis.clone_from(&rule.basis);
    finding.quote.clone_from(&rule.quote);
    finding.code = code;
    finding.values = values;
    set_raw_severity(&mut finding, severity.min(raw_ceiling));
    finding
}

/// Says how severe a finding would be without what the operator downgraded, where that is more severe.
pub(crate) fn set_raw_severity(finding: &mut Finding, raw: Severity) {
    finding.raw_severity = (raw > finding.severity).then_some(raw);
}

/// Whether another pack's finding says the same of the same place.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.path == other.path
        && one.code == other.code
        && one.message == other.message
        && (one.rule == other.rule
            || (one.pack != other.pack && one.rule_name() == other.rule_name()))
}

/// Gives every finding its line and column in the submission, in one pass over its bytes.
pub(crate) fn place(findings: &mut [Placed], bytes: &[u8], document: Option<Document<'_>>) {
    let mut locator = document.map(Locator::new);
    for Placed { finding, offset } in &mut *findings {
        let of_path = || locator.as_mut()?.nearest(&finding.path).map(start_of);
        *offset = Some(offset.or_else(of_path).unwrap_or(0));
    }
    let mut in_order: Vec<&mut Placed> = findings.iter_mut().collect();
    in_order.sort_by_key(|placed| placed.offset);
    let mut cursor = Cursor { bytes, offset: 0, line: 1, column: 1 };
    for Placed { finding, offset } in in_order {
        cursor.advance_to(offset.unwrap_or(0));
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

/// Merges what several packs say alike.
///
/// `level` tells how high a pack stands, 0 for the nation; the host stands above every pack. Of two that say the same, the one of the
/// higher level is kept, as severe as the more severe of them; the other's rule is listed with it. So a
/// lower pack can make a finding more severe and can neither remove nor reword it, nor downgrade it.
pub(crate) fn merge(mut findings: Vec<Placed>, level: impl Fn(&str) -> usize) -> Vec<Placed> {
    let rank = |finding: &Finding| finding.pack.as_deref().map(&level);
    findings.sort_by(|Placed { finding: a, .. }, Placed { finding: b, .. }| {
        (&a.path, a.rule_name(), &a.message)
            .cmp(&(&b.path, b.rule_name(), &b.message))
            .then_with(|| rank(a).cmp(&rank(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| b.severity.cmp(&a.severity))
            .then_with(|| (&a.remedy, &a.values).cmp(&(&b.remedy, &b.values)))
    });
    let mut merged: Vec<Placed> = Vec::with_capacity(findings.len());
    for placed in findings {
        match merged.last_mut() {
            Some(Placed { finding: kept, .. }) if is_same(kept, &placed.finding) => {
                absorb(kept, placed.finding);
            }
            _ => merged.push(placed),
        }
    }
    for Placed { finding, .. } in &mut merged {
        finding.also.sort_unstable();
    }
    merged
}

/// Takes over what says the same.
fn absorb(kept: &mut Finding, same: Finding) {
    let raw = kept.raw_severity().max(same.raw_severity());
    if same.severity > kept.severity {
        kept.declared_severity.get_or_insert(kept.severity);
        kept.severity = same.severity;
    }
    set_raw_severity(kept, raw);
    if kept.rule != same.rule && !kept.also.contains(&same.rule) {
        kept.also.push(same.rule);
    }
}

/// Puts findings into the report's order: the most severe first, then as the submission goes, then by
/// rule.
pub(crate) fn in_order(mut findings: Vec<Placed>) -> Vec<Finding> {
    count(Work::Sort);
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.into_iter().map(|placed| placed.finding).collect()
}

fn order(placed: &Placed) -> impl Ord + '_ {
    let Finding { rule, severity, path, message, .. } = &placed.finding;
    (Reverse(*severity), placed.offset, rule, path, message)
}

#[cfg(test)]
mod tests {
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::text::Bilingual;

    use super::*;

    fn finding(rule: &str, severity: Severity, path: &str) -> Placed {
        let message = Bilingual::new("Tổng không khớp.", "The total differs.");
        let mut finding = Finding::new(rule, severity, path.into(), message, Bilingual::default());
        finding.pack = rule.split_once('/').map(|(pack, _)| pack.to_owned());
        finding.into()
    }

    fn merged(findings: Vec<Placed>) -> Vec<Finding> {
        in_order(merge(findings, level))
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
        let places = findings.map(|placed| (placed.finding.line, placed.finding.column));
        assert_eq!(places, [(2, 20), (2, 10), (3, 13), (3, 9), (1, 1)]);
    }

    #[test]
    fn a_lower_pack_raises_and_never_lowers() {
        let merged = merged(vec![
            finding("gia-lai/total-differs", Severity::Warn, "/a"),
            finding("vn-baseline/total-differs", Severity::Block, "/a"),
            finding("vn-baseline/total-differs", Severity::Warn, "/b"),
            finding("gia-lai/total-differs", Severity::Block, "/b"),
        ]);
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
    fn no_pack_rewords_what_the_host_says() {
        let mut host = finding("intake/total-differs", Severity::Block, "/a");
        host.finding.pack = None;
        // `aaa` comes before `intake` in every other respect.
        let mut pack = finding("aaa/total-differs", Severity::Block, "/a");
        pack.finding.remedy = Bilingual::new("Không phải làm gì.", "Nothing to do.");
        for all in [vec![host.clone(), pack.clone()], vec![pack, host]] {
            let merged = in_order(merge(all, |_| 0));
            assert_eq!(merged.len(), 1);
            assert_eq!(merged[0].rule, "intake/total-differs");
            assert_eq!(
                (merged[0].also.concat(), merged[0].remedy.en.as_str()),
                ("aaa/total-differs".to_owned(), "")
            );
        }
    }

    #[test]
    fn what_differs_in_place_rule_or_words_stays() {
        let mut worded = finding("gia-lai/total-differs", Severity::Warn, "/a");
        worded.finding.message.en.push_str(" By much.");
        let all = vec![
            finding("vn-baseline/total-differs", Severity::Warn, "/a"),
            finding("vn-baseline/other", Severity::Warn, "/a"),
            finding("vn-baseline/total-differs", Severity::Warn, "/b"),
            worded,
        ];
        assert_eq!(merged(all).len(), 4);
    }

    #[test]
    fn one_rule_says_a_thing_once() {
        let twice =
            vec![finding("a/b", Severity::Warn, "/a"), finding("a/b", Severity::Block, "/a")];
        let merged = merged(twice);
        assert_eq!(merged.len(), 1);
        assert_eq!((merged[0].severity, merged[0].also.len()), (Severity::Block, 0));
    }

    #[test]
    fn the_most_severe_come_first_then_the_order_of_the_submission() {
        let text = r#"{"b":1,"a":2}"#;
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let mut all = vec![
            finding("a/last", Severity::Inform, "/b"),
            finding("a/two", Severity::Warn, "/a"),
            finding("a/one", Severity::Warn, "/b"),
            finding("a/zero", Severity::Warn, "/b"),
        ];
        place(&mut all, text.as_bytes(), Some(tape.document()));
        let merged = merged(all);
        let rules = merged.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>();
        assert_eq!(rules, ["a/one", "a/zero", "a/two", "a/last"]);
    }
}
