//! Where signatures stand: one custom section, the last of the component, canonical to the byte.
//!
//! What is signed is the file up to that section, so nothing of a file is unsigned but the section
//! itself, and of that every byte is implied: its frame and its text have one spelling only.

pub use kycuong_engine::trust::{SIGNATURES_BYTES_MAX as SECTION_BYTES_MAX, SIGNATURES_SECTION};

use kycuong_engine::BoxError;
use kycuong_engine::account;

use crate::signature::SignatureSet;

/// Magic number and version of a WebAssembly file.
const HEAD_BYTES: usize = 8;
/// The id of custom sections.
const CUSTOM: u8 = 0;

/// Why the signatures of a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SectionError {
    /// The file is no sequence of sections.
    #[error("not a WebAssembly file: the section at byte {offset} does not end within it")]
    Frame {
        /// Where the section begins.
        offset: usize,
    },
    /// The signatures do not come last, so that what follows would be unsigned.
    #[error(
        "the section `{SIGNATURES_SECTION}` at byte {offset} is not the last: {bytes} bytes after it would be unsigned"
    )]
    NotLast {
        /// Where the section begins.
        offset: usize,
        /// Bytes after it.
        bytes: usize,
    },
    /// The section is too large.
    #[error(
        "the section `{SIGNATURES_SECTION}` has {bytes} bytes, the limit is {SECTION_BYTES_MAX}"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The section is not JSON of the expected shape.
    #[error("cannot read the section `{SIGNATURES_SECTION}`")]
    Json {
        /// Where and why.
        source: BoxError,
    },
    /// The section says something impossible.
    #[error("the section `{SIGNATURES_SECTION}` {detail}")]
    Content {
        /// What, as the end of that sentence.
        detail: String,
    },
    /// A signature that was made elsewhere does not fit the file.
    #[error("the signature cannot be attached: {detail}")]
    Attach {
        /// Why.
        detail: String,
    },
    /// The same could be written in another way.
    #[error("the section `{SIGNATURES_SECTION}` is not in its one canonical spelling")]
    NotCanonical,
}

/// A file taken apart: what is signed, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFile<'a> {
    /// The file without its signatures.
    pub content: &'a [u8],
    /// The signatures; none for a file without the section.
    pub signatures: SignatureSet,
}

impl<'a> SignedFile<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// [`SectionError`] unless the file has no such section, or exactly one, canonical and last.
    pub fn read(bytes: &'a [u8]) -> Result<Self, SectionError> {
        let mut offset = HEAD_BYTES;
        if bytes.len() < HEAD_BYTES {
            return Err(SectionError::Frame { offset: 0 });
        }
        while offset < bytes.len() {
            let section = Section::at(bytes, offset).ok_or(SectionError::Frame { offset })?;
            if section.name == Some(SIGNATURES_SECTION.as_bytes()) {
                if section.end < bytes.len() {
                    return Err(SectionError::NotLast { offset, bytes: bytes.len() - section.end });
                }
                let content = bytes.get(..offset).unwrap_or_default();
                let signatures = read_section(section.data)?;
                // The one check that covers frame and text: written again, the same bytes come out.
                if bytes.get(offset..) != Some(write_section(&signatures)?.as_slice()) {
                    return Err(SectionError::NotCanonical);
                }
                return Ok(Self { content, signatures });
            }
            offset = section.end;
        }
        Ok(Self { content: bytes, signatures: SignatureSet::default() })
    }

    /// The file with its signatures.
    ///
    /// # Errors
    /// [`SectionError::TooLarge`], and [`SectionError::Content`] for signatures that could not be
    /// read again.
    pub fn write(&self) -> Result<Vec<u8>, SectionError> {
        let mut bytes = self.content.to_vec();
        if !self.signatures.is_empty() {
            self.signatures.check().map_err(|detail| SectionError::Content { detail })?;
            bytes.extend(write_section(&self.signatures)?);
        }
        Ok(bytes)
    }
}

fn read_section(data: &[u8]) -> Result<SignatureSet, SectionError> {
    if data.len() > SECTION_BYTES_MAX {
        return Err(SectionError::TooLarge { bytes: data.len() });
    }
    let set: SignatureSet = serde_json::from_slice(data)
        .map_err(|error| SectionError::Json { source: account(&error) })?;
    set.check().map_err(|detail| SectionError::Content { detail })?;
    Ok(set)
}

fn write_section(signatures: &SignatureSet) -> Result<Vec<u8>, SectionError> {
    let json = serde_json::to_vec(signatures)
        .map_err(|error| SectionError::Json { source: account(&error) })?;
    if json.len() > SECTION_BYTES_MAX {
        return Err(SectionError::TooLarge { bytes: json.len() });
    }
    let mut body = leb128(SIGNATURES_SECTION.len());
    body.extend_from_slice(SIGNATURES_SECTION.as_bytes());
    body.extend(json);
    let mut bytes = vec![CUSTOM];
    bytes.extend(leb128(body.len()));
    bytes.extend(body);
    Ok(bytes)
}

/// One section of the outermost module or component.
struct Section<'a> {
    /// The name of a custom section.
    name: Option<&'a [u8]>,
    /// What a custom section holds.
    data: &'a [u8],
    /// The byte after it.
    end: usize,
}

impl<'a> Section<'a> {
    fn at(bytes: &'a [u8], offset: usize) -> Option<Self> {
        let mut rest = bytes.get(offset..)?;
        let (&id, after) = rest.split_first()?;
        rest = after;
        let length = read_leb128(&mut rest)?;
        let body = rest.get(..length)?;
        let end = bytes.len() - (rest.len() - length);
        if id != CUSTOM {
            return Some(Self { name: None, data: body, end });
        }
        let mut data = body;
        let length = read_leb128(&mut data)?;
        let (name, data) = data.split_at_checked(length)?;
        Some(Self { name: Some(name), data, end })
    }
}

/// An unsigned number of at most 32 bits.
fn read_leb128(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0_u64;
    for place in 0..5 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return u32::try_from(number).ok()?.try_into().ok();
        }
    }
    None
}

fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
