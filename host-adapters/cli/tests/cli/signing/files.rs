//! Keys, trust files and packs as they lie in folders: behind links, readable or writable by others, gone.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

#[test]
fn a_private_key_that_others_may_read_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("gia-lai.wasm"), at("p.wasm")).unwrap();
    run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    fs::copy(data("agency-p256.key.pem"), at("p256.key")).unwrap();
    let plain = fs::read(at("p.wasm")).unwrap();
    let bare = || {
        let mut command = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
        command.arg(at("a.key")).arg(at("p.wasm"));
        command
    };
    let certified = || {
        let mut command = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
        command.arg(at("p256.key")).arg("--certificate").arg(data("agency-p256.pem"));
        command.arg(at("p.wasm"));
        command
    };
    let show = || {
        let mut command = kycuong(["key", "show"]);
        command.arg(at("a.key"));
        command
    };
    for mode in [0o644, 0o640, 0o604, 0o660, 0o666] {
        set(&at("a.key"), mode);
        set(&at("p256.key"), mode);
        for mut command in [bare(), certified(), show()] {
            let said = error_line(&mut command);
            assert!(said.contains(&format!("others may read it (mode {mode:04o})")), "{said}");
            assert!(said.contains("chmod 600") && said.ends_with("[readable-by-others]"), "{said}");
        }
        assert_eq!(fs::read(at("p.wasm")).unwrap(), plain);
    }
    for mode in [0o600, 0o400] {
        set(&at("a.key"), mode);
        set(&at("p256.key"), mode);
        for mut command in [show(), bare(), certified()] {
            assert_eq!(run(&mut command).0, 0, "{mode:o}");
        }
    }
}

#[test]
fn what_is_wrong_with_the_files_of_a_trust_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("vn.wasm")).unwrap();
    let (_, id, _) = run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    let trust = trust_file(folder.path(), id.trim(), "VN");
    let mut sign = kycuong(["sign", "--role", "author", "--at", "2020-01-01", "--key"]);
    assert_eq!(run(sign.arg(at("a.key")).arg(at("vn.wasm"))).0, 0);
    let verify = || {
        let mut command = kycuong(["verify", "--trust"]);
        command.arg(&trust).arg(at("vn.wasm"));
        command
    };
    let (code, text, said) = run(&mut verify());
    assert_eq!((code, said.as_str()), (0, ""));
    let content = kycuong_engine::digest(&fs::read(packs().join("vn-baseline.wasm")).unwrap());
    assert!(text.contains(&content), "{text}");
    assert!(run(kycuong(["inspect"]).arg(at("vn.wasm"))).1.contains(&content));
    // Other people of the group may be meant, everybody is not.
    set(&trust, 0o664);
    let (code, _, said) = run(&mut verify());
    assert_eq!(code, 0);
    assert!(said.contains("sửa được tệp (quyền 0664)") && said.contains("(mode 0664)"), "{said}");
    set(&trust, 0o666);
    assert!(error_line(&mut verify()).ends_with("[trust]"));
    set(&trust, 0o644);
    // The versions seen are found behind a link, in a check too.
    fs::create_dir(at("var")).unwrap();
    fs::write(at("var/seen.json"), "{\"format\":2,\"packs\":{}}").unwrap();
    symlink("var/seen.json", at("seen.json")).unwrap();
    let check = || {
        let mut command = kycuong(["check", S1, "--format", "json", "--pack"]);
        command.arg(at("vn.wasm")).arg("--trust").arg(&trust);
        command
    };
    assert_ne!(run(&mut check()).0, 3);
    assert!(at("seen.json").is_symlink());
    assert!(fs::read_to_string(at("var/seen.json")).unwrap().contains("vn-baseline"));
    fs::remove_file(at("var/seen.json")).unwrap();
    let said = error_line(&mut check());
    assert!(said.contains("the versions that were seen are lost"), "{said}");
}

/// A folder that lost a pack of the trust file is no host.
#[test]
fn a_required_pack_has_to_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("vn.wasm")).unwrap();
    let (_, id, _) = run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    let mut sign = kycuong(["sign", "--role", "author", "--at", "2020-01-01", "--key"]);
    assert_eq!(run(sign.arg(at("a.key")).arg(at("vn.wasm"))).0, 0);
    let trust = trust_file(folder.path(), id.trim(), "VN");
    let text = fs::read_to_string(&trust).unwrap();
    let check = |pack: &str| {
        fs::write(&trust, format!("{text}[[required]]\npack = \"{pack}\"\n")).unwrap();
        let mut command = kycuong(["check", S1, "--format", "json", "--packs"]);
        command.arg(folder.path()).arg("--trust").arg(&trust);
        command
    };
    assert_ne!(run(&mut check("vn-baseline")).0, 3);
    let (code, _, said) = run(&mut check("gia-lai"));
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("the rule pack `gia-lai` is required and not there"), "{said}");
}

#[test]
fn nothing_is_signed_into_a_link_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("gia-lai.wasm"), at("p.wasm")).unwrap();
    run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    for (name, target) in [("out", "lost"), ("loop", "loop")] {
        symlink(target, at(name)).unwrap();
        let mut sign = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
        let said = error_line(sign.arg(at("a.key")).arg(at("p.wasm")).arg("-o").arg(at(name)));
        assert!(said.contains("is a link"), "{said}");
        let mut token = kycuong(["sign", "--role", "author", "--at", "2026-11-20"]);
        token.arg("--certificate").arg(data("agency-p256.pem"));
        let said = error_line(token.arg("--to-be-signed").arg(at(name)).arg(at("p.wasm")));
        assert!(said.contains("is a link"), "{said}");
        let said = error_line(kycuong(["key", "new", "--out"]).arg(at(name)));
        assert!(said.contains("exists already"), "{said}");
        assert!(at(name).is_symlink() && !at("lost").exists());
    }
}

#[test]
fn a_pack_behind_a_symbolic_link_is_signed_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(packs().join("vn-baseline.wasm"), at("real.wasm")).unwrap();
    fs::set_permissions(at("real.wasm"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink(at("real.wasm"), at("link.wasm")).unwrap();
    run(kycuong(["key", "new", "--out"]).arg(at("a.key")));
    let mut sign = kycuong(["sign", "--role", "author", "--at", "2026-11-20", "--key"]);
    let (code, _, said) = run(sign.arg(at("a.key")).arg(at("link.wasm")));
    assert_eq!(code, 0, "{said}");
    assert!(at("link.wasm").is_symlink());
    let bytes = fs::read(at("real.wasm")).unwrap();
    assert_eq!(SignedFile::read(&bytes).unwrap().signatures.iter().count(), 1);
    assert_eq!(fs::metadata(at("real.wasm")).unwrap().permissions().mode() & 0o777, 0o640);
}
