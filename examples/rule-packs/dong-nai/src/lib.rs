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

mod allocated_but_idle;
mod commune_rollout_declared;
mod dependency_cycles;
mod detailed_estimate_attached;
mod double_funding_check;
mod finance_opinion_present;
mod funded_period;
mod funding_diversity_disclosed;
mod it_staff_assigned;
mod lease_option_analysed;
mod portfolio_roadmap_present;
mod program_code_match;
mod public_investment_plan_listed;
mod report_response_overdue;
mod shared_codes;
mod training_provision_present;
mod unit_it_budget_present;

kycuong_rules_sdk::rule_pack! {
    id: "dong-nai",
    status: "historic",
    provinces: ["dong-nai", "dong-nai-2025"],
    title_vi: "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin tỉnh Đồng Nai",
    title_en: "Đồng Nai plan for the IT target programme",
    source_vi: "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai",
    source_en: "Đồng Nai's plan for the IT target programme, 2019-2020",
    rules: [
        unit_it_budget_present,
        allocated_but_idle,
        lease_option_analysed,
        detailed_estimate_attached,
        public_investment_plan_listed,
        double_funding_check,
        finance_opinion_present,
        it_staff_assigned,
        report_response_overdue,
        portfolio_roadmap_present,
        commune_rollout_declared,
        training_provision_present,
        program_code_match,
        funding_diversity_disclosed,
    ],
    unverifiable: [
        {
            quote: "phải có quyết tâm cao, đi đầu trong việc sử dụng CNTT",
            reason_vi: "Quyết tâm và sự gương mẫu của người lãnh đạo là thái độ, không thể hiện bằng số liệu trong hồ sơ.",
            reason_en: "A leader's resolve and example are an attitude; no datum of a submission shows them.",
        },
        {
            quote: "Tham mưu kịp thời cho uỷ ban nhân dân tỉnh Đồng Nai các cơ chế, chính sách",
            reason_vi: "Tham mưu cơ chế, chính sách là công việc xây dựng văn bản, không thuộc hồ sơ nhiệm vụ, dự án.",
            reason_en: "Advising on policy is the drafting of instruments, not part of a project's dossier.",
        },
        {
            quote: "Tăng cường công tác tuyên truyền",
            reason_vi: "Tuyên truyền, đào tạo công dân điện tử là hoạt động thường xuyên, chỉ xét được khi chính hoạt động đó là nội dung của hồ sơ.",
            reason_en: "Outreach and the training of citizens are continuing activities, judged only when they are the dossier themselves.",
        },
        {
            quote: "đưa kết quả đánh giá mức độ ứng dụng công nghệ thông tin trong các cơ quan nhà nước vào hệ thống tiêu chí đánh giá công vụ; Thi đua, khen thưởng",
            reason_vi: "Đánh giá công vụ, thi đua, khen thưởng là quyết định nhân sự; máy chỉ cung cấp số liệu.",
            reason_en: "Appraising officials and commending them are personnel decisions; a machine only supplies data.",
        },
        {
            quote: "giao lưu, học hỏi những kinh nghiệm hay",
            reason_vi: "Phối hợp chặt chẽ, trao đổi kinh nghiệm là cách làm việc, không có căn cứ để đối chiếu tại thời điểm trình.",
            reason_en: "Working closely together and exchanging experience is a manner of working, with nothing to compare at submission.",
        },
        {
            quote: "huy động tối đa",
            reason_vi: "Không có mức tối đa nào để so sánh; quy tắc về nguồn ngoài ngân sách chỉ nêu tỷ lệ đã khai.",
            reason_en: "There is no maximum to compare with; the rule on non-budget money only discloses the share declared.",
        },
        {
            quote: "đúc rút kinh nghiệm và đề ra phương hướng",
            reason_vi: "Chất lượng của phần tổng kết, phương hướng do người đọc đánh giá.",
            reason_en: "The quality of lessons and directions is for the reader to judge.",
        },
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
