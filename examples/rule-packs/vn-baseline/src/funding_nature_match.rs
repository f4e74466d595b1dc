use kycuong_law::budget_index::{are_sections_verified, is_investment_section};
use kycuong_rules_sdk::model::funding::Funding;
use kycuong_rules_sdk::prelude::*;

/// Tính chất nguồn 13: kinh phí giao tự chủ, giao khoán.
const AUTONOMOUS: &str = "13";

/// Kinh phí phải dùng đúng tính chất nguồn: chi đầu tư cho đầu tư, chi thường xuyên cho thường xuyên.
///
/// Vốn đầu tư công đi với mục chi đầu tư (9300, 9350, 9400) và với dự án; chi thường xuyên không ghi mục chi đầu
/// tư. Chi phí vận hành, bảo trì do chi thường xuyên bảo đảm. Tổng các dòng chi của một nguồn không vượt số tiền
/// của nguồn ấy. Kinh phí giao tự chủ (tính chất 13) trả cho dự án thì cần xem lại.
#[rule(
    requirement = "R04",
    title_vi = "Đúng tính chất nguồn",
    title_en = "Right nature of source",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 33, Điều 34, Điều 60 khoản 1; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "đúng tính chất nguồn kinh phí",
    subjects = [Dossier, BudgetEntry],
    reads = [
        "activity_type",
        "codes.section",
        "costs.lines.activity_type",
        "costs.lines.amount",
        "costs.lines.funding_kind",
        "costs.lines.name",
        "funding.amount",
        "funding.codes.section",
        "funding.kind",
        "funding.nature_code",
        "funding.year",
        "kind",
        "nature_code",
        "year",
    ],
    violations = [
        NoFunding, NoFundingKind, NoEntryKind, RecurrentSection, InvestmentSection,
        InvestmentWithoutProject, OperatingFromInvestment, EntryOperatingFromInvestment,
        LeaseFromInvestment, AutonomousForProject, AutonomousForActivity, NotDeclared, Overdrawn,
    ]
)]
pub fn funding_nature_match(subject: &Subject, findings: &mut Findings) -> Checked {
    match subject {
        Subject::Dossier(dossier) => check_dossier(dossier, findings),
        Subject::BudgetEntry(entry) => check_entry(entry, findings),
        Subject::UnitPlan(_) | Subject::Portfolio(_) => subject.not_judged(),
    }
}

fn check_dossier(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.funding.is_empty() {
        findings.add(at!(dossier.funding), NoFunding);
        return Ok(());
    }
    for source in &dossier.funding {
        let Some(kind) = source.kind.get() else {
            findings.add(at!(source.kind), NoFundingKind);
            continue;
        };
        section_matches(kind, &source.codes.section, source.year.get(), findings);
        if let Some(dossier_kind) = dossier.kind.get() {
            if kind == FundingKind::PublicInvestment && !is_project(dossier_kind) {
                findings.add(at!(source.kind), InvestmentWithoutProject { dossier_kind });
            }
            let tied_to_project =
                is_project(dossier_kind) || dossier_kind == DossierKind::OutlineAndEstimate;
            if tied_to_project
                && kind == FundingKind::Recurrent
                && source.nature_code.is_text(AUTONOMOUS)
            {
                findings.add(at!(source.nature_code), AutonomousForProject { dossier_kind });
            }
        }
    }
    for line in &dossier.costs.lines {
        let drawn = line.funding_kind.get();
        if let Some(kind) = drawn
            && !dossier.funding.iter().any(|source| source.kind.is(kind))
        {
            findings.add(at!(line.funding_kind), NotDeclared { line: line.label(), kind });
            continue;
        }
        let from_investment = |source: &Funding| {
            drawn.is_none_or(|kind| source.kind.is(kind))
                && source.kind.is(FundingKind::PublicInvestment)
        };
        let only_investment = drawn == Some(FundingKind::PublicInvestment)
            || (drawn.is_none() && dossier.funding.iter().all(from_investment));
        if only_investment && line.activity_type.is(ActivityType::OperateMaintain) {
            findings.add(at!(line.activity_type), OperatingFromInvestment { line: line.label() });
        }
        let leases = line.activity_type.is(ActivityType::ServiceLease);
        if only_investment && leases && !dossier.kind.is(DossierKind::LeaseFeasibilityReport) {
            findings.add(at!(line.activity_type), LeaseFromInvestment { line: line.label() });
        }
    }
    lines_fit_their_source(dossier, findings);
    Ok(())
}

/// What the lines draw on each kind of source, against what that kind gives.
fn lines_fit_their_source(dossier: &Dossier, findings: &mut Findings) {
    for kind in FundingKind::ALL.iter().copied() {
        let sources = || dossier.funding.iter().filter(|source| source.kind.is(kind));
        let drawn: Money = dossier
            .costs
            .lines
            .iter()
            .filter(|line| line.funding_kind.is(kind))
            .filter_map(|line| line.amount.get())
            .sum();
        let given: Money = sources().filter_map(|source| source.amount.get()).sum();
        if let Some(first) = sources().next()
            && drawn > given
        {
            findings
                .add(at!(first.amount), Overdrawn { kind, drawn, given, excess: drawn - given });
        }
    }
}

fn check_entry(entry: &BudgetEntry, findings: &mut Findings) -> Checked {
    let Some(kind) = entry.kind.get() else {
        findings.add(at!(entry.kind), NoEntryKind);
        return Ok(());
    };
    section_matches(kind, &entry.codes.section, entry.year.get(), findings);
    let Some(activity) = entry.activity_type.get() else { return Ok(()) };
    // Whether a lease instalment may come from investment depends on the project, which an entry does not show.
    if kind == FundingKind::PublicInvestment && activity == ActivityType::OperateMaintain {
        findings.add(at!(entry.activity_type), EntryOperatingFromInvestment);
    }
    let builds =
        [ActivityType::BuildSystem, ActivityType::UpgradeSystem, ActivityType::BuildDatabase]
            .contains(&activity);
    if kind == FundingKind::Recurrent && builds && entry.nature_code.is_text(AUTONOMOUS) {
        findings.add(at!(entry.nature_code), AutonomousForActivity { activity });
    }
    Ok(())
}

fn is_project(kind: DossierKind) -> bool {
    match kind {
        DossierKind::FeasibilityReport
        | DossierKind::PurchaseFeasibilityReport
        | DossierKind::LeaseFeasibilityReport
        | DossierKind::EconomicTechnicalReport => true,
        DossierKind::ServiceLease
        | DossierKind::OutlineAndEstimate
        | DossierKind::PurchaseWithoutProject => false,
    }
}

fn section_matches(
    kind: FundingKind,
    section: &Field<Text>,
    year: Option<Count>,
    findings: &mut Findings,
) {
    let text = section.text();
    let Ok(number) = text.parse::<u32>() else { return };
    let is_verified = year.is_some_and(are_sections_verified);
    let severity = if is_verified { Severity::Block } else { Severity::Warn };
    let is_investment = is_investment_section(number);
    if kind == FundingKind::PublicInvestment && !is_investment {
        findings.add_as(severity, at!(section), RecurrentSection { section: section.owned() });
    }
    if kind == FundingKind::Recurrent && is_investment {
        findings.add_as(severity, at!(section), InvestmentSection { section: section.owned() });
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa khai nguồn vốn.",
    en = "The dossier declares no source of funding.",
    remedy_vi = "Khai từng nguồn vốn theo năm: loại nguồn, tính chất, số tiền, mục lục ngân sách và quyết định.",
    remedy_en = "Declare each source by year: kind, nature, amount, budget codes and decision."
)]
struct NoFunding;

#[derive(Violation)]
#[violation(
    vi = "Nguồn vốn chưa ghi loại nguồn.",
    en = "The source of funding does not say its kind.",
    remedy_vi = "Ghi loại nguồn: vốn đầu tư công, chi thường xuyên, chương trình mục tiêu quốc gia hoặc nguồn khác.",
    remedy_en = "State the kind: public investment, recurrent expenditure, national target programme or another."
)]
struct NoFundingKind;

#[derive(Violation)]
#[violation(
    vi = "Khoản mục chưa ghi loại nguồn.",
    en = "The entry does not say the kind of its funding.",
    remedy_vi = "Ghi loại nguồn: vốn đầu tư công, chi thường xuyên, chương trình mục tiêu quốc gia hoặc nguồn khác.",
    remedy_en = "State the kind: public investment, recurrent expenditure, national target programme or another."
)]
struct NoEntryKind;

#[derive(Violation)]
#[violation(
    vi = "Nguồn vốn đầu tư công ghi mục {section}, là mục chi thường xuyên; chi đầu tư ghi các mục 9300, 9350, 9400.",
    en = "Public investment is entered under section {section}, which is recurrent; investment uses sections 9300, 9350 and 9400.",
    remedy_vi = "Ghi lại mục chi đầu tư, hoặc chuyển khoản chi sang nguồn chi thường xuyên.",
    remedy_en = "Enter an investment section, or move the spending to recurrent expenditure."
)]
struct RecurrentSection {
    section: String,
}

#[derive(Violation)]
#[violation(
    vi = "Nguồn chi thường xuyên ghi mục {section}, là mục chi đầu tư.",
    en = "Recurrent expenditure is entered under section {section}, which is for investment.",
    remedy_vi = "Ghi lại mục chi thường xuyên, hoặc chuyển khoản chi sang vốn đầu tư công.",
    remedy_en = "Enter a recurrent section, or move the spending to public investment."
)]
struct InvestmentSection {
    section: String,
}

#[derive(Violation)]
#[violation(
    vi = "Vốn đầu tư công chỉ dùng cho dự án, nhưng hồ sơ là “{dossier_kind}”.",
    en = "Public investment is for projects, but the dossier is of the kind “{dossier_kind}”.",
    remedy_vi = "Lập báo cáo nghiên cứu khả thi hoặc báo cáo kinh tế - kỹ thuật, hoặc bố trí chi thường xuyên.",
    remedy_en = "Draw up a feasibility or economic-technical report, or use recurrent expenditure."
)]
struct InvestmentWithoutProject {
    dossier_kind: DossierKind,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” là chi phí vận hành, bảo trì nhưng lấy từ vốn đầu tư công; chi phí này do chi thường xuyên bảo đảm.",
    en = "The line “{line}” is operation or maintenance drawn on public investment; recurrent expenditure has to bear it.",
    remedy_vi = "Chuyển dòng chi sang nguồn chi thường xuyên.",
    remedy_en = "Move the line to recurrent expenditure."
)]
struct OperatingFromInvestment {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản mục chi cho vận hành, bảo trì nhưng ghi vốn đầu tư công; chi phí này do chi thường xuyên bảo đảm.",
    en = "The entry pays for operation or maintenance from public investment; recurrent expenditure has to bear it.",
    remedy_vi = "Chuyển khoản mục sang nguồn chi thường xuyên.",
    remedy_en = "Move the entry to recurrent expenditure."
)]
struct EntryOperatingFromInvestment;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dòng chi “{line}” là tiền thuê dịch vụ lấy từ vốn đầu tư công, nhưng hồ sơ không phải dự án thuê dịch vụ công nghệ số.",
    en = "The line “{line}” pays for a leased service from public investment, but the dossier is no lease project.",
    remedy_vi = "Xác nhận hạng mục thuê nằm trong cùng dự án theo khoản 8 Điều 65 Nghị định 224/2026/NĐ-CP, hoặc chuyển sang chi thường xuyên.",
    remedy_en = "Confirm that the lease belongs to the same project under article 65.8 of Decree 224/2026/NĐ-CP, or move it to recurrent expenditure."
)]
struct LeaseFromInvestment {
    line: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Nguồn kinh phí ghi tính chất 13 (giao tự chủ, giao khoán) trong khi chi cho {dossier_kind}; kinh phí dự án thường ghi tính chất 12.",
    en = "The source has nature 13 (autonomous), though it pays for a dossier of the kind {dossier_kind}; project money usually has nature 12.",
    remedy_vi = "Đối chiếu quyết định giao dự toán và ghi lại tính chất nguồn nếu cần.",
    remedy_en = "Compare with the allocation decision and correct the nature if needed."
)]
struct AutonomousForProject {
    dossier_kind: DossierKind,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khoản mục ghi tính chất nguồn 13 (giao tự chủ, giao khoán) trong khi chi cho hoạt động “{activity}”; nội dung này thường ghi tính chất 12.",
    en = "The entry has nature 13 (autonomous), though it pays for {activity}, which usually has nature 12.",
    remedy_vi = "Đối chiếu quyết định giao dự toán và ghi lại tính chất nguồn nếu cần.",
    remedy_en = "Compare with the allocation decision and correct the nature if needed."
)]
struct AutonomousForActivity {
    activity: ActivityType,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” lấy từ {kind}, nhưng hồ sơ không khai nguồn này.",
    en = "The line “{line}” draws on {kind}, which the dossier does not declare.",
    remedy_vi = "Khai bổ sung nguồn vốn, hoặc ghi lại nguồn chi trả của dòng chi.",
    remedy_en = "Declare the source, or correct the source of the line."
)]
struct NotDeclared {
    line: String,
    kind: FundingKind,
}

#[derive(Violation)]
#[violation(
    vi = "Các dòng chi lấy từ {kind} cộng lại là {drawn}, vượt {excess} so với số tiền của nguồn là {given}.",
    en = "The lines drawn on {kind} add up to {drawn}, which is {excess} more than the {given} of that source.",
    remedy_vi = "Điều chỉnh nguồn chi trả của các dòng chi hoặc số tiền của nguồn vốn.",
    remedy_en = "Correct the sources of the lines or the amount of the source."
)]
struct Overdrawn {
    kind: FundingKind,
    drawn: Money,
    given: Money,
    excess: Money,
}
