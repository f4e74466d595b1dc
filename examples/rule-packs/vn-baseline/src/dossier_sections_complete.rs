use kycuong_rules_sdk::prelude::*;

use crate::expected_kind::Source;
use crate::required_contents;

/// Hồ sơ phải đủ nội dung và giấy tờ theo loại hồ sơ.
///
/// Nội dung: khoản 4 Điều 66 (báo cáo nghiên cứu khả thi, báo cáo kinh tế - kỹ thuật), khoản 2 Điều 67 (kế hoạch thuê),
/// Điều 4 Thông tư 03/2020/TT-BTTTT (đề cương và dự toán chi tiết). Giấy tờ: tờ trình; báo cáo, kế hoạch hoặc đề cương;
/// quyết định chủ trương và dự kiến kinh phí với chi thường xuyên; khi trình phê duyệt thêm báo cáo thẩm định và, với vốn
/// đầu tư công, quyết định chủ trương đầu tư. Mỗi nội dung phải có vị trí trong tài liệu hoặc tóm tắt.
#[rule(
    requirement = "R26",
    title_vi = "Đủ nội dung theo loại hồ sơ",
    title_en = "Sections complete per kind",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 45, Điều 50 khoản 6, Điều 66, Điều 67; Thông tư 03/2020/TT-BTTTT, Điều 4",
    quote = "Nâng cao hơn nữa chất lượng lập hồ sơ",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
        OutlineAndEstimate,
    ],
    reads = ["funding.kind", "funding.codes.section"],
    violations = [MissingSection, EmptySection, MissingPaper]
)]
pub fn dossier_sections_complete(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let is_attached = |paper: DocumentType| dossier.has(paper);
    let Some(kind) = dossier.kind.get() else {
        // Whatever the kind, these two belong to it; that the kind is missing is R07's.
        for paper in [DocumentType::ProposalLetter, DocumentType::MainReport] {
            if !is_attached(paper) {
                findings.add(at!(dossier.attachments), MissingPaper { paper });
            }
        }
        return if findings.is_empty() {
            Err(Missing::Field(at!(dossier.kind)).into())
        } else {
            Ok(())
        };
    };
    let regime = require!(context.regime);
    for key in required_contents::sections(kind, regime) {
        match dossier.sections.iter().find(|section| section.key.is(key)) {
            None => findings.add(at!(dossier.sections), MissingSection { section: key, kind }),
            Some(section) if !section.location.is_filled() && !section.summary.is_filled() => {
                findings.add(at!(section.summary), EmptySection { section: key });
            }
            Some(_) => {}
        }
    }
    for paper in required_contents::papers(kind, regime, Source::of(dossier), dossier.stage.get()) {
        if !is_attached(paper) {
            findings.add(at!(dossier.attachments), MissingPaper { paper });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ {kind} thiếu nội dung: {section}.",
    en = "The dossier of the kind {kind} lacks this section: {section}.",
    remedy_vi = "Bổ sung nội dung {section} vào báo cáo, kế hoạch hoặc đề cương và ghi vị trí trong tài liệu.",
    remedy_en = "Add the section {section} to the report, plan or outline and say where it stands."
)]
struct MissingSection {
    section: SectionKey,
    kind: DossierKind,
}

#[derive(Violation)]
#[violation(
    vi = "Nội dung {section} được liệt kê nhưng chưa ghi vị trí trong tài liệu và chưa có tóm tắt.",
    en = "The section {section} is listed, but has neither a place in the document nor a summary.",
    remedy_vi = "Ghi vị trí (chương, mục, trang) hoặc tóm tắt nội dung.",
    remedy_en = "State where it stands (chapter, section, page) or summarise it."
)]
struct EmptySection {
    section: SectionKey,
}

#[derive(Violation)]
#[violation(
    vi = "Giấy tờ kèm theo thiếu {paper}.",
    en = "The attachments lack this paper: {paper}.",
    remedy_vi = "Đính kèm {paper}.",
    remedy_en = "Attach it: {paper}."
)]
struct MissingPaper {
    paper: DocumentType,
}
