//! What all threads count together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::judge::Problem;

/// Problems that are shown in full; further ones are counted.
const PROBLEMS_SHOWN: usize = 20;

#[derive(Debug, Default)]
pub struct Tally {
    pub started: AtomicU64,
    pub answered: AtomicU64,
    /// Answers whose every byte was compared.
    pub compared: AtomicU64,
    pub shadowed: AtomicU64,
    pub contained: AtomicU64,
    pub reloads: AtomicU64,
    pub rollbacks: AtomicU64,
    pub refused: AtomicU64,
    /// Packs with turned bits that were admitted and answered something, and those that were refused.
    pub turned_admitted: AtomicU64,
    pub turned_refused: AtomicU64,
    problems: Mutex<Vec<Problem>>,
    more_problems: AtomicU64,
}

/// One more of something.
pub fn count(what: &AtomicU64) {
    what.fetch_add(1, Ordering::SeqCst);
}

/// How many there are.
pub fn read(what: &AtomicU64) -> u64 {
    what.load(Ordering::SeqCst)
}

impl Tally {
    pub fn problem(&self, problem: Problem) {
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        if problems.len() < PROBLEMS_SHOWN {
            problems.push(problem);
        } else {
            count(&self.more_problems);
        }
    }

    pub fn problems(&self) -> Vec<Problem> {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn more_problems(&self) -> u64 {
        read(&self.more_problems)
    }
}
