use kycuong_rules_sdk::prelude::*;

#[derive(Violation)]
#[violation(
    vi = "Tổng dự toán là {sum}.",
    en = "The total is {sum}.",
    remedy_vi = "Sửa lại tổng.",
    remedy_en = "Correct the total."
)]
struct Mismatch {
    total: Money,
}

fn main() {}
