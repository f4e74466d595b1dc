//! Links of every kind, and who may do what with a file.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use kycuong_files::{Access, Exposure, FileError, check_secret, check_trusted, real_path, replace};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, mode: u32) -> PathBuf {
        let path = self.at(name);
        fs::write(&path, name).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    fn link(&self, target: &str, name: &str) -> PathBuf {
        symlink(target, self.at(name)).unwrap();
        self.at(name)
    }
}

#[test]
fn a_file_is_found_behind_links() {
    let folder = Folder::new();
    fs::create_dir(folder.at("var")).unwrap();
    let real = folder.write("var/seen.json", 0o600);
    let etc = folder.link("var", "etc");
    let absolute = folder.link(real.to_str().unwrap(), "absolute");
    let relative = folder.link("var/seen.json", "relative");
    let chain = folder.link("relative", "chain");
    for path in [&real, &absolute, &relative, &chain, &etc.join("seen.json")] {
        let found = real_path(path).unwrap();
        assert_eq!(fs::canonicalize(found).unwrap(), fs::canonicalize(&real).unwrap());
    }
    // What is made of the name lies beside the real file.
    assert_eq!(real_path(&chain).unwrap(), real);
    assert_eq!(real_path(&folder.at("new")).unwrap(), folder.at("new"));
    assert_eq!(real_path(Path::new("new-here")).unwrap(), Path::new("new-here"));
}

#[test]
fn a_link_to_nothing_is_no_new_file() {
    let folder = Folder::new();
    folder.link("lost.json", "dangling");
    folder.link("dangling", "to-dangling");
    for name in ["dangling", "to-dangling"] {
        let error = real_path(&folder.at(name)).unwrap_err();
        assert_eq!(error.code(), "dangling-link");
        assert!(error.to_string().contains("lost.json`, where there is no file"), "{error}");
        assert!(replace(&folder.at(name), b"x", Access::Private).is_err());
        assert!(check_trusted(&folder.at(name)).is_err());
    }
    assert!(!folder.at("lost.json").exists());
    // A folder that is a link to nothing, or not there: a file in it was lost, and is not new.
    folder.link("lost", "volume");
    for path in ["volume/seen.json", "nowhere/seen.json"] {
        let error = real_path(&folder.at(path)).unwrap_err().to_string();
        assert!(error.starts_with("cannot find the folder `"), "{error}");
    }
    folder.link("b", "a");
    folder.link("a", "b");
    folder.link("self", "self");
    folder.link("self/x", "through-self");
    for name in ["a", "b", "self"] {
        assert!(matches!(real_path(&folder.at(name)), Err(FileError::Endless { .. })), "{name}");
    }
    assert!(real_path(&folder.at("through-self")).is_err());
}

#[test]
fn a_file_behind_a_link_is_replaced_where_it_is() {
    let folder = Folder::new();
    fs::create_dir(folder.at("var")).unwrap();
    folder.write("var/seen.json", 0o644);
    let link = folder.link("var/seen.json", "seen.json");
    replace(&link, b"new", Access::AsBefore).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(folder.at("var/seen.json")).unwrap(), b"new");
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&link), 0o644);
    replace(&link, b"newer", Access::Private).unwrap();
    assert_eq!((mode(&link), fs::read(&link).unwrap()), (0o600, b"newer".to_vec()));
    assert_eq!(fs::read_dir(folder.at("var")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_secret_is_its_owners() {
    let folder = Folder::new();
    for (mode, open) in [
        (0o600, false),
        (0o400, false),
        (0o700, false),
        (0o640, true),
        (0o604, true),
        (0o644, true),
        (0o660, true),
        (0o620, true),
        (0o601, true),
    ] {
        let path = folder.write("key", mode);
        let link = folder.at("link");
        let _ = symlink(&path, &link);
        for path in [&path, &link] {
            let checked = check_secret(path);
            assert_eq!(checked.is_err(), open, "{mode:o}: {checked:?}");
            if let Err(error) = checked {
                assert!(error.to_string().contains(&format!("(mode {mode:04o})")), "{error}");
            }
        }
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    assert!(check_secret(&folder.at("none")).is_err());
    check_secret(Path::new("/dev/null")).unwrap();
}

#[test]
fn a_file_that_is_relied_on_is_not_everybodys() {
    let folder = Folder::new();
    for mode in [0o600, 0o644, 0o444, 0o755] {
        assert_eq!(check_trusted(&folder.write("trust.toml", mode)).unwrap(), [], "{mode:o}");
    }
    for mode in [0o666, 0o602, 0o777, 0o646] {
        let path = folder.write("trust.toml", mode);
        let link = folder.at("link.toml");
        let _ = symlink(&path, &link);
        for path in [&path, &link] {
            let error = check_trusted(path).unwrap_err();
            assert_eq!(error.code(), "writable-by-all");
            assert!(error.to_string().contains(&format!("(mode {mode:04o})")), "{error}");
        }
    }
    let path = folder.write("trust.toml", 0o664);
    assert_eq!(check_trusted(&path).unwrap(), [Exposure::Group { path, mode: 0o664 }]);
    assert!(matches!(check_trusted(folder.0.path()), Err(FileError::NotAFile { .. })));
    assert!(matches!(check_trusted(Path::new("/dev/null")), Err(FileError::NotAFile { .. })));
}

#[test]
fn a_folder_in_which_everybody_may_replace_it_is_told() {
    let folder = Folder::new();
    fs::create_dir(folder.at("open")).unwrap();
    folder.write("open/trust.toml", 0o644);
    let link = folder.link("open/trust.toml", "link.toml");
    let set = |mode| fs::set_permissions(folder.at("open"), Permissions::from_mode(mode)).unwrap();
    for (mode, told) in [(0o777, true), (0o1777, false), (0o775, false)] {
        set(mode);
        for path in [&folder.at("open/trust.toml"), &link, &folder.at("open/new.json")] {
            let found = check_trusted(path).unwrap();
            let expected = Exposure::Folder { path: folder.at("open"), mode };
            assert_eq!(found, if told { vec![expected] } else { Vec::new() }, "{mode:o}");
        }
    }
    let text = Exposure::Folder { path: folder.at("open\u{1b}"), mode: 0o777 }.text();
    assert!(text.vi.contains("(quyền 0777)") && text.en.contains("(mode 0777)"), "{text:?}");
    assert!(!text.vi.contains('\u{1b}') && !text.en.contains('\u{1b}'));
}

/// Only root can give a file away, so only root sees this; everybody sees root's own files pass.
#[test]
fn a_file_of_another_user_is_told() {
    let folder = Folder::new();
    let path = folder.write("trust.toml", 0o644);
    let user = nix::unistd::geteuid();
    if user.is_root() {
        std::os::unix::fs::chown(&path, Some(12_345), None).unwrap();
        let other = Exposure::OtherOwner { path: path.clone(), owner: 12_345, user: 0 };
        assert_eq!(check_trusted(&path).unwrap(), [other]);
    } else {
        assert_eq!(fs::metadata(&path).unwrap().uid(), user.as_raw());
        assert_eq!(check_trusted(Path::new("/etc/hosts")).unwrap(), []);
    }
}
