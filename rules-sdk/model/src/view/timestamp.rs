//! Moments of RFC 3339.

use super::Value;
use crate::date::Date;
use crate::describe::Type;
use crate::tape::{Kind, Node};

/// A moment with its offset from UTC, RFC 3339; only its civil date is ever used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    date: Date,
}

impl Timestamp {
    /// The date on the submitter's own wall.
    pub fn date(self) -> Date {
        self.date
    }
}

impl<'a> Value<'a> for Timestamp {
    const TYPE: Type = Type::Timestamp;
    fn read(node: Node<'a>) -> Option<Self> {
        if node.kind() != Kind::String {
            return None;
        }
        let text = node.text();
        let date = text.get(..10)?.parse().ok()?;
        is_time_with_offset(text.get(10..)?).then_some(Self { date })
    }
}

/// `Thh:mm:ss` with an optional fraction, then `Z` or `±hh:mm`.
fn is_time_with_offset(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>, below: u8| {
        text.get(range).is_some_and(|digits| {
            digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse::<u8>().is_ok_and(|value| value < below)
        })
    };
    let colon = |at: usize| text.get(at..at + 1) == Some(":");
    let clock = text.get(0..1) == Some("T")
        && number(1..3, 24)
        && colon(3)
        && number(4..6, 60)
        && colon(6)
        && number(7..9, 60);
    let rest = text.get(9..).unwrap_or("");
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=9).contains(&digits) {
                return false;
            }
            fraction.get(digits..).unwrap_or("")
        }
        None => rest,
    };
    let signed = |offset: &str| {
        let (hours, minutes) = (offset.get(1..3), offset.get(4..6));
        let below = |part: Option<&str>, limit: u8| {
            part.is_some_and(|p| {
                p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u8>().is_ok_and(|v| v < limit)
            })
        };
        offset.len() == 6
            && offset.starts_with(['+', '-'])
            && offset.get(3..4) == Some(":")
            && below(hours, 24)
            && below(minutes, 60)
    };
    clock && (offset == "Z" || signed(offset))
}
