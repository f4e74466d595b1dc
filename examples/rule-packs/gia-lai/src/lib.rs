//! Quy tắc từ văn bản nhắc nhở của ngành Thông tin và Truyền thông tại tỉnh Gia Lai.
//!
//! - Văn bản: công văn của Sở Thông tin và Truyền thông tỉnh Gia Lai, thực hiện Công văn số
//!   305/THH-QLĐT ngày 28/02/2022 của Bộ Thông tin và Truyền thông.
//! - Tính chất: văn bản nhắc nhở, không đặt ra quy phạm mới; nhắc lại pháp luật hiện hành về đầu tư,
//!   ngân sách nhà nước và đấu thầu.
//! - Thời gian: từ ngày 28/02/2022, không ghi ngày kết thúc (“Trong năm 2022 và các năm tới”).
//! - Địa bàn: tỉnh Gia Lai trước ngày 01/7/2025 (mã 64).
//!
//! Rules from the reminder on spending for information technology, relayed in Gia Lai.
//!
//! The reminder restates the law; its area is Gia Lai as it was until 30 June 2025 (code 64).

mod head_signature_required;
mod market_price_evidence;
mod plan_reference_required;

kycuong_rules_sdk::rule_pack! {
    id: "gia-lai",
    status: "historic",
    provinces: ["gia-lai"],
    title_vi: "Nhắc nhở đầu tư, sử dụng ngân sách nhà nước cho công nghệ thông tin, chuyển đổi số tại tỉnh Gia Lai",
    title_en: "Gia Lai reminder on investment and budget use for IT and digital transformation",
    rules: [plan_reference_required, head_signature_required, market_price_evidence],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
