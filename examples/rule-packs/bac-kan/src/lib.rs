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
mod carry_over_justified;
mod core_system_identified;
mod current_state_survey_present;
mod developed_software;
mod duplicate_system_check;
mod effectiveness_indicators_present;
mod effectiveness_report_required;
mod late_project_without_report;
mod ministry_opinion_sought;
mod modern_platform_alignment;
mod months;
mod necessity_with_legal_basis;
mod no_package_splitting;
mod no_standalone_silo;
mod notify_it_department;
mod owner_accountability_statement;
mod post_approval_review;
mod procurement_sequence;
mod rescope_or_stop_decision;
mod reuse_analysis_required;
mod sector_statistics_output;
mod sizing_justified;
mod suspension_candidates;

kycuong_rules_sdk::rule_pack! {
    id: "bac-kan",
    status: "historic",
    provinces: ["bac-kan"],
    title_vi: "Rà soát, bảo đảm hiệu quả nhiệm vụ, dự án chuyển đổi số tại tỉnh Bắc Kạn",
    title_en: "Bắc Kạn directive on the effectiveness of digital transformation projects",
    source_vi: "Công văn số 8826/UBND-VXNV ngày 28/12/2023 của Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn",
    source_en: "Official letter 8826/UBND-VXNV of 28 December 2023 of the Chairman of Bắc Kạn's People's Committee",
    rules: [
        effectiveness_report_required,
        necessity_with_legal_basis,
        current_state_survey_present,
        procurement_sequence,
        no_package_splitting,
        ministry_opinion_sought,
        duplicate_system_check,
        owner_accountability_statement,
        effectiveness_indicators_present,
        core_system_identified,
        built_on_core_system,
        reuse_analysis_required,
        no_standalone_silo,
        sector_statistics_output,
        post_approval_review,
        sizing_justified,
        modern_platform_alignment,
        carry_over_justified,
        rescope_or_stop_decision,
        notify_it_department,
        suspension_candidates,
        late_project_without_report,
    ],
    unverifiable: [
        {
            quote: "chuyển đổi số là lĩnh vực mới, khó, nhạy cảm",
            reason_vi: "Câu nêu lý do ban hành, không đặt ra nghĩa vụ nào để đối chiếu.",
            reason_en: "The sentence gives a motive; it sets no duty to compare with.",
        },
        {
            quote: "bám sát thực tiễn",
            reason_vi: "Sự phù hợp với thực tiễn của đơn vị cần người hiểu đơn vị xem xét; máy chỉ thấy hồ sơ có số liệu khảo sát hay không.",
            reason_en: "Whether a task fits the unit needs somebody who knows it; a machine only sees whether there is a survey.",
        },
        {
            quote: "phù hợp định hướng của Bộ/ngành",
            reason_vi: "Bộ, ngành chủ quản trả lời bằng văn bản; máy chỉ thấy văn bản ấy có hay không.",
            reason_en: "The ministry's letter decides it; a machine only sees whether there is a letter.",
        },
        {
            quote: "gây khó khăn, phức tạp cho người sử dụng",
            reason_vi: "Mức độ dễ sử dụng chỉ đánh giá được khi hệ thống đã vận hành.",
            reason_en: "How easy a system is to use shows only when it runs.",
        },
        {
            quote: "thường xuyên theo dõi, kiểm tra, giám sát, đôn đốc, hướng dẫn và hỗ trợ",
            reason_vi: "Nhiệm vụ thường xuyên của đơn vị chuyên trách, không để lại số liệu nào trong hồ sơ trình.",
            reason_en: "A continuing service of the specialist unit; it leaves no datum in a submission.",
        },
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
