//! Files and folders as they are found: nothing is passed over in silence, nothing is read without end.

use std::fs::{self, File};
use std::path::Path;

use crate::support::{S1, S5, check, error_line, kycuong, packs, root, run};

fn copy_packs(folder: &Path, names: &[(&str, &str)]) {
    for (from, to) in names {
        fs::copy(packs().join(from), folder.join(to)).unwrap();
    }
}

fn by(folder: &Path) -> std::process::Command {
    let mut command = kycuong(["check", "--allow-unsigned", S5, "--format", "json", "--packs"]);
    command.arg(folder);
    command
}

#[test]
fn a_pack_in_other_letters_counts_and_what_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    copy_packs(folder.path(), &[("vn-baseline.wasm", "VN.WASM"), ("bac-giang.wasm", "bg.wasm")]);
    let clean = run(&mut by(folder.path()));
    assert_eq!((clean.0, clean.2.as_str()), (1, ""));

    fs::write(folder.path().join("ghi\u{202e}chú.txt"), "").unwrap();
    fs::create_dir(folder.path().join("archive")).unwrap();
    let (code, text, said) = run(&mut by(folder.path()));
    assert_eq!((code, text), (1, clean.1));
    assert!(said.starts_with("kycuong: không xem 2 mục trong `"), "{said}");
    assert!(said.ends_with("(not looked at, since no *.wasm): `archive`, `ghi\u{fffd}chú.txt`\n"));
}

#[test]
#[cfg(unix)]
fn a_pack_that_cannot_be_read_is_not_as_good_as_absent() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    copy_packs(folder.path(), &[("bac-giang.wasm", "bac-giang.wasm")]);
    let lost = folder.path().join("vn-baseline.wasm");
    symlink("/nonexistent", &lost).unwrap();
    let said = error_line(&mut by(folder.path()));
    assert!(said.contains(&format!("cannot read `{}`: No such file", lost.display())), "{said}");
    fs::remove_file(&lost).unwrap();
    symlink("/dev/zero", &lost).unwrap();
    let said = error_line(&mut by(folder.path()));
    assert!(said.contains("it is a device, and only ordinary files are read"), "{said}");
    // The packs of a set are read in the same way.
    let said = error_line(kycuong(["lint"]).arg(folder.path()));
    assert!(said.contains("it is a device"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_submission_in_a_folder_is_not_passed_over() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::copy(root().join(S1), at("HOSO.JSON")).unwrap();
    fs::write(at("HOSO.REPORT.JSON"), "{}").unwrap();
    fs::create_dir(at("sub")).unwrap();
    let (code, text, said) = run(&mut check([folder.path()]));
    assert_eq!(code, 0);
    assert!(text.contains("/HOSO.JSON: "), "{text}");
    assert!(said.contains("(not looked at, since no *.json): `sub`"), "{said}");
    symlink("/nonexistent", at("lost.json")).unwrap();
    let (code, _, said) = run(&mut check([folder.path()]));
    assert_eq!(code, 3);
    assert!(said.contains("lost.json`: No such file"), "{said}");
}

#[test]
#[cfg(unix)]
fn nothing_is_read_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let sparse = folder.path().join("sparse");
    File::create(&sparse).unwrap().set_len(3 << 30).unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pack = packs().join("bac-giang.wasm");
    let pack = pack.to_str().unwrap();
    let named: &[&[&str]] = &[
        &["check", "--allow-unsigned", "--pack", pack],
        &["check", "--allow-unsigned", S1, "--pack"],
        &["check", "--allow-unsigned", S1, "--pack", pack, "--deployment"],
        &["check", S1, "--pack", pack, "--trust"],
        &["verify"],
        &["inspect"],
        &["key", "show"],
        &["sign", pack, "--role", "author", "--output", "/nonexistent/x", "--key"],
    ];
    for arguments in named {
        for (path, why) in [
            (sparse.as_path(), "3221225472 bytes"),
            (pipe.as_path(), "it is a pipe, and only ordinary files are read"),
            (Path::new("/dev/zero"), "it is a device, and only ordinary files are read"),
        ] {
            let said = error_line(kycuong(*arguments).arg(path));
            // What a trust file is, is looked at before it is read.
            let told = said.contains(why) || said.contains("is no ordinary file");
            assert!(told, "{arguments:?} {}: {said}", path.display());
        }
    }
    // Standard input has no length.
    let zero = File::open("/dev/zero").unwrap();
    let said = error_line(check(["-"]).stdin(zero));
    assert!(said.contains("it has more than 67108864 bytes, which is the limit"), "{said}");
}
