//! The state budget index (mục lục ngân sách nhà nước): the ranges of its sections (mục), and of which budget
//! years they were read.

use kycuong_model::view::Count;

/// The first section of expenditure (Thông tư 324/2016/TT-BTC).
const FIRST_EXPENDITURE: u32 = 6000;
/// The first section of investment: 9300 (construction), 9350 (equipment), 9400 (other costs). Smaller ones are
/// recurrent expenditure (Thông tư 324/2016/TT-BTC).
const FIRST_INVESTMENT: u32 = 9000;
/// From this budget year Thông tư 130/2025/TT-BTC replaces Thông tư 324/2016/TT-BTC. Its list of sections was not
/// read: the ranges are taken to stay, unverified.
const NEW_INDEX_FROM: Count = 2026;

/// Whether the sections of a budget year were read: up to 2025. Of another year a rule only warns.
pub fn are_sections_verified(year: Count) -> bool {
    year < NEW_INDEX_FROM
}

/// Whether a section is one of expenditure, recurrent or investment.
pub fn is_expenditure_section(section: u32) -> bool {
    section >= FIRST_EXPENDITURE
}

/// Whether a section is one of investment expenditure.
pub fn is_investment_section(section: u32) -> bool {
    section >= FIRST_INVESTMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_index_was_read() {
        assert_eq!([2017, 2025, 2026].map(are_sections_verified), [true, true, false]);
    }

    #[test]
    fn expenditure_begins_at_6000_and_investment_at_9000() {
        assert_eq!([5999, 6000, 9999].map(is_expenditure_section), [false, true, true]);
        assert_eq!([8999, 9000, 9300].map(is_investment_section), [false, true, true]);
    }
}
