//! What a certificate is known by: what was certified, and the public key. Not by its bytes: an issuer's
//! ECDSA signature can be exchanged for another one that fits as well, by anybody.

use std::fmt;
use std::str::FromStr;

use base16ct::lower;
use der::Encode as _;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;

use crate::algorithm::PublicKey;
use crate::certificate::{CertificateError, public_key};

/// A SHA-256.
pub(crate) type Digest = [u8; 32];

/// A certificate, by its public key and by what was certified.
///
/// Both, because whoever revokes a key by the id of one certificate means it in all others, too, and the
/// digest of a certificate does not tell its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CertificateId {
    /// Of the public key: [`PublicKey::digest`].
    pub(crate) key: Digest,
    /// Of the DER of `tbsCertificate`, which is all of it that the issuer signs.
    pub(crate) certified: Digest,
}

impl CertificateId {
    pub(crate) fn of(certificate: &Certificate) -> Result<Self, CertificateError> {
        let key = public_key(certificate)?.digest();
        let key = key.map_err(|detail| CertificateError::Algorithm {
            what: "the key of a certificate".to_owned(),
            detail,
        })?;
        let certified = certificate.tbs_certificate().to_der().map_err(unreadable)?;
        Ok(Self { key, certified: Sha256::digest(certified).into() })
    }
}

/// The key, a colon, what was certified.
impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [key, certified] = [&self.key, &self.certified].map(|half| lower::encode_string(half));
        write!(f, "{key}:{certified}")
    }
}

impl FromStr for CertificateId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (key, certified) = text.split_once(':').ok_or(())?;
        let [key, certified] = [key, certified].map(digest);
        Ok(Self { key: key.ok_or(())?, certified: certified.ok_or(())? })
    }
}

/// A digest, from its 64 lower-case hexadecimal digits.
pub(crate) fn digest(digits: &str) -> Option<Digest> {
    lower::decode_vec(digits).ok()?.try_into().ok()
}

/// The digests of a whole certificate, as other programs show them (“fingerprint”): of the spelling at
/// hand, and of the one with the other signature that its issuer's key fits as well.
pub(crate) fn fingerprints(
    certificate: &Certificate,
    issuer: &PublicKey,
) -> Result<Vec<Digest>, CertificateError> {
    let mut spellings = vec![certificate.to_der().map_err(unreadable)?];
    let value = certificate.signature().as_bytes().unwrap_or_default();
    if let Some(twin) = issuer.twin(value) {
        let parts = [
            certificate.tbs_certificate().to_der(),
            certificate.signature_algorithm().to_der(),
            der::asn1::BitString::from_bytes(&twin).and_then(|twin| twin.to_der()),
        ];
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        spellings.push(sequence(&parts.concat()).map_err(unreadable)?);
    }
    Ok(spellings.iter().map(|der| Sha256::digest(der).into()).collect())
}

/// A SEQUENCE of parts that are encoded already.
fn sequence(content: &[u8]) -> der::Result<Vec<u8>> {
    der::Any::new(der::Tag::Sequence, content)?.to_der()
}

fn unreadable(source: der::Error) -> CertificateError {
    CertificateError::Read { what: "a certificate".to_owned(), source }
}
