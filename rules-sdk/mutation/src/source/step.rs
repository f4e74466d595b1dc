//! One step up or down: of a number, a date, a text.

use kycuong_model::date::Date;

/// A decimal text one step of its last digit higher; `None` when it is no such text.
pub(crate) fn up(number: &str) -> Option<String> {
    shifted(number, 1)
}

/// A decimal text one step of its last digit lower; `None` below zero.
pub(crate) fn down(number: &str) -> Option<String> {
    shifted(number, -1)
}

fn shifted(number: &str, by: i128) -> Option<String> {
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let digits: String = number.chars().filter(|digit| *digit != '.').collect();
    let value = digits.parse::<u128>().ok()?.checked_add_signed(by)?;
    let text = format!("{value:0>width$}", width = decimals + 1);
    let (whole, rest) = text.split_at(text.len().checked_sub(decimals)?);
    Some(if decimals == 0 { text.clone() } else { format!("{whole}.{rest}") })
}

/// A date (or a moment that starts with one) some days later.
pub(crate) fn day(text: &str, by: i32) -> Option<String> {
    let date: Date = text.get(..10)?.parse().ok()?;
    Some(format!("{}{}", date.plus_days(by), text.get(10..)?))
}

/// A text whose last letter or digit is another one.
pub(crate) fn text(text: &str) -> Option<String> {
    let (at, last) = text.char_indices().rev().find(|(_, last)| last.is_alphanumeric())?;
    let other = match last {
        '9' => '0',
        'z' => 'a',
        'Z' => 'A',
        last if last.is_ascii() => char::from(u8::try_from(last).ok()?.checked_add(1)?),
        _ => 'x',
    };
    let after = text.get(at + last.len_utf8()..)?;
    Some(format!("{}{other}{after}", text.get(..at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_step_by_their_last_digit() {
        for (number, higher, lower) in [
            ("20000000000", "20000000001", Some("19999999999")),
            ("2", "3", Some("1")),
            ("0", "1", None),
            ("2.50", "2.51", Some("2.49")),
            ("0.1", "0.2", Some("0.0")),
            ("9.9", "10.0", Some("9.8")),
        ] {
            assert_eq!(up(number).as_deref(), Some(higher));
            assert_eq!(down(number).as_deref(), lower);
        }
        assert_eq!((up("-1"), up("x"), up("")), (None, None, None));
    }

    #[test]
    fn days_step_across_months() {
        assert_eq!(day("2026-02-28", 1).as_deref(), Some("2026-03-01"));
        assert_eq!(
            day("2026-01-01T09:00:00+07:00", -1).as_deref(),
            Some("2025-12-31T09:00:00+07:00")
        );
        assert_eq!(day("soon", 1), None);
    }

    #[test]
    fn texts_differ_in_one_letter() {
        assert_eq!(text("nd-214-2025/78/4").as_deref(), Some("nd-214-2025/78/5"));
        assert_eq!(text("bản quyền.").as_deref(), Some("bản quyềo."));
        assert_eq!(text("số").as_deref(), Some("sx"));
        assert_eq!(text("…"), None);
    }
}
