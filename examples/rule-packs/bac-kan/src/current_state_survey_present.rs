use kycuong_rules_sdk::prelude::*;

use crate::months::last_day_within;

#[derive(Parameters)]
pub struct SurveyParameters {
    /// Số tháng tối đa từ ngày khảo sát hiện trạng đến ngày xét.
    #[parameter(default = "12", min = "1", max = "60")]
    pub maximum_months: Count,
}

/// Hồ sơ phải có số liệu khảo sát hiện trạng, không quá cũ, và mô tả các hệ thống được nâng cấp.
///
/// Có số người dùng, khối lượng văn bản, hồ sơ mỗi năm và ngày khảo sát trong 12 tháng; hệ thống được nâng cấp, mở
/// rộng phải có trong danh sách hiện trạng. Số liệu có sát thực tiễn hay không do người thẩm định xem xét.
#[rule(
    requirement = "R23",
    title_vi = "Có khảo sát hiện trạng",
    title_en = "Current-state survey",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 2 điểm a; Nghị định 224/2026/NĐ-CP, Điều 44 khoản 3",
    quote = "bám sát thực tiễn của tỉnh, đơn vị, địa phương",
    reads = [
        "necessity.current_state.users",
        "necessity.current_state.documents_per_year",
        "necessity.current_state.survey_date",
        "necessity.current_state.systems",
        "components.action",
        "components.target_system_id",
    ],
    violations = [NoSurvey, NoUsers, NoVolume, NoDate, DateAhead, Outdated, SystemNotDescribed]
)]
pub fn current_state_survey_present(
    dossier: &Dossier,
    context: &Context,
    parameters: &SurveyParameters,
    findings: &mut Findings,
) -> Checked {
    let state = &dossier.necessity.current_state;
    if !state.is_present() {
        findings.add(at!(dossier.necessity.current_state), NoSurvey);
        return Ok(());
    }
    if state.users.get().is_none_or(|users| users == 0) {
        findings.add(at!(state.users), NoUsers);
    }
    if state.documents_per_year.get().is_none_or(|documents| documents == 0) {
        findings.add(at!(state.documents_per_year), NoVolume);
    }
    let on = require!(context.on);
    match state.survey_date.get() {
        None => findings.add(at!(state.survey_date), NoDate),
        Some(date) if date > on => findings.add(at!(state.survey_date), DateAhead { date, on }),
        Some(date) if last_day_within(date, parameters.maximum_months) < on => {
            let limit = parameters.maximum_months;
            findings.add(at!(state.survey_date), Outdated { date, on, limit });
        }
        Some(_) => {}
    }
    for component in &dossier.components {
        let is_upgrade = matches!(
            component.action.get(),
            Some(ComponentAction::Upgrade | ComponentAction::Expand)
        );
        let system = component.target_system_id.trimmed();
        if is_upgrade
            && !system.is_empty()
            && !state.systems.iter().any(|described| described.text().trim() == system)
        {
            findings.add(at!(component.target_system_id), SystemNotDescribed { system });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có số liệu khảo sát hiện trạng.",
    en = "The dossier has no figures of the current state.",
    remedy_vi = "Khảo sát và bổ sung các hệ thống hiện có, số người dùng, khối lượng văn bản, hồ sơ mỗi năm và ngày khảo sát.",
    remedy_en = "Survey the current state; add the present systems, users, yearly volume and the date of the survey."
)]
struct NoSurvey;

#[derive(Violation)]
#[violation(
    vi = "Phần hiện trạng chưa nêu số người dùng.",
    en = "The current state does not say how many users there are.",
    remedy_vi = "Bổ sung số người dùng theo kết quả khảo sát.",
    remedy_en = "Add the number of users that the survey found."
)]
struct NoUsers;

#[derive(Violation)]
#[violation(
    vi = "Phần hiện trạng chưa nêu khối lượng văn bản, hồ sơ mỗi năm.",
    en = "The current state does not say the yearly volume of documents.",
    remedy_vi = "Bổ sung khối lượng văn bản, hồ sơ mỗi năm theo kết quả khảo sát.",
    remedy_en = "Add the yearly volume that the survey found."
)]
struct NoVolume;

#[derive(Violation)]
#[violation(
    vi = "Phần hiện trạng chưa ghi ngày khảo sát.",
    en = "The current state does not say when it was surveyed.",
    remedy_vi = "Bổ sung ngày khảo sát.",
    remedy_en = "Add the date of the survey."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Ngày khảo sát hiện trạng {date} ở sau ngày xét {on}.",
    en = "The survey is dated {date}, after the day of this check, {on}.",
    remedy_vi = "Kiểm tra và ghi lại ngày khảo sát.",
    remedy_en = "Correct the date of the survey."
)]
struct DateAhead {
    date: Date,
    on: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Hiện trạng được khảo sát ngày {date}, đến ngày xét {on} đã quá {limit} tháng.",
    en = "The current state was surveyed on {date}, more than {limit} months before {on}.",
    remedy_vi = "Khảo sát lại và cập nhật số liệu hiện trạng.",
    remedy_en = "Survey again and bring the figures up to date."
)]
struct Outdated {
    date: Date,
    on: Date,
    limit: Count,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ nâng cấp, mở rộng hệ thống “{system}” nhưng phần hiện trạng không mô tả hệ thống này.",
    en = "The dossier upgrades or expands the system “{system}”, which the current state does not describe.",
    remedy_vi = "Bổ sung hệ thống “{system}” vào phần hiện trạng.",
    remedy_en = "Describe the system “{system}” in the current state."
)]
struct SystemNotDescribed {
    system: String,
}
