//! Quy tắc từ chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn về các nhiệm vụ, dự án chuyển đổi số.
//!
//! - Văn bản: Công văn số 8826/UBND-VXNV ngày 28/12/2023.
//! - Tính chất: văn bản chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh.
//! - Thời gian: từ ngày 28/12/2023, không ghi ngày kết thúc.
//! - Địa bàn: tỉnh Bắc Kạn trước ngày 01/7/2025 (mã 06), nay thuộc tỉnh Thái Nguyên (mã 19).
//!
//! Rules from the Bắc Kạn chairman's directive on digital transformation projects.
//!
//! Its area is Bắc Kạn as it was until 30 June 2025 (code 06), now part of Thái Nguyên (code 19).

mod built_on_core_system;
mod core_system_identified;
mod developed_software;
mod ministry_opinion_sought;
mod necessity_with_legal_basis;
mod no_package_splitting;
mod notify_it_department;
mod procurement_sequence;

kycuong_rules_sdk::rule_pack! {
    id: "bac-kan",
    status: "historic",
    provinces: ["bac-kan"],
    title_vi: "Rà soát, bảo đảm hiệu quả nhiệm vụ, dự án chuyển đổi số tại tỉnh Bắc Kạn",
    title_en: "Bắc Kạn directive on the effectiveness of digital transformation projects",
    rules: [
        necessity_with_legal_basis,
        procurement_sequence,
        no_package_splitting,
        ministry_opinion_sought,
        core_system_identified,
        built_on_core_system,
        notify_it_department,
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
