use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct TraceabilityParameters {
    /// Tỷ lệ tối đa giá trị các dòng chi không gắn với mục tiêu trên tổng dự toán (%).
    #[parameter(default = "5", min = "0", max = "10")]
    pub orphan_share_max: Percent,
}

/// Mỗi hạng mục mua sắm, xây dựng, thuê phải gắn với một mục tiêu của nhiệm vụ, dự án.
///
/// Xét các dòng chi xây lắp, trang thiết bị và thuê dịch vụ: dòng chi gắn với cấu phần, cấu phần gắn với mục tiêu
/// đã nêu. Chi phí quản lý, tư vấn, khác và dự phòng phục vụ toàn dự án nên không xét. Dòng chi không gắn được thì
/// cảnh báo; tổng giá trị các dòng ấy vượt tỷ lệ cho phép của tổng dự toán thì trả hồ sơ.
#[rule(
    requirement = "R05",
    title_vi = "Hạng mục gắn với mục tiêu",
    title_en = "Every item serves an objective",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm c; Thông tư 03/2020/TT-BTTTT, Điều 4; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "đúng mục tiêu",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
        OutlineAndEstimate,
    ],
    violations = [
        NoObjectives, NoComponents, NoComponent, NoObjective, UnknownObjective, TooManyOrphans,
    ]
)]
pub fn objective_traceability(
    dossier: &Dossier,
    parameters: &TraceabilityParameters,
    findings: &mut Findings,
) -> Checked {
    let objectives: BTreeSet<Text> =
        dossier.objectives.iter().filter_map(|objective| objective.id.get()).collect();
    if objectives.is_empty() {
        findings.add(at!(dossier.objectives), NoObjectives);
        return Ok(());
    }
    if dossier.components.is_empty() {
        findings.add(at!(dossier.components), NoComponents);
        return Ok(());
    }
    let lines = require!(dossier.costs.lines);
    let total = require!(dossier.costs.total);
    let mut orphans = Money::ZERO;
    for line in lines.iter().filter(|line| delivers_something(line.group.get())) {
        let component = line
            .component_id
            .get()
            .and_then(|id| dossier.components.iter().find(|component| component.id.is_text(&id)));
        let name = line.label();
        match component {
            None => findings.add(at!(line.component_id), NoComponent { line: name }),
            Some(component) if component.objective_ids.is_empty() => {
                findings.add(at!(component.objective_ids), NoObjective { line: name });
            }
            Some(component) => {
                let known = |id: &Field<Text>| id.get().is_some_and(|id| objectives.contains(&id));
                if component.objective_ids.iter().any(known) {
                    continue;
                }
                findings.add(at!(component.objective_ids), UnknownObjective { line: name });
            }
        }
        orphans = orphans + line.amount.get().unwrap_or_default();
    }
    let limit = parameters.orphan_share_max;
    if orphans > limit * total {
        findings.add(at!(dossier.costs.lines), TooManyOrphans { orphans, total, limit });
    }
    Ok(())
}

/// Whether lines of a group deliver something by themselves; a line that says no group is looked at too.
fn delivers_something(group: Option<CostGroupKey>) -> bool {
    match group {
        Some(CostGroupKey::Construction | CostGroupKey::Equipment | CostGroupKey::ServiceLease)
        | None => true,
        Some(
            CostGroupKey::ProjectManagement
            | CostGroupKey::Consulting
            | CostGroupKey::Other
            | CostGroupKey::Contingency,
        ) => false,
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu mục tiêu nào (có mã) nên không đối chiếu được hạng mục với mục tiêu.",
    en = "The dossier states no objective (with an id), so no item can be traced to one.",
    remedy_vi = "Nêu từng mục tiêu kèm mã, rồi gắn các cấu phần với mục tiêu.",
    remedy_en = "State each objective with an id, and tie the components to them."
)]
struct NoObjectives;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa khai cấu phần nào nên không gắn được dòng chi với mục tiêu.",
    en = "The dossier declares no component, so no line can be tied to an objective.",
    remedy_vi = "Khai các cấu phần, mục tiêu mà từng cấu phần phục vụ, và cấu phần của từng dòng chi.",
    remedy_en = "Declare the components, the objectives that each serves, and the component of each line."
)]
struct NoComponents;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dòng chi “{line}” không gắn với cấu phần nào đã khai.",
    en = "The line “{line}” belongs to no declared component.",
    remedy_vi = "Ghi mã cấu phần của dòng chi, hoặc bỏ dòng chi.",
    remedy_en = "State the component of the line, or drop the line."
)]
struct NoComponent {
    line: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Cấu phần của dòng chi “{line}” chưa gắn với mục tiêu nào.",
    en = "The component of the line “{line}” serves no objective.",
    remedy_vi = "Ghi mục tiêu mà cấu phần phục vụ, hoặc bỏ cấu phần.",
    remedy_en = "State the objective that the component serves, or drop the component."
)]
struct NoObjective {
    line: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Cấu phần của dòng chi “{line}” ghi mục tiêu không có trong danh sách mục tiêu của hồ sơ.",
    en = "The component of the line “{line}” names objectives that the dossier does not list.",
    remedy_vi = "Ghi đúng mã mục tiêu của hồ sơ.",
    remedy_en = "Use the ids of the dossier's objectives."
)]
struct UnknownObjective {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Các dòng chi không gắn với mục tiêu cộng lại là {orphans}, vượt mức tối đa {limit} của tổng dự toán {total}.",
    en = "Lines that serve no objective add up to {orphans}, more than {limit} of the total of {total}.",
    remedy_vi = "Gắn các dòng chi này với mục tiêu của nhiệm vụ, dự án, hoặc bỏ khỏi dự toán.",
    remedy_en = "Tie these lines to objectives, or take them out of the estimate."
)]
struct TooManyOrphans {
    orphans: Money,
    total: Money,
    limit: Percent,
}
