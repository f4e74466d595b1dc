use kycuong_rules_sdk::model::funding::Funding;
use kycuong_rules_sdk::model::papers::Attachment;
use kycuong_rules_sdk::prelude::*;

/// Kinh phí đề nghị không vượt mức đã được phê duyệt ở bước chủ trương.
///
/// So với quyết định phê duyệt chủ trương và dự kiến kinh phí, và với quyết định chủ trương đầu tư khi dùng vốn đầu tư công.
/// Một quyết định chi trả toàn bộ hồ sơ thì so với tổng dự toán; nhiều quyết định thì so với phần vốn của từng quyết định.
#[rule(
    requirement = "R96",
    title_vi = "Không vượt kinh phí đã duyệt",
    title_en = "Within the approved amount",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 66 khoản 5; Luật Đầu tư công 58/2024/QH15",
    stages = [Appraisal, Approval, ContractorSelection, Implementation, Completion],
    reads = ["attachments"],
    violations = [AboveDecision, AboveUnnumberedDecision, AbovePolicy]
)]
pub fn total_within_approved(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let regime = require!(context.regime);
    let funding = require!(dossier.funding);
    let invests = funding.iter().any(|entry| entry.kind.is(FundingKind::PublicInvestment));
    if regime != Regime::Nd224_2026 && !invests {
        return not_applicable(
            "Với chi thường xuyên, mức duyệt ở bước chủ trương chỉ xét cho hồ sơ theo Nghị định 224/2026/NĐ-CP.",
            "For recurrent expenditure the approved amount is only checked under Decree 224/2026/NĐ-CP.",
        );
    }
    let total = require!(dossier.costs.total);
    let budget = state_budget_decisions(funding, total, findings);
    let policy = invests && investment_policy(&dossier.attachments, total, findings);
    if budget || policy || (!invests && attached_decisions(dossier, funding, total, findings)) {
        return Ok(());
    }
    match funding.first() {
        Some(entry) => Err(Stop::Missing(Missing::Field(at!(entry.decision.total)))),
        None => Err(Stop::Missing(Missing::Field(at!(dossier.funding)))),
    }
}

fn is_state_budget(entry: &&Funding) -> bool {
    !entry.kind.is(FundingKind::Other)
}

fn decision_number(entry: &Funding) -> String {
    entry.decision.number.trimmed()
}

/// Compares with the decisions that the funding entries cite, each once; whether there was one.
fn state_budget_decisions(funding: &[Funding], total: Money, findings: &mut Findings) -> bool {
    let numbers: BTreeSet<String> = funding.iter().map(decision_number).collect();
    let cites_one = funding.len() == 1 || (numbers.len() == 1 && !numbers.contains(""));
    let pays_all = cites_one && funding.iter().all(|entry| is_state_budget(&entry));
    let mut seen = BTreeSet::new();
    let mut compared = false;
    for entry in funding.iter().filter(is_state_budget) {
        let Some(approved) = entry.decision.total.get() else { continue };
        compared = true;
        let number = decision_number(entry);
        if !number.is_empty() && !seen.insert(number.clone()) {
            continue;
        }
        let asked = if pays_all {
            total
        } else if number.is_empty() {
            entry.amount.get().unwrap_or_default()
        } else {
            let of_this = funding.iter().filter(|other| decision_number(other) == number);
            of_this.filter_map(|other| other.amount.get()).sum()
        };
        if asked > approved {
            let (place, excess) = (at!(entry.decision.total), asked - approved);
            if number.is_empty() {
                findings.add(place, AboveUnnumberedDecision { asked, approved, excess });
            } else {
                findings.add(place, AboveDecision { number, asked, approved, excess });
            }
        }
    }
    compared
}

/// Compares with the investment policy decisions attached; whether one states its amount.
fn investment_policy(attachments: &[Attachment], total: Money, findings: &mut Findings) -> bool {
    let mut compared = false;
    let papers = attachments
        .iter()
        .filter(|paper| paper.document_type.is(DocumentType::InvestmentPolicyDecision));
    for (paper, approved) in papers.filter_map(|paper| Some((paper, paper.amount.get()?))) {
        compared = true;
        if total > approved {
            let number = paper.number.owned();
            findings.add(
                at!(paper.amount),
                AbovePolicy { number, asked: total, approved, excess: total - approved },
            );
        }
    }
    compared
}

/// Compares with the amounts on the funding papers attached, when no funding entry cites one; whether there was one.
fn attached_decisions(
    dossier: &Dossier,
    funding: &[Funding],
    total: Money,
    findings: &mut Findings,
) -> bool {
    let of_type = |sought: DocumentType| -> Vec<(&Attachment, Money)> {
        let papers = dossier.attachments.iter().filter(|paper| paper.document_type.is(sought));
        papers.filter_map(|paper| Some((paper, paper.amount.get()?))).collect()
    };
    // The allocation hands out what the policy decision approved: the two do not add up.
    let mut papers = of_type(DocumentType::FundingPolicyDecision);
    if papers.is_empty() {
        papers = of_type(DocumentType::AllocationDecision);
    }
    let Some((first, _)) = papers.first() else { return false };
    let approved: Money = papers.iter().map(|(_, amount)| *amount).sum();
    let asked = if funding.iter().all(|entry| is_state_budget(&entry)) {
        total
    } else {
        funding.iter().filter(is_state_budget).filter_map(|entry| entry.amount.get()).sum()
    };
    if asked > approved {
        let numbers: Vec<Text> = papers.iter().map(|(paper, _)| paper.number.text()).collect();
        let number = numbers.join(", ");
        findings.add(
            at!(first.amount),
            AboveDecision { number, asked, approved, excess: asked - approved },
        );
    }
    true
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí đề nghị là {asked}, vượt {excess} so với mức {approved} được duyệt tại quyết định “{number}”.",
    en = "The amount asked for is {asked}, {excess} above the {approved} approved by decision “{number}”.",
    remedy_vi = "Giảm kinh phí đề nghị ít nhất {excess}, hoặc trình điều chỉnh chủ trương và dự kiến kinh phí trước.",
    remedy_en = "Reduce the request by at least {excess}, or have the policy and expected funding adjusted first."
)]
struct AboveDecision {
    number: String,
    asked: Money,
    approved: Money,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí đề nghị là {asked}, vượt {excess} so với mức {approved} được duyệt tại quyết định chưa ghi số.",
    en = "The amount asked for is {asked}, {excess} above the {approved} approved by a decision without a number.",
    remedy_vi = "Giảm kinh phí đề nghị ít nhất {excess}, hoặc trình điều chỉnh chủ trương và dự kiến kinh phí trước.",
    remedy_en = "Reduce the request by at least {excess}, or have the policy and expected funding adjusted first."
)]
struct AboveUnnumberedDecision {
    asked: Money,
    approved: Money,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Tổng mức đầu tư là {asked}, vượt {excess} so với mức {approved} của quyết định chủ trương đầu tư “{number}”.",
    en = "The total investment is {asked}, {excess} above the {approved} of investment policy decision “{number}”.",
    remedy_vi = "Giảm tổng mức đầu tư ít nhất {excess}, hoặc trình điều chỉnh chủ trương đầu tư trước.",
    remedy_en = "Reduce the total by at least {excess}, or have the investment policy adjusted first."
)]
struct AbovePolicy {
    number: String,
    asked: Money,
    approved: Money,
    excess: Money,
}
