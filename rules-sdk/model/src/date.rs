//! Civil dates. There is no clock here: every date comes from a dossier, a rule or a caller.

use std::fmt;
use std::str::FromStr;

use crate::localize::Localize;

/// A civil date, written `YYYY-MM-DD`; years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date written YYYY-MM-DD, got `{text}`")]
pub struct DateError {
    text: String,
}

impl Date {
    /// The date of a year, a month (1 to 12) and a day (1 to 31); `None` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// A date known when the code is written; a day that does not exist is a compile error.
    pub const fn literal(year: i16, month: i8, day: i8) -> Self {
        Self(jiff::civil::date(year, month, day))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Calendar days from `earlier` to this date; negative when this date is the earlier one.
    pub fn days_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0).get_days()
    }

    /// The date some calendar days later (earlier when negative), clamped to the years 1 to 9999.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))))
    }

    /// The date some calendar months later; the last day of a shorter month (31 January + 1 month is
    /// 28 or 29 February), clamped to the years 1 to 9999.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(-100_000, 100_000))))
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let number = |range: std::ops::Range<usize>| -> Option<i16> {
            let digits = text.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let date = || {
            if text.len() != 10 || text.get(4..5)? != "-" || text.get(7..8)? != "-" {
                return None;
            }
            let month = i8::try_from(number(5..7)?).ok()?;
            let day = i8::try_from(number(8..10)?).ok()?;
            Self::new(number(0..4)?, month, day)
        };
        date().ok_or_else(|| DateError { text: text.chars().take(40).collect() })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Localize for Date {
    fn vi(&self) -> String {
        format!("{:02}/{:02}/{:04}", self.day(), self.month(), self.year())
    }
    fn en(&self) -> String {
        self.to_string()
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        for text in ["2026-02-29", "2026-13-01", "0000-01-01", "2026-1-01", "26-01-01", "2026/01/01", "+026-01-01", ""] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn calendar_arithmetic() {
        let leap = Date::literal(2024, 2, 29);
        assert_eq!(leap.plus_months(12), Date::literal(2025, 2, 28));
        assert_eq!(Date::literal(2026, 11, 18).days_since(Date::literal(2026, 8, 20)), 90);
        assert_eq!(Date::literal(2025, 12, 31).plus_days(1), Date::literal(2026, 1, 1));
    }

    #[test]
    fn each_language_writes_dates_its_own_way() {
        assert_eq!(Date::literal(2026, 7, 1).vi(), "01/07/2026");
        assert_eq!(Date::literal(2026, 7, 1).en(), "2026-07-01");
    }
}
