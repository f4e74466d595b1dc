//! Packs change while checks run: each check is by one set alone. That nothing is left behind is
//! `reload.rs`, which needs a process of its own.

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::live::PackDirectory;
use kycuong_engine::{Engine, LiveEngine, ReloadError, Verdict};
use kycuong_test_packs::canned_pack::{Canned, LOOP, fail, limits, pass};

use crate::prepared_host::{DOSSIER, ON, engine};

fn accepting() -> Vec<Canned> {
    ["vn", "khac"].map(|pack| Canned::new(pack, "VN").rule("mot", pass())).to_vec()
}

fn returning() -> Vec<Canned> {
    let blocks = fail(&[("/kind", "block")]);
    ["vn", "khac"].map(|pack| Canned::new(pack, "VN").rule("hai", blocks.clone())).to_vec()
}

#[test]
fn a_candidate_that_is_refused_leaves_the_active_set_and_says_why() {
    let live = LiveEngine::new(engine(&accepting()));
    let broken =
        || Engine::builder().allow_unsigned().pack_bytes(b"\0asm, and then nothing").build();
    for attempts in 1..=2 {
        assert!(matches!(live.reload(broken), Err(ReloadError::Refused { .. })));
        let status = live.status();
        let failure = status.last_failure.unwrap();
        assert_eq!((status.generation, failure.attempts), (1, attempts));
        assert!(failure.reason.starts_with("cannot load the rule pack number 1: "), "{failure:?}");
        assert_eq!(live.judge(DOSSIER.as_bytes(), ON).unwrap().verdict, Verdict::Accept);
    }
    let status = live.reload(|| Ok(engine(&returning()))).unwrap();
    assert_eq!((status.generation, status.last_failure, status.can_roll_back), (2, None, true));
    assert_eq!(live.judge(DOSSIER.as_bytes(), ON).unwrap().verdict, Verdict::Return);
}

#[test]
fn rolling_back_is_one_call_and_can_be_undone() {
    let live = LiveEngine::new(engine(&accepting()));
    assert!(matches!(live.roll_back(), Err(ReloadError::NothingBefore)));
    live.reload(|| Ok(engine(&returning()))).unwrap();
    let verdict = || live.judge(DOSSIER.as_bytes(), ON).unwrap().verdict;
    assert_eq!(live.roll_back().unwrap().generation, 3);
    assert_eq!(verdict(), Verdict::Accept);
    live.roll_back().unwrap();
    assert_eq!(verdict(), Verdict::Return);

    // Nobody who has to go back waits for a candidate that is being prepared.
    let status = live.reload(|| {
        assert_eq!(live.roll_back().unwrap().generation, 5);
        assert_eq!(verdict(), Verdict::Accept);
        Ok(engine(&returning()))
    });
    assert_eq!(status.unwrap().generation, 6);
    assert_eq!(verdict(), Verdict::Return);
}

#[test]
fn a_shadow_set_runs_and_counts_for_nothing() {
    let live = LiveEngine::new(engine(&accepting()));
    live.set_shadow(Some(engine(&returning())));
    let submission = live.read(DOSSIER);
    let checked = live.check(&submission, ON).unwrap();
    let alone = live.engine().check(&submission, ON).unwrap();
    assert_eq!((checked.json(), alone.shadow().is_none()), (alone.json(), true));
    assert_eq!(checked.report().verdict, Verdict::Accept);
    assert_eq!(checked.shadow().unwrap().unwrap().report().verdict, Verdict::Return);
    assert!(live.status().has_shadow);
    live.set_shadow(None);
    assert!(live.check(&submission, ON).unwrap().shadow().is_none());
}

#[test]
fn a_directory_is_followed_and_half_a_file_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let good = Canned::new("vn", "VN").rule("mot", pass()).bytes();
    let next = Canned::new("vn", "VN").rule("hai", fail(&[("/kind", "block")])).bytes();
    write("vn.wasm", &good);
    let (mut directory, live) =
        PackDirectory::open(folder.path(), &limits(), |builder| Ok(builder.allow_unsigned()))
            .unwrap();
    let verdict = || live.judge(DOSSIER.as_bytes(), ON).unwrap().verdict;
    assert!(directory.follow(&live).unwrap().is_none(), "nothing changed");

    write("vn.wasm", &next[..next.len() / 2]);
    let refused = directory.follow(&live).unwrap_err();
    assert!(matches!(refused, ReloadError::Refused { .. }), "{refused:?}");
    assert_eq!(verdict(), Verdict::Accept);
    assert!(directory.follow(&live).unwrap().is_none(), "the same is not tried again");
    assert!(live.status().last_failure.is_some());

    write("vn.wasm", &next);
    assert_eq!(directory.follow(&live).unwrap().unwrap().generation, 2);
    assert_eq!(verdict(), Verdict::Return);

    std::fs::remove_file(folder.path().join("vn.wasm")).unwrap();
    assert!(directory.follow(&live).is_err(), "an empty directory is no set");
    assert_eq!(verdict(), Verdict::Return);
}

/// A rule that loops holds its own check up, and no reload.
#[test]
fn a_looping_pack_does_not_hold_a_reload_up() {
    let looping = Canned::new("vn", "VN").rule("mot", pass()).body(LOOP);
    let live = LiveEngine::new(engine(&[looping]));
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| live.judge(DOSSIER.as_bytes(), ON).unwrap());
        live.reload(|| Ok(engine(&accepting()))).unwrap();
        assert_eq!(live.judge(DOSSIER.as_bytes(), ON).unwrap().verdict, Verdict::Accept);
        assert_ne!(slow.join().unwrap().verdict, Verdict::Return);
    });
}
