//! Dates and legal texts of a rule, as its author writes them.

use serde_json::{Value, json};
use syn::{Error, LitStr, Result};

pub(super) fn effective(literal: &LitStr) -> Result<Value> {
    const SHAPE: &str =
        "expected `YYYY-MM-DD..` or `YYYY-MM-DD..=YYYY-MM-DD` (the last day counts, so `..=`)";
    let text = literal.value();
    let (from, to) = match text.split_once("..") {
        Some((from, "")) => (from, None),
        Some((from, last)) => match last.strip_prefix('=') {
            Some(to) => (from, Some(to)),
            None => return Err(Error::new(literal.span(), SHAPE)),
        },
        None => return Err(Error::new(literal.span(), SHAPE)),
    };
    for date in std::iter::once(from).chain(to) {
        if !is_date(date) {
            return Err(Error::new(
                literal.span(),
                format!("expected a date written YYYY-MM-DD, got `{date}`"),
            ));
        }
    }
    match to {
        Some(to) if to < from => {
            Err(Error::new(literal.span(), "the last day is before the first"))
        }
        Some(to) => Ok(json!({"from": from, "to": to})),
        None => Ok(json!({"from": from})),
    }
}

fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u32>().ok())
    };
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
        });
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    shaped && year > 0 && (1..=days).contains(&day)
}

/// `Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm b; Công văn …`: instruments are separated by
/// semicolons, the article follows the first comma before `Điều`, `Phụ lục` or `mục`.
pub(super) fn basis(literal: &LitStr) -> Result<Value> {
    let text = literal.value();
    let entries: Vec<&str> =
        text.split(';').map(str::trim).filter(|entry| !entry.is_empty()).collect();
    if entries.is_empty() {
        return Err(Error::new(literal.span(), "a rule names the legal text that it rests on"));
    }
    Ok(entries
        .into_iter()
        .map(|entry| {
            let cut = ["Điều ", "Phụ lục", "phụ lục", "mục ", "khoản ", "Mục "]
                .iter()
                .filter_map(|word| entry.find(&format!(", {word}")))
                .min();
            match cut {
                Some(cut) => json!({"instrument": &entry[..cut], "article": &entry[cut + 2..]}),
                None => json!({"instrument": entry}),
            }
        })
        .collect())
}
