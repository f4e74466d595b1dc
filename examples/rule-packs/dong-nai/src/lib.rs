//! Quy tắc từ kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin của tỉnh Đồng Nai.
//!
//! - Văn bản: Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân
//!   dân tỉnh Đồng Nai (bài báo ngày 14/10/2019).
//! - Tính chất: kế hoạch.
//! - Thời gian: năm ngân sách 2019 và 2020; gói quy tắc này giữ hiệu lực mở vì được thành phố áp dụng tiếp.
//! - Địa bàn: Đồng Nai, trước và sau khi hợp nhất với Bình Phước (mã 75).
//!
//! Rules from Đồng Nai's plan for the IT target programme, 2019–2020.
//!
//! The plan's own years are over; the pack stays open because the city adopts it. Its area is Đồng Nai before
//! and after the merger with Bình Phước (code 75).

mod detailed_estimate_attached;
mod finance_opinion_present;
mod hire_option_analysed;

kycuong_rules_sdk::rule_pack! {
    id: "dong-nai",
    status: "historic",
    provinces: ["dong-nai", "dong-nai-2025"],
    title_vi: "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin tỉnh Đồng Nai",
    title_en: "Đồng Nai plan for the IT target programme",
    rules: [hire_option_analysed, detailed_estimate_attached, finance_opinion_present],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
