use kycuong_rules_sdk::prelude::*;

use crate::developed_software::is_developed_software;

/// Hồ sơ xây dựng, phát triển phần mềm phải xác định hệ thống lõi.
///
/// Hồ sơ ghi mã hệ thống lõi, hoặc nêu hệ thống của chính hồ sơ là hệ thống lõi kèm lý do. Khi có danh mục hệ
/// thống thông tin của tỉnh thì mã hệ thống lõi phải có trong danh mục.
#[rule(
    requirement = "R32",
    title_vi = "Xác định hệ thống lõi",
    title_en = "Core system identified",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm b; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 3 điểm a",
    quote = "phải xác định hệ thống lõi",
    reads = ["components.type"],
    facts = [systems(column = "id", path = "systems.core_system_id", optional)],
    violations = [NoCore, NoReason, UnknownCore]
)]
pub fn core_system_identified(
    dossier: &Dossier,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    if !require!(dossier.components).iter().any(is_developed_software) {
        return not_applicable(
            "Hồ sơ không xây dựng, phát triển phần mềm hoặc nền tảng số.",
            "The dossier develops no software or digital platform.",
        );
    }
    let core = dossier.systems.core_system_id.trimmed();
    if dossier.systems.is_core.is(true) {
        if !dossier.systems.core_reason.is_filled() {
            findings.add(at!(dossier.systems.core_reason), NoReason);
        }
    } else if core.is_empty() {
        findings.add(at!(dossier.systems.core_system_id), NoCore);
    } else if facts.systems.is_present()
        && !facts.systems.iter().any(|system| system.id.is_text(&core))
    {
        findings.add(at!(dossier.systems.core_system_id), UnknownCore { core });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ xây dựng, phát triển phần mềm nhưng chưa xác định hệ thống lõi.",
    en = "The dossier develops software without identifying the core system.",
    remedy_vi = "Ghi mã hệ thống lõi của ngành, của tỉnh mà phần mềm được phát triển từ đó; nếu chính hệ thống này là hệ thống lõi thì nêu rõ kèm lý do.",
    remedy_en = "Name the core system that the software is developed from; if this system is the core, say so with the reason."
)]
struct NoCore;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ nêu hệ thống của chính mình là hệ thống lõi nhưng chưa nêu lý do.",
    en = "The dossier claims that its own system is the core, without a reason.",
    remedy_vi = "Bổ sung lý do hệ thống này được xác định là hệ thống lõi.",
    remedy_en = "State why this system is the core."
)]
struct NoReason;

#[derive(Violation)]
#[violation(
    vi = "Hệ thống lõi “{core}” không có trong danh mục hệ thống thông tin của tỉnh.",
    en = "The core system “{core}” is not in the province's inventory.",
    remedy_vi = "Kiểm tra lại mã hệ thống lõi theo danh mục, hoặc đề nghị bổ sung hệ thống vào danh mục.",
    remedy_en = "Check the id against the inventory, or have the system entered there."
)]
struct UnknownCore {
    core: String,
}
