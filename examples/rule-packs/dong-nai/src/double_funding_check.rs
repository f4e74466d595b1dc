use kycuong_rules_sdk::model::facts::HistoryProject;
use kycuong_rules_sdk::model::funding::Funding;
use kycuong_rules_sdk::model::portfolio::Project;
use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

use crate::funded_period::FundedPeriod;
use crate::shared_codes::{Codes, FundedThings};

/// Một nội dung không được cấp kinh phí hai lần, và một quyết định không được chi quá tổng mức.
///
/// Với hồ sơ: cộng phần vốn của hồ sơ với kinh phí các nhiệm vụ, dự án khác đã lấy từ cùng quyết định (cùng số và cùng
/// ngày), so với tổng mức của quyết định; vượt thì trả lại. Khi thiếu ngày của quyết định thì chỉ lưu ý, và không tính dự
/// án bắt đầu trước năm ban hành, vì số quyết định lặp lại qua các năm và giữa các cơ quan. Cấu phần có cùng hệ thống hoặc
/// cùng mã chức năng với nhiệm vụ, dự án khác đang được cấp kinh phí trong cùng thời gian thì được lưu ý. Với danh mục:
/// xét giữa các dự án của danh mục (nêu ở dự án bắt đầu sau) và với lịch sử, mỗi mã nêu dự án kéo dài nhất. Khi chưa có
/// bảng lịch sử nhiệm vụ, dự án thì ghi rõ phần chưa đối chiếu được.
#[rule(
    requirement = "R52",
    title_vi = "Trùng nguồn, trùng nội dung",
    title_en = "Double funding",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai",
    quote = "rà soát, điều chỉnh, bổ sung và lồng ghép nội dung các chương trình, dự án",
    subjects = [Dossier, Portfolio],
    reads = [
        "code",
        "title",
        "owner.org_id",
        "time.start",
        "time.end",
        "components.name",
        "components.type",
        "components.target_system_id",
        "components.function_code",
        "funding.kind",
        "funding.amount",
        "funding.decision.number",
        "funding.decision.date",
        "funding.decision.total",
        "projects.id",
        "projects.title",
        "projects.system_id",
        "projects.function_code",
        "projects.started_on",
        "projects.planned_end",
        "projects.accepted_on",
    ],
    facts = [
        project_history(column = "system_id", path = "components.*.target_system_id", optional),
        project_history(column = "function_code", path = "components.*.function_code", optional),
        project_history(column = "funding_decision", path = "funding.*.decision.number", optional),
        project_history(column = "system_id", path = "projects.*.system_id", optional),
        project_history(column = "function_code", path = "projects.*.function_code", optional),
    ],
    violations = [
        DecisionOverdrawn, DecisionMaybeOverdrawn, ComponentFundedElsewhere, ProjectFundedElsewhere,
        NoHistory, NotComparable,
    ]
)]
pub fn double_funding_check(subject: &Subject, facts: &Facts, findings: &mut Findings) -> Checked {
    match subject {
        Subject::Dossier(dossier) => check_dossier(dossier, facts, findings),
        Subject::Portfolio(portfolio) => check_portfolio(portfolio, facts, findings),
        Subject::BudgetEntry(_) | Subject::UnitPlan(_) => subject.not_judged(),
    }
}

fn check_dossier(dossier: &Dossier, facts: &Facts, findings: &mut Findings) -> Checked {
    let components = require!(dossier.components);
    let funding = require!(dossier.funding);
    let decisions: BTreeMap<String, _> = funding
        .iter()
        .rev()
        .filter(|source| !source.kind.is(FundingKind::Other) && source.decision.number.is_filled())
        .map(|source| (source.decision.number.owned(), source))
        .collect();
    for component in components {
        if needs_codes(component) && codes_of_component(component).is_empty() {
            let name = component.name.owned();
            findings.add(at!(component.function_code), NotComparable { name });
        }
    }
    if decisions.is_empty() && components.iter().all(|part| codes_of_component(part).is_empty()) {
        return not_applicable(
            "Hồ sơ không có mã hệ thống, mã chức năng hoặc số quyết định kinh phí để đối chiếu.",
            "The dossier has no system, function or funding decision to compare.",
        );
    }
    if !facts.project_history.is_present() {
        findings.add(at!(dossier.components), NoHistory);
        return Ok(());
    }
    let rows: Vec<&HistoryProject> =
        facts.project_history.iter().filter(|row| !is_own(row, dossier)).collect();
    let funded =
        FundedThings::new(rows.iter().map(|row| (codes_of_row(row), period_of(row))).collect());
    let period = FundedPeriod { from: dossier.time.start.get(), to: dossier.time.end.get() };
    for component in components {
        let codes = codes_of_component(component);
        for at in funded.all(&codes, period) {
            let (Some(row), Some((others, period))) = (rows.get(at), funded.get(at)) else {
                continue;
            };
            if let Some((what, code)) = codes.shared_with(others) {
                let component_name = component.name.owned();
                let (other, period) = (name_of_row(row), *period);
                findings.add(
                    at!(component.function_code),
                    ComponentFundedElsewhere { component_name, what, code, other, period },
                );
            }
        }
    }
    let mut by_decision: BTreeMap<Text, Vec<&HistoryProject>> = BTreeMap::new();
    for row in rows {
        by_decision.entry(row.funding_decision.text()).or_default().push(row);
    }
    for (number, source) in decisions {
        let rows = by_decision.get(number.as_str()).map_or(&[][..], Vec::as_slice);
        check_decision(number, source, rows, funding, findings)?;
    }
    Ok(())
}

/// Whether a row is the dossier itself: by its code, or by its title and its owner.
fn is_own(row: &HistoryProject, dossier: &Dossier) -> bool {
    let is = |ours: &Field<Text>, theirs: &Field<Text>| {
        ours.is_filled() && theirs.text().trim() == ours.text().trim()
    };
    is(&dossier.code, &row.id)
        || (is(&dossier.title, &row.title) && is(&dossier.owner.org_id, &row.owner))
}

/// Compares what the dossier and the rows of this number draw with what the decision grants.
fn check_decision(
    number: String,
    source: &Funding,
    rows: &[&HistoryProject],
    funding: &[Funding],
    findings: &mut Findings,
) -> Checked {
    let decided = source.decision.date.get();
    let (mut certain, mut uncertain) = (Vec::new(), Vec::new());
    for row in rows {
        let Some(total) = row.total.get() else { continue };
        match (row.funding_decided_on.get(), decided) {
            (Some(theirs), Some(ours)) if theirs == ours => certain.push(total),
            (Some(_), Some(_)) => {}
            // What began before the year of the decision draws on one of an earlier year.
            _ => {
                let years = period_of(row).from.zip(decided);
                if years.is_none_or(|(from, decided)| from.year() >= decided.year()) {
                    uncertain.push(total);
                }
            }
        }
    }
    if certain.is_empty() && uncertain.is_empty() {
        return Ok(());
    }
    let total = require!(source.decision.total);
    let mut own = Money::ZERO;
    for part in funding.iter().filter(|part| part.decision.number.is_text(&number)) {
        own = own + require!(part.amount);
    }
    let place = at!(source.decision.total);
    let (count, elsewhere) = (certain.len(), certain.iter().copied().sum::<Money>());
    if count > 0 && own + elsewhere > total {
        let excess = own + elsewhere - total;
        findings.add(place, DecisionOverdrawn { number, total, own, count, elsewhere, excess });
        return Ok(());
    }
    let count = count + uncertain.len();
    let elsewhere = elsewhere + uncertain.iter().copied().sum::<Money>();
    if !uncertain.is_empty() && own + elsewhere > total {
        let excess = own + elsewhere - total;
        findings
            .add(place, DecisionMaybeOverdrawn { number, total, own, count, elsewhere, excess });
    }
    Ok(())
}

fn check_portfolio(portfolio: &Portfolio, facts: &Facts, findings: &mut Findings) -> Checked {
    let projects = require!(portfolio.projects);
    if projects.is_empty() {
        return not_applicable("Danh mục không có dự án nào.", "The portfolio lists no project.");
    }
    let read = FundedThings::new(
        projects.iter().map(|one| (codes_of_project(one), time_of(one))).collect(),
    );
    let earlier = read.earlier();
    let ids: BTreeSet<_> = projects.iter().map(|project| project.id.text()).collect();
    let mut rows: Vec<&HistoryProject> = facts.project_history.iter().collect();
    rows.retain(|row| !row.id.is_filled() || !ids.contains(&row.id.text()));
    let history =
        FundedThings::new(rows.iter().map(|row| (codes_of_row(row), period_of(row))).collect());
    for (position, project) in projects.iter().enumerate() {
        let Some((codes, period)) = read.get(position) else { continue };
        if codes.is_empty() {
            let name = project_name(project, position);
            findings.add(at!(project.function_code), NotComparable { name });
            continue;
        }
        let mut add = |(others, period): &(Codes, FundedPeriod), other: String| {
            if let Some((what, code)) = codes.shared_with(others) {
                let (project_name, period) = (project_name(project, position), *period);
                findings.add(
                    at!(project.function_code),
                    ProjectFundedElsewhere { project_name, what, code, other, period },
                );
            }
        };
        for before in earlier.get(&position).into_iter().flatten() {
            if let (Some(thing), Some(other)) = (read.get(*before), projects.get(*before)) {
                add(thing, project_name(other, *before));
            }
        }
        for at in history.longest(codes, *period) {
            if let (Some(thing), Some(row)) = (history.get(at), rows.get(at)) {
                add(thing, name_of_row(row));
            }
        }
    }
    if !facts.project_history.is_present() {
        findings.add(at!(portfolio.projects), NoHistory);
    }
    Ok(())
}

/// Whether a component is a system; equipment and training have no function of their own.
fn needs_codes(component: &Component) -> bool {
    matches!(
        component.r#type.get(),
        Some(
            ComponentType::InternalSoftware
                | ComponentType::Platform
                | ComponentType::Database
                | ComponentType::Service
        )
    )
}

fn codes_of_component(component: &Component) -> Codes {
    Codes::new(&component.target_system_id, &component.function_code)
}

fn codes_of_project(project: &Project) -> Codes {
    Codes::new(&project.system_id, &project.function_code)
}

fn codes_of_row(row: &HistoryProject) -> Codes {
    Codes::new(&row.system_id, &row.function_code)
}

/// The days of a project: until it was accepted, or until it is to end.
fn time_of(project: &Project) -> FundedPeriod {
    let to = project.accepted_on.get().or(project.planned_end.get());
    FundedPeriod { from: project.started_on.get(), to }
}

/// The days of an earlier project; one that only states its year starts on 1 January.
fn period_of(row: &HistoryProject) -> FundedPeriod {
    let first_of_year = || Date::new(row.start_year.text().parse().ok()?, 1, 1);
    FundedPeriod { from: row.started_on.get().or_else(first_of_year), to: row.ended_on.get() }
}

fn name_of_row(row: &HistoryProject) -> String {
    let title = row.title.owned();
    if title.is_empty() { row.id.owned() } else { title }
}

#[derive(Violation)]
#[violation(
    vi = "Quyết định “{number}” có tổng mức {total}; hồ sơ lấy {own}, {count} nhiệm vụ, dự án khác đã lấy {elsewhere}, vượt {excess}.",
    en = "Decision “{number}” grants {total}; this dossier draws {own}, other projects ({count}) have drawn {elsewhere}, {excess} too much.",
    remedy_vi = "Giảm phần vốn lấy từ quyết định ít nhất {excess}, lồng ghép nội dung trùng, hoặc trình điều chỉnh quyết định.",
    remedy_en = "Draw at least {excess} less on the decision, merge what is double, or have the decision adjusted."
)]
struct DecisionOverdrawn {
    number: String,
    total: Money,
    own: Money,
    count: usize,
    elsewhere: Money,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Quyết định “{number}” có tổng mức {total}; hồ sơ lấy {own}, {count} nhiệm vụ, dự án khác ghi cùng số quyết định đã lấy {elsewhere}, có thể vượt {excess}; chưa đủ ngày ban hành để xác định có cùng một quyết định hay không.",
    en = "Decision “{number}” grants {total}; this dossier draws {own}, other projects with that number ({count}) have drawn {elsewhere}, perhaps {excess} too much: not all dates are known, so it may be another decision.",
    remedy_vi = "Đối chiếu ngày, cơ quan ban hành quyết định; nếu cùng một quyết định thì giảm phần vốn ít nhất {excess} hoặc trình điều chỉnh quyết định.",
    remedy_en = "Compare the dates and issuers; if it is one decision, draw at least {excess} less or have the decision adjusted."
)]
struct DecisionMaybeOverdrawn {
    number: String,
    total: Money,
    own: Money,
    count: usize,
    elsewhere: Money,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Cấu phần “{component_name}” trùng {what} “{code}” với “{other}” được cấp kinh phí trong cùng thời gian ({period}).",
    en = "The component “{component_name}” has the same {what} “{code}” as “{other}”, which is funded at the same time ({period}).",
    remedy_vi = "Rà soát, lồng ghép hoặc giải trình phần không trùng với “{other}”.",
    remedy_en = "Merge the two, or explain what does not repeat “{other}”."
)]
struct ComponentFundedElsewhere {
    component_name: String,
    what: Bilingual,
    code: String,
    other: String,
    period: FundedPeriod,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dự án “{project_name}” trùng {what} “{code}” với “{other}” được cấp kinh phí trong cùng thời gian ({period}).",
    en = "The project “{project_name}” has the same {what} “{code}” as “{other}”, which is funded at the same time ({period}).",
    remedy_vi = "Rà soát, lồng ghép hoặc giải trình phần không trùng với “{other}”.",
    remedy_en = "Merge the two, or explain what does not repeat “{other}”."
)]
struct ProjectFundedElsewhere {
    project_name: String,
    what: Bilingual,
    code: String,
    other: String,
    period: FundedPeriod,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa đối chiếu được trùng nguồn, trùng nội dung với các nhiệm vụ, dự án khác vì hệ thống chưa có bảng lịch sử nhiệm vụ, dự án.",
    en = "Double funding could not be compared with other projects: there is no table of project history.",
    remedy_vi = "Người thẩm định tự đối chiếu với các nhiệm vụ, dự án đã được cấp kinh phí, hoặc nạp bảng lịch sử nhiệm vụ, dự án rồi kiểm tra lại.",
    remedy_en = "Compare by hand with the projects already funded, or supply the table of project history and check again."
)]
struct NoHistory;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "“{name}” chưa ghi mã hệ thống hoặc mã chức năng nên chưa đối chiếu được trùng nội dung.",
    en = "“{name}” states neither a system nor a function, so its content could not be compared.",
    remedy_vi = "Bổ sung mã hệ thống hoặc mã chức năng theo danh mục của tỉnh.",
    remedy_en = "Add the system or the function, by the province's inventory."
)]
struct NotComparable {
    name: String,
}
