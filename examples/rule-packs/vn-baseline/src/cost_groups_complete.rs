use kycuong_rules_sdk::prelude::*;

use crate::cost_structure::CostStructure;
use crate::listing::Listing;

/// Dự toán phải đủ các nhóm chi phí của loại hồ sơ, không có nhóm ngoài quy định.
///
/// Nghị định 224/2026/NĐ-CP: trang thiết bị, quản lý dự án, tư vấn, khác, dự phòng; thuê dịch vụ thì nhóm đầu là chi phí
/// thuê. Hồ sơ cũ có thêm xây lắp. Nhóm không phát sinh ghi 0 kèm lý do. Phần mềm nội bộ cần có dòng kiểm thử, vận
/// hành thử; báo cáo do tư vấn lập cần có dòng chi phí tư vấn.
#[rule(
    requirement = "R13",
    title_vi = "Đủ các nhóm chi phí",
    title_en = "All cost groups present",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 49 khoản 2, khoản 3, Điều 67 khoản 2 điểm h; Thông tư 03/2020/TT-BTTTT, Điều 5; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "tính đủ",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
        OutlineAndEstimate,
    ],
    violations = [NoGroups, MissingGroup, ForeignGroup, ZeroWithoutReason, NoTesting, NoConsulting]
)]
pub fn cost_groups_complete(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    if dossier.costs.groups.is_empty() {
        findings.add(at!(dossier.costs.groups), NoGroups);
        return Ok(());
    }
    let kind = require!(dossier.kind);
    let regime = require!(context.regime);
    let Some(structure) = CostStructure::of(kind, regime) else {
        return not_applicable(
            "Mua sắm theo dự toán không có cơ cấu nhóm chi phí bắt buộc.",
            "A purchase without a project has no prescribed groups.",
        );
    };
    let severity = if is_verified(kind, regime) { Severity::Block } else { Severity::Warn };
    let groups = &dossier.costs.groups;
    for group in groups {
        let Some(key) = group.key.get() else { continue };
        // One project may hold items to invest in and items to lease (article 65.8).
        let leased_part = key == CostGroupKey::ServiceLease && leases(dossier);
        if !structure.groups().contains(&key) && !leased_part {
            let allowed = Listing(structure.groups().to_vec());
            findings.add_as(severity, at!(group.key), ForeignGroup { group: key, kind, allowed });
        }
        if group.amount.is(Money::ZERO) && !group.zero_reason.is_filled() {
            findings.add(at!(group.zero_reason), ZeroWithoutReason { group: key });
        }
    }
    for key in structure.groups().iter().copied() {
        if !groups.iter().any(|group| group.key.is(key)) {
            findings.add_as(severity, at!(dossier.costs.groups), MissingGroup { group: key, kind });
        }
    }
    let has_line =
        |activity| dossier.costs.lines.iter().any(|line| line.activity_type.is(activity));
    let makes_software = dossier.components.iter().any(|component| {
        component.r#type.is(ComponentType::InternalSoftware)
            && !component.action.is(ComponentAction::Lease)
    });
    if makes_software
        && structure != CostStructure::ServiceLease
        && !has_line(ActivityType::Testing)
    {
        findings.add(at!(dossier.costs.lines), NoTesting);
    }
    let has_consulting = has_line(ActivityType::Consulting)
        || dossier.costs.lines.iter().any(|line| line.group.is(CostGroupKey::Consulting));
    if dossier.prepared_by_consultant.is(true) && !has_consulting {
        findings.add(at!(dossier.costs.lines), NoConsulting);
    }
    Ok(())
}

/// Whether the groups of this kind were read in the law of this regime.
fn is_verified(kind: DossierKind, regime: Regime) -> bool {
    kind == DossierKind::OutlineAndEstimate
        || match regime {
            Regime::Nd224_2026 => true,
            Regime::Nd73_2019 => CostStructure::of(kind, regime) == Some(CostStructure::SixGroups),
            Regime::Nd82_2024 | Regime::Nd45_2026 => false,
        }
}

fn leases(dossier: &Dossier) -> bool {
    dossier.components.iter().any(|component| {
        component.provision.is(Provision::LeaseAvailable)
            || component.provision.is(Provision::LeaseUnavailable)
            || component.action.is(ComponentAction::Lease)
    })
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán chưa có bảng tổng hợp theo nhóm chi phí.",
    en = "The estimate has no summary by cost group.",
    remedy_vi = "Lập bảng tổng hợp đủ các nhóm chi phí; nhóm không phát sinh ghi 0 kèm lý do.",
    remedy_en = "Draw up a summary with every group; 0 with a reason where there is none."
)]
struct NoGroups;

#[derive(Violation)]
#[violation(
    vi = "Dự toán thiếu nhóm {group}, là nhóm bắt buộc của {kind}.",
    en = "The estimate lacks the group {group}, which a dossier of the kind {kind} must have.",
    remedy_vi = "Bổ sung nhóm {group}; nếu không phát sinh thì ghi 0 kèm lý do.",
    remedy_en = "Add the group {group}; 0 with a reason if there is none."
)]
struct MissingGroup {
    group: CostGroupKey,
    kind: DossierKind,
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán có nhóm {group}, không thuộc cơ cấu chi phí của {kind} ({allowed}).",
    en = "The estimate has the group {group}, which is not in the structure of a dossier of the kind {kind} ({allowed}).",
    remedy_vi = "Chuyển các dòng chi của nhóm {group} về đúng nhóm theo quy định.",
    remedy_en = "Move the lines of the group {group} to the groups that are prescribed."
)]
struct ForeignGroup {
    group: CostGroupKey,
    kind: DossierKind,
    allowed: Listing<CostGroupKey>,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Nhóm {group} ghi 0 đồng nhưng chưa nêu lý do.",
    en = "The group {group} is 0 without a reason.",
    remedy_vi = "Nêu lý do nhóm không phát sinh chi phí.",
    remedy_en = "Say why the group costs nothing."
)]
struct ZeroWithoutReason {
    group: CostGroupKey,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hồ sơ có phần mềm nội bộ nhưng dự toán không có dòng chi kiểm thử, vận hành thử.",
    en = "The dossier has internal software, but the estimate has no line for testing or trial run.",
    remedy_vi = "Bổ sung dòng chi kiểm thử, vận hành thử, hoặc thuyết minh vì sao không phát sinh.",
    remedy_en = "Add a line for testing or trial run, or explain why there is none."
)]
struct NoTesting;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Báo cáo do tư vấn lập nhưng dự toán không có dòng chi phí tư vấn.",
    en = "A consultant drew up the report, but the estimate has no consulting line.",
    remedy_vi = "Bổ sung dòng chi phí tư vấn lập báo cáo, hoặc nêu nguồn chi trả khác.",
    remedy_en = "Add the consulting line, or say who else pays for it."
)]
struct NoConsulting;
