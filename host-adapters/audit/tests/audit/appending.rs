//! Who appends: many threads, several hosts on one file, sets that change, shadows.

use std::collections::BTreeSet;
use std::sync::Arc;

use kycuong_audit::SqliteAuditLog;
use kycuong_engine::audit::{Answer, CheckKind, EvidenceStore};
use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{
    AuditedEngine, Engine, FactError, FactSource, LiveEngine, OutcomeStatus, Verdict,
};
use serde_json::json;

use crate::{Canned, Kept, ON, builder, dossier, engine, fail, pass};

#[test]
fn threads_and_hosts_on_one_file_form_one_chain() {
    let kept = Kept::of(0);
    let first = AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let second = AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let audited = if thread % 2 == 0 { &first } else { &second };
            scope.spawn(move || {
                for number in 0..20 {
                    audited.judge(&dossier(thread * 100 + number), ON).unwrap();
                }
            });
        }
    });
    let found = kept.read().verify(&[]).unwrap();
    assert!(found.is_sound(), "{found:?}");
    let submissions: BTreeSet<_> = kept
        .entries()
        .iter()
        .map(|entry| entry.record.receipt().unwrap().submission.clone())
        .collect();
    assert_eq!((found.head.unwrap().sequence, submissions.len()), (160, 160));
}

#[test]
fn reading_goes_on_while_checks_are_recorded() {
    let kept = Kept::of(1);
    let audited =
        AuditedEngine::new(engine(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    std::thread::scope(|scope| {
        let appending = scope.spawn(|| {
            for number in 2..=60 {
                audited.judge(&dossier(number), ON).unwrap();
            }
        });
        while !appending.is_finished() {
            let found = kept.read().verify(&[]).unwrap();
            assert!(found.is_sound(), "{found:?}");
        }
    });
    assert_eq!(kept.noted().sequence, Some(60));
}

#[test]
fn the_set_that_answered_is_the_one_recorded() {
    let kept = Kept::of(0);
    let set = |status| builder(&[Canned::new("vn", "VN").rule("total-differs", status)]).build();
    let live = LiveEngine::new(set(pass()).unwrap());
    let audited = AuditedEngine::new(live, Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let mut verdicts = vec![audited.judge(&dossier(1), ON).unwrap().verdict];
    audited.live().reload(|| set(fail(&[("/costs/total", "block")]))).unwrap();
    verdicts.push(audited.judge(&dossier(1), ON).unwrap().verdict);
    audited.live().roll_back().unwrap();
    verdicts.push(audited.judge(&dossier(1), ON).unwrap().verdict);
    assert_eq!(verdicts, [Verdict::Accept, Verdict::Return, Verdict::Accept]);

    let entries = kept.entries();
    let packs: Vec<_> = entries.iter().map(|entry| kept.first_pack(entry)).collect();
    assert!(packs[0] != packs[1] && packs[0] == packs[2]);
    let log = kept.read();
    assert!(packs.iter().all(|pack| log.pack(pack).unwrap().is_some()), "both files are kept");
    assert!(log.verify(&[]).unwrap().is_sound());
}

/// A source that is down.
struct Down;

impl FactSource for Down {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        let what = format!("cannot reach the source of `{}`", query.table);
        Err(FactError::Source { what, source: None })
    }
}

#[test]
fn a_shadow_is_recorded_and_counts_for_nothing() {
    let kept = Kept::of(0);
    let accepting = || builder(&[Canned::new("vn", "VN").rule("total-differs", pass())]).build();
    let live = LiveEngine::new(accepting().unwrap());
    let audited =
        AuditedEngine::new(live.clone(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    let alone = audited.check(&audited.read(dossier(1)), ON).unwrap();

    live.set_shadow(Some(engine()));
    let beside = audited.check(&audited.read(dossier(1)), ON).unwrap();
    assert_eq!(beside.json(), alone.json(), "not a byte of the verdict changes");
    // An audited host measures, and shows its shadow.
    assert_eq!((alone.fuel(), alone.shadow().is_none()), (beside.fuel(), true));
    let shadow = beside.shadow().unwrap().unwrap();
    assert_eq!((shadow.report().verdict, shadow.fuel().len()), (Verdict::Return, 1));

    let needs = json!({"facts": [{"table": "systems"}]});
    let needy = Canned::new("vn", "VN").rule_with("total-differs", pass(), needs);
    live.set_shadow(Some(builder(&[needy]).facts(Arc::new(Down)).build().unwrap()));
    assert_eq!(audited.judge(&dossier(2), ON).unwrap().verdict, Verdict::Accept);
    live.set_shadow(None);
    audited.judge(&dossier(3), ON).unwrap();

    let said: Vec<_> = kept
        .entries()
        .into_iter()
        .map(|entry| match entry.record.answer {
            Answer::Answered { verdict, .. } => (entry.record.kind, verdict.code().to_owned()),
            Answer::Failed { reason, .. } => (entry.record.kind, reason),
        })
        .collect();
    let reason =
        "cannot get the facts of the table `systems`: cannot reach the source of `systems`";
    let (counts, shadow) = (CheckKind::InForce, CheckKind::Shadow);
    let expected = [
        (counts, "accept"),
        (counts, "accept"),
        (shadow, "return"),
        (counts, "accept"),
        (shadow, reason),
        (counts, "accept"),
    ];
    assert_eq!(said, expected.map(|(kind, said)| (kind, said.to_owned())));
    let found = kept.read().verify(&[]).unwrap();
    assert!(found.is_sound(), "also the shadow's pack is kept: {found:?}");
}

#[test]
fn recording_changes_no_byte_of_a_report() {
    let looping =
        Canned::new("khac", "VN").rule("loops", pass()).body(kycuong_test_packs::canned_pack::LOOP);
    let set = [Canned::new("vn", "VN").rule("total-differs", pass()), looping];
    let engine: Engine = builder(&set).build().unwrap();
    let kept = Kept::of(0);
    let audited =
        AuditedEngine::new(engine.clone(), Arc::new(SqliteAuditLog::open(kept.path()).unwrap()));
    for submission in [&dossier(1)[..], b"{", b"\xff", b"{\"subject\":\"dossier\"}"] {
        let (recorded, plain) =
            (audited.judge(submission, ON).unwrap(), engine.judge(submission, ON).unwrap());
        assert_eq!(recorded.to_json().unwrap(), plain.to_json().unwrap());
    }
    let report = engine.judge(&dossier(1), ON).unwrap();
    assert!(matches!(report.outcomes[0].status, OutcomeStatus::Crashed { .. }));
    assert_eq!(kept.noted().sequence, Some(4));
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_what_is_kept_of_dossiers() {
    use std::os::unix::fs::PermissionsExt as _;

    let kept = Kept::of(2);
    let packs = std::fs::read_dir(kept.folder.path().join("audit.db.packs")).unwrap();
    let files = std::fs::read_dir(kept.folder.path()).unwrap().chain(packs);
    let files = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let files: Vec<_> = files.collect();
    assert!(files.len() >= 3, "the log, its head and a pack: {files:?}");
    for file in files {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}
