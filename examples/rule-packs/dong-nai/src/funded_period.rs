//! Khoảng thời gian một nhiệm vụ, dự án được cấp kinh phí.

use std::fmt;

use kycuong_rules_sdk::prelude::{Date, Localize};

/// From when until when something is funded; an end that is not stated is open.
#[derive(Clone, Copy)]
pub(crate) struct FundedPeriod {
    /// The first day.
    pub(crate) from: Option<Date>,
    /// The last day.
    pub(crate) to: Option<Date>,
}

impl FundedPeriod {
    /// Whether the two share a day.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let starts_in_time = |first: Self, second: Self| match (first.from, second.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }
}

impl Localize for FundedPeriod {
    fn vi(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("từ {} đến {}", from.vi(), to.vi()),
            (Some(from), None) => format!("từ {}, chưa ghi ngày kết thúc", from.vi()),
            (None, Some(to)) => format!("đến {}", to.vi()),
            (None, None) => "chưa ghi thời gian".to_owned(),
        }
    }
    fn en(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (Some(from), None) => format!("from {from}, no end stated"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "no dates stated".to_owned(),
        }
    }
}

/// An ISO 8601 interval; `..` for an open end.
impl fmt::Display for FundedPeriod {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let end = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        write!(f, "{}/{}", end(self.from), end(self.to))
    }
}
