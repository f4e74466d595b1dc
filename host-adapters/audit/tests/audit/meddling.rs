//! Somebody with the file and with SQL: what each thing that they can do is called.

use std::fs;
use std::sync::Arc;

use kycuong_audit::{AuditLogError, EvidenceProblem, SqliteAuditLog};
use kycuong_engine::AuditedEngine;
use kycuong_engine::audit::{Anchor, ChainProblem, CheckKind};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_model::text::with_causes;
use rusqlite::Connection;

use crate::Kept;

#[test]
fn three_hundred_checks_are_one_chain_and_evidence_is_kept_once() {
    let kept = Kept::of(300);
    let noted = kept.noted();
    let found = kept.read().verify(std::slice::from_ref(&noted)).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(found.head.map(Anchor::from), Some(noted));
    let entries = kept.entries();
    assert_eq!(entries.len(), 300);
    assert!(entries.iter().all(|entry| entry.record.kind == CheckKind::InForce));
    assert!(entries.is_sorted_by_key(|entry| entry.recorded_at.clone()));
    assert!(entries[0].recorded_at.starts_with("20") && entries[0].recorded_at.ends_with("+07:00"));

    // 300 submissions; facts, settings and limits were always the same.
    let connection = Connection::open(kept.path()).unwrap();
    let pieces: i64 =
        connection.query_row("SELECT count(*) FROM evidence", [], |row| row.get(0)).unwrap();
    assert_eq!(pieces, 303);
    let packs = fs::read_dir(kept.folder.path().join("audit.db.packs")).unwrap().count();
    assert_eq!(packs, 1);
}

#[test]
fn the_file_itself_refuses_to_change_what_is_kept() {
    let kept = Kept::of(3);
    let before = fs::read(kept.path()).unwrap();
    let connection = Connection::open(kept.path()).unwrap();
    for statement in [
        "UPDATE entry SET text = '' WHERE sequence = 2",
        "DELETE FROM entry WHERE sequence = 3",
        "REPLACE INTO entry (sequence, text, digest) VALUES (2, '', '')",
        "INSERT INTO entry (sequence, text, digest) VALUES (9, '', '')",
        "UPDATE evidence SET bytes = x'00'",
        "DELETE FROM evidence",
    ] {
        let refused = connection.execute_batch(statement).unwrap_err().to_string();
        assert!(refused.contains("audit log"), "{statement}: {refused}");
    }
    // This one is not refused: it does nothing.
    connection
        .execute_batch("REPLACE INTO evidence (digest, bytes) SELECT digest, x'00' FROM evidence")
        .unwrap();
    drop(connection);
    assert!(kept.read().verify(&[]).unwrap().is_sound());
    assert_eq!(fs::read(kept.path()).unwrap(), before);
}

#[test]
fn an_edited_entry_is_named() {
    let kept = Kept::of(9);
    kept.meddle(
        r#"UPDATE entry SET text = replace(text, '"verdict":"return"', '"verdict":"accept"') WHERE sequence = 5"#,
    );
    assert_eq!(kept.problem(), Some(ChainProblem::Edited { entry: 5 }));

    // With the digest made anew: the next entry disowns it.
    let kept = Kept::of(9);
    let text: String = Connection::open(kept.path())
        .unwrap()
        .query_row("SELECT text FROM entry WHERE sequence = 5", [], |row| row.get(0))
        .unwrap();
    let text = text.replace("\"verdict\":\"return\"", "\"verdict\":\"accept\"");
    let digest = kycuong_engine::digest(text.as_bytes());
    kept.meddle(&format!(
        "UPDATE entry SET text = '{text}', digest = '{digest}' WHERE sequence = 5"
    ));
    assert_eq!(kept.problem(), Some(ChainProblem::Edited { entry: 5 }));

    // Of another type than text, or no text at all.
    for value in ["x'ff00'", "12", "''"] {
        let kept = Kept::of(3);
        kept.meddle(&format!("UPDATE entry SET text = {value} WHERE sequence = 2"));
        assert_eq!(kept.problem(), Some(ChainProblem::Edited { entry: 2 }), "{value}");
    }
}

#[test]
fn exchanged_and_removed_entries_are_named() {
    let kept = Kept::of(9);
    kept.meddle(
        "UPDATE entry SET (text, digest) = (SELECT text, digest FROM entry AS other \
         WHERE other.sequence = 12 - entry.sequence) WHERE sequence IN (4, 8)",
    );
    // SQLite reads what it has just written: now both places have one entry.
    assert_eq!(kept.problem(), Some(ChainProblem::Reordered { entry: 4, found: 8 }));

    let kept = Kept::of(9);
    kept.meddle(
        "CREATE TEMP TABLE two AS SELECT 12 - sequence AS place, text, digest FROM entry WHERE sequence IN (4, 8); \
         UPDATE entry SET (text, digest) = (SELECT text, digest FROM two WHERE place = sequence) WHERE sequence IN (4, 8)",
    );
    assert_eq!(kept.problem(), Some(ChainProblem::Reordered { entry: 4, found: 8 }));

    let removed = |first, last| Some(ChainProblem::Removed { first, last });
    let kept = Kept::of(9);
    kept.meddle("DELETE FROM entry WHERE sequence = 7");
    assert_eq!(kept.problem(), removed(7, 7));
    kept.meddle("UPDATE entry SET sequence = sequence - 1 WHERE sequence > 7");
    assert_eq!(kept.problem(), removed(7, 7));
    let kept = Kept::of(9);
    kept.meddle("DELETE FROM entry WHERE sequence < 4");
    assert_eq!(kept.problem(), removed(1, 3));
}

#[test]
fn a_truncated_log_is_found_out_by_what_is_noted_elsewhere() {
    let kept = Kept::of(9);
    let noted = kept.noted();
    let truncated = Some(ChainProblem::Truncated { last: 6, noted: 9 });
    kept.meddle("DELETE FROM entry WHERE sequence > 6");
    assert_eq!(kept.problem(), truncated, "SQLite and the file beside it remember");
    let refused = SqliteAuditLog::open(kept.path()).unwrap_err();
    assert!(matches!(refused, AuditLogError::Truncated { last: 6, noted: 9, .. }), "{refused:?}");
    kept.forget_head();
    assert_eq!(kept.problem(), truncated, "SQLite remembers");
    kept.meddle("UPDATE sqlite_sequence SET seq = 6");
    assert_eq!(kept.problem(), None, "a log alone cannot tell");
    assert_eq!(kept.read().verify(&[noted]).unwrap().chain, truncated);

    let kept = Kept::of(9);
    kept.meddle("DELETE FROM entry WHERE sequence > 6; UPDATE sqlite_sequence SET seq = 6");
    assert_eq!(kept.problem(), truncated, "the file beside it remembers");

    let kept = Kept::of(2);
    kept.meddle("DELETE FROM entry");
    assert_eq!(kept.problem(), Some(ChainProblem::Truncated { last: 0, noted: 2 }));
}

#[test]
fn an_older_copy_and_a_log_made_anew_are_found_out() {
    let kept = Kept::of(5);
    let copy = |name: &str| fs::read(kept.folder.path().join(name)).unwrap();
    let (older, older_head) = (copy("audit.db"), copy("audit.db.head"));
    kept.append(6..=10);
    let noted = kept.noted();
    let put = |name: &str, bytes: &[u8]| fs::write(kept.folder.path().join(name), bytes).unwrap();

    put("audit.db", &older);
    let truncated = Some(ChainProblem::Truncated { last: 5, noted: 10 });
    assert_eq!(kept.problem(), truncated);
    let refused = SqliteAuditLog::open(kept.path()).unwrap_err();
    assert!(matches!(refused, AuditLogError::Truncated { last: 5, noted: 10, .. }), "{refused:?}");

    put("audit.db.head", &older_head);
    assert_eq!(kept.problem(), None, "with the file beside it replaced too, only --head tells");
    let verify = |noted: &Anchor| kept.read().verify(std::slice::from_ref(noted)).unwrap().chain;
    assert_eq!(verify(&noted), truncated);
    let digest = noted.digest.clone().unwrap();
    let by_digest = Anchor { sequence: None, digest: Some(digest.clone()) };
    assert_eq!(verify(&by_digest), Some(ChainProblem::NotFound { noted: digest.clone() }));

    // Another log of the same length, with other moments in it.
    let other = Kept::of(10);
    put("audit.db", &fs::read(other.path()).unwrap());
    put("audit.db.head", &fs::read(other.folder.path().join("audit.db.head")).unwrap());
    assert_eq!(kept.problem(), None);
    assert_eq!(verify(&noted), Some(ChainProblem::Rewritten { entry: 10, noted: digest }));
}

#[test]
fn evidence_that_is_gone_or_altered_is_named_with_its_entry() {
    let kept = Kept::of(5);
    let receipts: Vec<_> =
        kept.entries().iter().map(|entry| entry.record.receipt().unwrap().clone()).collect();
    let (third, fourth) = (&receipts[2].submission, &receipts[3].submission);
    kept.meddle(&format!(
        "DELETE FROM evidence WHERE digest = '{third}'; UPDATE evidence SET bytes = x'7b7d' WHERE digest = '{fourth}'"
    ));
    let submission = |entry| (entry, "submission".to_owned());
    let missing = |(entry, what), digest: &String| EvidenceProblem::Missing {
        entry,
        what,
        digest: digest.clone(),
    };
    let altered = |(entry, what), digest: &String| EvidenceProblem::Altered {
        entry,
        what,
        digest: digest.clone(),
    };
    let found = kept.read().verify(&[]).unwrap();
    assert_eq!(found.chain, None, "the chain holds");
    assert_eq!(found.evidence, [missing(submission(3), third), altered(submission(4), fourth)]);

    let kept = Kept::of(2);
    let pack = &kept.first_pack(&kept.entries()[0]);
    let file = kept.folder.path().join("audit.db.packs").join(format!("{}.wasm", &pack[7..]));
    let bytes = fs::read(&file).unwrap();
    assert_eq!(kycuong_engine::digest(&bytes), *pack);
    fs::write(&file, &bytes[1..]).unwrap();
    let what = (1, "rule pack `vn` 0.1.0".to_owned());
    assert_eq!(kept.read().verify(&[]).unwrap().evidence, [altered(what.clone(), pack)]);
    fs::remove_file(&file).unwrap();
    assert_eq!(kept.read().verify(&[]).unwrap().evidence, [missing(what, pack)]);
}

#[test]
fn without_its_triggers_a_log_is_still_walked_along() {
    let kept = Kept::of(5);
    let connection = Connection::open(kept.path()).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER entry_is_not_changed; UPDATE entry SET text = '' WHERE sequence = 3",
        )
        .unwrap();
    let found = kept.read().verify(&[]).unwrap();
    assert_eq!(found.changed.as_deref(), Some("entry_is_not_changed"));
    assert_eq!(found.chain, Some(ChainProblem::Edited { entry: 3 }));
}

#[test]
fn a_log_that_is_changed_while_it_is_open_is_not_added_to() {
    let kept = Kept::of(0);
    let log = SqliteAuditLog::open(kept.path()).unwrap();
    let audited = AuditedEngine::new(crate::engine(), Arc::new(log));
    audited.judge(&crate::dossier(1), crate::ON).unwrap();
    let drop = "DROP TRIGGER entry_is_not_changed";
    Connection::open(kept.path()).unwrap().execute_batch(drop).unwrap();
    let error = audited.judge(&crate::dossier(2), crate::ON).unwrap_err();
    assert!(with_causes(&error).contains("`entry_is_not_changed`"), "{error:?}");
    assert_eq!(kept.entries().len(), 1);
}

#[test]
fn a_head_that_is_not_noted_is_said_to_be_missing() {
    let kept = Kept::of(2);
    assert!(kept.read().verify(&[]).unwrap().is_head_noted);
    kept.forget_head();
    assert!(!kept.read().verify(&[]).unwrap().is_head_noted);

    // An empty file where a log was is a log that was cut.
    let kept = Kept::of(2);
    fs::write(kept.path(), b"").unwrap();
    let error = SqliteAuditLog::open_read_only(kept.path()).unwrap_err();
    assert!(matches!(error, AuditLogError::Truncated { last: 0, noted: 2, .. }), "{error:?}");
}

/// What an entry would rest on is looked at before it is written.
#[test]
fn nothing_is_recorded_on_evidence_that_was_altered() {
    let kept = Kept::of(1);
    let packs = fs::read_dir(kept.folder.path().join("audit.db.packs")).unwrap();
    let pack = packs.map(|entry| entry.unwrap().path()).next().unwrap();
    let file = fs::read(&pack).unwrap();
    fs::write(&pack, b"").unwrap();
    kept.append(2..=2);
    assert_eq!(fs::read(&pack).unwrap(), file, "it is put back");

    kept.meddle("UPDATE evidence SET bytes = x'7b7d'");
    let audited =
        AuditedEngine::new(crate::engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let error = audited.judge(&crate::dossier(2), crate::ON).unwrap_err();
    let said = with_causes(&error);
    assert!(said.contains("has another content under `sha256:"), "{said}");
    assert_eq!(kept.entries().len(), 2);
}
