//! Revocation lists, as files: what an authority took back.

use der::asn1::ObjectIdentifier;
use der::{Decode as _, Encode as _};
use kycuong_model::date::Date;
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;

use crate::algorithm::PublicKey;
use crate::certificate::{CertificateError, day, name};

/// Why an entry was made, and since when its key was doubtful: neither changes that it is revoked.
const ENTRY_EXTENSIONS: [ObjectIdentifier; 2] =
    [ObjectIdentifier::new_unwrap("2.5.29.21"), ObjectIdentifier::new_unwrap("2.5.29.24")];

/// A list of revoked certificates.
#[derive(Debug)]
pub(crate) struct RevocationList(CertificateList);

impl RevocationList {
    pub(crate) fn read(der: &[u8], what: &str) -> Result<Self, CertificateError> {
        let list = CertificateList::from_der(der);
        list.map(Self).map_err(|source| CertificateError::Read { what: what.to_owned(), source })
    }

    pub(crate) fn issuer(&self) -> &Name {
        &self.0.tbs_cert_list.issuer
    }

    /// Whether it is whole, signed by its authority and not out of date; what is wrong, in words.
    pub(crate) fn check(&self, key: &PublicKey, today: Date) -> Result<(), String> {
        let list = &self.0.tbs_cert_list;
        let of = name(&list.issuer);
        let extensions = list.crl_extensions.as_deref().unwrap_or_default();
        if extensions.iter().any(|one: &Extension| one.critical) {
            // Such a list is a part of another one, or speaks for others.
            return Err(format!("the list of `{of}` has a critical extension"));
        }
        let entries = self.entries().iter();
        let mut of_entries = entries.flat_map(|one| one.crl_entry_extensions.iter().flatten());
        if of_entries.any(|one| one.critical && !ENTRY_EXTENSIONS.contains(&one.extn_id)) {
            return Err(format!(
                "the list of `{of}` has an entry with an unknown critical extension"
            ));
        }
        let Some(next) = list.next_update.and_then(day) else {
            return Err(format!("the list of `{of}` does not say until when it holds"));
        };
        if next < today {
            return Err(format!(
                "the list of `{of}` held until {next}, today is {today}: fetch its current one"
            ));
        }
        if self.0.signature_algorithm != list.signature {
            return Err(format!("the list of `{of}` names two algorithms"));
        }
        let signed = list.to_der().map_err(|error| error.to_string())?;
        let value = self.0.signature.as_bytes().unwrap_or_default();
        key.verify(&self.0.signature_algorithm, &signed, value)
            .map_err(|detail| format!("the list of `{of}` is not from there: {detail}"))
    }

    /// Since when a certificate is revoked; `None` when it is not.
    pub(crate) fn since(&self, serial: &SerialNumber) -> Option<Date> {
        let entry = self.entries().iter().find(|one| one.serial_number == *serial)?;
        // A day that does not exist revokes as well.
        Some(day(entry.revocation_date).unwrap_or(Date::literal(1, 1, 1)))
    }

    fn entries(&self) -> &[RevokedCert] {
        self.0.tbs_cert_list.revoked_certificates.as_deref().unwrap_or_default()
    }
}
