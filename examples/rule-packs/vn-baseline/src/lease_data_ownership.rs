use kycuong_rules_sdk::prelude::*;

/// Hồ sơ thuê dịch vụ phải xác định quyền sở hữu thông tin, dữ liệu và phương án chuyển giao.
///
/// Thông tin, dữ liệu thuộc cơ quan thuê (hoặc nêu lý do khác), có phương án chuyển giao và cam kết bàn giao khi kết thúc.
/// Mua sắm theo dự toán dịch vụ sẵn có thì không lập kế hoạch thuê nên không xét.
#[rule(
    requirement = "R85",
    title_vi = "Sở hữu, chuyển giao dữ liệu khi thuê",
    title_en = "Data ownership when leasing",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 67 khoản 2 điểm đ, khoản 7, Điều 57 khoản 2",
    regimes = [Nd224_2026],
    violations = [
        TermsMissing, OwnershipMissing, OwnedByAnother, TransferPlanMissing, HandoverMissing,
    ]
)]
pub fn lease_data_ownership(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let kind = require!(dossier.kind);
    let leases = match kind {
        DossierKind::ServiceLease | DossierKind::LeaseFeasibilityReport => true,
        DossierKind::PurchaseWithoutProject => false,
        _ => dossier.components.iter().any(|component| {
            component.provision.is(Provision::LeaseAvailable)
                || component.provision.is(Provision::LeaseUnavailable)
        }),
    };
    if !leases {
        return not_applicable(
            "Hồ sơ không có kế hoạch hoặc hạng mục thuê dịch vụ.",
            "The dossier has no service lease plan or lease item.",
        );
    }
    let terms = &dossier.lease_terms;
    if !terms.is_present() {
        findings.add(at!(terms), TermsMissing);
        return Ok(());
    }
    match terms.data_ownership.get() {
        None => findings.add(at!(terms.data_ownership), OwnershipMissing),
        Some(ownership)
            if ownership != DataOwnership::Lessee && !terms.ownership_reason.is_filled() =>
        {
            findings.add(at!(terms.data_ownership), OwnedByAnother { ownership });
        }
        Some(_) => {}
    }
    if !terms.transfer_plan.is_filled() {
        findings.add(at!(terms.transfer_plan), TransferPlanMissing);
    }
    if !terms.handover_at_end.is(true) {
        findings.add(at!(terms.handover_at_end), HandoverMissing);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ thuê dịch vụ chưa có nội dung về sở hữu thông tin, dữ liệu và phương án chuyển giao.",
    en = "The lease says nothing about ownership of information and data or about their transfer.",
    remedy_vi = "Bổ sung quy định về sở hữu thông tin, dữ liệu, phương án chuyển giao và bàn giao dữ liệu khi kết thúc thuê.",
    remedy_en = "Add ownership of information and data, the transfer plan, and the hand-over at the end."
)]
struct TermsMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ thuê dịch vụ chưa xác định thông tin, dữ liệu thuộc sở hữu của bên nào.",
    en = "The lease does not say who owns information and data.",
    remedy_vi = "Xác định thông tin, dữ liệu hình thành khi thuê thuộc sở hữu của cơ quan thuê.",
    remedy_en = "State that information and data arising from the service belong to the lessee."
)]
struct OwnershipMissing;

#[derive(Violation)]
#[violation(
    vi = "Thông tin, dữ liệu khi thuê được khai là {ownership} mà không nêu lý do.",
    en = "Information and data are declared as {ownership} without a reason.",
    remedy_vi = "Quy định thông tin, dữ liệu thuộc cơ quan thuê, hoặc nêu lý do.",
    remedy_en = "Make information and data the lessee's, or give the reason."
)]
struct OwnedByAnother {
    ownership: DataOwnership,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ thuê dịch vụ chưa có phương án chuyển giao thông tin, dữ liệu.",
    en = "The lease has no plan for the transfer of information and data.",
    remedy_vi = "Bổ sung phương án chuyển giao: nội dung, định dạng, thời điểm và trách nhiệm của nhà cung cấp.",
    remedy_en = "Add the transfer plan: content, format, time and the provider's duties."
)]
struct TransferPlanMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ thuê dịch vụ chưa cam kết bàn giao dữ liệu khi kết thúc thời gian thuê.",
    en = "The lease does not provide for the hand-over of data at its end.",
    remedy_vi = "Bổ sung yêu cầu bàn giao toàn bộ dữ liệu khi kết thúc thời gian thuê.",
    remedy_en = "Require the hand-over of all data at the end of the lease."
)]
struct HandoverMissing;
