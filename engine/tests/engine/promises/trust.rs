//! The eighth promise: a pack runs only for the jurisdiction whose key signed it; without a word on
//! signatures nothing runs, and a report of packs that nobody signed says so. (Keys and files:
//! `kycuong-trust`.)

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kycuong_engine::BoxError;
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::report::{Signer, Signing};
use kycuong_engine::trust::Verification;
use kycuong_engine::{BuildError, Engine, EngineBuilder, PackVerifier, RulePack};
use kycuong_test_packs::canned_pack::{Canned, SANDBOX, limits, pass};
use kycuong_test_packs::section::custom_section;

use crate::prepared_host::{DOSSIER, ON};

/// Trusts the packs whose files end in the one signature that it knows, for one jurisdiction.
struct Registrar {
    jurisdiction: &'static str,
    remembered: Arc<AtomicUsize>,
}

impl PackVerifier for Registrar {
    fn digest(&self) -> String {
        format!("sha256:{}", self.jurisdiction)
    }

    fn verify(&self, pack: &PackDescription, bytes: &[u8]) -> Result<Verification, BoxError> {
        if !bytes.ends_with(b"signed by the registrar") {
            return Err("nobody signed it".into());
        }
        if pack.manifest.jurisdiction.provinces != [self.jurisdiction] {
            return Err(format!("the registrar speaks for {} alone", self.jurisdiction).into());
        }
        let signer = Signer { role: "author".to_owned(), key: "registrar".to_owned(), on: ON };
        Ok(Verification {
            pack: pack.manifest.pack.clone(),
            version: pack.manifest.version.clone(),
            jurisdictions: pack.manifest.jurisdiction.provinces.clone(),
            content: pack.digest.clone(),
            signers: vec![signer],
            rollback: None,
        })
    }

    fn remember(&self, packs: &[Verification]) -> Result<(), BoxError> {
        self.remembered.fetch_add(packs.len(), Ordering::Relaxed);
        Ok(())
    }
}

/// The bytes of a pack, signed by the registrar.
fn signed(pack: &Canned) -> Vec<u8> {
    let mut bytes = pack.bytes();
    bytes.extend(custom_section("signature", b"signed by the registrar"));
    bytes
}

#[test]
fn only_for_the_jurisdiction_whose_key_signed_it() {
    let remembered = Arc::new(AtomicUsize::new(0));
    let registrar = |jurisdiction| Registrar { jurisdiction, remembered: remembered.clone() };
    let pack = Canned::new("gia-lai", "gia-lai").version("2.0.0").rule("other", pass());
    let (unsigned, good) = (pack.bytes(), signed(&pack));
    let limited = || Engine::builder().limits(limits());
    let refused = |builder: EngineBuilder| {
        let error = builder.build().unwrap_err();
        error.source().and_then(Error::source).map_or(error.to_string(), ToString::to_string)
    };

    let report = limited().trust(Arc::new(registrar("gia-lai"))).pack_bytes(&good).build().unwrap();
    assert_eq!(remembered.load(Ordering::Relaxed), 1);
    let report = report.judge(DOSSIER.as_bytes(), ON).unwrap();
    assert_eq!(report.settings.signing, Some(Signing::Verified));
    assert_eq!(report.settings.trust.as_deref(), Some("sha256:gia-lai"));
    assert_eq!(report.settings.packs[0].signers[0].key, "registrar");

    let store = || limited().trust(Arc::new(registrar("gia-lai")));
    assert_eq!(refused(store().pack_bytes(&unsigned)), "nobody signed it");
    let foreign = limited().trust(Arc::new(registrar("bac-giang"))).pack_bytes(&good);
    assert_eq!(refused(foreign), "the registrar speaks for bac-giang alone");
    let loaded = || RulePack::load(&SANDBOX, &good).unwrap();
    assert!(matches!(store().pack(loaded()).build(), Err(BuildError::NotVerified { .. })));
    let other = registrar("gia-lai");
    let verified = RulePack::load_verified(&SANDBOX, &good, &other).unwrap();
    assert!(store().pack(verified).build().is_ok());
    assert_eq!(remembered.load(Ordering::Relaxed), 2, "a refused set leaves no trace");

    assert!(matches!(limited().pack_bytes(&good).build(), Err(BuildError::NoTrust)));
    let both = store().allow_unsigned().pack_bytes(&good);
    assert!(matches!(both.build(), Err(BuildError::TrustAndUnsigned)));
    // The host that does not ask says so, also of packs that were verified elsewhere.
    let unasked = || limited().allow_unsigned();
    let verified = RulePack::load_verified(&SANDBOX, &good, &other).unwrap();
    for marked in [unasked().pack_bytes(&good), unasked().pack(verified)] {
        let marked = marked.build().unwrap().judge(DOSSIER.as_bytes(), ON).unwrap();
        assert_eq!(marked.settings.signing, Some(Signing::UnsignedDevelopment));
        assert!(marked.to_json().unwrap().contains("\"signing\": \"unsigned-development\""));
        assert!(marked.settings.packs[0].signers.is_empty() && marked.settings.trust.is_none());
    }
}
