use kycuong_rules_sdk::model::unit_plan::PlanEntry;
use kycuong_rules_sdk::prelude::*;

/// Dự toán năm của đơn vị phải bố trí kinh phí cho ứng dụng, phát triển công nghệ thông tin.
///
/// Tổng các khoản chi công nghệ thông tin, chuyển đổi số lớn hơn 0; mỗi nhiệm vụ của kế hoạch có khoản chi mang mã của
/// nhiệm vụ, hoặc nêu lý do chưa bố trí. Khoản chi kê khai không phải chi chuyển đổi số và các khoản bàn ghế, thiết bị
/// văn phòng, camera trụ sở, nghiên cứu, quản lý hành chính không được tính.
#[rule(
    requirement = "R45",
    title_vi = "Có bố trí kinh phí công nghệ thông tin",
    title_en = "IT money is planned",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 35 khoản 3",
    quote = "Chủ động cân đối, bố trí kinh phí để thực hiện các nhiệm vụ cho đầu tư, chi thường xuyên ứng dụng, phát triển CNTT tại địa phương",
    reads = ["entries.activity_type", "entries.amount", "entries.claimed", "entries.task_id", "tasks.id", "tasks.name", "tasks.unfunded_reason"],
    violations = [NoMoney, TaskWithoutMoney]
)]
pub fn unit_it_budget_present(plan: &UnitPlan, findings: &mut Findings) -> Checked {
    let mut paid: Vec<_> = require!(plan.entries).iter().collect();
    paid.retain(|entry| is_it_spending(entry) && entry.amount.get() > Some(Money::ZERO));
    if paid.is_empty() {
        findings.add(at!(plan.entries), NoMoney);
    }
    let paid_tasks: BTreeSet<String> = paid.iter().map(|entry| entry.task_id.trimmed()).collect();
    for task in &plan.tasks {
        let id = task.id.trimmed();
        let has_entry = !id.is_empty() && paid_tasks.contains(&id);
        if !has_entry && !task.unfunded_reason.is_filled() {
            let name = if task.name.is_filled() { task.name.owned() } else { id };
            findings.add(at!(task.unfunded_reason), TaskWithoutMoney { name });
        }
    }
    Ok(())
}

/// Whether an entry pays for information technology: claimed as such (an entry is, unless it says
/// otherwise), for an activity that articles 33 and 34 of the decree do not leave out.
fn is_it_spending(entry: &PlanEntry) -> bool {
    let counts = entry.activity_type.get().is_some_and(|activity| {
        !matches!(
            activity,
            ActivityType::Furniture
                | ActivityType::OfficeEquipment
                | ActivityType::SecurityCamera
                | ActivityType::Research
                | ActivityType::Administration
        )
    });
    counts && !entry.claimed.is(false)
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán năm không có khoản chi nào cho ứng dụng, phát triển công nghệ thông tin, chuyển đổi số.",
    en = "The yearly plan has no entry for information technology or digital transformation.",
    remedy_vi = "Cân đối, bố trí kinh phí đầu tư hoặc chi thường xuyên cho công nghệ thông tin, ghi rõ hoạt động và số tiền của khoản chi.",
    remedy_en = "Provide investment or recurrent money for information technology, with the activity and the amount of each entry."
)]
struct NoMoney;

#[derive(Violation)]
#[violation(
    vi = "Nhiệm vụ “{name}” của kế hoạch chưa được bố trí kinh phí và chưa nêu lý do.",
    en = "The planned task “{name}” has no money and no reason why.",
    remedy_vi = "Bố trí khoản chi công nghệ thông tin mang mã của nhiệm vụ, hoặc nêu lý do chưa bố trí kinh phí.",
    remedy_en = "Provide an entry that carries the id of the task, or state why there is none."
)]
struct TaskWithoutMoney {
    name: String,
}
