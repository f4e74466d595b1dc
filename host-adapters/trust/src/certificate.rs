//! Certificates as issued to agencies: a chain from the signer to a root that the operator configured,
//! judged offline.
//!
//! Deliberately narrow: what this module does not know of a certificate that is marked critical, it
//! refuses.

use der::asn1::ObjectIdentifier;
use der::{Decode as _, Encode as _};
use kycuong_model::date::Date;
use kycuong_model::text::is_control;
use x509_cert::Certificate;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::algorithm::PublicKey;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
/// Policies are information here: any of them will do.
const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");

/// The extended usages under which somebody signs something: any, code, mail, documents (RFC 9336,
/// and as one vendor called it before).
const SIGNING_USAGES: [ObjectIdentifier; 5] = [
    ObjectIdentifier::new_unwrap("2.5.29.37.0"),
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3"),
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4"),
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36"),
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.10.3.12"),
];

/// Why a certificate, or a revocation list, does not count.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// It is not DER of the expected kind.
    #[error("cannot read {what}")]
    Read {
        /// The certificate or list.
        what: String,
        /// Why.
        source: der::Error,
    },
    /// The file holds no certificate that could be used.
    #[error("no certificate can be taken from it: {detail}")]
    File {
        /// What it holds instead.
        detail: String,
    },
    /// The key id is not that of the signer's certificate.
    #[error("the key id is not that of the signer's certificate")]
    OtherCertificate,
    /// It is no certificate of version 3, or contradicts itself.
    #[error("the certificate of `{subject}` {detail}")]
    Unsound {
        /// Whose it is.
        subject: String,
        /// What is wrong, as the end of that sentence.
        detail: String,
    },
    /// It was not issued by the next one of the chain, or by the root.
    #[error("the certificate of `{subject}` was not issued by `{issuer}`: {detail}")]
    NotIssued {
        /// Whose it is.
        subject: String,
        /// Who should have issued it.
        issuer: String,
        /// What does not fit.
        detail: String,
    },
    /// It was not valid on the day of signing.
    #[error("the certificate of `{subject}` is valid {from}..{to}, the day of signing is {on}")]
    NotValid {
        /// Whose it is.
        subject: String,
        /// Its first day, in Việt Nam.
        from: Date,
        /// Its last day.
        to: Date,
        /// The day of signing.
        on: Date,
    },
    /// It is for something else.
    #[error("the certificate of `{subject}` is not for {purpose}")]
    Usage {
        /// Whose it is.
        subject: String,
        /// What it was used for.
        purpose: &'static str,
    },
    /// Its issuer revoked it.
    #[error("the certificate of `{subject}` is revoked since {since}")]
    Revoked {
        /// Whose it is.
        subject: String,
        /// Since when.
        since: Date,
    },
    /// Whether it is revoked cannot be told.
    #[error("whether the certificate of `{subject}` is revoked cannot be told: {detail}")]
    Unknown {
        /// Whose it is.
        subject: String,
        /// What is missing.
        detail: String,
    },
    /// A revocation list cannot tell who is not revoked.
    #[error("the list of `{issuer}` {detail}")]
    List {
        /// Whose it is.
        issuer: String,
        /// What is wrong, as the end of that sentence.
        detail: String,
    },
    /// The key or the algorithm is none of those that this crate verifies.
    #[error("{what} is of a kind that is not accepted: {detail}")]
    Algorithm {
        /// The key or signature.
        what: String,
        /// What it is, and what would do.
        detail: String,
    },
}

kycuong_model::error_codes!(CertificateError {
    Read => "unreadable",
    File => "no-certificate",
    OtherCertificate => "other-certificate",
    Unsound => "unsound-certificate",
    NotIssued => "not-issued",
    NotValid => "not-valid",
    Usage => "wrong-usage",
    Revoked => "revoked",
    Unknown => "revocation-unknown",
    List => "list-does-not-count",
    Algorithm => "algorithm-not-accepted",
});

impl CertificateError {
    /// Whether it was a sound certificate once, or may be: it was not valid on the day, it is revoked, or
    /// nobody can tell.
    pub(crate) fn is_of_time(&self) -> bool {
        matches!(self, Self::NotValid { .. } | Self::Revoked { .. } | Self::Unknown { .. })
    }
}

/// Reads a certificate; its one spelling is DER.
pub(crate) fn read(der: &[u8], what: &str) -> Result<Certificate, CertificateError> {
    let unreadable = |source| CertificateError::Read { what: what.to_owned(), source };
    let certificate = Certificate::from_der(der).map_err(unreadable)?;
    if certificate.to_der().map_err(unreadable)? == der {
        Ok(certificate)
    } else {
        Err(unreadable(der::ErrorKind::Noncanonical { tag: der::Tag::Sequence }.into()))
    }
}

/// Whose certificate it is, as RFC 4514 writes names.
pub(crate) fn subject(certificate: &Certificate) -> String {
    name(certificate.tbs_certificate().subject())
}

/// A name as RFC 4514 writes it, also what a terminal would obey or nobody would see: as escapes.
pub(crate) fn name(name: &Name) -> String {
    name.to_string().chars().fold(String::new(), |mut text, one| {
        if is_control(one) {
            let mut bytes = [0; 4];
            for byte in one.encode_utf8(&mut bytes).bytes() {
                text.push_str(&format!("\\{byte:02x}"));
            }
        } else {
            text.push(one);
        }
        text
    })
}

/// The civil day of a moment in Việt Nam (UTC+7).
pub(crate) fn day(time: Time) -> Option<Date> {
    let moment = time.to_date_time();
    let (year, month, day) = (moment.year(), moment.month(), moment.day());
    let date: Date = format!("{year:04}-{month:02}-{day:02}").parse().ok()?;
    Some(if moment.hour() >= 17 { date.plus_days(1) } else { date })
}

pub(crate) fn public_key(certificate: &Certificate) -> Result<PublicKey, CertificateError> {
    PublicKey::read(certificate.tbs_certificate().subject_public_key_info()).map_err(|detail| {
        CertificateError::Algorithm {
            what: format!("the key of `{}`", subject(certificate)),
            detail,
        }
    })
}

/// Whether `issuer` signed `certificate`, and may: `below` certificates stand between it and the end.
pub(crate) fn check_issued(
    certificate: &Certificate,
    issuer: &Certificate,
    below: usize,
) -> Result<(), CertificateError> {
    let refused = |detail: &str| CertificateError::NotIssued {
        subject: subject(certificate),
        issuer: subject(issuer),
        detail: detail.to_owned(),
    };
    let issued = certificate.tbs_certificate();
    if issued.issuer() != issuer.tbs_certificate().subject() {
        return Err(refused(&format!("it names `{}`", name(issued.issuer()))));
    }
    let constraints = extension::<BasicConstraints>(issuer)?;
    let Some(constraints) = constraints.filter(|constraints| constraints.ca) else {
        return Err(refused("that is no certification authority"));
    };
    if constraints.path_len_constraint.is_some_and(|most| usize::from(most) < below) {
        return Err(refused("the chain below that authority is too long"));
    }
    if !extension::<KeyUsage>(issuer)?.is_some_and(|usage| usage.key_cert_sign()) {
        return Err(refused("its key is not for signing certificates"));
    }
    if certificate.signature_algorithm() != issued.signature() {
        return Err(refused("it names two algorithms"));
    }
    let unreadable = |source| CertificateError::Read { what: "a certificate".to_owned(), source };
    let signed = issued.to_der().map_err(unreadable)?;
    let value = certificate.signature().as_bytes().unwrap_or_default();
    let key = public_key(issuer)?;
    key.verify(certificate.signature_algorithm(), &signed, value).map_err(|detail| refused(&detail))
}

/// The first and the last day of a certificate.
pub(crate) fn days(certificate: &Certificate) -> Result<(Date, Date), CertificateError> {
    let validity = certificate.tbs_certificate().validity();
    day(validity.not_before).zip(day(validity.not_after)).ok_or_else(|| {
        let detail = "is valid on days that do not exist".to_owned();
        CertificateError::Unsound { subject: subject(certificate), detail }
    })
}

/// Whether each certificate of a chain was issued by the next one.
pub(crate) fn check_links(
    signer: &Certificate,
    issuers: &[Certificate],
) -> Result<(), CertificateError> {
    let below = std::iter::once(signer).chain(issuers);
    let mut links = below.zip(issuers).enumerate();
    links.try_for_each(|(below, (certificate, issuer))| check_issued(certificate, issuer, below))
}

pub(crate) fn check_valid(certificate: &Certificate, on: Date) -> Result<(), CertificateError> {
    let (from, to) = days(certificate)?;
    if from <= on && on <= to {
        Ok(())
    } else {
        Err(CertificateError::NotValid { subject: subject(certificate), from, to, on })
    }
}

pub(crate) fn check_extensions(certificate: &Certificate) -> Result<(), CertificateError> {
    let unsound =
        |detail: String| CertificateError::Unsound { subject: subject(certificate), detail };
    let tbs = certificate.tbs_certificate();
    if tbs.version() != Version::V3 {
        return Err(unsound("is not of version 3".to_owned()));
    }
    let known = [BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES];
    let extensions = tbs.extensions().map(Vec::as_slice).unwrap_or_default();
    let strange = |one: &&Extension| one.critical && !known.contains(&one.extn_id);
    if let Some(strange) = extensions.iter().find(strange) {
        return Err(unsound(format!("has the unknown critical extension {}", strange.extn_id)));
    }
    let mut ids = std::collections::BTreeSet::new();
    match extensions.iter().find(|one| !ids.insert(one.extn_id)) {
        Some(double) => Err(unsound(format!("has the extension {} twice", double.extn_id))),
        None => Ok(()),
    }
}

/// Whether the holder of a certificate may sign with it.
pub(crate) fn check_signs(certificate: &Certificate) -> Result<(), CertificateError> {
    let usage = extension::<KeyUsage>(certificate)?;
    let signs = usage.is_some_and(|usage| usage.digital_signature() || usage.non_repudiation());
    let extended = extension::<ExtendedKeyUsage>(certificate)?;
    let for_signing =
        extended.is_none_or(|usages| usages.0.iter().any(|usage| SIGNING_USAGES.contains(usage)));
    let purpose = match (signs, for_signing) {
        (true, true) => return Ok(()),
        (true, false) => "signing code, mail or documents, by its extended key usage",
        (false, _) => "digital signatures, by its key usage",
    };
    Err(CertificateError::Usage { subject: subject(certificate), purpose })
}

pub(crate) fn extension<'a, T: der::Decode<'a, Error = der::Error> + der::oid::AssociatedOid>(
    certificate: &'a Certificate,
) -> Result<Option<T>, CertificateError> {
    let found = certificate.tbs_certificate().get_extension::<T>();
    let found = found.map_err(|source| CertificateError::Read {
        what: format!("an extension of the certificate of `{}`", subject(certificate)),
        source,
    })?;
    Ok(found.map(|(_, extension)| extension))
}
