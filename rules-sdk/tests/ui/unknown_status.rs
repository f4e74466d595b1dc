kycuong_rules_sdk::rule_pack! {
    id: "thu",
    status: "old",
    provinces: ["VN"],
    title_vi: "Thử",
    title_en: "Trial",
    rules: [total_missing],
}

fn main() {}
