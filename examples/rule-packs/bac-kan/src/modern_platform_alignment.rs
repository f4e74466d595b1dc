use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải ưu tiên điện toán đám mây và áp dụng tiêu chuẩn mở.
///
/// Phương án điện toán đám mây đã được xem xét; không chọn thì có lý do; có ít nhất một tiêu chuẩn mở. Không áp
/// dụng khi hồ sơ chỉ có thiết bị đầu cuối hoặc đào tạo.
#[rule(
    requirement = "R39",
    title_vi = "Ưu tiên đám mây, chuẩn mở",
    title_en = "Cloud first, open standards",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 2 điểm a; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 3 điểm c",
    quote = "xu hướng công nghệ hiện đại, đảm bảo tính nền tảng",
    reads = ["components.type", "standards.id", "standards.open"],
    violations = [NotConsidered, NoReason, NoOpenStandard]
)]
pub fn modern_platform_alignment(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let is_without_system = dossier.components.iter().all(|component| {
        matches!(
            component.r#type.get(),
            Some(ComponentType::EndUserDevice | ComponentType::Training)
        )
    });
    if is_without_system && !dossier.components.is_empty() {
        return not_applicable(
            "Hồ sơ chỉ có thiết bị đầu cuối hoặc đào tạo.",
            "The dossier has end-user devices or training only.",
        );
    }
    let cloud = &dossier.cloud;
    if !cloud.considered.is(true) {
        findings.add(at!(dossier.cloud.considered), NotConsidered);
    } else if !cloud.chosen.is(true) && !cloud.reason_if_not.is_filled() {
        findings.add(at!(dossier.cloud.reason_if_not), NoReason);
    }
    if !dossier.standards.iter().any(|standard| standard.open.is(true) && standard.id.is_filled()) {
        findings.add(at!(dossier.standards), NoOpenStandard);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa xem xét phương án điện toán đám mây.",
    en = "The dossier has not considered cloud computing.",
    remedy_vi = "Xem xét phương án điện toán đám mây trước; nêu phương án chọn và lý do nếu không chọn.",
    remedy_en = "Consider cloud computing first; state the choice, and the reason if it is another."
)]
struct NotConsidered;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ không chọn điện toán đám mây nhưng chưa nêu lý do.",
    en = "The dossier does not choose cloud computing and gives no reason.",
    remedy_vi = "Bổ sung lý do không chọn điện toán đám mây.",
    remedy_en = "Add the reason."
)]
struct NoReason;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu tiêu chuẩn mở nào được áp dụng.",
    en = "The dossier names no open standard.",
    remedy_vi = "Bổ sung ít nhất một tiêu chuẩn mở, có số hiệu, vào danh mục tiêu chuẩn áp dụng.",
    remedy_en = "Add at least one open standard, with its number, to the standards applied."
)]
struct NoOpenStandard;
