use kycuong_rules_sdk::prelude::*;

/// Giấy tờ của hồ sơ phải là văn bản điện tử, trừ tài liệu bí mật nhà nước.
///
/// Giấy tờ chỉ có bản giấy thì trả lại; bản sao chụp từ bản giấy không có chữ ký số hợp lệ thì được lưu ý.
#[rule(
    requirement = "R63",
    title_vi = "Hồ sơ điện tử, không nộp giấy",
    title_en = "Electronic papers",
    severity = Block,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 2 điểm b; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 1 điểm a",
    quote = "tăng cường sử dụng văn bản điện tử trong các cơ quan nhà nước để thay đổi văn bản giấy",
    reads = ["attachments.format", "attachments.origin", "attachments.signature_status", "attachments.secret"],
    violations = [NoFormat, PaperOnly, ScanUnsigned]
)]
pub fn electronic_document_required(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.secret.is(true) {
        return not_applicable(
            "Hồ sơ có nội dung bí mật nhà nước, không gửi qua mạng.",
            "The dossier holds state secrets and is not sent electronically.",
        );
    }
    for paper in require!(dossier.attachments).iter().filter(|paper| !paper.secret.is(true)) {
        let title =
            if paper.title.is_filled() { paper.title.owned() } else { paper.document_id.owned() };
        let is_signed = paper.signature_status.is(SignatureStatus::Valid);
        match paper.format.get() {
            None => findings.add(at!(paper.format), NoFormat { title }),
            Some(DocumentFormat::Paper) => findings.add(at!(paper.format), PaperOnly { title }),
            Some(DocumentFormat::Image) if !is_signed => {
                findings.add(at!(paper.format), ScanUnsigned { title })
            }
            Some(_) if paper.origin.is(DocumentOrigin::Scan) && !is_signed => {
                findings.add(at!(paper.origin), ScanUnsigned { title });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Giấy tờ “{title}” chưa ghi định dạng nên không xác định được là văn bản điện tử.",
    en = "The format of the paper “{title}” is not stated, so that it cannot be taken as electronic.",
    remedy_vi = "Ghi định dạng của giấy tờ (PDF, DOCX, XLSX, XML).",
    remedy_en = "State its format (PDF, DOCX, XLSX, XML)."
)]
struct NoFormat {
    title: String,
}

#[derive(Violation)]
#[violation(
    vi = "Giấy tờ “{title}” chỉ có bản giấy; hồ sơ phải gửi bằng văn bản điện tử.",
    en = "The paper “{title}” exists on paper only; the dossier has to be electronic.",
    remedy_vi = "Nộp văn bản điện tử có chữ ký số thay cho bản giấy.",
    remedy_en = "Submit a signed electronic document instead."
)]
struct PaperOnly {
    title: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Giấy tờ “{title}” được sao chụp từ bản giấy và không có chữ ký số hợp lệ.",
    en = "The paper “{title}” is a scan of a paper original without a valid electronic signature.",
    remedy_vi = "Thay bằng văn bản điện tử gốc, hoặc ký số xác nhận bản sao.",
    remedy_en = "Replace it by the electronic original, or certify the copy with a signature."
)]
struct ScanUnsigned {
    title: String,
}
