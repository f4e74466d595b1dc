use kycuong_law::direct_appointment::DirectAppointment;
use kycuong_rules_sdk::model::procurement::Package;
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct SplittingParameters {
    /// Trả lại hồ sơ khi các gói thầu bị chia nhỏ thuộc cùng một dòng ngân sách.
    #[parameter(default = "false")]
    pub strict: bool,
}

/// Không được chia nhỏ gói thầu để chỉ định thầu.
///
/// Các gói thầu cùng nhóm hàng hóa, cùng năm ngân sách, cùng chỉ định thầu theo hạn mức: mỗi gói trong hạn mức
/// nhưng tổng vượt hạn mức thì được lưu ý. Gói thầu có căn cứ chỉ định thầu đặc biệt không tính. Việc chia gói có
/// chính đáng hay không do người thẩm định xem xét.
#[rule(
    requirement = "R25",
    title_vi = "Không chia nhỏ gói thầu",
    title_en = "No package splitting",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Luật Đấu thầu 22/2023/QH15; Nghị định 214/2025/NĐ-CP, Điều 78 khoản 4",
    quote = "tuân thủ đúng trình tự, thủ tục đấu thầu",
    reads = [
        "procurement.packages.goods_group",
        "procurement.packages.form",
        "procurement.packages.form_basis",
        "procurement.packages.price",
        "procurement.packages.budget_line",
        "procurement.packages.budget_year",
        "procurement.packages.planned_at",
    ],
    violations = [Split]
)]
pub fn no_package_splitting(
    dossier: &Dossier,
    context: &Context,
    parameters: &SplittingParameters,
    findings: &mut Findings,
) -> Checked {
    let Some(limits) = DirectAppointment::on(require!(context.on)) else {
        return not_applicable(
            "Hạn mức chỉ định thầu trước ngày 04/8/2025 chưa được kiểm chứng.",
            "The limits of direct appointment before 2025-08-04 are not verified.",
        );
    };
    let mut groups: BTreeMap<(String, Option<Count>), Vec<&Package>> = BTreeMap::new();
    for package in &dossier.procurement.packages {
        if package.form.is(ProcurementForm::DirectAppointment)
            && !has_special_basis(package, &limits)
        {
            let group = package.goods_group.trimmed();
            groups.entry((group, year(package))).or_default().push(package);
        }
    }
    if groups.is_empty() {
        return not_applicable(
            "Hồ sơ không có gói thầu chỉ định thầu theo hạn mức.",
            "The dossier has no direct appointment within the limits.",
        );
    }
    // A purchase within the estimate is no project, whatever the dossier declares.
    let may_be_project =
        dossier.kind.get().is_some_and(|kind| kind != DossierKind::PurchaseWithoutProject);
    let is_project = match dossier.procurement.is_project.get() {
        Some(declared) => declared && !dossier.kind.is(DossierKind::PurchaseWithoutProject),
        None => may_be_project,
    };
    for ((group, year), packages) in &groups {
        let limit = packages
            .iter()
            .map(|package| limit(package, is_project, &limits))
            .max()
            .unwrap_or(limits.estimate_max);
        let within: Vec<&&Package> = packages
            .iter()
            .filter(|package| package.price.get().is_some_and(|price| price <= limit))
            .collect();
        let total: Money = within.iter().filter_map(|package| package.price.get()).sum();
        let (Some(first), true, true) = (within.first(), within.len() > 1, total > limit) else {
            continue;
        };
        // Packages that do not say what they buy cannot be told apart.
        require!(first.goods_group);
        let line = first.budget_line.text();
        let same_line =
            !line.is_empty() && within.iter().all(|package| package.budget_line.is_text(&line));
        let severity =
            if parameters.strict && same_line { Severity::Block } else { Severity::Warn };
        let (group, count, year) = (group.clone(), within.len(), period(*year));
        findings.add_as(
            severity,
            at!(first.goods_group),
            Split { group, count, year, limit, total },
        );
    }
    Ok(())
}

/// Whether a package is appointed on another ground than the limit, which is clause 4 itself.
fn has_special_basis(package: &Package, limits: &DirectAppointment) -> bool {
    package.form_basis.is_filled() && !package.form_basis.text().trim().starts_with(limits.clause)
}

/// In a project, a package without a category has the larger limit.
fn limit(package: &Package, is_project: bool, limits: &DirectAppointment) -> Money {
    if !is_project {
        return limits.estimate_max;
    }
    package.category.get().map_or(limits.project_other_max, |category| limits.in_project(category))
}

fn year(package: &Package) -> Option<Count> {
    package.budget_year.get().or_else(|| u32::try_from(package.planned_at.get()?.year()).ok())
}

fn period(year: Option<Count>) -> Bilingual {
    match year {
        Some(year) => Bilingual::new(format!("năm {year}"), format!("in {year}")),
        None => Bilingual::new("không ghi năm", "without a year"),
    }
}

#[derive(Violation)]
#[violation(
    vi = "Có {count} gói thầu nhóm “{group}” ({year}) cùng chỉ định thầu, mỗi gói không quá hạn mức {limit} nhưng tổng là {total}, có dấu hiệu chia nhỏ gói thầu.",
    en = "There are {count} packages of “{group}” ({year}) by direct appointment, each within the limit of {limit}, but {total} together, which looks like splitting.",
    remedy_vi = "Gộp các gói thầu cùng nhóm và chọn hình thức lựa chọn nhà thầu theo tổng giá trị {total}, hoặc thuyết minh lý do chia gói.",
    remedy_en = "Merge the packages and choose the form that fits {total}, or explain why they are separate."
)]
struct Split {
    group: String,
    count: usize,
    year: Bilingual,
    limit: Money,
    total: Money,
}
