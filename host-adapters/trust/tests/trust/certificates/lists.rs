//! Revocation lists: every list of an issuer is asked, none before its day, none that is a part.

use std::time::Duration;

use der::Encode as _;
use der::asn1::{BitString, OctetString, UtcTime};
use x509_cert::crl::CertificateList;
use x509_cert::ext::Extension;
use x509_cert::time::Time;

use super::*;

/// 2026-11-21T17:00:00Z: the first second of 2026-11-22 in Việt Nam.
const NOV_21_17H: u64 = 1_795_280_400;

type Day = (i32, u8, u8);

const OLD: (Day, Day) = ((2026, 10, 1), (2026, 12, 31));
const NEW: (Day, Day) = ((2026, 11, 20), (2026, 12, 20));
const EXPIRED: (Day, Day) = ((2026, 10, 1), (2026, 11, 21));
const FUTURE: (Day, Day) = ((2026, 11, 23), (2026, 12, 31));

/// A list of one of the authorities, of some days.
fn list_of(
    (params, key): &(CertificateParams, Pair),
    revoked: &[u64],
    days: (Day, Day),
) -> Vec<u8> {
    let ymd = |(year, month, day): Day| date_time_ymd(year, month, day);
    let entry = |serial: &u64| RevokedCertParams {
        serial_number: SerialNumber::from(*serial),
        revocation_time: date_time_ymd(2026, 10, 15),
        reason_code: None,
        invalidity_date: None,
    };
    let list = CertificateRevocationListParams {
        this_update: ymd(days.0),
        next_update: ymd(days.1),
        crl_number: SerialNumber::from(7),
        issuing_distribution_point: None,
        revoked_certs: revoked.iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::PreSpecified(vec![1; 20]),
    };
    list.signed_by(&Issuer::from_params(params, key)).unwrap().der().to_vec()
}

/// A list that is altered and signed again by its authority.
fn signed_again(list: &[u8], key: &Pair, alter: impl Fn(&mut CertificateList)) -> Vec<u8> {
    let mut list = CertificateList::from_der(list).unwrap();
    alter(&mut list);
    let value = key.sign(&list.tbs_cert_list.to_der().unwrap()).unwrap();
    list.signature = BitString::from_bytes(&value).unwrap();
    list.to_der().unwrap()
}

fn extension(id: &str, critical: bool, value: &[u8]) -> Extension {
    let (extn_id, extn_value) = (id.parse().unwrap(), OctetString::new(value).unwrap());
    Extension { extn_id, critical, extn_value }
}

struct Office {
    ministry: Ministry,
    name: String,
    bytes: Vec<u8>,
}

impl Office {
    /// A pack, signed by the holder of certificate 3; the root's list is there.
    fn new() -> Self {
        let ministry = Ministry::new();
        let key = p256(3);
        let chain = ministry.issue(&signer(3), &key);
        ministry.write("root.crl", &list_of(&ministry.root, &[], OLD));
        Self { name: subject(&chain[0]), bytes: sign(&chain, &key, SIGNED), ministry }
    }

    fn issuing(&self, revoked: &[u64], days: (Day, Day)) -> Vec<u8> {
        list_of(&self.ministry.issuing, revoked, days)
    }

    fn open(&self, lists: &[&Vec<u8>]) -> Result<TrustStore, String> {
        let mut names = "\"root.crl\"".to_owned();
        for (at, list) in lists.iter().enumerate() {
            self.ministry.write(&format!("{at}.crl"), list);
            names += &format!(", \"{at}.crl\"");
        }
        self.ministry.open(&trust_file(&self.name, &names))
    }

    fn said(&self, lists: &[&Vec<u8>]) -> String {
        said(&self.open(lists).unwrap(), &self.bytes)
    }
}

#[test]
fn a_certificate_that_any_list_has_is_revoked() {
    let office = Office::new();
    let (old, new) = (office.issuing(&[], OLD), office.issuing(&[3], NEW));
    let third = office.issuing(&[9], NEW);
    assert_eq!(office.said(&[&old]), "trusted");
    for lists in [&[&old, &new] as &[_], &[&new, &old], &[&old, &third, &new], &[&new]] {
        let said = office.said(lists);
        assert!(said.contains("is revoked since 2026-10-15"), "{said}");
    }
    assert_eq!(office.said(&[&old, &third]), "trusted");
    let twice = office.ministry.open(&trust_file(&office.name, "\"root.crl\", \"root.crl\""));
    assert!(twice.unwrap_err().contains("names the list `root.crl` twice"));
    let two =
        [&old, &new].map(|list| der::pem::encode_string("X509 CRL", LineEnding::LF, list).unwrap());
    let refused = office.open(&[&two.concat().into_bytes()]).unwrap_err();
    assert!(refused.contains("it holds `X509 CRL`, `X509 CRL`, expected one"), "{refused}");
}

/// A list tells who is not revoked on its days only. What it revokes, it revokes for good.
#[test]
fn a_list_counts_on_its_days() {
    let office = Office::new();
    let of = |revoked: &[u64], days| office.issuing(revoked, days);
    let future = "is of 2026-11-23, today is 2026-11-22: it does not count before its day";
    let expired = "held until 2026-11-21, today is 2026-11-22: fetch its current one";
    for (lists, expected) in [
        (vec![of(&[], FUTURE)], future),
        (vec![of(&[], EXPIRED)], expired),
        (vec![of(&[], EXPIRED), of(&[], FUTURE)], future),
        (vec![of(&[], FUTURE), of(&[], OLD)], "trusted"),
        (vec![of(&[], EXPIRED), of(&[], OLD)], "trusted"),
        (vec![of(&[3], EXPIRED), of(&[], OLD)], "is revoked since 2026-10-15"),
        (vec![of(&[], OLD), of(&[3], EXPIRED)], "is revoked since 2026-10-15"),
        (vec![of(&[], FUTURE), of(&[3], OLD)], "is revoked since 2026-10-15"),
        (vec![of(&[], OLD), of(&[3], FUTURE)], "is revoked since 2026-10-15"),
    ] {
        let lists: Vec<&Vec<u8>> = lists.iter().collect();
        let said = office.said(&lists);
        assert!(said.contains(expected), "{said}");
    }
    // The days of a list are those of Việt Nam, and both count.
    let edge = signed_again(&of(&[], FUTURE), &office.ministry.issuing.1, |list| {
        let list = &mut list.tbs_cert_list;
        list.this_update =
            Time::UtcTime(UtcTime::from_unix_duration(Duration::from_secs(NOV_21_17H)).unwrap());
        list.next_update = Some(Time::UtcTime(
            UtcTime::from_unix_duration(Duration::from_secs(NOV_21_17H + 24 * 3600 - 1)).unwrap(),
        ));
    });
    assert_eq!(office.said(&[&edge]), "trusted");
    // It is told though another list is there that counts.
    let (lists, counting) = ([of(&[], FUTURE), of(&[], EXPIRED)], of(&[], OLD));
    let store = office.open(&[&lists[0], &lists[1], &counting]).unwrap();
    let notices: Vec<String> = store.notices().into_iter().map(|notice| notice.en).collect();
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].ends_with(future) && notices[1].ends_with(expired), "{notices:?}");
    assert!(store.notices()[0].vi.contains("chưa đến ngày nên không được tính"));
}

/// One that is damaged, or another's, might be the one that revokes.
#[test]
fn every_list_of_an_issuer_is_from_there() {
    let office = Office::new();
    let good = office.issuing(&[], OLD);
    let forger = authority("Issuing", 2);
    let forged = list_of(&(forger, p256(8)), &[], NEW);
    let mut damaged = office.issuing(&[3], NEW);
    *damaged.last_mut().unwrap() ^= 1;
    for bad in [&forged, &damaged] {
        for lists in [&[&good, bad] as &[_], &[bad, &good], &[bad]] {
            let said = office.said(lists);
            assert!(said.contains("is not from there: its signature does not fit"), "{said}");
        }
    }
    // An authority that changes its key has two lists for a while, told apart by the keys' ids.
    let mut changed = authority("Issuing", 2);
    changed.key_identifier_method = KeyIdMethod::PreSpecified(vec![2; 20]);
    let other = CertificateRevocationListParams {
        this_update: date_time_ymd(2026, 11, 1),
        next_update: date_time_ymd(2026, 12, 31),
        crl_number: SerialNumber::from(8),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: KeyIdMethod::PreSpecified(vec![2; 20]),
    };
    let other = other.signed_by(&Issuer::from_params(&changed, &p256(8))).unwrap().der().to_vec();
    assert_eq!(office.said(&[&other, &good]), "trusted");
    assert!(office.said(&[&other]).contains("there is no revocation list of `CN=Issuing"));
}

/// Of a part, nobody could tell what it leaves out: it is refused when the trust file is opened.
#[test]
fn a_part_of_a_list_is_no_list() {
    let office = Office::new();
    let good = office.issuing(&[], OLD);
    let key = &office.ministry.issuing.1;
    let with = |extension: Extension| {
        signed_again(&good, key, |list| {
            list.tbs_cert_list.crl_extensions.get_or_insert_default().push(extension.clone());
        })
    };
    // RFC 5280, 5.2.5: [1] only users', [2] only authorities', [3] some reasons, [4] indirect, [5] only
    // attribute certificates; [0] a distribution point.
    let points: [&[u8]; 7] = [
        &[0x30, 0],
        &[0x30, 3, 0x81, 1, 0xff],
        &[0x30, 3, 0x82, 1, 0xff],
        &[0x30, 4, 0x83, 2, 6, 0x40],
        &[0x30, 3, 0x84, 1, 0xff],
        &[0x30, 3, 0x85, 1, 0xff],
        &[0x30, 9, 0xa0, 7, 0xa0, 5, 0x86, 3, b'a', b':', b'b'],
    ];
    for (point, critical) in points.iter().flat_map(|point| [(point, true), (point, false)]) {
        let refused = office.open(&[&with(extension("2.5.29.28", critical, point))]).unwrap_err();
        assert!(refused.contains("(issuing distribution point): name the whole list"), "{refused}");
        assert!(refused.contains("0.crl`") && refused.contains("CN=Issuing"), "{refused}");
        // Beside one that is whole, too.
        let beside = with(extension("2.5.29.28", critical, point));
        assert!(office.open(&[&good, &beside]).is_err());
    }
    for critical in [true, false] {
        let refused =
            office.open(&[&with(extension("2.5.29.27", critical, &[2, 1, 6]))]).unwrap_err();
        assert!(refused.contains("(a delta list): name the whole list"), "{refused}");
    }
    let strange = office.open(&[&with(extension("1.3.6.1.4.1.32473.1", true, &[5, 0]))]);
    assert!(strange.unwrap_err().contains("unknown critical extension 1.3.6.1.4.1.32473.1"));
    for harmless in [("1.3.6.1.4.1.32473.1", [5, 0]), ("2.5.29.46", [0x30, 0])] {
        let (id, value) = harmless;
        assert_eq!(office.said(&[&with(extension(id, false, &value))]), "trusted", "{id}");
    }

    // Entries that speak of other authorities' certificates.
    let listed = office.issuing(&[9], OLD);
    for critical in [true, false] {
        let indirect = signed_again(&listed, key, |list| {
            let entries = list.tbs_cert_list.revoked_certificates.as_mut().unwrap();
            let issuer = extension("2.5.29.29", critical, &[0x30, 0]);
            entries[0].crl_entry_extensions.get_or_insert_default().push(issuer);
        });
        let refused = office.open(&[&indirect]).unwrap_err();
        assert!(refused.contains("(an indirect list)"), "{refused}");
    }
    let endless = signed_again(&good, key, |list| list.tbs_cert_list.next_update = None);
    let refused = office.open(&[&endless]).unwrap_err();
    assert!(refused.contains("does not say until when it holds"), "{refused}");
    let other = signed_again(&good, key, |list| {
        list.signature_algorithm.oid = "1.2.840.10045.4.3.3".parse().unwrap();
    });
    assert!(office.open(&[&other]).unwrap_err().contains("names two algorithms"));
    let refused = office.open(&[&good[..good.len() - 1].to_vec()]).unwrap_err();
    assert!(refused.contains("cannot read the list"), "{refused}");
}
