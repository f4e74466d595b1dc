use kycuong_rules_sdk::prelude::*;

use crate::developed_software::is_developed_software;

/// Hồ sơ xây dựng, phát triển phần mềm phải phân tích việc kế thừa, tận dụng các hệ thống đã có.
///
/// Có ít nhất một hệ thống được phân tích, mỗi hệ thống có phương án và lý do. Khi có danh mục hệ thống thông tin
/// thì mọi hệ thống cùng ngành của chủ đầu tư phải được phân tích, trừ hệ thống lõi và hệ thống được nâng cấp; hồ sơ
/// thuộc ngành mà chưa có danh mục thì chưa kết luận được.
#[rule(
    requirement = "R34",
    title_vi = "Phân tích kế thừa, tận dụng",
    title_en = "Reuse analysis",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm c",
    quote = "kế thừa, tận dụng, phát triển các hệ thống khác cho phù hợp",
    reads = [
        "components.type",
        "components.sector",
        "components.target_system_id",
        "systems.reuse_analysis",
        "owner.org_id",
    ],
    facts = [systems(column = "owner", path = "owner.org_id", optional)],
    violations = [NoAnalysis, NoSystem, NoDecision, NoReason, NotAnalysed]
)]
pub fn reuse_analysis_required(
    dossier: &Dossier,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let mut developed: Vec<_> = require!(dossier.components).iter().collect();
    developed.retain(|component| is_developed_software(component));
    if developed.is_empty() {
        return not_applicable(
            "Hồ sơ không xây dựng, phát triển phần mềm hoặc nền tảng số.",
            "The dossier develops no software or digital platform.",
        );
    }
    let entries = &dossier.systems.reuse_analysis;
    if entries.is_empty() {
        findings.add(at!(dossier.systems.reuse_analysis), NoAnalysis);
    }
    for entry in entries {
        let system = entry.system_id.trimmed();
        if system.is_empty() {
            findings.add(at!(entry.system_id), NoSystem);
        } else if !entry.decision.is_filled() {
            findings.add(at!(entry.decision), NoDecision { system });
        } else if !entry.reason.is_filled() {
            findings.add(at!(entry.reason), NoReason { system });
        }
    }
    let is_covered = |id: &str| {
        dossier.systems.core_system_id.is_text(id)
            || entries.iter().any(|entry| entry.system_id.is_text(id))
            || dossier.components.iter().any(|component| component.target_system_id.is_text(id))
    };
    let has_sector = developed.iter().any(|component| component.sector.is_filled());
    if has_sector && !facts.systems.is_present() {
        return Err(Missing::Facts("systems".to_owned()).into());
    }
    for system in &facts.systems {
        let (id, owner, domain) = (system.id.text(), system.owner.text(), system.domain.text());
        let is_same_domain = !domain.is_empty()
            && developed.iter().any(|component| component.sector.is_text(&domain));
        if dossier.owner.org_id.is_text(&owner) && is_same_domain && !is_covered(&id) {
            let (id, name, domain) =
                (system.id.owned(), system.name.owned(), system.domain.owned());
            findings.add(at!(dossier.systems.reuse_analysis), NotAnalysed { id, name, domain });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa phân tích việc kế thừa, tận dụng hệ thống đã có nào.",
    en = "The dossier analyses the reuse of no existing system.",
    remedy_vi = "Nêu từng hệ thống liên quan đã có, phương án (kế thừa, tích hợp, hợp nhất, thay thế) và lý do.",
    remedy_en = "List the related systems, what is done with each (reuse, integrate, merge, replace) and why."
)]
struct NoAnalysis;

#[derive(Violation)]
#[violation(
    vi = "Một dòng phân tích kế thừa chưa ghi hệ thống.",
    en = "An entry of the reuse analysis names no system.",
    remedy_vi = "Ghi mã hệ thống được phân tích.",
    remedy_en = "Name the system."
)]
struct NoSystem;

#[derive(Violation)]
#[violation(
    vi = "Phân tích kế thừa hệ thống “{system}” chưa nêu phương án.",
    en = "The reuse analysis of “{system}” does not say what is done with it.",
    remedy_vi = "Nêu phương án: kế thừa, tích hợp, hợp nhất hoặc thay thế.",
    remedy_en = "Say whether it is reused, integrated, merged or replaced."
)]
struct NoDecision {
    system: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phân tích kế thừa hệ thống “{system}” chưa nêu lý do.",
    en = "The reuse analysis of “{system}” gives no reason.",
    remedy_vi = "Bổ sung lý do của phương án.",
    remedy_en = "Add the reason."
)]
struct NoReason {
    system: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chủ đầu tư có hệ thống {id} “{name}” cùng ngành “{domain}” nhưng hồ sơ chưa phân tích việc kế thừa hệ thống này.",
    en = "The owner has the system {id} “{name}” in the same sector “{domain}”, but the dossier does not analyse its reuse.",
    remedy_vi = "Bổ sung phân tích kế thừa, tận dụng hệ thống {id}.",
    remedy_en = "Add the reuse analysis of {id}."
)]
struct NotAnalysed {
    id: String,
    name: String,
    domain: String,
}
