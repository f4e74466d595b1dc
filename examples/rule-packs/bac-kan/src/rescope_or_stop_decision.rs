use kycuong_rules_sdk::prelude::*;

/// Đề xuất thay đổi, giảm quy mô hoặc dừng thực hiện phải được xử lý bằng quyết định hoặc tờ trình.
///
/// Khi kết quả rà soát khác “giữ nguyên”: có quyết định điều chỉnh, quyết định dừng, không trước ngày rà soát, hoặc
/// tờ trình lập từ ngày rà soát trở đi. Dự toán không vượt mức kinh phí sau điều chỉnh; giảm quy mô thì phải nêu
/// mức ấy.
#[rule(
    requirement = "R41",
    title_vi = "Đề xuất điều chỉnh, dừng đã được xử lý",
    title_en = "Re-scope proposal handled",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 54; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 9; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 10",
    quote = "đề xuất thay đổi, giảm quy mô hoặc dừng thực hiện",
    reads = ["attachments.document_type", "attachments.date"],
    violations = [NotHandled, NoNumber, NoDate, BeforeReview, AboveAdjusted, NoAdjustedTotal]
)]
pub fn rescope_or_stop_decision(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let outcome = match dossier.review.outcome.get() {
        Some(outcome) if outcome != ReviewOutcome::Keep => outcome,
        _ => {
            return not_applicable(
                "Không có kết quả rà soát đề xuất thay đổi, giảm quy mô hoặc dừng thực hiện.",
                "No review proposes to change, reduce or stop.",
            );
        }
    };
    let reviewed = dossier.review.date.get();
    let is_pending = |since: Date| {
        dossier.attachments.iter().any(|paper| {
            paper.document_type.is(DocumentType::ProposalLetter)
                && paper.date.get().is_some_and(|date| date >= since)
        })
    };
    let decision = &dossier.adjustment_decision;
    if decision.is_present() {
        if !decision.number.is_filled() {
            findings.add(at!(decision.number), NoNumber);
        }
        match (decision.date.get(), reviewed) {
            (None, _) => findings.add(at!(decision.date), NoDate),
            // An earlier decision stands beside a proposal letter of what this review proposes.
            (Some(date), Some(reviewed)) if date < reviewed && !is_pending(reviewed) => {
                findings.add(at!(decision.date), BeforeReview { date, reviewed });
            }
            (Some(_), _) => {}
        }
    } else {
        if !is_pending(require!(dossier.review.date)) {
            findings.add(at!(dossier.adjustment_decision), NotHandled { outcome });
        }
    }
    match dossier.adjusted_total.get() {
        Some(adjusted) => {
            let total = require!(dossier.costs.total);
            if total > adjusted {
                let excess = total - adjusted;
                findings.add(at!(dossier.costs.total), AboveAdjusted { total, adjusted, excess });
            }
        }
        None if outcome == ReviewOutcome::Reduce => {
            findings.add(at!(dossier.adjusted_total), NoAdjustedTotal);
        }
        None => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Kết quả rà soát là “{outcome}” nhưng chưa có quyết định điều chỉnh, quyết định dừng hoặc tờ trình sau rà soát.",
    en = "The outcome of the review is to {outcome}, but there is neither a decision nor a proposal letter since.",
    remedy_vi = "Trình cấp có thẩm quyền quyết định và bổ sung tờ trình hoặc quyết định.",
    remedy_en = "Submit it for a decision and add the proposal letter or the decision."
)]
struct NotHandled {
    outcome: ReviewOutcome,
}

#[derive(Violation)]
#[violation(
    vi = "Quyết định điều chỉnh hoặc dừng thực hiện chưa ghi số, ký hiệu.",
    en = "The decision to adjust or stop has no number.",
    remedy_vi = "Bổ sung số, ký hiệu của quyết định.",
    remedy_en = "Add its number."
)]
struct NoNumber;

#[derive(Violation)]
#[violation(
    vi = "Quyết định điều chỉnh hoặc dừng thực hiện chưa ghi ngày.",
    en = "The decision to adjust or stop has no date.",
    remedy_vi = "Bổ sung ngày ban hành quyết định.",
    remedy_en = "Add its date."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Quyết định điều chỉnh hoặc dừng thực hiện ngày {date}, trước lần rà soát ngày {reviewed}, nên không xử lý đề xuất của lần rà soát này.",
    en = "The decision to adjust or stop is of {date}, before the review of {reviewed}, so it does not handle what that review proposes.",
    remedy_vi = "Bổ sung quyết định hoặc tờ trình lập sau lần rà soát.",
    remedy_en = "Add the decision or proposal letter that followed the review."
)]
struct BeforeReview {
    date: Date,
    reviewed: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán {total} vượt {excess} so với mức kinh phí sau điều chỉnh {adjusted}.",
    en = "The estimate of {total} is {excess} more than the adjusted {adjusted}.",
    remedy_vi = "Điều chỉnh dự toán xuống không quá {adjusted}.",
    remedy_en = "Reduce the estimate to at most {adjusted}."
)]
struct AboveAdjusted {
    total: Money,
    adjusted: Money,
    excess: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Kết quả rà soát là giảm quy mô nhưng chưa nêu mức kinh phí sau điều chỉnh.",
    en = "The outcome of the review is to reduce, but the adjusted total is not given.",
    remedy_vi = "Bổ sung mức kinh phí sau điều chỉnh.",
    remedy_en = "Add the adjusted total."
)]
struct NoAdjustedTotal;
