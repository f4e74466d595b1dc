//! One link of the chain, and how the end of the chain is written down.

use std::fmt;
use std::str::FromStr;

use kycuong_report::digest;
use serde::{Deserialize, Serialize};

use super::Record;

/// The version of an entry's format.
pub const ENTRY_FORMAT: &str = "1.0.0";

/// One entry of a log. Its JSON, without spaces and with the members in the order of this declaration,
/// is what is kept and digested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The version of this format.
    pub format: String,
    /// Counts the entries; the first is 1.
    pub sequence: u64,
    /// The digest of the entry before it; absent in the first.
    pub previous: Option<String>,
    /// When the log kept it, by the clock of its machine (ISO 8601).
    pub recorded_at: String,
    /// What it says.
    #[serde(flatten)]
    pub record: Record,
}

impl Entry {
    /// The entry after the last one.
    pub fn after(last: Option<&ChainHead>, recorded_at: String, record: Record) -> Self {
        Self {
            format: ENTRY_FORMAT.to_owned(),
            sequence: last.map_or(1, |last| last.sequence + 1),
            previous: last.map(|last| last.digest.clone()),
            recorded_at,
            record,
        }
    }

    /// The text that is kept, and its digest.
    ///
    /// # Errors
    ///
    /// None that can happen: an entry has texts and numbers only.
    pub fn seal(&self) -> Result<(String, ChainHead), serde_json::Error> {
        let text = serde_json::to_string(self)?;
        let head = ChainHead { sequence: self.sequence, digest: digest(text.as_bytes()) };
        Ok((text, head))
    }
}

/// The last entry of a log at some moment. Written down elsewhere, it vouches for all entries until
/// this one: what a log cannot tell by itself is that its end is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// The number of the entry.
    pub sequence: u64,
    /// Its digest, `sha256:` and 64 hexadecimal digits.
    pub digest: String,
}

impl fmt::Display for ChainHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, self.digest)
    }
}

/// What somebody knows of a log from elsewhere: that it had so many entries, or an entry of a digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The number of an entry that was there.
    pub sequence: Option<u64>,
    /// The digest of an entry that was there: of that number, when it is known.
    pub digest: Option<String>,
}

impl From<ChainHead> for Anchor {
    fn from(head: ChainHead) -> Self {
        Self { sequence: Some(head.sequence), digest: Some(head.digest) }
    }
}

/// A text that is neither a digest nor a number and a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a digest like `sha256:…` with 64 hexadecimal digits, or a head like `42:sha256:…`, got `{text}`"
)]
pub struct NotAnAnchor {
    text: String,
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let refused = || NotAnAnchor { text: text.to_owned() };
        let trimmed = text.trim();
        let (sequence, digest) = match trimmed.split_once(':') {
            Some(("sha256", _)) => (None, trimmed),
            Some((number, digest)) => (Some(number.parse().map_err(|_| refused())?), digest),
            None => return Err(refused()),
        };
        let digits = digest.strip_prefix("sha256:").ok_or_else(refused)?;
        let hexadecimal = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() != 64 || !digits.bytes().all(hexadecimal) {
            return Err(refused());
        }
        Ok(Self { sequence, digest: Some(digest.to_owned()) })
    }
}
