//! Changes of a document by JSON Pointer.

use kycuong_model::pointer::Pointer;

use crate::error::Problem;
use crate::file::{Change, Effect};
use crate::json::{Json, name_of, quote};

/// The token that stands for the place after the last element of a list.
const APPEND: &str = "-";

impl Json {
    /// Makes a change: sets what is there or what can be there, or takes it away.
    pub(crate) fn change(&mut self, change: &Change) -> Result<(), Problem> {
        let pointer = &change.pointer;
        let nowhere = || Problem::Nowhere { pointer: pointer.clone() };
        if !pointer.starts_with('/') {
            return Err(Problem::Pointer { pointer: pointer.clone() });
        }
        let tokens: Vec<String> = Pointer::from(pointer.as_str()).tokens().collect();
        let (last, way) = tokens.split_last().ok_or_else(nowhere)?;
        let mut at = self;
        for token in way {
            at = at.inside(token).ok_or_else(nowhere)?;
        }
        match &change.effect {
            Effect::Absent => at.take(last).ok_or_else(nowhere),
            Effect::Set(text) => {
                let value = Self::read(text).map_err(|source| Problem::Json { source })?;
                at.put(last, value).ok_or_else(nowhere)
            }
        }
    }

    fn inside(&mut self, token: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => {
                members.iter_mut().find(|(name, _)| name_of(name) == token).map(|(_, value)| value)
            }
            Self::Array(elements) => elements.get_mut(position(token)?),
            Self::Scalar(_) => None,
        }
    }

    fn take(&mut self, token: &str) -> Option<()> {
        match self {
            Self::Object(members) => {
                let at = members.iter().position(|(name, _)| name_of(name) == token)?;
                members.remove(at);
            }
            Self::Array(elements) => {
                let at = position(token).filter(|at| *at < elements.len())?;
                elements.remove(at);
            }
            Self::Scalar(_) => return None,
        }
        Some(())
    }

    fn put(&mut self, token: &str, value: Self) -> Option<()> {
        if let Some(present) = self.inside(token) {
            *present = value;
            return Some(());
        }
        match self {
            Self::Object(members) => members.push((quote(token), value)),
            Self::Array(elements) if token == APPEND => elements.push(value),
            Self::Array(_) | Self::Scalar(_) => return None,
        }
        Some(())
    }
}

/// The position that a token names in a list: digits without leading zeros.
fn position(token: &str) -> Option<usize> {
    let canonical = token == "0" || token.starts_with(|first: char| matches!(first, '1'..='9'));
    canonical.then(|| token.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(pointer: &str, set: Option<&str>) -> Result<String, Problem> {
        let mut json = Json::read(r#"{"a":{"b/c":1.0},"l":[1,{"x":2}],"s":"t"}"#).unwrap();
        let effect = set.map_or(Effect::Absent, |text| Effect::Set(text.to_owned()));
        json.change(&Change { pointer: pointer.to_owned(), effect, line: 1 })?;
        Ok(json.compact())
    }

    #[test]
    fn places_are_set_added_and_taken_away() {
        for (pointer, set, now) in [
            ("/a/b~1c", Some("2.50"), r#"{"a":{"b/c":2.50},"l":[1,{"x":2}],"s":"t"}"#),
            ("/l/1/x", Some("[ 3 ]"), r#"{"a":{"b/c":1.0},"l":[1,{"x":[3]}],"s":"t"}"#),
            ("/l/-", Some("4"), r#"{"a":{"b/c":1.0},"l":[1,{"x":2},4],"s":"t"}"#),
            ("/n", Some("null"), r#"{"a":{"b/c":1.0},"l":[1,{"x":2}],"s":"t","n":null}"#),
            ("/l/0", None, r#"{"a":{"b/c":1.0},"l":[{"x":2}],"s":"t"}"#),
            ("/a", None, r#"{"l":[1,{"x":2}],"s":"t"}"#),
        ] {
            assert_eq!(changed(pointer, set).unwrap(), now);
        }
    }

    #[test]
    fn a_change_of_what_is_not_there_is_refused() {
        for (pointer, set) in [
            ("", Some("1")),
            ("a", Some("1")),
            ("/x/y", Some("1")),
            ("/s/y", Some("1")),
            ("/l/2", Some("1")),
            ("/l/01", Some("1")),
            ("/l/-", None),
            ("/l/2", None),
            ("/x", None),
            ("/s", Some("{")),
        ] {
            assert!(changed(pointer, set).is_err(), "{pointer}");
        }
    }
}
