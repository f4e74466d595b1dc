use kycuong_rules_sdk::model::portfolio::Project;
use kycuong_rules_sdk::prelude::*;
use kycuong_rules_sdk::project_name;

use crate::dependency_cycles::cycles;

/// Most names that a message about a circle shows.
const NAMES_SHOWN: usize = 5;

/// Danh mục phải xác định mức độ ưu tiên và lộ trình của từng dự án.
///
/// Mỗi dự án chưa hoàn thành ghi mức độ ưu tiên, quý bắt đầu và quý kết thúc; các dự án không phụ thuộc nhau thành vòng;
/// dự án không bắt đầu trước quý kết thúc của dự án mà nó phụ thuộc. Dự án đã hoàn thành không phải ghi lộ trình và không
/// còn cản dự án khác.
#[rule(
    requirement = "R57",
    title_vi = "Danh mục có mức độ ưu tiên, lộ trình",
    title_en = "Portfolio priority and roadmap",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai",
    quote = "tiến hành phân tích danh mục các chương trình, dự án để xác định mức độ, lộ trình thực hiện",
    reads = [
        "projects.id",
        "projects.title",
        "projects.stage",
        "projects.priority",
        "projects.start_quarter",
        "projects.end_quarter",
        "projects.depends_on",
    ],
    violations = [
        NoProjects, NoPriority, NoQuarter, WrongQuarter, EndsBeforeStart, UnknownDependency,
        StartsTooEarly, Circle,
    ]
)]
pub fn portfolio_roadmap_present(portfolio: &Portfolio, findings: &mut Findings) -> Checked {
    let projects = &portfolio.projects;
    if projects.is_empty() {
        findings.add(at!(portfolio.projects), NoProjects);
        return Ok(());
    }
    let by_id: BTreeMap<String, usize> = projects
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, project)| project.id.is_filled())
        .map(|(position, project)| (project.id.owned(), position))
        .collect();
    let mut edges: Vec<Vec<usize>> = Vec::with_capacity(projects.len());
    for (position, project) in projects.iter().enumerate() {
        let mut needed = Vec::new();
        if !is_completed(project) {
            let name = project_name(project, position);
            check_roadmap(project, &name, findings);
            for dependency in &project.depends_on {
                let id = dependency.owned();
                let Some(at) = by_id.get(&id) else {
                    let project_name = name.clone();
                    findings
                        .add(at!(dependency), UnknownDependency { project_name, dependency: id });
                    continue;
                };
                needed.push(*at);
                if let Some(other) = projects.get(*at)
                    && *at != position
                    && !is_completed(other)
                {
                    check_order(project, &name, other, *at, findings);
                }
            }
        }
        edges.push(needed);
    }
    for cycle in cycles(&edges, NAMES_SHOWN) {
        let Some(last) = projects.get(cycle.last) else { continue };
        let named = cycle.first.iter().filter_map(|at| Some(project_name(projects.get(*at)?, *at)));
        let mut names: Vec<String> = named.collect();
        if cycle.count > NAMES_SHOWN {
            names.push("…".to_owned());
        }
        let (count, circle) = (cycle.count, names.join(" → "));
        findings.add(at!(last.depends_on), Circle { circle, count });
    }
    Ok(())
}

fn is_completed(project: &Project) -> bool {
    project.stage.is(Stage::Completion)
}

fn check_roadmap(project: &Project, name: &str, findings: &mut Findings) {
    if !project.priority.is_present() {
        findings.add(at!(project.priority), NoPriority { project_name: name.to_owned() });
    }
    let which = Bilingual::new("quý bắt đầu", "first quarter");
    let start = quarter(&project.start_quarter, which, name, findings);
    let which = Bilingual::new("quý kết thúc", "last quarter");
    let end = quarter(&project.end_quarter, which, name, findings);
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        let project_name = name.to_owned();
        findings.add(at!(project.end_quarter), EndsBeforeStart { project_name, start, end });
    }
}

fn check_order(
    project: &Project,
    name: &str,
    other: &Project,
    other_position: usize,
    findings: &mut Findings,
) {
    if let (Some(start), Some(end)) =
        (Quarter::read(&project.start_quarter), Quarter::read(&other.end_quarter))
        && start < end
    {
        let (name, dependency) = (name.to_owned(), project_name(other, other_position));
        findings.add(
            at!(project.start_quarter),
            StartsTooEarly { project_name: name, start, dependency, end },
        );
    }
}

/// The quarter; reports one that is absent or written otherwise.
fn quarter(
    field: &Field<Text>,
    which: Bilingual,
    name: &str,
    findings: &mut Findings,
) -> Option<Quarter> {
    let quarter = Quarter::read(field);
    let project_name = name.to_owned();
    if !field.is_filled() {
        findings.add(at!(field), NoQuarter { project_name, which });
    } else if quarter.is_none() {
        let written = field.owned();
        findings.add(at!(field), WrongQuarter { project_name, which, written });
    }
    quarter
}

/// A quarter of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Quarter {
    year: u16,
    quarter: u8,
}

impl Quarter {
    /// Reads `2026-Q3`.
    fn read(field: &Field<Text>) -> Option<Self> {
        let text = field.text();
        let (year, quarter) = text.split_once("-Q")?;
        let is_shaped = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let quarter = match quarter {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            _ => return None,
        };
        if is_shaped { Some(Self { year: year.parse().ok()?, quarter }) } else { None }
    }
}

impl Localize for Quarter {
    fn vi(&self) -> String {
        format!("quý {} năm {}", self.quarter, self.year)
    }
    fn en(&self) -> String {
        self.to_string()
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

#[derive(Violation)]
#[violation(
    vi = "Danh mục chưa có nhiệm vụ, dự án nào.",
    en = "The portfolio lists no task or project.",
    remedy_vi = "Bổ sung các nhiệm vụ, dự án với mức độ ưu tiên và lộ trình.",
    remedy_en = "List the tasks and projects, with priority and roadmap."
)]
struct NoProjects;

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” chưa xác định mức độ ưu tiên.",
    en = "The project “{project_name}” has no priority.",
    remedy_vi = "Ghi mức độ ưu tiên của dự án trong danh mục.",
    remedy_en = "State its priority in the portfolio."
)]
struct NoPriority {
    project_name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” chưa xác định {which}.",
    en = "The project “{project_name}” has no {which}.",
    remedy_vi = "Ghi {which} của dự án, ví dụ 2026-Q3.",
    remedy_en = "State the {which}, such as 2026-Q3."
)]
struct NoQuarter {
    project_name: String,
    which: Bilingual,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” ghi {which} là “{written}”, không đúng dạng năm và quý.",
    en = "The project “{project_name}” has “{written}” as its {which}, which is not a year and a quarter.",
    remedy_vi = "Ghi quý theo dạng 2026-Q3: bốn chữ số của năm và quý từ 1 đến 4.",
    remedy_en = "Write the quarter like 2026-Q3: four digits of the year, and a quarter from 1 to 4."
)]
struct WrongQuarter {
    project_name: String,
    which: Bilingual,
    written: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” kết thúc {end}, trước khi bắt đầu {start}.",
    en = "The project “{project_name}” ends in {end}, before it starts in {start}.",
    remedy_vi = "Ghi lại quý bắt đầu hoặc quý kết thúc.",
    remedy_en = "Correct the first or the last quarter."
)]
struct EndsBeforeStart {
    project_name: String,
    start: Quarter,
    end: Quarter,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dự án “{project_name}” phụ thuộc dự án mã “{dependency}”, không có trong danh mục nên chưa đối chiếu được lộ trình.",
    en = "The project “{project_name}” depends on “{dependency}”, which the portfolio does not list, so the order could not be judged.",
    remedy_vi = "Ghi lại mã dự án phụ thuộc, hoặc bổ sung dự án đó vào danh mục.",
    remedy_en = "Correct the id, or add that project to the portfolio."
)]
struct UnknownDependency {
    project_name: String,
    dependency: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dự án “{project_name}” bắt đầu {start}, trước khi dự án “{dependency}” mà nó phụ thuộc kết thúc ({end}).",
    en = "The project “{project_name}” starts in {start}, before “{dependency}”, which it depends on, ends in {end}.",
    remedy_vi = "Lùi quý bắt đầu, rút ngắn dự án “{dependency}” hoặc bỏ quan hệ phụ thuộc.",
    remedy_en = "Start later, shorten “{dependency}”, or drop the dependency."
)]
struct StartsTooEarly {
    project_name: String,
    start: Quarter,
    dependency: String,
    end: Quarter,
}

#[derive(Violation)]
#[violation(
    vi = "Quan hệ phụ thuộc giữa các dự án thành vòng: {circle} (gồm {count} dự án).",
    en = "The dependencies form a circle: {circle} ({count} in all).",
    remedy_vi = "Bỏ ít nhất một quan hệ phụ thuộc trong vòng để xác định được thứ tự thực hiện.",
    remedy_en = "Drop at least one dependency of the circle, so that there is an order."
)]
struct Circle {
    circle: String,
    count: usize,
}
