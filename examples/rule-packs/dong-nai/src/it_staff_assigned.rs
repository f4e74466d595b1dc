use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải bố trí nhân lực: người phụ trách dự án và người vận hành sau bàn giao.
///
/// Danh sách nhân lực có ít nhất một người phụ trách dự án và ít nhất một người vận hành, ghi rõ họ tên. Người kiêm hai
/// việc thì ghi hai dòng.
#[rule(
    requirement = "R55",
    title_vi = "Bố trí nhân lực",
    title_en = "Staff assigned",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 62 khoản 3; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm l",
    quote = "Ưu tiên bố trí kinh phí, nhân lực",
    reads = ["team.name", "team.role"],
    violations = [NoTeam, NoLead, NoOperator]
)]
pub fn it_staff_assigned(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if dossier.team.is_empty() {
        findings.add(at!(dossier.team), NoTeam);
        return Ok(());
    }
    let has = |role: &str| {
        dossier.team.iter().any(|member| member.role.is_text(role) && member.name.is_filled())
    };
    if !has("project-lead") {
        findings.add(at!(dossier.team), NoLead);
    }
    if !has("operator") {
        findings.add(at!(dossier.team), NoOperator);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa bố trí nhân lực thực hiện và vận hành.",
    en = "The dossier assigns no staff for the work and the operation.",
    remedy_vi = "Bổ sung danh sách nhân lực, ít nhất có người phụ trách dự án và người vận hành sau bàn giao.",
    remedy_en = "Add the staff, with at least a project lead and an operator after hand-over."
)]
struct NoTeam;

#[derive(Violation)]
#[violation(
    vi = "Danh sách nhân lực chưa ghi họ tên người phụ trách dự án.",
    en = "The staff list names no project lead.",
    remedy_vi = "Bổ sung họ tên người phụ trách dự án.",
    remedy_en = "Add the name of the project lead."
)]
struct NoLead;

#[derive(Violation)]
#[violation(
    vi = "Danh sách nhân lực chưa ghi họ tên người vận hành sau bàn giao.",
    en = "The staff list names no operator after hand-over.",
    remedy_vi = "Bổ sung họ tên người vận hành sau bàn giao.",
    remedy_en = "Add the name of the operator."
)]
struct NoOperator;
