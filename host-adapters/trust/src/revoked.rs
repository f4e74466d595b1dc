//! What a trust file revokes: keys, certificates, packs.

use std::path::Path;

use kycuong_model::date::Date;
use x509_cert::Certificate;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;

use crate::algorithm::PublicKey;
use crate::certificate::{self, CertificateError};
use crate::der_file::Material;
use crate::error::TrustError;
use crate::file::Revoked;
use crate::identity::{CertificateId, Digest, fingerprints};
use crate::key::{KeyId, RevokedKey};
use crate::pem;

/// All that a trust file revokes.
#[derive(Debug)]
pub(crate) struct Revocations(Vec<Revocation>);

/// One thing that is revoked.
#[derive(Debug)]
pub(crate) struct Revocation {
    what: What,
    pub(crate) since: Date,
    pub(crate) reason: String,
}

#[derive(Debug)]
enum What {
    Key(KeyId),
    Certificate(CertificateId),
    /// One digest of a certificate.
    Digest(Digest),
    /// A certificate that is at hand.
    Whole(Box<Known>),
    /// A pack, by a digest of its file.
    Pack(String),
}

#[derive(Debug)]
struct Known {
    id: CertificateId,
    issuer: Name,
    serial: SerialNumber,
}

impl Revocations {
    /// Reads the certificates that are revoked.
    pub(crate) fn open(
        revoked: &[Revoked],
        folder: &Path,
        material: &mut Material,
    ) -> Result<Self, TrustError> {
        let mut revocations = Vec::new();
        for one in revoked {
            let what = match (&one.key, &one.certificate, &one.digest) {
                (Some(RevokedKey::Bare(key)), ..) => What::Key(key.clone()),
                (Some(RevokedKey::Certificate(id)), ..) => What::Certificate(*id),
                (Some(RevokedKey::Digest(digest)), ..) => What::Digest(*digest),
                (None, Some(file), _) => {
                    let path = folder.join(file);
                    let der = material.read(&path, pem::CERTIFICATE)?;
                    let known = Known::read(der);
                    What::Whole(Box::new(
                        known.map_err(|source| TrustError::Certificate { path, source })?,
                    ))
                }
                (None, None, digest) => What::Pack(digest.clone().unwrap_or_default()),
            };
            revocations.push(Revocation { what, since: one.since(), reason: one.reason.clone() });
        }
        Ok(Self(revocations))
    }

    fn on(&self, today: Date) -> impl Iterator<Item = &Revocation> {
        self.0.iter().filter(move |one| one.since <= today)
    }

    /// Whether a bare key is revoked on a day.
    pub(crate) fn of_key(&self, key: &KeyId, today: Date) -> Option<&Revocation> {
        self.on(today).find(|one| matches!(&one.what, What::Key(revoked) if revoked == key))
    }

    /// Whether a pack is revoked on a day, by one of its digests.
    pub(crate) fn of_pack(&self, digests: &[&str], today: Date) -> Option<(&str, &Revocation)> {
        self.on(today).find_map(|one| match &one.what {
            What::Pack(digest) if digests.contains(&digest.as_str()) => {
                Some((digest.as_str(), one))
            }
            _ => None,
        })
    }

    /// Whether a certificate is revoked on a day: it, another spelling of it, one of the same issuer and
    /// serial number, or another one of the same public key.
    pub(crate) fn of_certificate(
        &self,
        certificate: &Certificate,
        issuer: &PublicKey,
        today: Date,
    ) -> Result<Option<&Revocation>, CertificateError> {
        let id = CertificateId::of(certificate)?;
        let mut digests = fingerprints(certificate, issuer)?;
        digests.extend([id.key, id.certified]);
        let tbs = certificate.tbs_certificate();
        let alike = |other: &CertificateId| id.key == other.key || id.certified == other.certified;
        Ok(self.on(today).find(|one| match &one.what {
            What::Key(_) | What::Pack(_) => false,
            What::Digest(digest) => digests.contains(digest),
            What::Certificate(other) => alike(other),
            What::Whole(known) => {
                let same = (tbs.issuer(), tbs.serial_number()) == (&known.issuer, &known.serial);
                alike(&known.id) || same
            }
        }))
    }
}

impl Known {
    fn read(der: &[u8]) -> Result<Self, CertificateError> {
        let certificate = certificate::read(der, "the certificate")?;
        let tbs = certificate.tbs_certificate();
        let (issuer, serial) = (tbs.issuer().clone(), tbs.serial_number().clone());
        Ok(Self { id: CertificateId::of(&certificate)?, issuer, serial })
    }
}
