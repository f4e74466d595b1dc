use kycuong_law::digital_spending::{DigitalSpending, claimed_once};
use kycuong_rules_sdk::prelude::*;

use crate::bound_units::reach;

/// Chỉ các khoản chi hợp lệ được tính vào kinh phí chuyển đổi số, mỗi khoản một lần.
///
/// Khoản chi đã kê khai nhưng không thuộc nội dung chi chuyển đổi số (bàn ghế, điều hòa, thiết bị văn phòng theo
/// định mức, camera an ninh trụ sở, nghiên cứu, quản lý hành chính) được liệt kê để đơn vị loại ra. Khoản chi trùng
/// mã, hoặc tổng kê khai khác tổng các khoản, là sai số học nên phải sửa.
#[rule(
    requirement = "R70",
    title_vi = "Chỉ tính khoản chi hợp lệ",
    title_en = "Count eligible lines only",
    severity = Block,
    effective = "2021-01-01..",
    basis = "Kế hoạch chuyển đổi số tỉnh Bắc Giang giai đoạn 2021-2025, định hướng đến năm 2030; Nghị định 224/2026/NĐ-CP, Điều 32 khoản 2; Nghị định 224/2026/NĐ-CP, Điều 33; Nghị định 224/2026/NĐ-CP, Điều 34",
    quote = "để thực hiện các ứng dụng CNTT, CĐS, xây dựng chính quyền số, đô thị thông minh tại địa phương",
    reads = ["owner.level", "year", "entries.id", "entries.activity_type", "entries.amount", "entries.claimed"],
    violations = [NotEligible, NoActivity, CountedTwice, ClaimedTotalDiffers]
)]
pub fn eligible_lines_only(plan: &UnitPlan, context: &Context, findings: &mut Findings) -> Checked {
    reach(plan)?;
    let spending = DigitalSpending::on(require!(context.on));
    require!(plan.entries);
    let mut seen = BTreeSet::new();
    for entry in plan.entries.iter().filter(|entry| !entry.claimed.is(false)) {
        let name = entry.name.owned();
        if entry.id.is_filled() && !seen.insert(entry.id.text()) {
            findings.add(at!(entry.id), CountedTwice { id: entry.id.owned(), name });
            continue;
        }
        let amount = require!(entry.amount);
        match entry.activity_type.get() {
            None => findings.add(at!(entry.activity_type), NoActivity { name, amount }),
            Some(activity) if !spending.counts(activity) => {
                findings.add(at!(entry.activity_type), NotEligible { name, amount, activity });
            }
            Some(_) => {}
        }
    }
    let entries: Money =
        claimed_once(plan).into_iter().filter_map(|entry| entry.amount.get()).sum();
    if let Some(claimed) = plan.claimed_total.get().filter(|claimed| *claimed != entries) {
        let difference = claimed.distance(entries);
        findings.add(at!(plan.claimed_total), ClaimedTotalDiffers { claimed, entries, difference });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khoản chi “{name}” {amount} ({activity}) không được tính vào kinh phí chuyển đổi số.",
    en = "The entry “{name}” of {amount} ({activity}) does not count as digital spending.",
    remedy_vi = "Loại khoản chi này khỏi phần kê khai chi chuyển đổi số.",
    remedy_en = "Take the entry out of the claim."
)]
struct NotEligible {
    name: String,
    amount: Money,
    activity: ActivityType,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản chi “{name}” {amount} chưa ghi hoạt động nên không xác định được có phải chi chuyển đổi số.",
    en = "The entry “{name}” of {amount} states no activity, so that it cannot be counted.",
    remedy_vi = "Ghi hoạt động mà khoản chi trả cho.",
    remedy_en = "State the activity that it pays for."
)]
struct NoActivity {
    name: String,
    amount: Money,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản chi “{name}” trùng mã “{id}” với một khoản đã kê khai; mỗi khoản chỉ được tính một lần.",
    en = "The entry “{name}” repeats the id “{id}” of an earlier one; each entry counts once.",
    remedy_vi = "Bỏ khoản chi trùng, hoặc sửa mã nếu là khoản chi khác.",
    remedy_en = "Remove the repeated entry, or give it its own id."
)]
struct CountedTwice {
    id: String,
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Kinh phí chuyển đổi số kê khai là {claimed}, lệch {difference} so với tổng các khoản đã kê khai {entries}.",
    en = "The claimed digital spending is {claimed}, which differs by {difference} from the {entries} of the claimed entries.",
    remedy_vi = "Sửa số kê khai hoặc bổ sung các khoản chi còn thiếu để hai số khớp nhau.",
    remedy_en = "Correct the claim or the entries so that they agree."
)]
struct ClaimedTotalDiffers {
    claimed: Money,
    entries: Money,
    difference: Money,
}
