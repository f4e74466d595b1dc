//! What somebody who wrote a date or an amount in the Vietnamese way meant. Only what has one reading
//! is guessed.

use crate::date::Date;
use crate::money::Money;

/// The units that stand behind an amount, the longer ones first.
const UNITS: [&str; 5] = ["đồng", "VNĐ", "VND", "đ", "₫"];

/// The day of a text with the day first: `18/11/2026`, `18-11-2026` or `18.11.2026`.
pub fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The digits of an amount in đồng, with or without its unit and separators of thousands. Millions and
/// billions are not guessed: who writes “4,8 tỷ” has rounded.
pub fn amount(text: &str) -> Option<String> {
    let text = text.trim();
    let number = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    whole_number(number.trim_end()).filter(|digits| digits.parse::<Money>().is_ok())
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
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
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
        for text in ["31/2/2026", "7/2026", "2026", "1/7/26", ""] {
            assert_eq!(written(text), None, "{text}");
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
