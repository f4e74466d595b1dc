use kycuong_rules_sdk::model::papers::{DirectiveRef, PlanRef};
use kycuong_rules_sdk::model::pointer::Pointer;
use kycuong_rules_sdk::prelude::*;

/// Nhiệm vụ, dự án phải có trong kế hoạch đã ban hành, hoặc có văn bản chỉ đạo khi đột xuất.
///
/// Ít nhất một kế hoạch ghi đủ số, ngày ban hành, mục và thời kỳ; ban hành không muộn hơn ngày nộp hồ sơ;
/// thời kỳ bao gồm năm bắt đầu thực hiện. Khi đột xuất, văn bản chỉ đạo phải ghi đủ loại, số, ngày và
/// điều, khoản. Hoạt động không phải lập dự án (Nghị định 224/2026/NĐ-CP Điều 65 khoản 1) chỉ được lưu ý.
#[rule(
    requirement = "R01",
    title_vi = "Phải có căn cứ kế hoạch đã ban hành",
    title_en = "Must trace to an issued plan",
    severity = Block,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm b; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 2 điểm c; Nghị định 224/2026/NĐ-CP, Điều 32 khoản 1 điểm a",
    quote = "hoàn thành ban hành nghị quyết, chương trình, kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số",
    violations = [
        NoPlan, PlanPartMissing, PlanLater, OtherPeriod, DirectivePartMissing, DirectiveLater,
    ]
)]
pub fn plan_reference_required(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let submitted = dossier.submitted_at.get().map(|at| at.date()).or(context.on.get());
    // A project stays a project when it claims a basis for having none.
    let needs_no_project = dossier.exempt_basis.is_present()
        && dossier.kind.get().is_none_or(|kind| kind == DossierKind::PurchaseWithoutProject);
    let severity = if needs_no_project { Severity::Warn } else { Severity::Block };
    let start_year = dossier.time.start.get().and_then(|start| u32::try_from(start.year()).ok());
    let directive = &dossier.urgent_directive;
    let plan_holds = |plan: &PlanRef| {
        plan_gaps(plan).is_empty()
            && !is_later(plan.date.get(), submitted)
            && start_year.is_some_and(|year| covers(plan, year))
    };
    let directive_holds =
        directive_gaps(directive).is_empty() && !is_later(directive.date.get(), submitted);
    if directive_holds || dossier.plan_refs.iter().any(plan_holds) {
        return Ok(());
    }

    if dossier.plan_refs.is_empty() && !directive.is_present() {
        findings.add_as(severity, at!(dossier.plan_refs), NoPlan);
        return Ok(());
    }
    for (index, plan) in dossier.plan_refs.iter().enumerate() {
        let position = index + 1;
        for (place, part) in plan_gaps(plan) {
            findings.add_as(severity, place, PlanPartMissing { position, part });
        }
        if let (Some(issued), Some(submitted)) = (plan.date.get(), submitted)
            && issued > submitted
        {
            findings.add_as(severity, at!(plan.date), PlanLater { position, issued, submitted });
        }
        if let (Some(from), Some(to), Some(year)) =
            (plan.period_from.get(), plan.period_to.get(), start_year)
            && !covers(plan, year)
        {
            let (from, to, year) = (from.to_string(), to.to_string(), year.to_string());
            findings.add_as(
                severity,
                at!(plan.period_from),
                OtherPeriod { position, from, to, year },
            );
        }
    }
    if directive.is_present() {
        for (place, part) in directive_gaps(directive) {
            findings.add_as(severity, place, DirectivePartMissing { part });
        }
        if let (Some(issued), Some(submitted)) = (directive.date.get(), submitted)
            && issued > submitted
        {
            findings.add_as(severity, at!(directive.date), DirectiveLater { issued, submitted });
        }
    }
    if findings.is_empty() {
        require!(dossier.time.start);
    }
    Ok(())
}

/// A part that is not there: its place and its name.
type Gap = (Pointer, Bilingual);

fn plan_gaps(plan: &PlanRef) -> Vec<Gap> {
    let parts = [
        (plan.number.is_filled(), at!(plan.number), "số, ký hiệu", "number"),
        (plan.date.is_present(), at!(plan.date), "ngày ban hành", "date of issue"),
        (
            plan.item_code.is_filled(),
            at!(plan.item_code),
            "mục của nhiệm vụ trong kế hoạch",
            "item in the plan",
        ),
        (
            plan.period_from.is_present(),
            at!(plan.period_from),
            "năm đầu của thời kỳ kế hoạch",
            "first year",
        ),
        (
            plan.period_to.is_present(),
            at!(plan.period_to),
            "năm cuối của thời kỳ kế hoạch",
            "last year",
        ),
    ];
    gaps(parts)
}

fn directive_gaps(directive: &DirectiveRef) -> Vec<Gap> {
    let parts = [
        (directive.r#type.is_present(), at!(directive.r#type), "loại văn bản", "type"),
        (directive.number.is_filled(), at!(directive.number), "số, ký hiệu", "number"),
        (directive.date.is_present(), at!(directive.date), "ngày ban hành", "date of issue"),
        (
            directive.clause.is_filled(),
            at!(directive.clause),
            "điều, khoản, mục giao nhiệm vụ",
            "clause",
        ),
    ];
    gaps(parts)
}

fn gaps<const N: usize>(parts: [(bool, Pointer, &str, &str); N]) -> Vec<Gap> {
    let absent = parts.into_iter().filter(|(present, ..)| !present);
    absent.map(|(_, place, vi, en)| (place, Bilingual::new(vi, en))).collect()
}

fn is_later(issued: Option<Date>, submitted: Option<Date>) -> bool {
    matches!((issued, submitted), (Some(issued), Some(submitted)) if issued > submitted)
}

fn covers(plan: &PlanRef, year: Count) -> bool {
    matches!((plan.period_from.get(), plan.period_to.get()), (Some(from), Some(to)) if from <= year && year <= to)
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu kế hoạch đã ban hành làm căn cứ, cũng chưa nêu văn bản chỉ đạo khi đột xuất.",
    en = "The dossier names neither an issued plan nor an urgent directive that it rests on.",
    remedy_vi = "Bổ sung số, ngày, mục và thời kỳ của kế hoạch chuyển đổi số có nhiệm vụ này, hoặc văn bản chỉ đạo giao nhiệm vụ đột xuất.",
    remedy_en = "State number, date, item and period of the digital transformation plan that has this task, or the urgent directive."
)]
struct NoPlan;

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch thứ {position} trong danh sách căn cứ chưa ghi {part}.",
    en = "Plan {position} in the list lacks its {part}.",
    remedy_vi = "Bổ sung {part} theo đúng bản kế hoạch đã ban hành.",
    remedy_en = "Add the {part} as in the issued plan."
)]
struct PlanPartMissing {
    position: usize,
    part: Bilingual,
}

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch thứ {position} ban hành ngày {issued}, sau ngày nộp hồ sơ {submitted}; kế hoạch phải được ban hành trước khi trình.",
    en = "Plan {position} was issued on {issued}, after the submission on {submitted}; a plan must be issued first.",
    remedy_vi = "Căn cứ vào kế hoạch đã ban hành không muộn hơn ngày {submitted}, hoặc kiểm tra lại ngày ban hành.",
    remedy_en = "Rest on a plan issued by {submitted}, or check the date of issue."
)]
struct PlanLater {
    position: usize,
    issued: Date,
    submitted: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Kế hoạch thứ {position} có thời kỳ {from}–{to}, không bao gồm năm bắt đầu thực hiện {year}.",
    en = "Plan {position} covers {from}–{to}, not the starting year {year}.",
    remedy_vi = "Căn cứ vào kế hoạch của thời kỳ có năm {year}, hoặc kiểm tra lại thời gian thực hiện.",
    remedy_en = "Rest on a plan whose period includes {year}, or check the time of implementation."
)]
struct OtherPeriod {
    position: usize,
    from: String,
    to: String,
    year: String,
}

#[derive(Violation)]
#[violation(
    vi = "Văn bản chỉ đạo khi đột xuất chưa ghi {part}.",
    en = "The urgent directive lacks its {part}.",
    remedy_vi = "Bổ sung {part} của văn bản chỉ đạo.",
    remedy_en = "Add the directive's {part}."
)]
struct DirectivePartMissing {
    part: Bilingual,
}

#[derive(Violation)]
#[violation(
    vi = "Văn bản chỉ đạo khi đột xuất ban hành ngày {issued}, sau ngày nộp hồ sơ {submitted}.",
    en = "The urgent directive was issued on {issued}, after the submission on {submitted}.",
    remedy_vi = "Nêu văn bản chỉ đạo đã ban hành không muộn hơn ngày {submitted}, hoặc kiểm tra lại ngày ban hành.",
    remedy_en = "Name a directive issued by {submitted}, or check the date of issue."
)]
struct DirectiveLater {
    issued: Date,
    submitted: Date,
}
