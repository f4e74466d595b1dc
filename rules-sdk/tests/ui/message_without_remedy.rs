use kycuong_rules_sdk::prelude::*;

#[derive(Violation)]
#[violation(vi = "Tổng dự toán là {total}.", en = "The total is {total}.")]
struct Mismatch {
    total: Money,
}

fn main() {}
