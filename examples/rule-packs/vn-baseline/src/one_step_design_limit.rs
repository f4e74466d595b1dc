use kycuong_law::one_step_design;
use kycuong_rules_sdk::prelude::*;

use crate::capital;
use crate::expected_kind::system_value;

/// Báo cáo kinh tế - kỹ thuật (thiết kế một bước) chỉ dùng đến mức vốn giới hạn, trừ khi được cho phép.
///
/// Mức giới hạn là 20 tỷ đồng theo Nghị định 224/2026/NĐ-CP (15 tỷ đồng theo Nghị định 73/2019/NĐ-CP). Dự án có cả hạng mục
/// thuê thì chỉ tính các hạng mục hệ thống. Mức của Nghị định 82/2024 và 45/2026 chưa đối chiếu được nên chỉ cảnh báo. Dự án vốn
/// hỗn hợp không thuộc phạm vi Nghị định 224/2026/NĐ-CP (khoản 1 Điều 36) thì chỉ lưu ý.
#[rule(
    requirement = "R83",
    title_vi = "Giới hạn thiết kế một bước",
    title_en = "One-step design limit",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 42 khoản 2; Nghị định 73/2019/NĐ-CP, Điều 10",
    kinds = [EconomicTechnicalReport],
    reads = [
        "components",
        "costs.lines.amount",
        "costs.lines.component_id",
        "funding.amount",
        "funding.kind",
        "funding.donor.name",
        "funding.donor.tax_code",
    ],
    violations = [AboveLimit, ItemsAboveLimit]
)]
pub fn one_step_design_limit(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let regime = require!(context.regime);
    let total = require!(dossier.costs.total);
    let limit = one_step_design::limit(regime);
    // Of a mixed project article 42.2.c looks at the system items only.
    let value = system_value(dossier, total);
    let is_permitted = dossier
        .attachments
        .iter()
        .any(|paper| paper.document_type.is(DocumentType::OneStepPermission));
    if value <= limit || is_permitted {
        return Ok(());
    }
    let severity = capital::severity(dossier, regime);
    let (place, excess) = (at!(dossier.costs.total), value - limit);
    if value == total {
        findings.add_as(severity, place, AboveLimit { total, limit, regime, excess });
    } else {
        let system = value;
        findings.add_as(severity, place, ItemsAboveLimit { system, limit, regime, excess });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Tổng mức đầu tư là {total}, vượt {excess} so với mức {limit} của thiết kế một bước theo {regime}; hồ sơ không kèm văn bản cho phép thiết kế một bước.",
    en = "The total is {total}, {excess} above the limit of {limit} for one-step design under {regime}, and no permission is attached.",
    remedy_vi = "Lập báo cáo nghiên cứu khả thi (thiết kế hai bước), hoặc kèm văn bản của cấp có thẩm quyền cho phép thiết kế một bước.",
    remedy_en = "Draw up a feasibility report (two-step design), or attach the authority's permission for one step."
)]
struct AboveLimit {
    total: Money,
    limit: Money,
    regime: Regime,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Các hạng mục hệ thống của dự án hỗn hợp là {system}, vượt {excess} so với mức {limit} của thiết kế một bước theo {regime}; hồ sơ không kèm văn bản cho phép thiết kế một bước.",
    en = "The system items of the mixed project are {system}, {excess} above the limit of {limit} for one-step design under {regime}, and no permission is attached.",
    remedy_vi = "Lập báo cáo nghiên cứu khả thi (thiết kế hai bước), hoặc kèm văn bản của cấp có thẩm quyền cho phép thiết kế một bước.",
    remedy_en = "Draw up a feasibility report (two-step design), or attach the authority's permission for one step."
)]
struct ItemsAboveLimit {
    system: Money,
    limit: Money,
    regime: Regime,
    excess: Money,
}
