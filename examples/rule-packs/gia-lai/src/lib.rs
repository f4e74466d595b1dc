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

mod compliance_history_flag;
mod compliance_score_emitted;
mod head_signature_required;
mod market_price_evidence;
mod norm_ceiling_legacy;
mod plan_reference_required;
mod rate_norms;
mod unit_dx_plan_issued;
mod unit_price_benchmark;

kycuong_rules_sdk::rule_pack! {
    id: "gia-lai",
    status: "historic",
    provinces: ["gia-lai"],
    title_vi: "Nhắc nhở đầu tư, sử dụng ngân sách nhà nước cho công nghệ thông tin, chuyển đổi số tại tỉnh Gia Lai",
    title_en: "Gia Lai reminder on investment and budget use for IT and digital transformation",
    source_vi: "Công văn của Sở Thông tin và Truyền thông tỉnh Gia Lai, thực hiện Công văn số 305/THH-QLĐT ngày 28/02/2022",
    source_en: "Letter of Gia Lai's Department of Information and Communications, relaying letter 305/THH-QLĐT of 2022-02-28",
    rules: [
        plan_reference_required,
        unit_dx_plan_issued,
        unit_price_benchmark,
        head_signature_required,
        norm_ceiling_legacy,
        market_price_evidence,
        compliance_history_flag,
        compliance_score_emitted,
    ],
    unverifiable: [
        {
            quote: "xác định chuyển đổi số là nhiệm vụ trọng tâm, chính trị quan trọng để thường xuyên đôn đốc",
            reason_vi: "Nhận thức và việc đôn đốc thường xuyên không để lại tài liệu nào trong hồ sơ.",
            reason_en: "An attitude and continuous supervision leave no artefact in a dossier.",
        },
        {
            quote: "tăng cường tổ chức bồi dưỡng, tập huấn",
            reason_vi: "Nhiệm vụ của Bộ, không phải của đơn vị trình hồ sơ.",
            reason_en: "A duty of the Ministry, not of the submitter.",
        },
        {
            quote: "Kiểm tra định kỳ hoặc đột xuất",
            reason_vi: "Việc kiểm tra do cơ quan có thẩm quyền làm tại đơn vị; quy tắc R19 chỉ cho thấy kết luận đã ghi nhận.",
            reason_en: "An inspection happens in the field; rule R19 only shows the conclusions on record.",
        },
        {
            quote: "nâng cao chất lượng công tác thẩm tra, thẩm định",
            reason_vi: "Chất lượng thẩm định do người đánh giá; quy tắc R17, R18 chỉ thấy giấy tờ và thời hạn.",
            reason_en: "Quality is judged by people; rules R17 and R18 only see papers and dates.",
        },
    ],
}

#[cfg(test)]
#[test]
fn cases() {
    kycuong_rules_sdk::testing::check_cases(&PACK, "cases");
}
