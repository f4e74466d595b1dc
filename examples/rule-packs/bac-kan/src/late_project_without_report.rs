use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

/// Dự án chậm tiến độ phải có phản ánh khó khăn, vướng mắc.
///
/// Dự án đã qua ngày dự kiến kết thúc, chưa hoàn thành và không có phản ánh nào sau ngày ấy thì được nêu tên.
#[rule(
    requirement = "R44",
    title_vi = "Chậm tiến độ chưa báo cáo",
    title_en = "Late without report",
    severity = Inform,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023",
    quote = "nếu có khó khăn, vướng mắc",
    reads = [
        "projects.planned_end",
        "projects.stage",
        "projects.accepted_on",
        "projects.issues.reported_on",
    ],
    violations = [LateUnreported]
)]
pub fn late_project_without_report(
    portfolio: &Portfolio,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let mut undecided = None;
    for (position, project) in require!(portfolio.projects).iter().enumerate() {
        if project.stage.is(Stage::Completion)
            || project.accepted_on.get().is_some_and(|accepted| accepted <= on)
        {
            continue;
        }
        let Some(planned) = project.planned_end.get() else {
            undecided.get_or_insert(at!(project.planned_end));
            continue;
        };
        let is_reported = project
            .issues
            .iter()
            .any(|issue| issue.reported_on.get().is_some_and(|reported| reported > planned));
        if planned < on && !is_reported {
            let (name, days) = (project_name(project, position), on.days_since(planned));
            findings.add(at!(project.planned_end), LateUnreported { name, planned, days });
        }
    }
    match undecided {
        Some(place) => Err(Missing::Field(place).into()),
        None => Ok(()),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{name}” dự kiến kết thúc ngày {planned}, đã chậm {days} ngày mà chưa có phản ánh khó khăn, vướng mắc.",
    en = "The project “{name}” was to end on {planned}; days late: {days}, and no difficulty was reported.",
    remedy_vi = "Phản ánh khó khăn, vướng mắc về đơn vị chuyên trách về chuyển đổi số, hoặc cập nhật tiến độ.",
    remedy_en = "Report the difficulty to the digital specialist unit, or bring the schedule up to date."
)]
struct LateUnreported {
    name: String,
    planned: Date,
    days: i32,
}
