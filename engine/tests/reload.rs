//! Two hundred reloads under full load: no failed check, no mixed set, memory back to where it was. Alone
//! in its process, so that what it measures is its own.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use kycuong_engine::error::FactError;
use kycuong_engine::facts::{FactQuery, FactSource, FactTable};
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{Date, Engine, LiveEngine, Report, Verdict};
use kycuong_test_packs::canned_pack::{Canned, fail, pass};

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &[u8] = br#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease"}"#;
/// Swaps before the first measurement: code, threads and allocator have what they need by then.
const WARM_UP: usize = 40;
/// Swaps between the measurements.
const RELOADS: usize = 200;
/// What may be more in memory after them: 0.2 MiB was measured, and 18 MiB when each set was leaked.
const GROWTH_BYTES_MAX: u64 = 6 << 20;

/// The sets that something still holds.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// Counts the hosts that are not dropped yet.
struct Alive;

impl Alive {
    fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

impl FactSource for Alive {
    fn fetch(&self, _: &FactQuery) -> Result<Option<FactTable>, FactError> {
        Ok(None)
    }
}

/// Compiled anew each time, as a candidate is.
fn engine(packs: &[Canned]) -> Engine {
    let builder = packs
        .iter()
        .fold(Engine::builder().allow_unsigned(), |builder, pack| builder.pack(pack.load()));
    builder.facts(Arc::new(Alive::new())).build().unwrap()
}

/// Two sets that differ in the names of their rules and in their verdict.
fn sets() -> [(Vec<Canned>, &'static str, Verdict); 2] {
    let set = |name, status: serde_json::Value| {
        ["vn", "khac"].map(|pack| Canned::new(pack, "VN").rule(name, status.clone())).to_vec()
    };
    [
        (set("mot", pass()), "mot", Verdict::Accept),
        (set("hai", fail(&[("/kind", "block")])), "hai", Verdict::Return),
    ]
}

/// The names of the rules of a report: each set has its own.
fn names(report: &Report) -> BTreeSet<&str> {
    report.outcomes.iter().filter_map(|outcome| outcome.rule.split('/').nth(1)).collect()
}

#[test]
fn two_hundred_reloads_under_load() {
    let live = LiveEngine::new(engine(&sets()[0].0));
    let (started, answered) = (AtomicUsize::new(0), AtomicUsize::new(0));
    swap(&live, WARM_UP, &started, &answered);
    let (before, checks_before) = (resident_bytes(), answered.load(Ordering::SeqCst));

    swap(&live, RELOADS, &started, &answered);
    let after = resident_bytes();
    assert_eq!(live.status().generation, 1 + (WARM_UP + RELOADS) as u64);
    let (started, answered) = (started.into_inner(), answered.into_inner());
    assert_eq!(started, answered, "a check was lost");
    assert!(answered - checks_before > RELOADS, "no load: {answered} checks");

    assert_eq!(ALIVE.load(Ordering::SeqCst), 2, "the active set and the one before it");
    drop(live);
    assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
    match (before, after) {
        (Some(before), Some(after)) => assert!(
            after < before + GROWTH_BYTES_MAX,
            "{} kiB before, {} kiB after {RELOADS} reloads",
            before >> 10,
            after >> 10
        ),
        _ if cfg!(target_os = "linux") => panic!("Linux tells what is resident"),
        _ => {}
    }
}

/// Swaps sets while three threads check without a pause; they are done when it returns.
fn swap(live: &LiveEngine, times: usize, started: &AtomicUsize, answered: &AtomicUsize) {
    let sets = sets();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    started.fetch_add(1, Ordering::SeqCst);
                    let report = live.judge(DOSSIER, ON).unwrap();
                    let names = names(&report);
                    assert_eq!(names.len(), 1, "a mixed set: {names:?}");
                    let of_set = sets.iter().find(|(_, name, _)| names.contains(name)).unwrap();
                    assert_eq!((report.verdict, report.counts.crashed), (of_set.2, 0));
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        for (round, (packs, ..)) in sets.iter().cycle().skip(1).take(times).enumerate() {
            live.reload(|| Ok(engine(packs))).unwrap();
            if round % 10 == 0 {
                let hostile = Canned::new("vn", "VN").rule("mot", pass()).importing();
                let refused = live.reload(|| {
                    Engine::builder().allow_unsigned().pack_bytes(&hostile.bytes()).build()
                });
                assert!(refused.is_err());
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

/// Bytes of this process in memory; `None` where the system does not tell.
fn resident_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib << 10)
}
