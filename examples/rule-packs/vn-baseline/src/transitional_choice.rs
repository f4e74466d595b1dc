use kycuong_rules_sdk::model::papers::Attachment;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ đã quyết định hoặc thẩm định trước ngày 01/7/2026 mà áp dụng Nghị định 224/2026/NĐ-CP thì phải có văn bản lựa chọn.
///
/// Xét ngày quyết định và ngày báo cáo thẩm định đã khai; hồ sơ khai áp dụng hoặc chọn Nghị định 224/2026/NĐ-CP thì kèm văn
/// bản lựa chọn của cấp có thẩm quyền, có số, ký hiệu.
#[rule(
    requirement = "R94",
    title_vi = "Lựa chọn chuyển tiếp",
    title_en = "Transitional choice",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 91 khoản 2",
    reads = [
        "transition.decided_on",
        "transition.appraisal_report_on",
        "transition.choice",
        "transition.document_id",
        "attachments.document_id",
        "attachments.document_type",
        "attachments.number",
    ],
    violations = [NoChoice, NoNumber]
)]
pub fn transitional_choice(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let (transition, appraisal) = (&dossier.transition, &dossier.appraisal);
    let new = Regime::Nd224_2026;
    let from = new.from();
    let papers = [
        transition.decided_on.get(),
        transition.appraisal_report_on.get(),
        appraisal.decided_on.get(),
        appraisal.report.date.get(),
    ];
    let Some(dated) = papers.into_iter().flatten().min().filter(|dated| *dated < from) else {
        return not_applicable(
            "Hồ sơ không có quyết định hoặc báo cáo thẩm định trước ngày 01/7/2026.",
            "The dossier has no decision or appraisal report from before 2026-07-01.",
        );
    };
    if !dossier.regime.is(new) && !transition.choice.is(new) {
        return not_applicable(
            "Hồ sơ không khai áp dụng Nghị định 224/2026/NĐ-CP.",
            "The dossier does not declare Decree 224/2026/NĐ-CP.",
        );
    }
    let cited = transition.document_id.text();
    let is_choice = |paper: &&Attachment| {
        if transition.document_id.is_filled() {
            paper.document_id.is_text(&cited)
        } else {
            paper.document_type.is(DocumentType::TransitionalChoice)
        }
    };
    match dossier.attachments.iter().find(is_choice) {
        None => findings.add(at!(transition.document_id), NoChoice { dated, from }),
        Some(paper) if !paper.number.is_filled() => findings.add(at!(paper.number), NoNumber),
        Some(_) => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có quyết định hoặc báo cáo thẩm định ngày {dated}, trước ngày {from}, và áp dụng Nghị định 224/2026/NĐ-CP, nhưng không kèm văn bản lựa chọn của cấp có thẩm quyền.",
    en = "The dossier has a decision or an appraisal report of {dated}, before {from}, and applies Decree 224/2026/NĐ-CP, but attaches no choice by the authority.",
    remedy_vi = "Kèm văn bản của cấp có thẩm quyền lựa chọn áp dụng Nghị định 224/2026/NĐ-CP, hoặc tiếp tục áp dụng nghị định trước đó.",
    remedy_en = "Attach the authority's choice of Decree 224/2026/NĐ-CP, or stay under the earlier decree."
)]
struct NoChoice {
    dated: Date,
    from: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Văn bản lựa chọn chuyển tiếp kèm theo chưa ghi số, ký hiệu.",
    en = "The transitional choice attached has no number.",
    remedy_vi = "Ghi số, ký hiệu của văn bản lựa chọn.",
    remedy_en = "Give the number of the choice."
)]
struct NoNumber;
