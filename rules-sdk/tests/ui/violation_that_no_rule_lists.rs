#![deny(dead_code)]
use kycuong_rules_sdk::prelude::*;

#[derive(Violation)]
#[violation(vi = "Không có tổng.", en = "There is no total.", remedy_vi = "Ghi tổng.", remedy_en = "State the total.")]
struct NoTotal;

fn main() {
    let _ = NoTotal;
}
