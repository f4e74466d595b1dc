use kycuong_rules_sdk::prelude::*;

/// Nhiệm vụ, dự án phải được phân loại theo một trong bảy nội dung của kế hoạch.
///
/// Bảy nội dung: nâng cao nhận thức; cơ chế, chính sách; nguồn nhân lực; chính quyền số, đô thị thông minh; kinh tế
/// số; xã hội số; chuyển đổi số trong các lĩnh vực ưu tiên.
#[rule(
    requirement = "R76",
    title_vi = "Phân loại theo 7 nội dung",
    title_en = "Pillar classified",
    severity = Warn,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030",
    quote = "tập trung vào 7 nội chính gồm",
    violations = [NotClassified]
)]
pub fn pillar_classified(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if !dossier.classification.pillar.is_present() {
        findings.add(at!(dossier.classification.pillar), NotClassified);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa được phân loại theo một trong bảy nội dung của kế hoạch chuyển đổi số.",
    en = "The dossier is not classified under one of the plan's seven contents.",
    remedy_vi = "Chọn một trong bảy nội dung: nhận thức; cơ chế, chính sách; nhân lực; chính quyền số; kinh tế số; xã hội số; lĩnh vực ưu tiên.",
    remedy_en = "Choose one: awareness, institutions, workforce, digital government, digital economy, digital society, priority sectors."
)]
struct NotClassified;
