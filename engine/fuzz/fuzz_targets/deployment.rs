//! libFuzzer's binary for [`kycuong_fuzz::deployment`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kycuong_fuzz::deployment::run(bytes));
