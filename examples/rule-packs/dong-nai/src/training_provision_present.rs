use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ xây dựng, nâng cấp hệ thống phải bố trí đào tạo người dùng.
///
/// Hồ sơ có cấu phần phần mềm, nền tảng số, cơ sở dữ liệu hoặc dịch vụ được xây dựng mới, nâng cấp, mở rộng thì dự toán có
/// dòng chi đào tạo lớn hơn 0 (theo hoạt động của dòng chi hoặc theo cấu phần đào tạo), hoặc nêu bên thực hiện đào tạo.
#[rule(
    requirement = "R59",
    title_vi = "Có đào tạo người dùng",
    title_en = "Training provided",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 47; Nghị định 224/2026/NĐ-CP, Điều 49 khoản 2",
    quote = "tăng cường cung cấp kiến thức, kỹ năng về công nghệ thông tin cho cán bộ, công chức",
    reads = [
        "components.id",
        "components.name",
        "components.type",
        "components.action",
        "costs.lines.activity_type",
        "costs.lines.component_id",
        "costs.lines.amount",
    ],
    violations = [NoTraining]
)]
pub fn training_provision_present(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let components = require!(dossier.components);
    let Some(system) = components.iter().find(|component| is_new_or_changed(component)) else {
        return not_applicable(
            "Hồ sơ không xây dựng, nâng cấp, mở rộng hệ thống.",
            "The dossier builds, upgrades or expands no system.",
        );
    };
    let training: BTreeSet<_> = components
        .iter()
        .filter(|component| component.r#type.is(ComponentType::Training))
        .filter(|component| component.id.is_filled())
        .map(|component| component.id.text())
        .collect();
    let is_paid = dossier.costs.lines.iter().any(|line| {
        line.amount.get() > Some(Money::ZERO)
            && (line.activity_type.is(ActivityType::Training)
                || training.contains(&line.component_id.text()))
    });
    if !is_paid && !dossier.training_by.is_filled() {
        let system_name = system.name.owned();
        findings.add(at!(dossier.training_by), NoTraining { system_name });
    }
    Ok(())
}

/// Whether people have to learn something new: equipment and training itself are no systems.
fn is_new_or_changed(component: &Component) -> bool {
    let is_system = matches!(
        component.r#type.get(),
        Some(
            ComponentType::InternalSoftware
                | ComponentType::CommercialSoftware
                | ComponentType::Platform
                | ComponentType::Database
                | ComponentType::Service
        )
    );
    let changes = matches!(
        component.action.get(),
        Some(ComponentAction::Build | ComponentAction::Upgrade | ComponentAction::Expand)
    );
    is_system && changes
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ xây dựng, nâng cấp “{system_name}” nhưng không có dòng chi đào tạo và chưa nêu bên thực hiện đào tạo người dùng.",
    en = "The dossier builds or upgrades “{system_name}”, but has no training line and does not say who trains the users.",
    remedy_vi = "Bổ sung dòng chi đào tạo, hoặc nêu bên thực hiện đào tạo khi không cần kinh phí.",
    remedy_en = "Add a training line, or say who trains when it costs nothing."
)]
struct NoTraining {
    system_name: String,
}
