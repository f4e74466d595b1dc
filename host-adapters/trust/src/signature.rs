//! One signature: what it says, and what exactly was signed.

use std::fmt;

use base16ct::lower;
use ed25519_dalek::Signature as Ed25519Signature;
use kycuong_engine::digest;
use kycuong_model::date::Date;
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;

use crate::certificate::{self, CertificateError};
use crate::identity::CertificateId;
use crate::key::KeyId;

/// The version of the section.
const FORMAT: u32 = 1;
/// Most signatures of a pack: author, legal reviewer and a council.
pub const SIGNATURES_MAX: usize = 16;
/// Most certificates of one signature: the signer's and the issuers below the root.
pub const CHAIN_MAX: usize = 4;
/// Largest certificate, in bytes; those issued to agencies have some 2 kB.
pub const CERTIFICATE_BYTES_MAX: usize = 8 << 10;
/// Largest signature value, in bytes: RSA of 4 096 bits.
const VALUE_BYTES_MAX: usize = 512;

/// As what somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Who wrote the pack.
    Author,
    /// Who compared it with the legal texts.
    LegalReviewer,
    /// Who approves it.
    Approver,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Author, Self::LegalReviewer, Self::Approver];

    /// The code in files: `author`, `legal-reviewer` or `approver`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::LegalReviewer => "legal-reviewer",
            Self::Approver => "approver",
        }
    }

    /// What officials call it.
    pub fn title_vi(self) -> &'static str {
        match self {
            Self::Author => "người soạn",
            Self::LegalReviewer => "người thẩm tra pháp lý",
            Self::Approver => "người phê duyệt",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The signatures of a pack, by role and key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureSet {
    format: u32,
    signatures: Vec<Signature>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// As what.
    pub role: Role,
    /// The key, or the certificate of the key.
    pub key: KeyId,
    /// The day of signing, as the signer says.
    pub on: Date,
    /// The signer's certificate, then those of its issuers below the root, as hexadecimal digits of
    /// their DER; none for a bare key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
    /// The value over [`statement`], as hexadecimal digits.
    pub value: String,
}

impl Default for SignatureSet {
    fn default() -> Self {
        Self { format: FORMAT, signatures: Vec::new() }
    }
}

impl SignatureSet {
    /// The signatures, by role and key.
    pub fn iter(&self) -> impl Iterator<Item = &Signature> {
        self.signatures.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// Adds a signature; it replaces one of the same role and key, which is returned.
    pub fn add(&mut self, signature: Signature) -> Option<Signature> {
        let place = |one: &Signature| (one.role, one.key.clone());
        match self.signatures.binary_search_by_key(&place(&signature), place) {
            Ok(at) => Some(std::mem::replace(self.signatures.get_mut(at)?, signature)),
            Err(at) => {
                self.signatures.insert(at, signature);
                None
            }
        }
    }

    /// What is wrong with it, as the end of the sentence “the section …”.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!("has the format {}, this version reads {FORMAT}", self.format));
        }
        if self.signatures.is_empty() || self.signatures.len() > SIGNATURES_MAX {
            let found = self.signatures.len();
            return Err(format!("has {found} signatures, expected 1 to {SIGNATURES_MAX}"));
        }
        let ordered = self.signatures.is_sorted_by(|a, b| (a.role, &a.key) < (b.role, &b.key));
        if !ordered {
            return Err("is not ordered by role and key, or has one of them twice".to_owned());
        }
        self.signatures.iter().try_for_each(Signature::check)
    }
}

impl Signature {
    fn check(&self) -> Result<(), String> {
        let sized = |text: &str, most: usize| {
            lower::decode_vec(text).is_ok_and(|bytes| (1..=most).contains(&bytes.len()))
        };
        if !sized(&self.value, VALUE_BYTES_MAX) {
            return Err(format!(
                "has a value of `{}` that is not 1 to {VALUE_BYTES_MAX} bytes as hexadecimal digits",
                self.key
            ));
        }
        let certificates = self.certificates.len();
        let expected = if self.key.is_certificate() { 1..=CHAIN_MAX } else { 0..=0 };
        if !expected.contains(&certificates) {
            return Err(format!(
                "has {certificates} certificates for `{}`, expected {} to {}",
                self.key,
                expected.start(),
                expected.end()
            ));
        }
        if !self.certificates.iter().all(|one| sized(one, CERTIFICATE_BYTES_MAX)) {
            return Err(format!(
                "has a certificate of `{}` that is not 1 to {CERTIFICATE_BYTES_MAX} bytes as hexadecimal digits",
                self.key
            ));
        }
        Ok(())
    }

    /// Whose certificate it names, as trust files write names; `None` for a bare key, and for a
    /// certificate that cannot be read. Nobody verified it here.
    pub fn subject(&self) -> Option<String> {
        let chain = read_chain(&self.certificates()).ok()?;
        chain.first().map(certificate::subject)
    }

    /// Whether it was made over this content with the key that it names. Whether anybody trusts that
    /// key is for a trust file to say.
    pub fn fits(&self, content: &[u8]) -> bool {
        let text = statement(content, self.role, &self.key, self.on);
        if self.key.is_certificate() {
            let certificates = self.certificates();
            let first = certificates.first();
            let signer = first.and_then(|der| certificate::read(der, "the certificate").ok());
            let named = signer.filter(|signer| self.names(signer));
            let key = named.and_then(|signer| certificate::public_key(&signer).ok());
            return key
                .is_some_and(|key| key.verify_statement(text.as_bytes(), &self.value()).is_ok());
        }
        let key = self.key.verifying().ok().flatten();
        let value = Ed25519Signature::from_slice(&self.value());
        // Strict: one value for each text and key, and no key under which anything seems signed.
        key.zip(value.ok())
            .is_some_and(|(key, value)| key.verify_strict(text.as_bytes(), &value).is_ok())
    }

    /// Whether its key id is that of a certificate.
    pub(crate) fn names(&self, signer: &Certificate) -> bool {
        CertificateId::of(signer).is_ok_and(|id| KeyId::from(id) == self.key)
    }

    /// The value, as bytes.
    pub(crate) fn value(&self) -> Vec<u8> {
        lower::decode_vec(&self.value).unwrap_or_default()
    }

    /// The certificates, as DER, the signer's first.
    pub(crate) fn certificates(&self) -> Vec<Vec<u8>> {
        let decoded = self.certificates.iter().map(lower::decode_vec);
        decoded.map(Result::unwrap_or_default).collect()
    }
}

/// What exactly is signed: five lines, so that a token or another program can sign them too.
///
/// They bind the whole file without its signatures, and everything that a signature says of itself.
pub fn statement(content: &[u8], role: Role, key: &KeyId, on: Date) -> String {
    let (digest, bytes) = (digest(content), content.len());
    format!(
        "kycuong rule pack signature 1\ncontent {digest} {bytes}\nrole {role}\nkey {key}\non {on}\n"
    )
}

/// Reads the certificates of a signature, the signer's first.
pub(crate) fn read_chain(chain: &[Vec<u8>]) -> Result<Vec<Certificate>, CertificateError> {
    let named = chain.iter().enumerate();
    named
        .map(|(at, der)| certificate::read(der, &format!("certificate {} of the chain", at + 1)))
        .collect()
}
