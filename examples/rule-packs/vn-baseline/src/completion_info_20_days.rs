use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

/// Calendar days from handing over to telling of it, from 2026-07-01 (Decree 224/2026/NĐ-CP, article 68.1).
const DAYS: i32 = 20;

/// Chủ đầu tư phải cung cấp thông tin hoàn thành trong 20 ngày kể từ ngày nghiệm thu, bàn giao.
///
/// Xét các nhiệm vụ, dự án nghiệm thu, bàn giao từ ngày 01/7/2026: ngày cung cấp thông tin không quá 20 ngày theo lịch;
/// chưa cung cấp thì so với ngày xét.
#[rule(
    requirement = "R92",
    title_vi = "Cung cấp thông tin hoàn thành",
    title_en = "Completion information",
    severity = Warn,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 68 khoản 1",
    reads = [
        "projects.accepted_on",
        "projects.completion_informed_on",
        "projects.stage",
        "projects.title",
        "projects.id",
    ],
    violations = [InformedLate, NotInformed]
)]
pub fn completion_info_20_days(
    portfolio: &Portfolio,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let from = Regime::Nd224_2026.from();
    let (mut concerned, mut undated) = (false, None);
    for (position, project) in require!(portfolio.projects).iter().enumerate() {
        let Some(accepted) = project.accepted_on.get() else {
            if project.stage.is(Stage::Completion) {
                undated = undated.or(Some(at!(project.accepted_on)));
            }
            continue;
        };
        if accepted < from {
            continue;
        }
        concerned = true;
        let due = accepted.plus_days(DAYS);
        let name = project_name(project, position);
        match project.completion_informed_on.get() {
            Some(informed) if informed > due => {
                let late = informed.days_since(due).unsigned_abs();
                findings.add(
                    at!(project.completion_informed_on),
                    InformedLate { project: name, accepted, informed, due, late },
                );
            }
            None if on > due => {
                let late = on.days_since(due).unsigned_abs();
                findings.add(
                    at!(project.completion_informed_on),
                    NotInformed { project: name, accepted, due, on, late },
                );
            }
            Some(_) | None => {}
        }
    }
    match undated {
        Some(place) => Err(Stop::Missing(Missing::Field(place))),
        None if concerned => Ok(()),
        None => not_applicable(
            "Danh mục không có nhiệm vụ, dự án nào nghiệm thu, bàn giao từ ngày 01/7/2026.",
            "No project of the portfolio was handed over since 2026-07-01.",
        ),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project}” bàn giao ngày {accepted}, hạn cung cấp thông tin hoàn thành là {due}, nhưng đến ngày {informed} mới cung cấp, chậm {late} ngày.",
    en = "The project “{project}” was handed over on {accepted}; its completion was due to be told by {due}, but was on {informed}, {late} days late.",
    remedy_vi = "Giải trình lý do chậm; các dự án sau cung cấp thông tin trong thời hạn.",
    remedy_en = "Explain the delay and tell of the next ones in time."
)]
struct InformedLate {
    project: String,
    accepted: Date,
    informed: Date,
    due: Date,
    late: u32,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project}” bàn giao ngày {accepted}, hạn cung cấp thông tin hoàn thành là {due}, đến ngày {on} chưa cung cấp, chậm {late} ngày.",
    en = "The project “{project}” was handed over on {accepted}; its completion was due to be told by {due} and is not by {on}, {late} days late.",
    remedy_vi = "Cung cấp ngay thông tin hoàn thành cho cấp có thẩm quyền và đơn vị chuyên trách về chuyển đổi số.",
    remedy_en = "Tell the authority and the digital specialist unit of the completion at once."
)]
struct NotInformed {
    project: String,
    accepted: Date,
    due: Date,
    on: Date,
    late: u32,
}
