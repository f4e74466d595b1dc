//! Sets change while checks run: good ones are activated, back and beside, bad ones refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::live::PackDirectory;
use kycuong_engine::{EngineBuilder, LiveEngine, ReloadError};
use kycuong_model::text::with_causes;

use crate::checks::Work;
use crate::io::Anything;
use crate::judge::Problem;
use crate::packs::Packs;
use crate::random::Random;
use crate::sets::{Set, Sets};
use crate::tally::count;

/// Who changes the sets: one thread, so that the generation tells what it did.
pub struct Changes<'a> {
    pub work: Work<'a>,
    pub packs: &'a Packs,
    pub cache: PathBuf,
    pub followed: Followed,
}

/// A directory whose packs are followed.
pub struct Followed {
    path: PathBuf,
    directory: PackDirectory,
    /// The number of the set in it.
    holds: Arc<AtomicUsize>,
}

impl Followed {
    /// Fills a directory with the first set and opens it.
    pub fn open(path: &Path, sets: &Arc<Sets>) -> Anything<(Self, LiveEngine)> {
        std::fs::create_dir_all(path)?;
        if let Some(set) = sets.sets.first() {
            fill(path, set)?;
        }
        let holds = Arc::new(AtomicUsize::new(0));
        let (known, number) = (Arc::downgrade(sets), holds.clone());
        let configure = move |builder: EngineBuilder| {
            let Some(sets) = known.upgrade() else { return Ok(builder) };
            Ok(match sets.sets.get(number.load(Ordering::SeqCst)) {
                Some(set) => sets.equip(set, builder),
                None => builder,
            })
        };
        let (directory, live) = PackDirectory::open(path, &sets.limits, configure)?;
        Ok((Self { path: path.to_owned(), directory, holds }, live))
    }
}

fn fill(path: &Path, set: &Set) -> std::io::Result<()> {
    for entry in std::fs::read_dir(path)? {
        std::fs::remove_file(entry?.path())?;
    }
    for pack in &set.packs {
        std::fs::write(path.join(&pack.id).with_extension("wasm"), &pack.bytes)?;
    }
    Ok(())
}

impl Changes<'_> {
    /// Changes something until it is done.
    pub fn run(mut self, mut random: Random) {
        while !self.work.done.load(Ordering::SeqCst) {
            let before = self.work.live.status().generation;
            let result = match random.below(20) {
                0..=8 => self.reload(&mut random),
                9..=11 => self.follow(&mut random),
                12..=14 => self.refuse(&mut random),
                15 | 16 => self.roll_back(),
                17 | 18 => self.shadow(&mut random),
                _ => self.turn(&mut random),
            };
            let swaps = match result {
                Ok(swaps) => swaps,
                Err(problem) => {
                    self.work.tally.problem(problem);
                    continue;
                }
            };
            let after = self.work.live.status().generation;
            if after != before + swaps {
                let problem = format!("generation {before}, {swaps} swaps, generation {after}");
                self.work.tally.problem(Problem::Reload(problem));
            }
            std::thread::sleep(Duration::from_millis(random.below(200) as u64));
        }
    }

    fn pick(&self, random: &mut Random) -> Option<(usize, &Set)> {
        let at = random.below(self.work.sets.sets.len());
        Some((at, self.work.sets.sets.get(at)?))
    }

    /// A set compiled anew, or by the code cache.
    fn reload(&self, random: &mut Random) -> Result<u64, Problem> {
        let Some((_, set)) = self.pick(random) else { return Ok(0) };
        let cache = random.one_in(2).then_some(self.cache.as_path());
        let sets = self.work.sets;
        self.taken(self.work.live.reload(|| sets.compile(set, cache)).map(drop))
    }

    fn taken(&self, result: Result<(), ReloadError>) -> Result<u64, Problem> {
        result.map_err(|error| {
            Problem::Reload(format!("a good set was refused: {}", with_causes(&error)))
        })?;
        count(&self.work.tally.reloads);
        Ok(1)
    }

    /// Another set in the directory, sometimes with a pack that is only half written at first.
    fn follow(&mut self, random: &mut Random) -> Result<u64, Problem> {
        let sets = self.work.sets;
        let at = random.below(sets.sets.len());
        let Some(set) = sets.sets.get(at) else { return Ok(0) };
        if at == self.followed.holds.load(Ordering::SeqCst) {
            return Ok(0);
        }
        let disk = |error: std::io::Error| Problem::Reload(format!("the directory: {error}"));
        fill(&self.followed.path, set).map_err(disk)?;
        self.followed.holds.store(at, Ordering::SeqCst);
        let Followed { path, directory, .. } = &mut self.followed;
        if let Some(pack) = set.packs.first().filter(|_| random.one_in(3)) {
            let file = path.join(&pack.id).with_extension("wasm");
            let half = pack.bytes.get(..pack.bytes.len() / 2).unwrap_or_default();
            std::fs::write(&file, half).map_err(disk)?;
            if directory.follow(self.work.live).is_ok() {
                return Err(Problem::Reload("half a file was activated".to_owned()));
            }
            count(&self.work.tally.refused);
            std::fs::write(&file, &pack.bytes).map_err(disk)?;
        }
        let followed = directory.follow(self.work.live).map(drop);
        self.taken(followed)
    }

    /// A candidate that must be refused; the active set stays, and says why.
    fn refuse(&self, random: &mut Random) -> Result<u64, Problem> {
        let (sets, live) = (self.work.sets, self.work.live);
        let spoilt = self.packs.spoilt(random);
        if live.reload(|| sets.compile_alone(&spoilt)).is_ok() {
            let _ = std::fs::create_dir_all(self.work.kept);
            let _ = std::fs::write(self.work.kept.join("taken.wasm"), &spoilt);
            return Err(Problem::Reload("a spoilt pack was activated".to_owned()));
        }
        count(&self.work.tally.refused);
        match live.status().last_failure {
            Some(failure) if !failure.reason.is_empty() => Ok(0),
            _ => Err(Problem::Reload("nobody says why a candidate was refused".to_owned())),
        }
    }

    fn roll_back(&self) -> Result<u64, Problem> {
        match self.work.live.roll_back() {
            Ok(_) => {
                count(&self.work.tally.rollbacks);
                Ok(1)
            }
            Err(ReloadError::NothingBefore) => Ok(0),
            Err(error) => Err(Problem::Reload(with_causes(&error))),
        }
    }

    fn shadow(&self, random: &mut Random) -> Result<u64, Problem> {
        let Some((_, set)) = self.pick(random) else { return Ok(0) };
        let shadow = if random.one_in(2) { None } else { Some(self.work.sets.compile(set, None)) };
        let shadow = shadow.transpose().map_err(|error| Problem::Reload(with_causes(&error)))?;
        self.work.live.set_shadow(shadow);
        Ok(0)
    }

    /// A pack with turned bits: it may load, and then it may answer what it likes, to itself.
    fn turn(&self, random: &mut Random) -> Result<u64, Problem> {
        let turned = self.packs.turned(random);
        let tally = self.work.tally;
        let (Ok(host), Some(sample)) =
            (self.work.sets.compile_alone(&turned), random.pick(&self.work.sets.samples))
        else {
            count(&tally.turned_refused);
            return Ok(0);
        };
        count(&tally.turned_admitted);
        let report = host.judge(&sample.bytes, sample.on);
        let report = report.map_err(|error| Problem::Lost(format!("of a turned pack: {error}")))?;
        if report.is_authentic() { Ok(0) } else { Err(Problem::Mixed("a turned pack".to_owned())) }
    }
}
