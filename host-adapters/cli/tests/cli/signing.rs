//! `key`, `sign`, `verify` and `check --trust`, as somebody in an office would use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kycuong_engine::report::Signing;
use kycuong_trust::SignedFile;

use crate::check::report;
use crate::support::{S1, check, error_line, kycuong, packs, root, run};

#[cfg(unix)]
mod files;

fn trust_file(folder: &Path, key: &str, jurisdiction: &str) -> PathBuf {
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
    assert!(error_line(kycuong(["key", "new", "--out"]).arg(&key)).contains("exists already"));

    let trust = trust_file(folder.path(), id.trim(), "VN");
    let verify = |trust: &Path| {
        let mut command = kycuong(["verify", "--on", "2026-11-22", "--trust"]);
        command.arg(trust).arg(&pack);
        command
    };
    assert!(
        error_line(&mut verify(&trust)).ends_with("is not trusted: nobody signed it [untrusted]")
    );
    let mut sign = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
    let (code, _, said) = run(sign.arg(&key).arg(&pack));
    assert_eq!(code, 0, "{said}");
    let (code, text, said) = run(&mut verify(&trust));
    assert_eq!((code, text.contains("đủ chữ ký") && text.contains("skhcn")), (0, true), "{said}");
    let foreign = trust_file(folder.path(), id.trim(), "bac-giang");
    assert!(error_line(&mut verify(&foreign)).contains("not signed for `VN` and"));

    let mut trusted = kycuong(["check", "--format", "json", S1, "--pack"]);
    let (_, text, said) = run(trusted.arg(&pack).arg("--trust").arg(&trust));
    // Before the day that it says, a signature counts for nothing; the machine's clock decides here.
    if said.is_empty() {
        assert_eq!(report(&text).settings.signing, Some(Signing::Verified));
        assert_eq!(report(&text).settings.packs[0].signers[0].key, id.trim());
    } else {
        assert!(said.contains("it is dated 2026-11-20, after"), "{said}");
    }
    let (_, text, _) = run(check(["--format", "json", S1]).env_remove("KYCUONG_PACKS"));
    assert_eq!(report(&text).settings.signing, Some(Signing::UnsignedDevelopment));

    // Unsigned packs are for whoever says so, once for a shell or each time.
    let unsaid = || {
        let mut command = kycuong(["check", "--format", "json", S1, "--pack"]);
        command.arg(&pack);
        command
    };
    assert!(
        error_line(&mut unsaid()).starts_with("kycuong: nobody said whose rule packs are trusted")
    );
    assert!(error_line(unsaid().env("KYCUONG_ALLOW_UNSIGNED", "0")).contains("`--allow-unsigned`"));
    let (_, text, _) = run(unsaid().env("KYCUONG_ALLOW_UNSIGNED", "1"));
    assert_eq!(report(&text).settings.signing, Some(Signing::UnsignedDevelopment));
    let mut both = unsaid();
    both.arg("--allow-unsigned").arg("--trust").arg(&trust);
    assert!(run(&mut both).2.contains("cannot be used with"));
}

/// Keys and certificates that OpenSSL made once; they guard nothing. They are handed out as files of this
/// user alone, which a checkout does not leave them.
fn data(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-keys");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for file in fs::read_dir(root().join("host-adapters/trust/tests/data")).unwrap() {
            let file = file.unwrap();
            let copy = folder.join(file.file_name());
            fs::write(&copy, fs::read(file.path()).unwrap()).unwrap();
            set(&copy, 0o600);
        }
        folder
    });
    folder.join(name)
}

/// Sets who may read and write a file, where the system knows that.
fn set(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// A trust file for the holder of a certificate under the root of the tests.
fn holders(folder: &Path, subject: &str) -> PathBuf {
    let path = folder.join("holders.toml");
    let text = format!(
        "format = 1\n[[authorities]]\nname = \"ca\"\nroot = \"{}\"\nrevocations = []\n\
         [[certificates]]\nname = \"gia-lai\"\nauthority = \"ca\"\nsubject = \"{subject}\"\n\
         owner = \"Gia Lai\"\nroles = [\"approver\", \"author\"]\n[[scopes]]\njurisdictions = [\"gia-lai\"]\n\
         subjects = [\"dossier\", \"budget-entry\", \"unit-plan\", \"portfolio\"]\n\
         author = {{ of = [\"gia-lai\"], at_least = 1 }}\n",
        data("agency-root.pem").display()
    );
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_holder_of_a_certificate_signs_with_a_file_or_a_token() {
    let folder = tempfile::tempdir().unwrap();
    for (certificate, key, subject) in [
        ("agency-rsa.pem", "rsa-2048-for-tests.pem", "CN=Sở Tư pháp,O=UBND tỉnh Gia Lai,C=VN"),
        (
            "agency-p256.pem",
            "agency-p256.key.pem",
            "CN=Sở Khoa học và Công nghệ,O=UBND tỉnh Gia Lai,C=VN",
        ),
    ] {
        let trust = holders(folder.path(), subject);
        let sign = |more: &[&str], path: Option<&Path>| {
            let mut command = kycuong(["sign", "--role", "author", "--at", "2026-11-20"]);
            command.arg("--certificate").arg(data(certificate)).args(more).args(path);
            command.arg(packs().join("gia-lai.wasm"));
            command
        };
        let by_file = folder.path().join("by-file.wasm");
        let (code, _, said) = run(sign(&["--key"], Some(&data(key))).arg("-o").arg(&by_file));
        assert_eq!((code, said.contains(subject)), (0, true), "{said}");
        let mut verify = kycuong(["verify", "--on", "2026-11-22", "--trust"]);
        let (code, text, said) = run(verify.arg(&trust).arg(&by_file));
        assert_eq!((code, text.contains("  gia-lai  Gia Lai  x509:")), (0, true), "{text}{said}");

        let asked = folder.path().join("asked.txt");
        let (code, _, said) = run(&mut sign(&["--to-be-signed"], Some(&asked)));
        assert_eq!((code, said.contains("--signature FILE")), (0, true), "{said}");
        assert!(fs::read_to_string(&asked).unwrap().starts_with("kycuong rule pack signature 1\n"));
        // A token answers what the key in a file does: both ways of signing are deterministic.
        let bytes = fs::read(&by_file).unwrap();
        let signed = SignedFile::read(&bytes).unwrap();
        let digits = signed.signatures.iter().next().unwrap().value.clone();
        let value = (0..digits.len() / 2)
            .map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2).unwrap(), 16).unwrap())
            .collect::<Vec<_>>();
        let answer = folder.path().join("answer.bin");
        fs::write(&answer, &value).unwrap();
        let by_token = folder.path().join("by-token.wasm");
        let (code, _, said) = run(sign(&["--signature"], Some(&answer)).arg("-o").arg(&by_token));
        assert_eq!(code, 0, "{said}");
        assert_eq!(fs::read(&by_token).unwrap(), bytes);
        fs::write(&answer, &value[..value.len() - 1]).unwrap();
        let refused = error_line(&mut sign(&["--signature"], Some(&answer)));
        assert!(refused.contains("the signature cannot be attached"), "{refused}");
    }
}

#[test]
fn the_wrong_file_is_said_in_one_line() {
    let pack = packs().join("gia-lai.wasm");
    let said = |key: &str, certificate: Option<&str>, at: &str| {
        let mut command = kycuong(["sign", "--role", "author", "-o", "never.wasm", "--at", at]);
        command.arg("--key").arg(data(key)).arg(&pack);
        let certificate = certificate.map(|name| [PathBuf::from("--certificate"), data(name)]);
        error_line(command.args(certificate.iter().flatten()))
    };
    let [key, rsa] = ["agency-p256.key.pem", "rsa-2048-for-tests.pem"];
    let own = Some("agency-p256.pem");
    for (said, expected) in [
        (said("agency-p256.pem", own, "2026-11-20"), "it holds a certificate: that is not secret"),
        (said("agency-p256.pem", None, "2026-11-20"), "it holds a certificate: that is not secret"),
        (said(key, Some(key), "2026-11-20"), "`EC PRIVATE KEY`, expected `CERTIFICATE`"),
        (said(rsa, None, "2026-11-20"), "one of RSA or ECDSA signs with its certificate"),
        (said(rsa, own, "2026-11-20"), "expected a private key of ECDSA P-256 with SHA-256"),
        (said("agency-p256-encrypted.key.pem", own, "2026-11-20"), "the private key is encrypted"),
        (said(rsa, Some("agency-root.pem"), "2026-11-20"), "is not for digital signatures"),
        (said(key, own, "2025-12-31"), "is valid 2026-01-01..2036-01-01, the day of signing is"),
    ] {
        assert!(said.contains(expected), "{said}");
    }
    assert!(!root().join("never.wasm").exists());

    let refused = error_line(kycuong(["verify"]).arg(&pack));
    assert!(
        refused.contains("name the trust file") && refused.contains("--trust FILE"),
        "{refused}"
    );
    let refused = error_line(kycuong(["verify"]).arg(data("agency-root.pem")));
    assert!(refused.contains("agency-root.pem` is no report"), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let trust = holders(folder.path(), "CN=x");
    let text = fs::read_to_string(&trust).unwrap().replace("agency-root.pem", key);
    fs::write(&trust, text).unwrap();
    let refused = error_line(kycuong(["verify", "--trust"]).arg(&trust).arg(&pack));
    assert!(refused.contains("`EC PRIVATE KEY`, expected one `CERTIFICATE`"), "{refused}");
}

#[test]
fn inspect_shows_who_signed_and_judges_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (pack, key) = (folder.path().join("gia-lai.wasm"), folder.path().join("author.key"));
    fs::copy(packs().join("gia-lai.wasm"), &pack).unwrap();
    let inspect = |more: &[&str]| run(kycuong(["inspect"]).args(more).arg(&pack)).1;
    assert!(inspect(&[]).contains("chữ ký (chưa kiểm tra)  không có\n"));
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&inspect(&["--format", "json"]))["signatures"], serde_json::json!([]));

    let id = run(kycuong(["key", "new", "--out"]).arg(&key)).1;
    let sign = |role: &str, more: &[PathBuf]| {
        let mut command = kycuong(["sign", "--at", "2026-11-20", "--role", role]);
        assert_eq!(run(command.args(more).arg(&pack)).0, 0);
    };
    sign("author", &["--key".into(), key]);
    let key = data("agency-p256.key.pem");
    sign("approver", &["--key".into(), key, "--certificate".into(), data("agency-p256.pem")]);
    let text = inspect(&["--lang", "en"]);
    assert!(text.contains(&format!("2026-11-20  author  {}", id.trim())), "{text}");
    let subject = "CN=Sở Khoa học và Công nghệ,O=UBND tỉnh Gia Lai,C=VN";
    assert!(text.contains(&format!("2026-11-20  approver  {subject}  x509:")), "{text}");
    let signatures = json(&inspect(&["--format", "json"]))["signatures"].take();
    assert_eq!(signatures[0]["key"], id.trim());
    assert_eq!(
        (&signatures[1]["subject"], &signatures[1]["role"]),
        (&subject.into(), &"approver".into())
    );
}

#[test]
fn nothing_that_a_command_reads_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("vn.wasm")).unwrap();
    let (_, id, _) = run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    let trust = trust_file(folder.path(), id.trim(), "VN");
    fs::copy(root().join(S1), at("s1.json")).unwrap();
    let kept =
        ["vn.wasm", "a.key", "VN.toml", "s1.json"].map(|name| (name, fs::read(at(name)).unwrap()));

    let sign = |out: &str| {
        let mut command = kycuong(["sign", "--role", "author", "--key"]);
        command.arg(at("a.key")).arg(at("vn.wasm")).arg("-o").arg(at(out));
        command
    };
    let token = |out: &str| {
        let mut command = kycuong(["sign", "--role", "author", "--at", "2026-11-20"]);
        command.arg("--certificate").arg(data("agency-p256.pem"));
        command.arg("--to-be-signed").arg(at(out)).arg(at("vn.wasm"));
        command
    };
    let check = |out: &str| {
        let mut command = kycuong(["check", "--pack"]);
        command.arg(at("vn.wasm")).arg("--trust").arg(&trust).arg(at("s1.json"));
        command.arg("-o").arg(at(out));
        command
    };
    for mut command in
        [sign("a.key"), token("vn.wasm"), check("s1.json"), check("VN.toml"), check("vn.wasm")]
    {
        let said = error_line(&mut command);
        assert!(
            said.ends_with(
                "is read by this command: write the result to another file [over-input]"
            ),
            "{said}"
        );
    }
    let mut logged = kycuong(["check", "--allow-unsigned", "--pack"]);
    logged.arg(at("vn.wasm")).arg(at("s1.json")).arg("--audit").arg(at("audit.db"));
    assert_ne!(run(&mut logged).0, 3);
    assert!(error_line(logged.arg("-o").arg(at("audit.db"))).contains("is read by this command"));
    let mut new = kycuong(["check", "--allow-unsigned", "--pack"]);
    new.arg(at("vn.wasm")).arg(at("s1.json")).arg("--audit").arg(at("new.db"));
    assert!(error_line(new.arg("-o").arg(at("new.db"))).contains("is read by this command"));
    fs::create_dir(at("facts")).unwrap();
    fs::write(at("facts/units.csv"), "code\n").unwrap();
    let mut facts = kycuong(["check", "--allow-unsigned", "--pack"]);
    facts.arg(at("vn.wasm")).arg(at("s1.json")).arg("--facts").arg(at("facts"));
    assert!(
        error_line(facts.arg("-o").arg(at("facts/units.csv"))).contains("is read by this command")
    );
    for (name, bytes) in kept {
        assert_eq!(fs::read(at(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn whoever_signs_after_others_signs_what_they_signed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("vn.wasm")).unwrap();
    let ids = ["a.key", "b.key"]
        .map(|name| run(kycuong(["key", "new", "--out"]).arg(at(name))).1.trim().to_owned());
    let sign = |key: &str, role: &str| {
        let mut command = kycuong(["sign", "--at", "2026-11-20", "--role", role, "--key"]);
        command.arg(at(key)).arg(at("vn.wasm"));
        command
    };
    assert_eq!(run(&mut sign("a.key", "author")).0, 0);
    assert_eq!(run(&mut sign("b.key", "approver")).0, 0);
    // Of two signatures, the trust file asks for one.
    let keys = fs::read_to_string(trust_file(folder.path(), &ids[0], "VN")).unwrap();
    let second = format!(
        "[[keys]]\nname = \"khac\"\nkey = \"{}\"\nowner = \"Khác\"\nroles = [\"approver\"]\n[[scopes]]",
        ids[1]
    );
    fs::write(at("VN.toml"), keys.replacen("[[scopes]]", &second, 1)).unwrap();
    let mut verify = kycuong(["verify", "--lang", "en", "--on", "2026-11-22", "--trust"]);
    let (code, text, said) = run(verify.arg(at("VN.toml")).arg(at("vn.wasm")));
    assert_eq!(code, 0, "{said}");
    let uncounted = text.lines().filter(|line| line.ends_with("  (does not count)"));
    let uncounted: Vec<_> = uncounted.collect();
    assert!(matches!(uncounted.as_slice(), [line] if line.contains("khac")), "{text}");

    let mut altered = fs::read(at("vn.wasm")).unwrap();
    // A letter of what the manifest says of a rule: the file stays a pack.
    let doc = altered.windows(7).rposition(|bytes| bytes == b"\"doc\":\"").unwrap() + 7;
    let letter = doc + altered[doc..].iter().position(u8::is_ascii_lowercase).unwrap();
    altered[letter] = if altered[letter] == b'q' { b'k' } else { b'q' };
    fs::write(at("vn.wasm"), &altered).unwrap();
    let said = error_line(&mut sign("a.key", "author"));
    assert!(said.contains("was altered after") && said.contains(&ids[1]), "{said}");
    assert_eq!(fs::read(at("vn.wasm")).unwrap(), altered);
}

/// What an operator lets pass is in every form of a report.
#[test]
fn a_version_that_goes_down_is_told_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("vn.wasm")).unwrap();
    let (_, id, _) = run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    let trust = trust_file(folder.path(), id.trim(), "VN");
    let mut sign = kycuong(["sign", "--at", "2020-01-01", "--role", "author", "--key"]);
    assert_eq!(run(sign.arg(at("a.key")).arg(at("vn.wasm"))).0, 0);
    let seen = format!(
        r#"{{"format":1,"packs":{{"vn-baseline":{{"version":"9.0.0","content":"sha256:{}"}}}}}}"#,
        "0".repeat(64)
    );
    fs::write(at("seen.json"), seen).unwrap();
    let check = |format: &str| {
        let mut command = kycuong(["check", S1, "--format", format, "--pack"]);
        command.arg(at("vn.wasm")).arg("--trust").arg(&trust);
        command
    };
    assert!(error_line(&mut check("human")).contains("is lower than 9.0.0"));
    for format in ["human", "json", "sarif", "junit"] {
        let mut command = check(format);
        let reason = "Bản 9.0.0 sai, quay lại theo 12/UBND-VX";
        let (code, text, said) =
            run(command.args(["--allow-rollback", &format!("vn-baseline@0.1.0:{reason}")]));
        assert_ne!(code, 3, "{said}");
        assert!(text.contains(reason) && text.contains("9.0.0"), "{format}: {text}");
    }
}
