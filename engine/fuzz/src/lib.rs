//! What a fuzzer calls: one function for each kind of bytes that strangers hand to the host.
//!
//! Each takes any bytes and panics where the host breaks a promise: not only by a panic of its own,
//! but by a refusal without words, a place outside the text, a count over its limit, or another answer
//! to the same question. The binaries of `fuzz_targets` hand them to libFuzzer; `tests/corpus.rs`
//! replays every file of `corpus`.

pub mod admission;
pub mod answer;
pub mod cost;
pub mod deployment;
pub mod intake;
pub mod rendering;
pub mod signatures;
pub mod trust_file;
pub mod typed;

pub mod mutate;

pub mod installed;
mod words;

/// Whether an input is among the eighth of all that is asked everything, also what doubles the time. It
/// depends on the input alone, so what breaks once breaks again.
fn is_sampled(bytes: &[u8]) -> bool {
    let sum = bytes.iter().fold(0_u8, |sum, byte| sum.rotate_left(3) ^ byte);
    sum % 8 == 0
}
