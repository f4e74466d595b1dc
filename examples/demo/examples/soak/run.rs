//! One run: everything is set up, let loose for a time, watched, and summed up.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kycuong_engine::limits::Limits;

use crate::changes::{Changes, Followed};
use crate::checks::Work;
use crate::io::{Anything, say};
use crate::judge::Problem;
use crate::packs::Packs;
use crate::random::Random;
use crate::sets::Sets;
use crate::submissions::samples;
use crate::tally::{Tally, read};
use crate::watch::{GROWTH_MAX, Record, Usage};

/// A check that takes longer is lost: the deadline of all its packs is a tenth of it.
const STUCK_SECONDS: u64 = 300;
/// Between two lines.
const LINE_SECONDS: u64 = 10;

/// How to run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seconds: u64,
    pub seed: u64,
    pub threads: usize,
    pub sets: usize,
    /// Where the run keeps its code cache, its directory of packs, and what something was wrong with.
    pub folder: PathBuf,
}

/// What came of it.
#[derive(Debug)]
pub struct Summary {
    pub tally: Tally,
    pub record: Record,
    pub start: Option<Usage>,
    pub end: Option<Usage>,
}

impl Summary {
    pub fn is_clean(&self) -> bool {
        self.tally.problems().is_empty()
    }

    /// Checks that were begun and gave no report.
    pub fn lost(&self) -> u64 {
        read(&self.tally.started) - read(&self.tally.answered)
    }
}

/// What packs may cost here: little fuel, so that what never ends does so soon; and a deadline that
/// nothing meets, so that each sandbox has a thread that must end with it.
fn limits(threads: usize) -> Limits {
    Limits {
        instances_max: threads as u32 + 2,
        fuel_base: 2_000_000,
        fuel_per_node: 2_000,
        deadline_ms: STUCK_SECONDS * 100,
        ..Limits::default()
    }
}

/// The first part of a run, which is not measured: a quarter, and five minutes at most.
fn warm_up(seconds: u64) -> u64 {
    (seconds / 4).min(300)
}

#[expect(clippy::disallowed_methods, reason = "a soak lasts for a time")]
fn now() -> Instant {
    Instant::now()
}

/// Runs as planned.
pub fn run(plan: &Plan) -> Anything<Summary> {
    let mut random = Random::new(plan.seed);
    let limits = limits(plan.threads);
    say("building the packs");
    let packs = Packs::gather(&limits)?;
    let samples = samples()?;
    say(&format!(
        "{} good packs, {} hostile ones that load, {} files to be refused, {} submissions; preparing {} sets",
        packs.good.len(),
        packs.hostile.len(),
        packs.refused.len(),
        samples.len(),
        plan.sets
    ));
    let sets = Arc::new(Sets::make(&packs, plan.sets, samples, limits, &mut random)?);
    let (followed, live) = Followed::open(&plan.folder.join("packs"), &sets)?;
    let (tally, done) = (Tally::default(), AtomicBool::new(false));
    let kept = plan.folder.join("problems");
    let work = Work { live: &live, sets: &sets, tally: &tally, done: &done, kept: &kept };
    let changes = Changes { work, packs: &packs, cache: plan.folder.join("code"), followed };

    let start = now();
    let mut watch = Watch::new(plan, start, &tally);
    let since: Vec<AtomicU64> = (0..plan.threads).map(|_| AtomicU64::new(u64::MAX)).collect();
    std::thread::scope(|scope| {
        let seconds = move || now().duration_since(start).as_secs();
        let workers = since.iter().map(|since| (since, random.split())).collect::<Vec<_>>();
        for (since, random) in workers {
            scope.spawn(move || work.run(random, since, seconds));
        }
        let random = random.split();
        scope.spawn(move || changes.run(random));
        watch.until_done(&since, || live.status().generation);
        done.store(true, Ordering::SeqCst);
        watch.until_idle(&since);
    });
    let (record, begin) = (watch.record, watch.begin);
    drop(live);
    if sets.alive() > 0 {
        tally.problem(Problem::Kept(format!("{} hosts that nobody needs", sets.alive())));
    }
    record.grown().into_iter().for_each(|grown| tally.problem(Problem::Kept(grown)));
    Ok(Summary { tally, record, start: begin, end: Usage::now() })
}

/// Looks at the run each second.
struct Watch<'a> {
    start: Instant,
    seconds: u64,
    warm_up: u64,
    tally: &'a Tally,
    record: Record,
    begin: Option<Usage>,
}

impl<'a> Watch<'a> {
    fn new(plan: &Plan, start: Instant, tally: &'a Tally) -> Self {
        let (seconds, warm_up) = (plan.seconds, warm_up(plan.seconds));
        let begin = Usage::now();
        if begin.is_none() {
            say("this system does not tell memory, threads and files: they are not watched");
        }
        say(&format!("running for {seconds} s, of which {warm_up} s to warm up"));
        Self { start, seconds, warm_up, tally, record: Record::default(), begin }
    }

    fn elapsed(&self) -> u64 {
        now().duration_since(self.start).as_secs()
    }

    fn until_done(&mut self, since: &[AtomicU64], generation: impl Fn() -> u64) {
        let mut line = 0;
        while self.elapsed() < self.seconds {
            std::thread::sleep(Duration::from_secs(1));
            self.stuck(since);
            let usage = Usage::now();
            if self.elapsed() >= self.warm_up {
                self.record.samples.extend(usage);
            }
            if self.elapsed() >= line + LINE_SECONDS {
                line = self.elapsed();
                self.line(usage, generation());
            }
        }
    }

    /// What is under way may end.
    fn until_idle(&self, since: &[AtomicU64]) {
        while since.iter().any(|since| since.load(Ordering::SeqCst) != u64::MAX) {
            std::thread::sleep(Duration::from_millis(100));
            self.stuck(since);
        }
    }

    /// A thread that never comes back cannot be joined: the run ends here.
    fn stuck(&self, since: &[AtomicU64]) {
        let now = self.elapsed();
        let is_stuck = |since: &AtomicU64| {
            let since = since.load(Ordering::SeqCst);
            since != u64::MAX && now.saturating_sub(since) > STUCK_SECONDS
        };
        if since.iter().any(is_stuck) {
            say(&format!("PROBLEM a check was lost: it has not answered for {STUCK_SECONDS} s"));
            std::process::exit(1);
        }
    }

    fn line(&self, usage: Option<Usage>, generation: u64) {
        let tally = self.tally;
        let usage = usage.map_or_else(String::new, |usage| format!(", {}", shown(usage)));
        say(&format!(
            "{:>6} s: {} checks, {} reloads, {} rollbacks, {} refused, {} crashes contained, set {generation}{usage}, {} problems",
            self.elapsed(),
            read(&tally.answered),
            read(&tally.reloads),
            read(&tally.rollbacks),
            read(&tally.refused),
            read(&tally.contained),
            tally.problems().len() as u64 + tally.more_problems()
        ));
    }
}

fn shown(usage: Usage) -> String {
    let Usage { resident_bytes, threads, files } = usage;
    format!("{} MiB, {threads} threads, {files} files", resident_bytes >> 20)
}

/// Says what came of it.
pub fn tell(summary: &Summary) {
    let tally = &summary.tally;
    say(&format!(
        "\nchecks: {} started, {} answered, {} lost; {} compared byte for byte, {} beside a shadow set",
        read(&tally.started),
        read(&tally.answered),
        summary.lost(),
        read(&tally.compared),
        read(&tally.shadowed)
    ));
    say(&format!(
        "sets: {} reloads, {} rollbacks, {} candidates refused; of packs with turned bits {} refused, {} admitted and contained",
        read(&tally.reloads),
        read(&tally.rollbacks),
        read(&tally.refused),
        read(&tally.turned_refused),
        read(&tally.turned_admitted)
    ));
    say(&format!("crashes contained: {}", read(&tally.contained)));
    for (when, usage) in [("at the start", summary.start), ("at the end", summary.end)] {
        if let Some(usage) = usage {
            say(&format!("{when}: {}", shown(usage)));
        }
    }
    match summary.record.ends() {
        Some((first, last)) => say(&format!(
            "after warming up, on the average of the first third: {}; of the last third: {} (at most {} MiB, {} threads, {} files more)",
            shown(first),
            shown(last),
            GROWTH_MAX.resident_bytes >> 20,
            GROWTH_MAX.threads,
            GROWTH_MAX.files
        )),
        None => say("memory, threads and files were not watched"),
    }
    for problem in tally.problems() {
        say(&format!("PROBLEM {problem}"));
    }
    if tally.more_problems() > 0 {
        say(&format!("and {} more problems", tally.more_problems()));
    }
    say(if summary.is_clean() { "clean" } else { "NOT CLEAN" });
}
