//! Quy tắc từ kế hoạch chuyển đổi số của tỉnh Bắc Giang.
//!
//! - Văn bản: Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030.
//! - Tính chất: kế hoạch.
//! - Thời gian: năm ngân sách 2021 đến 2025, định hướng đến năm 2030. Mức 2% chỉ bắt buộc trong các năm của kế
//!   hoạch; sau năm 2025 là khuyến nghị, trừ khi cấp có thẩm quyền quyết định áp dụng tiếp.
//! - Địa bàn: tỉnh Bắc Giang trước ngày 01/7/2025 (mã 24 khi đó), nay thuộc thành phố Bắc Ninh (mã 24).
//!
//! Rules from Bắc Giang's digital transformation plan.
//!
//! The 2% binds in the plan's years, 2021–2025, and is advice afterwards unless adopted. Its area is Bắc Giang as
//! it was until 30 June 2025, now part of Bắc Ninh.

mod annual_plan_integration;
mod bound_units;
mod data_reuse_declared;
mod eligible_lines_only;
mod min_it_share_of_recurrent;
mod periodic_report_due;
mod pillar_classified;
mod shared_infrastructure_first;
mod shared_platform_first;
mod shared_platforms;

kycuong_rules_sdk::rule_pack! {
    id: "bac-giang",
    status: "historic",
    provinces: ["bac-giang"],
    title_vi: "Kế hoạch chuyển đổi số tỉnh Bắc Giang",
    title_en: "Bắc Giang digital transformation plan",
    source_vi: "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030",
    source_en: "Bắc Giang's digital transformation plan for 2021-2025, with a view to 2030",
    rules: [
        min_it_share_of_recurrent,
        eligible_lines_only,
        shared_platform_first,
        shared_infrastructure_first,
        annual_plan_integration,
        pillar_classified,
        data_reuse_declared,
        periodic_report_due,
    ],
    unverifiable: [
        {
            quote: "Đẩy mạnh công tác tuyên truyền, nâng cao nhận thức",
            reason_vi: "Tuyên truyền là hoạt động thường xuyên, không để lại số liệu nào trong hồ sơ trình.",
            reason_en: "Outreach is a continuing activity and leaves no datum in a submission.",
        },
        {
            quote: "Lấy kết quả lãnh đạo, chỉ đạo",
            reason_vi: "Đánh giá trách nhiệm của người đứng đầu là quyết định nhân sự của cấp có thẩm quyền.",
            reason_en: "Judging the responsibility of a head is a personnel decision.",
        },
        {
            quote: "Các hiệp hội, hội, doanh nghiệp",
            reason_vi: "Đối tượng thực hiện nằm ngoài cơ quan nhà nước, không nộp hồ sơ.",
            reason_en: "The addressees are outside government and submit no dossier.",
        },
        {
            quote: "phát triển kinh tế số, cung cấp các dịch vụ số phục vụ người dân",
            reason_vi: "Mục tiêu chính sách, không có ngưỡng để đối chiếu tại thời điểm trình.",
            reason_en: "A policy goal without a threshold to compare with at submission.",
        },
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
