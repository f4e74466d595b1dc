//! What was submitted, read once: owned, so that it can be kept, sent to another thread and handed
//! across a language boundary.

use std::fmt;
use std::sync::Arc;

use kycuong_model::codes::SubjectKind;
use kycuong_model::date::Date;
use kycuong_model::tape::{Document, ParseError, ParseLimits, parse};

use crate::digest::digest;

mod header;

pub use header::{Header, Written};

/// A submission: its bytes, their digest, the nodes of the text and the header. A clone shares them.
///
/// Bytes that are no JSON are a submission too, one that cannot be read: [`Submission::error`] says
/// where and why. A host reads submissions under its own limits; [`Submission::read`] is for programs
/// without a host, which show a stored report beside its submission.
///
/// ```
/// use kycuong_model::tape::ParseLimits;
/// use kycuong_report::Submission;
///
/// let text = r#"{"subject": "dossier", "submitted_at": "2026-11-20T08:00:00+07:00"}"#;
/// let submission = Submission::read(text, &ParseLimits::default());
/// assert_eq!(submission.submitted_on().unwrap().to_string(), "2026-11-20");
///
/// let broken = Submission::read(b"{", &ParseLimits::default());
/// assert!(broken.document().is_none() && broken.error().is_some());
/// ```
#[derive(Clone)]
pub struct Submission {
    read: Arc<Read>,
}

struct Read {
    bytes: Bytes,
    digest: String,
    limits: ParseLimits,
    /// The words of the nodes.
    tape: Result<Vec<u32>, ParseError>,
    header: Option<Header>,
}

/// The bytes, as text when they are one: so that nobody has to look at all of them again.
enum Bytes {
    Text(String),
    Other(Vec<u8>),
}

impl Submission {
    /// Reads bytes under some limits. A `Vec<u8>` or a `String` is taken over, anything else copied.
    pub fn read(bytes: impl Into<Vec<u8>>, limits: &ParseLimits) -> Self {
        let bytes = bytes.into();
        let digest = digest(&bytes);
        crate::counts::count(crate::counts::Work::Parse);
        let tape = parse(&bytes, limits).map(|tape| tape.into_words());
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => Bytes::Text(text),
            Err(error) => Bytes::Other(error.into_bytes()),
        };
        let header = match (&bytes, &tape) {
            (Bytes::Text(text), Ok(words)) => {
                crate::counts::count(crate::counts::Work::Header);
                Some(Header::read(Document::new(text, words)))
            }
            _ => None,
        };
        Self { read: Arc::new(Read { bytes, digest, limits: *limits, tape, header }) }
    }

    /// The bytes as submitted.
    pub fn bytes(&self) -> &[u8] {
        match &self.read.bytes {
            Bytes::Text(text) => text.as_bytes(),
            Bytes::Other(bytes) => bytes,
        }
    }

    /// The digest of the bytes: `sha256:` and 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.read.digest
    }

    /// The limits that it was read under.
    pub fn limits(&self) -> &ParseLimits {
        &self.read.limits
    }

    /// The text with its nodes; `None` when the bytes are not one JSON text within the limits.
    pub fn document(&self) -> Option<Document<'_>> {
        match (&self.read.bytes, &self.read.tape) {
            (Bytes::Text(text), Ok(words)) => Some(Document::new(text, words)),
            _ => None,
        }
    }

    /// Why there is no document, and where; `None` when there is one.
    pub fn error(&self) -> Option<&ParseError> {
        self.read.tape.as_ref().err()
    }

    /// What every subject has in common; `None` when there is no document.
    pub fn header(&self) -> Option<&Header> {
        self.read.header.as_ref()
    }

    /// Which of the four subjects it describes; `None` when it does not say.
    pub fn subject(&self) -> Option<SubjectKind> {
        self.header()?.subject
    }

    /// The day on which it says that it was submitted; `None` when it does not say.
    pub fn submitted_on(&self) -> Option<Date> {
        self.header()?.submitted_on
    }
}

/// The digest alone: a submission has personal data, and a log is no place for them.
impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("digest", &self.read.digest).finish_non_exhaustive()
    }
}
