use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
struct ShareParameters {
    /// Tỷ lệ tối thiểu.
    #[parameter(default = "0.5", min = "1", max = "10")]
    minimum_share: Percent,
}

fn main() {}
