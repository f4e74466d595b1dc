//! Whether the areas that a pack names are there when its rules are.

use super::{NATION, Province};
use crate::date::Date;
use crate::manifest::Manifest;
use crate::spelling::nearest;
use crate::text::truncate;

/// Most characters of a foreign name that an error repeats.
const SHOWN_CHARACTERS_MAX: usize = 100;

/// Why rules of a pack would apply nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackAreaError {
    /// Nobody knows the area.
    #[error("there is no area `{slug}`: write `{NATION}` or a province's slug such as `gia-lai-2025`{}", meant(*near))]
    Unknown {
        /// What is named.
        slug: String,
        /// What was probably meant.
        near: Option<&'static str>,
    },
    /// The areas had ended when the rule began.
    #[error("the rule `{rule}` begins on {from}, but `{slug}` ended on {ended}{}", instead(*successor))]
    Ended {
        /// The rule.
        rule: String,
        /// Its first day.
        from: Date,
        /// The area that ended last.
        slug: &'static str,
        /// Its last day.
        ended: Date,
        /// What it went into.
        successor: Option<&'static str>,
    },
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; `{near}` is one")).unwrap_or_default()
}

fn instead(successor: Option<&str>) -> String {
    successor.map(|slug| format!("; it is in `{slug}` since")).unwrap_or_default()
}

crate::error_codes!(PackAreaError {
    Unknown => "unknown-area",
    Ended => "ended-area",
});

impl Province {
    /// The unit that somebody means who writes a name without a year: the one that there is, of a name that
    /// two units had. `lam-dong` is Lâm Đồng until 2025-06-30, `lam-dong-2025` what it is part of since.
    ///
    /// # Errors
    /// [`PackAreaError::Unknown`], with what was probably meant.
    pub fn meant_by(name: &str) -> Result<&'static Self, PackAreaError> {
        let of_today = |province: &&Self| {
            let year = province.slug.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
            province.to.is_none()
                && year.is_some_and(|year| year.bytes().all(|one| one.is_ascii_digit()))
        };
        let found = Self::all().iter().find(of_today).or_else(|| Self::by_slug(name));
        found.ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> PackAreaError {
    let of_today = || Province::all().iter().filter(|province| province.to.is_none());
    // With its year or without, as somebody might write it.
    let near = |written: fn(&'static str) -> &'static str| {
        let near = nearest(name, of_today().map(|province| written(province.slug)))?;
        of_today().map(|province| province.slug).find(|slug| written(slug) == near)
    };
    let without_year =
        |slug: &'static str| slug.trim_end_matches(|one: char| one == '-' || one.is_ascii_digit());
    let near = near(|slug| slug).or_else(|| near(without_year));
    PackAreaError::Unknown { slug: truncate(name, SHOWN_CHARACTERS_MAX), near }
}

/// The areas of a pack, without the nation.
///
/// # Errors
/// [`PackAreaError::Unknown`], for the first that nobody knows.
pub fn known_areas(manifest: &Manifest) -> Result<Vec<&'static Province>, PackAreaError> {
    let slugs = manifest.jurisdiction.provinces.iter().filter(|slug| *slug != NATION);
    slugs.map(|slug| Province::by_slug(slug).ok_or_else(|| unknown(slug))).collect()
}

/// Whether every area of a pack is known, and one of them there on the first day of each rule.
///
/// A host asks for the first alone: a new province may set rules for the area of a former one.
///
/// # Errors
/// [`PackAreaError`], for the first that is not.
pub fn check_areas(manifest: &Manifest) -> Result<(), PackAreaError> {
    let areas = known_areas(manifest)?;
    if areas.len() < manifest.jurisdiction.provinces.len() {
        return Ok(()); // of the nation, which does not end
    }
    // The last of them; a pack without any is for others to refuse.
    let Some(last) = areas.iter().max_by_key(|area| area.to.unwrap_or(Date::literal(9999, 12, 31)))
    else {
        return Ok(());
    };
    let Some(ended) = last.to else { return Ok(()) };
    match manifest.rules.iter().find(|rule| rule.effective.from > ended) {
        None => Ok(()),
        Some(rule) => Err(PackAreaError::Ended {
            rule: truncate(&rule.id, SHOWN_CHARACTERS_MAX),
            from: rule.effective.from,
            slug: last.slug,
            ended,
            successor: last.successor,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(provinces: &[&str], from: &str) -> Option<String> {
        let manifest: Manifest = serde_json::from_value(json!({
            "pack": "thu", "version": "1.0.0", "status": "in-force", "title": {"vi": "Thử", "en": "Trial"},
            "jurisdiction": {"provinces": provinces}, "sdk_version": "0.1.0", "model_version": "0.1.0",
            "rules": [{"id": "thu/mot", "title": {"vi": "Một", "en": "One"}, "doc": "Một.", "severity": "warn",
                "effective": {"from": from}, "basis": [{"instrument": "Luật"}], "subjects": ["dossier"],
                "reads": ["code"], "violations": []}],
        })).unwrap();
        check_areas(&manifest).map_err(|error| error.to_string()).err()
    }

    #[test]
    fn a_name_means_the_unit_that_there_is() {
        let meant =
            |name| Province::meant_by(name).map(|one| one.slug).map_err(|error| error.to_string());
        assert_eq!(meant("lam-dong").unwrap(), "lam-dong-2025");
        assert_eq!(meant("lam-dong-2025").unwrap(), "lam-dong-2025");
        // Of a name that no unit has today, the one that had it.
        assert_eq!(meant("bac-giang").unwrap(), "bac-giang");
        let unknown = "there is no area `lamdong-2025`: write `VN` or a province's slug such as `gia-lai-2025`; `lam-dong-2025` is one";
        assert_eq!(meant("lamdong-2025").unwrap_err(), unknown);
        assert!(meant("gialai").unwrap_err().ends_with("; `gia-lai-2025` is one"));
        assert!(meant("x").unwrap_err().ends_with("such as `gia-lai-2025`"));
        let today: Vec<_> = Province::all().iter().filter(|one| one.to.is_none()).collect();
        assert_eq!(today.len(), 34);
        for province in today {
            let name = province.slug.trim_end_matches("-2025");
            assert_eq!(meant(name).unwrap(), province.slug);
        }
    }

    #[test]
    fn a_rule_begins_while_an_area_of_its_pack_is_there() {
        assert_eq!(said(&["VN"], "2026-07-01"), None);
        assert_eq!(said(&["lam-dong"], "2025-06-30"), None, "the last day");
        assert_eq!(
            said(&["lam-dong"], "2025-07-01").unwrap(),
            "the rule `thu/mot` begins on 2025-07-01, but `lam-dong` ended on 2025-06-30; it is in `lam-dong-2025` since"
        );
        assert_eq!(said(&["lam-dong", "lam-dong-2025"], "2026-07-01"), None);
        assert!(
            said(&["lamdong"], "2026-07-01").unwrap().starts_with("there is no area `lamdong`")
        );
        assert!(
            said(&["gia-lai-2024"], "2026-07-01").unwrap().ends_with("; `gia-lai-2025` is one")
        );
    }
}
