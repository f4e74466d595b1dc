//! Working days, by the calendar that the host supplies.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::date::Date;
use kycuong_model::facts::Facts;
use kycuong_model::finding::Missing;
use kycuong_model::view::Count;

/// A Monday, from which the days of the week are counted.
const A_MONDAY: Date = Date::literal(2024, 1, 1);

/// Most days that one search for a working day looks at: holidays and weekends in a row are fewer.
const SEARCH_DAYS: i32 = 31;

/// Which days work: Monday to Friday, but for the days of the table `working_days`.
///
/// The table lists exceptions only: holidays, and weekend days worked in exchange. Every year has holidays, so a year of
/// which the table says nothing is unknown, and what depends on one of its days is *missing*, never guessed. A rule
/// declares `facts = [working_days]`, so that a host without the table does not run it at all.
#[derive(Clone, Debug)]
pub struct WorkingCalendar {
    /// Days that differ from the week's rule or repeat it: whether they work.
    exceptions: BTreeMap<Date, bool>,
    /// The years of which the table has a day.
    years: BTreeSet<i32>,
}

impl WorkingCalendar {
    /// The calendar of the table `working_days`; of a day listed twice the later row counts, and a row without a date
    /// says nothing.
    pub fn of(facts: &Facts<'_>) -> Self {
        let days = facts.working_days.iter();
        let exceptions: BTreeMap<Date, bool> =
            days.filter_map(|day| Some((day.date.get()?, day.working.is_text("yes")))).collect();
        let years = exceptions.keys().map(|day| day.year()).collect();
        Self { exceptions, years }
    }

    /// Whether a day works.
    ///
    /// # Errors
    /// The table is missing when it has no day of that year.
    pub fn is_working(&self, day: Date) -> Result<bool, Missing> {
        self.knows(day.year(), day.year())?;
        Ok(self.exceptions.get(&day).copied().unwrap_or_else(|| is_weekday(day)))
    }

    /// The working days after `start`, up to and with `end`; 0 when `end` is not later. This is how limits run: the day
    /// on which something arrives does not count.
    ///
    /// # Errors
    /// The table is missing when it has no day of one of the years in between.
    pub fn days_between(&self, start: Date, end: Date) -> Result<Count, Missing> {
        if end <= start {
            return Ok(0);
        }
        let first = start.plus_days(1);
        self.knows(first.year(), end.year())?;
        let corrections: i32 = self
            .exceptions
            .range(first..=end)
            .map(|(day, works)| i32::from(*works) - i32::from(is_weekday(*day)))
            .sum();
        let days = weekdays_through(end) - weekdays_through(start) + corrections;
        Ok(Count::try_from(days).unwrap_or(0))
    }

    /// The day itself when it works, else the next day that does: where a deadline that falls on a day off ends.
    ///
    /// # Errors
    /// The table is missing when it has no day of a year that is looked at, or no working day within a month.
    pub fn on_or_after(&self, day: Date) -> Result<Date, Missing> {
        for days in 0..SEARCH_DAYS {
            let candidate = day.plus_days(days);
            if self.is_working(candidate)? {
                return Ok(candidate);
            }
        }
        Err(unknown())
    }

    fn knows(&self, first: i32, last: i32) -> Result<(), Missing> {
        let known = (first..=last).all(|year| self.years.contains(&year));
        if known { Ok(()) } else { Err(unknown()) }
    }
}

fn unknown() -> Missing {
    Missing::Facts("working_days".to_owned())
}

fn is_weekday(day: Date) -> bool {
    day.days_since(A_MONDAY).rem_euclid(7) < 5
}

/// Mondays to Fridays from [`A_MONDAY`] up to and with the day; negative before it.
fn weekdays_through(day: Date) -> i32 {
    let days = day.days_since(A_MONDAY) + 1;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::view::View;

    use super::*;

    /// A week with a holiday on Wednesday 2 September 2026 and a Saturday worked for it; a holiday that falls on a
    /// Sunday; the last day of the year off; of 2027 New Year only.
    const TABLE: &str = r#"{"working_days": [
        {"date": "2026-09-02", "working": "no"},
        {"date": "2026-09-05", "working": "yes"},
        {"date": "2026-09-06", "working": "no"},
        {"date": "2026-12-31", "working": "no"},
        {"date": "2027-01-01", "working": "no"},
        {"working": "no"}
    ]}"#;

    fn with<T>(table: &str, check: impl FnOnce(&WorkingCalendar) -> T) -> T {
        let tape = parse(table.as_bytes(), &ParseLimits::default()).unwrap();
        check(&WorkingCalendar::of(&Facts::of(tape.document())))
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_ordinary_week_works_from_monday_to_friday() {
        with(TABLE, |calendar| {
            let week = (16..=22)
                .map(|day| calendar.is_working(Date::literal(2026, 11, 1).plus_days(day - 1)));
            let works: Vec<bool> = week.map(Result::unwrap).collect();
            assert_eq!(works, [true, true, true, true, true, false, false]);
        });
    }

    #[test]
    fn exceptions_win_over_the_week() {
        with(TABLE, |calendar| {
            for (day, works) in [
                ("2026-09-01", true),
                ("2026-09-02", false),
                ("2026-09-05", true),
                ("2026-09-06", false),
                ("2026-09-12", false),
            ] {
                assert_eq!(calendar.is_working(date(day)), Ok(works), "{day}");
            }
        });
    }

    #[test]
    fn the_first_day_does_not_count_and_the_last_does() {
        with(TABLE, |calendar| {
            for (start, end, days) in [
                ("2026-10-05", "2026-10-05", 0),
                ("2026-10-05", "2026-10-04", 0),
                ("2026-10-05", "2026-10-06", 1),
                ("2026-10-09", "2026-10-12", 1),
                ("2026-10-09", "2026-10-11", 0),
                ("2026-10-10", "2026-10-12", 1),
                ("2026-10-05", "2026-11-02", 20),
                ("2026-08-31", "2026-09-07", 5),
                ("2026-09-01", "2026-09-02", 0),
                ("2026-09-04", "2026-09-05", 1),
                ("2026-09-05", "2026-09-07", 1),
                ("2026-09-02", "2026-09-03", 1),
                ("2026-12-30", "2027-01-04", 1),
            ] {
                let between = calendar.days_between(date(start), date(end));
                assert_eq!(between, Ok(days), "{start} to {end}");
            }
        });
    }

    #[test]
    fn counting_agrees_with_looking_at_each_day() {
        with(TABLE, |calendar| {
            let start = date("2026-08-20");
            for length in 0..200 {
                let end = start.plus_days(length);
                let works = |days: &i32| calendar.is_working(start.plus_days(*days)).unwrap();
                let each = u32::try_from((1..=length).filter(works).count()).unwrap();
                assert_eq!(calendar.days_between(start, end), Ok(each), "to {end}");
            }
        });
    }

    #[test]
    fn a_deadline_on_a_day_off_ends_on_the_next_working_day() {
        with(TABLE, |calendar| {
            for (due, ends) in [
                ("2026-09-01", "2026-09-01"),
                ("2026-09-02", "2026-09-03"),
                ("2026-09-05", "2026-09-05"),
                ("2026-09-06", "2026-09-07"),
                ("2026-11-21", "2026-11-23"),
                ("2026-12-31", "2027-01-04"),
            ] {
                assert_eq!(calendar.on_or_after(date(due)), Ok(date(ends)), "{due}");
            }
        });
    }

    #[test]
    fn a_year_without_rows_is_unknown() {
        let missing = || Missing::Facts("working_days".to_owned());
        with(TABLE, |calendar| {
            assert_eq!(calendar.is_working(date("2025-12-31")), Err(missing()));
            assert_eq!(calendar.on_or_after(date("2028-01-03")), Err(missing()));
            let (old, first) = (date("2025-12-31"), date("2026-01-05"));
            assert_eq!(calendar.days_between(old.plus_days(-1), first), Err(missing()));
            // The first day itself is not counted, so that its year need not be known.
            assert_eq!(calendar.days_between(old, first), Ok(3));
            let last = date("2027-12-31");
            assert_eq!(calendar.days_between(last, last.plus_days(1)), Err(missing()));
            assert_eq!(
                calendar.days_between(last.plus_days(-1), last.plus_days(3)),
                Err(missing())
            );
            assert_eq!(calendar.days_between(last, last), Ok(0));
        });
        with("{}", |calendar| {
            assert_eq!(calendar.is_working(date("2026-11-21")), Err(missing()));
        });
    }

    #[test]
    fn a_month_without_a_working_day_is_no_calendar() {
        let days: Vec<String> = (0..SEARCH_DAYS)
            .map(|days| {
                format!(r#"{{"date": "{}", "working": "no"}}"#, date("2026-10-01").plus_days(days))
            })
            .collect();
        with(&format!(r#"{{"working_days": [{}]}}"#, days.join(",")), |calendar| {
            assert!(calendar.on_or_after(date("2026-10-01")).is_err());
            assert_eq!(calendar.on_or_after(date("2026-10-03")), Ok(date("2026-11-02")));
        });
    }
}
