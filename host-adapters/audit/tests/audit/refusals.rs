//! What is no log, and that nothing is answered that could not be recorded.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use kycuong_audit::{AuditLogError, SqliteAuditLog};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{AuditedEngine, CheckError, Verdict};
use rusqlite::Connection;

use crate::{Kept, ON, dossier, engine};

fn refused(path: &std::path::Path) -> [AuditLogError; 2] {
    let before = fs::read(path).unwrap();
    let refused = [SqliteAuditLog::open(path), SqliteAuditLog::open_read_only(path)];
    assert_eq!(fs::read(path).unwrap(), before, "what is no log is left as it is");
    refused.map(Result::unwrap_err)
}

#[test]
fn another_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inventory.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE systems (id TEXT)").unwrap();
    for error in refused(&path) {
        assert!(matches!(error, AuditLogError::NotAnAuditLog { .. }), "{error:?}");
        assert!(error.to_string().ends_with("is a database, but no audit log: name another file"));
    }
    let path = folder.path().join("report.json");
    fs::write(&path, "{\"verdict\": \"accept\"} and so on, which is no database at all\n").unwrap();
    for error in refused(&path) {
        let source = error.source().unwrap().to_string();
        assert!(matches!(error, AuditLogError::Database { action: "open", .. }), "{error:?}");
        assert!(source.contains("not a database"), "{source}");
    }
    let absent = folder.path().join("no-such-folder/audit.db");
    let error = SqliteAuditLog::open(&absent).unwrap_err();
    assert!(error.to_string().starts_with("cannot find the folder `"), "{error}");
    assert!(SqliteAuditLog::open_read_only(folder.path().join("absent.db")).is_err());
    assert!(!folder.path().join("absent.db").exists());
}

#[test]
fn a_log_whose_tables_were_changed_is_refused() {
    for (statement, culprit) in [
        ("DROP TRIGGER entry_is_not_removed", "entry_is_not_removed"),
        ("CREATE TABLE more (id TEXT)", "more"),
        ("CREATE VIEW zzz AS SELECT * FROM entry", "zzz"),
        ("DROP TRIGGER evidence_is_not_removed", "evidence_is_not_removed"),
        (
            "DROP TRIGGER entry_is_not_changed; CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN SELECT 1; END",
            "entry_is_not_changed",
        ),
    ] {
        let kept = Kept::of(1);
        Connection::open(kept.path()).unwrap().execute_batch(statement).unwrap();
        let changed = |error: AuditLogError| match error {
            AuditLogError::Changed { object, .. } => object,
            other => panic!("{other:?}"),
        };
        assert_eq!(changed(SqliteAuditLog::open(kept.path()).unwrap_err()), culprit);
        // It can be read, to find out what else was done; its head is for nobody to write down.
        let log = kept.read();
        assert_eq!(changed(log.head().unwrap_err()), culprit);
        let found = log.verify(&[]).unwrap();
        assert_eq!((found.changed.as_deref(), found.is_sound()), (Some(culprit), false));
        assert_eq!((found.chain, found.head.map(|head| head.sequence)), (None, Some(1)));
    }
    // What stands for a table may be anything: nothing of it is read.
    for (statements, culprit) in [
        ("DROP TABLE evidence", "evidence"),
        (
            "DROP TABLE entry; CREATE VIEW entry AS SELECT 1 AS sequence, '' AS text, '' AS digest",
            "entry",
        ),
        (
            "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'text TEXT', 'text BLOB') WHERE name = 'entry'",
            "entry",
        ),
    ] {
        let kept = Kept::of(1);
        Connection::open(kept.path()).unwrap().execute_batch(statements).unwrap();
        for error in refused(&kept.path()) {
            let AuditLogError::Changed { object, .. } = &error else { panic!("{error:?}") };
            assert_eq!(object, culprit);
        }
    }
    let kept = Kept::of(1);
    Connection::open(kept.path()).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
    for error in refused(&kept.path()) {
        assert!(matches!(error, AuditLogError::Newer { version: 9, known: 1, .. }), "{error:?}");
    }
}

#[test]
fn a_log_that_is_only_read_gives_no_verdict_and_is_left_as_it_is() {
    let kept = Kept::of(3);
    let names = || {
        let names = fs::read_dir(kept.folder.path()).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let (before, bytes) = (names(), fs::read(kept.path()).unwrap());
    let mut permissions = fs::metadata(kept.path()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(kept.path(), permissions).unwrap();

    assert!(kept.read().verify(&[kept.noted()]).unwrap().is_sound());
    let audited = AuditedEngine::new(engine(), Arc::new(kept.read()));
    let error = audited.judge(&dossier(4), ON).unwrap_err();
    assert!(matches!(error, CheckError::NotRecorded { .. }), "{error:?}");
    assert_eq!(error.to_string(), "the check cannot be recorded, so it gives no verdict");
    let cause = error.source().unwrap();
    assert!(cause.to_string().starts_with("cannot write the audit log `"), "{cause}");
    assert!(cause.source().unwrap().to_string().contains("readonly"), "{cause:?}");
    assert_eq!((names(), fs::read(kept.path()).unwrap()), (before, bytes));
}

#[test]
fn a_verdict_whose_pack_cannot_be_kept_is_not_given() {
    let kept = Kept::of(0);
    fs::write(kept.folder.path().join("audit.db.packs"), "no folder").unwrap();
    let audited =
        AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let error = audited.judge(&dossier(1), ON).unwrap_err();
    assert!(matches!(error, CheckError::NotRecorded { .. }), "{error:?}");
    assert_eq!(kept.read().head().unwrap(), None);

    fs::remove_file(kept.folder.path().join("audit.db.packs")).unwrap();
    assert_eq!(audited.judge(&dossier(1), ON).unwrap().verdict, Verdict::Return);
    assert_eq!(kept.read().head().unwrap().unwrap().sequence, 1);
}

#[test]
fn nothing_is_appended_to_an_end_that_was_edited() {
    let kept = Kept::of(3);
    let audited =
        AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    kept.meddle("UPDATE entry SET text = replace(text, 'return', 'accept') WHERE sequence = 3");
    let error = audited.judge(&dossier(4), ON).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.ends_with("3, was edited: verify the log"), "{cause}");
    let opened = SqliteAuditLog::open(kept.path()).unwrap_err();
    assert!(matches!(opened, AuditLogError::Edited { entry: 3, .. }), "{opened:?}");

    // The same while the host runs: somebody cuts the end off.
    let kept = Kept::of(3);
    let audited =
        AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    kept.meddle("DELETE FROM entry WHERE sequence = 3");
    let error = audited.judge(&dossier(4), ON).unwrap_err();
    assert!(error.source().unwrap().to_string().contains("ends at entry 2, but had 3"));

    // The file beside it, broken or of another log.
    let kept = Kept::of(3);
    let head = kept.folder.path().join("audit.db.head");
    fs::write(&head, "").unwrap();
    assert!(matches!(SqliteAuditLog::open(kept.path()), Err(AuditLogError::NoHead { .. })));
    fs::copy(Kept::of(3).folder.path().join("audit.db.head"), &head).unwrap();
    let opened = SqliteAuditLog::open(kept.path()).unwrap_err();
    assert!(matches!(opened, AuditLogError::Rewritten { entry: 3, .. }), "{opened:?}");
}
