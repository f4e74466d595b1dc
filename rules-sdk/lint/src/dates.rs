//! Days that nothing covers, and days that are covered twice.
//!
//! Rules that answer one question at different times are a *family*: the rules of one pack, in all
//! versions of it that the set holds, with the same requirement, or with the same name but
//! for an ending that tells versions apart (`-v2`, `-2026`, `-nd-224`). A family is looked at for each
//! *class* of submissions that it judges: jurisdiction, subject, and kind of a dossier. In a class no
//! two members may bind on the same day, and no day between its first and its last may be without
//! one; where a range is asked for, no day of that range.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
use kycuong_model::date::Date;
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::localize::Localize;
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::{Entry, LintFinding};

/// A class of submissions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    scope: String,
    subject: &'static str,
    kind: Option<DossierKind>,
}

/// Days of one family in some classes that are not as they should be.
type Problems = BTreeMap<(Check, Date, Option<Date>, Vec<String>), BTreeSet<Class>>;

pub(crate) fn check(entries: &[Entry<'_>], range: Option<(Date, Date)>) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for family in families(entries) {
        let classes: BTreeSet<Class> = family.iter().flat_map(classes).collect();
        let mut problems = Problems::new();
        for class in &classes {
            let mut members: Vec<&Entry<'_>> =
                family.iter().filter(|entry| judges(entry, class)).collect();
            members.sort_by_key(|entry| entry.rule.effective.from);
            overlaps(&members, class, &mut problems);
            gaps(&members, class, range, &mut problems);
        }
        for ((check, first, last, rules), concerned) in problems {
            let all = concerned.len() == classes.len();
            findings.push(finding(check, (first, last), rules, &concerned, all));
        }
    }
    findings
}

fn families<'a>(entries: &[Entry<'a>]) -> Vec<Vec<Entry<'a>>> {
    let mut families: Vec<Vec<Entry<'a>>> = Vec::new();
    for entry in entries {
        let related = |other: &Entry<'_>| {
            let same_pack = other.pack.manifest.pack == entry.pack.manifest.pack;
            let same_requirement = other.rule.requirement.is_some()
                && other.rule.requirement == entry.rule.requirement;
            same_pack && (same_requirement || stem(&other.rule.id) == stem(&entry.rule.id))
        };
        match families.iter_mut().find(|family| family.iter().any(related)) {
            Some(family) => family.push(*entry),
            None => families.push(vec![*entry]),
        }
    }
    families
}

/// A rule's id without an ending that tells versions apart.
fn stem(id: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((rest, last)) = id.rsplit_once('-') else { return id };
    if last.strip_prefix('v').is_some_and(digits) {
        return rest;
    }
    match rest.strip_suffix("-nd") {
        Some(rest) if digits(last) => rest,
        _ if digits(last) && last.len() == 4 => rest,
        _ => id,
    }
}

fn classes<'a>(entry: &'a Entry<'_>) -> impl Iterator<Item = Class> + 'a {
    entry.pack.manifest.jurisdiction.provinces.iter().flat_map(move |scope| {
        entry.rule.subjects.iter().filter_map(|code| SubjectKind::from_code(code)).flat_map(
            move |subject| {
                let kinds: Vec<Option<DossierKind>> = if subject == SubjectKind::Dossier {
                    DossierKind::ALL
                        .iter()
                        .copied()
                        .filter(|kind| judges_kind(entry, *kind))
                        .map(Some)
                        .collect()
                } else {
                    vec![None]
                };
                let class =
                    move |kind| Class { scope: scope.clone(), subject: subject.code(), kind };
                kinds.into_iter().map(class)
            },
        )
    })
}

fn judges(entry: &Entry<'_>, class: &Class) -> bool {
    entry.pack.manifest.jurisdiction.provinces.contains(&class.scope)
        && entry.rule.subjects.iter().any(|code| code == class.subject)
        && class.kind.is_none_or(|kind| judges_kind(entry, kind))
}

fn judges_kind(entry: &Entry<'_>, kind: DossierKind) -> bool {
    entry.rule.kinds.is_empty() || entry.rule.kinds.iter().any(|code| code == kind.code())
}

fn overlaps(members: &[&Entry<'_>], class: &Class, problems: &mut Problems) {
    for (place, a) in members.iter().enumerate() {
        for b in members.iter().skip(place + 1) {
            let first = a.rule.effective.from.max(b.rule.effective.from);
            let last = earlier(a.rule.effective.to, b.rule.effective.to);
            if last.is_none_or(|last| first <= last) {
                let mut rules = vec![a.name(), b.name()];
                rules.sort();
                let key = (Check::DateOverlap, first, last, rules);
                problems.entry(key).or_default().insert(class.clone());
            }
        }
    }
}

/// The earlier of two last days, where `None` is never.
fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// The days without a member; members come by their first day.
fn gaps(
    members: &[&Entry<'_>],
    class: &Class,
    range: Option<(Date, Date)>,
    problems: &mut Problems,
) {
    let mut note = |first: Date, last: Date, rules: Vec<String>| {
        if first <= last {
            let key = (Check::DateGap, first, Some(last), rules);
            problems.entry(key).or_default().insert(class.clone());
        }
    };
    let clip = |first: Date, last: Date| match range {
        Some((from, until)) => (first.max(from), last.min(until)),
        None => (first, last),
    };
    let Some(first) = members.first() else { return };
    if let Some((from, _)) = range {
        let (start, end) = clip(from, first.rule.effective.from.plus_days(-1));
        note(start, end, vec![first.name()]);
    }
    // The last day that is covered so far, and by whom.
    let mut covered = (first.rule.effective.to, *first);
    for next in members.iter().skip(1) {
        let Some(last) = covered.0 else { return };
        let (start, end) = clip(last.plus_days(1), next.rule.effective.from.plus_days(-1));
        note(start, end, vec![covered.1.name(), next.name()]);
        match next.rule.effective.to {
            Some(to) if to <= last => {}
            to => covered = (to, next),
        }
    }
    if let (Some(last), Some((_, until))) = (covered.0, range) {
        let (start, end) = clip(last.plus_days(1), until);
        note(start, end, vec![covered.1.name()]);
    }
}

fn finding(
    check: Check,
    (first, last): (Date, Option<Date>),
    rules: Vec<String>,
    classes: &BTreeSet<Class>,
    all: bool,
) -> LintFinding {
    let (days_vi, days_en) = match last {
        Some(last) => (
            format!("từ ngày {} đến hết ngày {}", first.vi(), last.vi()),
            format!("from {} to {}", first.en(), last.en()),
        ),
        None => (format!("từ ngày {}", first.vi()), format!("from {}", first.en())),
    };
    // Where only some of what the family judges is concerned, it is named.
    let (where_vi, where_en) = if all {
        (String::new(), String::new())
    } else {
        let names = |name: fn(&Class) -> String| {
            classes.iter().map(name).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        (
            format!(" đối với {}", names(class_vi).join("; ")),
            format!(" for {}", names(class_en).join("; ")),
        )
    };
    let (message, remedy) = if check == Check::DateGap {
        (
            Bilingual::new(
                format!("Không có quy tắc nào của nhóm này áp dụng {days_vi}{where_vi}."),
                format!("No rule of this family is in force {days_en}{where_en}."),
            ),
            Bilingual::new(
                "Nối liền thời gian áp dụng của các quy tắc, hoặc thêm quy tắc cho khoảng thời gian còn trống.",
                "Let the rules' dates meet, or add a rule for the days in between.",
            ),
        )
    } else {
        (
            Bilingual::new(
                format!("Hai quy tắc của cùng một nhóm cùng áp dụng {days_vi}{where_vi}."),
                format!("Two rules of one family are in force {days_en}{where_en}."),
            ),
            Bilingual::new(
                "Kết thúc quy tắc cũ vào ngày liền trước ngày quy tắc mới bắt đầu áp dụng, hoặc chỉ giữ một phiên bản.",
                "End the older rule on the day before the newer one begins, or keep one version.",
            ),
        )
    };
    LintFinding { check, rules, message, remedy }
}

fn class_vi(class: &Class) -> String {
    let kind = class.kind.map_or_else(String::new, |kind| format!(" – {}", kind.title_vi()));
    let subject = SubjectKind::from_code(class.subject).map_or("", |subject| subject.title_vi());
    format!("{subject}{kind} ({})", scope_vi(&class.scope))
}

fn class_en(class: &Class) -> String {
    let kind = class.kind.map_or_else(String::new, |kind| format!(", {}", kind.title_en()));
    let subject = SubjectKind::from_code(class.subject).map_or("", |subject| subject.title_en());
    format!("{subject}{kind} ({})", class.scope)
}

fn scope_vi(slug: &str) -> String {
    match Province::by_slug(slug) {
        Some(unit) if unit.to.is_some() => format!("{} trước sắp xếp", unit.last_title()),
        Some(unit) => unit.last_title(),
        None if slug == NATION => "cả nước".to_owned(),
        None => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_that_tell_versions_apart() {
        for (id, expected) in [
            ("vn/contingency-cap-nd-45", "vn/contingency-cap"),
            ("vn/contingency-cap-2026", "vn/contingency-cap"),
            ("vn/contingency-cap-v2", "vn/contingency-cap"),
            ("vn/contingency-cap", "vn/contingency-cap"),
            ("vn/ipv6-support-45", "vn/ipv6-support-45"),
        ] {
            assert_eq!(stem(id), expected);
        }
    }
}
