//! The versions that were seen: a file of the host alone, whole or refused, shared without a loss.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::PathBuf;

use kycuong_engine::trust::Verification;
use kycuong_engine::{Date, PackVerifier as _};
use kycuong_model::text::with_causes;
use kycuong_trust::{SecretKey, TrustStore};

#[cfg(unix)]
mod links;

const TODAY: Date = Date::literal(2026, 11, 22);

struct Host(tempfile::TempDir);

impl Host {
    fn new() -> Self {
        let host = Self(tempfile::tempdir().unwrap());
        let text = format!(
            "format = 1\nstate = \"seen.json\"\n[[keys]]\nname = \"bo\"\nkey = \"{}\"\nowner = \"Bộ\"\n\
             roles = [\"author\"]\n[[scopes]]\njurisdictions = [\"VN\"]\nsubjects = [\"dossier\"]\n\
             author = {{ of = [\"bo\"], at_least = 1 }}\n",
            SecretKey::generate().unwrap().id()
        );
        fs::write(host.file("trust.toml"), text).unwrap();
        host
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn store(&self) -> TrustStore {
        TrustStore::open(self.file("trust.toml"), TODAY).unwrap()
    }

    fn remember(&self, pack: &str, version: &str) -> Result<(), String> {
        self.store().remember(&[verified(pack, version)]).map_err(|error| error.to_string())
    }

    /// Why the trust file is not opened.
    fn refusal(&self) -> String {
        with_causes(&TrustStore::open(self.file("trust.toml"), TODAY).unwrap_err())
    }

    fn seen(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.file("seen.json")).unwrap()).unwrap()
    }
}

fn verified(pack: &str, version: &str) -> Verification {
    Verification {
        pack: pack.to_owned(),
        version: version.to_owned(),
        jurisdictions: vec!["VN".to_owned()],
        content: format!("sha256:{pack} {version}"),
        signers: Vec::new(),
        rollback: None,
    }
}

#[test]
fn the_file_is_the_hosts_alone() {
    let host = Host::new();
    // Brought back from a copy, readable by everybody.
    fs::write(host.file("seen.json"), "{\"format\":1,\"packs\":{}}").unwrap();
    host.remember("vn", "1.0.0").unwrap();
    assert_eq!(host.seen()["packs"]["vn"]["version"], "1.0.0");
    #[cfg(unix)]
    for name in ["seen.json", "seen.json.lock"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(host.file(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_damaged_file_is_refused_and_left_as_it_is() {
    let host = Host::new();
    host.remember("vn", "2.0.0").unwrap();
    let whole = fs::read(host.file("seen.json")).unwrap();
    let end = whole.iter().rposition(|byte| *byte == b'}').unwrap();
    let half = |length: usize| whole.get(..length).unwrap().to_vec();
    let cut = (0..=end).map(half);
    let strange =
        ["[]", "{}", "{\"format\":3,\"packs\":{}}", "{\"format\":1,\"packs\":{},\"x\":1}"];
    for damaged in cut.chain(strange.map(|text| text.as_bytes().to_vec())) {
        fs::write(host.file("seen.json"), &damaged).unwrap();
        let refused = host.remember("vn", "1.0.0").unwrap_err();
        assert!(
            refused.contains("seen.json` does not hold the versions that were seen"),
            "{refused}"
        );
        assert!(
            refused.ends_with("bring it back from a copy (without it every version is forgotten)")
        );
        assert_eq!(fs::read(host.file("seen.json")).unwrap(), damaged);
    }
    fs::write(host.file("seen.json"), &whole).unwrap();
    assert!(host.remember("vn", "1.0.0").unwrap_err().contains("lower than 2.0.0"));
    host.remember("vn", "2.0.1").unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let host = Host::new();
    let store = host.store();
    fs::create_dir(host.file("seen.json")).unwrap();
    let refused = store.remember(&[verified("vn", "1.0.0")]).unwrap_err();
    assert!(refused.to_string().ends_with("seen.json` is no file"), "{refused}");
    assert!(TrustStore::open(host.file("trust.toml"), TODAY).is_err());
}

#[test]
fn hosts_that_share_it_lose_nothing() {
    let host = Host::new();
    let rounds = 8;
    std::thread::scope(|scope| {
        for number in 0..6 {
            let host = &host;
            scope.spawn(move || {
                for round in 0..rounds {
                    // A pack of its own, and one that all of them raise.
                    host.remember(&format!("pack-{number}"), &format!("1.{round}.0")).unwrap();
                    let raised = host.remember("common", &format!("{}.0.0", round * 6 + number));
                    assert!(raised.is_ok() || raised.unwrap_err().contains("is lower than"));
                }
            });
        }
    });
    let seen = host.seen();
    let packs = seen["packs"].as_object().unwrap();
    assert_eq!(packs.len(), 7);
    for number in 0..6 {
        assert_eq!(packs[&format!("pack-{number}")]["version"], format!("1.{}.0", rounds - 1));
    }
    assert_eq!(packs["common"]["version"], format!("{}.0.0", rounds * 6 - 1));
}
