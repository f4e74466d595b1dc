//! The deadline holds whatever a pack does: with fuel for weeks, no file of the corpus keeps a check past
//! twice the time that it was given, and no check waits longer than that for an instance either.

use std::time::{Duration, Instant};

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{RulePack, RuleResult};
use kycuong_engine::report::Crash;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Date, Engine, Verdict};
use kycuong_test_packs::hostile_file::Hostile;
use kycuong_test_packs::hostile_pack::{Pack, evaluate};

use super::corpus::corpus;

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &[u8] = br#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease"}"#;
/// Long enough that a machine under load, which stops a thread for a while, is not a failure.
const DEADLINE: Duration = Duration::from_secs(1);

fn limits() -> Limits {
    let deadline_ms = DEADLINE.as_millis() as u64;
    Limits {
        fuel_base: u64::MAX >> 8,
        fuel_max: u64::MAX >> 8,
        fuel_factor_tenths_max: 10,
        deadline_ms,
        instances_max: 2,
        ..Limits::default()
    }
}

#[expect(clippy::disallowed_methods, reason = "what is tested is a time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

#[test]
fn no_file_of_the_corpus_holds_a_check_past_twice_its_deadline() {
    let sandbox = Sandbox::new(&limits()).unwrap();
    let (mut checked, mut stopped, mut longest) = (0, 0, (Duration::ZERO, String::new()));
    for Hostile { name, contained, bytes, .. } in corpus() {
        if contained.is_none() {
            continue;
        }
        let pack = RulePack::load(&sandbox, &bytes).unwrap();
        let engine = Engine::builder().allow_unsigned().pack(pack).build().unwrap();
        // What the host does wrong it does each time; a machine that was busy elsewhere is not.
        let slow = (0..3).find_map(|_| {
            let (report, took) = timed(|| engine.judge(DOSSIER, ON).unwrap());
            assert_ne!(report.verdict, Verdict::Accept, "{name}");
            assert_eq!((report.complete, report.counts.crashed), (false, 2), "{name}");
            if took > longest.0 {
                longest = (took, name.clone());
            }
            stopped += usize::from(took > DEADLINE);
            (took < 2 * DEADLINE).then_some(took)
        });
        assert!(slow.is_some(), "{name} held three checks past twice the deadline: {longest:?}");
        checked += 1;
    }
    assert!(checked >= 25 && stopped >= 2, "{checked} files, {stopped} stopped by the deadline");
    println!(
        "{checked} files, {stopped} of them stopped by the deadline of {DEADLINE:?}; longest {longest:?}"
    );
}

/// More checks than instances, all of packs that loop: who gets no instance in time is told so.
#[test]
fn nobody_waits_for_an_instance_past_the_deadline() {
    let limits = Limits { instances_max: 1, ..limits() };
    let sandbox = Sandbox::new(&limits).unwrap();
    let looping = RulePack::load(
        &sandbox,
        &Pack::new(include_str!("../../hostile/endless-loop.wat")).bytes(),
    )
    .unwrap();
    std::thread::scope(|scope| {
        let work = || timed(|| evaluate(&looping, &["thu/mot"]).outcomes);
        for waiting in [(); 6].map(|()| scope.spawn(work)) {
            let (outcomes, took) = waiting.join().unwrap();
            let crash = Crash::DeadlineExceeded { limit_ms: limits.deadline_ms };
            assert_eq!(outcomes, [RuleResult::Crashed(crash)]);
            assert!(took < 3 * DEADLINE, "{took:?}");
        }
    });
}

/// A candidate waits while checks keep the one instance; its deadline begins when it has one (the time
/// that it waits is not counted: `sandbox/deadline.rs`).
#[test]
fn a_pack_is_not_refused_because_checks_keep_it_waiting() {
    let limits = Limits { instances_max: 1, ..limits() };
    let sandbox = Sandbox::new(&limits).unwrap();
    let looping = RulePack::load(
        &sandbox,
        &Pack::new(include_str!("../../hostile/endless-loop.wat")).bytes(),
    )
    .unwrap();
    let candidate = Pack::new(include_str!("../../hostile/answer.wat")).bytes();
    let waited = std::thread::scope(|scope| {
        let checks = [(); 4].map(|()| scope.spawn(|| evaluate(&looping, &["thu/mot"])));
        // By now one of them has the instance and keeps it for the rest of its second.
        std::thread::sleep(DEADLINE / 4);
        let (loaded, waited) = timed(|| RulePack::load(&sandbox, &candidate));
        assert_eq!(loaded.unwrap().manifest().pack, "thu");
        for check in checks {
            check.join().unwrap();
        }
        waited
    });
    assert!(waited > DEADLINE / 2, "it had nothing to wait for: {waited:?}");
}
