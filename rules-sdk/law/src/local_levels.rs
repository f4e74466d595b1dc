//! The levels of local government: province, district and commune; from 2025-07-01 province and commune.

use kycuong_model::date::Date;
use kycuong_model::view::Count;

use crate::dated::{self, Version};

/// Which levels there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Levels {
    /// Province, district (huyện, quận, thị xã, thành phố thuộc tỉnh) and commune.
    Three,
    /// Province and commune.
    Two,
}

const VERSIONS: [Version<Levels>; 2] = [
    Version {
        // Luật Tổ chức chính quyền địa phương 77/2015/QH13, then 65/2025/QH15; three levels are older than both.
        from: Date::literal(2016, 1, 1),
        until: Some(Date::literal(2025, 6, 30)),
        law: Levels::Three,
    },
    // Luật Tổ chức chính quyền địa phương 72/2025/QH15.
    Version { from: Date::literal(2025, 7, 1), until: None, law: Levels::Two },
];

/// The last budget year that began with districts: its budgets, codes and plans still name them.
const LAST_BUDGET_YEAR_WITH_DISTRICTS: Count = 2025;

/// Whether there are districts on a day.
pub fn has_districts(day: Date) -> bool {
    dated::on(&VERSIONS, day).is_none_or(|levels| *levels == Levels::Three)
}

/// Whether the budgets of a year may be of districts: up to 2025, whose year began before they ended. From 2026
/// the budget index, Thông tư 130/2025/TT-BTC, knows none either.
pub fn budget_has_districts(year: Count) -> bool {
    year <= LAST_BUDGET_YEAR_WITH_DISTRICTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_end_with_june_2025() {
        assert!(dated::follow_one_another(&VERSIONS));
        for (day, has) in [
            (Date::literal(2010, 1, 1), true),
            (Date::literal(2025, 6, 30), true),
            (Date::literal(2025, 7, 1), false),
            (Date::literal(2031, 1, 1), false),
        ] {
            assert_eq!(has_districts(day), has, "{day}");
        }
    }

    #[test]
    fn the_budget_year_2025_still_has_them() {
        assert!(budget_has_districts(2021) && budget_has_districts(2025));
        assert!(!budget_has_districts(2026));
    }
}
