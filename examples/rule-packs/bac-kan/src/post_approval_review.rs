use kycuong_rules_sdk::prelude::*;

/// Sau khi được phê duyệt, nhiệm vụ phải được rà soát lại sự cần thiết, quy mô, phạm vi.
///
/// Áp dụng ở bước lựa chọn nhà thầu và bước thực hiện: có ngày rà soát sau ngày phê duyệt và có kết quả rà soát.
#[rule(
    requirement = "R37",
    title_vi = "Rà soát sau phê duyệt",
    title_en = "Review after approval",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023",
    quote = "tiếp tục rà soát lại sự cần thiết, quy mô, phạm vi của các nhiệm vụ",
    stages = [ContractorSelection, Implementation],
    violations = [NoReview, NoOutcome, NoDate, NotAfterApproval]
)]
pub fn post_approval_review(dossier: &Dossier, findings: &mut Findings) -> Checked {
    require!(dossier.stage);
    let review = &dossier.review;
    if !review.is_present() {
        findings.add(at!(dossier.review), NoReview);
        return Ok(());
    }
    if !review.outcome.is_present() {
        findings.add(at!(review.outcome), NoOutcome);
    }
    let Some(date) = review.date.get() else {
        findings.add(at!(review.date), NoDate);
        return Ok(());
    };
    let approval = require!(dossier.procurement.events.approval);
    if date <= approval {
        findings.add(at!(review.date), NotAfterApproval { date, approval });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Nhiệm vụ đã được phê duyệt nhưng chưa được rà soát lại sự cần thiết, quy mô, phạm vi.",
    en = "The task is approved, but its necessity, size and scope have not been reviewed since.",
    remedy_vi = "Rà soát lại và bổ sung ngày, kết quả rà soát (giữ nguyên, giảm quy mô, thay đổi hoặc dừng).",
    remedy_en = "Review it; add the date and the outcome (keep, reduce, change or stop)."
)]
struct NoReview;

#[derive(Violation)]
#[violation(
    vi = "Lần rà soát sau phê duyệt chưa ghi kết quả.",
    en = "The review after the approval has no outcome.",
    remedy_vi = "Ghi kết quả: giữ nguyên, giảm quy mô, thay đổi hoặc dừng thực hiện.",
    remedy_en = "Add the outcome: keep, reduce, change or stop."
)]
struct NoOutcome;

#[derive(Violation)]
#[violation(
    vi = "Lần rà soát sau phê duyệt chưa ghi ngày.",
    en = "The review after the approval has no date.",
    remedy_vi = "Bổ sung ngày rà soát.",
    remedy_en = "Add the date of the review."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Lần rà soát ghi ngày {date}, không sau ngày phê duyệt {approval}.",
    en = "The review is dated {date}, which is not after the approval of {approval}.",
    remedy_vi = "Rà soát lại sau khi hồ sơ được phê duyệt và ghi ngày rà soát ấy.",
    remedy_en = "Review the task after its approval and give that date."
)]
struct NotAfterApproval {
    date: Date,
    approval: Date,
}
