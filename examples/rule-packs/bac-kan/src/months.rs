//! Thời hạn tính bằng tháng theo lịch.

use kycuong_rules_sdk::prelude::*;

/// The last day on which something of this date is no older than so many calendar months.
pub(crate) fn last_day_within(date: Date, months: Count) -> Date {
    date.plus_months(i32::try_from(months).unwrap_or(i32::MAX))
}
