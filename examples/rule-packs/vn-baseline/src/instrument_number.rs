//! Numbers of instruments: `224/2026/NĐ-CP`, `58/2024/QH15`, `1425/QĐ-TTg`, and of the Party's: `57-NQ/TW`.

use kycuong_rules_sdk::prelude::*;

/// What the symbols of normative instruments start with; their numbers carry the year.
const NORMATIVE: [&str; 5] = ["NĐ-CP", "TT-", "TTLT-", "QH", "UBTVQH"];

/// Whether a text has the form number/symbol or number/year/symbol; or number-kind/body, as the Party writes.
pub fn is_well_formed(number: &str) -> bool {
    let Some((start, rest)) = number.split_once('/') else { return false };
    let (first, kind) = match start.split_once('-') {
        Some((first, kind)) => (first, Some(kind)),
        None => (start, None),
    };
    if kind.is_some_and(|kind| kind.is_empty() || !kind.chars().all(char::is_alphabetic)) {
        return false;
    }
    let symbol = match rest.split_once('/') {
        Some((year, symbol)) if kind.is_none() && year.len() == 4 && is_digits(year) => symbol,
        Some(_) => return false,
        None => rest,
    };
    let is_of_symbol = |letter: char| letter.is_alphanumeric() || ".&-".contains(letter);
    (1..=5).contains(&first.len())
        && is_digits(first)
        && !symbol.is_empty()
        && symbol.chars().all(is_of_symbol)
}

/// Whether a well-formed number is of a normative instrument and has no year.
pub fn lacks_year(number: &str) -> bool {
    let folded = fold(number);
    match folded.split_once('/') {
        Some((_, rest)) if !rest.contains('/') => {
            NORMATIVE.iter().any(|start| rest.starts_with(start))
        }
        _ => false,
    }
}

/// The regime whose decree has this number.
pub fn decree(number: &str) -> Option<Regime> {
    let folded = fold(number);
    Regime::ALL.iter().copied().find(|regime| {
        let title = regime.vi();
        title.strip_prefix("Nghị định ").is_some_and(|known| known == folded)
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Capitals, with the Icelandic and African letters that look like `Đ` read as it.
fn fold(number: &str) -> String {
    number.to_uppercase().replace(['\u{d0}', '\u{189}'], "Đ")
}
