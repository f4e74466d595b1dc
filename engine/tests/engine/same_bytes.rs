//! Same input, same bytes, same fuel: on another machine, in another process, in any order, on any
//! number of threads, compiled now or long ago. `conformance/exact.tsv` has the digests; another machine
//! must reproduce it. `UPDATE_EXPECT=1 cargo test` rewrites it, and the packs, from their sources.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use kycuong_engine::cache::CodeCache;
use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::limits::Limits;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Engine, RulePack};

mod conformance_pack;
mod processes;
mod record;

use conformance_pack::{file, folder, from_text, names};
use record::{ON, Set, all_lines, bytes, lines, set, sets, submissions, versions};

const HEAD: &str = "\
# The conformance file, layer “exact”: packs whose bytes are the same everywhere, so every byte and every
# unit of fuel must be reproduced. (Layer “judgements” is examples/dossiers/judgements.tsv.) See README.md.
";

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1")
}

fn recorded() -> String {
    std::fs::read_to_string(folder().join("exact.tsv")).unwrap()
}

/// The lines of the file that begin so.
fn recorded_lines(start: &str) -> String {
    let text = recorded();
    let lines = text.lines().filter(|line| line.starts_with(start));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What the file says of one set, as [`all_lines`] writes it.
fn recorded_of(set: &str) -> String {
    let text = recorded();
    let of_set = |line: &&str| {
        let mut columns = line.split('\t');
        let kind = columns.next();
        matches!(kind, Some("report" | "fuel")) && columns.next() == Some(set)
    };
    text.lines().filter(of_set).flat_map(|line| [line, "\n"]).collect()
}

/// Compares line by line, so that the first difference is named and not a wall of text.
#[track_caller]
fn same(actual: &str, expected: &str, how: &str) {
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected, "{how}");
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{how}");
}

#[test]
fn the_file_of_digests_is_reproduced() {
    if updating() {
        for name in names() {
            std::fs::write(file(&name), from_text(&name)).unwrap();
        }
    }
    let mut text = format!("{HEAD}{}", versions());
    for set in sets() {
        text.push_str(&all_lines(&set, &set.host(set.compile()).build().unwrap()));
    }
    if updating() {
        text.push_str(&edges(least_fuel));
        std::fs::write(folder().join("exact.tsv"), &text).unwrap();
    } else {
        text.push_str(&recorded_lines("edge\t"));
        same(&text, &recorded(), "rewrite with UPDATE_EXPECT=1 and read the differences");
    }
}

/// The committed files are what their text says, with the assembler of today.
#[test]
fn packs_are_made_of_their_text() {
    if updating() {
        return;
    }
    assert!(names().len() >= 10, "{:?}", names());
    for name in names() {
        assert_eq!(bytes(&name), from_text(&name), "{name}: rewrite with UPDATE_EXPECT=1");
    }
}

/// The sets are worth comparing: what packs are for is in them, and what can go wrong.
#[test]
fn the_sets_show_every_kind_of_outcome() {
    if updating() {
        return;
    }
    let mut kinds = std::collections::BTreeSet::new();
    let mut crashes = std::collections::BTreeSet::new();
    for set in sets() {
        let engine = set.host(set.compile()).build().unwrap();
        for submission in submissions().values() {
            for outcome in engine.judge(submission, ON).unwrap().outcomes {
                kinds.insert(outcome.status.code());
                if let kycuong_engine::OutcomeStatus::Crashed { crash, .. } = outcome.status {
                    crashes.insert(crash.code());
                }
            }
        }
    }
    let kinds: Vec<_> = kinds.into_iter().collect();
    assert_eq!(kinds, ["crashed", "fail", "not-applicable", "not-evaluated", "pass"]);
    let expected =
        ["fuel-exhausted", "memory-exceeded", "response-too-large", "stack-overflow", "trapped"];
    for crash in expected {
        assert!(crashes.contains(crash), "{crash}: {crashes:?}");
    }
}

/// Cold and warm, with the code cache and without it, from files and from memory, on 1, 2 and 8 threads.
#[test]
fn no_configuration_changes_a_byte_or_a_unit() {
    if updating() {
        return;
    }
    for set in sets() {
        let expected = recorded_of(&set.set);
        let cold = set.host(set.compile()).build().unwrap();
        same(&all_lines(&set, &cold), &expected, "compiled now");
        same(&all_lines(&set, &cold), &expected, "asked before");

        let cache = tempfile::tempdir().unwrap();
        let code = cache.path().join("code");
        let cached = |secret: &[u8]| {
            let cache = CodeCache::open(&code, secret).unwrap();
            let packs = set.load(&Sandbox::with_cache(&set.limits, Some(cache)).unwrap());
            let from_cache = packs.iter().filter(|pack| pack.from_cache()).count();
            (from_cache, all_lines(&set, &set.host(packs).build().unwrap()))
        };
        for (secret, from_cache, how) in [
            (b"one", 0, "into the cache"),
            (b"one", set.packs.len(), "out of the cache"),
            (b"two", 0, "a cache of another host"),
        ] {
            let (taken, lines) = cached(secret);
            assert_eq!(taken, from_cache, "{how}");
            same(&lines, &expected, how);
        }
        for entry in std::fs::read_dir(&code).unwrap() {
            std::fs::write(entry.unwrap().path(), b"not code").unwrap();
        }
        let (taken, lines) = cached(b"two");
        assert_eq!(taken, 0);
        same(&lines, &expected, "a spoilt cache");

        // By files, which the host compiles itself, with another pool of instances.
        let fewer =
            Set { limits: Limits { instances_max: 3, ..set.limits.clone() }, ..set.clone() };
        let files = set
            .packs
            .iter()
            .fold(Engine::builder().allow_unsigned(), |host, pack| host.pack_file(file(pack)));
        let files = fewer.configure(files).threads(2).build().unwrap();
        same(&all_lines(&set, &files), &expected, "from files, three instances");

        let packs = set.compile();
        for threads in [1, 2, 8] {
            let host = set.host(packs.clone()).threads(threads).build().unwrap();
            same(&all_lines(&set, &host), &expected, &format!("{threads} threads"));
        }
    }
}

/// Six packs in each of their 720 orders, on 1, 2 and 8 threads by turns.
#[test]
fn no_order_of_six_packs_changes_a_byte_or_a_unit() {
    if updating() {
        return;
    }
    let set = set("six");
    let packs = set.compile();
    let expected = |submission: &str| {
        let report = recorded_lines(&format!("report\tsix\t{submission}\t"));
        report + &recorded_lines(&format!("fuel\tsix\t{submission}\t"))
    };
    let submissions = ["adds-up.json", "one-dong-off.json", "wrong-in-places.json"];
    let expected = submissions.map(expected);
    let mut orders = std::collections::BTreeSet::new();
    permute(&mut (0..packs.len()).collect::<Vec<_>>(), 0, &mut |order| {
        let turn = orders.len();
        let packs = order.iter().map(|at| packs[*at].clone());
        let host = set.host(packs).threads([1, 2, 8][turn % 3]).build().unwrap();
        let at = turn % submissions.len();
        same(&lines("six", submissions[at], &host), &expected[at], &format!("{order:?}"));
        orders.insert(order.to_vec());
    });
    assert_eq!(orders.len(), 720);
}

/// Calls with every permutation of what follows a place.
fn permute(order: &mut [usize], from: usize, call: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return call(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        permute(order, from + 1, call);
        order.swap(from, at);
    }
}

/// Other checks at the same time, in the same sandbox, of packs that loop, fill their memory and overflow
/// their stack, with fewer instances than there are threads.
#[test]
fn hostile_neighbours_change_nothing() {
    if updating() {
        return;
    }
    let set = set("all");
    let sandbox = Sandbox::new(&Limits { instances_max: 3, ..set.limits.clone() }).unwrap();
    let host = set.host(set.load(&sandbox)).threads(2).build().unwrap();
    let hostile = ["exhausts", "too-deep", "traps"]
        .map(|name| RulePack::load(&sandbox, &bytes(name)).unwrap());
    let hostile = set.host(hostile);
    let hostile = hostile.threads(3).build().unwrap();
    let expected = recorded_of("all");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let report = hostile.judge(&submissions()["adds-up.json"], ON).unwrap();
                    assert!(report.counts.crashed > 0);
                }
            });
        }
        let checks: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| same(&all_lines(&set, &host), &expected, "with neighbours")))
            .collect();
        let failed = checks.into_iter().filter_map(|check| check.join().err()).next();
        done.store(true, Ordering::Relaxed);
        if let Some(panic) = failed {
            std::panic::resume_unwind(panic);
        }
    });
}

/// The packs whose least fuel is recorded.
const EDGES: [&str; 5] = ["adds-up", "floats", "vectors", "whole-numbers", "reads-everything"];

fn edges(least: impl Fn(&str, &Path) -> u64) -> String {
    let cache = tempfile::tempdir().unwrap();
    let code = cache.path().join("code");
    EDGES.map(|pack| format!("edge\t{pack}\tadds-up.json\t{}\n", least(pack, &code))).concat()
}

/// Whether one instance answers all that is asked, with so much fuel and no more.
fn answers(pack: &str, fuel: u64, code: &Path) -> bool {
    let mut set = set("six");
    set.packs = vec![pack.to_owned()];
    set.limits.fuel_base = fuel;
    (set.limits.fuel_per_node, set.limits.fuel_per_byte, set.limits.instances_max) = (0, 0, 1);
    let cache = CodeCache::open(code, b"edges").unwrap();
    let packs = set.load(&Sandbox::with_cache(&set.limits, Some(cache)).unwrap());
    let host = set.host(packs).build().unwrap();
    let check = host.check(&host.read(submissions()["adds-up.json"].as_slice()), ON).unwrap();
    assert_eq!(check.fuel().len(), 1, "{pack} was not the only one called");
    let consumption = check.fuel().first().unwrap();
    assert_eq!(consumption.fuel_limit, fuel);
    consumption.instances == 1
}

/// Found by halving.
fn least_fuel(pack: &str, code: &Path) -> u64 {
    // Less would not do for the manifest.
    let (mut short, mut enough) = (130_000, 25_000_000);
    assert!(!answers(pack, short, code) && answers(pack, enough, code), "{pack}");
    while enough - short > 1 {
        let middle = u64::midpoint(short, enough);
        *(if answers(pack, middle, code) { &mut enough } else { &mut short }) = middle;
    }
    enough
}

/// A pack runs out of fuel at the same instruction everywhere: with one unit less, it does not answer.
#[test]
fn one_unit_of_fuel_decides() {
    if updating() {
        return;
    }
    let recorded = recorded_lines("edge\t");
    assert_eq!(recorded.lines().count(), EDGES.len());
    let cache = tempfile::tempdir().unwrap();
    let code = cache.path().join("code");
    for line in recorded.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, pack, _, fuel] = columns.as_slice() else { panic!("{line}") };
        let fuel: u64 = fuel.parse().unwrap();
        assert!(answers(pack, fuel, &code), "{pack} with {fuel}");
        assert!(!answers(pack, fuel - 1, &code), "{pack} with one less than {fuel}");
    }
}
