//! The soak, for some seconds; and that it notices what it is there to notice.

use std::path::Path;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{OutcomeStatus, Verdict};

use crate::judge::{Compare, Problem, judge};
use crate::random::Random;
use crate::run::{Plan, run, tell};
use crate::sets::Sets;
use crate::tally::read;
use crate::watch::{GROWTH_MAX, Record, Usage};

fn plan(folder: &Path) -> Plan {
    Plan { seconds: 20, seed: 224_2026, threads: 2, sets: 3, folder: folder.to_owned() }
}

#[test]
fn some_seconds_of_it_are_clean() {
    let folder = tempfile::tempdir().unwrap();
    let summary = run(&plan(folder.path())).unwrap();
    tell(&summary);
    assert!(summary.is_clean(), "{:#?}", summary.tally.problems());
    assert_eq!(summary.lost(), 0);
    assert!(read(&summary.tally.compared) > 0 && read(&summary.tally.answered) > 0);
}

#[test]
fn every_problem_is_noticed() {
    let limits =
        kycuong_engine::Limits { instances_max: 4, fuel_base: 2_000_000, ..Default::default() };
    let packs = crate::packs::Packs::gather(&limits).unwrap();
    assert!(packs.hostile.len() > 25 && packs.refused.len() > 30);
    let samples = crate::submissions::samples().unwrap();
    let sets = Sets::make(&packs, 4, samples, limits, &mut Random::new(11)).unwrap();
    let hostile =
        sets.sets.iter().find(|set| set.packs.iter().any(|pack| set.is_hostile(&pack.id)));
    let (hostile, sample) = (hostile.unwrap(), &sets.samples[0]);
    let host = sets.compile(hostile, None).unwrap();
    let report = host.judge(&sample.bytes, sample.on).unwrap();
    let compare = Compare::Sample(0);
    assert!(judge(&report, sample, compare, &sets).unwrap() > 0, "nothing was contained");
    assert_eq!(sets.alive(), 1);

    let mut mixed = report.clone();
    mixed.settings.packs[0].digest.push('0');
    assert!(matches!(judge(&mixed, sample, compare, &sets), Err(Problem::Mixed(_))));
    let mut altered = report.clone();
    altered.findings.clear();
    assert!(matches!(judge(&altered, sample, compare, &sets), Err(Problem::Mixed(_))));
    let mut passed = report.clone();
    let of_hostile = passed.outcomes.iter_mut().find(|outcome| hostile.is_hostile(&outcome.pack));
    of_hostile.unwrap().status = OutcomeStatus::Pass;
    assert!(matches!(judge(&passed, sample, compare, &sets), Err(Problem::NotContained(_))));
    let mut accepted = report.clone();
    accepted.verdict = Verdict::AcceptWithWarnings;
    assert!(matches!(judge(&accepted, sample, compare, &sets), Err(Problem::NotContained(_))));
    let other = host.judge(&sets.samples[1].bytes, sample.on).unwrap();
    assert!(matches!(judge(&other, sample, compare, &sets), Err(Problem::Differs(_))));
    assert!(matches!(judge(&other, sample, Compare::Reference, &sets), Err(Problem::Differs(_))));
    drop(host);
    assert_eq!(sets.alive(), 0);
}

#[test]
fn growth_is_noticed_and_what_comes_and_goes_is_not() {
    let usage = |resident_bytes| Usage { resident_bytes, threads: 9, files: 30 };
    let of = |sizes: &mut dyn Iterator<Item = u64>| Record { samples: sizes.map(usage).collect() };
    let step = GROWTH_MAX.resident_bytes / 40;
    assert!(of(&mut (0..90).map(|at| 1_000_000 + at % 7 * step)).grown().is_empty());
    let grown = of(&mut (0..90).map(|at| 1_000_000 + at * step)).grown();
    assert_eq!(grown.len(), 1, "{grown:?}");
    assert!(grown[0].starts_with("KiB in memory grew from "), "{grown:?}");
    assert!(Record::default().grown().is_empty());
    #[cfg(target_os = "linux")]
    assert!(
        Usage::now().is_some_and(|now| now.resident_bytes > 0 && now.threads > 0 && now.files > 2)
    );
}

/// The numbers of the published algorithm.
#[test]
fn the_sequence_is_splitmix64() {
    let mut random = Random::new(1_234_567);
    let expected =
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
    assert_eq!([random.next(), random.next(), random.next()], expected);
}
