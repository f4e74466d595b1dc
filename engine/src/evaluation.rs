//! Asking packs about one subject, on one thread or several. The answers do not depend on how many.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use kycuong_model::tape::Document;

use crate::facts::Prepared;
use crate::pack::{Evaluation, EvaluationRequest, RulePack};
use crate::report::Report;
use crate::sandbox::Deadline;

/// The stack of a thread besides what a pack may use of it.
const OWN_STACK_BYTES: usize = 1 << 20;

/// A report with what it took. The report does not say it: a count of fuel is no judgement, and holds
/// for one version of wasmtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What [`crate::Engine::check`] answers.
    pub report: Report,
    /// What each pack took that was asked anything, in the order of the report's outcomes.
    pub consumption: Vec<Consumption>,
}

/// What one pack took in one check. The same on every machine and in every configuration, except
/// where a pack runs out of stack: how deep that is depends on the machine's instruction set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumption {
    /// Its id.
    pub pack: String,
    /// Units of fuel of all its instances together.
    pub fuel_consumed: u64,
    /// The budget of asking all its rules at once, in units of fuel.
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

/// What one pack is asked.
pub(crate) struct Question<'a> {
    pub(crate) pack: &'a RulePack,
    /// The ids of the rules that must run.
    pub(crate) rules: Vec<String>,
    pub(crate) facts: Prepared,
    pub(crate) context: Prepared,
}

impl Question<'_> {
    /// `None` when there is nothing to ask.
    fn ask(&self, subject: Document<'_>, deadline: Deadline) -> Option<Evaluation> {
        if self.rules.is_empty() {
            return None;
        }
        let (facts, context) = (self.facts.document(), self.context.document());
        let request = EvaluationRequest { subject, facts, context, rules: &self.rules };
        Some(self.pack.evaluate_until(&request, deadline))
    }
}

/// The answers, one for each question, in the order of the questions.
pub(crate) fn ask_all(
    questions: &[Question<'_>],
    subject: Document<'_>,
    threads: NonZeroUsize,
    stack_bytes: usize,
    deadline: Deadline,
) -> Vec<Option<Evaluation>> {
    let busy = questions.iter().filter(|question| !question.rules.is_empty()).count();
    let helpers = threads.get().min(busy).saturating_sub(1);
    if helpers == 0 {
        return questions.iter().map(|question| question.ask(subject, deadline)).collect();
    }
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![None; questions.len()]);
    let work = || {
        while let Some((at, question)) = take(questions, &next) {
            let answer = question.ask(subject, deadline);
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = answers.get_mut(at) {
                *place = answer;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            let thread = std::thread::Builder::new().stack_size(stack_bytes + OWN_STACK_BYTES);
            // A thread that cannot be had costs time: this one asks every question that is left.
            let _ = thread.spawn_scoped(scope, work);
        }
        work();
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn take<'a, 'p>(
    questions: &'a [Question<'p>],
    next: &AtomicUsize,
) -> Option<(usize, &'a Question<'p>)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, questions.get(at)?))
}
