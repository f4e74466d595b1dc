//! Where rule packs run: compiled once, a fresh instance for every evaluation, everything bounded.
//!
//! This module and those below it are the only ones that name wasmtime. Nothing here judges: what
//! an answer means is for `evaluation/answer.rs` to say, what comes of it the report's.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use kycuong_report::Crash;
use sha2::{Digest, Sha256};
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig,
    WasmBacktraceDetails, WasmFeatures,
};

use crate::cache::CodeCache;
use crate::error::LoadError;
use crate::limits::{IMAGE_BYTES_MAX, Limits, MEMORIES_PER_PACK, TABLES_PER_PACK};

mod compiled;
mod deadline;
mod fuel;
mod guest;
mod last_words;
mod meter;

pub use deadline::Deadline;
pub(crate) use guest::{Guest, Run};

/// The wasmtime that this host is built with. Fuel counts hold for one version of it.
pub const WASMTIME_VERSION: &str = "48.0.8";

/// Core instances of one component: the pack's own and its adapters'.
const CORE_INSTANCES_PER_PACK: u32 = 16;
/// What an instance keeps of its memory for the next one: what a dossier of 200 lines touches. 256
/// KiB is too little; without the scan of the page map, more would be wiped than was written.
const MEMORY_KEEP_RESIDENT: usize = 4 << 20;
/// The same for its tables.
const TABLE_KEEP_RESIDENT: usize = 64 << 10;
/// Functions named when a pack traps.
const TRAP_FUNCTIONS_MAX: usize = 12;
/// The virtual memory that the allocator reserves for one instance: 4 GiB and guards.
const RESERVED_GIB_PER_INSTANCE: u64 = 5;

/// The sandbox of one host: compiler, allocator and limits. A clone shares all of them.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

struct Shared {
    engine: Engine,
    limits: Limits,
    cache: Option<CodeCache>,
    gate: Gate,
    /// Whether the epoch moves: since the first deadline.
    ticking: Mutex<bool>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("limits", &self.shared.limits).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Sets up a sandbox that compiles every pack it loads.
    ///
    /// # Errors
    ///
    /// [`LoadError::Sandbox`] when the address space for the instances cannot be reserved.
    pub fn new(limits: &Limits) -> Result<Self, LoadError> {
        Self::with_cache(limits, None)
    }

    /// Sets up a sandbox that keeps compiled packs on disk, when a cache is given.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::new`].
    pub fn with_cache(limits: &Limits, cache: Option<CodeCache>) -> Result<Self, LoadError> {
        let instances = limits.instances_max.max(1);
        let engine =
            Engine::new(&config(limits, instances)).map_err(|error| LoadError::Sandbox {
                instances,
                gib: u64::from(instances) * RESERVED_GIB_PER_INSTANCE,
                source: error.into_boxed_dyn_error(),
            })?;
        let gate = Gate { free: Mutex::new(instances), freed: Condvar::new() };
        let (limits, ticking) = (limits.clone(), Mutex::new(false));
        Ok(Self { shared: Arc::new(Shared { engine, limits, cache, gate, ticking }) })
    }

    /// The limits that packs are loaded and run within.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    fn engine(&self) -> &Engine {
        &self.shared.engine
    }

    fn cache(&self) -> Option<&CodeCache> {
        self.shared.cache.as_ref()
    }

    /// Waits for a free instance: the pool is never asked for more than it has, so a busy server is
    /// slow and never a rule's crash. With a deadline that has begun it waits no longer than that: whoever comes
    /// later may be served first.
    fn enter(&self, deadline: Deadline) -> Result<Permit<'_>, Crash> {
        let gate = &self.shared.gate;
        let mut free = gate.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = match deadline.left()? {
                None => gate.freed.wait(free).unwrap_or_else(PoisonError::into_inner),
                Some(left) => {
                    let woken = gate.freed.wait_timeout(free, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        *free -= 1;
        Ok(Permit { gate })
    }

    /// Has the epoch move from now on, so that a deadline is met.
    fn tick(&self) -> Result<(), Crash> {
        let mut ticking = self.shared.ticking.lock().unwrap_or_else(PoisonError::into_inner);
        if !*ticking {
            deadline::tick(&self.shared.engine)
                .map_err(|error| Crash::HostFailed { detail: error.to_string() })?;
            *ticking = true;
        }
        Ok(())
    }

    /// What compiled code depends on besides the pack: compiler, its version and settings (the costs of
    /// operators among them), machine.
    fn code_key(&self, pack_digest: &str) -> [u8; 32] {
        let mut key = KeyHasher(Sha256::new());
        key.0.update(pack_digest.as_bytes());
        self.shared.engine.precompile_compatibility_hash().hash(&mut key);
        key.0.finalize().into()
    }
}

struct Gate {
    free: Mutex<u32>,
    freed: Condvar,
}

struct Permit<'a> {
    gate: &'a Gate,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.gate.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.gate.freed.notify_one();
    }
}

/// Feeds what wants to be hashed to SHA-256: the standard hasher's 64 bits are too few for a name.
struct KeyHasher(Sha256);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

fn config(limits: &Limits, instances: u32) -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances)
        .total_core_instances(instances.saturating_mul(CORE_INSTANCES_PER_PACK))
        .total_memories(instances.saturating_mul(MEMORIES_PER_PACK))
        .total_tables(instances.saturating_mul(TABLES_PER_PACK))
        .max_core_instances_per_component(CORE_INSTANCES_PER_PACK)
        .max_memories_per_component(MEMORIES_PER_PACK)
        .max_tables_per_component(TABLES_PER_PACK)
        .max_memories_per_module(MEMORIES_PER_PACK)
        .max_tables_per_module(TABLES_PER_PACK)
        .max_memory_size(limits.memory_bytes_max)
        .table_elements(limits.table_elements_max)
        .linear_memory_keep_resident(MEMORY_KEEP_RESIDENT)
        .table_keep_resident(TABLE_KEEP_RESIDENT)
        .pagemap_scan(Enabled::Auto);

    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        // Fuel and not a clock: a verdict must not depend on how busy the server is.
        .consume_fuel(true)
        .operator_cost(fuel::operator_cost())
        // What admission takes for laid out in advance is.
        .memory_guaranteed_dense_image_size(IMAGE_BYTES_MAX)
        // Always, so that a pack has one code and one count of fuel, with a deadline or without.
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .max_wasm_stack(limits.stack_bytes_max)
        .async_stack_size(limits.stack_bytes_max.max(2 << 20))
        .concurrency_support(false)
        // What a panic left in memory is looked for there.
        .coredump_on_trap(true)
        // The default reads the environment.
        .wasm_backtrace_details(WasmBacktraceDetails::Disable)
        .wasm_backtrace_max_frames(std::num::NonZeroUsize::new(TRAP_FUNCTIONS_MAX));
    // Admission refuses these before; the compiler refuses them again.
    for refused in [
        WasmFeatures::EXTENDED_CONST,
        WasmFeatures::RELAXED_SIMD,
        WasmFeatures::MEMORY64,
        WasmFeatures::MULTI_MEMORY,
        WasmFeatures::TAIL_CALL,
        WasmFeatures::FUNCTION_REFERENCES,
        WasmFeatures::GC,
        WasmFeatures::GC_TYPES,
        WasmFeatures::EXCEPTIONS,
        WasmFeatures::THREADS,
        WasmFeatures::CM_ASYNC,
    ] {
        config.wasm_features(refused, false);
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_recorded_is_the_one_built_with() {
        let locked = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
        let locked = std::fs::read_to_string(locked).unwrap();
        assert!(
            locked.contains(&format!("name = \"wasmtime\"\nversion = \"{WASMTIME_VERSION}\"\n"))
        );
    }
}
