//! Whose id is whose: no signer takes the id of another's pack, and none poisons what is remembered.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use kycuong_engine::live::PackDirectory;
use kycuong_engine::{Date, Engine, LiveEngine};
use kycuong_model::text::with_causes;
use kycuong_test_packs::canned_pack::{Canned, limits, pass};
use kycuong_trust::{Role, SecretKey, SignedFile, TrustStore};

const TODAY: Date = Date::literal(2026, 11, 22);
const OFFICES: [&str; 4] = ["VN", "gia-lai", "gia-lai-2025", "bac-giang"];

/// A ministry and provinces, each with its key.
struct Host {
    folder: tempfile::TempDir,
    keys: [SecretKey; 4],
}

impl Host {
    fn new() -> Self {
        let keys = OFFICES.map(|_| SecretKey::generate().unwrap());
        let host = Self { folder: tempfile::tempdir().unwrap(), keys };
        host.trust(&[]);
        host
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets each office sign for its jurisdiction; some list ids.
    fn trust(&self, packs: &[(&str, &str)]) {
        let offices = OFFICES.iter().zip(&self.keys).enumerate();
        let entries = offices.map(|(number, (office, key))| {
            let listed = packs.iter().find(|(listing, _)| listing == office);
            let listed = listed.map(|(_, ids)| format!("packs = [{ids}]\n")).unwrap_or_default();
            format!(
                "[[keys]]\nname = \"k{number}\"\nkey = \"{}\"\nowner = \"{office}\"\nroles = [\"author\"]\n\
                 [[scopes]]\njurisdictions = [\"{office}\"]\nsubjects = [\"dossier\"]\n{listed}\
                 author = {{ of = [\"k{number}\"], at_least = 1 }}\n",
                key.id()
            )
        });
        let text = format!("format = 1\nstate = \"seen.json\"\n{}", entries.collect::<String>());
        fs::write(self.at("trust.toml"), text).unwrap();
    }

    fn store(&self) -> TrustStore {
        TrustStore::open(self.at("trust.toml"), TODAY).unwrap()
    }

    /// A pack of an office, signed by it.
    fn signed(&self, id: &str, office: &str, version: &str) -> Vec<u8> {
        let key = OFFICES.iter().zip(&self.keys).find(|(one, _)| **one == office);
        let bytes = Canned::new(id, office).version(version).rule("mot", pass()).bytes();
        let file = SignedFile::read(&bytes).unwrap();
        file.sign(key.unwrap().1, Role::Author, TODAY).write().unwrap()
    }

    fn load(&self, packs: &[Vec<u8>]) -> Result<Engine, String> {
        let builder = Engine::builder().limits(limits()).trust(Arc::new(self.store()));
        let builder = packs.iter().fold(builder, |builder, pack| builder.pack_bytes(pack));
        builder.build().map_err(|error| with_causes(&error))
    }

    fn seen(&self) -> serde_json::Value {
        let text = fs::read(self.at("seen.json")).unwrap_or(b"{}".to_vec());
        serde_json::from_slice(&text).unwrap()
    }
}

#[test]
fn a_province_takes_no_id_of_the_nation_or_of_another_province() {
    let host = Host::new();
    for (id, office, expected) in [
        ("vn-baseline", "gia-lai", Some("vn")),
        ("vn", "gia-lai", Some("vn")),
        ("vn-ngan-sach", "bac-giang", Some("vn")),
        ("bac-giang", "gia-lai", Some("bac-giang")),
        ("bac-giang-so", "gia-lai-2025", Some("bac-giang")),
        ("bac-giang", "VN", Some("bac-giang")),
        ("vn-baseline", "VN", None),
        ("gia-lai", "gia-lai", None),
        ("gia-lai", "gia-lai-2025", None),
        ("gia-lai-2025-so", "gia-lai", None),
        ("chuyen-doi-so", "gia-lai", None),
        ("vnpt", "gia-lai", None),
    ] {
        fs::write(host.at("seen.json"), "{\"format\":2,\"packs\":{}}").unwrap();
        let loaded = host.load(&[host.signed(id, office, "999.0.0")]);
        match (loaded, expected) {
            (Ok(_), None) => assert_eq!(host.seen()["packs"][id]["jurisdictions"][0], office),
            (Err(refused), Some(named)) => {
                assert!(
                    refused.ends_with(&format!(
                        "a pack for `{office}` may not have the id `{id}`: ids that begin with `{named}` are for packs of there, unless the scope lists them under `packs`"
                    )),
                    "{refused}"
                );
                assert_eq!(host.seen()["packs"], serde_json::json!({}), "nothing is remembered");
            }
            (loaded, _) => panic!("{id} for {office}: {loaded:?}"),
        }
    }
    // What was refused poisons nothing.
    host.load(&[host.signed("vn-baseline", "gia-lai", "999.0.0")]).unwrap_err();
    host.load(&[host.signed("vn-baseline", "VN", "1.0.0")]).unwrap();
}

#[test]
fn a_scope_lists_the_ids_that_it_may_sign() {
    let host = Host::new();
    host.trust(&[
        ("gia-lai", "\"gia-lai\", \"chung-*\""),
        ("VN", "\"vn-baseline\", \"bac-giang-quoc-gia\""),
    ]);
    let said = |id: &str, office: &str| {
        fs::write(host.at("seen.json"), "{\"format\":2,\"packs\":{}}").unwrap();
        host.load(&[host.signed(id, office, "1.0.0")]).map(|_| ()).err()
    };
    for (id, office) in [
        ("gia-lai", "gia-lai"),
        ("chung-so", "gia-lai"),
        ("vn-baseline", "VN"),
        ("bac-giang-quoc-gia", "VN"),
        ("khac", "bac-giang"),
    ] {
        assert_eq!(said(id, office), None, "{id}");
    }
    for (id, office, why) in [
        ("gia-lai-2", "gia-lai", "the scope lists `gia-lai`, `chung-*` under `packs`"),
        ("chung", "gia-lai", "the scope lists `gia-lai`, `chung-*` under `packs`"),
        ("vn-khac", "VN", "the scope lists `vn-baseline`, `bac-giang-quoc-gia` under `packs`"),
        // Those that list nothing may not sign what others list.
        (
            "chung-so",
            "bac-giang",
            "a scope of `gia-lai` lists it under `packs`, and this one does not",
        ),
        ("gia-lai", "gia-lai-2025", "a scope of `gia-lai` lists it under `packs`"),
        ("bac-giang-quoc-gia", "bac-giang", "a scope of `VN` lists it under `packs`"),
    ] {
        let refused = said(id, office).unwrap_or_default();
        assert!(refused.contains(why), "{id} for {office}: {refused}");
    }
    for (listed, why) in [
        ("", "lists no id under `packs`"),
        ("\"a\", \"a\"", "has the same twice among its `packs`"),
        ("\"a/*\"", "`a/*` is no id of packs: write one like `gia-lai`, or `gia-lai-*`"),
        ("\"*\"", "`*` is no id of packs"),
    ] {
        host.trust(&[("gia-lai", listed)]);
        let refused = TrustStore::open(host.at("trust.toml"), TODAY).unwrap_err().to_string();
        assert!(refused.contains(why) && refused.contains("line "), "{refused}");
    }
}

/// Ids that are named after nobody belong to whom they came from first, until the trust file says more.
#[test]
fn an_id_stays_with_its_jurisdictions() {
    let host = Host::new();
    let [province, other, nation] = ["gia-lai", "bac-giang", "VN"].map(|office| {
        move |host: &Host, version: &str| host.signed("chuyen-doi-so", office, version)
    });
    host.load(&[province(&host, "2.0.0")]).unwrap();
    let refused = host.load(&[other(&host, "3.0.0")]).unwrap_err();
    assert!(
        refused.contains("`chuyen-doi-so` was active here for gia-lai, this one is for bac-giang"),
        "{refused}"
    );
    assert_eq!(host.seen()["packs"]["chuyen-doi-so"]["version"], "2.0.0");
    assert!(host.load(&[province(&host, "1.9.0")]).unwrap_err().contains("is lower than 2.0.0"));
    // A reason lets a version down, and gives no id away.
    let store = host.store().allow_rollback("chuyen-doi-so", "3.0.0", "Sự cố 12");
    let builder = Engine::builder().limits(limits()).trust(Arc::new(store));
    assert!(builder.pack_bytes(&other(&host, "3.0.0")).build().is_err());

    // The nation's comes after a province's, at whatever version; then the province's is refused.
    host.load(&[nation(&host, "1.0.0")]).unwrap();
    assert_eq!(host.seen()["packs"]["chuyen-doi-so"]["jurisdictions"], serde_json::json!(["VN"]));
    let refused = host.load(&[province(&host, "999.0.0")]).unwrap_err();
    assert!(refused.contains("was active here for VN, this one is for gia-lai"), "{refused}");
    host.load(&[nation(&host, "1.0.1")]).unwrap();

    // The trust file gives it to another office: what was seen of the one before counts no more.
    host.trust(&[("bac-giang", "\"chuyen-doi-so\"")]);
    host.load(&[other(&host, "0.1.0")]).unwrap();
    assert!(
        host.load(&[nation(&host, "2.0.0")])
            .unwrap_err()
            .contains("a scope of `bac-giang` lists it")
    );
}

#[test]
fn jurisdictions_may_grow_with_the_pack() {
    let host = Host::new();
    let both = Canned::new("gia-lai", "gia-lai").jurisdictions(&["gia-lai", "gia-lai-2025"]);
    let both = both.version("1.1.0").rule("mot", pass()).bytes();
    let [_, old, new, _] = &host.keys;
    // Of two scopes, each of them has to be satisfied.
    let both = SignedFile::read(&both).unwrap().sign(old, Role::Author, TODAY).sign(
        new,
        Role::Author,
        TODAY,
    );
    let both = both.write().unwrap();
    let today = host.signed("gia-lai", "gia-lai-2025", "1.2.0");
    host.load(&[host.signed("gia-lai", "gia-lai", "1.0.0")]).unwrap();
    assert!(
        host.load(std::slice::from_ref(&today))
            .unwrap_err()
            .contains("was active here for gia-lai")
    );
    host.load(&[both]).unwrap();
    host.load(&[today]).unwrap();
    let seen = host.seen()["packs"]["gia-lai"].clone();
    assert_eq!(seen["jurisdictions"], serde_json::json!(["gia-lai-2025"]));
}

/// A file of before tells no jurisdictions: its versions count for all, and it is written anew.
#[test]
fn versions_seen_of_the_first_format_still_count() {
    let host = Host::new();
    let content = format!("sha256:{}", "0".repeat(64));
    let seen = format!(
        "{{\"format\":1,\"packs\":{{\"vn-baseline\":{{\"version\":\"2.0.0\",\"content\":\"{content}\"}}}}}}"
    );
    fs::write(host.at("seen.json"), seen).unwrap();
    let refused = host.load(&[host.signed("vn-baseline", "VN", "1.0.0")]).unwrap_err();
    assert!(refused.contains("is lower than 2.0.0"), "{refused}");
    host.load(&[host.signed("vn-baseline", "VN", "2.1.0")]).unwrap();
    assert_eq!(host.seen()["format"], 2);
    assert_eq!(host.seen()["packs"]["vn-baseline"]["jurisdictions"][0], "VN");
}

/// All or nothing: one pack that is refused keeps every other one of its set from being remembered.
#[test]
fn what_a_refused_set_had_is_not_remembered() {
    let host = Host::new();
    let good = host.signed("vn-baseline", "VN", "1.0.0");
    let fake = host.signed("vn-baseline", "gia-lai", "999.0.0");
    let squatter = host.signed("chung", "gia-lai", "1.0.0");
    for set in [
        vec![good.clone(), fake.clone()],
        vec![fake.clone(), good.clone()],
        vec![squatter.clone(), good.clone(), host.signed("vn-baseline", "VN", "1.0.1")],
        vec![squatter.clone(), host.signed("x", "bac-giang", "1.0.0"), b"no pack".to_vec()],
    ] {
        host.load(&set).unwrap_err();
        assert_eq!(host.seen(), serde_json::json!({}));
    }
    // At a reload, and in a folder.
    fs::create_dir(host.at("packs")).unwrap();
    fs::write(host.at("packs/vn.wasm"), &good).unwrap();
    let file = host.at("trust.toml");
    let (mut directory, live): (_, LiveEngine) =
        PackDirectory::open(host.at("packs"), &limits(), move |builder| {
            Ok(builder.trust(Arc::new(TrustStore::open(&file, TODAY)?)))
        })
        .unwrap();
    let before = host.seen();
    fs::write(host.at("packs/vn.wasm"), &fake).unwrap();
    fs::write(host.at("packs/a.wasm"), &squatter).unwrap();
    directory.follow(&live).unwrap_err();
    assert_eq!((live.status().generation, host.seen()), (1, before));
    fs::write(host.at("packs/vn.wasm"), host.signed("vn-baseline", "VN", "1.1.0")).unwrap();
    assert_eq!(directory.follow(&live).unwrap().unwrap().generation, 2);
    assert_eq!(host.seen()["packs"]["vn-baseline"]["version"], "1.1.0");
}
