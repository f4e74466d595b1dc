//! What somebody who wrote a date, an amount or a decimal in the Vietnamese way meant. Only what has one
//! reading is guessed.

use crate::date::Date;
use crate::money::{Money, Quantity};

/// The units that stand behind an amount, the longer ones first.
const UNITS: [&str; 5] = ["đồng", "VNĐ", "VND", "đ", "₫"];

/// The day of a text with the day first: `18/11/2026`, `18-11-2026` or `18.11.2026`.
pub fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    // Digits only: a sign would be read as a number's.
    if year.len() != 4 || !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Whether a text has the form `YYYY-MM-DD`, be it a day or not.
pub fn looks_like_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = parts.iter().map(|part| part.len());
    lengths.eq([4, 2, 2]) && parts.iter().all(|part| is_digits(part))
}

/// The digits of an amount in đồng, with or without its unit and separators of thousands. Millions and
/// billions are not guessed: who writes “4,8 tỷ” has rounded.
pub fn amount(text: &str) -> Option<String> {
    let text = text.trim();
    let number = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    whole_number(number.trim_end()).filter(|digits| digits.parse::<Money>().is_ok())
}

/// A decimal with a comma or a point, with or without a per cent sign behind it.
pub fn decimal(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    // Three digits behind the comma may be a group of thousands.
    if text.split_once(',').is_some_and(|(_, after)| after.len() == 3) {
        return None;
    }
    let decimal = text.replacen(',', ".", 1);
    decimal.parse::<Quantity>().is_ok().then_some(decimal)
}

/// Digits, with or without separators before groups of exactly three.
pub fn whole_number(text: &str) -> Option<String> {
    let Some(separator) = text.chars().find(|letter| !letter.is_ascii_digit()) else {
        return (!text.is_empty()).then(|| text.to_owned());
    };
    if !matches!(separator, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}') {
        return None;
    }
    let mut groups = text.split(separator);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_one_reading() {
        let written = |text| date(text).map(|date| date.to_string());
        assert_eq!(written("1/7/2026").as_deref(), Some("2026-07-01"));
        assert_eq!(written("01-07-2026").as_deref(), Some("2026-07-01"));
        assert_eq!(written(" 18.11.2026").as_deref(), Some("2026-11-18"));
        for text in ["31/2/2026", "7/2026", "2026", "1/7/26", "+1/7/2026", "1/7/+026", ""] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn the_form_of_a_day() {
        assert!(looks_like_date("2026-02-31"));
        for text in ["2026-2-31", "26-02-2031", "2026-02-31 ", "2026/02/31", "năm-02-31", ""] {
            assert!(!looks_like_date(text), "{text}");
        }
    }

    #[test]
    fn decimals_with_one_reading() {
        assert_eq!(decimal("12,5%").as_deref(), Some("12.5"));
        assert_eq!(decimal(" 2.5 % ").as_deref(), Some("2.5"));
        for text in ["1,234", "1,2,3", "%", "", "nửa"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_with_one_reading() {
        for text in ["15.800.000 đồng", "15,800,000", "15 800 000 VND", "15800000đ", "15800000"]
        {
            assert_eq!(amount(text).as_deref(), Some("15800000"), "{text}");
        }
        for text in
            ["4,8 tỷ", "1.5", "-5", "1.23", "4.800,5", "", "đồng", "1580.000", &"9".repeat(30)]
        {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
