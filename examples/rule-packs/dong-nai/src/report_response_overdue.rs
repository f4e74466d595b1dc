use kycuong_rules_sdk::model::portfolio::ReceivedReport;
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct ResponseParameters {
    /// Số ngày làm việc tối đa để phản hồi báo cáo của chủ đầu tư.
    #[parameter(default = "10", min = "1", max = "60")]
    pub working_days_max: Count,
}

/// Cơ quan chủ quản phải phản hồi báo cáo của chủ đầu tư trong thời hạn.
///
/// Đếm ngày làm việc từ ngày sau ngày nhận báo cáo đến ngày xét; báo cáo chưa được phản hồi quá thời hạn thì được lưu ý.
/// Báo cáo đã được phản hồi nhưng quá thời hạn thì nêu để biết.
#[rule(
    requirement = "R56",
    title_vi = "Báo cáo chưa được phản hồi",
    title_en = "Unanswered report",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai",
    quote = "phản hồi đầy đủ và kịp thời các báo cáo của chủ đầu tư dự án",
    reads = ["reports.project_id", "reports.received_on", "reports.answered_on"],
    facts = [working_days],
    violations = [Unanswered, AnsweredLate]
)]
pub fn report_response_overdue(
    portfolio: &Portfolio,
    facts: &Facts,
    context: &Context,
    parameters: &ResponseParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let reports = require!(portfolio.reports);
    if reports.is_empty() {
        return not_applicable(
            "Danh mục không có báo cáo nào của chủ đầu tư.",
            "The portfolio has no report of an owner.",
        );
    }
    let calendar = WorkingCalendar::of(facts);
    // One report that lacks a datum hides none of the others.
    let mut gap = None;
    for report in reports {
        if let Err(stop) = check(report, on, &calendar, parameters, findings) {
            gap.get_or_insert(stop);
        }
    }
    gap.map_or(Ok(()), Err)
}

fn check(
    report: &ReceivedReport,
    on: Date,
    calendar: &WorkingCalendar,
    parameters: &ResponseParameters,
    findings: &mut Findings,
) -> Checked {
    let received = require!(report.received_on);
    // An answer that is dated after the day of judging is none yet.
    let answered = report.answered_on.get().filter(|answered| *answered <= on);
    let days = calendar.days_between(received, answered.unwrap_or(on))?;
    let limit = parameters.working_days_max;
    if days <= limit {
        return Ok(());
    }
    let project = report.project_id.owned();
    match answered {
        None => {
            findings.add(at!(report.answered_on), Unanswered { project, received, days, limit })
        }
        Some(answered) => findings.add(
            at!(report.answered_on),
            AnsweredLate { project, received, answered, days, limit },
        ),
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Báo cáo của dự án “{project}” nhận ngày {received} đã {days} ngày làm việc chưa được phản hồi; thời hạn là {limit} ngày làm việc.",
    en = "The report of the project “{project}”, received on {received}, is unanswered after {days} working days; the limit is {limit}.",
    remedy_vi = "Cơ quan chủ quản phản hồi báo cáo của chủ đầu tư và ghi ngày phản hồi.",
    remedy_en = "Answer the owner's report and record the date."
)]
struct Unanswered {
    project: String,
    received: Date,
    days: Count,
    limit: Count,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Báo cáo của dự án “{project}” nhận ngày {received}, được phản hồi ngày {answered}, sau {days} ngày làm việc; thời hạn là {limit} ngày làm việc.",
    en = "The report of the project “{project}”, received on {received}, was answered on {answered}, after {days} working days; the limit is {limit}.",
    remedy_vi = "Rút kinh nghiệm để phản hồi các báo cáo tiếp theo trong thời hạn.",
    remedy_en = "Answer the next reports in time."
)]
struct AnsweredLate {
    project: String,
    received: Date,
    answered: Date,
    days: Count,
    limit: Count,
}
