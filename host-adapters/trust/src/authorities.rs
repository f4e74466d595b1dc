//! The roots and revocation lists that a trust file names: read from their files, and asked whether a
//! chain of certificates holds.

use std::collections::BTreeMap;
use std::path::Path;

use kycuong_model::date::Date;
use kycuong_model::text::Bilingual;
use x509_cert::Certificate;
use x509_cert::ext::pkix::KeyUsage;

use crate::algorithm::PublicKey;
use crate::certificate::{
    self, CertificateError, check_extensions, check_issued, check_signs, check_valid, days,
    extension, public_key, subject,
};
use crate::der_file::{Material, REVOCATIONS};
use crate::error::TrustError;
use crate::file::AuthorityFiles;
use crate::pem;
use crate::revocation::{Currency, RevocationList};

/// A root, with the revocation lists of the authorities below and at it.
#[derive(Debug)]
pub(crate) struct Authority {
    root: Certificate,
    /// None when the operator asks for none.
    lists: Vec<RevocationList>,
}

/// The configured authorities, by name.
#[derive(Debug, Default)]
pub(crate) struct Authorities(BTreeMap<String, Authority>);

impl Authorities {
    /// Reads the files of all authorities.
    pub(crate) fn open(
        named: &[AuthorityFiles],
        folder: &Path,
        material: &mut Material,
    ) -> Result<Self, TrustError> {
        let mut authorities = BTreeMap::new();
        for files in named {
            let path = folder.join(&files.root);
            let what = format!("the root of `{}`", files.name);
            let root = certificate::read(material.read(&path, pem::CERTIFICATE)?, &what)
                .map_err(unusable(&path))?;
            let mut lists = Vec::new();
            for file in &files.revocations {
                let path = folder.join(file);
                let list = RevocationList::read(material.read(&path, REVOCATIONS)?);
                lists.push(list.map_err(unusable(&path))?);
            }
            authorities.insert(files.name.clone(), Authority { root, lists });
        }
        Ok(Self(authorities))
    }

    /// What of the lists does not count on a day, in words.
    pub(crate) fn not_current(&self, today: Date) -> impl Iterator<Item = Bilingual> {
        let lists = self.0.values().flat_map(|authority| &authority.lists);
        lists.filter_map(move |list| match list.currency(today) {
            Currency::Current => None,
            Currency::Not(detail) => Some(detail),
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Authority> {
        self.0.get(name)
    }
}

impl Authority {
    /// Each certificate of a chain with the one that issued it.
    pub(crate) fn links<'a>(
        &'a self,
        chain: &'a [Certificate],
    ) -> impl Iterator<Item = (&'a Certificate, &'a Certificate)> {
        chain.iter().zip(chain.iter().skip(1).chain([&self.root]))
    }

    /// Whether all certificates of a chain hold on a day, and the first may sign.
    pub(crate) fn check(
        &self,
        chain: &[Certificate],
        on: Date,
        today: Date,
    ) -> Result<(), CertificateError> {
        for (below, (certificate, issuer)) in self.links(chain).enumerate() {
            check_issued(certificate, issuer, below)?;
        }
        for certificate in chain.iter().chain([&self.root]) {
            check_extensions(certificate)?;
            days(certificate)?;
        }
        check_signs(chain.first().ok_or(CertificateError::OtherCertificate)?)?;
        // Last: what a day decides hides nothing else. Of these, that one is revoked is said first.
        let mut of_days = Ok(());
        for (certificate, issuer) in self.links(chain) {
            match self.check_revoked(certificate, issuer, today) {
                Err(unknown @ CertificateError::Unknown { .. }) => {
                    of_days = of_days.and(Err(unknown))
                }
                revoked => revoked?,
            }
        }
        for certificate in chain.iter().chain([&self.root]) {
            check_valid(certificate, on)?;
        }
        of_days
    }

    /// Whether the lists of its issuer let a certificate count. Whatever an issuer signed revokes for
    /// good; that a certificate is not revoked, only a list that holds today can tell.
    fn check_revoked(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        today: Date,
    ) -> Result<(), CertificateError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let unknown =
            |detail: String| CertificateError::Unknown { subject: subject(certificate), detail };
        let mut theirs = Vec::new();
        for list in &self.lists {
            if list.is_of(issuer)? {
                theirs.push(list);
            }
        }
        if theirs.is_empty() {
            return Err(unknown(format!("there is no revocation list of `{}`", subject(issuer))));
        }
        let usage = extension::<KeyUsage>(issuer)?;
        if usage.is_some_and(|usage| !usage.crl_sign()) {
            return Err(unknown(format!("`{}` is not for signing lists", subject(issuer))));
        }
        let key: PublicKey = public_key(issuer)?;
        let (mut is_told, mut problems) = (false, Vec::new());
        for list in theirs {
            // One that is damaged might be the one that revokes.
            list.check_signed(&key).map_err(unknown)?;
            let since = list.since(certificate.tbs_certificate().serial_number());
            if let Some(since) = since.filter(|since| *since <= today) {
                return Err(CertificateError::Revoked { subject: subject(certificate), since });
            }
            match list.currency(today) {
                Currency::Current => is_told = true,
                Currency::Not(detail) => problems.push(detail.en),
            }
        }
        if is_told { Ok(()) } else { Err(unknown(problems.join("; "))) }
    }
}

fn unusable(path: &Path) -> impl Fn(CertificateError) -> TrustError {
    let path = path.to_owned();
    move |source| TrustError::Certificate { path: path.clone(), source }
}
