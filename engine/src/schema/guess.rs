//! What a submitter probably meant, as the schema writes it. Only what has one reading is guessed.

use kycuong_model::date::Date;
use kycuong_model::money::{Money, Quantity};
use kycuong_model::tape::{Kind, Node};
use kycuong_model::text::Bilingual;

/// The value in the form that the schema takes; none when it has no or more than one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess(Option<String>);

impl Guess {
    /// How to write an amount.
    pub(super) fn amount_remedy(self) -> Bilingual {
        let (vi, en) = match &self.0 {
            Some(amount) => (format!("ở đây là “{amount}”"), format!("here “{amount}”")),
            None => ("ví dụ “4800000000”".to_owned(), "such as “4800000000”".to_owned()),
        };
        Bilingual::new(
            format!("Viết số đồng bằng chữ số liền nhau trong ngoặc kép, {vi}."),
            format!("Write the đồng as plain digits in quotes, {en}."),
        )
    }

    /// How to write a text of a fixed form.
    pub(super) fn remedy(self, example: &str) -> Bilingual {
        match &self.0 {
            Some(text) => Bilingual::new(
                format!("Viết lại thành “{text}” (trong ngoặc kép)."),
                format!("Write “{text}” (in quotes)."),
            ),
            None => Bilingual::new(
                format!("Viết theo dạng “{example}” (trong ngoặc kép)."),
                format!("Write it like “{example}” (in quotes)."),
            ),
        }
    }

    /// How to write a number without quotes.
    pub(super) fn bare_remedy(self) -> Bilingual {
        match &self.0 {
            Some(number) => Bilingual::new(
                format!("Viết lại thành {number}, không đặt trong ngoặc kép."),
                format!("Write {number}, without quotes."),
            ),
            None => Bilingual::new(
                "Viết số nguyên bằng chữ số, ví dụ 12, không đặt trong ngoặc kép.",
                "Write a whole number as digits, such as 12, without quotes.",
            ),
        }
    }
}

/// An amount: digits in groups of three, with the word đồng, or a whole JSON number. Millions and
/// billions are not guessed: who writes “4,8 tỷ” has rounded.
pub(super) fn money(node: Node<'_>) -> Guess {
    let text = node.text();
    let plain = match node.kind() {
        Kind::Number => Some(text.into_owned()),
        Kind::String => ungrouped(without_unit(text.trim())),
        _ => None,
    };
    Guess(plain.filter(|plain| plain.parse::<Money>().is_ok()))
}

/// A decimal: with a comma, a per cent sign, or as a JSON number.
pub(super) fn decimal(node: Node<'_>) -> Guess {
    let text = node.text();
    let text = text.trim().trim_end_matches('%').trim_end();
    let plain = match node.kind() {
        Kind::Number => Some(text.to_owned()),
        // Three digits behind the separator may be a group of thousands.
        Kind::String if text.split_once(',').is_none_or(|(_, after)| after.len() != 3) => {
            Some(text.replacen(',', ".", 1))
        }
        _ => None,
    };
    Guess(plain.filter(|plain| plain.parse::<Quantity>().is_ok()))
}

/// A whole number that was put in quotes or written with an empty fraction.
pub(super) fn count(node: Node<'_>) -> Guess {
    let text = node.text();
    let plain = match node.kind() {
        Kind::Number => text
            .split_once('.')
            .filter(|(_, zeros)| zeros.bytes().all(|zero| zero == b'0'))
            .map(|(whole, _)| whole.to_owned()),
        Kind::String => ungrouped(text.trim()),
        _ => None,
    };
    Guess(plain.and_then(|plain| plain.parse::<u32>().ok()).map(|number| number.to_string()))
}

/// A date written the Vietnamese way: `18/11/2026`, `18-11-2026` or `18.11.2026`.
pub(super) fn date(node: Node<'_>) -> Guess {
    let text = node.text();
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    let date = match parts.as_slice() {
        [day, month, year] if node.kind() == Kind::String && year.len() == 4 => {
            match (year.parse(), month.parse(), day.parse()) {
                (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
                _ => None,
            }
        }
        _ => None,
    };
    Guess(date.map(|date| date.to_string()))
}

/// Whether a text has the form `YYYY-MM-DD`, be it a day or not.
pub(super) fn looks_like_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn without_unit(text: &str) -> &str {
    ["đồng", "VNĐ", "VND", "đ", "₫"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim_end()
}

/// Digits, with or without separators before groups of exactly three.
fn ungrouped(text: &str) -> Option<String> {
    let separator = text.chars().find(|letter| !letter.is_ascii_digit());
    let Some(separator) = separator else { return (!text.is_empty()).then(|| text.to_owned()) };
    if !matches!(separator, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}') {
        return None;
    }
    let mut groups = text.split(separator);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kycuong_model::tape::{ParseLimits, parse};

    fn guessed(json: &str, guess: fn(Node<'_>) -> Guess) -> Option<String> {
        let tape = parse(json.as_bytes(), &ParseLimits::default()).unwrap();
        guess(tape.document().root().unwrap()).0
    }

    #[test]
    fn amounts_with_one_reading() {
        for json in [
            r#""4.800.000.000""#,
            r#""4,800,000,000 VND""#,
            r#""4 800 000 000 đồng""#,
            r#""4800000000đ""#,
            "4800000000",
        ] {
            assert_eq!(guessed(json, money).as_deref(), Some("4800000000"), "{json}");
        }
        for json in [
            r#""4,8 tỷ""#,
            "4.8e9",
            "48.5",
            r#""-5""#,
            r#""1.23""#,
            r#""4.800,5""#,
            r#""""#,
            "true",
            "[]",
        ] {
            assert_eq!(guessed(json, money), None, "{json}");
        }
    }

    #[test]
    fn decimals_counts_and_dates_with_one_reading() {
        assert_eq!(guessed(r#""12,5%""#, decimal).as_deref(), Some("12.5"));
        assert_eq!(guessed("2.5", decimal).as_deref(), Some("2.5"));
        assert_eq!(guessed(r#""1,234""#, decimal), None);
        assert_eq!(guessed(r#""2.140.000""#, count).as_deref(), Some("2140000"));
        assert_eq!(guessed("12.0", count).as_deref(), Some("12"));
        assert_eq!(guessed("12.5", count), None);
        assert_eq!(guessed(r#""1/7/2026""#, date).as_deref(), Some("2026-07-01"));
        assert_eq!(guessed(r#""31/02/2026""#, date), None);
        assert_eq!(guessed(r#""2026""#, date), None);
    }
}
