//! Where a dossier belongs: the nation, the province in force at the date, and the former province
//! whose packs survive in its old territory.
//!
//! A code says nothing without a date (52 was Bình Định until 2025-06-30 and is Gia Lai from
//! 2025-07-01), so everything here takes one, and a [slug](Province::slug) never changes its meaning.

mod pack_area;
mod place_error;
mod province;
mod table;

pub use pack_area::{PackAreaError, check_areas, known_areas};
pub use place_error::{PlaceError, PlaceField};
pub use province::{Province, ProvinceKind, Renaming};

use crate::date::Date;

/// The scope of the national baseline.
pub const NATION: &str = "VN";

/// Where a dossier says that it belongs, as submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The two-digit code of the province at the date of judging.
    pub province_code: &'a str,
    /// The five-digit code of the commune; absent for work of the whole province.
    pub commune_code: Option<&'a str>,
    /// The two-digit code that the area's former province had until 2025-06-30.
    pub legacy_province_code: Option<&'a str>,
}

/// Whose packs apply to a dossier: [`NATION`], then the province, then the former province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The province in force at the date.
    pub province: &'static Province,
    /// The former province of the area; absent before the mergers, for a province that took in no
    /// other, and when neither the commune nor the dossier tells.
    pub legacy: Option<&'static Province>,
}

impl Chain {
    /// The scopes of packs that apply, from the highest level down.
    pub fn slugs(&self) -> impl Iterator<Item = &'static str> + use<> {
        [Some(NATION), Some(self.province.slug), self.legacy.map(|legacy| legacy.slug)]
            .into_iter()
            .flatten()
    }

    /// Whether a pack of this scope ([`NATION`] or a slug) applies.
    pub fn contains(&self, scope: &str) -> bool {
        self.slugs().any(|slug| slug == scope)
    }
}

/// Finds whose packs apply to a place on a date.
///
/// The former province comes from the commune's code where the ranges are known, else from the
/// declared one; both must agree.
///
/// # Errors
/// [`PlaceError`] when a code is malformed, unknown, not in force on `on`, or contradicts another.
pub fn chain(place: Place<'_>, on: Date) -> Result<Chain, PlaceError> {
    let province = province_in_force(place.province_code, on)?;
    let declared =
        place.legacy_province_code.map(|code| declared_legacy(code, province)).transpose()?;
    let derived =
        place.commune_code.map(|code| commune_legacy(code, province, on)).transpose()?.flatten();
    if let (Some(commune), Some(derived), Some(declared)) = (place.commune_code, derived, declared)
        && derived != declared
    {
        return Err(PlaceError::LegacyContradictsCommune {
            commune: place_error::clip(commune),
            derived,
            declared,
        });
    }
    let legacy = derived.or(declared).filter(|legacy| *legacy != province);
    Ok(Chain { province, legacy })
}

/// The former province of a commune, by its five-digit code; `None` before the mergers, and outside
/// the ranges that are known (`data/commune-ranges.csv`: five provinces of today).
pub fn legacy_of_commune(commune: &str, on: Date) -> Option<&'static Province> {
    let range = table::tables().ranges.iter().find(|range| range.contains(commune))?;
    let legacy = Province::by_slug(range.legacy)?;
    legacy.to.is_some_and(|last| last < on).then_some(legacy)
}

fn province_in_force(code: &str, on: Date) -> Result<&'static Province, PlaceError> {
    if !is_digits(code, 2) {
        return Err(PlaceError::MalformedProvince {
            code: place_error::clip(code),
            field: PlaceField::Province,
        });
    }
    if let Some(province) = Province::by_code(code, on) {
        return Ok(province);
    }
    let code = place_error::clip(code);
    match Province::all().iter().rfind(|province| province.code == code && province.from <= on) {
        Some(was) => Err(PlaceError::NotInForce { code, on, was, instead: was.successor() }),
        None => Err(PlaceError::UnknownProvince { code, on }),
    }
}

fn declared_legacy(
    code: &str,
    province: &'static Province,
) -> Result<&'static Province, PlaceError> {
    if !is_digits(code, 2) {
        return Err(PlaceError::MalformedProvince {
            code: place_error::clip(code),
            field: PlaceField::LegacyProvince,
        });
    }
    let legacy = Province::by_code(code, province::LAST_DAY_OF_63)
        .ok_or_else(|| PlaceError::UnknownLegacy { code: place_error::clip(code) })?;
    if legacy == province || legacy.successor() == Some(province) {
        Ok(legacy)
    } else {
        Err(PlaceError::NotPredecessor { legacy, province })
    }
}

fn commune_legacy(
    commune: &str,
    province: &'static Province,
    on: Date,
) -> Result<Option<&'static Province>, PlaceError> {
    if !is_digits(commune, 5) {
        return Err(PlaceError::MalformedCommune { code: place_error::clip(commune) });
    }
    let Some(legacy) = legacy_of_commune(commune, on) else {
        let mut ranges = table::tables().ranges.iter();
        let known = ranges.any(|range| {
            Province::by_slug(range.legacy).and_then(Province::successor) == Some(province)
        });
        return if known {
            Err(PlaceError::CommuneOutside {
                commune: place_error::clip(commune),
                province,
                lies_in: None,
            })
        } else {
            Ok(None)
        };
    };
    match legacy.successor() {
        Some(successor) if successor != province => Err(PlaceError::CommuneOutside {
            commune: place_error::clip(commune),
            province,
            lies_in: Some(successor),
        }),
        _ => Ok(Some(legacy)),
    }
}

fn is_digits(code: &str, length: usize) -> bool {
    code.len() == length && code.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::literal(2026, 11, 21);
    const LAST_OF_63: Date = Date::literal(2025, 6, 30);
    const FIRST_OF_34: Date = Date::literal(2025, 7, 1);

    fn place<'a>(
        province_code: &'a str,
        commune: Option<&'a str>,
        legacy: Option<&'a str>,
    ) -> Place<'a> {
        Place { province_code, commune_code: commune, legacy_province_code: legacy }
    }

    fn slugs(place: Place<'_>, on: Date) -> Vec<&'static str> {
        chain(place, on).unwrap().slugs().collect()
    }

    #[test]
    fn a_code_means_what_it_meant_on_the_day() {
        assert_eq!(slugs(place("52", None, None), LAST_OF_63), ["VN", "binh-dinh"]);
        assert_eq!(slugs(place("52", None, None), FIRST_OF_34), ["VN", "gia-lai-2025"]);
        assert_eq!(slugs(place("24", None, None), LAST_OF_63), ["VN", "bac-giang"]);
        assert_eq!(slugs(place("24", None, None), FIRST_OF_34), ["VN", "bac-ninh-2025"]);
        assert_eq!(
            slugs(place("01", None, None), LAST_OF_63),
            slugs(place("01", None, None), FIRST_OF_34)
        );
    }

    #[test]
    fn the_seven_dossiers_find_their_packs() {
        assert_eq!(slugs(place("52", None, Some("64")), TODAY), ["VN", "gia-lai-2025", "gia-lai"]);
        assert_eq!(
            slugs(place("19", Some("01840"), None), TODAY),
            ["VN", "thai-nguyen-2025", "bac-kan"]
        );
        assert_eq!(
            slugs(place("75", None, Some("75")), TODAY),
            ["VN", "dong-nai-2025", "dong-nai"]
        );
        assert_eq!(
            slugs(place("51", None, Some("51")), TODAY),
            ["VN", "quang-ngai-2025", "quang-ngai"]
        );
        assert_eq!(
            slugs(place("24", Some("07339"), None), TODAY),
            ["VN", "bac-ninh-2025", "bac-giang"]
        );
        assert_eq!(slugs(place("06", None, None), Date::literal(2023, 11, 20)), ["VN", "bac-kan"]);
        assert!(chain(place("52", None, Some("64")), TODAY).unwrap().contains("gia-lai"));
        assert!(!chain(place("52", None, Some("52")), TODAY).unwrap().contains("gia-lai"));
    }

    #[test]
    fn every_end_of_a_commune_range() {
        for (first, last, province, legacy) in [
            ("01840", "02191", "19", "bac-kan"),
            ("05443", "05953", "19", "thai-nguyen"),
            ("07210", "07870", "24", "bac-giang"),
            ("09169", "09529", "24", "bac-ninh"),
            ("21025", "21548", "51", "quang-ngai"),
            ("23284", "23548", "51", "kon-tum"),
            ("21553", "22006", "52", "binh-dinh"),
            ("23563", "24112", "52", "gia-lai"),
            ("25195", "25450", "75", "binh-phuoc"),
            ("25993", "26503", "75", "dong-nai"),
        ] {
            for commune in [first, last] {
                assert_eq!(
                    chain(place(province, Some(commune), None), TODAY)
                        .unwrap()
                        .legacy
                        .unwrap()
                        .slug,
                    legacy
                );
                assert_eq!(legacy_of_commune(commune, FIRST_OF_34).unwrap().slug, legacy);
                assert_eq!(legacy_of_commune(commune, LAST_OF_63), None);
            }
            let after = format!("{:05}", last.parse::<u32>().unwrap() + 1);
            assert_eq!(legacy_of_commune(&after, TODAY), None, "{after}");
            assert!(
                matches!(
                    chain(place(province, Some(&after), None), TODAY),
                    Err(PlaceError::CommuneOutside { lies_in: None, .. })
                ),
                "{after}"
            );
        }
        assert_eq!(slugs(place("08", Some("00715"), None), TODAY), ["VN", "tuyen-quang-2025"]);
    }

    #[test]
    fn a_commune_of_another_province_is_refused() {
        for (province, commune, lies_in) in
            [("52", "07339", "bac-ninh-2025"), ("48", "26068", "dong-nai-2025")]
        {
            let error = chain(place(province, Some(commune), None), TODAY).unwrap_err();
            let PlaceError::CommuneOutside { lies_in: Some(found), .. } = &error else {
                panic!("{error}")
            };
            assert_eq!(found.slug, lies_in);
            assert_eq!(error.field(), PlaceField::Commune);
        }
    }

    #[test]
    fn a_code_out_of_force_names_its_successor() {
        let error = chain(place("64", None, None), TODAY).unwrap_err();
        assert_eq!(
            error.to_string(),
            "province code `64` was Gia Lai until 2025-06-30 and is not in force on 2026-11-21"
        );
        assert_eq!(
            error.message().vi,
            "Mã 64 là mã của tỉnh Gia Lai đến hết ngày 30/06/2025, không còn hiệu lực vào ngày 21/11/2026."
        );
        assert_eq!(error.remedy().vi, "Ghi mã 52 (tỉnh Gia Lai) và ghi mã 64 ở mục tỉnh cũ.");
        assert!(chain(place("64", None, None), LAST_OF_63).is_ok());
        assert!(matches!(
            chain(place("64", None, None), FIRST_OF_34),
            Err(PlaceError::NotInForce { .. })
        ));
    }

    #[test]
    fn codes_that_no_list_has() {
        for code in ["", "5", "052", "5x", "５2", "đ", "-1"] {
            let error = chain(place(code, None, None), TODAY).unwrap_err();
            assert!(
                matches!(error, PlaceError::MalformedProvince { field: PlaceField::Province, .. }),
                "{code}"
            );
        }
        assert!(matches!(
            chain(place("03", None, None), TODAY),
            Err(PlaceError::UnknownProvince { .. })
        ));
        let before = Date::literal(2008, 7, 31);
        assert!(matches!(
            chain(place("52", None, None), before),
            Err(PlaceError::UnknownProvince { .. })
        ));
        for commune in ["0733", "073390", "0733a", ""] {
            let error = chain(place("24", Some(commune), None), TODAY).unwrap_err();
            assert!(matches!(error, PlaceError::MalformedCommune { .. }), "{commune}");
        }
    }

    #[test]
    fn a_former_province_must_have_gone_into_this_one() {
        let error = chain(place("52", None, Some("24")), TODAY).unwrap_err();
        assert!(
            matches!(&error, PlaceError::NotPredecessor { legacy, .. } if legacy.slug == "bac-giang")
        );
        assert_eq!(
            error.remedy().vi,
            "Ghi một trong các mã cũ của tỉnh Gia Lai: 52 (Bình Định), 64 (Gia Lai); để trống nếu nhiệm vụ thuộc toàn bộ địa bàn."
        );
        assert!(matches!(
            chain(place("52", None, Some("03")), TODAY),
            Err(PlaceError::UnknownLegacy { .. })
        ));
        let error = chain(place("52", None, Some("6")), TODAY).unwrap_err();
        assert_eq!(error.field(), PlaceField::LegacyProvince);
        assert!(matches!(
            chain(place("24", Some("07339"), Some("27")), TODAY),
            Err(PlaceError::LegacyContradictsCommune { .. })
        ));
        // Its own code: nothing to add, before the mergers and for a province that took in no other.
        assert_eq!(slugs(place("06", None, Some("06")), LAST_OF_63), ["VN", "bac-kan"]);
        assert_eq!(slugs(place("01", None, Some("01")), TODAY), ["VN", "ha-noi"]);
    }
}
