//! The dated lists in `data/`, read once: they are our own files, with commas and no quoting.

use std::sync::LazyLock;

use super::province::{Province, ProvinceKind, Renaming};
use crate::date::Date;

/// A range of commune codes that shows the former province, both ends counted.
#[derive(Debug)]
pub(super) struct CommuneRange {
    /// The former province's slug.
    pub(super) legacy: &'static str,
    first: &'static str,
    last: &'static str,
}

impl CommuneRange {
    /// Whether a commune's code lies inside; anything but five digits does not.
    pub(super) fn contains(&self, commune: &str) -> bool {
        super::is_digits(commune, 5) && self.first <= commune && commune <= self.last
    }
}

/// The lists. A row that does not read is left out; a test asserts that there is none.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) provinces: Vec<Province>,
    pub(super) ranges: Vec<CommuneRange>,
}

impl Province {
    /// All units of all times, the older ones first.
    pub fn all() -> &'static [Self] {
        &tables().provinces
    }

    /// The unit that had this two-digit code on a day.
    pub fn by_code(code: &str, on: Date) -> Option<&'static Self> {
        Self::all().iter().find(|province| province.code == code && province.is_in_force(on))
    }

    /// The unit of this slug.
    pub fn by_slug(slug: &str) -> Option<&'static Self> {
        Self::all().iter().find(|province| province.slug == slug)
    }

    /// The unit that it went into; `None` while it exists.
    pub fn successor(&self) -> Option<&'static Self> {
        self.successor.and_then(Self::by_slug)
    }

    /// The units that went into it, by code; none for one that took in no other.
    pub fn predecessors(&self) -> impl Iterator<Item = &'static Self> + use<'_> {
        Self::all().iter().filter(|province| province.successor == Some(self.slug))
    }
}

const PROVINCES: &str = include_str!("../../data/provinces.csv");
const RENAMINGS: &str = include_str!("../../data/province-renamings.csv");
const RANGES: &str = include_str!("../../data/commune-ranges.csv");

pub(super) fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
        provinces: rows::<8>(PROVINCES).filter_map(province).collect(),
        ranges: rows::<5>(RANGES)
            .map(|[legacy, first, last, ..]| CommuneRange { legacy, first, last })
            .collect(),
    });
    &TABLES
}

/// The rows below the header, without comments; only those of `N` columns.
fn rows<const N: usize>(file: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok())
}

fn province(
    [slug, code, kind, name, from, to, successor, evidence]: [&'static str; 8],
) -> Option<Province> {
    let renamings =
        rows::<5>(RENAMINGS).filter(|[of, ..]| *of == slug).filter_map(renaming).collect();
    Some(Province {
        slug,
        code,
        kind: kind_of(kind)?,
        name,
        from: from.parse().ok()?,
        to: if to.is_empty() { None } else { Some(to.parse::<Date>().ok()?) },
        successor: (!successor.is_empty()).then_some(successor),
        renamings,
        verified: matches!(evidence, "P" | "S"),
    })
}

fn renaming([_, from, kind, name, _]: [&'static str; 5]) -> Option<Renaming> {
    Some(Renaming { from: from.parse().ok()?, kind: kind_of(kind)?, name })
}

fn kind_of(code: &str) -> Option<ProvinceKind> {
    match code {
        "tinh" => Some(ProvinceKind::Tinh),
        "thanh-pho" => Some(ProvinceKind::ThanhPho),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str) -> usize {
        file.lines().filter(|line| !line.starts_with('#')).count() - 1
    }

    #[test]
    fn every_row_is_read() {
        assert_eq!(tables().provinces.len(), lines(PROVINCES));
        assert_eq!(tables().ranges.len(), lines(RANGES));
        assert_eq!(
            tables().provinces.iter().map(|province| province.renamings.len()).sum::<usize>(),
            lines(RENAMINGS)
        );
        for range in &tables().ranges {
            assert!(
                super::super::is_digits(range.first, 5) && super::super::is_digits(range.last, 5)
            );
            assert!(range.first <= range.last);
            assert!(Province::by_slug(range.legacy).unwrap().successor().is_some());
        }
    }

    #[test]
    fn ranges_are_disjoint() {
        let mut ranges: Vec<_> =
            tables().ranges.iter().map(|range| (range.first, range.last)).collect();
        ranges.sort_unstable();
        assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "{ranges:?}");
    }

    #[test]
    fn names_are_composed_and_use_the_vietnamese_letter() {
        for file in [PROVINCES, RENAMINGS, RANGES] {
            assert!(
                !file
                    .chars()
                    .any(|c| ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{d0}' || c == '\r')
            );
        }
    }
}
