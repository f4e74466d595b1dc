//! Quy tắc từ quyết định tăng cường ứng dụng công nghệ thông tin và sử dụng văn bản điện tử tỉnh Quảng Ngãi.
//!
//! - Văn bản: Quyết định số 42/2012/QĐ-UBND ngày 20/11/2012 của Ủy ban nhân dân tỉnh, thực hiện Chỉ thị số
//!   15/CT-TTg ngày 22/5/2012 của Thủ tướng Chính phủ.
//! - Tính chất: quyết định quy phạm pháp luật.
//! - Thời gian: từ ngày 30/11/2012 (10 ngày sau khi ban hành, chưa kiểm chứng); chưa rõ ngày hết hiệu lực.
//! - Địa bàn: tỉnh Quảng Ngãi, trước và sau khi hợp nhất với Kon Tum (mã 51).
//!
//! Rules from Quảng Ngãi's decision on IT and electronic documents.
//!
//! A normative decision of 2012 whose end is unknown. Its area is Quảng Ngãi before and after the merger with
//! Kon Tum (code 51).

mod electronic_document_required;
mod head_accountable_named;
mod it_budget_not_decreasing;
mod non_budget_funding_disclosed;
mod public_information_duty;
mod readiness_rank_context;
mod standards_list_present;

kycuong_rules_sdk::rule_pack! {
    id: "quang-ngai",
    status: "historic",
    provinces: ["quang-ngai", "quang-ngai-2025"],
    title_vi: "Tăng cường ứng dụng công nghệ thông tin và sử dụng văn bản điện tử tỉnh Quảng Ngãi",
    title_en: "Quảng Ngãi decision on IT and electronic documents",
    source_vi: "Quyết định số 42/2012/QĐ-UBND ngày 20/11/2012 của Ủy ban nhân dân tỉnh Quảng Ngãi",
    source_en: "Decision 42/2012/QĐ-UBND of 2012-11-20 of the People's Committee of Quảng Ngãi",
    rules: [
        standards_list_present,
        electronic_document_required,
        head_accountable_named,
        it_budget_not_decreasing,
        non_budget_funding_disclosed,
        public_information_duty,
        readiness_rank_context,
    ],
    unverifiable: [
        {
            quote: "phát triển và xây dựng nguồn nhân lực CNTT",
            reason_vi: "Công tác tổ chức cán bộ, không nằm trong hồ sơ trình.",
            reason_en: "Personnel work, which no submission shows.",
        },
        {
            quote: "phải trực tiếp chỉ đạo",
            reason_vi: "Việc chỉ đạo trực tiếp không thấy được từ hồ sơ; quy tắc R11, R64 chỉ thấy tên và chữ ký.",
            reason_en: "The act of directing is not visible; rules R11 and R64 only see name and signature.",
        },
        {
            quote: "thi đua, khen thưởng",
            reason_vi: "Thi đua, khen thưởng do người đánh giá; quy tắc R68 chỉ nêu thứ hạng đã công bố.",
            reason_en: "Commendation is an evaluation by people; rule R68 only shows the published rank.",
        },
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
