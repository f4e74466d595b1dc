//! What one step is for each kind of member.

use kycuong_model::describe::Type;
use serde_json::{Value, json};

use super::members::{Document, Member};
use crate::source::step;

/// One way to change a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// A number, one step of its last digit higher.
    StepUp,
    /// A number, one step of its last digit lower.
    StepDown,
    /// A day later.
    NextDay,
    /// A day earlier.
    PreviousDay,
    /// Each of the other codes in turn.
    OtherCode(&'static [(&'static str, &'static str, &'static str)]),
    /// A text with another last letter.
    OtherText,
    /// A text without letters.
    Emptied,
    /// Yes for no.
    Flipped,
    /// Not there.
    Removed,
    /// A list without one of its elements, each in turn.
    OneLess,
    /// A list with one of its elements twice, each in turn.
    OneTwice,
    /// Nothing: no case has the member.
    NowhereToBeSeen,
}

impl Operator {
    /// The operators of a member.
    pub(crate) fn of(member: &Member) -> Vec<Self> {
        use Operator::{
            Emptied, Flipped, NextDay, OneLess, OneTwice, OtherCode, OtherText, PreviousDay,
            Removed, StepDown, StepUp,
        };
        let is_element = member.path.last().is_some_and(|step| step == "*");
        let mut all = match member.kind {
            Type::Money | Type::Quantity | Type::Percent | Type::Count { .. } => {
                vec![StepUp, StepDown]
            }
            Type::Date | Type::Timestamp => vec![NextDay, PreviousDay],
            Type::Code(list) => vec![OtherCode(list.codes)],
            Type::Text { .. } => vec![OtherText, Emptied],
            Type::Switch => vec![Flipped],
            Type::Object(_) => Vec::new(),
            // A host gives no row twice.
            Type::List(_) if member.document == Document::Facts => vec![OneLess],
            Type::List(_) => vec![OneLess, OneTwice],
        };
        if member.presence_only {
            all.retain(|operator| *operator == Emptied);
        }
        if !is_element {
            all.push(Removed);
        }
        all
    }

    /// Its name in an id.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::StepUp => "+1",
            Self::StepDown => "-1",
            Self::NextDay => "+1d",
            Self::PreviousDay => "-1d",
            Self::OtherCode(_) => "other-code",
            Self::OtherText => "other-text",
            Self::Emptied => "emptied",
            Self::Flipped => "flipped",
            Self::Removed => "removed",
            Self::OneLess => "one-less",
            Self::OneTwice => "one-twice",
            Self::NowhereToBeSeen => "no-case-has-it",
        }
    }

    /// The case to write when nothing notices it.
    pub(crate) fn suggestion(self, member: &str) -> String {
        match self {
            Self::StepUp | Self::StepDown => {
                format!(
                    "a case in which `{member}` stands exactly at its boundary, and one a step beyond"
                )
            }
            Self::NextDay | Self::PreviousDay => {
                format!(
                    "a case in which `{member}` is the last day that is right, and one a day beyond"
                )
            }
            Self::OtherCode(_) => format!("two cases that differ in the code of `{member}` only"),
            Self::OtherText => format!("a case in which the text of `{member}` decides"),
            Self::Emptied => format!("a case in which `{member}` is an empty text"),
            Self::Flipped => format!("two cases that differ in `{member}` only"),
            Self::Removed => format!("a `missing` case without `{member}`"),
            Self::OneLess => format!("a case that fails without one element of `{member}`"),
            Self::OneTwice => format!("a case in which an element of `{member}` stands twice"),
            Self::NowhereToBeSeen => {
                format!("a case that has `{member}`, or take it out of the rule's `reads`")
            }
        }
    }

    /// The document with the value at a place changed, in each way that the operator has.
    pub(crate) fn variants(self, document: &Value, place: &str) -> Vec<Value> {
        let Some(value) = document.pointer(place) else { return Vec::new() };
        let with = |new: Value| {
            let mut copy = document.clone();
            if let Some(value) = copy.pointer_mut(place) {
                *value = new;
            }
            copy
        };
        match self {
            Self::StepUp => number(value, step::up).map(with).into_iter().collect(),
            Self::StepDown => number(value, step::down).map(with).into_iter().collect(),
            Self::NextDay => text(value, |text| step::day(text, 1)).map(with).into_iter().collect(),
            Self::PreviousDay => {
                text(value, |text| step::day(text, -1)).map(with).into_iter().collect()
            }
            Self::OtherText => text(value, step::text).map(with).into_iter().collect(),
            Self::OtherCode(codes) => codes
                .iter()
                .filter(|(code, ..)| value.as_str().is_some_and(|present| present != *code))
                .map(|(code, ..)| with(json!(code)))
                .collect(),
            Self::Emptied => match value {
                Value::String(text) if !text.is_empty() => vec![with(json!(""))],
                _ => Vec::new(),
            },
            Self::Flipped => value.as_bool().map(|value| with(json!(!value))).into_iter().collect(),
            Self::Removed => removed(document, place).into_iter().collect(),
            Self::OneLess => elements(value, |list, at| {
                list.remove(at);
            })
            .map(with)
            .collect(),
            Self::OneTwice => elements(value, |list, at| {
                if let Some(element) = list.get(at).cloned() {
                    list.insert(at, element);
                }
            })
            .map(with)
            .collect(),
            Self::NowhereToBeSeen => Vec::new(),
        }
    }
}

fn text(value: &Value, change: impl Fn(&str) -> Option<String>) -> Option<Value> {
    change(value.as_str()?).map(Value::String)
}

/// A number is a text, or a whole JSON number.
fn number(value: &Value, change: impl Fn(&str) -> Option<String>) -> Option<Value> {
    match value {
        Value::String(_) => text(value, change),
        Value::Number(number) => {
            change(&number.as_u64()?.to_string())?.parse::<u64>().ok().map(|number| json!(number))
        }
        _ => None,
    }
}

fn removed(document: &Value, place: &str) -> Option<Value> {
    let (parent, name) = place.rsplit_once('/')?;
    let mut copy = document.clone();
    copy.pointer_mut(parent)?.as_object_mut()?.remove(name)?;
    Some(copy)
}

fn elements(value: &Value, change: impl Fn(&mut Vec<Value>, usize)) -> impl Iterator<Item = Value> {
    let list = value.as_array().cloned().unwrap_or_default();
    (0..list.len()).map(move |at| {
        let mut copy = list.clone();
        change(&mut copy, at);
        Value::Array(copy)
    })
}
