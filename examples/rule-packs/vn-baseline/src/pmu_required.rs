use kycuong_rules_sdk::prelude::*;

/// Up to this total an owner may manage without a project management unit, from 2026-07-01
/// (Decree 224/2026/NĐ-CP, article 61.2).
const WITHOUT_UNIT_MAX: Money = Money::dong(20_000_000_000);

/// Chủ đầu tư trực tiếp quản lý dự án trên 20 tỷ đồng phải có quyết định thành lập ban quản lý dự án.
///
/// Xét dự án hệ thống và dự án thuê do chủ đầu tư trực tiếp quản lý. Dự án mua sắm, kế hoạch thuê và dự án đến 20 tỷ đồng
/// không bắt buộc có ban quản lý dự án.
#[rule(
    requirement = "R93",
    title_vi = "Ban quản lý dự án",
    title_en = "Project management unit",
    severity = Warn,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 61 khoản 2",
    kinds = [FeasibilityReport, LeaseFeasibilityReport, EconomicTechnicalReport],
    regimes = [Nd224_2026],
    violations = [NoUnit]
)]
pub fn pmu_required(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let (total, limit) = (require!(dossier.costs.total), WITHOUT_UNIT_MAX);
    if total <= limit {
        return not_applicable(
            "Dự án đến 20 tỷ đồng không bắt buộc thành lập ban quản lý dự án.",
            "A project of up to VND 20 billion needs no management unit.",
        );
    }
    if !require!(dossier.owner.manages_directly) {
        return not_applicable(
            "Chủ đầu tư không trực tiếp quản lý dự án.",
            "The owner does not manage the project directly.",
        );
    }
    if !dossier.owner.pmu_decision.number.is_filled() {
        findings.add(at!(dossier.owner.pmu_decision.number), NoUnit { total, limit });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Dự án có tổng mức đầu tư {total}, trên mức {limit}, do chủ đầu tư trực tiếp quản lý nhưng chưa nêu quyết định thành lập ban quản lý dự án.",
    en = "The project of {total}, above {limit}, is managed by its owner directly, but names no decision on a management unit.",
    remedy_vi = "Thành lập ban quản lý dự án và ghi số quyết định, hoặc chọn hình thức quản lý khác.",
    remedy_en = "Set up the unit and cite the decision, or choose another form of management."
)]
struct NoUnit {
    total: Money,
    limit: Money,
}
