//! What can be wrong with a place, in words for the submitter.

use super::province::{LAST_DAY_OF_63, Province};
use crate::date::Date;
use crate::localize::Localize;
use crate::text::{Bilingual, truncate};

/// Which of the place's codes is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceField {
    /// The province's code.
    Province,
    /// The commune's code.
    Commune,
    /// The former province's code.
    LegacyProvince,
}

/// A place that does not exist, or not on that day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// A province's code that is not two digits.
    #[error("expected a province code of two digits, got `{code}`")]
    MalformedProvince {
        /// As submitted, at most 40 characters.
        code: String,
        /// The present or the former province's code.
        field: PlaceField,
    },
    /// A commune's code that is not five digits.
    #[error("expected a commune code of five digits, got `{code}`")]
    MalformedCommune {
        /// As submitted, at most 40 characters.
        code: String,
    },
    /// A code that no province had by that day.
    #[error("no province had the code `{code}` on {on}")]
    UnknownProvince {
        /// As submitted.
        code: String,
        /// The day.
        on: Date,
    },
    /// A code of a province that no longer existed on that day.
    #[error("province code `{code}` was {} until {} and is not in force on {on}", was.name, until(was))]
    NotInForce {
        /// As submitted.
        code: String,
        /// The day.
        on: Date,
        /// Whose code it was.
        was: &'static Province,
        /// The unit that this one went into.
        instead: Option<&'static Province>,
    },
    /// A former province's code that none of the 63 had.
    #[error("none of the 63 provinces had the code `{code}`")]
    UnknownLegacy {
        /// As submitted.
        code: String,
    },
    /// A former province that did not go into the province.
    #[error("former province {} (code `{}`) is not part of {} (code `{}`)", legacy.name, legacy.code, province.name, province.code)]
    NotPredecessor {
        /// The former province.
        legacy: &'static Province,
        /// The province.
        province: &'static Province,
    },
    /// A commune outside the province.
    #[error("commune code `{commune}` is outside {} (code `{}`)", province.name, province.code)]
    CommuneOutside {
        /// As submitted.
        commune: String,
        /// The province as submitted.
        province: &'static Province,
        /// The province that has the commune, when it is known.
        lies_in: Option<&'static Province>,
    },
    /// A former province that is not the commune's.
    #[error("commune code `{commune}` lies in former {}, not in the declared {}", derived.name, declared.name)]
    LegacyContradictsCommune {
        /// As submitted.
        commune: String,
        /// By the commune's code.
        derived: &'static Province,
        /// As submitted.
        declared: &'static Province,
    },
}

impl PlaceError {
    /// Which code to fix.
    pub fn field(&self) -> PlaceField {
        match self {
            Self::MalformedProvince { field, .. } => *field,
            Self::UnknownProvince { .. } | Self::NotInForce { .. } => PlaceField::Province,
            Self::MalformedCommune { .. } | Self::CommuneOutside { .. } => PlaceField::Commune,
            Self::UnknownLegacy { .. }
            | Self::NotPredecessor { .. }
            | Self::LegacyContradictsCommune { .. } => PlaceField::LegacyProvince,
        }
    }

    /// What is wrong, as a whole sentence.
    pub fn message(&self) -> Bilingual {
        let vi = match self {
            Self::MalformedProvince { code, .. } => {
                format!("Mã tỉnh gồm đúng 02 chữ số, hồ sơ ghi “{code}”.")
            }
            Self::MalformedCommune { code } => {
                format!("Mã xã gồm đúng 05 chữ số, hồ sơ ghi “{code}”.")
            }
            Self::UnknownProvince { code, on } => {
                format!(
                    "Không có đơn vị hành chính cấp tỉnh nào mang mã {code} vào ngày {}.",
                    on.vi()
                )
            }
            Self::NotInForce { code, on, was, .. } => format!(
                "Mã {code} là mã của {} đến hết ngày {}, không còn hiệu lực vào ngày {}.",
                was.last_title(),
                until(was).vi(),
                on.vi()
            ),
            Self::UnknownLegacy { code } => {
                format!(
                    "Không có tỉnh, thành phố nào trong 63 tỉnh, thành phố trước đây mang mã {code}."
                )
            }
            Self::NotPredecessor { legacy, province } => format!(
                "Tỉnh cũ mang mã {} là {}, không thuộc địa bàn {} (mã {}).",
                legacy.code,
                legacy.last_title(),
                province.last_title(),
                province.code
            ),
            Self::CommuneOutside { commune, province, lies_in: None } => {
                format!(
                    "Mã xã {commune} không nằm trong các mã xã của {} (mã {}).",
                    province.last_title(),
                    province.code
                )
            }
            Self::CommuneOutside { commune, province, lies_in: Some(lies_in) } => format!(
                "Mã xã {commune} thuộc {} (mã {}), không thuộc {} (mã {}).",
                lies_in.last_title(),
                lies_in.code,
                province.last_title(),
                province.code
            ),
            Self::LegacyContradictsCommune { commune, derived, declared } => format!(
                "Mã xã {commune} thuộc địa bàn {} trước đây (mã {}), hồ sơ ghi tỉnh cũ là {} (mã {}).",
                derived.last_title(),
                derived.code,
                declared.last_title(),
                declared.code
            ),
        };
        Bilingual::new(vi, sentence(&self.to_string()))
    }

    /// What to do about it.
    pub fn remedy(&self) -> Bilingual {
        match self {
            Self::MalformedProvince { .. } => Bilingual::new(
                "Ghi mã tỉnh gồm 02 chữ số, ví dụ 52.",
                "Give the two-digit province code, such as 52.",
            ),
            Self::MalformedCommune { .. } => Bilingual::new(
                "Ghi mã xã gồm 05 chữ số, ví dụ 07339.",
                "Give the five-digit commune code, such as 07339.",
            ),
            Self::UnknownProvince { .. } => Bilingual::new(
                "Ghi mã tỉnh theo Danh mục đơn vị hành chính (Quyết định 19/2025/QĐ-TTg).",
                "Use a code of the list of administrative units (Decision 19/2025/QĐ-TTg).",
            ),
            Self::NotInForce { code, instead: Some(instead), .. } => Bilingual::new(
                format!(
                    "Ghi mã {} ({}) và ghi mã {code} ở mục tỉnh cũ.",
                    instead.code,
                    instead.last_title()
                ),
                format!(
                    "Use code {} ({}) and give {code} as the former province.",
                    instead.code, instead.name
                ),
            ),
            Self::NotInForce { instead: None, .. } => Bilingual::new(
                "Ghi mã tỉnh đang có hiệu lực.",
                "Use a province code that is in force.",
            ),
            Self::UnknownLegacy { .. } => Bilingual::new(
                "Ghi mã tỉnh cũ có hiệu lực đến hết ngày 30/06/2025, hoặc để trống.",
                "Give the code that the former province had until 2025-06-30, or leave it out.",
            ),
            Self::NotPredecessor { province, .. } => predecessors_of(province),
            Self::CommuneOutside { lies_in: Some(lies_in), .. } => Bilingual::new(
                format!("Sửa mã xã, hoặc sửa mã tỉnh thành {}.", lies_in.code),
                format!("Correct the commune code, or make the province code {}.", lies_in.code),
            ),
            Self::CommuneOutside { lies_in: None, .. } => Bilingual::new(
                "Ghi mã xã có trong danh mục đơn vị hành chính của tỉnh.",
                "Give a commune code that the province's list has.",
            ),
            Self::LegacyContradictsCommune { derived, .. } => Bilingual::new(
                format!("Ghi mã tỉnh cũ là {}, hoặc sửa mã xã.", derived.code),
                format!(
                    "Make the former province's code {}, or correct the commune code.",
                    derived.code
                ),
            ),
        }
    }
}

/// Characters of a code that are repeated; no code has as many.
const CODE_CHARACTERS_MAX: usize = 40;

/// A code as it was submitted, shortened and safe to show.
pub(super) fn clip(text: &str) -> String {
    truncate(text, CODE_CHARACTERS_MAX)
}

fn until(province: &Province) -> Date {
    province.to.unwrap_or(LAST_DAY_OF_63)
}

fn predecessors_of(province: &Province) -> Bilingual {
    let codes: Vec<_> =
        province.predecessors().map(|old| format!("{} ({})", old.code, old.name)).collect();
    if codes.is_empty() {
        return Bilingual::new(
            format!("Để trống mã tỉnh cũ: {} không hợp nhất với tỉnh khác.", province.last_title()),
            format!("Leave out the former province: {} took in no other.", province.name),
        );
    }
    let codes = codes.join(", ");
    Bilingual::new(
        format!(
            "Ghi một trong các mã cũ của {}: {codes}; để trống nếu nhiệm vụ thuộc toàn bộ địa bàn.",
            province.last_title()
        ),
        format!(
            "Give one of the former codes of {}: {codes}; leave it out for the whole area.",
            province.name
        ),
    )
}

/// The error's text as a sentence.
fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.filter(|letter| *letter != '`')).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Place, chain};
    use super::*;

    #[test]
    fn every_error_speaks_both_languages_in_sentences() {
        let today = Date::literal(2026, 11, 21);
        let places = [
            ("5", None, None),
            ("03", None, None),
            ("64", None, None),
            ("52", Some("7339"), None),
            ("52", Some("07339"), None),
            ("52", Some("99999"), None),
            ("52", None, Some("03")),
            ("52", None, Some("24")),
            ("01", None, Some("24")),
            ("24", Some("07339"), Some("27")),
        ];
        for (province_code, commune_code, legacy_province_code) in places {
            let error = chain(Place { province_code, commune_code, legacy_province_code }, today)
                .unwrap_err();
            for text in
                [error.message(), error.remedy()].iter().flat_map(|text| [&text.vi, &text.en])
            {
                assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{text}");
                assert!(!text.contains(['`', '"', '!']), "{text}");
            }
        }
    }

    #[test]
    fn what_was_submitted_is_clipped() {
        let long = "5".repeat(1_000);
        let place = Place { province_code: &long, commune_code: None, legacy_province_code: None };
        let error = chain(place, Date::literal(2026, 11, 21)).unwrap_err();
        assert!(error.to_string().len() < 120);
    }
}
