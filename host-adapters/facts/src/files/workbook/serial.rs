//! Dates in a workbook: numbers of days, and the formats by which one tells them from other numbers.

use kycuong_model::date::Date;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number.
    #[default]
    Number,
    /// A date, perhaps with a time of day.
    Date,
    /// A length of time.
    Duration,
}

impl Shown {
    /// What a format of the standard's own list does (ECMA-376, 18.8.30), with those of East Asian versions.
    pub fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    /// What a format of the workbook's own does: its first section, without what is quoted or escaped, has a
    /// letter of dates and times; in brackets it is a length of time (ECMA-376, 18.8.31).
    pub fn by_code(code: &str) -> Self {
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' | '_' | '*' => {
                    letters.next();
                }
                '"' => {
                    letters.by_ref().find(|letter| *letter == '"');
                }
                '[' => {
                    let inside: String =
                        letters.by_ref().take_while(|letter| *letter != ']').collect();
                    let one = inside.to_ascii_lowercase();
                    if !one.is_empty()
                        && ["h", "m", "s"].iter().any(|unit| one.replace(unit, "").is_empty())
                    {
                        return Self::Duration;
                    }
                }
                ';' => return Self::Number,
                'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return Self::Date,
                _ => {}
            }
        }
        Self::Number
    }
}

/// The last day that a workbook can hold, 9999-12-31, in the count from 1900, and how much less it is in that
/// from 1904.
const LAST_DAY: i64 = 2_958_465;
const LESS_FROM_1904: i64 = 1_462;

/// The date of a number of days, in the count from 1900 or in that from 1904; `None` for none.
pub(super) fn date(days: i64, from_1904: bool) -> Option<Date> {
    let (epoch, days) = match days {
        _ if from_1904 => (Date::new(1904, 1, 1)?, days),
        // 1900 had no 29 February; Lotus 1-2-3 thought so, and day 60 is it.
        60 => return None,
        ..60 => (Date::new(1899, 12, 31)?, days),
        _ => (Date::new(1899, 12, 30)?, days),
    };
    let days_of_count = match from_1904 {
        true => 0..=LAST_DAY - LESS_FROM_1904,
        false => 1..=LAST_DAY,
    };
    if !days_of_count.contains(&days) {
        return None;
    }
    Some(epoch.plus_days(i32::try_from(days).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_that_excel_shows() {
        let shown = |days, from_1904| date(days, from_1904).map(|date| date.to_string());
        for (days, expected) in [
            (1, "1900-01-01"),
            (59, "1900-02-28"),
            (61, "1900-03-01"),
            (46_249, "2026-08-15"),
            (2_958_465, "9999-12-31"),
        ] {
            assert_eq!(shown(days, false).as_deref(), Some(expected), "{days}");
        }
        assert_eq!(shown(0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(shown(44_787, true).as_deref(), Some("2026-08-15"));
        for none in [0, 60, -1, 2_958_466, i64::MAX] {
            assert_eq!(date(none, false), None, "{none}");
        }
        assert_eq!(shown(2_957_003, true).as_deref(), Some("9999-12-31"));
        assert_eq!(date(2_957_004, true), None);
    }

    #[test]
    fn formats_tell_dates_from_numbers() {
        for (code, shown) in [
            ("dd/mm/yyyy", Shown::Date),
            ("[$-409]mmmm d, yyyy;@", Shown::Date),
            ("yyyy\\-mm\\-dd", Shown::Date),
            ("h:mm AM/PM", Shown::Date),
            ("[h]:mm:ss", Shown::Duration),
            ("[Blue]\\+[mm]", Shown::Duration),
            ("0.00", Shown::Number),
            ("#,##0 \"đồng\"", Shown::Number),
            ("[Red]0;\"d\"", Shown::Number),
            ("\\Y000000", Shown::Number),
            ("General", Shown::Number),
            ("@", Shown::Number),
            ("00000", Shown::Number),
            ("_d0", Shown::Number),
        ] {
            assert_eq!(Shown::by_code(code), shown, "{code}");
        }
        assert_eq!([14, 46, 0, 49, 164].map(Shown::built_in)[..2], [Shown::Date, Shown::Duration]);
    }
}
