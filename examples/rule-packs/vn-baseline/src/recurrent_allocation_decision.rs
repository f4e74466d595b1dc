use kycuong_rules_sdk::model::papers::Attachment;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ sử dụng chi thường xuyên phải kèm quyết định phê duyệt chủ trương và dự kiến kinh phí.
///
/// Quyết định có số, ngày không sau ngày nộp, số tiền không thấp hơn kinh phí đề nghị, và từng nguồn ghi rõ năm ngân sách.
/// Mua sắm theo dự toán, không lập dự án thì quyết định giao dự toán là đủ.
#[rule(
    requirement = "R53",
    title_vi = "Có quyết định phân bổ, chủ trương kinh phí",
    title_en = "Recurrent allocation decision",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 65 khoản 2, khoản 3, Điều 66 khoản 2 điểm b, Điều 67 khoản 1 điểm a",
    quote = "Cân đối, bố trí kinh phí sự nghiệp để triển khai thực hiện kế hoạch",
    regimes = [Nd224_2026],
    stages = [Appraisal, Approval, ContractorSelection, Implementation, Completion],
    violations = [
        DecisionMissing, AllocationMissing, YearMissing, NumberMissing, DateMissing, DatedLater,
        AmountMissing, AmountTooSmall,
    ]
)]
pub fn recurrent_allocation_decision(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let funding = require!(dossier.funding);
    if !funding.iter().any(|entry| entry.kind.is(FundingKind::Recurrent)) {
        for entry in funding {
            require!(entry.kind);
        }
        return not_applicable(
            "Hồ sơ không sử dụng kinh phí chi thường xuyên.",
            "The dossier uses no recurrent expenditure.",
        );
    }
    for entry in funding
        .iter()
        .filter(|entry| entry.kind.is(FundingKind::Recurrent) && !entry.year.is_present())
    {
        findings.add(at!(entry.year), YearMissing);
    }
    let of_type = |sought: DocumentType| -> Vec<&Attachment> {
        dossier.attachments.iter().filter(|paper| paper.document_type.is(sought)).collect()
    };
    // The allocation hands out what the policy decision approved: the two do not add up.
    let mut papers = of_type(DocumentType::FundingPolicyDecision);
    if papers.is_empty() && dossier.kind.is(DossierKind::PurchaseWithoutProject) {
        papers = of_type(DocumentType::AllocationDecision);
    }
    if papers.is_empty() {
        if dossier.kind.is(DossierKind::PurchaseWithoutProject) {
            findings.add(at!(dossier.attachments), AllocationMissing);
        } else {
            findings.add(at!(dossier.attachments), DecisionMissing);
        }
        return Ok(());
    }
    for paper in &papers {
        if !paper.number.is_filled() {
            findings.add(at!(paper.number), NumberMissing);
        }
        match (paper.date.get(), dossier.submitted_at.get()) {
            (None, _) => findings.add(at!(paper.date), DateMissing),
            (Some(date), Some(submitted)) if date > submitted.date() => {
                let (number, submitted) = (paper.number.owned(), submitted.date());
                findings.add(at!(paper.date), DatedLater { number, date, submitted });
            }
            _ => {}
        }
    }
    // What the papers allow together: the amount on the paper, else that of the funding entry which cites it.
    let mut allowed = Money::ZERO;
    for paper in &papers {
        let cited = funding.iter().find(|entry| {
            entry.decision.number.is_filled()
                && entry.decision.number.text().trim() == paper.number.text().trim()
        });
        match paper.amount.get().or_else(|| cited.and_then(|entry| entry.decision.total.get())) {
            Some(amount) => allowed = allowed + amount,
            None => {
                findings.add(at!(paper.amount), AmountMissing);
                return Ok(());
            }
        }
    }
    let asked = if funding.iter().all(|entry| entry.kind.is(FundingKind::Recurrent)) {
        require!(dossier.costs.total)
    } else {
        funding
            .iter()
            .filter(|entry| entry.kind.is(FundingKind::Recurrent))
            .filter_map(|entry| entry.amount.get())
            .sum()
    };
    if let Some(paper) = papers.first().filter(|_| allowed < asked) {
        findings.add(at!(paper.amount), AmountTooSmall { allowed, asked, excess: asked - allowed });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ sử dụng chi thường xuyên nhưng chưa kèm quyết định phê duyệt chủ trương và dự kiến kinh phí.",
    en = "The dossier uses recurrent expenditure without the decision on policy and expected funding.",
    remedy_vi = "Bổ sung quyết định phê duyệt chủ trương và dự kiến kinh phí của cấp có thẩm quyền.",
    remedy_en = "Attach the decision on policy and expected funding."
)]
struct DecisionMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ mua sắm theo dự toán chưa kèm quyết định giao dự toán hoặc quyết định phê duyệt chủ trương và dự kiến kinh phí.",
    en = "The purchase comes without the allocation decision or the decision on policy and expected funding.",
    remedy_vi = "Bổ sung quyết định giao dự toán của cấp có thẩm quyền.",
    remedy_en = "Attach the allocation decision."
)]
struct AllocationMissing;

#[derive(Violation)]
#[violation(
    vi = "Nguồn chi thường xuyên chưa ghi năm ngân sách được bố trí.",
    en = "A recurrent source does not name the budget year.",
    remedy_vi = "Ghi năm ngân sách của từng nguồn chi thường xuyên.",
    remedy_en = "Name the budget year of each recurrent source."
)]
struct YearMissing;

#[derive(Violation)]
#[violation(
    vi = "Quyết định về kinh phí kèm theo chưa ghi số, ký hiệu.",
    en = "The funding decision attached has no number.",
    remedy_vi = "Ghi số, ký hiệu của quyết định.",
    remedy_en = "Give the decision's number."
)]
struct NumberMissing;

#[derive(Violation)]
#[violation(
    vi = "Quyết định về kinh phí kèm theo chưa ghi ngày ban hành.",
    en = "The funding decision attached has no date.",
    remedy_vi = "Ghi ngày ban hành của quyết định.",
    remedy_en = "Give the decision's date."
)]
struct DateMissing;

#[derive(Violation)]
#[violation(
    vi = "Quyết định về kinh phí “{number}” ghi ngày {date}, sau ngày nộp hồ sơ {submitted}.",
    en = "The funding decision “{number}” is dated {date}, after the submission on {submitted}.",
    remedy_vi = "Nộp hồ sơ sau khi có quyết định, hoặc ghi lại ngày ban hành cho đúng.",
    remedy_en = "Submit after the decision was issued, or correct its date."
)]
struct DatedLater {
    number: String,
    date: Date,
    submitted: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa ghi số tiền mà quyết định về kinh phí cho phép.",
    en = "The dossier does not say what amount the funding decision allows.",
    remedy_vi = "Ghi số tiền được duyệt của quyết định.",
    remedy_en = "Give the amount approved by the decision."
)]
struct AmountMissing;

#[derive(Violation)]
#[violation(
    vi = "Quyết định về kinh phí cho phép {allowed}, thấp hơn kinh phí đề nghị {asked}; còn thiếu {excess}.",
    en = "The funding decisions allow {allowed}, less than the {asked} asked for; {excess} is missing.",
    remedy_vi = "Giảm kinh phí đề nghị ít nhất {excess}, hoặc trình điều chỉnh quyết định trước khi nộp hồ sơ.",
    remedy_en = "Reduce the request by at least {excess}, or have the decision adjusted first."
)]
struct AmountTooSmall {
    allowed: Money,
    asked: Money,
    excess: Money,
}
