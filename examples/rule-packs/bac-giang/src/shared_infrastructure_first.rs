use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

use crate::shared_platforms::{is_analysed, is_infrastructure, is_undecided, names, serves};

/// Hồ sơ ưu tiên hạ tầng dùng chung; đầu tư hạ tầng riêng phải nêu lý do.
///
/// Dùng danh mục trung tâm dữ liệu, điện toán đám mây dùng chung. Khi đã có hạ tầng dùng chung mà hồ sơ đầu tư, mua sắm
/// hạ tầng riêng thì phải nêu lý do: lý do không chọn điện toán đám mây, hoặc phân tích kế thừa về hạ tầng đó.
#[rule(
    requirement = "R72",
    title_vi = "Ưu tiên hạ tầng dùng chung",
    title_en = "Shared infrastructure first",
    severity = Warn,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030; Nghị định 224/2026/NĐ-CP, Điều 23 khoản 2 điểm c",
    quote = "thành hạ tầng số thống nhất, ổn định, linh hoạt",
    reads = [
        "components.type",
        "components.provision",
        "components.action",
        "province.code",
        "systems.reuse_analysis"
    ],
    facts = [shared_platforms],
    violations = [NoReason]
)]
pub fn shared_infrastructure_first(
    dossier: &Dossier,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let (mut own, mut missing) = (Vec::new(), None);
    for component in require!(dossier.components) {
        match is_own_infrastructure(component) {
            Some(true) => own.push(component),
            Some(false) => {}
            None => {
                missing.get_or_insert_with(|| Missing::Field(at!(component.provision)));
            }
        }
    }
    if own.is_empty() && missing.is_none() {
        return not_applicable(
            "Hồ sơ không đầu tư, mua sắm hạ tầng riêng.",
            "The dossier acquires no infrastructure of its own.",
        );
    }
    let (shared, others): (Vec<_>, Vec<_>) = facts
        .shared_platforms
        .iter()
        .filter(|row| is_infrastructure(row))
        .partition(|row| serves(row, dossier));
    let is_known = !others.iter().any(|row| is_undecided(row, dossier));
    let has_reason = dossier.cloud.reason_if_not.is_filled()
        || shared.iter().any(|row| is_analysed(row, dossier));
    if has_reason || (shared.is_empty() && is_known) {
        return Ok(());
    }
    if shared.is_empty() {
        return Err(Missing::Field(at!(dossier.province.code)).into());
    }
    for component in own {
        let (name, shared) = (component.name.owned(), names(&shared));
        findings.add(at!(component.provision), NoReason { name, shared });
    }
    missing.map_or(Ok(()), |missing| Err(missing.into()))
}

/// Whether a component is infrastructure that the dossier acquires, by its provision, else by its action; `None` for
/// infrastructure that states neither.
fn is_own_infrastructure(component: &Component) -> Option<bool> {
    if !component.r#type.is(ComponentType::Infrastructure) {
        return Some(false);
    }
    match component.provision.get() {
        Some(provision) => Some(matches!(provision, Provision::Invest | Provision::Purchase)),
        None => component
            .action
            .get()
            .map(|action| !matches!(action, ComponentAction::Lease | ComponentAction::Integrate)),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” là hạ tầng riêng trong khi đã có hạ tầng dùng chung {shared}, và hồ sơ chưa nêu lý do không dùng chung.",
    en = "The component “{name}” is infrastructure of its own although {shared} is shared, and the dossier gives no reason.",
    remedy_vi = "Dùng hạ tầng dùng chung, hoặc nêu lý do không dùng được.",
    remedy_en = "Use the shared infrastructure, or say why it cannot be used."
)]
struct NoReason {
    name: String,
    shared: String,
}
