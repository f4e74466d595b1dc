//! Certificates beside bare keys: chains to a configured root, written here by another library and
//! judged offline.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::fs;

use der::Decode as _;
use der::pem::LineEnding;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::{Date, Limits};
use kycuong_model::text::with_causes;
use kycuong_trust::{
    CertificateChain, CertifiedKey, KeyId, Role, SignedFile, TrustStore, statement,
};
use p256::ecdsa::signature::Signer as _;
use p256::pkcs8::EncodePrivateKey as _;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyUsagePurpose, PublicKeyData,
    RevokedCertParams, SerialNumber, SignatureAlgorithm, SigningKey, date_time_ymd,
};
use rsa::pkcs1::{EncodeRsaPrivateKey as _, EncodeRsaPublicKey as _};
use rsa::pkcs8::DecodePrivateKey as _;
use sha2::{Digest, Sha256};

mod known_by;
mod lists;
mod quorums;
mod signing;

const TODAY: Date = Date::literal(2026, 11, 22);
const SIGNED: Date = Date::literal(2026, 11, 20);

/// A key of one of the kinds that agencies have.
enum Key {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

/// A key with its public half, as certificates hold it.
struct Pair(Key, Vec<u8>);

fn p256(seed: u8) -> Pair {
    let key = p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap();
    let public = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    Pair(Key::P256(key), public)
}

fn p384(seed: u8) -> Pair {
    let key = p384::ecdsa::SigningKey::from_slice(&[seed; 48]).unwrap();
    let public = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    Pair(Key::P384(key), public)
}

/// Made once by `openssl genpkey`; it guards nothing.
fn rsa() -> Pair {
    let pem = include_bytes!("../data/rsa-2048-for-tests.pem");
    let (_, der) = der::pem::decode_vec(pem).unwrap();
    let key = rsa::PrivateKey::from_pkcs8_der(&der).unwrap();
    let public = key.to_public_key().to_pkcs1_der().unwrap().as_bytes().to_vec();
    Pair(Key::Rsa(Box::new(key)), public)
}

impl PublicKeyData for Pair {
    fn der_bytes(&self) -> &[u8] {
        &self.1
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        match self.0 {
            Key::P256(_) => &rcgen::PKCS_ECDSA_P256_SHA256,
            Key::P384(_) => &rcgen::PKCS_ECDSA_P384_SHA384,
            Key::Rsa(_) => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

impl SigningKey for Pair {
    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(match &self.0 {
            Key::P256(key) => {
                let value: p256::ecdsa::Signature = key.sign(text);
                value.to_der().as_bytes().to_vec()
            }
            Key::P384(key) => {
                let value: p384::ecdsa::Signature = key.sign(text);
                value.to_der().as_bytes().to_vec()
            }
            Key::Rsa(key) => {
                let scheme = rsa::Pkcs1v15Sign::new::<Sha256>();
                key.sign(scheme, &Sha256::digest(text)).unwrap()
            }
        })
    }
}

fn params(name: &str, serial: u64) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 12, 31);
    params.serial_number = Some(SerialNumber::from(serial));
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "VN");
    params.distinguished_name.push(DnType::OrganizationName, "UBND tỉnh Gia Lai");
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_identifier_method = KeyIdMethod::PreSpecified(vec![1; 20]);
    params
}

fn authority(name: &str, serial: u64) -> CertificateParams {
    let mut params = params(name, serial);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn signer(serial: u64) -> CertificateParams {
    let mut params = params("Sở Tư pháp", serial);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
    params
}

/// A root, an authority below it, and a folder with a trust file that trusts the root.
struct Ministry {
    folder: tempfile::TempDir,
    root: (CertificateParams, Pair),
    issuing: (CertificateParams, Pair),
    issuing_der: Vec<u8>,
}

impl Ministry {
    fn new() -> Self {
        Self::with(p384(1), p256(2))
    }

    fn with(root_key: Pair, issuing_key: Pair) -> Self {
        let root = authority("Root", 1);
        let issuing = authority("Issuing", 2);
        let folder = tempfile::tempdir().unwrap();
        let root_certificate = root.self_signed(&root_key).unwrap();
        fs::write(folder.path().join("root.pem"), root_certificate.pem()).unwrap();
        let issuer = Issuer::from_params(&root, &root_key);
        let issuing_der = issuing.signed_by(&issuing_key, &issuer).unwrap().der().to_vec();
        Self { folder, root: (root, root_key), issuing: (issuing, issuing_key), issuing_der }
    }

    fn issue(&self, params: &CertificateParams, key: &Pair) -> Vec<Vec<u8>> {
        let issuer = Issuer::from_params(&self.issuing.0, &self.issuing.1);
        vec![params.signed_by(key, &issuer).unwrap().der().to_vec(), self.issuing_der.clone()]
    }

    /// Writes the lists of both authorities; the lower one holds `revoked`, until `until`.
    fn lists(&self, revoked: Option<u64>, until: (i32, u8, u8)) -> &'static str {
        for ((params, key), file, revoked) in
            [(&self.root, "root.crl", None), (&self.issuing, "issuing.crl", revoked)]
        {
            let revoked = revoked.map(|serial| RevokedCertParams {
                serial_number: SerialNumber::from(serial),
                revocation_time: date_time_ymd(2026, 11, 21),
                reason_code: Some(rcgen::RevocationReason::KeyCompromise),
                invalidity_date: None,
            });
            let list = CertificateRevocationListParams {
                this_update: date_time_ymd(2026, 11, 1),
                next_update: date_time_ymd(until.0, until.1, until.2),
                crl_number: SerialNumber::from(7),
                issuing_distribution_point: None,
                revoked_certs: revoked.into_iter().collect(),
                key_identifier_method: KeyIdMethod::PreSpecified(vec![1; 20]),
            };
            let list = list.signed_by(&Issuer::from_params(params, key)).unwrap();
            fs::write(self.folder.path().join(file), list.der()).unwrap();
        }
        "\"root.crl\", \"issuing.crl\""
    }

    fn store(&self, subject: &str, lists: &str) -> TrustStore {
        self.open(&trust_file(subject, lists)).unwrap()
    }

    fn open(&self, text: &str) -> Result<TrustStore, String> {
        let path = self.folder.path().join("trust.toml");
        fs::write(&path, text).unwrap();
        TrustStore::open(path, TODAY).map_err(|error| with_causes(&error))
    }

    /// Writes a file beside the trust file.
    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join(name), bytes).unwrap();
    }
}

/// One holder, who may sign as author for Gia Lai.
fn trust_file(subject: &str, lists: &str) -> String {
    format!(
        "format = 1\n[[authorities]]\nname = \"vgca\"\nroot = \"root.pem\"\nrevocations = [{lists}]\n\
         [[certificates]]\nname = \"stp\"\nauthority = \"vgca\"\nsubject = \"{subject}\"\nowner = \"Sở Tư pháp\"\n\
         roles = [\"author\"]\n[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
         author = {{ of = [\"stp\"], at_least = 1 }}\n"
    )
}

fn subject(der: &[u8]) -> String {
    let certificate = x509_cert::Certificate::from_der(der).unwrap();
    certificate.tbs_certificate().subject().to_string()
}

fn pack() -> Vec<u8> {
    kycuong_test_packs::canned_pack::Canned::new("gia-lai", "gia-lai")
        .rule("other", kycuong_test_packs::canned_pack::pass())
        .bytes()
}

/// Signs as a token does: it is given a text and answers a value.
fn sign(chain: &[Vec<u8>], key: &Pair, on: Date) -> Vec<u8> {
    sign_also(&pack(), chain, key, (Role::Author, on))
}

/// The same, beside the signatures that a file has.
fn sign_also(bytes: &[u8], chain: &[Vec<u8>], key: &Pair, (role, on): (Role, Date)) -> Vec<u8> {
    let id = KeyId::of_certificate(&chain[0]).unwrap();
    let file = SignedFile::read(bytes).unwrap();
    let value = key.sign(statement(file.content, role, &id, on).as_bytes()).unwrap();
    file.attach(chain, role, on, &value).unwrap().write().unwrap()
}

/// What the store says: `trusted`, or the refusal with its causes.
fn said(store: &TrustStore, bytes: &[u8]) -> String {
    let description = PackDescription::read(bytes, &Limits::default()).unwrap();
    match store.verify_pack(&description, bytes) {
        Ok(_) => "trusted".to_owned(),
        Err(error) => with_causes(&error),
    }
}

/// A chain that is judged with a certificate of some parameters.
fn judged(change: impl Fn(&mut CertificateParams)) -> String {
    let ministry = Ministry::new();
    let key = p256(3);
    let mut params = signer(3);
    change(&mut params);
    let chain = ministry.issue(&params, &key);
    said(&ministry.store(&subject(&chain[0]), ""), &sign(&chain, &key, SIGNED))
}

#[test]
fn chains_of_every_accepted_kind_are_trusted() {
    for (root, issuing, holder) in [
        (p384(1), p256(2), p256(3)),
        (p256(1), p384(2), p384(3)),
        (rsa(), rsa(), rsa()),
        (rsa(), p256(2), rsa()),
    ] {
        let ministry = Ministry::with(root, issuing);
        let lists = ministry.lists(None, (2026, 12, 1));
        let chain = ministry.issue(&signer(3), &holder);
        let bytes = sign(&chain, &holder, SIGNED);
        assert!(subject(&chain[0]).contains("Sở Tư pháp"), "{}", subject(&chain[0]));
        assert_eq!(said(&ministry.store(&subject(&chain[0]), lists), &bytes), "trusted");
        assert_eq!(said(&ministry.store(&subject(&chain[0]), ""), &bytes), "trusted");
        let other = said(&ministry.store("CN=nobody", ""), &bytes);
        assert!(other.contains("whom the trust file does not have"), "{other}");
    }
}

#[test]
fn a_name_cannot_steer_a_terminal() {
    let ministry = Ministry::new();
    let mut params = signer(3);
    params.distinguished_name.push(DnType::CommonName, "Sở\u{1b}[2J\u{202e}gnos");
    let chain = ministry.issue(&params, &p256(3));
    let read = CertificateChain::read(&chain[0]).unwrap();
    let expected = r"CN=Sở\1b[2J\e2\80\aegnos,O=UBND tỉnh Gia Lai,C=VN";
    assert_eq!(read.subject(), expected);
    let bytes = sign(&chain, &p256(3), SIGNED);
    let store = ministry.store(&expected.replace('\\', r"\\"), "");
    assert_eq!(said(&store, &bytes), "trusted");
}

#[test]
fn a_certificate_is_valid_when_it_signs() {
    let expired = judged(|params| params.not_after = date_time_ymd(2026, 11, 19));
    assert!(
        expired.contains("is valid 2026-01-01..2026-11-19, the day of signing is 2026-11-20"),
        "{expired}"
    );
    let early = judged(|params| params.not_before = date_time_ymd(2026, 11, 21));
    assert!(early.contains("is valid 2026-11-21..2027-12-31"), "{early}");
    assert_eq!(judged(|params| params.not_after = date_time_ymd(2026, 11, 20)), "trusted");
}

#[test]
fn a_certificate_is_for_signing() {
    let usage = judged(|params| params.key_usages = vec![KeyUsagePurpose::KeyEncipherment]);
    assert!(usage.ends_with("is not for digital signatures, by its key usage"), "{usage}");
    let none = judged(|params| params.key_usages.clear());
    assert!(none.ends_with("is not for digital signatures, by its key usage"), "{none}");
    let server =
        judged(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    assert!(
        server.ends_with("is not for signing code, mail or documents, by its extended key usage"),
        "{server}"
    );
    assert_eq!(judged(|params| params.extended_key_usages.clear()), "trusted");
    let strange = judged(|params| {
        let mut extension =
            rcgen::CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 32473, 1], vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions = vec![extension];
    });
    assert!(strange.contains("unknown critical extension 1.3.6.1.4.1.32473.1"), "{strange}");
}

#[test]
fn a_chain_ends_at_the_configured_root() {
    let ministry = Ministry::new();
    let key = p256(3);
    let chain = ministry.issue(&signer(3), &key);
    let name = subject(&chain[0]);
    // Another root of the same name.
    let other = Ministry::with(p384(9), p256(2));
    let refused = said(&other.store(&name, ""), &sign(&chain, &key, SIGNED));
    assert!(
        refused.contains("was not issued by") && refused.ends_with("its signature does not fit"),
        "{refused}"
    );
    let short = said(&ministry.store(&name, ""), &sign(&chain[..1], &key, SIGNED));
    assert!(short.contains("was not issued by") && short.contains("it names"), "{short}");

    // Somebody who is no authority issues a certificate in another's name.
    let below = signer(4).signed_by(&p256(4), &Issuer::from_params(&signer(3), &key)).unwrap();
    let longer = [vec![below.der().to_vec()], chain.clone()].concat();
    let refused = said(&ministry.store(&name, ""), &sign(&longer, &p256(4), SIGNED));
    assert!(refused.ends_with("that is no certification authority"), "{refused}");

    // A root that allows no authority below itself.
    let mut root = authority("Root", 1);
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let certificate = root.self_signed(&ministry.root.1).unwrap();
    fs::write(ministry.folder.path().join("root.pem"), certificate.pem()).unwrap();
    let refused = said(&ministry.store(&name, ""), &sign(&chain, &key, SIGNED));
    assert!(refused.ends_with("the chain below that authority is too long"), "{refused}");
}

/// A certificate that is taken back counts for nothing, as a key does, and keeps no other signature from
/// counting; its name is not among the signers.
#[test]
fn a_revoked_certificate_does_not_spoil_a_renewed_one() {
    let ministry = Ministry::new();
    let (old, new) = (p256(3), p256(4));
    let (old_chain, new_chain) =
        (ministry.issue(&signer(3), &old), ministry.issue(&signer(4), &new));
    let name = subject(&old_chain[0]);
    assert_eq!(name, subject(&new_chain[0]));
    let id = KeyId::of_certificate(&new_chain[0]).unwrap();
    let value = new.sign(statement(&pack(), Role::Author, &id, SIGNED).as_bytes()).unwrap();
    let bytes = sign(&old_chain, &old, SIGNED);
    let bytes = SignedFile::read(&bytes)
        .unwrap()
        .attach(&new_chain, Role::Author, SIGNED, &value)
        .unwrap()
        .write()
        .unwrap();
    let store = ministry.store(&name, ministry.lists(Some(3), (2026, 12, 1)));
    let description = PackDescription::read(&bytes, &Limits::default()).unwrap();
    let trusted = store.verify_pack(&description, &bytes).unwrap();
    assert_eq!(trusted.signers.len(), 1);
    assert_eq!(trusted.signers[0].key, id.to_string());

    // Two certificates of one holder are one signer.
    let store = ministry.store(&name, "");
    let trust = ministry.folder.path().join("trust.toml");
    store.verify_pack(&description, &bytes).unwrap();
    let text = fs::read_to_string(&trust).unwrap();
    let holder = text.split("[[certificates]]").nth(1).unwrap().split("[[scopes]]").next().unwrap();
    let second = holder.replacen("name = \"", "name = \"other-", 1).replacen(&name, "CN=Khác", 1);
    let text = text
        .replacen("[[scopes]]", &format!("[[certificates]]{second}[[scopes]]"), 1)
        .replacen("at_least = 1", "at_least = 2", 1);
    let own = text.split("of = [\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let text = text.replacen(
        &format!("of = [\"{own}\"]"),
        &format!("of = [\"{own}\", \"other-{own}\"]"),
        1,
    );
    fs::write(&trust, text).unwrap();
    let refused = said(&TrustStore::open(&trust, TODAY).unwrap(), &bytes);
    assert!(refused.contains("must sign as author, 1 did"), "{refused}");
}

#[test]
fn revocation_lists_count_and_must_be_there() {
    let ministry = Ministry::new();
    let key = p256(3);
    let chain = ministry.issue(&signer(3), &key);
    let (name, bytes) = (subject(&chain[0]), sign(&chain, &key, SIGNED));
    let lists = ministry.lists(Some(3), (2026, 12, 1));
    let revoked = said(&ministry.store(&name, lists), &bytes);
    assert!(revoked.ends_with("is revoked since 2026-11-21)"), "{revoked}");
    let other = ministry.lists(Some(4), (2026, 12, 1));
    assert_eq!(said(&ministry.store(&name, other), &bytes), "trusted");

    let missing = said(&ministry.store(&name, "\"root.crl\""), &bytes);
    assert!(missing.contains("there is no revocation list of"), "{missing}");
    let stale = ministry.lists(None, (2026, 11, 21));
    let stale = said(&ministry.store(&name, stale), &bytes);
    assert!(
        stale.ends_with("held until 2026-11-21, today is 2026-11-22: fetch its current one)"),
        "{stale}"
    );
    // A list that somebody else signed in the authority's name.
    let forger = Ministry::with(p384(1), p256(8));
    forger.lists(None, (2026, 12, 1));
    ministry.lists(Some(3), (2026, 12, 1));
    let from = forger.folder.path().join("issuing.crl");
    fs::copy(from, ministry.folder.path().join("issuing.crl")).unwrap();
    let forged = said(&ministry.store(&name, lists), &bytes);
    assert!(forged.contains("is not from there: its signature does not fit"), "{forged}");
}

#[test]
fn a_subject_has_one_spelling() {
    let ministry = Ministry::new();
    let chain = ministry.issue(&signer(3), &p256(3));
    let name = subject(&chain[0]);
    drop(ministry.store(&name, ""));
    let file = ministry.folder.path().join("trust.toml");
    let text = fs::read_to_string(&file).unwrap();
    for (other, expected) in
        [("cn=Khác", "expected `CN=Khác`"), ("Sở Tư pháp", "expected a name of RFC 4514 like")]
    {
        fs::write(&file, text.replace(&name, other)).unwrap();
        let error = TrustStore::open(&file, TODAY).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_a_trust_file_names_is_read_to_its_limit() {
    let ministry = Ministry::new();
    drop(ministry.store("CN=Khác", ""));
    let trust = ministry.folder.path().join("trust.toml");
    let root = ministry.folder.path().join("root.pem");
    let opened = || with_causes(&TrustStore::open(&trust, TODAY).unwrap_err());
    fs::File::create(&root).unwrap().set_len(3 << 30).unwrap();
    let said = opened();
    assert!(said.ends_with("root.pem`: it has 3221225472 bytes, the limit is 67108864"), "{said}");
    fs::remove_file(&root).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &root).unwrap();
    let said = opened();
    assert!(
        said.ends_with("root.pem`: it is a device, and only ordinary files are read"),
        "{said}"
    );
}
