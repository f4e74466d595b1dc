//! Moments of RFC 3339.

use super::Value;
use crate::date::Date;
use crate::describe::Type;
use crate::tape::{Kind, Node};

/// Minutes by which Việt Nam is ahead of UTC, all year round.
const VIET_NAM_MINUTES: i32 = 7 * 60;

const DAY_MINUTES: i32 = 24 * 60;

/// A moment with its offset from UTC, RFC 3339; only its civil date in Việt Nam is ever used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    date: Date,
}

impl Timestamp {
    /// The civil date in Việt Nam (UTC+07:00), where laws, waivers and packs begin at midnight:
    /// `2026-06-30T18:30:00Z` is the first of July.
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
        let date: Date = text.get(..10)?.parse().ok()?;
        let minutes = minutes_in_viet_nam(text.get(10..)?)?;
        Some(Self { date: date.plus_days(minutes.div_euclid(DAY_MINUTES)) })
    }
}

/// Of `Thh:mm:ss` with an optional fraction, then `Z` or `±hh:mm`: the minutes from the midnight before it,
/// as written, to the same moment on a clock in Việt Nam. Negative or beyond a day when it is another day
/// there.
fn minutes_in_viet_nam(text: &str) -> Option<i32> {
    let time = text.strip_prefix('T')?;
    let minutes = hours_and_minutes(time.get(..5)?)?;
    let seconds = time.get(5..8)?.strip_prefix(':')?;
    number_below(seconds, 60)?;
    let rest = time.get(8..)?;
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            (1..=9).contains(&digits).then(|| fraction.get(digits..))??
        }
        None => rest,
    };
    let ahead = match offset.split_at_checked(1)? {
        ("Z", "") => 0,
        ("+", of) => hours_and_minutes(of)?,
        ("-", of) => -hours_and_minutes(of)?,
        _ => return None,
    };
    Some(minutes - ahead + VIET_NAM_MINUTES)
}

/// The minutes of `hh:mm`.
fn hours_and_minutes(text: &str) -> Option<i32> {
    let (hours, minutes) = text.split_once(':')?;
    Some(number_below(hours, 24)? * 60 + number_below(minutes, 60)?)
}

/// A number of two digits below a limit.
fn number_below(digits: &str, limit: i32) -> Option<i32> {
    let two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    two.then(|| digits.parse().ok())?.filter(|number| *number < limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::{ParseLimits, parse};

    fn date(text: &str) -> Option<String> {
        let json = format!("\"{text}\"");
        let tape = parse(json.as_bytes(), &ParseLimits::default()).unwrap();
        Timestamp::read(tape.document().root().unwrap()).map(|moment| moment.date().to_string())
    }

    #[test]
    fn a_moment_is_of_the_day_that_it_is_in_viet_nam() {
        for (text, day) in [
            ("2026-07-01T00:00:00+07:00", "2026-07-01"),
            ("2026-06-30T23:59:59+07:00", "2026-06-30"),
            ("2026-06-30T18:30:00Z", "2026-07-01"),
            ("2026-06-30T17:00:00Z", "2026-07-01"),
            ("2026-06-30T16:59:59.999Z", "2026-06-30"),
            ("2026-07-01T01:59:00+09:00", "2026-06-30"),
            ("2026-07-01T02:00:00+09:00", "2026-07-01"),
            ("2026-06-30T12:00:00-05:00", "2026-07-01"),
            ("2026-12-31T23:00:00-23:59", "2027-01-02"),
            ("2026-07-01T00:00:00+23:59", "2026-06-30"),
            ("9999-12-31T23:59:59Z", "9999-12-31"),
        ] {
            assert_eq!(date(text).as_deref(), Some(day), "{text}");
        }
        for text in [
            "2026-07-01",
            "2026-07-01T",
            "2026-07-01T00:00",
            "2026-07-01T00:00:00",
            "2026-07-01t00:00:00Z",
            "2026-07-01T24:00:00Z",
            "2026-07-01T00:60:00Z",
            "2026-07-01T00:00:60Z",
            "2026-07-01T00:00:00.Z",
            "2026-07-01T00:00:00.0123456789Z",
            "2026-07-01T00:00:00+7:00",
            "2026-07-01T00:00:00+07",
            "2026-07-01T00:00:00+24:00",
            "2026-07-01T00:00:00ZZ",
            "2026-07-01T00:00:00+07:00 ",
            "2026-07-01T0:000:00Z",
            "2026-07-01T00:00:00−07:00",
            "2026-07-01T+1:00:00Z",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
