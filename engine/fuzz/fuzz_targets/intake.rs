//! libFuzzer's binary for [`kycuong_fuzz::intake`].

#![no_main]

use kycuong_fuzz::mutate;
use libfuzzer_sys::fuzzer_mutate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kycuong_fuzz::intake::run(bytes));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::json::any(data, size, max_size, seed, fuzzer_mutate)
});
