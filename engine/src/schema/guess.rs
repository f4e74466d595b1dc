//! How to write what a submitter probably meant, as the schema takes it.

use kycuong_model::meant;
use kycuong_model::money::Money;
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

/// An amount, as text or as a whole JSON number.
pub(super) fn money(node: Node<'_>) -> Guess {
    Guess(match node.kind() {
        Kind::Number => Some(node.raw().to_owned()).filter(|raw| raw.parse::<Money>().is_ok()),
        Kind::String => meant::amount(&node.text()),
        _ => None,
    })
}

/// A decimal, as text or as a JSON number.
pub(super) fn decimal(node: Node<'_>) -> Guess {
    Guess(match node.kind() {
        Kind::Number | Kind::String => meant::decimal(&node.text()),
        _ => None,
    })
}

/// A whole number that was put in quotes or written with an empty fraction.
pub(super) fn count(node: Node<'_>) -> Guess {
    let whole = match node.kind() {
        Kind::Number => node
            .raw()
            .split_once('.')
            .filter(|(_, zeros)| zeros.bytes().all(|zero| zero == b'0'))
            .map(|(whole, _)| whole.to_owned()),
        Kind::String => meant::whole_number(node.text().trim()),
        _ => None,
    };
    Guess(whole.and_then(|whole| whole.parse::<u32>().ok()).map(|number| number.to_string()))
}

/// A date that was written the Vietnamese way.
pub(super) fn date(node: Node<'_>) -> Guess {
    let date = (node.kind() == Kind::String).then(|| meant::date(&node.text())).flatten();
    Guess(date.map(|date| date.to_string()))
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
