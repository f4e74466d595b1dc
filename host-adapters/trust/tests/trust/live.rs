//! Signed packs that are changed while the host works: who is not trusted does not become active,
//! and only what became active is remembered.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::live::PackDirectory;
use kycuong_engine::report::Signing;
use kycuong_engine::{BoxError, Date, Engine, EngineBuilder, LiveEngine, ReloadError, Verdict};
use kycuong_test_packs::canned_pack::{Canned, fail, limits, pass};
use kycuong_trust::{Role, SecretKey, SignedFile, TrustStore};
use serde_json::Value;

const TODAY: Date = Date::literal(2026, 11, 22);
const DOSSIER: &[u8] = br#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease"}"#;

/// A host's folder: packs in `packs`, a trust file, and the versions that were seen.
struct Host {
    folder: tempfile::TempDir,
    key: SecretKey,
}

impl Host {
    fn new() -> Self {
        let host =
            Self { folder: tempfile::tempdir().unwrap(), key: SecretKey::generate().unwrap() };
        fs::create_dir(host.packs()).unwrap();
        host.trust("");
        host
    }

    fn packs(&self) -> PathBuf {
        self.folder.path().join("packs")
    }

    fn trust_file(&self) -> PathBuf {
        self.folder.path().join("trust.toml")
    }

    fn trust(&self, more: &str) {
        let text = format!(
            "format = 1\nstate = \"seen.json\"\n[[keys]]\nname = \"bo\"\nkey = \"{}\"\nowner = \"Bộ\"\n\
             roles = [\"author\"]\n[[scopes]]\njurisdictions = [\"VN\"]\nsubjects = [\"dossier\"]\n\
             author = {{ of = [\"bo\"], at_least = 1 }}\n{more}",
            self.key.id()
        );
        fs::write(self.trust_file(), text).unwrap();
    }

    /// The versions that were seen, as the file has them.
    fn seen(&self) -> String {
        fs::read_to_string(self.folder.path().join("seen.json")).unwrap_or_default()
    }

    fn write(&self, bytes: &[u8]) {
        fs::write(self.packs().join("vn.wasm"), bytes).unwrap();
    }

    fn signed(&self, pack: &Canned) -> Vec<u8> {
        SignedFile::read(&pack.bytes())
            .unwrap()
            .sign(&self.key, Role::Author, TODAY)
            .write()
            .unwrap()
    }

    fn builder(&self) -> EngineBuilder {
        Engine::builder().limits(limits()).trust(Arc::new(open(&self.trust_file())))
    }
}

fn open(file: &Path) -> TrustStore {
    TrustStore::open(file, TODAY).unwrap()
}

/// Opens the trust file anew at every change; a file that cannot be read is an error, not a panic.
fn trusting(file: PathBuf) -> impl Fn(EngineBuilder) -> Result<EngineBuilder, BoxError> + Send {
    move |builder| Ok(builder.trust(Arc::new(TrustStore::open(&file, TODAY)?)))
}

fn version(version: &str, status: Value) -> Canned {
    Canned::new("vn", "VN").version(version).rule("mot", status)
}

fn returning(number: &str) -> Canned {
    version(number, fail(&[("/kind", "block")]))
}

#[test]
fn a_candidate_that_is_not_trusted_leaves_the_active_set() {
    let host = Host::new();
    host.write(&host.signed(&version("1.0.0", pass())));
    let file = host.trust_file();
    let configure = trusting(file);
    let (mut directory, live) = PackDirectory::open(host.packs(), &limits(), configure).unwrap();
    let verdict = || live.judge(DOSSIER, TODAY).unwrap().verdict;
    assert_eq!(verdict(), Verdict::Accept);
    assert_eq!(live.status().settings.signing, Some(Signing::Verified));
    assert!(host.seen().contains("1.0.0"));

    let stranger = SecretKey::generate().unwrap();
    let next = returning("1.1.0");
    let by_stranger = SignedFile::read(&next.bytes())
        .unwrap()
        .sign(&stranger, Role::Author, TODAY)
        .write()
        .unwrap();
    for (bytes, why) in [
        (next.bytes(), "nobody signed it"),
        (by_stranger, "which the trust file does not have"),
        (host.signed(&version("0.9.0", pass())), "is lower than 1.0.0"),
    ] {
        host.write(&bytes);
        directory.follow(&live).unwrap_err();
        let status = live.status();
        assert!(status.last_failure.as_ref().unwrap().reason.contains(why), "{status:?}");
        assert_eq!((status.generation, verdict()), (1, Verdict::Accept));
        assert!(!host.seen().contains("1.1.0"), "what is refused leaves no trace");
    }

    host.write(&host.signed(&next));
    assert_eq!(directory.follow(&live).unwrap().unwrap().generation, 2);
    assert_eq!(verdict(), Verdict::Return);
    assert!(host.seen().contains("1.1.0") && live.status().last_failure.is_none());

    // A trust file that cannot be read at a reload leaves the active set too.
    let file = host.trust_file();
    let good = fs::read(&file).unwrap();
    fs::write(&file, "no trust file").unwrap();
    assert!(matches!(directory.reload(&live), Err(ReloadError::Refused { source })
        if source.code() == "not-configured"));
    assert_eq!((live.status().generation, verdict()), (2, Verdict::Return));
    fs::write(&file, good).unwrap();
    assert_eq!(directory.reload(&live).unwrap().generation, 3);
}

#[test]
fn a_key_that_is_revoked_is_noticed_without_a_new_file() {
    let host = Host::new();
    host.write(&host.signed(&version("1.0.0", pass())));
    let file = host.trust_file();
    let configure = trusting(file);
    let (mut directory, live) = PackDirectory::open(host.packs(), &limits(), configure).unwrap();
    assert_eq!(directory.reload(&live).unwrap().generation, 2);

    let key = host.key.id();
    host.trust(&format!(
        "[[revoked]]\nkey = \"{key}\"\nsince = \"2026-11-21\"\nreason = \"mất thẻ\"\n"
    ));
    assert!(directory.follow(&live).unwrap().is_none(), "no pack changed");
    directory.reload(&live).unwrap_err();
    assert!(
        live.status().last_failure.unwrap().reason.contains("revoked since 2026-11-21: mất thẻ")
    );
    assert_eq!(live.status().generation, 2, "to stop is the operator's decision");
}

#[test]
fn only_what_comes_into_force_is_remembered() {
    let host = Host::new();
    let [old, new] = [version("1.0.0", pass()), returning("2.0.0")].map(|pack| host.signed(&pack));
    let live = LiveEngine::new(host.builder().pack_bytes(&old).build().unwrap());
    live.set_shadow(Some(host.builder().pack_bytes(&new).prepare().unwrap()));
    let check = live.check(&live.read(DOSSIER), TODAY).unwrap();
    assert_eq!(check.report().verdict, Verdict::Accept);
    assert_eq!(check.shadow().unwrap().unwrap().report().verdict, Verdict::Return);
    assert!(!host.seen().contains("2.0.0"), "a shadow is not active");

    live.reload(|| host.builder().pack_bytes(&new).prepare()).unwrap();
    assert!(host.seen().contains("2.0.0"));
    assert!(host.builder().pack_bytes(&old).build().is_err(), "not at the next start either");
    live.roll_back().unwrap();
    let report = live.judge(DOSSIER, TODAY).unwrap();
    assert_eq!((report.verdict, &*report.settings.packs[0].version), (Verdict::Accept, "1.0.0"));
    assert!(host.seen().contains("2.0.0"), "going back forgets nothing");

    let lost = host.folder.path().join("seen.json");
    fs::write(&lost, "{").unwrap();
    let refused = live.reload(|| host.builder().pack_bytes(&new).prepare());
    assert!(refused.is_err(), "a damaged file is not an empty one");
}
