//! Những đơn vị và năm ngân sách mà mức 2% áp dụng.

use kycuong_law::local_levels::budget_has_districts;
use kycuong_rules_sdk::prelude::*;

/// The first budget year of the plan.
const FIRST_YEAR: Count = 2021;
/// The last budget year in which the plan binds; the years to 2030 are an orientation.
const LAST_YEAR: Count = 2025;

/// How far the plan concerns a unit's yearly plan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In a year of the plan.
    Binding,
    /// After the plan's years.
    Orientation,
}

/// Whether the plan concerns a unit: communes, and districts in the budget years that have them. Ends the rule when it does not, or when level or year is absent.
///
/// # Errors
/// `Stop`, with the reason or with the absent member.
pub(crate) fn reach(plan: &UnitPlan) -> Result<Reach, Stop> {
    let (level, year) = (require!(plan.owner.level), require!(plan.year));
    if year < FIRST_YEAR {
        return outside(
            "Dự toán của năm trước giai đoạn 2021-2025.",
            "The budget year is before the plan's years.",
        );
    }
    match level {
        Level::Commune => {}
        Level::District if budget_has_districts(year) => {}
        Level::District => {
            return outside(
                "Cấp huyện không còn từ ngày 01/7/2025; mức tối thiểu áp dụng cho cấp xã.",
                "The district level ended on 2025-06-30; the minimum concerns communes.",
            );
        }
        Level::Central | Level::Province => {
            return outside(
                "Mức tối thiểu chỉ áp dụng cho cấp huyện (đến năm 2025) và cấp xã.",
                "The minimum concerns districts (up to 2025) and communes only.",
            );
        }
    }
    Ok(if year <= LAST_YEAR { Reach::Binding } else { Reach::Orientation })
}

fn outside(vi: &str, en: &str) -> Result<Reach, Stop> {
    Err(Stop::NotApplicable(Bilingual::new(vi, en)))
}
