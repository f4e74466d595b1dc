//! What one instance takes: refuses growth beyond the limits and remembers that it did.

use wasmtime::{Error, ResourceLimiter};

use super::{Deadline, fuel};
use crate::limits::Limits;

/// The state of one store. A refused growth is remembered, because all that a guest makes of it is
/// a panic like any other.
#[derive(Debug)]
pub(super) struct Meter {
    memory_bytes_max: usize,
    memory_bytes: usize,
    table_elements_max: usize,
    /// Units of fuel that memory may take beside the code, and those that it took.
    fuel: u64,
    fuel_of_memory: u64,
    /// When the instance must be done.
    pub(super) deadline: Deadline,
    /// What was refused last.
    pub(super) refused: Option<Refused>,
}

/// A growth that was refused.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refused {
    Memory {
        wanted: usize,
        limit: usize,
    },
    Table {
        wanted: usize,
        limit: usize,
    },
    /// There is no fuel left for more memory.
    Fuel,
}

impl Meter {
    pub(super) fn new(limits: &Limits, fuel: u64, deadline: Deadline) -> Self {
        Self {
            memory_bytes_max: limits.memory_bytes_max,
            memory_bytes: 0,
            table_elements_max: limits.table_elements_max,
            fuel,
            fuel_of_memory: 0,
            deadline,
            refused: None,
        }
    }

    /// Units of fuel that its memory took and that were not taken from the store's.
    pub(super) fn fuel_of_growth(&self) -> u64 {
        self.fuel_of_memory
    }

    /// The same, when whoever asks takes them from the store's fuel.
    pub(super) fn take_fuel_of_memory(&mut self) -> u64 {
        let units = std::mem::take(&mut self.fuel_of_memory);
        self.fuel = self.fuel.saturating_sub(units);
        units
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        let all = self.memory_bytes.saturating_add(desired.saturating_sub(current));
        let limit =
            maximum.map_or(self.memory_bytes_max, |maximum| maximum.min(self.memory_bytes_max));
        let allowed = all <= self.memory_bytes_max && desired <= limit;
        if allowed {
            let units = fuel::of_memory(desired.saturating_sub(current));
            let units = self.fuel_of_memory.saturating_add(units);
            if units > self.fuel {
                self.refused = Some(Refused::Fuel);
                return Err(Error::msg("no fuel is left for more memory"));
            }
            self.fuel_of_memory = units;
            self.memory_bytes = all;
        } else {
            self.refused = Some(Refused::Memory { wanted: all.max(desired), limit });
        }
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        let limit =
            maximum.map_or(self.table_elements_max, |maximum| maximum.min(self.table_elements_max));
        if desired > limit {
            self.refused = Some(Refused::Table { wanted: desired, limit });
        }
        Ok(desired <= limit)
    }
}
