//! Evaluating packs on one subject, on one thread or several. The answers do not depend on how many.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use kycuong_model::tape::Document;

use crate::facts::Prepared;
use crate::pack::{Evaluation, EvaluationRequest, RulePack};
use crate::sandbox::Deadline;

pub(crate) mod answer;
pub(crate) mod joined;
pub(crate) mod request;

/// The stack of a thread besides what a pack may use of it.
const OWN_STACK_BYTES: usize = 1 << 20;

/// What one pack took in one check. The same on every machine and in every configuration, except
/// where a pack runs out of stack: how deep that is depends on the machine's instruction set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumption {
    /// Its id.
    pub pack: String,
    /// Units of fuel of all its instances together.
    pub fuel_consumed: u64,
    /// The budget of evaluating all its rules at once, in units of fuel.
    pub fuel_limit: u64,
    /// The instances that it took.
    pub instances: u32,
}

impl Consumption {
    pub(crate) fn of(pack: &RulePack, evaluation: &Evaluation) -> Self {
        let Evaluation { fuel_consumed, fuel_limit, instances, .. } = *evaluation;
        Self { pack: pack.manifest().pack.clone(), fuel_consumed, fuel_limit, instances }
    }
}

/// What one pack has to evaluate.
pub(crate) struct Job<'a> {
    pub(crate) pack: &'a RulePack,
    /// The ids of the rules that must run.
    pub(crate) rules: Vec<String>,
    pub(crate) facts: Prepared,
    pub(crate) context: Prepared,
}

impl Job<'_> {
    /// `None` when there is nothing to evaluate.
    fn evaluate(&self, subject: Document<'_>, deadline: Deadline) -> Option<Evaluation> {
        if self.rules.is_empty() {
            return None;
        }
        let (facts, context) = (self.facts.document(), self.context.document());
        let request = EvaluationRequest { subject, facts, context, rules: &self.rules };
        Some(self.pack.evaluate_until(&request, deadline))
    }
}

/// The answers, one for each job, in the order of the jobs.
pub(crate) fn evaluate_all(
    jobs: &[Job<'_>],
    subject: Document<'_>,
    threads: NonZeroUsize,
    stack_bytes: usize,
    deadline: Deadline,
) -> Vec<Option<Evaluation>> {
    let busy = jobs.iter().filter(|job| !job.rules.is_empty()).count();
    let helpers = threads.get().min(busy).saturating_sub(1);
    if helpers == 0 {
        return jobs.iter().map(|job| job.evaluate(subject, deadline)).collect();
    }
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![None; jobs.len()]);
    let work = || {
        while let Some((at, job)) = take(jobs, &next) {
            let answer = job.evaluate(subject, deadline);
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = answers.get_mut(at) {
                *place = answer;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            let thread = std::thread::Builder::new().stack_size(stack_bytes + OWN_STACK_BYTES);
            // A thread that cannot be had costs time: this one does every job that is left.
            let _ = thread.spawn_scoped(scope, work);
        }
        work();
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn take<'a, 'p>(jobs: &'a [Job<'p>], next: &AtomicUsize) -> Option<(usize, &'a Job<'p>)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, jobs.get(at)?))
}
