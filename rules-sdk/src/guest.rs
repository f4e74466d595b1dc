//! The side of a pack that the host calls. Only this file knows the component ABI.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

use kycuong_model::manifest::{PANIC_BYTES_MAX, PANIC_MARK};
use kycuong_model::tape::Document;

use crate::input::Input;
use crate::pack::Pack;

#[doc(hidden)]
mod bindings {
    wit_bindgen::generate!({
        path: "wit",
        world: "rule-pack",
        pub_export_macro: true,
        default_bindings_module: "::kycuong_rules_sdk::guest",
        runtime_path: "::kycuong_rules_sdk::guest::runtime",
    });
}

pub use bindings::*;

/// What the generated code calls at run time.
#[doc(hidden)]
pub mod runtime {
    pub use wit_bindgen::rt::*;
}

/// Runs the rules of a request and words the answer as JSON.
///
/// # Errors
/// A sentence about a request that this pack cannot answer.
pub fn evaluate(
    pack: &Pack,
    request: &exports::kycuong::rules::pack::Request,
) -> Result<String, String> {
    keep_last_words();
    let input = Input::new(
        Document::new(&request.subject.text, &request.subject.nodes),
        Document::new(&request.facts.text, &request.facts.nodes),
        Document::new(&request.context.text, &request.context.nodes),
    );
    let response = pack.evaluate(&input, &request.rules)?;
    serde_json::to_string(&response).map_err(|error| error.to_string())
}

/// Where the words of a panic stand when the instance has trapped: behind a mark, up to a zero byte.
#[used]
static LAST_WORDS: [AtomicU8; PANIC_MARK.len() + PANIC_BYTES_MAX + 1] =
    [const { AtomicU8::new(0) }; PANIC_MARK.len() + PANIC_BYTES_MAX + 1];

/// Lets a panic leave its place and its words where the host finds them.
fn keep_last_words() {
    std::panic::set_hook(Box::new(|panic| {
        let words = panic.to_string();
        let note = PANIC_MARK.bytes().chain(words.bytes().take(PANIC_BYTES_MAX)).chain([0]);
        for (place, byte) in LAST_WORDS.iter().zip(note) {
            place.store(byte, Ordering::Relaxed);
        }
    }));
}

/// Exports a pack; used by `rule_pack!`.
#[macro_export]
macro_rules! export_pack {
    ($pack:expr) => {
        #[doc(hidden)]
        struct Exported;

        impl $crate::guest::exports::kycuong::rules::pack::Guest for Exported {
            fn manifest() -> String {
                $pack.manifest.to_owned()
            }

            fn evaluate(request: $crate::guest::exports::kycuong::rules::pack::Request) -> Result<String, String> {
                $crate::guest::evaluate(&$pack, &request)
            }
        }

        $crate::guest::export!(Exported with_types_in $crate::guest);

        #[global_allocator]
        static ALLOCATOR: $crate::guest::Bump = $crate::guest::Bump::new();
    };
}

/// An allocator that never gives back: an instance lives for one evaluation.
///
/// Measured: with it a fresh instance costs as much as a reused one with a general allocator.
#[derive(Debug)]
pub struct Bump {
    next: Cell<usize>,
    end: Cell<usize>,
}

// SAFETY: packs are compiled without threads; there is only one.
#[expect(unsafe_code, reason = "a wasm instance without threads has one thread")]
unsafe impl Sync for Bump {}

const PAGE_BYTES: usize = 65_536;

impl Bump {
    /// Starts empty; the first allocation asks for pages.
    pub const fn new() -> Self {
        Self { next: Cell::new(0), end: Cell::new(0) }
    }
}

impl Default for Bump {
    fn default() -> Self {
        Self::new()
    }
}

#[expect(unsafe_code, reason = "GlobalAlloc is an unsafe trait")]
// SAFETY: every block is fresh, aligned and inside memory that was grown for it or that lies between
// the linker's heap base and the initial end of memory; nothing is handed out twice, except that the
// last block may grow in place.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if self.end.get() == 0 {
            unsafe extern "C" {
                static __heap_base: u8;
            }
            self.next.set(&raw const __heap_base as usize);
            self.end.set(core::arch::wasm32::memory_size(0) * PAGE_BYTES);
        }
        let start = (self.next.get() + layout.align() - 1) & !(layout.align() - 1);
        let Some(end) = start.checked_add(layout.size()) else { return core::ptr::null_mut() };
        if end > self.end.get() {
            // Sixteen pages at a time: growing costs a call to the host.
            let pages = (end - self.end.get()).div_ceil(PAGE_BYTES).max(16);
            if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
                return core::ptr::null_mut();
            }
            self.end.set(self.end.get() + pages * PAGE_BYTES);
        }
        self.next.set(end);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = block as usize;
        if size <= layout.size() {
            return block;
        }
        if start + layout.size() == self.next.get() && start + size <= self.end.get() {
            self.next.set(start + size);
            return block;
        }
        // SAFETY: the new block is larger than the old one and does not overlap it.
        unsafe {
            let fresh = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !fresh.is_null() {
                core::ptr::copy_nonoverlapping(block, fresh, layout.size());
            }
            fresh
        }
    }
}
