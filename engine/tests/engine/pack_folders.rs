//! Folders of packs and files of operators as they are found: nothing is passed over, nothing is read
//! without end.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its engine has failed")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use kycuong_engine::live::PackDirectory;
use kycuong_engine::pack_folder::PackFolder;
use kycuong_engine::{BuildError, Deployment, Engine, LiveEngine, LoadError};
use kycuong_model::text::with_causes;
use kycuong_test_packs::canned_pack::{Canned, limits, pass};

fn pack(id: &str) -> Vec<u8> {
    Canned::new(id, "VN").rule("mot", pass()).bytes()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn build(folder: &Path) -> Result<Engine, BuildError> {
    Engine::builder().allow_unsigned().limits(limits()).packs_from_dir(folder).build()
}

fn open(folder: &Path) -> Result<(PackDirectory, LiveEngine), BuildError> {
    PackDirectory::open(folder, &limits(), |builder| Ok(builder.allow_unsigned()))
}

/// What every way to take the packs of a folder says.
fn refused(folder: &Path) -> String {
    let built = with_causes(&build(folder).unwrap_err());
    let opened = with_causes(&open(folder).unwrap_err());
    assert_eq!(built, opened);
    built
}

#[test]
fn a_pack_in_other_letters_is_a_pack_and_the_rest_is_named() {
    let (vn, khac) = (pack("vn"), pack("khac"));
    let folder = folder(&[("vn.wasm", &vn), ("KHAC.WASM", &khac), ("README.md", b"")]);
    fs::create_dir(folder.path().join("archive")).unwrap();
    fs::write(folder.path().join("archive/old.wasm"), &vn).unwrap();
    let ignored = ["README.md", "archive"].map(|name| folder.path().join(name));

    let listed = PackFolder::list(folder.path()).unwrap();
    assert_eq!(listed.packs, ["KHAC.WASM", "vn.wasm"].map(|name| folder.path().join(name)));
    assert_eq!(listed.ignored, ignored);
    let engine = build(folder.path()).unwrap();
    let mut packs: Vec<_> = engine.manifests().map(|manifest| manifest.pack.as_str()).collect();
    packs.sort_unstable();
    assert_eq!((packs.as_slice(), engine.ignored_files()), (&["khac", "vn"][..], &ignored[..]));
    let (_, live) = open(folder.path()).unwrap();
    assert_eq!(live.status().ignored, ignored);
    assert_eq!(live.status().settings.packs.len(), 2);
}

#[test]
fn a_status_tells_what_lies_beside_the_packs_now() {
    let folder = folder(&[("vn.wasm", &pack("vn"))]);
    let (mut directory, live) = open(folder.path()).unwrap();
    assert_eq!(live.status().ignored, Vec::<PathBuf>::new());
    let wrong = folder.path().join("gia-lai.wasm.moi");
    fs::write(&wrong, pack("gia-lai")).unwrap();
    assert!(directory.follow(&live).unwrap().is_none(), "the packs are the same");
    assert_eq!((live.status().generation, live.status().ignored), (1, vec![wrong.clone()]));

    fs::rename(&wrong, folder.path().join("gia-lai.wasm")).unwrap();
    assert_eq!(directory.follow(&live).unwrap().unwrap().ignored, Vec::<PathBuf>::new());
}

#[test]
fn a_folder_without_packs_says_what_it_holds() {
    let empty = folder(&[]);
    let path = empty.path().display();
    let said = format!("`{path}` holds no rule pack (a file whose name ends in `.wasm`)");
    assert_eq!(refused(empty.path()), said);
    let names: Vec<String> = (1..=7).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let said = refused(folder(&files).path());
    assert!(
        said.ends_with("), only `1.txt`, `2.txt`, `3.txt`, `4.txt`, `5.txt` and 2 more"),
        "{said}"
    );
    let error = build(&empty.path().join("nowhere")).unwrap_err();
    assert_eq!(error.code(), "path-unreadable");
}

#[test]
fn a_pack_too_large_costs_nothing() {
    let folder = folder(&[("vn.wasm", &pack("vn"))]);
    let large = folder.path().join("large.wasm");
    File::create(&large).unwrap().set_len(3 << 30).unwrap();
    let said = refused(folder.path());
    assert!(
        said.ends_with("large.wasm`: the rule pack has 3221225472 bytes, this host takes 16777216"),
        "{said}"
    );
    let error = Engine::builder().allow_unsigned().pack_file(&large).build().unwrap_err();
    let BuildError::Load { source: LoadError::TooLarge { bytes, limit }, .. } = error else {
        panic!("{error}")
    };
    assert_eq!((bytes, limit), (3 << 30, 16 << 20));
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_among_packs_is_refused_by_its_path() {
    use std::os::unix::fs::symlink;

    let folder = folder(&[("vn.wasm", &pack("vn"))]);
    let at = folder.path().join("a.WASM");
    let mkfifo = || std::process::Command::new("mkfifo").arg(&at).status().map(drop);
    let ways: [(&dyn Fn() -> std::io::Result<()>, &str); 4] = [
        (&|| symlink("/nonexistent", &at), "No such file"),
        (&|| symlink("/dev/zero", &at), "it is a device, and only ordinary files are read"),
        (&mkfifo, "it is a pipe, and only ordinary files are read"),
        (&|| fs::create_dir(&at), "it is a folder, and only ordinary files are read"),
    ];
    let (mut directory, live) = open(folder.path()).unwrap();
    for (make, why) in ways {
        make().unwrap();
        let said = refused(folder.path());
        let expected = format!("cannot read `{}`: {why}", at.display());
        assert!(said.starts_with(&expected), "{said}");
        // What was in force before stays so, and the status says why.
        assert!(directory.follow(&live).is_err());
        let status = live.status();
        assert!(status.last_failure.unwrap().reason.contains(why));
        assert_eq!(status.generation, 1);
        if at.symlink_metadata().unwrap().is_dir() {
            fs::remove_dir(&at).unwrap();
        } else {
            fs::remove_file(&at).unwrap();
        }
    }
    // A link to a pack is a pack.
    symlink(folder.path().join("vn.wasm"), folder.path().join("link.wasm")).unwrap();
    assert_eq!(build(folder.path()).unwrap_err().code(), "duplicate-pack");
}

#[test]
#[cfg(unix)]
fn a_deployment_file_is_read_to_its_limit() {
    let folder = folder(&[]);
    let sparse = folder.path().join("deployment.toml");
    File::create(&sparse).unwrap().set_len(3 << 30).unwrap();
    let said = |path: &Path| with_causes(&Deployment::read(path).unwrap_err());
    assert_eq!(
        said(&sparse),
        format!(
            "cannot read `{}`: it has 3221225472 bytes, the limit is 1048576",
            sparse.display()
        )
    );
    assert!(
        said(Path::new("/dev/zero")).ends_with("it is a device, and only ordinary files are read")
    );
    let built = Engine::builder().allow_unsigned().pack_bytes(&pack("vn")).deployment_file(&sparse);
    assert!(with_causes(&built.build().unwrap_err()).ends_with("the limit is 1048576"));
}
