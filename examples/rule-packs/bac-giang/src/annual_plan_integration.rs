use kycuong_rules_sdk::model::papers::PlanRef;
use kycuong_rules_sdk::model::pointer::Pointer;
use kycuong_rules_sdk::prelude::*;

/// Nhiệm vụ chuyển đổi số phải có trong kế hoạch phát triển kinh tế - xã hội hằng năm.
///
/// Dự toán năm, hồ sơ dẫn ít nhất một kế hoạch phát triển kinh tế - xã hội của đúng năm ngân sách, có số, ký hiệu. Với
/// hồ sơ thì xét năm ngân sách đầu tiên của nguồn vốn, hoặc năm bắt đầu thực hiện khi nguồn vốn chưa ghi năm.
#[rule(
    requirement = "R75",
    title_vi = "Nhiệm vụ có trong kế hoạch kinh tế - xã hội năm",
    title_en = "In the annual socio-economic plan",
    severity = Warn,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030",
    quote = "vào kế hoạch phát triển KT-XH hằng năm",
    subjects = [Dossier, UnitPlan],
    reads = ["plan_refs", "year", "funding.year", "time.start"],
    violations = [NoAnnualPlan, NoNumber]
)]
pub fn annual_plan_integration(subject: &Subject, findings: &mut Findings) -> Checked {
    match subject {
        Subject::UnitPlan(plan) => {
            let year = require!(plan.year);
            check(&plan.plan_refs, at!(plan.plan_refs), year, findings);
        }
        Subject::Dossier(dossier) => {
            let funded = dossier.funding.iter().filter_map(|source| source.year.get()).min();
            let year = match funded {
                Some(year) => year,
                None => require!(dossier.time.start).year().unsigned_abs(),
            };
            check(&dossier.plan_refs, at!(dossier.plan_refs), year, findings);
        }
        Subject::BudgetEntry(_) | Subject::Portfolio(_) => return subject.not_judged(),
    }
    Ok(())
}

fn check(plans: &[PlanRef], place: Pointer, year: Count, findings: &mut Findings) {
    let of_year = |plan: &&PlanRef| {
        let from = plan.period_from.get();
        plan.r#type.is(PlanType::SocioEconomic)
            && from == Some(year)
            && plan.period_to.get().or(from) == Some(year)
    };
    let found: Vec<_> = plans.iter().filter(of_year).collect();
    match found.first() {
        None => findings.add(place, NoAnnualPlan { year: year.to_string() }),
        Some(first) if !found.iter().any(|plan| plan.number.is_filled()) => {
            findings.add(at!(first.number), NoNumber { year: year.to_string() });
        }
        Some(_) => {}
    }
}

#[derive(Violation)]
#[violation(
    vi = "Các kế hoạch được dẫn làm căn cứ chưa có kế hoạch phát triển kinh tế - xã hội năm {year}.",
    en = "No socio-economic plan of {year} is referred to.",
    remedy_vi = "Đưa nhiệm vụ vào kế hoạch phát triển kinh tế - xã hội năm {year} và ghi số, ngày, mục của kế hoạch.",
    remedy_en = "Have the task entered in the socio-economic plan of {year}, and state the plan's number, date and item."
)]
struct NoAnnualPlan {
    year: String,
}

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch phát triển kinh tế - xã hội năm {year} chưa ghi số, ký hiệu.",
    en = "The socio-economic plan of {year} has no number.",
    remedy_vi = "Ghi số, ký hiệu của kế hoạch đã ban hành.",
    remedy_en = "State the number of the plan as issued."
)]
struct NoNumber {
    year: String,
}
