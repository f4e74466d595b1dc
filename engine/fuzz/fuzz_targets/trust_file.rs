//! libFuzzer's binary for [`kycuong_fuzz::trust_file`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kycuong_fuzz::trust_file::run(bytes));
