//! Revocation lists, as files: what an authority took back.

use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid as _;
use der::{Decode as _, Encode as _};
use kycuong_model::date::Date;
use kycuong_model::text::Bilingual;
use x509_cert::Certificate;
use x509_cert::crl::{CertificateList, RevokedCert};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;

use crate::algorithm::PublicKey;
use crate::certificate::{CertificateError, day, extension, name};

/// Why an entry was made, and since when its key was doubtful: neither changes that it is revoked.
const ENTRY_EXTENSIONS: [ObjectIdentifier; 2] =
    [ObjectIdentifier::new_unwrap("2.5.29.21"), ObjectIdentifier::new_unwrap("2.5.29.24")];
/// Whose certificate an entry is, in a list that speaks for others.
const CERTIFICATE_ISSUER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.29");

/// What makes a list a part of all that an authority revoked, critical or not (RFC 5280, 5.2.4 and 5.2.5).
const OF_PARTS: [(ObjectIdentifier, &str); 2] = [
    (
        ObjectIdentifier::new_unwrap("2.5.29.27"),
        "holds only what changed since another one (a delta list)",
    ),
    (
        ObjectIdentifier::new_unwrap("2.5.29.28"),
        "speaks for one distribution point, one kind of certificates or other authorities (issuing distribution point)",
    ),
];

/// A list of all certificates that one authority revoked.
#[derive(Debug)]
pub(crate) struct RevocationList {
    list: CertificateList,
    this_update: Date,
    next_update: Date,
}

/// Whether a list can tell on a day who is not revoked.
pub(crate) enum Currency {
    Current,
    /// Its day is still to come, or over: in words.
    Not(Bilingual),
}

impl RevocationList {
    /// Reads a list that is whole. Of a part, nobody could tell what it leaves out.
    ///
    /// # Errors
    /// [`CertificateError::Read`] for what is no list, [`CertificateError::List`] for one that is a part,
    /// has something unknown that is critical, names two algorithms or does not say until when it holds.
    pub(crate) fn read(der: &[u8]) -> Result<Self, CertificateError> {
        let unreadable = |source| CertificateError::Read { what: "the list".to_owned(), source };
        let list = CertificateList::from_der(der).map_err(unreadable)?;
        let issuer = name(&list.tbs_cert_list.issuer);
        let wrong = |detail: String| CertificateError::List { issuer: issuer.clone(), detail };
        check_extensions(&list).map_err(wrong)?;
        let tbs = &list.tbs_cert_list;
        if list.signature_algorithm != tbs.signature {
            return Err(wrong("names two algorithms".to_owned()));
        }
        let no_day = || wrong("is of a day that does not exist".to_owned());
        let this_update = day(tbs.this_update).ok_or_else(no_day)?;
        let next =
            tbs.next_update.ok_or_else(|| wrong("does not say until when it holds".to_owned()))?;
        let next_update = day(next).ok_or_else(no_day)?;
        Ok(Self { list, this_update, next_update })
    }

    /// Whether it is of an authority, by its name; where both tell it, by the id of its key, too: an
    /// authority that changes its key has two certificates and two lists for a while.
    pub(crate) fn is_of(&self, issuer: &Certificate) -> Result<bool, CertificateError> {
        if self.issuer() != issuer.tbs_certificate().subject() {
            return Ok(false);
        }
        let own = extension::<SubjectKeyIdentifier>(issuer)?;
        let extensions = self.list.tbs_cert_list.crl_extensions.iter().flatten();
        let mut named = extensions.filter(|one| one.extn_id == AuthorityKeyIdentifier::OID);
        let named =
            named.next().map(|one| AuthorityKeyIdentifier::from_der(one.extn_value.as_bytes()));
        let named = named
            .transpose()
            .map_err(|source| CertificateError::Read { what: self.title(), source })?;
        let key = named.and_then(|named| named.key_identifier);
        Ok(own.zip(key).is_none_or(|(own, key)| own.0 == key))
    }

    fn issuer(&self) -> &Name {
        &self.list.tbs_cert_list.issuer
    }

    /// Whether its authority signed it; what is wrong, in words.
    pub(crate) fn check_signed(&self, key: &PublicKey) -> Result<(), String> {
        let signed = self.list.tbs_cert_list.to_der().map_err(|error| error.to_string())?;
        let value = self.list.signature.as_bytes().unwrap_or_default();
        key.verify(&self.list.signature_algorithm, &signed, value)
            .map_err(|detail| format!("{} is not from there: {detail}", self.title()))
    }

    /// Whether it holds on a day.
    pub(crate) fn currency(&self, today: Date) -> Currency {
        let (from, to, of) = (self.this_update, self.next_update, name(self.issuer()));
        if today < from {
            return Currency::Not(Bilingual::new(
                format!(
                    "danh sách thu hồi của `{of}` ghi ngày {from}, hôm nay là {today}: chưa đến ngày nên không được tính"
                ),
                format!(
                    "the list of `{of}` is of {from}, today is {today}: it does not count before its day"
                ),
            ));
        }
        if to < today {
            return Currency::Not(Bilingual::new(
                format!(
                    "danh sách thu hồi của `{of}` chỉ có giá trị đến {to}, hôm nay là {today}: hãy tải danh sách hiện hành"
                ),
                format!(
                    "the list of `{of}` held until {to}, today is {today}: fetch its current one"
                ),
            ));
        }
        Currency::Current
    }

    /// Since when a certificate is revoked; `None` when it is not.
    pub(crate) fn since(&self, serial: &SerialNumber) -> Option<Date> {
        let entries = entries(&self.list).iter().filter(|one| one.serial_number == *serial);
        // A day that does not exist revokes as well; of two entries the earlier counts.
        entries.map(|one| day(one.revocation_date).unwrap_or(Date::literal(1, 1, 1))).min()
    }

    fn title(&self) -> String {
        format!("the list of `{}`", name(self.issuer()))
    }
}

fn entries(list: &CertificateList) -> &[RevokedCert] {
    list.tbs_cert_list.revoked_certificates.as_deref().unwrap_or_default()
}

fn check_extensions(list: &CertificateList) -> Result<(), String> {
    let extensions = list.tbs_cert_list.crl_extensions.as_deref().unwrap_or_default();
    for extension in extensions {
        if let Some((_, what)) = OF_PARTS.iter().find(|(part, _)| *part == extension.extn_id) {
            return Err(format!("{what}: name the whole list of that authority instead"));
        }
    }
    if let Some(strange) = extensions.iter().find(|one| one.critical) {
        return Err(format!("has the unknown critical extension {}", strange.extn_id));
    }
    let mut of_entries =
        entries(list).iter().flat_map(|one| one.crl_entry_extensions.iter().flatten());
    let strange = |one: &&Extension| {
        one.extn_id == CERTIFICATE_ISSUER
            || one.critical && !ENTRY_EXTENSIONS.contains(&one.extn_id)
    };
    match of_entries.find(strange) {
        Some(one) if one.extn_id == CERTIFICATE_ISSUER => Err(
            "has an entry for another authority (an indirect list): name the list of each authority itself"
                .to_owned(),
        ),
        Some(one) => Err(format!("has an entry with the unknown critical extension {}", one.extn_id)),
        None => Ok(()),
    }
}
