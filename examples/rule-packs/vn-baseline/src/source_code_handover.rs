use kycuong_rules_sdk::prelude::*;

use crate::listing::Listing;

/// What is handed over with internal software: Decree 224/2026/NĐ-CP, article 57.1.b, from 2026-07-01.
const HANDED_OVER: [Deliverable; 5] = [
    Deliverable::SourceCode,
    Deliverable::Design,
    Deliverable::Manual,
    Deliverable::Training,
    Deliverable::Maintenance,
];

/// Phần mềm nội bộ phải bàn giao mã nguồn và đủ tài liệu kèm theo.
///
/// Sản phẩm bàn giao gồm mã nguồn, tài liệu thiết kế, tài liệu hướng dẫn, tài liệu đào tạo và quy trình bảo trì.
#[rule(
    requirement = "R87",
    title_vi = "Bàn giao mã nguồn",
    title_en = "Source code hand-over",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 57 khoản 1 điểm b",
    regimes = [Nd224_2026],
    violations = [DeliverablesMissing]
)]
pub fn source_code_handover(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let owned_software = require!(dossier.components).iter().any(|component| {
        component.r#type.is(ComponentType::InternalSoftware)
            && !component.provision.is(Provision::LeaseAvailable)
            && !component.provision.is(Provision::LeaseUnavailable)
    });
    if !owned_software {
        return not_applicable(
            "Hồ sơ không có cấu phần phần mềm nội bộ được đầu tư.",
            "The dossier invests in no internal software.",
        );
    }
    let missing: Vec<Deliverable> = HANDED_OVER
        .into_iter()
        .filter(|deliverable| {
            !dossier.deliverables.iter().any(|declared| declared.is(*deliverable))
        })
        .collect();
    if !missing.is_empty() {
        findings.add(at!(dossier.deliverables), DeliverablesMissing { missing: Listing(missing) });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có phần mềm nội bộ nhưng danh mục sản phẩm bàn giao còn thiếu: {missing}.",
    en = "The dossier has internal software, but the deliverables lack: {missing}.",
    remedy_vi = "Bổ sung vào danh mục sản phẩm bàn giao: {missing}.",
    remedy_en = "Add to the deliverables: {missing}."
)]
struct DeliverablesMissing {
    missing: Listing<Deliverable>,
}
