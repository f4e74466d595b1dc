use kycuong_law::direct_appointment::DirectAppointment;
use kycuong_rules_sdk::model::procurement::Package;
use kycuong_rules_sdk::prelude::*;

/// What starts the id of a basis in Điều 78: `nd-214-2025/78/3/d` is điểm d khoản 3.
const ARTICLE_78: &str = "nd-214-2025/78/";
/// The letters of points in Vietnamese legal texts, đ written dd.
const POINTS: [&str; 23] = [
    "a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
    "u", "v", "x", "y",
];

/// Gói thầu chỉ định thầu phải trong hạn mức, hoặc có căn cứ riêng kèm tài liệu chứng minh.
///
/// Hạn mức: 500 triệu đồng với dự toán mua sắm không hình thành dự án; trong dự án là 800 triệu đồng với tư vấn, 02 tỷ
/// đồng với phi tư vấn, hàng hóa, xây lắp, hỗn hợp. Căn cứ riêng là điểm thuộc các khoản 2, 3, 5, 6 Điều 78, ghi
/// dạng `nd-214-2025/78/3/d`.
#[rule(
    requirement = "R10",
    title_vi = "Hình thức lựa chọn nhà thầu đúng hạn mức",
    title_en = "Selection form fits threshold",
    severity = Block,
    effective = "2025-08-04..",
    basis = "Nghị định 214/2025/NĐ-CP, Điều 78; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "đấu thầu",
    reads = [
        "procurement.packages.form",
        "procurement.packages.form_basis",
        "procurement.packages.form_evidence_id",
        "procurement.packages.category",
        "procurement.packages.price",
        "attachments.document_id",
    ],
    violations = [AboveLimit, UnknownBasis, NoEvidence, NoForm, NoPrice, NoCategory]
)]
pub fn procurement_form_threshold(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    if dossier.procurement.packages.is_empty() {
        return not_applicable("Hồ sơ chưa nêu gói thầu.", "The dossier names no package yet.");
    }
    let Some(limits) = DirectAppointment::on(require!(context.on)) else {
        return not_applicable(
            "Hạn mức chỉ định thầu trước ngày 04/8/2025 chưa được kiểm chứng.",
            "The limits of direct appointment before 2025-08-04 are not verified.",
        );
    };
    // A purchase within the estimate is no project, whatever the dossier declares.
    let without_project = dossier.kind.is(DossierKind::PurchaseWithoutProject);
    let in_project = !without_project && dossier.procurement.is_project.get().unwrap_or(true);
    for (position, package) in dossier.procurement.packages.iter().enumerate() {
        let name = label(package, position);
        match package.form.get() {
            None => findings.add(at!(package.form), NoForm { package: name }),
            Some(ProcurementForm::DirectAppointment) => {
                check_direct_appointment(dossier, package, name, in_project, &limits, findings);
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn check_direct_appointment(
    dossier: &Dossier,
    package: &Package,
    name: String,
    in_project: bool,
    limits: &DirectAppointment,
    findings: &mut Findings,
) {
    if package.form_basis.is_filled() {
        let basis = package.form_basis.trimmed();
        match clause_of_article_78(&basis) {
            None => {
                findings.add(at!(package.form_basis), UnknownBasis { package: name, basis });
                return;
            }
            // Clause 4 is the limit itself: it exempts from nothing.
            Some(4) => {}
            Some(_) => {
                if !dossier.attachments.iter().any(|paper| is_evidence(package, &paper.document_id))
                {
                    findings
                        .add(at!(package.form_evidence_id), NoEvidence { package: name, basis });
                }
                return;
            }
        }
    }
    let Some(price) = package.price.get() else {
        findings.add(at!(package.price), NoPrice { package: name });
        return;
    };
    let (limit, what) = match (in_project, package.category.get()) {
        (false, _) => (limits.estimate_max, PackageClass::Estimate),
        (true, Some(PackageCategory::Consulting)) => {
            (limits.project_consulting_max, PackageClass::ProjectConsulting)
        }
        (true, Some(_)) => (limits.project_other_max, PackageClass::ProjectOther),
        (true, None) => {
            findings.add(at!(package.category), NoCategory { package: name });
            return;
        }
    };
    if price > limit {
        findings.add(at!(package.form), AboveLimit { package: name, price, limit, what });
    }
}

fn is_evidence(package: &Package, document_id: &Field<Text>) -> bool {
    package.form_evidence_id.is_filled() && document_id.get() == package.form_evidence_id.get()
}

/// The clause of an id in Điều 78; `None` when it is not one of clauses 2 to 6.
fn clause_of_article_78(basis: &str) -> Option<u32> {
    let rest = basis.strip_prefix(ARTICLE_78)?;
    let (clause, point) = match rest.split_once('/') {
        Some((clause, point)) => (clause, Some(point)),
        None => (rest, None),
    };
    let clause = match clause {
        "2" => 2,
        "3" => 3,
        "4" => 4,
        "5" => 5,
        "6" => 6,
        _ => return None,
    };
    let is_point = match point {
        Some(point) => POINTS.contains(&point),
        // Clauses 2, 3 and 5 list cases: without a point nobody can tell which.
        None => clause == 4 || clause == 6,
    };
    is_point.then_some(clause)
}

fn label(package: &Package, position: usize) -> String {
    if package.name.is_filled() {
        package.name.trimmed()
    } else if package.id.is_filled() {
        package.id.trimmed()
    } else {
        (position + 1).to_string()
    }
}

codes! {
    /// Gói thầu mà hạn mức áp dụng.
    enum PackageClass {
        Estimate = "estimate" "gói thầu thuộc dự toán mua sắm không hình thành dự án" "packages of a purchase estimate without a project",
        ProjectConsulting = "project-consulting" "gói thầu tư vấn thuộc dự án" "consulting packages of a project",
        ProjectOther = "project-other" "gói thầu phi tư vấn, hàng hóa, xây lắp, hỗn hợp thuộc dự án" "other packages of a project",
    }
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” giá {price} áp dụng chỉ định thầu, vượt hạn mức {limit} đối với {what}, và không nêu căn cứ chỉ định thầu khác.",
    en = "The package “{package}” of {price} is appointed directly, above the limit of {limit} for {what}, and names no other basis.",
    remedy_vi = "Chọn hình thức lựa chọn nhà thầu khác, hoặc nêu căn cứ tại khoản 2, 3, 5 hoặc 6 Điều 78 Nghị định 214/2025/NĐ-CP kèm tài liệu chứng minh.",
    remedy_en = "Choose another form, or name the basis in article 78, clause 2, 3, 5 or 6, of Decree 214/2025/NĐ-CP with its evidence."
)]
struct AboveLimit {
    package: String,
    price: Money,
    limit: Money,
    what: PackageClass,
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” nêu căn cứ chỉ định thầu “{basis}”, không phải điểm, khoản nào từ khoản 2 đến khoản 6 Điều 78.",
    en = "The package “{package}” names “{basis}” as its basis, which is no point of article 78, clauses 2 to 6.",
    remedy_vi = "Ghi căn cứ theo dạng nd-214-2025/78/khoản/điểm, hoặc chọn hình thức lựa chọn nhà thầu khác.",
    remedy_en = "Write the basis as nd-214-2025/78/clause/point, or choose another form."
)]
struct UnknownBasis {
    package: String,
    basis: String,
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” nêu căn cứ chỉ định thầu {basis} nhưng không có tài liệu chứng minh trong giấy tờ kèm theo.",
    en = "The package “{package}” names {basis} as its basis, but no attachment proves it.",
    remedy_vi = "Đính kèm tài liệu chứng minh và ghi mã giấy tờ ấy vào gói thầu.",
    remedy_en = "Attach the evidence and enter its id in the package."
)]
struct NoEvidence {
    package: String,
    basis: String,
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” chưa ghi hình thức lựa chọn nhà thầu.",
    en = "The package “{package}” has no form of contractor selection.",
    remedy_vi = "Ghi hình thức lựa chọn nhà thầu.",
    remedy_en = "State the form."
)]
struct NoForm {
    package: String,
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” áp dụng chỉ định thầu nhưng chưa ghi giá gói thầu để so với hạn mức.",
    en = "The package “{package}” is appointed directly, but has no price to compare with the limit.",
    remedy_vi = "Ghi giá gói thầu.",
    remedy_en = "State the price."
)]
struct NoPrice {
    package: String,
}

#[derive(Violation)]
#[violation(
    vi = "Gói thầu “{package}” áp dụng chỉ định thầu nhưng chưa ghi lĩnh vực để xác định hạn mức.",
    en = "The package “{package}” is appointed directly, but has no category, which decides the limit.",
    remedy_vi = "Ghi lĩnh vực: hàng hóa, tư vấn, phi tư vấn, xây lắp hoặc hỗn hợp.",
    remedy_en = "State the category: goods, consulting, non-consulting, works or mixed."
)]
struct NoCategory {
    package: String,
}
