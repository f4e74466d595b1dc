//! Why a text is not the JSON that a submission must be, and where.

use std::fmt;

/// A text that was refused: why, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct ParseError {
    /// Why.
    pub kind: ParseErrorKind,
    /// Where, in bytes from the start; at most the length of the text.
    pub offset: usize,
}

impl ParseError {
    /// The line of the place, from 1; lines end with a line feed.
    ///
    /// `bytes` are those that were parsed.
    pub fn line(&self, bytes: &[u8]) -> usize {
        self.before(bytes).iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// The column of the place, in characters from 1.
    ///
    /// `bytes` are those that were parsed.
    pub fn column(&self, bytes: &[u8]) -> usize {
        let before = self.before(bytes);
        before
            .rsplit(|&byte| byte == b'\n')
            .next()
            .unwrap_or(before)
            .iter()
            .filter(|&&byte| starts_char(byte))
            .count()
            + 1
    }

    fn before<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(..self.offset).unwrap_or(bytes)
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Why a text was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The text starts with U+FEFF, which RFC 8259 §8.1 forbids to add.
    #[error("the text starts with a byte order mark")]
    ByteOrderMark,
    /// There are more bytes than [`ParseLimits::bytes_max`](super::ParseLimits::bytes_max).
    #[error("the text has {actual} bytes, more than {limit}")]
    TooLarge {
        /// Most bytes allowed.
        limit: usize,
        /// Bytes given.
        actual: usize,
    },
    /// Arrays and objects nest deeper than [`ParseLimits::depth_max`](super::ParseLimits::depth_max).
    #[error("arrays and objects are nested deeper than {limit}")]
    TooDeep {
        /// Most levels allowed.
        limit: usize,
    },
    /// There are more values and names than [`ParseLimits::nodes_max`](super::ParseLimits::nodes_max).
    #[error("the text has more than {limit} values and names")]
    TooManyNodes {
        /// Most nodes allowed.
        limit: usize,
    },
    /// An object has two members of one name, escapes resolved.
    #[error("the name `{name}` is written twice in one object, first at byte {first_offset}")]
    DuplicateMember {
        /// The name, unescaped.
        name: String,
        /// Where it is first, in bytes.
        first_offset: usize,
    },
    /// The text ends before its value does.
    #[error("the text ends before its value does")]
    UnexpectedEnd,
    /// Something else stands where the grammar wants `expected`.
    #[error("expected {expected}, found `{found}`")]
    Unexpected {
        /// What the grammar wants.
        expected: Expected,
        /// The character that is there.
        found: char,
    },
    /// A `\` is not followed by an escape of RFC 8259 §7.
    #[error("a backslash starts no escape that JSON knows")]
    BadEscape,
    /// A `\u` escape is half of a surrogate pair, so it is no character.
    #[error("an escape is half of a surrogate pair")]
    LoneSurrogate,
    /// A character below U+0020 stands where none may.
    #[error("a control character is not escaped")]
    ControlCharacter,
    /// A number does not follow RFC 8259 §6.
    #[error("a number is not written as JSON writes numbers")]
    BadNumber,
    /// Something follows the value.
    #[error("something follows the value")]
    TrailingText,
    /// There is nothing but white space.
    #[error("the text is empty")]
    Empty,
}

/// What the grammar wanted where something else was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// The name of a member, in quotes.
    Name,
    /// The colon after a name.
    Colon,
    /// `,` or `]`.
    CommaOrArrayEnd,
    /// `,` or `}`.
    CommaOrObjectEnd,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value => "a value",
            Self::Name => "a name in quotes",
            Self::Colon => "`:`",
            Self::CommaOrArrayEnd => "`,` or `]`",
            Self::CommaOrObjectEnd => "`,` or `}`",
        })
    }
}
