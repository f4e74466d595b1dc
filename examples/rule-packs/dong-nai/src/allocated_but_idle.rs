use kycuong_rules_sdk::model::portfolio::Project;
use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

#[derive(Parameters)]
pub struct IdleParameters {
    /// Tỷ lệ giải ngân tối thiểu trên kinh phí đã bố trí (%).
    #[parameter(default = "10", min = "1", max = "100")]
    pub disbursed_share_min: Percent,
    /// Số tháng kể từ ngày bố trí kinh phí thì bắt đầu xét.
    #[parameter(default = "6", min = "1", max = "36")]
    pub months: Count,
}

/// Dự án đã được bố trí kinh phí thì phải triển khai, giải ngân.
///
/// Xét từng dự án chưa hoàn thành trong danh mục, của mọi năm: sau số tháng quy định kể từ ngày bố trí, phần đã giải ngân
/// không thấp hơn tỷ lệ tối thiểu của kinh phí đã bố trí. Dự án chưa được bố trí ghi kinh phí bố trí bằng 0.
#[rule(
    requirement = "R46",
    title_vi = "Đã bố trí vốn nhưng chưa triển khai",
    title_en = "Allocated but idle",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai",
    quote = "triển khai hiệu quả các dự án đã được bố trí nguồn lực",
    reads = [
        "projects.id",
        "projects.title",
        "projects.stage",
        "projects.allocated",
        "projects.allocated_on",
        "projects.disbursed",
    ],
    violations = [Idle]
)]
pub fn allocated_but_idle(
    portfolio: &Portfolio,
    context: &Context,
    parameters: &IdleParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let projects = require!(portfolio.projects);
    if projects.iter().all(|project| project.stage.is(Stage::Completion)) {
        return not_applicable(
            "Danh mục không có dự án chưa hoàn thành.",
            "Every project of the portfolio is completed.",
        );
    }
    // One project that lacks a datum hides none of the others.
    let mut gap = None;
    for (position, project) in projects.iter().enumerate() {
        if let Err(stop) = check(project, position, on, parameters, findings) {
            gap.get_or_insert(stop);
        }
    }
    gap.map_or(Ok(()), Err)
}

fn check(
    project: &Project,
    position: usize,
    on: Date,
    parameters: &IdleParameters,
    findings: &mut Findings,
) -> Checked {
    if project.stage.is(Stage::Completion) {
        return Ok(());
    }
    let allocated = require!(project.allocated);
    if allocated.is_zero() {
        return Ok(());
    }
    let since = require!(project.allocated_on);
    let months = parameters.months;
    if on < since.plus_months(i32::try_from(months).unwrap_or(i32::MAX)) {
        return Ok(());
    }
    let disbursed = require!(project.disbursed);
    let share = parameters.disbursed_share_min;
    if disbursed < share * allocated {
        let project_name = project_name(project, position);
        findings.add(
            at!(project.disbursed),
            Idle { project_name, allocated, since, months, disbursed, share },
        );
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” được bố trí {allocated} từ ngày {since}, đã đủ {months} tháng nhưng mới giải ngân {disbursed}, thấp hơn {share} kinh phí đã bố trí.",
    en = "The project “{project_name}” was allocated {allocated} on {since}; {months} months have passed and {disbursed} is disbursed, less than {share} of it.",
    remedy_vi = "Đẩy nhanh triển khai, giải ngân; nếu không thực hiện được thì đề xuất điều chỉnh hoặc thu hồi kinh phí đã bố trí.",
    remedy_en = "Speed up the work and disbursement; if that cannot be done, propose to adjust or withdraw the money."
)]
struct Idle {
    project_name: String,
    allocated: Money,
    since: Date,
    months: Count,
    disbursed: Money,
    share: Percent,
}
