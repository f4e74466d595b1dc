//! How officials call what findings and manifests have: severities, legal bases, the areas of packs.

use std::fmt;

use crate::date::Date;
use crate::finding::Severity;
use crate::jurisdiction::{NATION, Province};
use crate::localize::Localize;
use crate::manifest::Basis;
use crate::text::Bilingual;

impl Localize for Severity {
    fn vi(&self) -> String {
        match self {
            Self::Block => "chặn",
            Self::Warn => "cảnh báo",
            Self::Inform => "lưu ý",
        }
        .to_owned()
    }
    fn en(&self) -> String {
        match self {
            Self::Block => "block",
            Self::Warn => "warning",
            Self::Inform => "note",
        }
        .to_owned()
    }
}

/// A legal basis as it is cited: its instrument, then the article.
impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { instrument, article } = self;
        let comma = if article.is_empty() { "" } else { ", " };
        write!(f, "{instrument}{comma}{article}")
    }
}

/// The area that a pack names, on a day: with its kind, and whether it went into another unit.
pub fn area(slug: &str, on: Date) -> Bilingual {
    match Province::by_slug(slug) {
        Some(province) if province.is_in_force(on) => {
            Bilingual::new(province.title_on(on), province.name_on(on))
        }
        Some(province) => Bilingual::new(
            format!("{} trước sắp xếp", province.last_title()),
            format!("the former {}", province.name),
        ),
        None if slug == NATION => Bilingual::new("cả nước", "the nation"),
        None => Bilingual::new(format!("“{slug}”"), format!("“{slug}”")),
    }
}

/// The same words with a capital first letter.
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_by_day() {
        let on = Date::literal(2026, 11, 21);
        let said = |slug| {
            let Bilingual { vi, en } = area(slug, on);
            (vi, en)
        };
        let pair = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
        assert_eq!(said("VN"), pair("cả nước", "the nation"));
        assert_eq!(said("gia-lai-2025"), pair("tỉnh Gia Lai", "Gia Lai"));
        assert_eq!(said("bac-giang"), pair("tỉnh Bắc Giang trước sắp xếp", "the former Bắc Giang"));
        assert_eq!(said("x"), pair("“x”", "“x”"));
    }

    #[test]
    fn a_basis_is_cited_with_its_article() {
        let basis = |article: &str| {
            Basis { instrument: "Luật 1".to_owned(), article: article.to_owned() }.to_string()
        };
        assert_eq!(basis("Điều 2"), "Luật 1, Điều 2");
        assert_eq!(basis(""), "Luật 1");
    }

    #[test]
    fn a_capital_of_vietnamese() {
        assert_eq!(capitalized("đơn vị"), "Đơn vị");
        assert_eq!(capitalized(""), "");
    }
}
