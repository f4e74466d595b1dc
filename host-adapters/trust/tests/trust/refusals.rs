//! Which packs a trust file lets through: every refusal with its words, and no byte without effect.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::Signing;
use kycuong_engine::trust::Verification;
use kycuong_engine::{Date, Engine, Limits, PackVerifier, RulePack};
use kycuong_test_packs::canned_pack::{Canned, pass};
use kycuong_trust::{
    KeyId, Role, SIGNATURES_SECTION, SecretKey, SectionError, SignedFile, TrustStore, Untrusted,
    statement,
};
use serde_json::json;

mod files;
mod signers;

const TODAY: Date = Date::literal(2026, 11, 22);
const SIGNED: Date = Date::literal(2026, 11, 20);

/// A folder with a trust file, the keys of a province, and what it trusts.
struct Office {
    folder: tempfile::TempDir,
    author: SecretKey,
    reviewer: SecretKey,
    approvers: [SecretKey; 3],
}

impl Office {
    fn new() -> Self {
        let key = || SecretKey::generate().unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            author: key(),
            reviewer: key(),
            approvers: [key(), key(), key()],
        }
    }

    fn keys(&self, days: &str) -> String {
        let key = |name: &str, role: &str, key: &SecretKey, more: &str| {
            format!(
                "[[keys]]\nname = \"{name}\"\nkey = \"{}\"\nowner = \"Sở\"\nroles = [\"{role}\"]\n{more}\n",
                key.id()
            )
        };
        let approvers = self.approvers.iter().enumerate();
        let approvers =
            approvers.map(|(at, one)| key(&format!("approver-{at}"), "approver", one, ""));
        format!(
            "format = 1\n{}{}{}",
            key("author", "author", &self.author, days),
            key("reviewer", "legal-reviewer", &self.reviewer, ""),
            approvers.collect::<String>()
        )
    }

    /// The author alone, for the old and the new Gia Lai.
    fn simple(&self) -> String {
        self.keys("")
            + "[[scopes]]\njurisdictions = [\"gia-lai\", \"gia-lai-2025\"]\nsubjects = [\"dossier\"]\n\
               author = { of = [\"author\"], at_least = 1 }\n"
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("trust.toml")
    }

    fn open(&self, text: &str) -> Result<TrustStore, String> {
        fs::write(self.path(), text).unwrap();
        TrustStore::open(self.path(), TODAY).map_err(|error| {
            error.to_string().replace(&format!("`{}`: ", self.path().display()), "")
        })
    }

    fn store(&self, text: &str) -> TrustStore {
        self.open(text).unwrap()
    }

    fn signed(&self, pack: &Canned) -> Vec<u8> {
        SignedFile::read(&pack.bytes())
            .unwrap()
            .sign(&self.author, Role::Author, SIGNED)
            .write()
            .unwrap()
    }
}

fn pack() -> Canned {
    Canned::new("gia-lai", "gia-lai").rule("other", pass())
}

fn judge(store: &TrustStore, bytes: &[u8]) -> Result<Verification, Untrusted> {
    let description = PackDescription::read(bytes, &Limits::default()).unwrap();
    store.verify_pack(&description, bytes)
}

/// The refusal in one line, with its causes.
fn refusal(store: &TrustStore, bytes: &[u8]) -> String {
    let error = judge(store, bytes).unwrap_err();
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause}")
}

#[test]
fn a_signed_pack_is_loaded_and_the_report_names_the_key() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let engine = Engine::builder()
        .trust(Arc::new(office.store(&office.simple())))
        .pack_bytes(&bytes)
        .build()
        .unwrap();
    let report = engine.judge(b"{}", TODAY).unwrap();
    assert_eq!(report.settings.signing, Some(Signing::Verified));
    let signer = &report.settings.packs[0].signers[0];
    assert_eq!((signer.role.as_str(), signer.on), ("author", SIGNED));
    assert_eq!(signer.key, office.author.id().to_string());
    assert!(report.is_authentic());

    let unsigned = Engine::builder().trust(Arc::new(office.store(&office.simple())));
    let error = unsigned.pack_bytes(&pack().bytes()).build().unwrap_err();
    let cause = error.source().and_then(Error::source).unwrap();
    assert_eq!(cause.to_string(), "nobody signed it");
}

#[test]
fn every_byte_of_a_signed_file_has_an_effect() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let bytes = office.signed(&pack());
    let description = PackDescription::read(&bytes, &Limits::default()).unwrap();
    store.verify_pack(&description, &bytes).unwrap();
    for at in 0..bytes.len() {
        for change in [0x01, 0x20, 0x80] {
            let mut tampered = bytes.clone();
            tampered[at] ^= change;
            // With the manifest of the good file, so that the signature alone must notice.
            let judged = store.verify_pack(&description, &tampered);
            assert!(judged.is_err(), "byte {at} of {} with {change:#x}", bytes.len());
        }
    }
    for length in 0..bytes.len() {
        assert!(store.verify_pack(&description, &bytes[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn signatures_are_one_section_at_the_end() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let plain = pack().bytes();
    let bytes = office.signed(&pack());
    let section = &bytes[plain.len()..];
    assert_eq!(&bytes[..plain.len()], plain, "what is signed is the file as it was");
    assert!(matches!(judge(&store, &plain), Err(Untrusted::Unsigned)));

    // The host refuses these at admission, the store as well: whoever uses it alone is as safe.
    let description = PackDescription::read(&bytes, &Limits::default()).unwrap();
    let twice = [&bytes, section].concat();
    let moved = [&bytes[..8], section, &plain[8..]].concat();
    let followed = [&bytes[..], &[0, 2, 1, b'x']].concat();
    for (at, file, host) in [
        (plain.len(), twice, "expected at most one custom section `kycuong:signatures`, found 2"),
        (8, moved, "bytes after it would be unsigned; sign the finished file"),
        (plain.len(), followed, "is not the last: 4 bytes after it would be unsigned"),
    ] {
        let refused = PackDescription::read(&file, &Limits::default()).unwrap_err().to_string();
        assert!(refused.contains(host), "{refused}");
        let said =
            store.verify_pack(&description, &file).unwrap_err().source().unwrap().to_string();
        let place = format!("the section `kycuong:signatures` at byte {at} is not the last: ");
        assert!(said.starts_with(&place) && said.ends_with("after it would be unsigned"), "{said}");
    }
    let appended = [&bytes[..], b"\0\0"].concat();
    assert!(PackDescription::read(&appended, &Limits::default()).is_err());
    assert!(store.verify_pack(&description, &appended).is_err());
    let other = Canned::new("gia-lai", "gia-lai").rule("another", pass()).bytes();
    let grafted = [&other[..], section].concat();
    assert!(refusal(&store, &grafted).contains("does not fit the file"));

    // Another spelling of the same signatures: white space, a longer length.
    let json = serde_json::to_vec_pretty(&SignedFile::read(&bytes).unwrap().signatures).unwrap();
    for length_bytes in [2, 3] {
        let mut body = vec![u8::try_from(SIGNATURES_SECTION.len()).unwrap()];
        body.extend(SIGNATURES_SECTION.as_bytes());
        body.extend(if length_bytes == 2 { &json[..] } else { &section[22..] });
        let mut respelt = [&plain[..], &[0]].concat();
        let size = body.len();
        let low = |at: usize| u8::try_from(size >> (7 * at) & 0x7f).unwrap();
        respelt.extend([low(0) | 0x80, low(1) | if length_bytes == 3 { 0x80 } else { 0 }]);
        respelt.extend((length_bytes == 3).then_some(0));
        respelt.extend(body);
        let read = SignedFile::read(&respelt);
        assert!(matches!(read, Err(SectionError::NotCanonical)), "{length_bytes}: {read:?}");
    }
}

#[test]
fn what_a_signature_says_of_itself_is_signed_too() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let bytes = office.signed(&pack());
    for (from, to) in [("2026-11-20", "2026-11-19"), ("\"author\"", "\"approver\"")] {
        let mut file = SignedFile::read(&bytes).unwrap();
        let json = serde_json::to_string(&file.signatures).unwrap().replace(from, to);
        file.signatures = serde_json::from_str(&json).unwrap();
        assert!(refusal(&store, &file.write().unwrap()).contains("does not fit the file"), "{to}");
    }
    let id = office.author.id();
    let text = statement(b"content", Role::Approver, &id, TODAY);
    assert_eq!(text.lines().count(), 5);
    assert!(text.ends_with(&format!("role approver\nkey {id}\non 2026-11-22\n")));
}

/// A pack with a version and a rule's name, which makes another content.
fn version(office: &Office, version: &str, rule: &str) -> Vec<u8> {
    let bytes = pack().version(version).rule(rule, pass()).bytes();
    SignedFile::read(&bytes).unwrap().sign(&office.author, Role::Author, SIGNED).write().unwrap()
}

#[test]
fn versions_only_go_up() {
    let office = Office::new();
    let trust = office.simple().replacen("format = 1", "format = 1\nstate = \"seen.json\"", 1);
    let store = || office.store(&trust);
    let load = |store: TrustStore, bytes: &[u8]| {
        Engine::builder().trust(Arc::new(store)).pack_bytes(bytes).build().map_err(|error| {
            let mut text = error.to_string();
            let mut cause = error.source();
            while let Some(one) = cause {
                (text, cause) = (one.to_string(), one.source());
            }
            text
        })
    };
    let old = version(&office, "1.9.0", "a");
    let new = version(&office, "1.10.", "a");
    assert!(load(store(), &new).unwrap_err().contains("unexpected"), "1.10. is no version");
    let new = version(&office, "2.0.0", "a");
    load(store(), &old).unwrap();
    load(store(), &old).unwrap();
    load(store(), &new).unwrap();
    assert_eq!(
        load(store(), &old).unwrap_err(),
        "`gia-lai` 1.9.0 is lower than 2.0.0, which was active here before"
    );
    let other = version(&office, "2.0.0", "b");
    assert!(
        load(store(), &other).unwrap_err().contains("is not the `gia-lai` 2.0.0 that was active")
    );

    // The operator may, aloud; the higher version stays remembered.
    let engine = load(store().allow_rollback("gia-lai", "1.9.0", "Sự cố 12"), &old).unwrap();
    let said = &engine.judge(b"{}", TODAY).unwrap().settings.rollbacks[0];
    assert_eq!((said.version.as_str(), said.highest.as_str()), ("1.9.0", "2.0.0"));
    assert_eq!(said.reason, "Sự cố 12");
    assert!(load(store(), &old).unwrap_err().contains("is lower than 2.0.0"));
    load(store().allow_rollback("gia-lai", "1.8.0", "Sự cố 12"), &old).unwrap_err();

    let minimum = "[[minimum]]\npack = \"gia-lai\"\nversion = \"2.0.1\"\n";
    let strict = office.store(&(trust.clone() + minimum)).allow_rollback("gia-lai", "2.0.0", "x");
    assert_eq!(
        load(strict, &new).unwrap_err(),
        "`gia-lai` 2.0.0 is lower than 2.0.1, the least that the trust file allows"
    );

    // A set that is not activated is not remembered, and a broken memory is no memory.
    let newer = version(&office, "3.0.0", "a");
    let foreign =
        Engine::builder().trust(Arc::new(store())).pack_bytes(&newer).pack_bytes(&pack().bytes());
    foreign.build().unwrap_err();
    load(store(), &new).unwrap();
    fs::write(office.folder.path().join("seen.json"), "{").unwrap();
    assert!(load(store(), &newer).unwrap_err().contains("does not hold the versions"));
}

#[test]
fn a_pack_verified_by_one_store_is_not_verified_by_another() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let pack = RulePack::load_verified(
        &kycuong_test_packs::canned_pack::SANDBOX,
        &office.signed(&pack()),
        &store,
    );
    let pack = pack.unwrap();
    assert!(Engine::builder().trust(Arc::new(store)).pack(pack.clone()).build().is_ok());
    let other = office.store(&(office.simple() + "# changed\n"));
    assert_ne!(other.digest(), office.store(&office.simple()).digest());
    assert!(Engine::builder().trust(Arc::new(other)).pack(pack).build().is_err());
}
