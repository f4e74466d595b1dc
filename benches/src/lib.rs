//! What the benches share: dossiers of 20, 200 and 2 000 cost lines, and the packs.

use kycuong_demo::{build_packs, dossiers};
use kycuong_pack_builder::BuiltPack;
use serde_json::Value;

/// The sizes of MEASURED's plan, in cost lines.
pub const SIZES: [usize; 3] = [20, 200, 2_000];

/// A dossier with this many cost lines, as compact JSON: the first sample, its lines repeated.
///
/// # Panics
/// When the sample is not there.
#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench stops when its input is not there"
)]
pub fn dossier(lines: usize) -> Vec<u8> {
    let sample = dossiers().expect("the samples are readable").swap_remove(0);
    let text = std::fs::read(sample.path).expect("the sample is readable");
    let mut dossier: Value = serde_json::from_slice(&text).expect("the sample is JSON");
    let costs = dossier["costs"]["lines"].as_array_mut().expect("the sample has lines");
    let originals = costs.clone();
    *costs = (0..lines)
        .map(|number| {
            let mut line = originals[number % originals.len()].clone();
            line["id"] = Value::String(format!("l{}", number + 1));
            line
        })
        .collect();
    serde_json::to_vec(&dossier).expect("a value is JSON")
}

/// The six packs, built once.
///
/// # Panics
/// When they do not build.
#[expect(clippy::expect_used, reason = "a bench stops when its packs are not there")]
pub fn packs() -> Vec<BuiltPack> {
    build_packs(|_| ()).expect("the packs build")
}
