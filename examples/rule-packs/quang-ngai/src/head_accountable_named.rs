use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải nêu họ tên, chức vụ người đứng đầu đơn vị chịu trách nhiệm.
///
/// Áp dụng cho hồ sơ nhiệm vụ, dự án và dự toán năm của đơn vị.
#[rule(
    requirement = "R64",
    title_vi = "Nêu tên người đứng đầu chịu trách nhiệm",
    title_en = "Accountable head named",
    severity = Warn,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi",
    quote = "người đứng đầu các đơn vị phải trực tiếp chỉ đạo ứng dụng CNTT, chịu trách nhiệm trước cấp trên",
    subjects = [Dossier, UnitPlan],
    reads = ["owner.head.name", "owner.head.position"],
    violations = [NoHead, NoName, NoPosition]
)]
pub fn head_accountable_named(subject: &Subject, findings: &mut Findings) -> Checked {
    let owner = match subject {
        Subject::Dossier(dossier) => &dossier.owner,
        Subject::UnitPlan(plan) => &plan.owner,
        Subject::BudgetEntry(_) | Subject::Portfolio(_) => return subject.not_judged(),
    };
    let head = &owner.head;
    match (head.name.is_filled(), head.position.is_filled()) {
        (true, true) => {}
        (false, false) => findings.add(at!(owner.head), NoHead),
        (false, true) => findings.add(at!(head.name), NoName),
        (true, false) => findings.add(at!(head.position), NoPosition { name: head.name.owned() }),
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu người đứng đầu đơn vị chịu trách nhiệm.",
    en = "The head who is accountable is not named.",
    remedy_vi = "Bổ sung họ tên và chức vụ của người đứng đầu đơn vị.",
    remedy_en = "Add name and position of the unit's head."
)]
struct NoHead;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có chức vụ nhưng chưa có họ tên của người đứng đầu đơn vị.",
    en = "The position of the unit's head is given, but not the name.",
    remedy_vi = "Bổ sung họ tên của người đứng đầu đơn vị.",
    remedy_en = "Add the name."
)]
struct NoName;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu chức vụ của người đứng đầu {name}.",
    en = "The position of the head {name} is not given.",
    remedy_vi = "Bổ sung chức vụ của người đứng đầu đơn vị.",
    remedy_en = "Add the position."
)]
struct NoPosition {
    name: String,
}
