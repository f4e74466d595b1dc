//! Where signatures stand: one custom section, the last of the component, canonical to the byte.
//!
//! What is signed is the file up to that section, so nothing of a file is unsigned but the section
//! itself, and of that every byte is implied: its frame and its text have one spelling only.

pub use kycuong_engine::trust::{SIGNATURES_BYTES_MAX as SECTION_BYTES_MAX, SIGNATURES_SECTION};

use base16ct::lower;
use ed25519_dalek::Signer as _;
use kycuong_engine::sanitize_error;
use kycuong_model::date::Date;
use kycuong_model::text::BoxError;
use wasm_encoder::{CustomSection, Section as _};
use wasmparser::BinaryReader;

use crate::algorithm::PublicKey;
use crate::identity::CertificateId;
use crate::key::{KeyId, SecretKey};
use crate::signature::{Role, Signature, SignatureSet, read_chain, statement};

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

kycuong_model::error_codes!(SectionError {
    Frame => "not-webassembly",
    NotLast => "not-last",
    TooLarge => "too-large",
    Json => "not-json",
    Content => "unsound-signatures",
    Attach => "signature-does-not-fit",
    NotCanonical => "not-canonical",
});

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
        let mut reader = BinaryReader::new(bytes, 0);
        reader.read_bytes(HEAD_BYTES).map_err(|_| SectionError::Frame { offset: 0 })?;
        while !reader.eof() {
            let offset = reader.current_position();
            let section = Section::read(&mut reader).map_err(|_| SectionError::Frame { offset })?;
            if section.name == Some(SIGNATURES_SECTION.as_bytes()) {
                if !reader.eof() {
                    return Err(SectionError::NotLast { offset, bytes: reader.bytes_remaining() });
                }
                let content = bytes.get(..offset).unwrap_or_default();
                let signatures = read_section(section.data)?;
                // The one check that covers frame and text: written again, the same bytes come out.
                if bytes.get(offset..) != Some(write_section(&signatures)?.as_slice()) {
                    return Err(SectionError::NotCanonical);
                }
                return Ok(Self { content, signatures });
            }
        }
        Ok(Self { content: bytes, signatures: SignatureSet::default() })
    }

    /// Signs with a bare key; a signature of the same role and key is replaced.
    #[must_use]
    pub fn sign(mut self, key: &SecretKey, role: Role, on: Date) -> Self {
        let id = key.id();
        let text = statement(self.content, role, &id, on);
        let value = lower::encode_string(&key.signing().sign(text.as_bytes()).to_bytes());
        self.signatures.add(Signature { role, key: id, on, certificates: Vec::new(), value });
        self
    }

    /// Attaches a signature that a token or another program made with the key of a certificate, over
    /// [`statement`]: PKCS #1 v1.5 with SHA-256, or ECDSA as DER with SHA-256 (P-256) or SHA-384
    /// (P-384). One of the same role and certificate is replaced.
    ///
    /// `chain` is the DER of the signer's certificate, then of its issuers below the root.
    ///
    /// # Errors
    /// [`SectionError::Attach`] when the value does not fit certificate and statement.
    pub fn attach(
        mut self,
        chain: &[Vec<u8>],
        role: Role,
        on: Date,
        value: &[u8],
    ) -> Result<Self, SectionError> {
        let wrong = |detail: String| SectionError::Attach { detail };
        let read = read_chain(chain).map_err(|error| wrong(error.to_string()))?;
        let signer = read.first().ok_or_else(|| wrong("there is no certificate".to_owned()))?;
        let info = signer.tbs_certificate().subject_public_key_info();
        let public = PublicKey::read(info).map_err(|detail| wrong(format!("its key: {detail}")))?;
        let id = CertificateId::of(signer).map_err(|error| wrong(error.to_string()))?;
        let key = KeyId::from(id);
        let text = statement(self.content, role, &key, on);
        let value = public.normalized(value).unwrap_or_default();
        public.verify_statement(text.as_bytes(), &value).map_err(|detail| {
            wrong(format!(
                "{detail}; it has to be made with the certificate's key ({}), over the text for the same file, role and day",
                public.kind()
            ))
        })?;
        let certificates = chain.iter().map(|der| lower::encode_string(der)).collect();
        let value = lower::encode_string(&value);
        self.signatures.add(Signature { role, key, on, certificates, value });
        Ok(self)
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
        .map_err(|error| SectionError::Json { source: sanitize_error(&error) })?;
    set.check().map_err(|detail| SectionError::Content { detail })?;
    Ok(set)
}

fn write_section(signatures: &SignatureSet) -> Result<Vec<u8>, SectionError> {
    let json = serde_json::to_vec(signatures)
        .map_err(|error| SectionError::Json { source: sanitize_error(&error) })?;
    if json.len() > SECTION_BYTES_MAX {
        return Err(SectionError::TooLarge { bytes: json.len() });
    }
    let mut bytes = Vec::new();
    CustomSection { name: SIGNATURES_SECTION.into(), data: json.into() }.append_to(&mut bytes);
    Ok(bytes)
}

/// One section of the outermost module or component.
struct Section<'a> {
    /// The name of a custom section.
    name: Option<&'a [u8]>,
    /// What a custom section holds.
    data: &'a [u8],
}

impl<'a> Section<'a> {
    /// Reads the next one; its frame is all that is read of a section that is not custom.
    fn read(reader: &mut BinaryReader<'a>) -> wasmparser::Result<Self> {
        let id = reader.read_u8()?;
        let length = reader.read_var_u32()? as usize;
        let body = reader.read_bytes(length)?;
        if id != CUSTOM {
            return Ok(Self { name: None, data: body });
        }
        let mut inside = BinaryReader::new(body, 0);
        let length = inside.read_var_u32()? as usize;
        let name = inside.read_bytes(length)?;
        let data = inside.read_bytes(inside.bytes_remaining())?;
        Ok(Self { name: Some(name), data })
    }
}
