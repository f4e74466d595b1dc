//! libFuzzer's binary for [`kycuong_fuzz::rendering`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kycuong_fuzz::rendering::run(bytes));
