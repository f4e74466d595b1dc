use kycuong_rules_sdk::prelude::*;

use crate::capital;
use crate::expected_kind::{Source, Task, Work, is_undecided, system_value, works};
use crate::listing::Listing;

/// Loại hồ sơ phải đúng với nguồn vốn, hoạt động và mức kinh phí.
///
/// Nghị định 224/2026/NĐ-CP: đầu tư hệ thống đến 20 tỷ đồng lập báo cáo kinh tế - kỹ thuật, trên 20 tỷ đồng lập báo
/// cáo nghiên cứu khả thi; thuê dịch vụ không sẵn có bằng chi thường xuyên lập kế hoạch thuê; các hoạt động tại
/// khoản 1 Điều 65 không phải lập dự án. Hồ sơ cũ theo Nghị định 73/2019/NĐ-CP: chi thường xuyên trên 200 triệu đồng
/// đến 15 tỷ đồng lập đề cương và dự toán chi tiết. Mức của Nghị định 82/2024/NĐ-CP và Nghị định 45/2026/NĐ-CP chưa
/// được xác minh nên chỉ cảnh báo. Dự án vốn hỗn hợp không thuộc phạm vi Nghị định 224/2026/NĐ-CP (khoản 1 Điều 36)
/// thì chỉ lưu ý.
#[rule(
    requirement = "R07",
    title_vi = "Loại hồ sơ đúng mức vốn, hoạt động",
    title_en = "Right dossier kind",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 42, Điều 45, Điều 65; Nghị định 73/2019/NĐ-CP, Điều 10, Điều 51; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "thực hiện theo quy trình, thủ tục, pháp luật hiện hành về quản lý đầu tư",
    reads = [
        "funding.kind",
        "funding.amount",
        "funding.donor.name",
        "funding.donor.tax_code",
        "funding.codes.section",
        "costs.lines.amount",
        "costs.lines.component_id",
    ],
    violations = [NoKind, KindNoLongerExists, NoExemptBasis, WrongKind]
)]
pub fn dossier_kind_by_threshold(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let Some(kind) = dossier.kind.get() else {
        findings.add(at!(dossier.kind), NoKind);
        return Ok(());
    };
    let regime = require!(context.regime);
    if kind == DossierKind::OutlineAndEstimate && regime == Regime::Nd224_2026 {
        findings.add(at!(dossier.kind), KindNoLongerExists { kind, regime });
        return Ok(());
    }
    for source in require!(dossier.funding) {
        require!(source.kind);
    }
    let Some(source) = Source::of(dossier) else {
        return not_applicable(
            "Nhiệm vụ, dự án không sử dụng ngân sách nhà nước.",
            "The task does not use the state budget.",
        );
    };
    let total = require!(dossier.costs.total);
    // A component of which nobody knows what is done could ask for another kind.
    for component in require!(dossier.components).iter().filter(|one| is_undecided(one)) {
        require!(component.action);
    }
    let works = works(dossier);
    if works.is_empty() {
        return not_applicable(
            "Hồ sơ chỉ có đào tạo, không có hệ thống, mua sắm hoặc thuê dịch vụ.",
            "The dossier only trains people; it has no system, purchase or lease.",
        );
    }
    let exempt_basis = dossier.exempt_basis.get();
    let no_project = regime == Regime::Nd224_2026 && kind == DossierKind::PurchaseWithoutProject;
    if no_project && exempt_basis.is_none() {
        findings.add(at!(dossier.exempt_basis), NoExemptBasis);
        if !works.contains(&Work::System) && !works.contains(&Work::LeaseUnavailable) {
            return Ok(());
        }
    }
    let task = Task {
        regime,
        source,
        works,
        value: system_value(dossier, total),
        exempt_basis,
        one_step_permitted: dossier
            .attachments
            .iter()
            .any(|paper| paper.document_type.is(DocumentType::OneStepPermission)),
    };
    let expected = task.expected_kinds();
    if expected.is_empty() || expected.contains(&kind) {
        return Ok(());
    }
    let severity = capital::severity(dossier, regime);
    let (value, works) = (task.value, Listing(task.works.into_iter().collect()));
    let expected = Listing(expected);
    findings.add_as(
        severity,
        at!(dossier.kind),
        WrongKind { kind, source, works, value, regime, expected },
    );
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa ghi loại hồ sơ.",
    en = "The dossier does not say of which kind it is.",
    remedy_vi = "Ghi loại hồ sơ: báo cáo nghiên cứu khả thi, báo cáo kinh tế - kỹ thuật, kế hoạch thuê hoặc mua sắm theo dự toán.",
    remedy_en = "State the kind: feasibility report, economic-technical report, service lease plan or purchase without a project."
)]
struct NoKind;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ là {kind}, loại hồ sơ không còn trong {regime}.",
    en = "The dossier is an {kind}, a kind that {regime} no longer has.",
    remedy_vi = "Lập lại thành báo cáo kinh tế - kỹ thuật hoặc báo cáo nghiên cứu khả thi, trừ khi hồ sơ thuộc trường hợp chuyển tiếp.",
    remedy_en = "Draw it up anew as an economic-technical or feasibility report, unless a transitional rule applies."
)]
struct KindNoLongerExists {
    kind: DossierKind,
    regime: Regime,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ mua sắm theo dự toán chưa nêu căn cứ không phải lập dự án tại khoản 1 Điều 65.",
    en = "The purchase without a project does not name its basis in article 65.1.",
    remedy_vi = "Nêu điểm áp dụng của khoản 1 Điều 65 Nghị định 224/2026/NĐ-CP kèm giấy tờ chứng minh, hoặc lập dự án.",
    remedy_en = "Name the point of article 65.1 of Decree 224/2026/NĐ-CP with its evidence, or draw up a project."
)]
struct NoExemptBasis;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ là “{kind}”, nhưng với nguồn {source}, hoạt động “{works}” và giá trị {value} thì loại hồ sơ theo {regime} là “{expected}”.",
    en = "The dossier is of the kind “{kind}”, but for {source}, “{works}” and a value of {value}, {regime} asks for “{expected}”.",
    remedy_vi = "Lập lại hồ sơ theo loại: {expected}.",
    remedy_en = "Draw the dossier up as: {expected}."
)]
struct WrongKind {
    kind: DossierKind,
    source: Source,
    works: Listing<Work>,
    value: Money,
    regime: Regime,
    expected: Listing<DossierKind>,
}
