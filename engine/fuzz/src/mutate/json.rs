//! Changes to JSON texts: values of the model's types at the model's places, and any other ones.

use kycuong_model::code::Code;
use kycuong_model::codes::SubjectKind;
use kycuong_model::context::Context;
use kycuong_model::describe::{ObjectDescription, Type};
use kycuong_model::facts::Facts;
use kycuong_model::view::View;
use serde_json::{Map, Value, json};

use super::{Bytewise, Dice, replace};
use crate::typed::{SEPARATOR, description};

/// Most changes of one mutation.
const CHANGES_MAX: usize = 4;
/// Objects inside one another that are made up at once.
const DEPTH_MAX: usize = 3;

/// What is read at the edge of what it may be.
const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1",
    "00",
    "10",
    "99",
    "100",
    "100.000001",
    "1.5",
    "300",
    "4294967295",
    "999999999999",
    "999999999999999999",
    "0.000001",
    "1e9",
    "true",
    "52",
    "24",
    "64",
    "00001",
    "nd-224-2026",
    "nd-45-2026",
    "nd-82-2024",
    "nd-73-2019",
    "2024-02-29",
    "2025-06-30",
    "2025-07-01",
    "2026-07-01",
    "2026-11-21",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-11-18T09:12:00+07:00",
    "Đ",
    "Ð",
    "Ho\u{300}a",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{0}",
    "\"",
    "\\",
    "/",
    "~",
    "a/b~c",
    "224/2026/NĐ-CP",
    "G00.00.00",
];

/// A mutation of a text; the byte-wise one where the text is no JSON.
pub fn any(data: &mut [u8], size: usize, size_max: usize, seed: u32, bytewise: Bytewise) -> usize {
    let mut dice = Dice::new(seed);
    let text = data.get(..size).unwrap_or_default();
    let changed = if dice.once_in(2) { changed(text, &mut dice, None) } else { None };
    changed
        .and_then(|text| replace(data, size_max, &text))
        .unwrap_or_else(|| bytewise(data, size, size_max))
}

/// A mutation of a subject, or of the facts or the context behind it, with the model's members.
pub fn subject(
    data: &mut [u8],
    size: usize,
    size_max: usize,
    seed: u32,
    bytewise: Bytewise,
) -> usize {
    let mut dice = Dice::new(seed);
    if dice.once_in(4) {
        return bytewise(data, size, size_max);
    }
    let mut texts: Vec<Vec<u8>> = data
        .get(..size)
        .unwrap_or_default()
        .splitn(3, |byte| *byte == SEPARATOR)
        .map(<[u8]>::to_vec)
        .collect();
    let which = if dice.once_in(4) { dice.below(3) } else { 0 };
    while texts.len() <= which {
        texts.push(b"{}".to_vec());
    }
    let of = match which {
        0 => texts.first().and_then(|text| subject_of(text)).map(description),
        1 => Some(&Facts::DESCRIPTION),
        _ => Some(&Context::DESCRIPTION),
    };
    let new = texts.get(which).and_then(|text| changed(text, &mut dice, of));
    let Some(new) = new else { return bytewise(data, size, size_max) };
    if let Some(text) = texts.get_mut(which) {
        *text = new;
    }
    replace(data, size_max, &texts.join(&SEPARATOR))
        .unwrap_or_else(|| bytewise(data, size, size_max))
}

fn subject_of(text: &[u8]) -> Option<SubjectKind> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let code = value.get("subject")?.as_str()?;
    SubjectKind::from_code(code)
}

fn changed(text: &[u8], dice: &mut Dice, of: Option<&ObjectDescription>) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(text).ok()?;
    for _ in 0..=dice.below(CHANGES_MAX) {
        match (of, &mut value) {
            (Some(of), Value::Object(members)) if !dice.once_in(3) => supply(members, of, dice),
            _ => disturb(&mut value, dice),
        }
    }
    serde_json::to_vec(&value).ok()
}

/// Goes down some way that the model knows, and puts a value of the right type at its end.
fn supply(members: &mut Map<String, Value>, of: &ObjectDescription, dice: &mut Dice) {
    let Some(member) = dice.one(of.members) else { return };
    let inside = members.get_mut(member.name).filter(|_| !dice.once_in(8));
    match (inside, &member.kind) {
        (Some(Value::Object(inside)), Type::Object(of)) => supply(inside, of, dice),
        (Some(Value::Array(elements)), Type::List(Type::Object(of))) if !dice.once_in(4) => {
            let at = dice.below(elements.len());
            match elements.get_mut(at) {
                Some(Value::Object(inside)) => supply(inside, of, dice),
                _ => elements.push(made_up(&Type::Object(of), dice, 0)),
            }
        }
        (Some(Value::Array(elements)), Type::List(of)) => {
            elements.push(made_up(of, dice, 0));
        }
        _ => {
            members.insert(member.name.to_owned(), made_up(&member.kind, dice, 0));
        }
    }
}

/// A value of a type, mostly one that the schema takes.
fn made_up(of: &Type, dice: &mut Dice, depth: usize) -> Value {
    if dice.once_in(12) {
        return scalar(dice);
    }
    let digits = |dice: &mut Dice, most: usize| {
        let length = 1 + dice.below(most);
        (0..length).map(|_| char::from(b'0' + dice.below(10) as u8)).collect::<String>()
    };
    match of {
        Type::Text { .. } => json!(dice.one(TEXTS)),
        Type::Money => json!(digits(dice, 18)),
        Type::Quantity => json!(format!("{}.{}", digits(dice, 12), digits(dice, 6))),
        Type::Percent => json!(format!("{}.{}", digits(dice, 3), digits(dice, 6))),
        Type::Count { max, .. } => json!(dice.below((*max).min(5_000) as usize + 2)),
        Type::Switch => json!(dice.once_in(2)),
        Type::Date | Type::Timestamp => {
            let (year, month) = (2023 + dice.below(5), 1 + dice.below(12));
            let date = format!("{year:04}-{month:02}-{:02}", 1 + dice.below(31));
            let timed = matches!(of, Type::Timestamp);
            json!(if timed { format!("{date}T09:12:00+07:00") } else { date })
        }
        Type::Code(list) => json!(dice.one(list.codes).map(|(code, ..)| *code)),
        Type::Object(of) => {
            let mut members = Map::new();
            for member in of.members {
                let wanted = depth < DEPTH_MAX && (member.required || dice.once_in(2 + depth));
                if wanted {
                    members.insert(member.name.to_owned(), made_up(&member.kind, dice, depth + 1));
                }
            }
            Value::Object(members)
        }
        Type::List(of) => {
            let length = if depth < DEPTH_MAX { dice.below(4) } else { 0 };
            Value::Array((0..length).map(|_| made_up(of, dice, depth + 1)).collect())
        }
    }
}

fn scalar(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0 => Value::Null,
        1 => json!(dice.once_in(2)),
        2 => json!(dice.below(100)),
        3 => json!([]),
        4 => json!({}),
        _ => json!(dice.one(TEXTS)),
    }
}

/// Changes one value somewhere, or what holds it.
fn disturb(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(members) if !members.is_empty() && !dice.once_in(12) => {
            let at = dice.below(members.len());
            let Some(name) = members.keys().nth(at).cloned() else { return };
            match dice.below(8) {
                0 => {
                    members.remove(&name);
                }
                1 => {
                    let copy = members.get(&name).cloned().unwrap_or_default();
                    let other = dice.one(TEXTS).copied().unwrap_or_default();
                    members.insert(other.to_owned(), copy);
                }
                _ => {
                    if let Some(value) = members.get_mut(&name) {
                        disturb(value, dice);
                    }
                }
            }
        }
        Value::Array(elements) if !elements.is_empty() && !dice.once_in(12) => {
            let at = dice.below(elements.len());
            match dice.below(8) {
                0 => {
                    elements.remove(at);
                }
                1 => {
                    let copy = elements.get(at).cloned().unwrap_or_default();
                    elements.push(copy);
                }
                2 => {
                    let other = dice.below(elements.len());
                    elements.swap(at, other);
                }
                _ => {
                    if let Some(value) = elements.get_mut(at) {
                        disturb(value, dice);
                    }
                }
            }
        }
        Value::String(text) if dice.once_in(2) => {
            let other = dice.one(TEXTS).copied().unwrap_or_default();
            match dice.below(3) {
                0 => text.push_str(other),
                1 => *text = other.repeat(1 + dice.below(200)),
                _ => *text = other.to_owned(),
            }
        }
        value => *value = scalar(dice),
    }
}
