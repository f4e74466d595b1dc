use kycuong_rules_sdk::model::dossier::Review;
use kycuong_rules_sdk::prelude::*;

use crate::months::last_day_within;

#[derive(Parameters)]
pub struct CarryOverParameters {
    /// Số tháng tối đa từ lần rà soát gần nhất đến ngày xét.
    #[parameter(default = "12", min = "1", max = "36")]
    pub maximum_months: Count,
}

/// Nhiệm vụ chuyển tiếp phải được rà soát trong 12 tháng gần nhất và xin đúng phần kinh phí còn lại.
///
/// Nhiệm vụ là chuyển tiếp khi hồ sơ khai như vậy, hoặc bắt đầu trước năm ngân sách đầu tiên của hồ sơ; ở bước lựa
/// chọn nhà thầu, thực hiện thì so với năm ngân sách đầu tiên từ năm xét trở đi. Phải có kết quả rà soát; số đã giải ngân không vượt kinh phí được duyệt; phần còn lại bằng kinh phí của năm nay và các năm
/// sau. Số đã giải ngân của hồ sơ lấy từ bảng lịch sử dự án; khi không có thì báo rõ là chưa đối chiếu.
#[rule(
    requirement = "R40",
    title_vi = "Nhiệm vụ chuyển tiếp đã rà soát",
    title_en = "Carry-over reviewed",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 91 khoản 4",
    quote = "(kể cả các nhiệm vụ chuyển tiếp)",
    subjects = [Dossier, BudgetEntry],
    reads = [
        "is_carry_over",
        "stage",
        "review.date",
        "review.outcome",
        "time.start",
        "funding.year",
        "funding.amount",
        "costs.total",
        "code",
        "title",
        "owner.org_id",
        "disbursed",
        "amount",
        "decision.total",
    ],
    facts = [project_history(column = "owner", path = "owner.org_id", optional)],
    violations = [
        NoOutcome, NoDate, DateAhead, Outdated, NoHistory, NotInHistory, Overdisbursed,
        SourceIncomplete, AskDiffers, NoDisbursed, AsksTooMuch,
    ]
)]
pub fn carry_over_justified(
    subject: &Subject,
    facts: &Facts,
    context: &Context,
    parameters: &CarryOverParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    match subject {
        Subject::Dossier(dossier) => {
            if !is_carry_over(dossier, on)? {
                return not_applicable(
                    "Hồ sơ không phải nhiệm vụ chuyển tiếp.",
                    "The dossier is no carry-over.",
                );
            }
            check_review(&dossier.review, on, parameters, findings);
            check_remaining(dossier, facts, on, findings)
        }
        Subject::BudgetEntry(entry) => {
            if !entry.is_carry_over.is(true) {
                return not_applicable(
                    "Khoản mục không khai là nhiệm vụ chuyển tiếp.",
                    "The entry is not declared as a carry-over.",
                );
            }
            check_review(&entry.review, on, parameters, findings);
            check_entry(entry, findings)
        }
        Subject::UnitPlan(_) | Subject::Portfolio(_) => subject.not_judged(),
    }
}

fn year(date: Date) -> Count {
    u32::try_from(date.year()).unwrap_or(u32::MAX)
}

fn is_carry_over(dossier: &Dossier, on: Date) -> Result<bool, Stop> {
    if dossier.is_carry_over.is(true) {
        return Ok(true);
    }
    match dossier.time.start.get() {
        Some(start) => Ok(year(start) < budget_year(dossier, on)),
        None if dossier.is_carry_over.is(false) => Ok(false),
        None => Err(Missing::Field(at!(dossier.time.start)).into()),
    }
}

/// The first year whose money the dossier asks for: for what is under way, that of the day or a later one; for
/// what is still to be decided, the first of all.
fn budget_year(dossier: &Dossier, on: Date) -> Count {
    let years = || dossier.funding.iter().filter_map(|source| source.year.get());
    let is_under_way =
        matches!(dossier.stage.get(), Some(Stage::ContractorSelection | Stage::Implementation));
    let open = if is_under_way { years().filter(|open| *open >= year(on)).min() } else { None };
    open.or_else(|| years().min()).unwrap_or_else(|| year(on))
}

fn check_review(
    review: &Review,
    on: Date,
    parameters: &CarryOverParameters,
    findings: &mut Findings,
) {
    let limit = parameters.maximum_months;
    if !review.outcome.is_present() {
        findings.add(at!(review.outcome), NoOutcome);
        return;
    }
    match review.date.get() {
        None => findings.add(at!(review.date), NoDate),
        Some(date) if date > on => findings.add(at!(review.date), DateAhead { date, on }),
        Some(date) if last_day_within(date, limit) < on => {
            findings.add(at!(review.date), Outdated { date, on, limit });
        }
        Some(_) => {}
    }
}

fn check_remaining(dossier: &Dossier, facts: &Facts, on: Date, findings: &mut Findings) -> Checked {
    // A table that the host does not have says nothing against a dossier, and is no pass either.
    if !facts.project_history.is_present() {
        findings.add(at!(dossier.is_carry_over), NoHistory);
        return Ok(());
    }
    let (code, title) = (dossier.code.text(), dossier.title.text());
    let row = facts.project_history.iter().find(|project| {
        let is_same = (!code.is_empty() && project.id.is_text(&code))
            || (!title.is_empty() && project.title.is_text(&title));
        is_same && dossier.owner.org_id.is_text(&project.owner.text())
    });
    let Some(disbursed) = row.and_then(|project| project.disbursed.get()) else {
        findings.add(at!(dossier.is_carry_over), NotInHistory);
        return Ok(());
    };
    let total = require!(dossier.costs.total);
    if disbursed > total {
        findings.add(at!(dossier.costs.total), Overdisbursed { disbursed, total });
        return Ok(());
    }
    let mut asked = Money::ZERO;
    let mut is_complete = true;
    for source in &dossier.funding {
        let (Some(of), Some(amount)) = (source.year.get(), source.amount.get()) else {
            is_complete = false;
            let place =
                if source.year.is_present() { at!(source.amount) } else { at!(source.year) };
            findings.add(place, SourceIncomplete);
            continue;
        };
        if of >= year(on) {
            asked = asked + amount;
        }
    }
    let remaining = total - disbursed;
    if is_complete && asked != remaining {
        let from = year(on).to_string();
        findings.add(at!(dossier.funding), AskDiffers { asked, from, total, disbursed, remaining });
    }
    Ok(())
}

fn check_entry(entry: &BudgetEntry, findings: &mut Findings) -> Checked {
    let Some(disbursed) = entry.disbursed.get() else {
        findings.add(at!(entry.disbursed), NoDisbursed);
        return Ok(());
    };
    let total = require!(entry.decision.total);
    if disbursed > total {
        findings.add(at!(entry.disbursed), Overdisbursed { disbursed, total });
        return Ok(());
    }
    let (amount, remaining) = (require!(entry.amount), total - disbursed);
    if amount > remaining {
        findings.add(at!(entry.amount), AsksTooMuch { amount, total, disbursed, remaining });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Nhiệm vụ chuyển tiếp chưa có kết quả rà soát.",
    en = "The carry-over has no outcome of a review.",
    remedy_vi = "Rà soát sự cần thiết, quy mô, phạm vi và ghi kết quả: giữ nguyên, giảm quy mô, thay đổi hoặc dừng thực hiện.",
    remedy_en = "Review its necessity, size and scope; add the outcome: keep, reduce, change or stop."
)]
struct NoOutcome;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Lần rà soát của nhiệm vụ chuyển tiếp chưa ghi ngày.",
    en = "The review of the carry-over has no date.",
    remedy_vi = "Bổ sung ngày rà soát.",
    remedy_en = "Add the date of the review."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Ngày rà soát {date} của nhiệm vụ chuyển tiếp ở sau ngày xét {on}.",
    en = "The review of the carry-over is dated {date}, after the day of this check, {on}.",
    remedy_vi = "Kiểm tra và ghi lại ngày rà soát.",
    remedy_en = "Correct the date of the review."
)]
struct DateAhead {
    date: Date,
    on: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Nhiệm vụ chuyển tiếp được rà soát ngày {date}, đến ngày xét {on} đã quá {limit} tháng.",
    en = "The carry-over was reviewed on {date}, more than {limit} months before {on}.",
    remedy_vi = "Rà soát lại và cập nhật ngày, kết quả rà soát.",
    remedy_en = "Review it again and bring date and outcome up to date."
)]
struct Outdated {
    date: Date,
    on: Date,
    limit: Count,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa đối chiếu được kinh phí còn lại của nhiệm vụ chuyển tiếp, vì hệ thống không có bảng lịch sử dự án của chủ đầu tư.",
    en = "What remains of the carry-over's money could not be compared: there is no table of the owner's project history.",
    remedy_vi = "Người tiếp nhận đối chiếu số đã giải ngân, hoặc bổ sung bảng lịch sử dự án vào hệ thống.",
    remedy_en = "Look up what has been disbursed by hand, or supply the table of project history."
)]
struct NoHistory;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa đối chiếu được kinh phí còn lại của nhiệm vụ chuyển tiếp, vì bảng lịch sử dự án không có số đã giải ngân của nhiệm vụ này.",
    en = "What remains of the carry-over's money could not be compared: the project history does not say what this task has disbursed.",
    remedy_vi = "Người tiếp nhận đối chiếu số đã giải ngân, hoặc bổ sung nhiệm vụ vào bảng lịch sử dự án.",
    remedy_en = "Look up what has been disbursed by hand, or add the task to the project history."
)]
struct NotInHistory;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Nhiệm vụ chuyển tiếp đã giải ngân {disbursed}, vượt kinh phí được duyệt {total}.",
    en = "The carry-over has disbursed {disbursed}, more than the approved {total}.",
    remedy_vi = "Đối chiếu lại số đã giải ngân và kinh phí được duyệt.",
    remedy_en = "Check what has been disbursed and what was approved."
)]
struct Overdisbursed {
    disbursed: Money,
    total: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Một nguồn vốn của nhiệm vụ chuyển tiếp chưa ghi năm hoặc số tiền, nên chưa đối chiếu được với phần kinh phí còn lại.",
    en = "A source of the carry-over's money has no year or no amount, so it could not be compared with what remains.",
    remedy_vi = "Bổ sung năm ngân sách và số tiền của nguồn vốn.",
    remedy_en = "Add the budget year and the amount."
)]
struct SourceIncomplete;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Kinh phí đề nghị từ năm {from} trở đi là {asked}, không bằng phần còn lại {remaining} (kinh phí {total}, đã giải ngân {disbursed}).",
    en = "The {asked} asked for from {from} on differ from the remaining {remaining} ({total} less the {disbursed} disbursed).",
    remedy_vi = "Điều chỉnh kinh phí của năm nay và các năm sau cho bằng {remaining}, hoặc đối chiếu lại số đã giải ngân.",
    remedy_en = "Make this year's and the later years' money {remaining}, or check what has been disbursed."
)]
struct AskDiffers {
    asked: Money,
    from: String,
    total: Money,
    disbursed: Money,
    remaining: Money,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khoản mục chuyển tiếp chưa ghi số đã giải ngân.",
    en = "The carry-over entry does not say what has been disbursed.",
    remedy_vi = "Bổ sung số đã giải ngân đến ngày lập dự toán; chưa giải ngân thì ghi 0.",
    remedy_en = "Add what has been disbursed so far; 0 when nothing has."
)]
struct NoDisbursed;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khoản mục chuyển tiếp đề nghị {amount}, vượt phần còn lại {remaining} (kinh phí được duyệt {total}, đã giải ngân {disbursed}).",
    en = "The carry-over entry asks for {amount}, more than the remaining {remaining} ({total} approved less the {disbursed} disbursed).",
    remedy_vi = "Giảm số tiền đề nghị xuống không quá {remaining}, hoặc đối chiếu lại số đã giải ngân.",
    remedy_en = "Reduce the amount to at most {remaining}, or check what has been disbursed."
)]
struct AsksTooMuch {
    amount: Money,
    total: Money,
    disbursed: Money,
    remaining: Money,
}
