use kycuong_rules_sdk::model::facts::HistoryProject;
use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

#[derive(Parameters)]
pub struct EffectivenessReportParameters {
    /// Nhiệm vụ, dự án bắt đầu đến hết ngày này phải có báo cáo.
    #[parameter(default = "2023-12-31", min = "2023-12-31", max = "2099-12-31")]
    pub cutoff: Date,
    /// Báo cáo phải gửi trước ngày này; gửi đúng ngày này là chậm.
    #[parameter(default = "2024-01-10", min = "2024-01-10", max = "2099-12-31")]
    pub due: Date,
}

/// Nhiệm vụ, dự án đã hoàn thành, đang thực hiện, đang sử dụng phải có báo cáo đánh giá hiệu quả gửi trước hạn.
///
/// Trong danh mục: dự án bắt đầu đến hết ngày 31/12/2023 phải có báo cáo gửi trước ngày 10/01/2024, đúng ngày 10
/// là chậm; hằng năm tỉnh đặt lại hai mốc này. Trong hồ sơ: chủ đầu tư còn dự án chưa gửi báo cáo thì được lưu ý;
/// khi không có bảng lịch sử dự án thì báo rõ là chưa đối chiếu.
#[rule(
    requirement = "R21",
    title_vi = "Báo cáo đánh giá hiệu quả",
    title_en = "Effectiveness report",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 68 khoản 2",
    quote = "xây dựng báo cáo đánh giá hiệu quả cụ thể của các nhiệm vụ/dự án gửi Sở Thông tin và Truyền thông tổng hợp trước ngày 10 tháng 01 năm 2024",
    subjects = [Dossier, Portfolio],
    reads = [
        "owner.org_id",
        "projects.effectiveness_report",
        "projects.id",
        "projects.in_use",
        "projects.stage",
        "projects.started_on",
        "projects.title",
    ],
    facts = [project_history(column = "owner", path = "owner.org_id", optional)],
    violations = [
        NoReport, Undated, Late, NotYetSent, SentElsewhere, NotCompared, OwnerWithoutReport,
        OwnerLate, BeginningUnknown,
    ]
)]
pub fn effectiveness_report_required(
    subject: &Subject,
    facts: &Facts,
    context: &Context,
    parameters: &EffectivenessReportParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    match subject {
        Subject::Portfolio(portfolio) => check_portfolio(portfolio, on, parameters, findings),
        Subject::Dossier(dossier) => check_owner(dossier, facts, on, parameters, findings),
        Subject::BudgetEntry(_) | Subject::UnitPlan(_) => subject.not_judged(),
    }
}

fn check_portfolio(
    portfolio: &Portfolio,
    on: Date,
    parameters: &EffectivenessReportParameters,
    findings: &mut Findings,
) -> Checked {
    let (cutoff, due) = (parameters.cutoff, parameters.due);
    let mut undecided = None;
    let mut is_any_concerned = false;
    for (position, project) in require!(portfolio.projects).iter().enumerate() {
        if project.started_on.get().is_some_and(|started| started > cutoff) {
            continue;
        }
        if !project.in_use.is(true) {
            match project.stage.get() {
                Some(Stage::Implementation | Stage::Completion) => {}
                Some(_) => continue,
                None => {
                    undecided.get_or_insert(at!(project.stage));
                    continue;
                }
            }
        }
        // What is planned has no start yet; what runs or is in use has one.
        if !project.started_on.is_present() {
            undecided.get_or_insert(at!(project.started_on));
            continue;
        }
        is_any_concerned = true;
        let name = project_name(project, position);
        let report = &project.effectiveness_report;
        match report.date.get() {
            Some(date) if date >= due => findings.add(at!(report.date), Late { name, date, due }),
            Some(_) => {}
            None if on < due => findings.add(at!(report.date), NotYetSent { name, due }),
            None if report.number.is_filled() => {
                findings.add(at!(report.date), Undated { name, due });
            }
            None => findings.add(at!(project.effectiveness_report), NoReport { name, due }),
        }
        if let Some(role) = report.received_by.get()
            && role != Role::ItSpecialistUnit
        {
            let name = project_name(project, position);
            findings.add(at!(report.received_by), SentElsewhere { name, role });
        }
    }
    if let Some(place) = undecided {
        return Err(Missing::Field(place).into());
    }
    if is_any_concerned {
        return Ok(());
    }
    not_applicable(
        "Danh mục không có dự án thuộc diện phải báo cáo đánh giá hiệu quả.",
        "The portfolio has no project that has to report its effectiveness.",
    )
}

fn check_owner(
    dossier: &Dossier,
    facts: &Facts,
    on: Date,
    parameters: &EffectivenessReportParameters,
    findings: &mut Findings,
) -> Checked {
    let due = parameters.due;
    if on < due {
        return not_applicable(
            "Chưa đến hạn gửi báo cáo đánh giá hiệu quả của các dự án trước.",
            "The effectiveness reports of earlier projects are not due yet.",
        );
    }
    // A table that the host does not have says nothing against a dossier, and is no pass either.
    if !facts.project_history.is_present() {
        findings.add(at!(dossier.owner.org_id), NotCompared);
        return Ok(());
    }
    let owner = require!(dossier.owner.org_id);
    let mut is_any_concerned = false;
    for project in &facts.project_history {
        if !project.owner.is_text(&owner) || !is_running_or_in_use(project) {
            continue;
        }
        let label = if project.title.is_filled() { &project.title } else { &project.id };
        let name = label.trimmed();
        match has_begun(project, parameters.cutoff) {
            Some(true) => is_any_concerned = true,
            Some(false) => continue,
            None => {
                findings.add(at!(dossier.owner.org_id), BeginningUnknown { name });
                continue;
            }
        }
        match project.report_date.get() {
            Some(date) if date < due => {}
            Some(date) => {
                findings.add(at!(dossier.owner.org_id), OwnerLate { name, date, due });
            }
            None => findings.add(at!(dossier.owner.org_id), OwnerWithoutReport { name, due }),
        }
    }
    if is_any_concerned {
        return Ok(());
    }
    not_applicable(
        "Chủ đầu tư không có dự án trước đây thuộc diện phải báo cáo đánh giá hiệu quả.",
        "The owner has no earlier project that has to report its effectiveness.",
    )
}

fn is_running_or_in_use(project: &HistoryProject) -> bool {
    matches!(project.stage.get(), Some(Stage::Implementation | Stage::Completion))
        || project.in_use.is_text("yes")
}

/// Whether a project began by the cutoff, by its year when the day is not recorded.
fn has_begun(project: &HistoryProject, cutoff: Date) -> Option<bool> {
    match project.started_on.get() {
        Some(started) => Some(started <= cutoff),
        None => project.start_year.text().parse().ok().map(|year: i32| year <= cutoff.year()),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{name}” chưa có báo cáo đánh giá hiệu quả; hạn gửi là trước ngày {due}.",
    en = "The project “{name}” has no effectiveness report, which was due before {due}.",
    remedy_vi = "Lập báo cáo đánh giá hiệu quả, gửi đơn vị chuyên trách về chuyển đổi số và bổ sung số, ngày báo cáo.",
    remedy_en = "Write the report, send it to the digital specialist unit and add its number and date."
)]
struct NoReport {
    name: String,
    due: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Báo cáo đánh giá hiệu quả của dự án “{name}” chưa ghi ngày gửi; hạn gửi là trước ngày {due}.",
    en = "The effectiveness report of the project “{name}” has no date; it was due before {due}.",
    remedy_vi = "Bổ sung ngày gửi báo cáo.",
    remedy_en = "Add the date on which it was sent."
)]
struct Undated {
    name: String,
    due: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Báo cáo đánh giá hiệu quả của dự án “{name}” gửi ngày {date}; phải gửi trước ngày {due}.",
    en = "The effectiveness report of the project “{name}” was sent on {date}; it was due before {due}.",
    remedy_vi = "Giải trình việc gửi chậm với đơn vị chuyên trách về chuyển đổi số; nếu ghi nhầm ngày thì sửa lại.",
    remedy_en = "Explain the delay to the digital specialist unit; if the date is a mistake, correct it."
)]
struct Late {
    name: String,
    date: Date,
    due: Date,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Dự án “{name}” phải gửi báo cáo đánh giá hiệu quả trước ngày {due}.",
    en = "The project “{name}” has to send its effectiveness report before {due}.",
    remedy_vi = "Gửi báo cáo cho đơn vị chuyên trách về chuyển đổi số trước hạn.",
    remedy_en = "Send the report to the digital specialist unit in time."
)]
struct NotYetSent {
    name: String,
    due: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Báo cáo đánh giá hiệu quả của dự án “{name}” ghi nơi nhận là {role}, không phải đơn vị chuyên trách về chuyển đổi số.",
    en = "The effectiveness report of the project “{name}” went to the {role}, not to the digital specialist unit.",
    remedy_vi = "Gửi báo cáo cho đơn vị chuyên trách về chuyển đổi số (nay là Sở Khoa học và Công nghệ) để tổng hợp.",
    remedy_en = "Send the report to the digital specialist unit (now the Department of Science and Technology)."
)]
struct SentElsewhere {
    name: String,
    role: Role,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa đối chiếu được báo cáo đánh giá hiệu quả của các dự án trước, vì hệ thống không có bảng lịch sử dự án của chủ đầu tư.",
    en = "The effectiveness reports of earlier projects could not be compared: there is no table of the owner's project history.",
    remedy_vi = "Người tiếp nhận kiểm tra việc gửi báo cáo của chủ đầu tư, hoặc bổ sung bảng lịch sử dự án vào hệ thống.",
    remedy_en = "Look up the owner's reports by hand, or supply the table of project history."
)]
struct NotCompared;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chủ đầu tư chưa gửi báo cáo đánh giá hiệu quả của dự án “{name}”; hạn gửi là trước ngày {due}.",
    en = "The owner has not sent the effectiveness report of the project “{name}”, which was due before {due}.",
    remedy_vi = "Gửi báo cáo của dự án ấy cho đơn vị chuyên trách về chuyển đổi số.",
    remedy_en = "Send the report of that project to the digital specialist unit."
)]
struct OwnerWithoutReport {
    name: String,
    due: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chủ đầu tư gửi báo cáo đánh giá hiệu quả của dự án “{name}” ngày {date}; phải gửi trước ngày {due}.",
    en = "The owner sent the effectiveness report of the project “{name}” on {date}; it was due before {due}.",
    remedy_vi = "Người thẩm định xem xét việc chấp hành chế độ báo cáo của chủ đầu tư.",
    remedy_en = "The appraiser considers how the owner keeps to its reporting duty."
)]
struct OwnerLate {
    name: String,
    date: Date,
    due: Date,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Bảng lịch sử dự án không ghi thời điểm bắt đầu của dự án “{name}”, nên chưa xác định được dự án này có phải gửi báo cáo đánh giá hiệu quả hay không.",
    en = "The project history does not say when the project “{name}” began, so whether it had to report its effectiveness is not known.",
    remedy_vi = "Bổ sung ngày hoặc năm bắt đầu của dự án vào bảng lịch sử dự án.",
    remedy_en = "Add the day or the year of its beginning to the project history."
)]
struct BeginningUnknown {
    name: String,
}
