//! Keys: how they are named, made, kept in a file and read back.

use std::fmt;
use std::str::FromStr;

use base16ct::lower;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes};
use ed25519_dalek::{SigningKey, VerifyingKey};
use kycuong_model::text::truncate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::certificate::{self, CertificateError};
use crate::identity::{CertificateId, Digest, digest};
use crate::pem::{self, Block};

/// Who signs: a bare key by its public key, a certificate by its public key and what was certified.
///
/// `ed25519:` and the 64 hexadecimal digits of the public key; or `x509:`, those of the SHA-256 of the
/// certificate's `SubjectPublicKeyInfo`, a colon, and those of the SHA-256 of its `tbsCertificate`. The
/// issuer's signature is in neither, since there is more than one that fits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(Kind);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Ed25519([u8; 32]),
    /// Elsewhere, so that an error with a key is no larger than others.
    Certificate(Box<CertificateId>),
}

const ED25519: &str = "ed25519:";
const CERTIFICATE: &str = "x509:";

/// What stands before the 32 bytes of an Ed25519 key in `SubjectPublicKeyInfo` (RFC 8410, 4).
const ED25519_KEY_INFO: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// How the labels of private keys end; before it stands their format.
const PRIVATE_KEY: &str = "PRIVATE KEY";

/// Characters that are repeated of a text that is no key id.
const ID_CHARACTERS_MAX: usize = 150;

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is no key id.
    #[error(
        "`{text}` is no key id: expected `{ED25519}` and 64 lower-case hexadecimal digits, or `{CERTIFICATE}` and 64 of the key, `:` and 64 of the certificate"
    )]
    Id {
        /// The beginning of the text.
        text: String,
    },
    /// The public key is no point that a private key could have.
    #[error("`{id}` is no sound Ed25519 public key")]
    Unsound {
        /// The key.
        id: String,
    },
    /// The file is no private key.
    #[error("expected a private key as PEM: {detail}")]
    Private {
        /// What it is.
        detail: String,
    },
    /// The private key is of another kind.
    #[error(
        "expected an Ed25519 private key, as `kycuong key new` makes: one of RSA or ECDSA signs with its certificate"
    )]
    NotEd25519 {
        /// Why it is none.
        source: ed25519_dalek::pkcs8::Error,
    },
    /// The file is a certificate.
    #[error("it holds a certificate: that is not secret and signs nothing, the private key does")]
    IsCertificate,
    /// The private key is encrypted.
    #[error(
        "the private key is encrypted: take the password off a copy that you delete afterwards, `openssl pkcs8 -topk8 -nocrypt -in KEY -out COPY`, or let a token sign"
    )]
    Encrypted,
    /// The private key cannot be used with the certificate.
    #[error("{detail}")]
    Certified {
        /// Why.
        detail: String,
    },
    /// The key cannot be written.
    #[error("cannot write the key as PEM")]
    Write {
        /// Why.
        source: ed25519_dalek::pkcs8::Error,
    },
    /// The operating system has no randomness.
    #[error("the operating system gives no random bytes")]
    Random {
        /// Why.
        source: getrandom::Error,
    },
}

kycuong_model::error_codes!(KeyError {
    Id => "bad-key-id",
    Unsound => "unsound-key",
    Private => "no-private-key",
    NotEd25519 => "not-ed25519",
    IsCertificate => "is-certificate",
    Encrypted => "encrypted",
    Certified => "unusable-key",
    Write => "unwritable-key",
    Random => "no-randomness",
});

impl KeyId {
    /// The id of a certificate, from its DER.
    ///
    /// # Errors
    /// [`CertificateError`] for what is none, and for a key of a kind that signs no packs.
    pub fn of_certificate(der: &[u8]) -> Result<Self, CertificateError> {
        let certificate = certificate::read(der, "the certificate")?;
        Ok(CertificateId::of(&certificate)?.into())
    }

    /// Whether it names a certificate.
    pub fn is_certificate(&self) -> bool {
        matches!(self.0, Kind::Certificate(_))
    }

    /// The SHA-256 of the public key as `SubjectPublicKeyInfo`: one key has one, as a bare key and in
    /// every certificate.
    pub(crate) fn public_key_digest(&self) -> Digest {
        match &self.0 {
            Kind::Ed25519(bytes) => {
                Sha256::digest([ED25519_KEY_INFO.as_slice(), bytes].concat()).into()
            }
            Kind::Certificate(id) => id.key,
        }
    }

    /// The public key of a bare key; `None` for a certificate.
    ///
    /// # Errors
    /// [`KeyError::Unsound`] for bytes that are no point, or a point of small order, under which
    /// anything could seem signed.
    pub(crate) fn verifying(&self) -> Result<Option<VerifyingKey>, KeyError> {
        let Kind::Ed25519(bytes) = &self.0 else { return Ok(None) };
        let key = VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak());
        key.map(Some).ok_or_else(|| KeyError::Unsound { id: self.to_string() })
    }
}

impl From<CertificateId> for KeyId {
    fn from(id: CertificateId) -> Self {
        Self(Kind::Certificate(Box::new(id)))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Ed25519(bytes) => write!(f, "{ED25519}{}", lower::encode_string(bytes)),
            Kind::Certificate(id) => write!(f, "{CERTIFICATE}{id}"),
        }
    }
}

impl FromStr for KeyId {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let key = text.strip_prefix(ED25519).and_then(digest).map(Kind::Ed25519);
        let certificate =
            || text.strip_prefix(CERTIFICATE)?.parse().ok().map(Box::new).map(Kind::Certificate);
        let kind = key.or_else(certificate);
        // Whoever sent a pack wrote this, and an operator's terminal must show it and not act on it.
        kind.map(Self).ok_or_else(|| KeyError::Id { text: truncate(text, ID_CHARACTERS_MAX) })
    }
}

impl TryFrom<String> for KeyId {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        text.parse()
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.to_string()
    }
}

/// What an operator revokes: a bare key, a certificate by its id, or a certificate by one digest of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum RevokedKey {
    Bare(KeyId),
    Certificate(CertificateId),
    /// Of the whole certificate, of what was certified, or of the public key: whichever the operator was
    /// told. One digest is never of two of these.
    Digest(Digest),
}

impl TryFrom<String> for RevokedKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        if let Some(digest) = text.strip_prefix(CERTIFICATE).and_then(digest) {
            return Ok(Self::Digest(digest));
        }
        let id: KeyId = text.parse()?;
        Ok(match id.0 {
            Kind::Certificate(id) => Self::Certificate(*id),
            Kind::Ed25519(_) => Self::Bare(id),
        })
    }
}

/// A private key; its memory is cleared when it is dropped.
pub struct SecretKey(SigningKey);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecretKey").field(&self.id().to_string()).finish()
    }
}

impl SecretKey {
    /// Makes a new key from the operating system's randomness.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn generate() -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(|source| KeyError::Random { source })?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a key as OpenSSL and this crate write it: PEM, PKCS #8, not encrypted.
    ///
    /// # Errors
    /// [`KeyError`] that says what the file is instead.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let Block { der, .. } = private_key(pem)?;
        let key = SigningKey::from_pkcs8_der(&der);
        key.map(Self).map_err(|source| KeyError::NotEd25519 { source })
    }

    /// The key as PEM, PKCS #8, in the version that every OpenSSL reads.
    ///
    /// # Errors
    /// [`KeyError::Write`] when it cannot be encoded.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        let pair = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let pem = pair.to_pkcs8_pem(LineEnding::LF);
        pem.map_err(|source| KeyError::Write { source })
    }

    /// The id of its public key.
    pub fn id(&self) -> KeyId {
        KeyId(Kind::Ed25519(self.0.verifying_key().to_bytes()))
    }

    pub(crate) fn signing(&self) -> &SigningKey {
        &self.0
    }
}

/// The one private key of a file; beside an EC key, OpenSSL writes its curve.
pub(crate) fn private_key(text: &str) -> Result<Block, KeyError> {
    let blocks = pem::blocks(text).map_err(|detail| KeyError::Private { detail })?;
    let found = pem::labels(&blocks);
    let key = blocks.into_iter().find(|block| block.label.ends_with(PRIVATE_KEY));
    match key {
        Some(key) if key.label.starts_with("ENCRYPTED") => Err(KeyError::Encrypted),
        Some(key) => Ok(key),
        None if found.contains(pem::CERTIFICATE) => Err(KeyError::IsCertificate),
        None => Err(KeyError::Private { detail: format!("it holds {found}") }),
    }
}
