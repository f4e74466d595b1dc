//! A log that is named by a link is the log behind it, with one head and one folder of packs; and it is
//! the host's alone.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use kycuong_audit::{AuditLogError, SqliteAuditLog};
use kycuong_model::text::with_causes;

use crate::Kept;

/// A log whose name leads into `data`, by one link or several.
fn linked(links: &[(&str, &str)]) -> (Kept, impl Fn(&str) -> PathBuf + use<>) {
    let kept = Kept { folder: tempfile::tempdir().unwrap() };
    let folder = kept.folder.path().to_owned();
    let at = move |name: &str| folder.join(name);
    fs::create_dir(at("data")).unwrap();
    for (name, target) in links {
        symlink(target.replace("HERE", kept.folder.path().to_str().unwrap()), at(name)).unwrap();
    }
    (kept, at)
}

/// Why a log is not opened.
fn refusal(kept: &Kept) -> String {
    with_causes(&SqliteAuditLog::open(kept.path()).unwrap_err())
}

#[test]
fn what_belongs_to_a_log_lies_beside_the_real_file() {
    for links in [
        &[("audit.db", "data/log.db")] as &[_],
        &[("audit.db", "HERE/data/log.db")],
        &[("audit.db", "a"), ("a", "data/../data/log.db")],
    ] {
        let (kept, at) = linked(links);
        // Made where it is, and by its own name first.
        drop(SqliteAuditLog::open(at("data/log.db")).unwrap());
        kept.append(1..=2);
        let mut names: Vec<String> = fs::read_dir(at("data"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "log.db-journal")
            .collect();
        names.sort();
        assert_eq!(names, ["log.db", "log.db.head", "log.db.packs"], "{links:?}");
        for name in ["audit.db.head", "audit.db.packs", "audit.db-journal"] {
            assert!(!at(name).exists(), "{name}");
        }
        for path in [kept.path(), at("data/log.db")] {
            let found = SqliteAuditLog::open_read_only(&path).unwrap().verify(&[]).unwrap();
            assert!(found.is_sound() && found.is_head_noted, "{found:?}");
            let files = SqliteAuditLog::files(&path);
            assert_eq!(
                fs::canonicalize(&files[2]).unwrap(),
                fs::canonicalize(at("data/log.db.head")).unwrap()
            );
        }
    }
}

#[test]
fn a_head_behind_a_link_is_written_where_it_is() {
    let (kept, at) = linked(&[("audit.db.head", "data/head")]);
    fs::write(at("data/head"), "").unwrap();
    // An empty file is no head; a link to one that was noted is.
    assert!(refusal(&kept).contains("does not hold the head of a log"));
    fs::remove_file(at("audit.db.head")).unwrap();
    kept.append(1..=1);
    fs::rename(at("audit.db.head"), at("data/head")).unwrap();
    symlink("data/head", at("audit.db.head")).unwrap();
    kept.append(2..=2);
    assert!(at("audit.db.head").is_symlink());
    assert!(fs::read_to_string(at("data/head")).unwrap().starts_with("2:sha256:"));
    // Lost is not the same as never noted.
    fs::remove_file(at("data/head")).unwrap();
    assert!(refusal(&kept).contains("where there is no file"), "{}", refusal(&kept));
}

#[test]
fn a_link_to_nothing_is_no_new_log() {
    for (links, expected) in [
        (&[("audit.db", "data/lost.db")] as &[_], "where there is no file"),
        (&[("audit.db", "a"), ("a", "data/lost.db")], "where there is no file"),
        (&[("audit.db", "audit.db")], "is a link that leads to no end"),
        (&[("audit.db", "a"), ("a", "audit.db")], "is a link that leads to no end"),
        (&[("audit.db", "data")], "is no ordinary file"),
    ] {
        let (kept, at) = linked(links);
        let refused = refusal(&kept);
        assert!(refused.contains(expected), "{links:?}: {refused}");
        assert!(SqliteAuditLog::open_read_only(kept.path()).is_err());
        assert_eq!(fs::read_dir(at("data")).unwrap().count(), 0, "nothing is made");
    }
}

#[test]
fn a_log_is_the_hosts_alone() {
    let kept = Kept::of(1);
    let set = |name: &str, mode| {
        let path = kept.folder.path().join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for name in ["audit.db", "audit.db.head"] {
        set(name, 0o666);
        let refused = refusal(&kept);
        assert!(refused.contains("everybody may write `") && refused.contains(name), "{refused}");
        // A copy of whatever mode can be verified.
        assert!(kept.read().verify(&[]).unwrap().is_sound());
        // A cluster's volume.
        set(name, 0o660);
        kept.append(2..=2);
        set(name, 0o600);
    }
    // Only root can give a file away.
    let head = kept.folder.path().join("audit.db.head");
    if std::os::unix::fs::chown(&head, Some(12_345), None).is_ok() {
        let refused = SqliteAuditLog::open(kept.path()).unwrap_err();
        assert!(matches!(refused, AuditLogError::OtherOwner { owner: 12_345, .. }), "{refused}");
        let said = refused.to_string();
        assert!(said.contains("belongs to user 12345, and this process is user 0"), "{said}");
    }
}
