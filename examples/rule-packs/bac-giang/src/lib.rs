//! Quy tắc từ kế hoạch chuyển đổi số của tỉnh Bắc Giang.
//!
//! Rules from Bắc Giang's digital transformation plan.

mod min_it_share_of_recurrent;

kycuong_rules_sdk::rule_pack! {
    id: "bac-giang",
    provinces: ["bac-giang"],
    title_vi: "Kế hoạch chuyển đổi số tỉnh Bắc Giang",
    title_en: "Bắc Giang digital transformation plan",
    rules: [min_it_share_of_recurrent],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
