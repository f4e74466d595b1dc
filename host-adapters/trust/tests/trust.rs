//! Which packs a trust file lets through: every refusal with its words, and no byte without effect.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use kycuong_engine::pack::PackDescription;
use kycuong_engine::trust::{Signing, Verification};
use kycuong_engine::{Date, Engine, Limits, PackVerifier, RulePack};
use kycuong_trust::{
    KeyId, Role, SIGNATURES_SECTION, SecretKey, SectionError, SignedFile, TrustStore, Untrusted,
    sign, statement,
};
use serde_json::json;

#[path = "../../../engine/tests/support/section.rs"]
mod section;

#[path = "../../../engine/tests/support/canned_pack.rs"]
#[expect(dead_code, reason = "these tests need the packs and few of their bodies")]
mod canned_pack;

use canned_pack::{Canned, pass};

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
        sign(&pack.bytes(), &self.author, Role::Author, SIGNED).unwrap()
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
fn a_signed_pack_is_loaded_and_the_receipt_names_the_key() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let engine =
        Engine::builder().trust(office.store(&office.simple())).pack_bytes(&bytes).build().unwrap();
    let report = engine.check(b"{}", TODAY).unwrap();
    assert_eq!(report.settings.signing, Some(Signing::Verified));
    let signer = &report.receipt.packs[0].signers[0];
    assert_eq!((signer.role.as_str(), signer.on), ("author", SIGNED));
    assert_eq!(signer.key, office.author.id().to_string());
    assert!(report.is_authentic());

    let unsigned = Engine::builder().trust(office.store(&office.simple()));
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

#[test]
fn only_for_the_jurisdictions_and_subjects_of_the_key() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let foreign = office.signed(&Canned::new("bac-giang", "bac-giang").rule("other", pass()));
    let both = json!({"subjects": ["dossier", "portfolio"]});
    let wider = Canned::new("gia-lai", "gia-lai").rule_with("other", pass(), both);
    let nation = office.signed(&Canned::new("gia-lai", "VN").rule("other", pass()));
    for (bytes, place) in [
        (foreign, "`bac-giang` and `dossier`"),
        (nation, "`VN` and `dossier`"),
        (office.signed(&wider), "`gia-lai` and `portfolio`"),
    ] {
        let expected = format!(
            "not signed for {place} as needed on 2026-11-22: no scope of the trust file has both, so no key may sign for them"
        );
        assert_eq!(refusal(&store, &bytes), expected);
    }
    let stranger = SecretKey::generate().unwrap();
    let bytes = sign(&office.signed(&pack()), &stranger, Role::Approver, SIGNED).unwrap();
    let said = refusal(&store, &bytes);
    assert!(said.contains(&format!("signed by `{}` as approver, which", stranger.id())), "{said}");
}

#[test]
fn a_key_is_valid_when_it_signs_and_when_the_pack_is_loaded() {
    let office = Office::new();
    let scope = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                 author = { of = [\"author\"], at_least = 1 }\n";
    let bytes = office.signed(&pack());
    let said = |days: &str| refusal(&office.store(&(office.keys(days) + scope)), &bytes);
    assert_eq!(
        said("to = \"2026-11-21\""),
        "not signed for `gia-lai` and `dossier` as needed on 2026-11-22: 1 of `author` must sign as author, 0 did \
         (`author` does not count: the key is valid ..2026-11-21, the pack is loaded on 2026-11-22)"
    );
    assert!(
        said("from = \"2026-11-21\"").contains("valid 2026-11-21.., the pack signed on 2026-11-20")
    );
    let fits = "from = \"2026-11-20\"\nto = 2026-11-22"; // as text, and as TOML has dates
    judge(&office.store(&(office.keys(fits) + scope)), &bytes).unwrap();

    let tomorrow = sign(&pack().bytes(), &office.author, Role::Author, TODAY.plus_days(1)).unwrap();
    let said = refusal(&office.store(&office.simple()), &tomorrow);
    assert!(said.contains("it is dated 2026-11-23, after 2026-11-22"), "{said}");
    let ended = scope.replace("author =", "to = \"2026-11-21\"\nauthor =");
    let said = refusal(&office.store(&(office.keys("") + &ended)), &bytes);
    assert!(said.ends_with("the scope is valid ..2026-11-21"), "{said}");
}

#[test]
fn revoked_keys_and_files() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let content = judge(&office.store(&office.simple()), &bytes).unwrap().content;
    let file = PackDescription::read(&bytes, &Limits::default()).unwrap().digest;
    let revoked = |what: String, since: &str| {
        let text = format!("[[revoked]]\n{what}\nsince = \"{since}\"\nreason = \"Công văn 12\"\n");
        office.store(&(office.simple() + &text))
    };
    for digest in [&content, &file] {
        let said = refusal(&revoked(format!("digest = \"{digest}\""), "2026-11-22"), &bytes);
        assert_eq!(said, format!("`{digest}` is revoked since 2026-11-22: Công văn 12"));
        judge(&revoked(format!("digest = \"{digest}\""), "2026-11-23"), &bytes).unwrap();
    }
    // Signed before it was revoked, it says; whoever stole the key says so too.
    let said = refusal(&revoked(format!("key = \"{}\"", office.author.id()), "2026-11-21"), &bytes);
    assert!(said.contains("the key is revoked since 2026-11-21: Công văn 12"), "{said}");
}

#[test]
fn as_many_must_sign_as_the_scope_says() {
    let office = Office::new();
    let scope = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                 author = { of = [\"author\"], at_least = 1 }\n\
                 legal-reviewer = { of = [\"reviewer\"], at_least = 1 }\n\
                 approver = { of = [\"approver-0\", \"approver-1\", \"approver-2\"], at_least = 2 }\n";
    let store = office.store(&(office.keys("") + scope));
    let add = |bytes: &[u8], key: &SecretKey, role| sign(bytes, key, role, SIGNED).unwrap();
    let bytes = office.signed(&pack());
    assert_eq!(
        refusal(&store, &bytes),
        "not signed for `gia-lai` and `dossier` as needed on 2026-11-22: \
         1 of `reviewer` must sign as legal-reviewer, 0 did, and \
         2 of `approver-0`, `approver-1`, `approver-2` must sign as approver, 0 did"
    );
    let bytes = add(&bytes, &office.reviewer, Role::LegalReviewer);
    let one = add(&bytes, &office.approvers[2], Role::Approver);
    assert!(refusal(&store, &one).contains("must sign as approver, 1 did"));
    // The same key again counts once, in another role not at all.
    assert!(refusal(&store, &add(&one, &office.approvers[2], Role::Approver)).contains("1 did"));
    let author = add(&one, &office.author, Role::Approver);
    let said = refusal(&store, &author);
    assert!(said.contains("1 did (`author` does not count: the scope does not name it)"), "{said}");

    let two = add(&one, &office.approvers[0], Role::Approver);
    let verified = judge(&store, &two).unwrap();
    let roles = verified.signers.iter().map(|one| one.role.as_str()).collect::<Vec<_>>();
    assert_eq!(roles, ["author", "legal-reviewer", "approver", "approver"]);
    // In any order, the same file.
    let plain = pack().bytes();
    let other = add(&plain, &office.approvers[0], Role::Approver);
    let other = add(&other, &office.approvers[2], Role::Approver);
    let other = add(&other, &office.reviewer, Role::LegalReviewer);
    assert_eq!(add(&other, &office.author, Role::Author), two);
}

/// A pack with a version and a rule's name, which makes another content.
/// Whoever does not count is not in a report: a name there is an answer to who answers for the pack.
#[test]
fn signers_are_those_who_counted() {
    let office = Office::new();
    let scopes = "[[scopes]]\njurisdictions = [\"gia-lai\"]\nsubjects = [\"dossier\"]\n\
                  author = { of = [\"author\"], at_least = 1 }\n\
                  approver = { of = [\"approver-0\", \"approver-1\"], at_least = 1 }\n";
    let revoked = format!(
        "[[revoked]]\nkey = \"{}\"\nsince = 2026-11-01\nreason = \"lost\"\n",
        office.approvers[1].id()
    );
    let mut bytes = office.signed(&pack());
    for (key, role, on) in [
        (&office.approvers[0], Role::Approver, SIGNED),
        // Revoked; not named by the scope; in a role that the scope does not ask of it; of tomorrow.
        (&office.approvers[1], Role::Approver, SIGNED),
        (&office.approvers[2], Role::Approver, SIGNED),
        (&office.reviewer, Role::LegalReviewer, SIGNED),
        (&office.author, Role::Approver, SIGNED),
        (&office.approvers[0], Role::Author, TODAY.plus_days(1)),
    ] {
        bytes = sign(&bytes, key, role, on).unwrap();
    }
    let trusted = judge(&office.store(&(office.keys("") + scopes + &revoked)), &bytes).unwrap();
    let signers = trusted.signers.iter().map(|one| (one.role.as_str(), one.key.clone()));
    assert_eq!(
        signers.collect::<Vec<_>>(),
        [
            ("author", office.author.id().to_string()),
            ("approver", office.approvers[0].id().to_string())
        ]
    );
}

/// Whoever signs beside others can see, without any trust file, whether all signed the same.
#[test]
fn a_signature_fits_what_it_was_made_over() {
    let office = Office::new();
    let bytes = office.signed(&pack());
    let SignedFile { content, signatures } = SignedFile::read(&bytes).unwrap();
    assert!(signatures.iter().all(|one| one.fits(content)));
    assert!(signatures.iter().all(|one| !one.fits(&content[1..])));
}

fn version(office: &Office, version: &str, rule: &str) -> Vec<u8> {
    let bytes = pack().version(version).rule(rule, pass()).bytes();
    sign(&bytes, &office.author, Role::Author, SIGNED).unwrap()
}

#[test]
fn versions_only_go_up() {
    let office = Office::new();
    let trust = office.simple().replacen("format = 1", "format = 1\nstate = \"seen.json\"", 1);
    let store = || office.store(&trust);
    let load = |store: TrustStore, bytes: &[u8]| {
        Engine::builder().trust(store).pack_bytes(bytes).build().map_err(|error| {
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
        "`gia-lai` 1.9.0 is lower than 2.0.0, which was in force here before"
    );
    let other = version(&office, "2.0.0", "b");
    assert!(load(store(), &other).unwrap_err().contains("is not the `gia-lai` 2.0.0 that was in"));

    // The operator may, aloud; the higher version stays remembered.
    let engine = load(store().allow_rollback("gia-lai", "1.9.0", "Sự cố 12"), &old).unwrap();
    let said = &engine.check(b"{}", TODAY).unwrap().settings.rollbacks[0];
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

    // A set that is not put into force is not remembered, and a broken memory is no memory.
    let newer = version(&office, "3.0.0", "a");
    let foreign = Engine::builder().trust(store()).pack_bytes(&newer).pack_bytes(&pack().bytes());
    foreign.build().unwrap_err();
    load(store(), &new).unwrap();
    fs::write(office.folder.path().join("seen.json"), "{").unwrap();
    assert!(load(store(), &newer).unwrap_err().contains("does not hold the versions"));
}

#[test]
fn a_pack_verified_by_one_store_is_not_verified_by_another() {
    let office = Office::new();
    let store = office.store(&office.simple());
    let pack = RulePack::load_verified(&canned_pack::SANDBOX, &office.signed(&pack()), &store);
    let pack = pack.unwrap();
    assert!(Engine::builder().trust(store).pack(pack.clone()).build().is_ok());
    let other = office.store(&(office.simple() + "# changed\n"));
    assert_ne!(other.digest(), office.store(&office.simple()).digest());
    assert!(Engine::builder().trust(other).pack(pack).build().is_err());
}

#[test]
fn a_trust_file_with_a_mistake_is_refused() {
    let office = Office::new();
    let simple = office.simple();
    let id = office.author.id().to_string();
    let certificate = format!("x509:{}", "ab".repeat(32));
    let weak = format!("ed25519:{}", "0".repeat(64));
    for (from, to, said) in [
        ("name = \"author\"", "name = \"Author\"", "`Author` is not 1 to 100 of a-z, 0-9 and -"),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nfrom = 2027-01-01\nto = 2026-01-01",
            "the key `author` ends on 2026-01-01, before it begins on 2027-01-01: `to` must not be before",
        ),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nto = \"31/12/2026\"",
            "`31/12/2026` is no day like 2026-11-22",
        ),
        (
            "roles = [\"author\"]",
            "roles = [\"author\"]\nto = 2026-11-22T00:00:00Z",
            "is no day like",
        ),
        ("roles = [\"author\"]", "roles = [\"author\"]\nto = 2026", "a day, like 2026-11-22"),
        (
            id.as_str(),
            certificate.as_str(),
            "the key `author` is a certificate's: list its holder under `certificates`",
        ),
        (
            "of = [\"author\"], at_least = 1",
            "of = [], at_least = 0",
            "number 1 of `scopes` names no key in `of` as author",
        ),
        ("format = 1", "format = 2", "has the format 2, this version reads 1"),
        ("owner", "owners", "unknown field `owners`"),
        ("roles = [\"author\"]", "roles = [\"autor\"]", "unknown variant `autor`"),
        ("roles = [\"author\"]", "roles = []", "has no role"),
        ("owner = \"Sở\"", "owner = \" \"", "has no owner"),
        ("name = \"reviewer\"", "name = \"author\"", "two keys have the name `author`"),
        (id.as_str(), weak.as_str(), "is no sound Ed25519 public key"),
        (id.as_str(), "ed25519:12", "is no key id"),
        (
            "at_least = 1",
            "at_least = 2",
            "asks for 2 of the 1 keys in `of` as author: `at_least` is 1 to 1",
        ),
        (
            "at_least = 1",
            "at_least = 0",
            "asks for 0 of the 1 keys in `of` as author: `at_least` is 1 to 1",
        ),
        ("of = [\"author\"]", "of = [\"nobody\"]", "which the file does not have"),
        ("of = [\"author\"]", "of = [\"reviewer\"]", "which is none of its roles"),
        ("of = [\"author\"]", "of = [\"author\", \"author\"]", "names the key `author` twice"),
        ("\"gia-lai-2025\"", "\"gia-lay\"", "`gia-lay` among its `jurisdictions`"),
        ("\"dossier\"", "\"song\"", "`song` among its `subjects`"),
        ("subjects = [\"dossier\"]", "subjects = []", "has no `subjects`"),
    ] {
        let error = office.open(&simple.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
    // Four eyes are of two people: one key in two roles of a scope would be both of them.
    let two_roles =
        simple.replacen("roles = [\"author\"]", "roles = [\"author\", \"approver\"]", 1)
            + "approver = { of = [\"author\", \"approver-0\"], at_least = 1 }\n";
    assert!(
        office.open(&two_roles).unwrap_err().ends_with(
            "number 1 of `scopes` names the key `author` twice: a key counts once, in one role; name another for approver"
        )
    );
    let revoked = "[[revoked]]\nsince = \"2026-11-01\"\nreason = \"x\"\n";
    assert!(office.open(&(simple.clone() + revoked)).unwrap_err().contains("exactly one of"));
    let stranger = SecretKey::generate().unwrap().id();
    let unknown = revoked.replacen("since", &format!("key = \"{stranger}\"\nsince"), 1);
    let said = office.open(&(simple.clone() + &unknown)).unwrap_err();
    assert!(said.contains("which is none of `keys` and so counts for nothing anyway"), "{said}");
    let twice = revoked.replacen("since", &format!("key = \"{id}\"\nsince"), 1).repeat(2);
    let said = office.open(&(simple.clone() + &twice)).unwrap_err();
    assert!(said.contains("number 2 of `revoked` revokes what one before it revokes"), "{said}");
    assert!(office.open("format = 1\n").unwrap_err().contains("has no `scopes`"));
    assert!(office.open("format = 1\nformat = 1\n").unwrap_err().starts_with("line 2: "));
}

#[test]
fn keys_are_read_as_they_were_written() {
    let key = SecretKey::generate().unwrap();
    let pem = key.to_pem().unwrap();
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert_eq!(SecretKey::from_pem(&pem).unwrap().id(), key.id());
    // The key of RFC 8410, §10.3, as OpenSSL writes it.
    let rfc = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let rfc = SecretKey::from_pem(rfc).unwrap();
    let expected = "ed25519:19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    assert_eq!(rfc.id().to_string(), expected);
    assert_eq!(expected.parse::<KeyId>().unwrap(), rfc.id());
    for wrong in ["", "ed25519:", &expected.to_uppercase(), &expected[1..], "x509:00"] {
        assert!(wrong.parse::<KeyId>().is_err(), "{wrong}");
    }
}
