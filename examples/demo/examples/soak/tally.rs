//! What all threads count together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::judge::Fault;

/// Faults that are told in full; further ones are counted.
const FAULTS_TOLD: usize = 20;

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
    faults: Mutex<Vec<Fault>>,
    more_faults: AtomicU64,
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
    pub fn fault(&self, fault: Fault) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        if faults.len() < FAULTS_TOLD {
            faults.push(fault);
        } else {
            count(&self.more_faults);
        }
    }

    pub fn faults(&self) -> Vec<Fault> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn more_faults(&self) -> u64 {
        read(&self.more_faults)
    }
}
