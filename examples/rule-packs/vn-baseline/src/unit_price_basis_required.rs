use kycuong_rules_sdk::model::costs::PriceBasis;
use kycuong_rules_sdk::prelude::*;

use crate::cost_structure::{CostStructure, price_methods};
use crate::listing::Listing;

/// Mỗi đơn giá phải có phương pháp xác định được pháp luật cho phép và giấy tờ chứng minh.
///
/// Mỗi dòng chi có ít nhất một căn cứ giá; phương pháp thuộc các phương pháp của nhóm chi phí; căn cứ dẫn đến một giấy
/// tờ kèm theo. Chi phí tự thực hiện tính theo mức chi theo quy định thì ghi số văn bản quy định mức chi.
#[rule(
    requirement = "R15",
    title_vi = "Mỗi đơn giá có phương pháp xác định",
    title_en = "Every price has a named method",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 49 khoản 4, khoản 5, khoản 6, Điều 67 khoản 3; Thông tư 03/2020/TT-BTTTT, Điều 5; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "đơn giá của nhà nước",
    violations = [NoLines, NoBasis, NoMethod, MethodNotAllowed, NoEvidence, UnknownEvidence, NoNorm]
)]
pub fn unit_price_basis_required(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    if dossier.costs.lines.is_empty() {
        findings.add(at!(dossier.costs.lines), NoLines);
        return Ok(());
    }
    let regime = require!(context.regime);
    let structure = dossier.kind.get().and_then(|kind| CostStructure::of(kind, regime));
    let papers: BTreeSet<Text> =
        dossier.attachments.iter().filter_map(|paper| paper.document_id.get()).collect();
    let method_severity =
        if regime == Regime::Nd224_2026 { Severity::Block } else { Severity::Warn };
    for line in &dossier.costs.lines {
        // A contingency is a share of the rest, and what costs nothing has no price.
        if line.group.is(CostGroupKey::Contingency) || line.amount.is(Money::ZERO) {
            continue;
        }
        let name = line.label();
        if line.price_basis.is_empty() {
            findings.add(at!(line.price_basis), NoBasis { line: name });
            continue;
        }
        let allowed = line.group.get().and_then(|group| price_methods(structure, group));
        for basis in &line.price_basis {
            let Some(method) = basis.method.get() else {
                findings.add(at!(basis.method), NoMethod { line: name.clone() });
                continue;
            };
            if let (Some(allowed), Some(group)) = (&allowed, line.group.get())
                && !allowed.contains(&method)
            {
                let allowed = Listing(allowed.clone());
                let not_allowed = MethodNotAllowed { line: name.clone(), method, group, allowed };
                findings.add_as(method_severity, at!(basis.method), not_allowed);
            }
            check_evidence(basis, method, &name, &papers, findings);
        }
    }
    Ok(())
}

fn check_evidence(
    basis: &PriceBasis,
    method: PriceMethod,
    line: &str,
    papers: &BTreeSet<Text>,
    findings: &mut Findings,
) {
    let evidence = basis.evidence_document_id.get().filter(|id| !id.trim().is_empty());
    match evidence {
        Some(id) if papers.contains(&id) => {}
        Some(_) => {
            let (line, document) = (line.to_owned(), basis.evidence_document_id.owned());
            findings
                .add(at!(basis.evidence_document_id), UnknownEvidence { line, method, document });
        }
        // The norm is a published text; its number is evidence enough.
        None if method == PriceMethod::PrescribedNorm => {}
        None => findings
            .add(at!(basis.evidence_document_id), NoEvidence { line: line.to_owned(), method }),
    }
    if method == PriceMethod::PrescribedNorm && !basis.norm_number.is_filled() {
        findings.add(at!(basis.norm_number), NoNorm { line: line.to_owned() });
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dự toán chưa có dòng chi nào nên chưa có căn cứ giá.",
    en = "The estimate has no lines, so no price has a basis.",
    remedy_vi = "Lập dự toán chi tiết theo dòng chi, mỗi dòng kèm căn cứ giá.",
    remedy_en = "Draw up the lines of the estimate, each with the basis of its price."
)]
struct NoLines;

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa nêu căn cứ giá nào.",
    en = "The line “{line}” names no basis of its price.",
    remedy_vi = "Nêu phương pháp xác định giá và đính kèm báo giá, chứng thư thẩm định giá hoặc giấy tờ tương ứng.",
    remedy_en = "Name the method and attach the quotation, price certificate or other evidence."
)]
struct NoBasis {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” có căn cứ giá chưa ghi phương pháp xác định giá.",
    en = "The line “{line}” has a price basis without a method.",
    remedy_vi = "Ghi phương pháp xác định giá.",
    remedy_en = "State the method."
)]
struct NoMethod {
    line: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” xác định giá bằng phương pháp {method}, không thuộc các phương pháp của nhóm {group} ({allowed}).",
    en = "The line “{line}” finds its price by {method}, which is not a method for {group} ({allowed}).",
    remedy_vi = "Xác định lại giá bằng một trong các phương pháp: {allowed}.",
    remedy_en = "Find the price anew by one of these methods: {allowed}."
)]
struct MethodNotAllowed {
    line: String,
    method: PriceMethod,
    group: CostGroupKey,
    allowed: Listing<PriceMethod>,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” xác định giá bằng phương pháp {method} nhưng chưa dẫn giấy tờ chứng minh.",
    en = "The line “{line}” finds its price by {method}, but refers to no evidence.",
    remedy_vi = "Đính kèm giấy tờ chứng minh và ghi mã giấy tờ vào căn cứ giá.",
    remedy_en = "Attach the evidence and enter its id in the price basis."
)]
struct NoEvidence {
    line: String,
    method: PriceMethod,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” dẫn giấy tờ “{document}” làm chứng minh cho phương pháp {method}, nhưng giấy tờ này không có trong hồ sơ.",
    en = "The line “{line}” refers to the document “{document}” as evidence for {method}, but the dossier has no such attachment.",
    remedy_vi = "Đính kèm giấy tờ còn thiếu, hoặc ghi lại mã giấy tờ.",
    remedy_en = "Attach the missing document, or correct its id."
)]
struct UnknownEvidence {
    line: String,
    method: PriceMethod,
    document: String,
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” tính theo mức chi theo quy định nhưng chưa ghi số văn bản quy định mức chi.",
    en = "The line “{line}” follows a prescribed spending norm, but does not give the number of that text.",
    remedy_vi = "Ghi số, ký hiệu văn bản quy định mức chi.",
    remedy_en = "State the number of the text that sets the norm."
)]
struct NoNorm {
    line: String,
}
