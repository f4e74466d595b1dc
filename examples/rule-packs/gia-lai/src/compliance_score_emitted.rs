use kycuong_rules_sdk::model::portfolio::Project;
use kycuong_rules_sdk::prelude::*;

/// Số liệu tính điểm tuân thủ của từng đơn vị được ghi nhận để xếp hạng.
///
/// Không phải điều kiện của hồ sơ: quy tắc chỉ ghi nhận, theo đơn vị và năm xét, những gì hồ sơ hoặc danh mục tự khai.
/// Hồ sơ: số thành phần đã khai trên tổng số thành phần được tính. Danh mục: số nhiệm vụ, dự án, số khai đủ thông tin, số
/// có báo cáo đánh giá hiệu quả. Quy tắc không thấy kết quả của các quy tắc khác; số quy tắc đạt, số phát hiện cần lưu ý
/// và phải sửa nằm ở phần tổng hợp của báo cáo kiểm tra, do hệ thống tính.
#[rule(
    requirement = "R20",
    title_vi = "Số liệu tính điểm tuân thủ",
    title_en = "Compliance score input",
    severity = Inform,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "là tiêu chí xếp hạng về ICT Index và cải cách hành chính",
    subjects = [Dossier, Portfolio],
    reads = [
        "owner.org_id",
        "owner.name",
        "owner.head",
        "plan_refs",
        "urgent_directive",
        "objectives",
        "legal_bases",
        "funding",
        "costs.lines",
        "attachments",
        "projects"
    ],
    violations = [DossierScore, UnitScore]
)]
pub fn compliance_score_emitted(
    subject: &Subject,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let year = require!(context.on).year().to_string();
    match subject {
        Subject::Dossier(dossier) => of_dossier(dossier, year, findings),
        Subject::Portfolio(portfolio) => of_portfolio(portfolio, &year, findings),
        Subject::BudgetEntry(_) | Subject::UnitPlan(_) => subject.not_judged(),
    }
}

fn of_dossier(dossier: &Dossier, year: String, findings: &mut Findings) -> Checked {
    let unit = unit(require!(dossier.owner.org_id), &dossier.owner.name);
    let has_proposal_letter = dossier.has(DocumentType::ProposalLetter);
    let elements = [
        (
            !dossier.plan_refs.is_empty() || dossier.urgent_directive.is_present(),
            ("căn cứ kế hoạch hoặc chỉ đạo", "plan or directive"),
        ),
        (!dossier.objectives.is_empty(), ("mục tiêu", "objectives")),
        (!dossier.legal_bases.is_empty(), ("căn cứ pháp lý", "legal bases")),
        (!dossier.funding.is_empty(), ("nguồn vốn", "funding")),
        (!dossier.costs.lines.is_empty(), ("dự toán theo dòng chi", "cost lines")),
        (dossier.owner.head.name.is_filled(), ("người đứng đầu", "head of the unit")),
        (has_proposal_letter, ("tờ trình", "proposal letter")),
    ];
    let total = elements.len();
    let absent: Vec<_> =
        elements.iter().filter(|(declared, _)| !declared).map(|(_, title)| title).collect();
    let declared = total - absent.len();
    let absent = if absent.is_empty() {
        Bilingual::new("không thiếu thành phần nào", "none is absent")
    } else {
        let [vi, en] = [
            absent.iter().map(|(vi, _)| *vi).collect::<Vec<_>>(),
            absent.iter().map(|(_, en)| *en).collect(),
        ]
        .map(|titles| titles.join(", "));
        Bilingual::new(format!("thiếu {vi}"), format!("absent: {en}"))
    };
    findings.add(at!(dossier.owner.org_id), DossierScore { year, unit, declared, total, absent });
    Ok(())
}

fn of_portfolio(portfolio: &Portfolio, year: &str, findings: &mut Findings) -> Checked {
    let projects = require!(portfolio.projects);
    if projects.is_empty() {
        return not_applicable(
            "Danh mục không có nhiệm vụ, dự án nào.",
            "The portfolio has no projects.",
        );
    }
    // A project without an owner of its own belongs to the portfolio's.
    let mut units: BTreeMap<String, Vec<(String, &Project)>> = BTreeMap::new();
    for project in projects {
        let (id, name) = match project.owner.org_id.get() {
            Some(id) => (id, &project.owner.name),
            None => (require!(portfolio.owner.org_id), &portfolio.owner.name),
        };
        units.entry(id.to_string()).or_default().push((unit(id, name), project));
    }
    for of_unit in units.into_values() {
        let count = |wanted: fn(&Project) -> bool| {
            of_unit.iter().filter(|(_, project)| wanted(project)).count()
        };
        let (declared, in_use) = (count(is_declared), count(is_in_use));
        let reported =
            count(|project| is_in_use(project) && project.effectiveness_report.date.is_present());
        if let Some((unit, first)) = of_unit.first() {
            let (year, unit, projects) = (year.to_owned(), unit.clone(), of_unit.len());
            findings
                .add(at!(first.id), UnitScore { year, unit, projects, declared, reported, in_use });
        }
    }
    Ok(())
}

/// A unit's name with its id, or the id alone.
fn unit(id: Text, name: &TextField) -> String {
    if name.is_filled() { format!("{} ({id})", name.text().trim()) } else { id.to_string() }
}

/// Whether a project states its stage, its money, the decision behind it and what it is to achieve.
fn is_declared(project: &Project) -> bool {
    project.stage.is_present()
        && project.total.is_present()
        && project.funding_decision.is_filled()
        && !project.kpis.is_empty()
}

/// Whether a project is due an effectiveness report: completed or in use.
fn is_in_use(project: &Project) -> bool {
    project.in_use.is(true) || project.stage.is(Stage::Completion)
}

#[derive(Violation)]
#[violation(
    vi = "Năm {year}, {unit}: hồ sơ khai {declared} trên {total} thành phần được tính điểm tuân thủ; {absent}.",
    en = "In {year}, {unit}: the dossier declares {declared} of the {total} elements that count for compliance; {absent}.",
    remedy_vi = "Không phải sửa hồ sơ vì ghi nhận này; số quy tắc đạt và số phát hiện xem ở phần tổng hợp của báo cáo.",
    remedy_en = "Nothing is to be fixed for this; the counts of rules and findings are in the report's summary."
)]
struct DossierScore {
    year: String,
    unit: String,
    declared: usize,
    total: usize,
    absent: Bilingual,
}

#[derive(Violation)]
#[violation(
    vi = "Năm {year}, {unit}: {projects} nhiệm vụ, dự án, trong đó {declared} khai đủ bước, kinh phí, quyết định cấp kinh phí và chỉ tiêu hiệu quả; {reported} trên {in_use} nhiệm vụ, dự án đã hoàn thành hoặc đang sử dụng có báo cáo đánh giá hiệu quả.",
    en = "In {year}, {unit}: {projects} projects, of which {declared} state stage, money, funding decision and targets; {reported} of the {in_use} that are completed or in use have an effectiveness report.",
    remedy_vi = "Không phải sửa danh mục vì ghi nhận này; số quy tắc đạt và số phát hiện xem ở phần tổng hợp của báo cáo.",
    remedy_en = "Nothing is to be fixed for this; the counts of rules and findings are in the report's summary."
)]
struct UnitScore {
    year: String,
    unit: String,
    projects: usize,
    declared: usize,
    reported: usize,
    in_use: usize,
}
