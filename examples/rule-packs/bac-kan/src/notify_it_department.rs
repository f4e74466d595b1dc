use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải được gửi đơn vị chuyên trách về chuyển đổi số của tỉnh.
///
/// Đơn vị chuyên trách trước đây là Sở Thông tin và Truyền thông, nay là Sở Khoa học và Công nghệ; nhận biết theo
/// vai trò `it-specialist-unit` trong nơi nhận. Không áp dụng khi chủ đầu tư chính là đơn vị chuyên trách.
#[rule(
    requirement = "R42",
    title_vi = "Gửi đơn vị chuyên trách về chuyển đổi số",
    title_en = "Copy to the digital specialist unit",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023",
    quote = "chủ động thông tin, phản ánh về Sở Thông tin và Truyền thông",
    violations = [NotNotified]
)]
pub fn notify_it_department(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.owner.roles.iter().any(|role| role.is(Role::ItSpecialistUnit)) {
        return not_applicable(
            "Chủ đầu tư chính là đơn vị chuyên trách về chuyển đổi số.",
            "The owner is the digital specialist unit itself.",
        );
    }
    if !dossier.recipients.iter().any(|recipient| recipient.role.is(Role::ItSpecialistUnit)) {
        findings.add(at!(dossier.recipients), NotNotified);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Nơi nhận chưa có đơn vị chuyên trách về chuyển đổi số của tỉnh (nay là Sở Khoa học và Công nghệ).",
    en = "The recipients do not include the province's digital specialist unit (now the Department of Science and Technology).",
    remedy_vi = "Gửi đồng thời hồ sơ đến Sở Khoa học và Công nghệ và bổ sung vào nơi nhận.",
    remedy_en = "Send a copy to the Department of Science and Technology and add it to the recipients."
)]
struct NotNotified;
