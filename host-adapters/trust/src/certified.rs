//! Signing with a certificate whose private key is in a file. One that is on a token stays there: the
//! token signs [`crate::statement`], and [`crate::SignedFile::attach`] takes what it answers.

use std::fmt;

use kycuong_model::date::Date;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::pkcs8::DecodePrivateKey as _;
use rsa::Pkcs1v15Sign;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use sha2::{Digest, Sha256, Sha384};
use x509_cert::Certificate;

use crate::algorithm::PublicKey;
use crate::certificate::{self, CertificateError};
use crate::identity::CertificateId;
use crate::key::{KeyError, KeyId, private_key};
use crate::pem::{self, Block};
use crate::section::{SectionError, SignedFile};
use crate::signature::{CHAIN_MAX, Role, read_chain, statement};

/// A certificate with those of its issuers below the root: what a signature carries along.
#[derive(Clone, Debug)]
pub struct CertificateChain {
    /// The signer's, then the issuers', as DER.
    der: Vec<Vec<u8>>,
    id: CertificateId,
    signer: Certificate,
    issuers: Vec<Certificate>,
}

impl CertificateChain {
    /// Reads a file: PEM with one block for each certificate, the signer's first, or the DER of one.
    /// Private keys and words between the blocks are left alone.
    ///
    /// # Errors
    /// [`CertificateError`] for a file without certificates, with too many, or with one that is broken or
    /// of a kind that signs no packs.
    pub fn read(file: &[u8]) -> Result<Self, CertificateError> {
        let wrong = |detail: String| CertificateError::File { detail };
        let der = if pem::is_pem(file) {
            let text = str::from_utf8(file).map_err(|error| wrong(error.to_string()))?;
            let blocks = pem::blocks(text).map_err(wrong)?;
            let (certificates, others): (Vec<_>, Vec<_>) =
                blocks.into_iter().partition(|block| block.label == pem::CERTIFICATE);
            if certificates.is_empty() {
                let found = pem::labels(&others);
                return Err(wrong(format!("it holds {found}, expected `{}`", pem::CERTIFICATE)));
            }
            certificates.into_iter().map(|block| block.der.to_vec()).collect()
        } else {
            vec![file.to_vec()]
        };
        if der.len() > CHAIN_MAX {
            return Err(wrong(format!(
                "it holds {} certificates, expected at most {CHAIN_MAX}: the signer's first, then those of its issuers, without the root",
                der.len()
            )));
        }
        let mut chain = read_chain(&der)?.into_iter();
        let signer = chain.next().ok_or_else(|| wrong("it is empty".to_owned()))?;
        Ok(Self { der, id: CertificateId::of(&signer)?, signer, issuers: chain.collect() })
    }

    /// Whether it could sign on a day: it is valid then, for signing, and each of its certificates was
    /// issued by the next. Whether anybody trusts the last is for a trust file to say.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn check(&self, on: Date) -> Result<(), CertificateError> {
        self.algorithm()?;
        certificate::check_valid(&self.signer, on)?;
        certificate::check_signs(&self.signer)?;
        certificate::check_links(&self.signer, &self.issuers)
    }

    /// The id of the signer's certificate.
    pub fn id(&self) -> KeyId {
        self.id.into()
    }

    /// Whose certificate it is, as trust files write names (RFC 4514).
    pub fn subject(&self) -> String {
        certificate::subject(&self.signer)
    }

    /// With what its holder signs [`statement`], in words.
    ///
    /// # Errors
    /// [`CertificateError::Algorithm`] for a key of another kind.
    pub fn algorithm(&self) -> Result<&'static str, CertificateError> {
        Ok(certificate::public_key(&self.signer)?.kind())
    }

    /// The certificates as DER, the signer's first.
    pub fn der(&self) -> &[Vec<u8>] {
        &self.der
    }
}

/// A certificate with its private key, which is cleared when it is dropped.
pub struct CertifiedKey {
    private: Private,
    chain: CertificateChain,
}

enum Private {
    Rsa(Box<rsa::PrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

impl fmt::Debug for CertifiedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CertifiedKey").field(&self.chain.subject()).finish()
    }
}

impl CertifiedKey {
    /// Takes a private key as PEM (PKCS #8, or as older OpenSSL writes RSA and EC keys; not encrypted)
    /// and the chain of its certificate.
    ///
    /// # Errors
    /// [`KeyError`] for a key that cannot be read, is of another kind, or is not the certificate's.
    pub fn from_pem(key: &str, chain: CertificateChain) -> Result<Self, KeyError> {
        let wrong = |detail: String| KeyError::Certified { detail };
        let public = PublicKey::read(chain.signer.tbs_certificate().subject_public_key_info());
        let public = public.map_err(|detail| wrong(format!("the certificate's key: {detail}")))?;
        let private = Private::read(private_key(key)?, &public)?;
        if private.is_of(&public) {
            Ok(Self { private, chain })
        } else {
            let subject = chain.subject();
            Err(wrong(format!("the private key is not that of the certificate of `{subject}`")))
        }
    }

    /// Signs a pack; a signature of the same role and certificate is replaced.
    ///
    /// # Errors
    /// [`SectionError`] when the file's signatures cannot be read, or there would be too many.
    pub fn sign(&self, bytes: &[u8], role: Role, on: Date) -> Result<Vec<u8>, SectionError> {
        let file = SignedFile::read(bytes)?;
        let text = statement(file.content, role, &self.chain.id(), on);
        let value = self.private.sign(text.as_bytes());
        let value = value.map_err(|detail| SectionError::Attach { detail })?;
        file.attach(self.chain.der(), role, on, &value)?.write()
    }
}

impl Private {
    /// Reads a private key as what the certificate's key is.
    fn read(Block { label, der }: Block, public: &PublicKey) -> Result<Self, KeyError> {
        let private = match (label.as_str(), public) {
            ("RSA PRIVATE KEY", PublicKey::Rsa(_)) => rsa::PrivateKey::from_pkcs1_der(&der)
                .map(|key| Self::Rsa(Box::new(key)))
                .map_err(|error| error.to_string()),
            ("PRIVATE KEY", PublicKey::Rsa(_)) => rsa::PrivateKey::from_pkcs8_der(&der)
                .map(|key| Self::Rsa(Box::new(key)))
                .map_err(|error| error.to_string()),
            ("EC PRIVATE KEY", PublicKey::P256(_)) => p256::SecretKey::from_sec1_der(&der)
                .map(|key| Self::P256(key.into()))
                .map_err(|error| error.to_string()),
            ("PRIVATE KEY", PublicKey::P256(_)) => p256::SecretKey::from_pkcs8_der(&der)
                .map(|key| Self::P256(key.into()))
                .map_err(|error| error.to_string()),
            ("EC PRIVATE KEY", PublicKey::P384(_)) => p384::SecretKey::from_sec1_der(&der)
                .map(|key| Self::P384(key.into()))
                .map_err(|error| error.to_string()),
            ("PRIVATE KEY", PublicKey::P384(_)) => p384::SecretKey::from_pkcs8_der(&der)
                .map(|key| Self::P384(key.into()))
                .map_err(|error| error.to_string()),
            _ => Err(format!("it is a `{label}`")),
        };
        private.map_err(|error| KeyError::Certified {
            detail: format!(
                "expected a private key of {}, as the certificate's is: {error}",
                public.kind()
            ),
        })
    }

    fn is_of(&self, public: &PublicKey) -> bool {
        match (self, public) {
            (Self::Rsa(key), PublicKey::Rsa(public)) => key.to_public_key() == *public,
            (Self::P256(key), PublicKey::P256(public)) => key.verifying_key() == public,
            (Self::P384(key), PublicKey::P384(public)) => key.verifying_key() == public,
            _ => false,
        }
    }

    /// The value as a token would give it: SHA-256, with P-384 SHA-384.
    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            // Blinded: how long it takes says nothing of the key.
            Self::Rsa(key) => {
                let scheme = Pkcs1v15Sign::new::<Sha256>();
                key.sign_with_rng(&mut getrandom::SysRng, scheme, &Sha256::digest(text))
                    .map_err(|error| error.to_string())
            }
            Self::P256(key) => {
                let value: Result<p256::ecdsa::Signature, _> =
                    key.sign_prehash(&Sha256::digest(text));
                value
                    .map(|value| value.to_der().as_bytes().to_vec())
                    .map_err(|error| error.to_string())
            }
            Self::P384(key) => {
                let value: Result<p384::ecdsa::Signature, _> =
                    key.sign_prehash(&Sha384::digest(text));
                value
                    .map(|value| value.to_der().as_bytes().to_vec())
                    .map_err(|error| error.to_string())
            }
        }
    }
}
