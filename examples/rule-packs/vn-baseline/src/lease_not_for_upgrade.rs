use kycuong_rules_sdk::prelude::*;

/// Không thuê dịch vụ để nâng cấp, mở rộng hệ thống đã đầu tư hoặc cho hệ thống quan trọng về an ninh quốc gia.
///
/// Xét từng cấu phần thuê: việc làm là nâng cấp hoặc mở rộng, và hệ thống được nâng cấp đã được đầu tư hoặc mua sắm; hoặc
/// hệ thống quan trọng về an ninh quốc gia.
#[rule(
    requirement = "R82",
    title_vi = "Không thuê để nâng cấp hệ thống đã đầu tư",
    title_en = "No lease for upgrades",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 36 khoản 4",
    regimes = [Nd224_2026],
    violations = [LeasedUpgrade, LeasedSecuritySystem, AcquisitionUnknown]
)]
pub fn lease_not_for_upgrade(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let components = require!(dossier.components);
    let mut undecided = None;
    for component in components {
        let Some(provision) = component.provision.get() else {
            undecided = undecided.or_else(|| Some(at!(component.provision)));
            continue;
        };
        if !matches!(provision, Provision::LeaseAvailable | Provision::LeaseUnavailable) {
            continue;
        }
        let name =
            if component.name.is_filled() { component.name.owned() } else { component.id.owned() };
        if component.national_security.is(true) {
            findings
                .add(at!(component.national_security), LeasedSecuritySystem { name: name.clone() });
        }
        let Some(action) = component.action.get() else {
            undecided = undecided.or_else(|| Some(at!(component.action)));
            continue;
        };
        if !matches!(action, ComponentAction::Upgrade | ComponentAction::Expand) {
            continue;
        }
        match component.target_acquired_by.get() {
            None => {
                findings.add(at!(component.target_acquired_by), AcquisitionUnknown { name, action })
            }
            Some(acquired @ (Provision::Invest | Provision::Purchase)) => {
                findings.add(at!(component.provision), LeasedUpgrade { name, action, acquired });
            }
            Some(Provision::LeaseAvailable | Provision::LeaseUnavailable) => {}
        }
    }
    undecided.map_or(Ok(()), |place| Err(Stop::Missing(Missing::Field(place))))
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” thuê dịch vụ để {action} hệ thống đã có được bằng hình thức {acquired}; pháp luật không cho phép thuê dịch vụ trong trường hợp này.",
    en = "The component “{name}” leases a service for {action} a system acquired by {acquired}, which the law forbids.",
    remedy_vi = "Chuyển “{name}” thành hạng mục đầu tư của một dự án (khoản 8 Điều 65 cho phép gộp hạng mục đầu tư và hạng mục thuê trong cùng dự án), hoặc bỏ khỏi hồ sơ thuê.",
    remedy_en = "Make “{name}” an investment item of one project (article 65.8 lets a project hold both investment and lease items), or drop it."
)]
struct LeasedUpgrade {
    name: String,
    action: ComponentAction,
    acquired: Provision,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” thuê dịch vụ cho hệ thống quan trọng về an ninh quốc gia; pháp luật không cho phép thuê dịch vụ trong trường hợp này.",
    en = "The component “{name}” leases a service for a system important to national security, which the law forbids.",
    remedy_vi = "Chuyển “{name}” sang hình thức đầu tư, hoặc bỏ khỏi hồ sơ thuê.",
    remedy_en = "Make “{name}” an investment, or drop it."
)]
struct LeasedSecuritySystem {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” thuê dịch vụ để {action} hệ thống nhưng chưa khai hệ thống đó đã có được bằng hình thức nào.",
    en = "The component “{name}” leases a service for {action} a system without saying how that system was acquired.",
    remedy_vi = "Khai hình thức có được của hệ thống hiện có: đầu tư, mua sắm hoặc thuê.",
    remedy_en = "Say how the existing system was acquired: by investment, purchase or lease."
)]
struct AcquisitionUnknown {
    name: String,
    action: ComponentAction,
}
