//! What a cell of a column may hold.

use kycuong_engine::facts::Row;
use kycuong_model::date::Date;
use kycuong_model::describe::{MemberDescription, Type};
use kycuong_model::facts::{Format, TableDescription};
use kycuong_model::meant;
use kycuong_model::spelling::nearest;
use kycuong_model::text::is_control;

use crate::excess::count;
use crate::letters::{LetterFault, fault_of_key, fault_of_text, visible};
use crate::problem::ProblemKind;

/// Digits of an amount in đồng.
const AMOUNT_DIGITS_MAX: usize = 18;

/// Letters of other languages that look like Đ and đ.
const LOOK_ALIKES: [char; 3] = ['\u{d0}', '\u{f0}', '\u{189}'];

/// What is wrong with the text of a cell; an empty one is no text and never wrong here.
pub(crate) fn problem_of(
    table: &TableDescription,
    column: &MemberDescription,
    text: &str,
) -> Option<ProblemKind> {
    if text.is_empty() {
        return None;
    }
    if text.trim() != text {
        return Some(ProblemKind::Blanks);
    }
    // Named first: some of them are controls as well.
    if let Some(fault) = fault_of_text(text) {
        return Some(letter(text, fault));
    }
    if text.chars().any(|c| is_control(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Some(ProblemKind::Control);
    }
    // No Vietnamese letter needs a combining mark in composed Unicode.
    if text.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c)) {
        return Some(ProblemKind::Decomposed);
    }
    if text.contains(LOOK_ALIKES) {
        return Some(ProblemKind::LookAlike);
    }
    if is_compared(table, column)
        && let Some(fault) = fault_of_key(text)
    {
        return Some(letter(text, fault));
    }
    match column.kind {
        Type::Date => {
            let date = text.parse::<Date>().is_ok();
            (!date).then(|| {
                ProblemKind::NotDate(
                    text.to_owned(),
                    meant::date(text).map(|date| date.to_string()),
                )
            })
        }
        Type::Money => {
            let digits = (1..=AMOUNT_DIGITS_MAX).contains(&text.len()) && is_digits(text);
            (!digits).then(|| ProblemKind::NotMoney(text.to_owned(), meant::amount(text)))
        }
        Type::Code(codes) => {
            let words: Vec<_> = codes.codes.iter().map(|(code, ..)| *code).collect();
            none_of(text, &words)
        }
        Type::Text { characters_max } => match table.format(column.name) {
            Some(Format::Words(words)) => none_of(text, words),
            Some(format) if !format.accepts(text) => {
                Some(ProblemKind::NotFormat(text.to_owned(), format))
            }
            _ => {
                let found = text.chars().count();
                let limit = usize::try_from(characters_max).unwrap_or(usize::MAX);
                (found > limit).then_some(ProblemKind::TooLong { found, limit: characters_max })
            }
        },
        // Facts are texts; a test of the model sees that there are no other columns.
        _ => None,
    }
}

fn letter(text: &str, (position, letter, fault): (usize, char, LetterFault)) -> ProblemKind {
    ProblemKind::Letter { text: visible(text), letter, position, fault }
}

/// The columns of free text that refer to a key of a table, besides those of keys and selectors.
const REFERENCES: [&str; 2] = ["replaced_by", "parent"];

/// Whether a column is compared letter by letter, with a submission or with other rows.
fn is_compared(table: &TableDescription, column: &MemberDescription) -> bool {
    let has = |names: &[&str]| names.contains(&column.name);
    has(table.key)
        || has(table.selectors)
        || has(&REFERENCES)
        || table.format(column.name).is_some()
}

/// The digits of the budget's codes by kind (the rule R09 holds them against the same numbers).
const CODE_DIGITS: [(&str, u32); 6] = [
    ("chapter", 3),
    ("category", 3),
    ("item", 3),
    ("section", 4),
    ("subsection", 4),
    ("programme", 5),
];

/// What is wrong with the number of digits of a budget code and of its parent: an item belongs to a category,
/// a subsection to a section.
pub(crate) fn budget_code_problems(
    table: &TableDescription,
    row: &Row,
) -> Vec<(&'static str, ProblemKind)> {
    if table.name != "budget_codes" {
        return Vec::new();
    }
    let cell = |name: &str| row.get(name).map_or("", String::as_str);
    let digits = |kind: &str| CODE_DIGITS.iter().find(|(known, _)| *known == kind).copied();
    let parent = match cell("kind") {
        "item" => digits("category"),
        "subsection" => digits("section"),
        _ => None,
    };
    let wrong = |column: &'static str, expected: Option<(&'static str, u32)>| {
        let (text, (kind, digits)) = (cell(column), expected?);
        let right = text.is_empty() || count(text.len()) == u64::from(digits);
        let kind = ProblemKind::CodeDigits { text: text.to_owned(), kind, digits };
        (!right).then_some((column, kind))
    };
    [wrong("code", digits(cell("kind"))), wrong("parent", parent)].into_iter().flatten().collect()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn none_of(text: &str, words: &[&'static str]) -> Option<ProblemKind> {
    if words.contains(&text) {
        return None;
    }
    let meant = match text.to_lowercase().as_str() {
        "có" | "true" | "x" | "1" | "đúng" => "yes",
        "không" | "false" | "0" | "sai" => "no",
        _ => text,
    };
    let near = nearest(meant, words.iter().copied());
    Some(ProblemKind::NotWord { text: text.to_owned(), words: words.to_vec(), near })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let words = ["yes", "no"];
        let meant = |text| match none_of(text, &words) {
            Some(ProblemKind::NotWord { near, .. }) => near,
            _ => panic!("{text}"),
        };
        assert_eq!(
            ["Có", "TRUE", "0", "Yes", "maybe"].map(meant),
            [Some("yes"), Some("yes"), Some("no"), Some("yes"), None]
        );
    }
}
