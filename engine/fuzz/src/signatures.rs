//! Signatures: any bytes as a signed file, verified in the name of one pack and one key.

#![expect(clippy::expect_used, reason = "a broken promise is a panic, for the fuzzer to see")]

use std::sync::LazyLock;

use kycuong_engine::pack::PackDescription;
use kycuong_engine::{Date, Limits};
use kycuong_trust::{SIGNATURES_MAX, SignedFile, TrustStore, statement};

use crate::{installed, words};

const TODAY: Date = Date::literal(2026, 11, 21);

/// The pack that was signed once, with the seeds of this target.
static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| installed::bytes(installed::MANIFEST));
static DESCRIPTION: LazyLock<PackDescription> =
    LazyLock::new(|| PackDescription::read(&PACK, &Limits::default()).expect("the pack is sound"));
static STORE: LazyLock<TrustStore> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/trust.toml");
    TrustStore::open(file, TODAY).expect("the trust file is sound")
});

/// Takes a file apart, puts it together again, and verifies it.
pub fn run(bytes: &[u8]) {
    match SignedFile::read(bytes) {
        Ok(file) => {
            assert!(bytes.starts_with(file.content));
            assert!(file.signatures.iter().count() <= SIGNATURES_MAX);
            // One spelling: what was read and is written again is the same to the byte.
            let written = file.write().expect("what was read can be written");
            assert!(written == bytes, "another spelling of the same signatures");
            for one in file.signatures.iter() {
                let statement = statement(file.content, one.role, &one.key, one.on);
                assert_eq!(statement.lines().count(), 5);
            }
        }
        Err(error) => {
            words::of_error(&error).iter().for_each(|words| words::shown(words));
        }
    }
    match STORE.verify_pack(&DESCRIPTION, bytes) {
        Ok(verified) => {
            let file = SignedFile::read(bytes).expect("what is verified can be read");
            assert!(file.content == PACK.as_slice(), "a signature over what was never signed");
            assert_eq!(verified.version, DESCRIPTION.manifest.version);
        }
        Err(error) => {
            words::of_error(&error).iter().for_each(|words| words::shown(words));
        }
    }
}
