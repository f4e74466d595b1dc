use kycuong_rules_sdk::prelude::*;

/// Hệ thống kết nối Internet phải sẵn sàng IPv6 hoặc có kế hoạch chuyển đổi.
///
/// Hồ sơ khai hệ thống có kết nối Internet hay không; nếu có thì khai đã sẵn sàng IPv6 hoặc nêu kế hoạch chuyển đổi.
#[rule(
    requirement = "R89",
    title_vi = "IPv6",
    title_en = "IPv6",
    severity = Warn,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 46, Điều 47",
    kinds = [FeasibilityReport, LeaseFeasibilityReport, EconomicTechnicalReport, ServiceLease],
    regimes = [Nd224_2026],
    violations = [NotDeclared, NotReady]
)]
pub fn ipv6_readiness(dossier: &Dossier, findings: &mut Findings) -> Checked {
    match dossier.ipv6.internet_facing.get() {
        None => findings.add(at!(dossier.ipv6.internet_facing), NotDeclared),
        Some(false) => {
            return not_applicable(
                "Hệ thống không kết nối Internet.",
                "The system does not face the Internet.",
            );
        }
        Some(true) if !dossier.ipv6.ready.is(true) && !dossier.ipv6.plan.is_filled() => {
            findings.add(at!(dossier.ipv6.ready), NotReady);
        }
        Some(true) => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa khai hệ thống có kết nối Internet hay không nên chưa xét được IPv6.",
    en = "The dossier does not say whether the system faces the Internet, so IPv6 cannot be judged.",
    remedy_vi = "Khai hệ thống có kết nối Internet hay không và tình trạng IPv6.",
    remedy_en = "Say whether the system faces the Internet, and how it stands with IPv6."
)]
struct NotDeclared;

#[derive(Violation)]
#[violation(
    vi = "Hệ thống kết nối Internet nhưng chưa sẵn sàng IPv6 và chưa có kế hoạch chuyển đổi.",
    en = "The system faces the Internet, but is not ready for IPv6 and has no plan for it.",
    remedy_vi = "Thiết kế hỗ trợ IPv6, hoặc nêu kế hoạch chuyển đổi sang IPv6.",
    remedy_en = "Design for IPv6, or state the plan for it."
)]
struct NotReady;
