use kycuong_rules_sdk::model::dossier::Kpi;
use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

use crate::months::last_day_within;

#[derive(Parameters)]
pub struct SuspensionParameters {
    /// Số tháng không sử dụng.
    #[parameter(default = "6", min = "1", max = "36")]
    pub idle_months: Count,
    /// Số tháng từ ngày bắt đầu mà chưa giải ngân.
    #[parameter(default = "12", min = "1", max = "36")]
    pub undisbursed_months: Count,
    /// Mức đạt tối thiểu của một chỉ tiêu so với giá trị cần đạt.
    #[parameter(default = "50", min = "1", max = "100")]
    pub minimum_attained: Percent,
}

/// Liệt kê các dự án cần xem xét đề xuất tạm dừng.
///
/// Dự án đã hoàn thành hoặc đang sử dụng mà 6 tháng không có lượt sử dụng; chỉ tiêu tăng dần đạt dưới 50% giá trị cần
/// đạt; kết quả rà soát là dừng; hoặc sau 12 tháng chưa giải ngân. Đề xuất tạm dừng hay không do người quản lý quyết
/// định.
#[rule(
    requirement = "R43",
    title_vi = "Danh sách đề xuất tạm dừng",
    title_en = "Suspension candidates",
    severity = Inform,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023",
    quote = "tạm dừng các nhiệm vụ/dự án chưa thực sự cần thiết hoặc không hiệu quả",
    reads = [
        "projects.stage",
        "projects.in_use",
        "projects.last_used_on",
        "projects.accepted_on",
        "projects.kpis",
        "projects.review_outcome",
        "projects.started_on",
        "projects.disbursed",
    ],
    violations = [Idle, FallsShort, ReviewedToStop, Undisbursed]
)]
pub fn suspension_candidates(
    portfolio: &Portfolio,
    context: &Context,
    parameters: &SuspensionParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let mut undecided = None;
    for (position, project) in require!(portfolio.projects).iter().enumerate() {
        let name = || project_name(project, position);
        if project.in_use.is(true) || project.stage.is(Stage::Completion) {
            let months = parameters.idle_months;
            // A system that was never used is idle since it was handed over.
            match project.last_used_on.get().or_else(|| project.accepted_on.get()) {
                Some(since) if last_day_within(since, months) < on => {
                    findings.add(at!(project.last_used_on), Idle { name: name(), since, months });
                }
                Some(_) => {}
                None => {
                    undecided.get_or_insert(at!(project.last_used_on));
                }
            }
        }
        let minimum = parameters.minimum_attained;
        for indicator in &project.kpis {
            if let Some((actual, target)) = shortfall(indicator, minimum) {
                let (name, indicator_name) = (name(), indicator.name.owned());
                findings.add(
                    at!(indicator.actual),
                    FallsShort { name, indicator_name, actual, minimum, target },
                );
            }
        }
        if project.review_outcome.is(ReviewOutcome::Stop) {
            findings.add(at!(project.review_outcome), ReviewedToStop { name: name() });
        }
        let months = parameters.undisbursed_months;
        if let Some(started) = project.started_on.get()
            && last_day_within(started, months) < on
        {
            match project.disbursed.get() {
                Some(disbursed) if disbursed.is_zero() => {
                    let name = name();
                    findings.add(at!(project.disbursed), Undisbursed { name, started, months });
                }
                Some(_) => {}
                None => {
                    undecided.get_or_insert(at!(project.disbursed));
                }
            }
        }
    }
    match undecided {
        Some(place) => Err(Missing::Field(place).into()),
        None => Ok(()),
    }
}

/// What was reached and what was aimed at, when it is less than this share of the target. An indicator that is to
/// fall, such as a waiting time, has no such share.
fn shortfall(indicator: &Kpi, minimum: Percent) -> Option<(Quantity, Quantity)> {
    let (actual, target) = (indicator.actual.get()?, indicator.target.get()?);
    let is_to_rise = indicator.baseline.get().is_none_or(|baseline| baseline <= target);
    let is_short =
        Percent::new(100).decimal() * actual.decimal() < minimum.decimal() * target.decimal();
    (is_to_rise && is_short).then_some((actual, target))
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{name}” không có lượt sử dụng từ ngày {since}, đã quá {months} tháng.",
    en = "The project “{name}” has not been used since {since}, more than {months} months.",
    remedy_vi = "Xem xét nguyên nhân; nếu không còn cần thiết thì đề xuất tạm dừng.",
    remedy_en = "Look into the cause; propose a suspension if it is no longer needed."
)]
struct Idle {
    name: String,
    since: Date,
    months: Count,
}

#[derive(Violation)]
#[violation(
    vi = "Chỉ tiêu “{indicator_name}” của dự án “{name}” mới đạt {actual}, dưới {minimum} của giá trị cần đạt {target}.",
    en = "The indicator “{indicator_name}” of the project “{name}” has reached {actual}, below {minimum} of the target of {target}.",
    remedy_vi = "Đánh giá lại hiệu quả; nếu không hiệu quả thì đề xuất tạm dừng.",
    remedy_en = "Evaluate the project again; propose a suspension if it is not effective."
)]
struct FallsShort {
    name: String,
    indicator_name: String,
    actual: Quantity,
    minimum: Percent,
    target: Quantity,
}

#[derive(Violation)]
#[violation(
    vi = "Kết quả rà soát dự án “{name}” là dừng thực hiện.",
    en = "The review of the project “{name}” says to stop.",
    remedy_vi = "Đưa dự án vào danh sách đề xuất cấp có thẩm quyền cho tạm dừng.",
    remedy_en = "Put the project on the list of proposed suspensions."
)]
struct ReviewedToStop {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{name}” bắt đầu ngày {started}, sau {months} tháng vẫn chưa giải ngân.",
    en = "The project “{name}” began on {started} and has disbursed nothing in {months} months.",
    remedy_vi = "Xem xét nguyên nhân; nếu chưa thực sự cần thiết thì đề xuất tạm dừng.",
    remedy_en = "Look into the cause; propose a suspension if it is not really needed."
)]
struct Undisbursed {
    name: String,
    started: Date,
    months: Count,
}
