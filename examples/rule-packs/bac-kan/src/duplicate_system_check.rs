use kycuong_rules_sdk::model::facts::InventorySystem;
use kycuong_rules_sdk::prelude::*;

use crate::developed_software::is_developed_software;

/// Không xây dựng mới hệ thống trùng chức năng với hệ thống đã có trong danh mục.
///
/// So mã chức năng của cấu phần xây dựng mới với danh mục hệ thống thông tin, trong phạm vi cả nước, của tỉnh và
/// của đơn vị. Có hệ thống trùng thì được lưu ý; việc xây dựng có trùng lặp thực sự hay không do người thẩm định
/// xem xét.
#[rule(
    requirement = "R29",
    title_vi = "Trùng hệ thống đã có",
    title_en = "Duplicate system",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 1 điểm a; Luật Chuyển đổi số 148/2025/QH15, Điều 7",
    quote = "tránh trùng lặp, lãng phí",
    reads = [
        "components.type",
        "components.action",
        "components.function_code",
        "components.target_system_id",
        "province.code",
        "province.legacy_code",
        "owner.org_id",
        "systems.reuse_analysis",
    ],
    facts = [systems(column = "function_code", path = "components.*.function_code")],
    violations = [OwnSystem, SharedSystem, Analysed]
)]
pub fn duplicate_system_check(
    dossier: &Dossier,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let mut undecided = None;
    let mut is_any_new = false;
    for component in require!(dossier.components) {
        let may_have_function = is_developed_software(component)
            || component.r#type.is(ComponentType::Database)
            || component.function_code.is_filled();
        match component.action.get() {
            Some(ComponentAction::Build) if may_have_function => is_any_new = true,
            None if may_have_function => {
                undecided.get_or_insert(at!(component.action));
                continue;
            }
            _ => continue,
        }
        if !component.function_code.is_filled() {
            undecided.get_or_insert(at!(component.function_code));
            continue;
        }
        let function = component.function_code.text();
        for system in &facts.systems {
            let id = system.id.owned();
            if !system.function_code.is_text(&function)
                || component.target_system_id.is_text(&id)
                || !overlaps(system, dossier)
            {
                continue;
            }
            let (name, system_name) = (component.name.owned(), system.name.owned());
            let reuse =
                dossier.systems.reuse_analysis.iter().find(|entry| entry.system_id.is_text(&id));
            let place = at!(component.function_code);
            match reuse {
                Some(entry) if entry.reason.is_filled() => {
                    let reason = entry.reason.text().trim().trim_end_matches('.').to_owned();
                    findings.add(place, Analysed { name, id, system_name, reason });
                }
                _ if is_own(system, dossier) => {
                    findings.add(place, OwnSystem { name, id, system_name });
                }
                _ => findings.add(place, SharedSystem { name, id, system_name }),
            }
        }
    }
    if let Some(place) = undecided {
        return Err(Missing::Field(place).into());
    }
    if is_any_new {
        return Ok(());
    }
    not_applicable("Hồ sơ không xây dựng mới hệ thống nào.", "The dossier builds no new system.")
}

/// Whether the owner has this system already.
fn is_own(system: &InventorySystem, dossier: &Dossier) -> bool {
    let owner = &dossier.owner.org_id;
    owner.is_filled()
        && (system.owner.is_text(&owner.text()) || system.scope.is_text(&owner.text()))
}

/// Whether a system serves the nation, this province (under its code now or before the mergers), this unit
/// or the body above it; a system without a scope serves its owner.
fn overlaps(system: &InventorySystem, dossier: &Dossier) -> bool {
    let scope = system.scope.text();
    let is_above = |owner: &str| {
        owner.strip_prefix(&*scope).is_some_and(|rest| !scope.is_empty() && rest.starts_with('.'))
    };
    scope == "VN"
        || is_own(system, dossier)
        || dossier.province.code.is_text(&scope)
        || dossier.province.legacy_code.is_text(&scope)
        || is_above(&dossier.owner.org_id.text())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” được xây dựng mới trong khi chủ đầu tư đã có hệ thống {id} “{system_name}” cùng chức năng, và hồ sơ chưa phân tích việc kế thừa hệ thống này.",
    en = "The component “{name}” is built anew although the owner has {id} “{system_name}” for the same function, and the dossier does not analyse its reuse.",
    remedy_vi = "Chuyển thành nâng cấp, mở rộng hệ thống {id}, hoặc phân tích vì sao không kế thừa được.",
    remedy_en = "Upgrade or expand {id} instead, or analyse why it cannot be reused."
)]
struct OwnSystem {
    name: String,
    id: String,
    system_name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” được xây dựng mới trong khi danh mục đã có hệ thống dùng chung {id} “{system_name}” cùng chức năng, và hồ sơ chưa phân tích việc kế thừa hệ thống này.",
    en = "The component “{name}” is built anew although the inventory has the shared system {id} “{system_name}” for the same function, and the dossier does not analyse its reuse.",
    remedy_vi = "Sử dụng hoặc mở rộng hệ thống {id}, hoặc phân tích vì sao không kế thừa được.",
    remedy_en = "Use or expand {id}, or analyse why it cannot be reused."
)]
struct SharedSystem {
    name: String,
    id: String,
    system_name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” cùng chức năng với hệ thống {id} “{system_name}” đã có; hồ sơ nêu lý do: {reason}.",
    en = "The component “{name}” has the same function as the existing system {id} “{system_name}”; the dossier's reason: {reason}.",
    remedy_vi = "Người thẩm định xem xét lý do không kế thừa hệ thống {id}.",
    remedy_en = "The appraiser considers the reason for not reusing {id}."
)]
struct Analysed {
    name: String,
    id: String,
    system_name: String,
    reason: String,
}
