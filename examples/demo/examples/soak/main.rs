//! `cargo run --example soak`: random good and hostile packs, reloads and submissions on all
//! cores, for as long as `--minutes` says. It ends with status 1 when a check was lost, a set was mixed, a
//! report differed, a hostile rule counted as passed, or memory, threads or files grew.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::ExitCode;

use crate::io::{Anything, say};
use crate::run::{Plan, run, tell};

mod changes;
mod checks;
mod io;
mod judge;
mod packs;
mod random;
mod run;
mod sets;
mod submissions;
mod tally;
#[cfg(test)]
mod tests;
mod watch;

const USAGE: &str = "\
cargo run --example soak -- [--minutes N] [--seed N] [--threads N] [--sets N]

  --minutes   how long; default 2
  --seed      of everything random; default: another one each time, and printed
  --threads   that check; default: one for each core
  --sets      of packs, between which is changed; default 12";

fn main() -> ExitCode {
    match soak() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("the soak could not be set up: {error}"));
            ExitCode::from(3)
        }
    }
}

fn soak() -> Anything<bool> {
    let folder = tempfile::tempdir()?;
    let Some(mut plan) = flags(std::env::args().skip(1))? else {
        say(USAGE);
        return Ok(true);
    };
    plan.folder = folder.path().to_owned();
    say(&format!(
        "soak: {} minutes, seed {}, {} threads, {} sets",
        plan.seconds / 60,
        plan.seed,
        plan.threads,
        plan.sets
    ));
    let summary = run(&plan)?;
    tell(&summary);
    if !summary.is_clean() {
        say(&format!("what it was about: {}", folder.keep().display()));
    }
    Ok(summary.is_clean())
}

/// What the command line says; `None` when it asks for help.
fn flags(mut words: impl Iterator<Item = String>) -> Anything<Option<Plan>> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let seed = RandomState::new().build_hasher().finish();
    let mut plan = Plan { seconds: 120, seed, threads, sets: 12, folder: "".into() };
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "--help" | "-h") {
            return Ok(None);
        }
        let value = words.next().ok_or_else(|| format!("`{word}` wants a number\n{USAGE}"))?;
        let number: u64 = value.parse().map_err(|_| format!("`{value}` is no number\n{USAGE}"))?;
        match word.as_str() {
            "--minutes" => plan.seconds = number.saturating_mul(60),
            "--seed" => plan.seed = number,
            "--threads" => plan.threads = number.clamp(1, 64) as usize,
            "--sets" => plan.sets = number.clamp(2, 1_000) as usize,
            _ => return Err(format!("`{word}` is no flag\n{USAGE}").into()),
        }
    }
    Ok(Some(plan))
}
