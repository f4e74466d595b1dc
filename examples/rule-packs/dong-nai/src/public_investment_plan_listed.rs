use kycuong_rules_sdk::model::papers::PlanRef;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ sử dụng vốn đầu tư công phải có trong kế hoạch đầu tư công trung hạn và hằng năm.
///
/// Kế hoạch trung hạn bố trí không thấp hơn tổng nhu cầu vốn các năm của kỳ; kế hoạch hằng năm không thấp hơn nhu cầu của
/// từng năm: năm đầu tiên sử dụng vốn và các năm đã đến; năm đầu tiên chưa đến mà chưa có kế hoạch thì được lưu ý. Hai kế hoạch ghi cùng một mã dự án. Hồ sơ kèm quyết định chủ
/// trương đầu tư và tổng mức đầu tư không vượt mức của quyết định.
#[rule(
    requirement = "R51",
    title_vi = "Có trong kế hoạch đầu tư công",
    title_en = "Listed in public-investment plan",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Luật Đầu tư công 58/2024/QH15; Nghị định 224/2026/NĐ-CP, Điều 50 khoản 6",
    quote = "Cân đối và đưa vào kế hoạch Nhà nước nguồn kinh phí đầu tư",
    stages = [Appraisal, Approval, ContractorSelection, Implementation, Completion],
    reads = [
        "attachments.amount",
        "attachments.date",
        "attachments.document_type",
        "attachments.number",
        "costs.total",
        "funding.amount",
        "funding.kind",
        "funding.year",
        "plan_refs.amount",
        "plan_refs.number",
        "plan_refs.period_from",
        "plan_refs.period_to",
        "plan_refs.project_code",
        "plan_refs.type",
    ],
    violations = [
        NotListed, NotListedYet, NoProjectCode, OtherProjectCode, NoAmount, BelowAsked, NoPolicy,
        NoPolicyAmount, AbovePolicy,
    ]
)]
pub fn public_investment_plan_listed(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let mut asked_by_year: BTreeMap<Count, Money> = BTreeMap::new();
    for source in require!(dossier.funding) {
        if require!(source.kind) == FundingKind::PublicInvestment {
            let asked = asked_by_year.entry(require!(source.year)).or_default();
            *asked = *asked + require!(source.amount);
        }
    }
    let Some(first_year) = asked_by_year.keys().next().copied() else {
        return not_applicable(
            "Hồ sơ không sử dụng vốn đầu tư công.",
            "The dossier uses no public investment.",
        );
    };
    let this_year = Count::try_from(require!(context.on).year()).unwrap_or_default();

    // The plan of a type that covers the year; of several (a plan and its adjustments) the one with the largest amount.
    let listing = |plan_type: PlanType, year: Count| {
        let of_type = dossier.plan_refs.iter().filter(|plan| plan.r#type.is(plan_type));
        of_type.filter(|plan| covers(plan, year)).max_by_key(|plan| plan.amount.get())
    };
    let mut codes = BTreeSet::new();
    let medium_term = PlanType::PublicInvestmentMediumTerm;
    let medium = listing(medium_term, first_year);
    if medium.is_none() {
        let year = first_year.to_string();
        findings.add(at!(dossier.plan_refs), NotListed { plan_type: medium_term, year });
    }
    if let Some(plan) = medium {
        let years = asked_by_year.iter().filter(|(year, _)| covers(plan, **year));
        check(plan, medium_term, years.map(|(_, asked)| *asked).sum(), &mut codes, findings);
    }
    for (year, asked) in asked_by_year {
        // The plans of later years are not drawn up yet.
        if year == first_year || year <= this_year {
            let plan_type = PlanType::PublicInvestmentAnnual;
            if let Some(plan) = listing(plan_type, year) {
                check(plan, plan_type, asked, &mut codes, findings);
            } else if year > this_year {
                findings.add(at!(dossier.plan_refs), NotListedYet { year: year.to_string() });
            } else {
                let year = year.to_string();
                findings.add(at!(dossier.plan_refs), NotListed { plan_type, year });
            }
        }
    }
    check_policy(dossier, findings)
}

fn covers(plan: &PlanRef, year: Count) -> bool {
    plan.period_from.get().is_none_or(|from| from <= year)
        && plan.period_to.get().is_none_or(|to| year <= to)
}

fn check(
    plan: &PlanRef,
    plan_type: PlanType,
    asked: Money,
    codes: &mut BTreeSet<String>,
    findings: &mut Findings,
) {
    let number = plan.number.owned();
    let code = plan.project_code.trimmed();
    if code.is_empty() {
        findings.add(at!(plan.project_code), NoProjectCode { plan_type, number: number.clone() });
    } else {
        codes.insert(code.clone());
        if let Some(other) = codes.iter().find(|other| **other != code).cloned() {
            findings.add(at!(plan.project_code), OtherProjectCode { plan_type, code, other });
        }
    }
    match plan.amount.get() {
        None => findings.add(at!(plan.amount), NoAmount { plan_type, number }),
        Some(listed) if listed < asked => {
            let shortfall = asked - listed;
            findings
                .add(at!(plan.amount), BelowAsked { plan_type, number, listed, asked, shortfall });
        }
        Some(_) => {}
    }
}

/// Compares with the latest investment policy decision attached.
fn check_policy(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let papers = dossier
        .attachments
        .iter()
        .filter(|paper| paper.document_type.is(DocumentType::InvestmentPolicyDecision));
    let Some(policy) = papers.max_by_key(|paper| paper.date.get()) else {
        findings.add(at!(dossier.attachments), NoPolicy);
        return Ok(());
    };
    let Some(approved) = policy.amount.get() else {
        findings.add(at!(policy.amount), NoPolicyAmount);
        return Ok(());
    };
    let total = require!(dossier.costs.total);
    if total > approved {
        let number = policy.number.owned();
        let excess = total - approved;
        findings.add(at!(policy.amount), AbovePolicy { number, total, approved, excess });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ sử dụng vốn đầu tư công năm {year} nhưng chưa dẫn {plan_type} của năm này.",
    en = "The dossier uses public investment in {year}, but cites no {plan_type} for that year.",
    remedy_vi = "Bổ sung {plan_type} có dự án, kèm mã dự án và số vốn bố trí.",
    remedy_en = "Cite the {plan_type} that lists the project, with its code and amount."
)]
struct NotListed {
    plan_type: PlanType,
    year: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hồ sơ sử dụng vốn đầu tư công từ năm {year}; năm này chưa đến và hồ sơ chưa dẫn kế hoạch đầu tư công hằng năm của năm này.",
    en = "The dossier uses public investment from {year} on; that year is still to come, and no yearly public investment plan for it is cited.",
    remedy_vi = "Đề xuất đưa dự án vào kế hoạch đầu tư công năm {year} và bổ sung kế hoạch khi được giao.",
    remedy_en = "Propose the project for the public investment plan of {year}, and cite the plan when it is assigned."
)]
struct NotListedYet {
    year: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phần dẫn {plan_type} “{number}” chưa ghi mã dự án.",
    en = "The reference to the {plan_type} “{number}” has no project code.",
    remedy_vi = "Ghi mã dự án theo {plan_type}.",
    remedy_en = "State the project code as in the {plan_type}."
)]
struct NoProjectCode {
    plan_type: PlanType,
    number: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phần dẫn {plan_type} ghi mã dự án {code}, khác mã {other} của kế hoạch đầu tư công đã dẫn khác.",
    en = "The reference to the {plan_type} has the project code {code}, not the {other} of another public investment plan cited.",
    remedy_vi = "Đối chiếu các kế hoạch và ghi thống nhất một mã dự án.",
    remedy_en = "Compare the plans and state one project code."
)]
struct OtherProjectCode {
    plan_type: PlanType,
    code: String,
    other: String,
}

#[derive(Violation)]
#[violation(
    vi = "Phần dẫn {plan_type} “{number}” chưa ghi số vốn bố trí cho dự án.",
    en = "The reference to the {plan_type} “{number}” states no amount for the project.",
    remedy_vi = "Ghi số vốn bố trí cho dự án theo {plan_type}.",
    remedy_en = "State the amount for the project as in the {plan_type}."
)]
struct NoAmount {
    plan_type: PlanType,
    number: String,
}

#[derive(Violation)]
#[violation(
    vi = "Vốn đề nghị là {asked}, trong khi {plan_type} “{number}” bố trí {listed}, thiếu {shortfall}.",
    en = "The dossier asks for {asked}, while the {plan_type} “{number}” provides {listed}, {shortfall} less.",
    remedy_vi = "Giảm vốn đề nghị ít nhất {shortfall}, hoặc trình điều chỉnh kế hoạch đầu tư công trước.",
    remedy_en = "Reduce the request by at least {shortfall}, or have the public investment plan adjusted first."
)]
struct BelowAsked {
    plan_type: PlanType,
    number: String,
    listed: Money,
    asked: Money,
    shortfall: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ sử dụng vốn đầu tư công nhưng chưa kèm quyết định chủ trương đầu tư.",
    en = "The dossier uses public investment, but no investment policy decision is attached.",
    remedy_vi = "Bổ sung quyết định chủ trương đầu tư, ghi số tiền được quyết định.",
    remedy_en = "Attach the investment policy decision, with its amount."
)]
struct NoPolicy;

#[derive(Violation)]
#[violation(
    vi = "Quyết định chủ trương đầu tư kèm theo chưa ghi số tiền.",
    en = "The attached investment policy decision states no amount.",
    remedy_vi = "Ghi tổng mức đầu tư theo quyết định chủ trương đầu tư.",
    remedy_en = "State the total as in the investment policy decision."
)]
struct NoPolicyAmount;

#[derive(Violation)]
#[violation(
    vi = "Tổng mức đầu tư là {total}, vượt {excess} so với mức {approved} của quyết định chủ trương đầu tư “{number}”.",
    en = "The total investment is {total}, {excess} above the {approved} of investment policy decision “{number}”.",
    remedy_vi = "Giảm tổng mức đầu tư ít nhất {excess}, hoặc trình điều chỉnh chủ trương đầu tư trước.",
    remedy_en = "Reduce the total by at least {excess}, or have the investment policy adjusted first."
)]
struct AbovePolicy {
    number: String,
    total: Money,
    approved: Money,
    excess: Money,
}
