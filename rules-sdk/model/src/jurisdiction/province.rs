//! Provinces and centrally run cities: 63 until 2025-06-30, 34 from 2025-07-01.

use crate::date::Date;

/// The last day of the 63 (QĐ 19/2025/QĐ-TTg took effect on the next).
pub(super) const LAST_DAY_OF_63: Date = Date::literal(2025, 6, 30);

/// A province or a centrally run city, for as long as its code and its area meant the same.
///
/// Source and evidence of each row: `data/provinces.csv`.
#[derive(Debug, PartialEq, Eq)]
pub struct Province {
    /// Unique over all times, and what packs name: `bac-giang`; a unit that took in others in 2025
    /// is `gia-lai-2025`.
    pub slug: &'static str,
    /// Two digits; the same code may belong to another unit at another time.
    pub code: &'static str,
    /// Province or city, on its first day.
    pub kind: ProvinceKind,
    /// Its Vietnamese name without the kind, on its first day: `Thừa Thiên Huế`.
    pub name: &'static str,
    /// The first day.
    pub from: Date,
    /// The last day; open when absent.
    pub to: Option<Date>,
    /// The slug of the unit that it went into.
    pub successor: Option<&'static str>,
    /// Later names and kinds, oldest first.
    pub renamings: Vec<Renaming>,
    /// Whether the code rests on more than memory.
    pub verified: bool,
}

/// A new name or kind of a province that kept its code and area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The first day.
    pub from: Date,
    /// Province or city, from that day.
    pub kind: ProvinceKind,
    /// The name from that day, without the kind.
    pub name: &'static str,
}

/// The two kinds of units below the nation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProvinceKind {
    /// A province (`tỉnh`).
    Tinh,
    /// A centrally run city (`thành phố`).
    ThanhPho,
}

impl ProvinceKind {
    /// As it stands before the name inside a Vietnamese sentence.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Tinh => "tỉnh",
            Self::ThanhPho => "thành phố",
        }
    }
}

impl Province {
    /// Whether it existed on a day.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.from <= on && self.to.is_none_or(|last| on <= last)
    }

    /// Its name on a day, without the kind: `Huế`.
    pub fn name_on(&self, on: Date) -> &'static str {
        self.latest(on).map_or(self.name, |renaming| renaming.name)
    }

    /// Province or city, on a day.
    pub fn kind_on(&self, on: Date) -> ProvinceKind {
        self.latest(on).map_or(self.kind, |renaming| renaming.kind)
    }

    /// Kind and name on a day, as inside a Vietnamese sentence: `thành phố Đồng Nai`.
    pub fn title_on(&self, on: Date) -> String {
        format!("{} {}", self.kind_on(on).vi(), self.name_on(on))
    }

    /// Kind and name on its last day, or as it is called now.
    pub fn last_title(&self) -> String {
        self.title_on(self.to.unwrap_or(Date::literal(9999, 12, 31)))
    }

    fn latest(&self, on: Date) -> Option<&Renaming> {
        self.renamings.iter().rev().find(|renaming| renaming.from <= on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST_OF_34: Date = Date::literal(2025, 7, 1);

    fn in_force(on: Date) -> Vec<&'static Province> {
        Province::all().iter().filter(|province| province.is_in_force(on)).collect()
    }

    #[test]
    fn sixty_three_became_thirty_four() {
        assert_eq!(in_force(LAST_DAY_OF_63).len(), 63);
        assert_eq!(in_force(FIRST_OF_34).len(), 34);
        let merged = in_force(FIRST_OF_34)
            .into_iter()
            .filter(|province| province.predecessors().count() > 0);
        assert_eq!(merged.count(), 23);
        for province in Province::all() {
            assert_eq!(province.to.is_some(), province.successor.is_some(), "{}", province.slug);
            assert_eq!(province.to.is_some(), province.successor().is_some(), "{}", province.slug);
            assert_ne!(province.predecessors().count(), 1, "{}", province.slug);
        }
    }

    #[test]
    fn a_slug_is_unique_and_a_code_is_on_each_day() {
        let mut slugs: Vec<_> = Province::all().iter().map(|province| province.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), Province::all().len());
        for on in [LAST_DAY_OF_63, FIRST_OF_34] {
            for province in in_force(on) {
                assert_eq!(Province::by_code(province.code, on), Some(province));
            }
        }
    }

    #[test]
    fn codes_that_changed_their_meaning() {
        for (code, was, is) in [
            ("15", "yen-bai", "lao-cai-2025"),
            ("24", "bac-giang", "bac-ninh-2025"),
            ("44", "quang-binh", "quang-tri-2025"),
            ("52", "binh-dinh", "gia-lai-2025"),
            ("80", "long-an", "tay-ninh-2025"),
            ("82", "tien-giang", "dong-thap-2025"),
            ("91", "kien-giang", "an-giang-2025"),
        ] {
            assert_eq!(Province::by_code(code, LAST_DAY_OF_63).unwrap().slug, was);
            assert_eq!(Province::by_code(code, FIRST_OF_34).unwrap().slug, is);
            assert_eq!(Province::by_slug(was).unwrap().successor, Some(is));
        }
    }

    #[test]
    fn the_lineage_of_the_five() {
        for (slug, codes) in [
            ("gia-lai-2025", ["52", "64"]),
            ("thai-nguyen-2025", ["06", "19"]),
            ("dong-nai-2025", ["70", "75"]),
            ("quang-ngai-2025", ["51", "62"]),
            ("bac-ninh-2025", ["24", "27"]),
        ] {
            let province = Province::by_slug(slug).unwrap();
            assert!(province.predecessors().map(|old| old.code).eq(codes), "{slug}");
        }
        assert_eq!(Province::by_slug("ha-noi").unwrap().predecessors().count(), 0);
    }

    #[test]
    fn names_by_date() {
        for (slug, day, before, after) in [
            ("hue", Date::literal(2025, 1, 1), "tỉnh Thừa Thiên Huế", "thành phố Huế"),
            ("dong-nai-2025", Date::literal(2026, 4, 30), "tỉnh Đồng Nai", "thành phố Đồng Nai"),
            ("quang-ninh", Date::literal(2026, 9, 1), "tỉnh Quảng Ninh", "thành phố Quảng Ninh"),
            ("bac-ninh-2025", Date::literal(2026, 9, 20), "tỉnh Bắc Ninh", "thành phố Bắc Ninh"),
        ] {
            let province = Province::by_slug(slug).unwrap();
            assert_eq!(province.title_on(day.plus_days(-1)), before);
            assert_eq!(province.title_on(day), after);
            assert_eq!(province.last_title(), after);
        }
        let cities = |on| {
            in_force(on).iter().filter(|unit| unit.kind_on(on) == ProvinceKind::ThanhPho).count()
        };
        assert_eq!(cities(FIRST_OF_34), 6);
        assert_eq!(cities(Date::literal(2026, 11, 21)), 9);
    }
}
