//! What a cell of a column may hold.

use kycuong_model::date::Date;
use kycuong_model::describe::{MemberDescription, Type};
use kycuong_model::facts::{Format, TableDescription};

use crate::problem::Flaw;

/// Letters of other languages that look like Đ and đ.
const LOOK_ALIKES: [char; 3] = ['\u{d0}', '\u{f0}', '\u{189}'];

/// What is wrong with the text of a cell; an empty one is no text and never wrong here.
pub(crate) fn flaw(
    table: &TableDescription,
    column: &MemberDescription,
    text: &str,
) -> Option<Flaw> {
    if text.is_empty() {
        return None;
    }
    if text.trim() != text {
        return Some(Flaw::Blanks);
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Some(Flaw::Control);
    }
    // No Vietnamese letter needs a combining mark in composed Unicode.
    if text.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c)) {
        return Some(Flaw::Decomposed);
    }
    if text.contains(LOOK_ALIKES) {
        return Some(Flaw::LookAlike);
    }
    match column.kind {
        Type::Date => {
            let date = text.parse::<Date>().is_ok();
            (!date).then(|| Flaw::NotDate(text.to_owned(), date_meant(text)))
        }
        Type::Money => {
            let digits = (1..=18).contains(&text.len()) && is_digits(text);
            (!digits).then(|| Flaw::NotMoney(text.to_owned(), money_meant(text)))
        }
        Type::Code(codes) => {
            let words: Vec<_> = codes.codes.iter().map(|(code, ..)| *code).collect();
            none_of(text, &words)
        }
        Type::Text { characters_max } => match table.format(column.name) {
            Some(Format::Words(words)) => none_of(text, words),
            Some(format) if !format.accepts(text) => Some(Flaw::NotFormat(text.to_owned(), format)),
            _ => {
                let found = text.chars().count();
                let limit = usize::try_from(characters_max).unwrap_or(usize::MAX);
                (found > limit).then_some(Flaw::TooLong { found, limit: characters_max })
            }
        },
        // Facts are texts; a test of the model sees that there are no other columns.
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn none_of(text: &str, words: &[&'static str]) -> Option<Flaw> {
    if words.contains(&text) {
        return None;
    }
    let meant = match text.to_lowercase().as_str() {
        "có" | "true" | "x" | "1" | "đúng" => "yes",
        "không" | "false" | "0" | "sai" => "no",
        _ => text,
    };
    let near = near(meant, words.iter().copied());
    Some(Flaw::NotWord { text: text.to_owned(), words: words.to_vec(), near })
}

/// The name that was probably meant: at most two letters away and fewer than half
/// of them, whatever their case, with hyphens and
/// blanks for underscores.
pub(crate) fn near(text: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    const DISTANCE_MAX: usize = 2;
    let plain = |name: &str| name.trim().to_lowercase().replace(['-', ' '], "_");
    let text = plain(text);
    let (distance, name) =
        names.map(|name| (strsim::damerau_levenshtein(&plain(name), &text), name)).min()?;
    (distance <= DISTANCE_MAX && 2 * distance < text.chars().count()).then_some(name)
}

/// The date that a text with the day first was meant to be.
fn date_meant(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let small = |text: &str| text.parse::<u8>().ok();
    let year = (year.len() == 4).then(|| year.parse().ok())??;
    Some(Date::new(year, small(month)?, small(day)?)?.to_string())
}

/// The amount that a text with separators and the unit was meant to be.
fn money_meant(text: &str) -> Option<String> {
    let amount = ["đồng", "VND", "VNĐ", "đ"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim();
    let separator = amount.chars().find(|c| matches!(c, '.' | ',' | ' ' | '\u{a0}'));
    let groups: Vec<&str> = match separator {
        Some(separator) => amount.split(separator).collect(),
        None => vec![amount],
    };
    let (first, rest) = groups.split_first()?;
    let grouped = is_digits(first)
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && is_digits(group));
    let digits = groups.concat();
    (grouped && digits.len() <= 18).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        assert_eq!(date_meant("1/7/2026").as_deref(), Some("2026-07-01"));
        assert_eq!(date_meant("01-07-2026").as_deref(), Some("2026-07-01"));
        assert_eq!(date_meant("31/2/2026"), None);
        assert_eq!(date_meant("7/2026"), None);
        assert_eq!(money_meant("15.800.000 đồng").as_deref(), Some("15800000"));
        assert_eq!(money_meant("15,800,000").as_deref(), Some("15800000"));
        assert_eq!(money_meant("4,8 tỷ"), None);
        assert_eq!(money_meant("1.5"), None);
        assert_eq!(money_meant("-5"), None);
        let words = ["yes", "no"];
        let meant = |text| match none_of(text, &words) {
            Some(Flaw::NotWord { near, .. }) => near,
            _ => panic!("{text}"),
        };
        assert_eq!(
            ["Có", "TRUE", "0", "Yes", "maybe"].map(meant),
            [Some("yes"), Some("yes"), Some("no"), Some("yes"), None]
        );
        assert_eq!(near("Legal-Register", ["legal_register"].into_iter()), Some("legal_register"));
        assert_eq!(near("sytems", ["systems"].into_iter()), Some("systems"));
        assert_eq!(near("guide", ["systems"].into_iter()), None);
    }
}
