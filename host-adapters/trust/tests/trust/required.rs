//! Packs that must be there: an empty folder, or one that lost a file, is no host.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use kycuong_engine::live::PackDirectory;
use kycuong_engine::{BuildError, Date, Engine, LiveEngine};
use kycuong_model::text::with_causes;
use kycuong_test_packs::canned_pack::{Canned, limits, pass};
use kycuong_trust::{Role, SecretKey, SignedFile, TrustStore};

const TODAY: Date = Date::literal(2026, 11, 22);
const BOTH: &str =
    "[[required]]\npack = \"vn-baseline\"\nminimum = \"1.0.0\"\n[[required]]\npack = \"gia-lai\"\n";

struct Host {
    folder: tempfile::TempDir,
    key: SecretKey,
}

impl Host {
    fn new(more: &str) -> Self {
        let host =
            Self { folder: tempfile::tempdir().unwrap(), key: SecretKey::generate().unwrap() };
        fs::create_dir(host.at("packs")).unwrap();
        host.trust(more);
        host
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn trust(&self, more: &str) {
        let text = format!(
            "format = 1\nstate = \"seen.json\"\n[[keys]]\nname = \"bo\"\nkey = \"{}\"\nowner = \"Bộ\"\n\
             roles = [\"author\"]\n[[scopes]]\njurisdictions = [\"VN\", \"gia-lai\"]\nsubjects = [\"dossier\"]\n\
             author = {{ of = [\"bo\"], at_least = 1 }}\n{more}",
            self.key.id()
        );
        fs::write(self.at("trust.toml"), text).unwrap();
    }

    fn put(&self, id: &str, jurisdiction: &str, version: &str) {
        let pack = Canned::new(id, jurisdiction).version(version).rule("mot", pass()).bytes();
        let file = SignedFile::read(&pack).unwrap().sign(&self.key, Role::Author, TODAY);
        fs::write(self.at(&format!("packs/{id}.wasm")), file.write().unwrap()).unwrap();
    }

    fn take(&self, id: &str) {
        fs::remove_file(self.at(&format!("packs/{id}.wasm"))).unwrap();
    }

    fn build(&self) -> Result<Engine, BuildError> {
        let store = TrustStore::open(self.at("trust.toml"), TODAY).unwrap();
        let builder = Engine::builder().limits(limits()).packs_from_dir(self.at("packs"));
        builder.trust(Arc::new(store)).build()
    }

    fn refusal(&self) -> String {
        with_causes(&self.build().unwrap_err())
    }

    fn follow(&self) -> Result<(PackDirectory, LiveEngine), BuildError> {
        let file = self.at("trust.toml");
        PackDirectory::open(self.at("packs"), &limits(), move |builder| {
            Ok(builder.trust(Arc::new(TrustStore::open(&file, TODAY)?)))
        })
    }
}

#[test]
fn a_folder_without_a_required_pack_is_no_host() {
    let host = Host::new(BOTH);
    assert!(host.build().is_err() && host.follow().is_err(), "an empty folder");
    host.put("gia-lai", "gia-lai", "0.1.0");
    let refused = host.build().unwrap_err();
    assert_eq!(refused.code(), "missing-pack");
    assert_eq!(
        refused.to_string(),
        "the rule pack `vn-baseline` is required and not there; there are `gia-lai`: bring it back, or require it no more"
    );
    assert_eq!(host.follow().unwrap_err().code(), "missing-pack");
    assert!(!host.at("seen.json").exists(), "nothing is remembered");
    host.put("vn-baseline", "VN", "0.9.0");
    assert!(
        host.refusal().contains("0.9.0 is lower than 1.0.0, the least that the trust file allows")
    );
    host.put("vn-baseline", "VN", "1.0.0");
    host.build().unwrap();
    // The name of a file is nobody's id.
    fs::rename(host.at("packs/vn-baseline.wasm"), host.at("packs/x.wasm")).unwrap();
    host.build().unwrap();
    fs::rename(host.at("packs/gia-lai.wasm"), host.at("packs/gia-lai.wasm.bak")).unwrap();
    assert!(host.refusal().contains("the rule pack `gia-lai` is required"));
    host.trust("");
    host.build().unwrap();
}

#[test]
fn a_folder_that_loses_a_required_pack_leaves_the_active_set() {
    let host = Host::new(BOTH);
    host.put("gia-lai", "gia-lai", "0.1.0");
    host.put("vn-baseline", "VN", "1.0.0");
    let (mut directory, live) = host.follow().unwrap();
    let refused = |directory: &mut PackDirectory| {
        directory.follow(&live).unwrap_err();
        assert_eq!(live.status().generation, 1);
        assert_eq!(live.status().settings.packs.len(), 2);
        live.status().last_failure.unwrap().reason
    };
    host.take("vn-baseline");
    assert!(refused(&mut directory).contains("the rule pack `vn-baseline` is required"));
    directory.reload(&live).unwrap_err();
    host.take("gia-lai");
    refused(&mut directory);
    host.put("gia-lai", "gia-lai", "0.1.0");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/nonexistent", host.at("packs/vn-baseline.wasm")).unwrap();
        refused(&mut directory);
        host.take("vn-baseline");
    }
    host.put("vn-baseline", "VN", "1.0.1");
    assert_eq!(directory.follow(&live).unwrap().unwrap().generation, 2);
}

#[test]
fn a_deployment_and_an_embedder_require_packs_too() {
    let host = Host::new("");
    host.put("gia-lai", "gia-lai", "0.1.0");
    let builder = || {
        let store = TrustStore::open(host.at("trust.toml"), TODAY).unwrap();
        let builder = Engine::builder().limits(limits()).packs_from_dir(host.at("packs"));
        builder.trust(Arc::new(store))
    };
    builder().require("gia-lai").build().unwrap();
    assert_eq!(builder().require("vn-baseline").build().unwrap_err().code(), "missing-pack");
    let file = host.at("deployment.toml");
    fs::write(&file, "\n[[required]]\npack = \"vn-baseline\"\n").unwrap();
    let refused = with_causes(&builder().deployment_file(&file).build().unwrap_err());
    assert!(
        refused.contains("deployment.toml`, line 2: the rule pack `vn-baseline` is required"),
        "{refused}"
    );
    fs::write(&file, "[[required]]\npack = \"gia-lai\"\n").unwrap();
    let engine = builder().deployment_file(&file).require("gia-lai").build().unwrap();
    assert_eq!(engine.manifests().count(), 1);
}

#[test]
fn what_is_required_is_an_id_once() {
    let host = Host::new("");
    for (more, expected) in [
        ("[[required]]\npack = \"Vn\"\n", "requires `Vn`, which is no id of a pack"),
        ("[[required]]\npack = \"vn.wasm\"\n", "which is no id of a pack"),
        (
            "[[required]]\npack = \"vn\"\n[[required]]\npack = \"vn\"\n",
            "line 15: requires `vn` twice",
        ),
        (
            "[[required]]\npack = \"vn\"\nminimum = \"1.0.0\"\n[[minimum]]\npack = \"vn\"\nversion = \"2.0.0\"\n",
            "has two minimum versions of `vn`",
        ),
        ("[[required]]\npack = \"vn\"\nminimum = \"1.0\"\n", "line 14"),
        ("[[required]]\nid = \"vn\"\n", "unknown field `id`"),
    ] {
        host.trust(more);
        let refused = TrustStore::open(host.at("trust.toml"), TODAY).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    // A minimum elsewhere holds for a required pack, too.
    host.trust("[[required]]\npack = \"vn\"\n[[minimum]]\npack = \"vn\"\nversion = \"2.0.0\"\n");
    host.put("vn", "VN", "1.0.0");
    assert!(host.refusal().contains("1.0.0 is lower than 2.0.0"));
}
