//! A certificate is known by what was certified and by its key, in whichever bytes it comes.

use der::Encode as _;
use der::asn1::BitString;
use x509_cert::Certificate;

use super::*;

/// The same certificate with the other signature of its issuer that fits as well: (r, n − s).
fn twin(der: &[u8]) -> Vec<u8> {
    let certificate = Certificate::from_der(der).unwrap();
    let value = certificate.signature().as_bytes().unwrap();
    let twin = match p256::ecdsa::Signature::from_der(value) {
        Ok(value) => {
            let (r, s) = value.split_scalars();
            p256::ecdsa::Signature::from_scalars(r, -*s).unwrap().to_der().as_bytes().to_vec()
        }
        Err(_) => {
            let (r, s) = p384::ecdsa::Signature::from_der(value).unwrap().split_scalars();
            p384::ecdsa::Signature::from_scalars(r, -*s).unwrap().to_der().as_bytes().to_vec()
        }
    };
    let twin = put_together(der, &BitString::from_bytes(&twin).unwrap().to_der().unwrap());
    assert_ne!(twin, der);
    twin
}

/// What was certified, with another signature.
fn put_together(der: &[u8], signature: &[u8]) -> Vec<u8> {
    let certificate = Certificate::from_der(der).unwrap();
    let parts = [
        certificate.tbs_certificate().to_der().unwrap(),
        certificate.signature_algorithm().to_der().unwrap(),
        signature.to_vec(),
    ];
    der::Any::new(der::Tag::Sequence, parts.concat()).unwrap().to_der().unwrap()
}

fn hex(digest: impl AsRef<[u8]>) -> String {
    base16ct::lower::encode_string(digest.as_ref())
}

fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

fn revoked(what: &str, since: &str) -> String {
    format!("[[revoked]]\n{what}\nsince = {since}\nreason = \"mất thẻ\"\n")
}

#[test]
fn a_certificate_has_one_id_in_every_spelling() {
    for (root, issuing) in [(p384(1), p256(2)), (p256(1), p384(2))] {
        let ministry = Ministry::with(root, issuing);
        let chain = ministry.issue(&signer(3), &p256(3));
        let id = KeyId::of_certificate(&chain[0]).unwrap();
        assert_eq!(KeyId::of_certificate(&twin(&chain[0])).unwrap(), id);
        assert_eq!(twin(&twin(&chain[0])), chain[0]);
        let certificate = Certificate::from_der(&chain[0]).unwrap();
        let tbs = certificate.tbs_certificate();
        let key = tbs.subject_public_key_info().to_der().unwrap();
        let expected = format!("x509:{}:{}", sha256(&key), sha256(&tbs.to_der().unwrap()));
        assert_eq!(id.to_string(), expected);
        assert_eq!(expected.parse::<KeyId>().unwrap(), id);
        assert!(format!("x509:{}", sha256(&chain[0])).parse::<KeyId>().is_err(), "an id of before");
    }
}

/// Another wrapper around the same is no certificate at all.
#[test]
fn a_certificate_has_one_wrapper() {
    let ministry = Ministry::new();
    let der = ministry.issue(&signer(3), &p256(3)).remove(0);
    let certificate = Certificate::from_der(&der).unwrap();
    let value = certificate.signature().as_bytes().unwrap();
    // A number with a zero before it, a BIT STRING with unused bits, one of the wrong length.
    let padded = {
        let r_length = usize::from(value[3]);
        let mut padded = vec![0x30, value[1] + 1, 0x02, value[3] + 1, 0];
        padded.extend(&value[4..4 + r_length]);
        padded.extend(&value[4 + r_length..]);
        padded
    };
    let unused = [&[0x03, u8::try_from(value.len() + 1).unwrap(), 0x04], value].concat();
    let longer = [&[0x30, 0x83, 0], &der[2..]].concat();
    let endless = [&[0x30, 0x80], &der[4..], &[0, 0]].concat();
    let followed = [&der[..], &[0]].concat();
    for wrong in [longer, endless, followed, der[..der.len() - 1].to_vec(), Vec::new()] {
        assert!(KeyId::of_certificate(&wrong).is_err());
        assert!(CertificateChain::read(&wrong).is_err());
    }
    for signature in [BitString::from_bytes(&padded).unwrap().to_der().unwrap(), unused] {
        let respelt = put_together(&der, &signature);
        let chain = [respelt, ministry.issuing_der.clone()];
        let refused = SignedFile::read(&pack())
            .unwrap()
            .attach(&chain, Role::Author, SIGNED, &[0; 64])
            .map(|_| ())
            .unwrap_err();
        assert!(!refused.to_string().is_empty());
        if let Ok(id) = KeyId::of_certificate(&chain[0]) {
            // What can be read is the same certificate, and nobody issued it so.
            assert_eq!(id, KeyId::of_certificate(&der).unwrap());
            let store = ministry.store(&subject(&der), "");
            let said = said(&store, &sign(&chain, &p256(3), SIGNED));
            assert!(said.contains("was not issued by"), "{said}");
        }
    }
}

/// Whichever digest of a certificate an operator was told, and whichever certificate of the key comes.
#[test]
fn a_revoked_certificate_stays_revoked_in_every_spelling() {
    for (root, issuing, holder) in
        [(p384(1), p256(2), p256(3)), (p256(1), p384(2), p384(3)), (p384(1), p256(2), rsa())]
    {
        let ministry = Ministry::with(root, issuing);
        let chain = ministry.issue(&signer(3), &holder);
        let (der, issuer) = (chain[0].clone(), chain[1].clone());
        let renewed = ministry.issue(&signer(4), &holder).remove(0);
        let twins = [twin(&der), twin(&renewed)];
        ministry.write("lost.der", &der);
        ministry.write("lost-twin.der", &twins[0]);
        let pem = der::pem::encode_string("CERTIFICATE", LineEnding::LF, &der).unwrap();
        ministry.write("lost.pem", pem.as_bytes());
        let certificate = Certificate::from_der(&der).unwrap();
        let tbs = certificate.tbs_certificate();
        let key = sha256(&tbs.subject_public_key_info().to_der().unwrap());
        let id = KeyId::of_certificate(&der).unwrap();
        // One certificate, in both spellings; and all of its key.
        let one = [
            format!("key = \"x509:{}\"", sha256(&der)),
            format!("key = \"x509:{}\"", sha256(&twins[0])),
            format!("key = \"x509:{}\"", sha256(&tbs.to_der().unwrap())),
        ];
        let all = [
            format!("key = \"{id}\""),
            format!("key = \"x509:{key}\""),
            "certificate = \"lost.der\"".to_owned(),
            "certificate = \"lost-twin.der\"".to_owned(),
            "certificate = \"lost.pem\"".to_owned(),
        ];
        let name = subject(&der);
        let said_of = |what: &str, since: &str, first: &[u8]| {
            let text = trust_file(&name, "") + &revoked(what, since);
            let bytes = sign(&[first.to_vec(), issuer.clone()], &holder, SIGNED);
            said(&ministry.open(&text).unwrap(), &bytes)
        };
        for what in one.iter().chain(&all) {
            for first in [&der, &twins[0]] {
                let said = said_of(what, "2026-11-22", first);
                assert!(
                    said.contains("the key is revoked since 2026-11-22: mất thẻ"),
                    "{what}: {said}"
                );
                assert_eq!(said_of(what, "2026-11-23", first), "trusted", "{what}");
            }
        }
        for (list, expected) in [(&one[..], false), (&all[..], true)] {
            for (what, first) in list.iter().flat_map(|what| [(what, &renewed), (what, &twins[1])])
            {
                let is_revoked = said_of(what, "2026-11-22", first).contains("the key is revoked");
                assert_eq!(is_revoked, expected, "{what}");
            }
        }
    }
}

/// One whose card was lost goes on with a new key under the same name.
#[test]
fn a_new_key_under_the_same_name_is_not_revoked() {
    let ministry = Ministry::new();
    let (old, new) = (p256(3), p256(4));
    let lost = ministry.issue(&signer(3), &old).remove(0);
    ministry.write("lost.der", &lost);
    let chain = ministry.issue(&signer(4), &new);
    let bytes = sign(&chain, &new, SIGNED);
    for what in [
        format!("key = \"{}\"", KeyId::of_certificate(&lost).unwrap()),
        format!("key = \"x509:{}\"", sha256(&lost)),
        "certificate = \"lost.der\"".to_owned(),
    ] {
        let text = trust_file(&subject(&lost), "") + &revoked(&what, "2026-11-01");
        assert_eq!(said(&ministry.open(&text).unwrap(), &bytes), "trusted", "{what}");
    }
    // Of the same issuer and serial number as the lost one, it is that one.
    let same = ministry.issue(&signer(3), &new);
    let text =
        trust_file(&subject(&lost), "") + &revoked("certificate = \"lost.der\"", "2026-11-01");
    let said = said(&ministry.open(&text).unwrap(), &sign(&same, &new, SIGNED));
    assert!(said.contains("the key is revoked since 2026-11-01"), "{said}");
}

/// The one between: whoever has its key issues what they like.
#[test]
fn a_revoked_issuer_takes_what_it_issued_along() {
    let ministry = Ministry::new();
    let chain = ministry.issue(&signer(3), &p256(3));
    ministry.write("issuing.der", &chain[1]);
    for what in [
        format!("key = \"{}\"", KeyId::of_certificate(&chain[1]).unwrap()),
        format!("key = \"x509:{}\"", sha256(&chain[1])),
        "certificate = \"issuing.der\"".to_owned(),
    ] {
        let text = trust_file(&subject(&chain[0]), "") + &revoked(&what, "2026-11-01");
        for issuer in [chain[1].clone(), twin(&chain[1])] {
            let bytes = sign(&[chain[0].clone(), issuer], &p256(3), SIGNED);
            let said = said(&ministry.open(&text).unwrap(), &bytes);
            let expected = "is revoked since 2026-11-01: mất thẻ";
            assert!(
                said.contains("the certificate of `CN=Issuing,") && said.contains(expected),
                "{said}"
            );
        }
    }
}

/// A list knows certificates by number; the same key in another certificate of the file is no other key.
#[test]
fn a_key_that_a_list_revokes_does_not_count_in_another_certificate() {
    let ministry = Ministry::new();
    let key = p256(3);
    let revoked = ministry.issue(&signer(3), &key);
    let renewed = ministry.issue(&signer(4), &key);
    let name = subject(&revoked[0]);
    let lists = ministry.lists(Some(3), (2026, 12, 1));
    let store = ministry.store(&name, lists);
    assert_eq!(said(&store, &sign(&renewed, &key, SIGNED)), "trusted");
    let spelt = [twin(&revoked[0]), revoked[1].clone()];
    for chain in [&revoked, &spelt.to_vec()] {
        let bytes = sign_also(&pack(), chain, &key, (Role::Author, SIGNED));
        assert!(said(&store, &bytes).contains("is revoked since 2026-11-21"), "alone");
        let both = sign_also(&bytes, &renewed, &key, (Role::Author, SIGNED));
        let said = said(&store, &both);
        assert!(said.contains("its key is that of a certificate which is revoked"), "{said}");
    }
}

/// Two spellings of one certificate are one signer's: the second signature takes the place of the first.
#[test]
fn two_spellings_sign_once() {
    let ministry = Ministry::new();
    let key = p256(3);
    let chain = ministry.issue(&signer(3), &key);
    let spelt = [twin(&chain[0]), chain[1].clone()];
    let once = sign(&chain, &key, SIGNED);
    let twice = sign_also(&once, &spelt, &key, (Role::Author, SIGNED));
    assert_eq!(SignedFile::read(&twice).unwrap().signatures.iter().count(), 1);
    assert_eq!(said(&ministry.store(&subject(&chain[0]), ""), &twice), "trusted");
}

#[test]
fn what_is_revoked_has_to_be_readable() {
    let ministry = Ministry::new();
    let chain = ministry.issue(&signer(3), &p256(3));
    let text = |what: &str| trust_file(&subject(&chain[0]), "") + &revoked(what, "2026-11-01");
    ministry.write("list.pem", b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n");
    for (what, expected) in [
        ("certificate = \"none.der\"", "cannot read `"),
        ("certificate = \"list.pem\"", "it holds `X509 CRL`, expected one `CERTIFICATE`"),
        ("certificate = \"trust.toml\"", "cannot use `"),
        ("key = \"x509:12\"", "is no key id"),
        ("key = \"x509:12\"\ncertificate = \"lost.der\"", "is no key id"),
    ] {
        let refused = ministry.open(&text(what)).unwrap_err();
        assert!(refused.contains(expected), "{what}: {refused}");
    }
    let label = "X\u{1b}[2J\u{202e}".repeat(40);
    let text_of = |end: &str| format!("-----BEGIN {label}-----\nMAA=\n-----END {end}-----\n");
    for file in [text_of(&label), text_of("Y")] {
        ministry.write("list.pem", file.as_bytes());
        let refused = ministry.open(&text("certificate = \"list.pem\"")).unwrap_err();
        assert!(!refused.contains(['\u{1b}', '\u{202e}']) && refused.len() < 600, "{refused}");
    }
    let digest = format!("key = \"x509:{}\"", "ab".repeat(32));
    for both in [
        format!("{digest}\ncertificate = \"lost.der\""),
        format!("{digest}\ndigest = \"sha256:{}\"", "ab".repeat(32)),
        String::new(),
    ] {
        let refused = ministry.open(&text(&both)).unwrap_err();
        assert!(
            refused.contains("not exactly one of `key`, `certificate` and `digest`"),
            "{refused}"
        );
    }
    let twice = text(&digest) + &revoked(&digest, "2026-11-02");
    assert!(ministry.open(&twice).unwrap_err().contains("revokes what one before it revokes"));
}
