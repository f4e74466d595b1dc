use kycuong_rules_sdk::model::facts::UnitReport;
use kycuong_rules_sdk::prelude::*;

/// Báo cáo định kỳ quá hạn và báo cáo sắp đến hạn của đơn vị được nêu để đôn đốc.
///
/// Dùng bảng báo cáo định kỳ của đơn vị: mỗi báo cáo đã quá hạn vào ngày xét mà chưa gửi, và báo cáo chưa gửi có hạn gần
/// nhất. Hạn rơi vào ngày nghỉ được chuyển sang ngày làm việc tiếp theo; chưa có lịch ngày làm việc của năm thì giữ
/// nguyên hạn.
#[rule(
    requirement = "R78",
    title_vi = "Báo cáo định kỳ đến hạn",
    title_en = "Periodic report due",
    severity = Inform,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030; Nghị định 224/2026/NĐ-CP, Điều 68",
    quote = "tổng hợp kết quả báo cáo UBND tỉnh theo quy định",
    facts = [unit_reports(column = "owner", path = "owner.org_id"), working_days(optional)],
    violations = [Overdue, NextDue]
)]
pub fn periodic_report_due(
    portfolio: &Portfolio,
    context: &Context,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let (owner, on) = (require!(portfolio.owner.org_id), require!(context.on));
    let calendar = WorkingCalendar::of(facts);
    let mut next: Option<(Date, String)> = None;
    for report in facts.unit_reports.iter().filter(|report| report.owner.is_text(&owner)) {
        let Some(due) = report.due.get().filter(|_| !is_sent(report, on)) else { continue };
        // A year without a calendar leaves the deadline where it is: the rule decides without the table.
        let (due, title) = (calendar.on_or_after(due).unwrap_or(due), title(report));
        if due < on {
            let days = on.days_since(due);
            findings.add(at!(portfolio.owner.org_id), Overdue { title, due, on, days });
        } else if next.as_ref().is_none_or(|earliest| (due, &title) < (earliest.0, &earliest.1)) {
            next = Some((due, title));
        }
    }
    if let Some((due, title)) = next {
        let days = due.days_since(on);
        findings.add(at!(portfolio.owner.org_id), NextDue { title, due, days });
    }
    Ok(())
}

fn is_sent(report: &UnitReport, on: Date) -> bool {
    report.sent_on.get().is_some_and(|sent| sent <= on)
}

/// The report's name with its period.
fn title(report: &UnitReport) -> String {
    let (name, period) = (report.name.owned(), report.period.text());
    if period.is_empty() { name } else { format!("{name} ({period})") }
}

#[derive(Violation)]
#[violation(
    vi = "Báo cáo “{title}” có hạn gửi {due}, đến ngày {on} chưa gửi (quá hạn {days} ngày).",
    en = "The report “{title}” was due on {due} and is not sent on {on}, {days} days late.",
    remedy_vi = "Gửi báo cáo cho đơn vị chuyên trách về chuyển đổi số.",
    remedy_en = "Send the report to the digital specialist unit."
)]
struct Overdue {
    title: String,
    due: Date,
    on: Date,
    days: i32,
}

#[derive(Violation)]
#[violation(
    vi = "Báo cáo tiếp theo đến hạn là “{title}”, hạn gửi {due} (còn {days} ngày).",
    en = "The next report due is “{title}”, on {due}, in {days} days.",
    remedy_vi = "Chuẩn bị và gửi báo cáo đúng hạn.",
    remedy_en = "Prepare the report and send it in time."
)]
struct NextDue {
    title: String,
    due: Date,
    days: i32,
}
