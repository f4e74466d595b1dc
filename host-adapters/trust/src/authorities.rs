//! The roots and revocation lists that a trust file names: read from their files, and asked whether a
//! chain of certificates holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kycuong_files::read_bounded;
use kycuong_model::date::Date;
use x509_cert::Certificate;
use x509_cert::ext::pkix::KeyUsage;

use crate::certificate::{
    self, CertificateError, check_extensions, check_issued, check_signs, check_valid, days,
    extension, public_key, subject,
};
use crate::error::TrustError;
use crate::file::AuthorityFiles;
use crate::pem;
use crate::revocation::RevocationList;

/// Largest certificate or revocation list; those of a national authority have some megabytes.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// The label of a revocation list.
const REVOCATIONS: &str = "X509 CRL";

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
    /// Reads the files of all authorities; beside them, their contents in the order of the file.
    pub(crate) fn open(
        named: &[AuthorityFiles],
        folder: &Path,
    ) -> Result<(Self, Vec<Vec<u8>>), TrustError> {
        let mut authorities = BTreeMap::new();
        let mut contents = Vec::new();
        for files in named {
            let (path, bytes) = read(&folder.join(&files.root), pem::CERTIFICATE)?;
            let what = format!("the root of `{}`", files.name);
            let root = certificate::read(&bytes, &what).map_err(unusable(&path))?;
            contents.push(bytes);
            let mut lists = Vec::new();
            for file in &files.revocations {
                let (path, bytes) = read(&folder.join(file), REVOCATIONS)?;
                lists.push(RevocationList::read(&bytes, "the list").map_err(unusable(&path))?);
                contents.push(bytes);
            }
            authorities.insert(files.name.clone(), Authority { root, lists });
        }
        Ok((Self(authorities), contents))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Authority> {
        self.0.get(name)
    }
}

impl Authority {
    /// Whether all certificates of a chain hold on a day, and the first may sign.
    pub(crate) fn check(
        &self,
        chain: &[Certificate],
        on: Date,
        today: Date,
    ) -> Result<(), CertificateError> {
        let issuers = || chain.iter().skip(1).chain([&self.root]);
        for (below, (certificate, issuer)) in chain.iter().zip(issuers()).enumerate() {
            check_issued(certificate, issuer, below)?;
        }
        for certificate in chain.iter().chain([&self.root]) {
            check_extensions(certificate)?;
            days(certificate)?;
        }
        check_signs(chain.first().ok_or(CertificateError::OtherCertificate)?)?;
        // Last: what a day decides hides nothing else.
        for (certificate, issuer) in chain.iter().zip(issuers()) {
            check_valid(certificate, on)?;
            self.check_revoked(certificate, issuer, today)?;
        }
        check_valid(&self.root, on)
    }

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
        let theirs = |list: &&RevocationList| list.issuer() == issuer.tbs_certificate().subject();
        let list = self.lists.iter().find(theirs).ok_or_else(|| {
            unknown(format!("there is no revocation list of `{}`", subject(issuer)))
        })?;
        let usage = extension::<KeyUsage>(issuer)?;
        if usage.is_some_and(|usage| !usage.crl_sign()) {
            return Err(unknown(format!("`{}` is not for signing lists", subject(issuer))));
        }
        list.check(&public_key(issuer)?, today).map_err(unknown)?;
        match list.since(certificate.tbs_certificate().serial_number()) {
            Some(since) if since <= today => {
                Err(CertificateError::Revoked { subject: subject(certificate), since })
            }
            _ => Ok(()),
        }
    }
}

/// The DER of a file, which may be PEM with one block.
fn read(path: &Path, label: &str) -> Result<(PathBuf, Vec<u8>), TrustError> {
    let path = path.to_owned();
    let bytes = read_bounded(&path, FILE_BYTES_MAX)
        .map_err(|source| TrustError::Read { path: path.clone(), source })?;
    if !pem::is_pem(&bytes) {
        return Ok((path, bytes));
    }
    let content = |detail| TrustError::Content { path: path.clone(), detail };
    let text = str::from_utf8(&bytes).map_err(|error| content(error.to_string()))?;
    let blocks = pem::blocks(text).map_err(content)?;
    let der = match blocks.as_slice() {
        [block] if block.label == label => block.der.to_vec(),
        _ => {
            let found = pem::labels(&blocks);
            return Err(content(format!("it holds {found}, expected one `{label}`")));
        }
    };
    Ok((path, der))
}

fn unusable(path: &Path) -> impl Fn(CertificateError) -> TrustError {
    let path = path.to_owned();
    move |source| TrustError::Certificate { path: path.clone(), source }
}
