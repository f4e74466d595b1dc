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
mod standards_list_present;

kycuong_rules_sdk::rule_pack! {
    id: "quang-ngai",
    status: "historic",
    provinces: ["quang-ngai", "quang-ngai-2025"],
    title_vi: "Tăng cường ứng dụng công nghệ thông tin và sử dụng văn bản điện tử tỉnh Quảng Ngãi",
    title_en: "Quảng Ngãi decision on IT and electronic documents",
    rules: [standards_list_present, electronic_document_required, head_accountable_named],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
