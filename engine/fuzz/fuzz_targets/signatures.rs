//! libFuzzer's binary for [`kycuong_fuzz::signatures`].

#![no_main]

use kycuong_fuzz::mutate;
use libfuzzer_sys::fuzzer_mutate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kycuong_fuzz::signatures::run(bytes));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::sections::mutate(data, size, max_size, seed, fuzzer_mutate)
});
