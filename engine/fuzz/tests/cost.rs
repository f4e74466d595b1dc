//! What loading a pack may cost, searched for a fixed number of steps, and counted: bytes that are allocated
//! on the way, of which the same pack takes the same on every machine. No time is compared.
//!
//! `costs.txt` keeps the dearest shapes that were found, by bytes here and by time by hand
//! (`examples/cost_search.rs`); each is tried again, and the search begins with them.

#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a test stops where it fails, and divides what it counts"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::RulePack;
use kycuong_engine::sandbox::Sandbox;
use kycuong_fuzz::cost::{Shape, climb};
use kycuong_test_packs::hostile_pack::Pack;

/// The system's allocator, with what is asked of it counted.
struct Counting;

static ALIVE: AtomicU64 = AtomicU64::new(0);
static MOST: AtomicU64 = AtomicU64::new(0);

#[expect(unsafe_code, reason = "GlobalAlloc is an unsafe trait")]
// SAFETY: every call is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = layout.size() as u64;
        let alive = ALIVE.fetch_add(size, Ordering::Relaxed).saturating_add(size);
        MOST.fetch_max(alive, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        ALIVE.fetch_sub(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes alive at most while a pack is loaded, for each MiB of its file, which is at least one: the promise
/// of SECURITY.md.
const ALIVE_PER_MIB_MAX: f64 = 300e6;
/// Steps of the search.
const STEPS: usize = 300;
const SEED: u32 = 20_261_130;

/// The shapes that were the dearest so far.
fn kept() -> Vec<Shape> {
    let lines = include_str!("../costs.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.parse().unwrap()).collect()
}

/// Bytes alive at most while the pack of a shape is loaded, for each MiB of its file; `None` when it is
/// refused.
fn alive(shape: &Shape, sandbox: &Sandbox) -> Option<f64> {
    let bytes = Pack::new(&shape.fields()?).bytes();
    let before = ALIVE.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let loaded = RulePack::load(sandbox, &bytes);
    let most = MOST.load(Ordering::Relaxed).saturating_sub(before);
    loaded.ok()?;
    let mebibytes = (bytes.len() as f64 / f64::from(1 << 20)).max(1.0);
    Some(most as f64 / mebibytes)
}

#[test]
fn no_admitted_pack_takes_more_memory_than_it_is_worth() {
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..Limits::default() }).unwrap();
    let cost = |shape: &Shape| {
        let cost = alive(shape, &sandbox)?;
        assert!(cost < ALIVE_PER_MIB_MAX, "{:.0} MB: {shape}", cost / 1e6);
        Some(cost)
    };
    let beginnings: Vec<_> = kept().into_iter().chain(Shape::beginnings()).collect();
    let found = climb(beginnings, STEPS, SEED, cost).unwrap();
    // That most of them were admitted, and some refused, is part of the test.
    assert!(found.admitted > found.tried / 4 && found.admitted < found.tried, "{found:?}");
    println!(
        "{} shapes, {} admitted; {:.0} MB: {}",
        found.tried,
        found.admitted,
        found.cost / 1e6,
        found.shape
    );
}
