use kycuong_rules_sdk::prelude::*;

/// Đơn vị phải ban hành kế hoạch chuyển đổi số của năm trước khi trình dự toán năm.
///
/// Dự toán năm dẫn kế hoạch chuyển đổi số của đúng năm ngân sách, có số và ngày ban hành, ban hành không muộn hơn
/// ngày nộp dự toán. Kế hoạch nhiều năm là căn cứ của kế hoạch năm, không thay cho kế hoạch năm.
#[rule(
    requirement = "R02",
    title_vi = "Đơn vị đã ban hành kế hoạch chuyển đổi số năm",
    title_en = "Unit has this year's digital plan",
    severity = Warn,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022; Luật Chuyển đổi số số 148/2025/QH15, Điều 12",
    quote = "hoàn thành ban hành nghị quyết, chương trình, kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số",
    violations = [NoPlan, NoNumber, NoDate, IssuedLater, NoPeriod, OtherPeriod]
)]
pub fn unit_dx_plan_issued(plan: &UnitPlan, context: &Context, findings: &mut Findings) -> Checked {
    let year = require!(plan.year);
    let submitted = match plan.submitted_at.get() {
        Some(at) => at.date(),
        None => require!(context.on),
    };
    if !plan.dx_plan.is_present() {
        findings.add(at!(plan.dx_plan), NoPlan { year: year.to_string() });
        return Ok(());
    }
    if !plan.dx_plan.number.is_filled() {
        findings.add(at!(plan.dx_plan.number), NoNumber);
    }
    match plan.dx_plan.date.get() {
        None => findings.add(at!(plan.dx_plan.date), NoDate),
        Some(issued) if issued > submitted => {
            findings.add(at!(plan.dx_plan.date), IssuedLater { issued, submitted });
        }
        Some(_) => {}
    }
    match plan.dx_plan.period_from.get() {
        None => findings.add(at!(plan.dx_plan.period_from), NoPeriod),
        Some(from) => {
            let to = plan.dx_plan.period_to.get().unwrap_or(from);
            if (from, to) != (year, year) {
                let [from, to, year] = [from, to, year].map(|year| year.to_string());
                findings.add(at!(plan.dx_plan.period_from), OtherPeriod { from, to, year });
            }
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán năm {year} chưa dẫn kế hoạch chuyển đổi số của đơn vị.",
    en = "The budget plan of {year} refers to no digital plan of the unit.",
    remedy_vi = "Ban hành kế hoạch chuyển đổi số năm {year} và ghi số, ngày ban hành vào dự toán.",
    remedy_en = "Issue the digital plan of {year} and state its number and date."
)]
struct NoPlan {
    year: String,
}

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch chuyển đổi số của đơn vị chưa ghi số, ký hiệu.",
    en = "The unit's digital plan has no number.",
    remedy_vi = "Ghi số, ký hiệu của kế hoạch đã ban hành.",
    remedy_en = "State the number of the plan as issued."
)]
struct NoNumber;

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch chuyển đổi số của đơn vị chưa ghi ngày ban hành.",
    en = "The unit's digital plan has no date.",
    remedy_vi = "Ghi ngày ban hành kế hoạch.",
    remedy_en = "State the date of the plan."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch chuyển đổi số ghi ngày {issued}, sau ngày nộp dự toán {submitted}.",
    en = "The digital plan is dated {issued}, after the submission on {submitted}.",
    remedy_vi = "Dẫn kế hoạch đã ban hành khi nộp dự toán, hoặc sửa ngày ghi nhầm.",
    remedy_en = "Refer to a plan that was issued by then, or correct the date."
)]
struct IssuedLater {
    issued: Date,
    submitted: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch chuyển đổi số của đơn vị chưa ghi năm thực hiện.",
    en = "The unit's digital plan does not say for which year it is.",
    remedy_vi = "Ghi năm mà kế hoạch áp dụng.",
    remedy_en = "State the plan's year."
)]
struct NoPeriod;

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch chuyển đổi số áp dụng từ năm {from} đến năm {to}, không phải kế hoạch riêng của năm ngân sách {year}.",
    en = "The digital plan is for {from} to {to}, not for the budget year {year} alone.",
    remedy_vi = "Dẫn kế hoạch chuyển đổi số của năm {year}.",
    remedy_en = "Refer to the digital plan of {year}."
)]
struct OtherPeriod {
    from: String,
    to: String,
    year: String,
}
