//! Two rules that say the same: they read the same members, rest on the same article, and their norms
//! are nearly the same sentence. A submitter would get each finding twice.

use std::collections::BTreeSet;

use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::manifest::EffectiveDates;
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::{Entry, LintFinding};

/// Norms are nearly the same when at most so many of a hundred letters differ.
const DIFFERENT_LETTERS_PERCENT_MAX: usize = 15;

pub(crate) fn check(entries: &[Entry<'_>]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for (place, a) in entries.iter().enumerate() {
        for b in entries.iter().skip(place + 1) {
            if a.rule.id != b.rule.id && alike(a, b) {
                findings.push(finding(a, b));
            }
        }
    }
    findings
}

fn alike(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let set = |texts: &'_ [String]| texts.iter().cloned().collect::<BTreeSet<String>>();
    let shared_subject = a.rule.subjects.iter().any(|subject| b.rule.subjects.contains(subject));
    let kinds = (set(&a.rule.kinds), set(&b.rule.kinds));
    let shared_kind = kinds.0.is_empty() || kinds.1.is_empty() || !kinds.0.is_disjoint(&kinds.1);
    let shared_basis = a.rule.basis.iter().any(|basis| b.rule.basis.contains(basis));
    shared_subject
        && shared_kind
        && shared_basis
        && set(&a.rule.reads) == set(&b.rule.reads)
        && same_days(a.rule.effective, b.rule.effective)
        && can_meet(a, b)
        && near(&a.norm(), &b.norm())
}

fn same_days(a: EffectiveDates, b: EffectiveDates) -> bool {
    let begins_in = |one: EffectiveDates, other: EffectiveDates| one.contains(other.from);
    begins_in(a, b) || begins_in(b, a)
}

/// Whether one submission can fall under both packs: the nation's, the same area's, or those of a
/// unit and of what it went into.
fn can_meet(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let scopes = |entry: &Entry<'_>| entry.pack.manifest.jurisdiction.provinces.clone();
    let went_into = |old: &str, new: &str| {
        Province::by_slug(old).is_some_and(|unit| unit.successor == Some(new))
    };
    let (a, b) = (scopes(a), scopes(b));
    a.iter().any(|one| {
        b.iter().any(|other| {
            one == other
                || one == NATION
                || other == NATION
                || went_into(one, other)
                || went_into(other, one)
        })
    })
}

fn near(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let longer = a.chars().count().max(b.chars().count());
    strsim::levenshtein(&a, &b) * 100 <= longer * DIFFERENT_LETTERS_PERCENT_MAX
}

fn finding(a: &Entry<'_>, b: &Entry<'_>) -> LintFinding {
    LintFinding {
        check: Check::SameRule,
        rules: vec![a.name(), b.name()],
        message: Bilingual::new(
            format!(
                "Hai quy tắc đọc cùng dữ liệu, dẫn cùng điều khoản và nêu gần như cùng một quy định: “{}” và “{}”.",
                a.norm(),
                b.norm()
            ),
            "The two rules read the same members, cite the same article and state nearly the same norm.",
        ),
        remedy: Bilingual::new(
            "Giữ một quy tắc, hoặc nêu rõ điểm khác nhau trong câu quy định.",
            "Keep one of them, or say in the norm how they differ.",
        ),
    }
}
