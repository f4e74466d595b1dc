//! JSON Pointer (RFC 6901): where a finding is.

use std::fmt;

/// A JSON Pointer; the empty pointer is the whole document.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Adds a member's name, with `~` and `/` escaped.
    pub fn push_member(&mut self, name: &str) {
        self.0.push('/');
        for character in name.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// Adds an element's index, from 0.
    pub fn push_index(&mut self, index: usize) {
        self.0.push('/');
        self.0.push_str(&index.to_string());
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Follows the tokens from a start for as long as `step` finds something inside what it found before:
    /// what was found last, and the pointer of the first step that was not found.
    pub fn follow<T: Copy>(
        &self,
        start: T,
        mut step: impl FnMut(T, &str) -> Option<T>,
    ) -> (T, Option<Self>) {
        let (mut at, mut followed) = (start, Self::root());
        for token in self.tokens() {
            followed.push_member(&token);
            let Some(inside) = step(at, &token) else { return (at, Some(followed)) };
            at = inside;
        }
        (at, None)
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
    }
}

/// The index that a token names in an array: digits without leading zeros (RFC 6901, section 4).
pub fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || token.starts_with(|first: char| matches!(first, '1'..='9'));
    canonical.then(|| token.parse().ok())?
}

impl From<&str> for Pointer {
    /// Takes a pointer as it is written; a missing leading `/` is added.
    fn from(text: &str) -> Self {
        if text.is_empty() || text.starts_with('/') {
            Self(text.to_owned())
        } else {
            Self(format!("/{text}"))
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_back() {
        let mut pointer = Pointer::root();
        pointer.push_member("a/b~c");
        pointer.push_index(3);
        assert_eq!(pointer.as_str(), "/a~1b~0c/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b~c", "3"]);
    }

    #[test]
    fn indices_are_digits_without_leading_zeros() {
        for (token, index) in [("0", Some(0)), ("10", Some(10)), ("1x", None)] {
            assert_eq!(array_index(token), index, "{token}");
        }
        for token in ["", "00", "01", "+1", "-1", " 1", "99999999999999999999999"] {
            assert_eq!(array_index(token), None, "{token}");
        }
    }

    #[test]
    fn a_pointer_is_followed_as_far_as_it_goes() {
        let follow = |path: &str| {
            Pointer::from(path).follow(0, |at, token| token.parse().ok().filter(|next| *next > at))
        };
        assert_eq!(follow("/1/2/3"), (3, None));
        assert_eq!(follow("/1/2/a~1b/4"), (2, Some("/1/2/a~1b".into())));
        assert_eq!(follow("/x/1"), (0, Some("/x".into())));
        assert_eq!(follow(""), (0, None));
    }
}
