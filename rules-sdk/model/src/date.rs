//! Civil dates. There is no clock here: every date comes from a dossier, a rule or a caller.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use time::Month;

use crate::localize::Localize;

/// A civil date, written `YYYY-MM-DD`; years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date written YYYY-MM-DD, got `{text}`")]
pub struct DateError {
    text: String,
}

impl Date {
    const FIRST: Self = Self::literal(1, 1, 1);
    const LAST: Self = Self::literal(9999, 12, 31);

    /// The date of a year, a month (1 to 12) and a day (1 to 31); `None` when there is no such day.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 {
            return None;
        }
        let month = match month {
            1 => Month::January,
            2 => Month::February,
            3 => Month::March,
            4 => Month::April,
            5 => Month::May,
            6 => Month::June,
            7 => Month::July,
            8 => Month::August,
            9 => Month::September,
            10 => Month::October,
            11 => Month::November,
            12 => Month::December,
            _ => return None,
        };
        match time::Date::from_calendar_date(year, month, day) {
            Ok(date) => Some(Self(date)),
            Err(_) => None,
        }
    }

    /// A date known when the code is written; in a constant, a day that does not exist is a compile error.
    #[expect(clippy::panic, reason = "for constants: evaluated by the compiler")]
    pub const fn literal(year: i32, month: u8, day: u8) -> Self {
        match Self::new(year, month, day) {
            Some(date) => date,
            None => panic!("there is no such day"),
        }
    }

    /// The civil date in Việt Nam (UTC+7, without summer time) at some time since 1970-01-01 00:00 UTC.
    /// Whoever has a clock says how long that is.
    pub fn in_viet_nam(since_epoch: Duration) -> Self {
        const AHEAD_SECONDS: u64 = 7 * 3_600;
        let days = since_epoch.as_secs().saturating_add(AHEAD_SECONDS) / 86_400;
        Self::literal(1970, 1, 1).plus_days(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// Calendar days from `earlier` to this date; negative when this date is the earlier one.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.to_julian_day() - earlier.0.to_julian_day()
    }

    /// The date some calendar days later (earlier when negative), clamped to the years 1 to 9999.
    pub fn plus_days(self, days: i32) -> Self {
        let day = self.0.to_julian_day().saturating_add(days);
        let within = day.clamp(Self::FIRST.0.to_julian_day(), Self::LAST.0.to_julian_day());
        time::Date::from_julian_day(within).map_or(self, Self)
    }

    /// The date some calendar months later; the last day of a shorter month (31 January + 1 month is
    /// 28 or 29 February), clamped to the years 1 to 9999.
    pub fn plus_months(self, months: i32) -> Self {
        let count = (self.year() * 12 + i32::from(self.month()) - 1).saturating_add(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        if year < 1 {
            return Self::FIRST;
        }
        if year > 9999 {
            return Self::LAST;
        }
        let month = u8::try_from(month).unwrap_or(12);
        // The month has the day itself, or its last day is one of the three before 31.
        (28..=self.day())
            .rev()
            .find_map(|day| Self::new(year, month, day))
            .unwrap_or_else(|| Self::new(year, month, self.day()).unwrap_or(self))
    }
}

/// The first day there is: what stands in for a date that a default text should have given.
impl Default for Date {
    fn default() -> Self {
        Self::FIRST
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let number = |range: std::ops::Range<usize>| -> Option<i32> {
            let digits = text.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let date = || {
            if text.len() != 10 || text.get(4..5)? != "-" || text.get(7..8)? != "-" {
                return None;
            }
            let month = u8::try_from(number(5..7)?).ok()?;
            let day = u8::try_from(number(8..10)?).ok()?;
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
        for text in [
            "2026-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-1-01",
            "26-01-01",
            "2026/01/01",
            "+026-01-01",
            "",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn calendar_arithmetic() {
        let leap = Date::literal(2024, 2, 29);
        assert_eq!(leap.plus_months(12), Date::literal(2025, 2, 28));
        assert_eq!(leap.plus_months(-2), Date::literal(2023, 12, 29));
        assert_eq!(Date::literal(2026, 1, 31).plus_months(1), Date::literal(2026, 2, 28));
        assert_eq!(Date::literal(2026, 11, 30).plus_months(14), Date::literal(2028, 1, 30));
        assert_eq!(leap.plus_months(i32::MAX), Date::literal(9999, 12, 31));
        assert_eq!(leap.plus_days(i32::MIN), Date::literal(1, 1, 1));
        assert_eq!(Date::literal(2026, 11, 18).days_since(Date::literal(2026, 8, 20)), 90);
        assert_eq!(Date::literal(2025, 12, 31).plus_days(1), Date::literal(2026, 1, 1));
    }

    #[test]
    fn each_language_writes_dates_its_own_way() {
        assert_eq!(Date::literal(2026, 7, 1).vi(), "01/07/2026");
        assert_eq!(Date::literal(2026, 7, 1).en(), "2026-07-01");
    }
    #[test]
    fn a_day_in_viet_nam_begins_seven_hours_before_that_of_utc() {
        let date = |seconds| Date::in_viet_nam(Duration::from_secs(seconds));
        assert_eq!(date(0), Date::literal(1970, 1, 1));
        assert_eq!(date(17 * 3_600 - 1), Date::literal(1970, 1, 1));
        assert_eq!(date(17 * 3_600), Date::literal(1970, 1, 2));
        assert_eq!(date(1_790_000_000), Date::literal(2026, 9, 21));
        assert_eq!(date(u64::MAX), Date::literal(9999, 12, 31));
    }
}
