//! Ids of packs: those that a scope lists, and after whom one is named.

use std::fmt;

use kycuong_model::code::is_kebab_case;
use kycuong_model::jurisdiction::{NATION, Province};
use serde::Deserialize;

/// What begins the ids of the nation's packs.
const OF_NATION: &str = "vn";
/// What a prefix ends with.
const ANY_MORE: &str = "-*";

/// An id, or with `-*` at its end all ids that begin so and go on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct PackPattern(String);

impl PackPattern {
    pub(crate) fn matches(&self, id: &str) -> bool {
        match self.0.strip_suffix(ANY_MORE) {
            None => self.0 == id,
            Some(prefix) => {
                id.strip_prefix(prefix).is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'))
            }
        }
    }
}

impl TryFrom<String> for PackPattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if is_kebab_case(text.strip_suffix(ANY_MORE).unwrap_or(&text)) {
            Ok(Self(text))
        } else {
            Err(format!(
                "`{text}` is no id of packs: write one like `gia-lai`, or `gia-lai-*` for all that begin so and go on"
            ))
        }
    }
}

impl fmt::Display for PackPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of the nation or of a province with which an id begins, in whole words.
pub(crate) fn named_after(id: &str) -> Option<&'static str> {
    let begins = |name: &str| {
        id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let provinces = Province::all().iter().map(|province| stem(province.slug));
    let mut names: Vec<&str> = provinces.chain([OF_NATION]).filter(|name| begins(name)).collect();
    // The longer name is meant, should one begin with another.
    names.sort_unstable_by_key(|name| name.len());
    names.pop()
}

/// What a province is called: today's (`gia-lai-2025`) and the former one (`gia-lai`) alike.
pub(crate) fn stem(slug: &str) -> &str {
    if slug == NATION {
        return OF_NATION;
    }
    let (name, year) = slug.rsplit_once('-').unwrap_or((slug, ""));
    if !year.is_empty() && year.bytes().all(|digit| digit.is_ascii_digit()) { name } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> PackPattern {
        PackPattern::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_pattern_is_an_id_or_a_prefix_in_whole_words() {
        assert!(pattern("gia-lai").matches("gia-lai"));
        for other in ["gia-lai-2", "gia", "gia-lais", ""] {
            assert!(!pattern("gia-lai").matches(other), "{other}");
        }
        assert!(pattern("gia-lai-*").matches("gia-lai-ngan-sach"));
        for other in ["gia-lai", "gia-lai-", "gia-laix-y", "gia"] {
            assert!(!pattern("gia-lai-*").matches(other), "{other}");
        }
        for wrong in ["", "*", "-*", "gia-lai*", "gia-*-lai", "Gia-lai", "gia-lai/*", "a--*", " a"]
        {
            assert!(PackPattern::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_named_after_a_province_in_whole_words() {
        for (id, expected) in [
            ("gia-lai", Some("gia-lai")),
            ("gia-lai-2025-ngan-sach", Some("gia-lai")),
            ("vn", Some("vn")),
            ("vn-baseline", Some("vn")),
            ("vnx", None),
            ("gia-laix", None),
            ("gia", None),
            ("ngan-sach-gia-lai", None),
            ("bac-ninh-so", Some("bac-ninh")),
        ] {
            assert_eq!(named_after(id), expected, "{id}");
        }
    }
}
