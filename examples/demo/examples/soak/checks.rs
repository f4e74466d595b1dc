//! Checks without a pause, on every core.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{Check, CheckError, LiveEngine, Report};

use crate::judge::{Compare, Problem, judge};
use crate::random::Random;
use crate::sets::Sets;
use crate::submissions::{Submission, changed};
use crate::tally::{Tally, count};

/// What a worker needs.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    pub live: &'a LiveEngine,
    pub sets: &'a Sets,
    pub tally: &'a Tally,
    pub done: &'a AtomicBool,
    /// Where submissions are kept that something went wrong with.
    pub kept: &'a Path,
}

impl Work<'_> {
    /// Checks until it is done. `since` says since which second the check under way runs.
    pub fn run(&self, mut random: Random, since: &AtomicU64, now: impl Fn() -> u64) {
        while !self.done.load(Ordering::SeqCst) {
            since.store(now(), Ordering::SeqCst);
            self.check(&mut random);
        }
        since.store(u64::MAX, Ordering::SeqCst);
    }

    fn check(&self, random: &mut Random) {
        let at = random.below(self.sets.samples.len());
        let Some(sample) = self.sets.samples.get(at) else { return };
        let (submission, compare) = match random.below(6) {
            0 => (changed(sample, random), Compare::Reference),
            1 => (changed(sample, random), Compare::Nothing),
            _ => (sample.clone(), Compare::Sample(at)),
        };
        let with_shadow = random.one_in(8);
        count(&self.tally.started);
        let answer = catch_unwind(AssertUnwindSafe(|| self.ask(&submission, with_shadow)));
        let problem = match answer {
            Ok(Ok((report, shadow))) => {
                count(&self.tally.answered);
                let shadow = shadow.map(|shadow| {
                    count(&self.tally.shadowed);
                    self.judged(&shadow, &submission, compare)
                });
                self.judged(&report, &submission, compare).and(shadow.unwrap_or(Ok(())))
            }
            Ok(Err(error)) => Err(Problem::Lost(error.to_string())),
            Err(panic) => Err(Problem::Lost(format!("panic: {}", words(panic.as_ref())))),
        };
        if let Err(problem) = problem {
            self.keep(&submission, &problem);
            self.tally.problem(problem);
        }
    }

    fn ask(
        &self,
        submission: &Submission,
        with_shadow: bool,
    ) -> Result<(Report, Option<Report>), CheckError> {
        let bytes = submission.bytes.as_slice();
        if !with_shadow {
            return Ok((self.live.engine().judge(bytes, submission.on)?, None));
        }
        let mut check = self.live.check(&self.live.read(bytes), submission.on)?;
        let shadow = check.take_shadow().transpose()?.map(Check::into_report);
        Ok((check.into_report(), shadow))
    }

    fn judged(
        &self,
        report: &Report,
        submission: &Submission,
        compare: Compare,
    ) -> Result<(), Problem> {
        let contained = judge(report, submission, compare, self.sets)?;
        self.tally.contained.fetch_add(contained as u64, Ordering::SeqCst);
        if !matches!(compare, Compare::Nothing) {
            count(&self.tally.compared);
        }
        Ok(())
    }

    /// Keeps what is needed to see it again.
    fn keep(&self, submission: &Submission, problem: &Problem) {
        let number = self.tally.problems().len();
        let name = format!("problem-{number}-on-{}.json", submission.on);
        // That it cannot be kept changes nothing of the problem.
        let _ = std::fs::create_dir_all(self.kept);
        let _ = std::fs::write(self.kept.join(&name), &submission.bytes);
        let _ = std::fs::write(self.kept.join(name + ".txt"), problem.to_string());
    }
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
