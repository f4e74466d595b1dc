//! `key`, `sign`, `verify-pack` and `check --trust`, as somebody in an office would use them.

use std::fs;
use std::path::Path;

use kycuong_engine::trust::Signing;

use crate::check::report;
use crate::support::{S1, check, kycuong, packs, run, trouble};

fn trust_file(folder: &Path, key: &str, jurisdiction: &str) -> std::path::PathBuf {
    let path = folder.join(format!("{jurisdiction}.toml"));
    let text = format!(
        "format = 1\nstate = \"seen.json\"\n[[keys]]\nname = \"skhcn\"\nkey = \"{key}\"\nowner = \"Sở KH&CN\"\n\
         roles = [\"author\"]\n[[scopes]]\njurisdictions = [\"{jurisdiction}\"]\n\
         subjects = [\"dossier\", \"budget-entry\", \"unit-plan\", \"portfolio\"]\n\
         author = {{ of = [\"skhcn\"], at_least = 1 }}\n"
    );
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_pack_is_signed_verified_and_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("author.key");
    let pack = folder.path().join("vn-baseline.wasm");
    fs::copy(packs().join("vn-baseline.wasm"), &pack).unwrap();

    let (code, id, said) = run(kycuong(["key", "new", "--out"]).arg(&key));
    assert_eq!((code, id.starts_with("ed25519:")), (0, true), "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(run(kycuong(["key", "show"]).arg(&key)).1, id);
    assert!(trouble(kycuong(["key", "new", "--out"]).arg(&key)).contains("exists already"));

    let trust = trust_file(folder.path(), id.trim(), "VN");
    let verify = |trust: &Path| {
        let mut command = kycuong(["verify-pack", "--on", "2026-11-22", "--trust"]);
        command.arg(trust).arg(&pack);
        command
    };
    assert!(trouble(&mut verify(&trust)).ends_with("is not trusted: nobody signed it"));
    let mut sign = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
    let (code, _, said) = run(sign.arg(&key).arg(&pack));
    assert_eq!(code, 0, "{said}");
    let (code, text, said) = run(&mut verify(&trust));
    assert_eq!((code, text.contains("đủ chữ ký") && text.contains("skhcn")), (0, true), "{said}");
    let foreign = trust_file(folder.path(), id.trim(), "bac-giang");
    assert!(trouble(&mut verify(&foreign)).contains("not signed for `VN` and"));

    let mut trusted = kycuong(["check", "--format", "json", S1, "--pack"]);
    let (_, text, said) = run(trusted.arg(&pack).arg("--trust").arg(&trust));
    // Before the day that it says, a signature counts for nothing; the machine's clock decides here.
    if said.is_empty() {
        assert_eq!(report(&text).settings.signing, Some(Signing::Verified));
        assert_eq!(report(&text).receipt.packs[0].signers[0].key, id.trim());
    } else {
        assert!(said.contains("it is dated 2026-11-20, after"), "{said}");
    }
    let (_, text, _) = run(check(["--format", "json", S1]).env_remove("KYCUONG_PACKS"));
    assert_eq!(report(&text).settings.signing, Some(Signing::UnsignedDevelopment));
}
