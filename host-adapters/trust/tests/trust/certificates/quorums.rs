//! A quorum counts keys and holders, each once.

use super::*;

/// A trust file with two or more holders by name, of whom all have to sign: as author, or the second one
/// as approver.
fn holders(subjects: &[(&str, &str)], scope: &str) -> String {
    let holders = subjects.iter().map(|(name, subject)| {
        format!(
            "[[certificates]]\nname = \"{name}\"\nauthority = \"vgca\"\nsubject = \"{subject}\"\n\
             owner = \"{name}\"\nroles = [\"author\", \"approver\"]\n"
        )
    });
    format!(
        "format = 1\n[[authorities]]\nname = \"vgca\"\nroot = \"root.pem\"\nrevocations = []\n{}\
         [[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n{scope}\n",
        holders.collect::<String>()
    )
}

const BOTH_AUTHORS: &str = "author = { of = [\"a\", \"c\"], at_least = 2 }";
const AUTHOR_AND_APPROVER: &str = "author = { of = [\"a\"], at_least = 1 }\n\
                                   approver = { of = [\"c\"], at_least = 1 }";

fn person(name: &str, serial: u64) -> CertificateParams {
    let mut params = signer(serial);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

/// A key as its certificate may spell it in fewer bytes.
struct Compressed(Pair);

impl PublicKeyData for Compressed {
    fn der_bytes(&self) -> &[u8] {
        &self.0.1
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.0.algorithm()
    }
}

fn compressed(seed: u8) -> Compressed {
    let Pair(key, _) = p256(seed);
    let Key::P256(key) = key else { unreachable!() };
    let public = key.verifying_key().to_sec1_point(true).as_bytes().to_vec();
    Compressed(Pair(Key::P256(key), public))
}

#[test]
fn one_key_under_two_names_is_one_signer() {
    let ministry = Ministry::new();
    let key = p256(3);
    let a = ministry.issue(&person("Nguoi ky a", 3), &key);
    let c = ministry.issue(&person("Nguoi ky c", 4), &key);
    let issuer = Issuer::from_params(&ministry.issuing.0, &ministry.issuing.1);
    let spelt = person("Nguoi ky c", 5).signed_by(&compressed(3), &issuer).unwrap();
    let spelt = vec![spelt.der().to_vec(), ministry.issuing_der.clone()];
    let other = ministry.issue(&person("Nguoi ky c", 6), &p256(4));
    let names = [("a", "CN=Nguoi ky a"), ("c", "CN=Nguoi ky c")];
    for (scope, role) in [(BOTH_AUTHORS, Role::Author), (AUTHOR_AND_APPROVER, Role::Approver)] {
        let store = ministry.open(&holders(&names, scope)).unwrap();
        let by_a = sign(&a, &key, SIGNED);
        for chain in [&c, &spelt] {
            let both = sign_also(&by_a, chain, &key, (role, SIGNED));
            let refused = said(&store, &both);
            let expected =
                ["its key is the one that signs as `a`", "its key is the one that signs as `c`"];
            assert!(expected.iter().any(|one| refused.contains(one)), "{refused}");
            assert!(refused.contains("did"), "{refused}");
        }
        let both = sign_also(&by_a, &other, &p256(4), (role, SIGNED));
        assert_eq!(said(&store, &both), "trusted");
        // The key that is there twice keeps nobody else from counting.
        let three = sign_also(&both, &c, &key, (Role::LegalReviewer, SIGNED));
        assert_eq!(said(&store, &three), "trusted");
    }
}

/// One name with two keys: renewed, or a second card.
#[test]
fn one_holder_with_two_keys_is_one_signer() {
    let ministry = Ministry::new();
    let a = ministry.issue(&person("Nguoi ky a", 3), &p256(3));
    let renewed = ministry.issue(&person("Nguoi ky a", 4), &p256(4));
    let names = [("a", "CN=Nguoi ky a"), ("c", "CN=Nguoi ky c")];
    let store = ministry.open(&holders(&names, BOTH_AUTHORS)).unwrap();
    let both = sign_also(&sign(&a, &p256(3), SIGNED), &renewed, &p256(4), (Role::Author, SIGNED));
    let refused = said(&store, &both);
    assert!(refused.contains("2 of `a`, `c` must sign as author, 1 did"), "{refused}");
    // Nor does one name stand twice in the file, in whatever letters and blanks.
    for other in ["CN=Nguoi ky a", "CN=NGUOI KY A", "CN=nguoi  ky a"] {
        let twice = holders(&[("a", "CN=Nguoi ky a"), ("c", other)], BOTH_AUTHORS);
        let refused = ministry.open(&twice).unwrap_err();
        assert!(
            refused.contains("the certificate `c` has no subject, or that of another one"),
            "{refused}"
        );
    }
}

/// Bare keys and certificates are of different kinds, so that no key can be both.
#[test]
fn a_bare_key_is_in_no_certificate() {
    struct Bare(Vec<u8>);
    impl PublicKeyData for Bare {
        fn der_bytes(&self) -> &[u8] {
            &self.0
        }
        fn algorithm(&self) -> &'static SignatureAlgorithm {
            &rcgen::PKCS_ED25519
        }
    }
    let ministry = Ministry::new();
    let id = kycuong_trust::SecretKey::generate().unwrap().id().to_string();
    let digits = id.strip_prefix("ed25519:").unwrap();
    let issuer = Issuer::from_params(&ministry.issuing.0, &ministry.issuing.1);
    let bare = Bare(base16ct::lower::decode_vec(digits).unwrap());
    let der = signer(3).signed_by(&bare, &issuer).unwrap().der().to_vec();
    let refused = [
        KeyId::of_certificate(&der).map(|_| ()).unwrap_err().to_string(),
        CertificateChain::read(&der).map(|_| ()).unwrap_err().to_string(),
    ];
    for said in refused {
        assert!(said.contains("is of a kind that is not accepted: 1.3.101.112"), "{said}");
    }
}
