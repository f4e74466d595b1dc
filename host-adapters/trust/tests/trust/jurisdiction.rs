//! The promise of that name, with real keys: a pack runs only for the jurisdiction whose key signed it.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::report::Signing;
use kycuong_engine::{Date, Engine, EngineBuilder, OutcomeStatus, Verdict};
use kycuong_test_packs::canned_pack::{Canned, fail, limits, pass};
use kycuong_trust::{Role, SecretKey, SignedFile, TrustStore};

const TODAY: Date = Date::literal(2026, 11, 22);

/// The ministry and two provinces, each with a key that speaks for its own jurisdiction alone.
const OFFICES: [&str; 3] = ["VN", "gia-lai", "bac-giang"];

fn dossier(province: &str) -> String {
    format!(
        r#"{{"schema_version":"2.0.0","subject":"dossier","province":{province},"kind":"service-lease"}}"#
    )
}

#[test]
fn a_pack_runs_only_for_the_jurisdiction_whose_key_signed_it() {
    let keys = OFFICES.map(|_| SecretKey::generate().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trust.toml");
    let offices = OFFICES.iter().zip(&keys).enumerate();
    let entries = offices.map(|(number, (office, key))| {
        format!(
            "[[keys]]\nname = \"office-{number}\"\nkey = \"{}\"\nowner = \"{office}\"\nroles = [\"author\"]\n\
             [[scopes]]\njurisdictions = [\"{office}\"]\nsubjects = [\"dossier\"]\n\
             author = {{ of = [\"office-{number}\"], at_least = 1 }}\n",
            key.id()
        )
    });
    fs::write(&path, format!("format = 1\n{}", entries.collect::<String>())).unwrap();
    let host = || {
        Engine::builder().limits(limits()).trust(Arc::new(TrustStore::open(&path, TODAY).unwrap()))
    };
    let signed = |office: &str, by: &SecretKey| {
        let pack = Canned::new(&office.to_lowercase(), office);
        let pack = pack.rule("tra-ho-so", fail(&[("/kind", "block")]));
        SignedFile::read(&pack.bytes()).unwrap().sign(by, Role::Author, TODAY).write().unwrap()
    };

    // Nine pairs of a jurisdiction and a key: three of them run, where they belong.
    for (office, own) in OFFICES.iter().zip(&keys) {
        for (signer, key) in OFFICES.iter().zip(&keys) {
            let built = host().pack_bytes(&signed(office, key)).build();
            if own.id() == key.id() {
                let report = built.unwrap().judge(
                    dossier(r#"{"code":"52","legacy_code":"64"}"#).as_bytes(), // the old Gia Lai
                    TODAY,
                );
                let report = report.unwrap();
                assert_eq!(report.settings.signing, Some(Signing::Verified));
                let here = ["VN", "gia-lai"].contains(office);
                assert_eq!(report.verdict == Verdict::Return, here, "{office}");
                let outcome = &report.outcomes.first().unwrap().status;
                assert_eq!(matches!(outcome, OutcomeStatus::Fail { .. }), here, "{office}");
            } else {
                let refused = last_cause(&built.unwrap_err());
                let expected =
                    format!("not signed for `{office}` and `dossier` as needed on {TODAY}: ");
                assert!(refused.starts_with(&expected), "{signer} for {office}: {refused}");
            }
        }
    }

    // Set beside good packs, or loaded before, it does not run either.
    let [_, gia_lai, bac_giang] = &keys;
    let beside: EngineBuilder = host().pack_bytes(&signed("gia-lai", gia_lai));
    let refused = beside.pack_bytes(&signed("bac-giang", gia_lai)).build().unwrap_err();
    assert!(last_cause(&refused).contains("not signed for `bac-giang`"), "{refused}");
    let unverified = Canned::new("bac-giang", "bac-giang").rule("other", pass()).load();
    assert!(host().pack(unverified).build().is_err());
    let both = SignedFile::read(&signed("bac-giang", bac_giang))
        .unwrap()
        .sign(gia_lai, Role::Approver, TODAY)
        .write()
        .unwrap();
    assert!(
        host().pack_bytes(&both).build().is_ok(),
        "another's signature beside it changes nothing"
    );
}

fn last_cause(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), last_cause)
}
