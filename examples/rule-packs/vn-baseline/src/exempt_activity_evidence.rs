use kycuong_rules_sdk::prelude::*;

/// Không lập dự án, kế hoạch thuê thì phải nêu căn cứ tại khoản 1 Điều 65 và kèm giấy tờ chứng minh.
///
/// Điểm c: biên bản sự cố. Điểm d: văn bản quy phạm pháp luật làm thay đổi quy trình, thủ tục. Điểm đ: văn bản chỉ đạo và
/// quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh. Điểm a khi thay thế thiết bị: danh mục thiết bị thay thế (thiếu thì cảnh
/// báo). Văn bản kèm theo phải có số, ký hiệu.
#[rule(
    requirement = "R84",
    title_vi = "Căn cứ không lập dự án",
    title_en = "Exemption evidence",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 65 khoản 1",
    regimes = [Nd224_2026],
    reads = ["attachments.document_type", "attachments.number", "components.action"],
    violations = [NoBasis, NoEvidence, NoNumber, NoReplacementList]
)]
pub fn exempt_activity_evidence(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let Some(basis) = dossier.exempt_basis.get() else {
        if require!(dossier.kind) == DossierKind::PurchaseWithoutProject {
            findings.add(at!(dossier.exempt_basis), NoBasis);
            return Ok(());
        }
        return not_applicable(
            "Hồ sơ lập dự án hoặc kế hoạch thuê, không viện dẫn khoản 1 Điều 65.",
            "The dossier has a project or a service lease plan and claims no exemption.",
        );
    };
    match basis {
        ExemptBasis::A => {
            let replaces =
                dossier.components.iter().any(|one| one.action.is(ComponentAction::Replace));
            let list = DocumentType::ReplacementList;
            if replaces && !dossier.has(list) {
                findings.add(at!(dossier.attachments), NoReplacementList);
            }
        }
        ExemptBasis::B | ExemptBasis::E => {}
        ExemptBasis::C => {
            let record = DocumentType::IncidentRecord;
            if !dossier.has(record) {
                findings.add(at!(dossier.attachments), NoEvidence { basis, paper: record });
            }
        }
        ExemptBasis::D => check_text(dossier, basis, DocumentType::ProcedureChange, findings),
        ExemptBasis::Dd => {
            check_text(dossier, basis, DocumentType::Directive, findings);
            check_text(dossier, basis, DocumentType::ChairmanDecision, findings);
        }
    }
    Ok(())
}

/// An issued text: attached, with its number.
fn check_text(dossier: &Dossier, basis: ExemptBasis, paper: DocumentType, findings: &mut Findings) {
    let mut texts = dossier.attachments.iter().filter(|one| one.document_type.is(paper)).peekable();
    let Some(first) = texts.peek().map(|one| at!(one.number)) else {
        findings.add(at!(dossier.attachments), NoEvidence { basis, paper });
        return;
    };
    if !texts.any(|one| one.number.is_filled()) {
        findings.add(first, NoNumber { paper });
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ mua sắm không lập dự án chưa nêu căn cứ thuộc điểm nào của khoản 1 Điều 65.",
    en = "The purchase without a project does not say on which point of article 65.1 it rests.",
    remedy_vi = "Nêu một điểm từ a đến e của khoản 1 Điều 65 Nghị định 224/2026/NĐ-CP, hoặc lập dự án, kế hoạch thuê.",
    remedy_en = "Name one of the points a to e of article 65.1 of Decree 224/2026/NĐ-CP, or draw up a project or a service lease plan."
)]
struct NoBasis;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ không lập dự án theo {basis} nhưng không kèm {paper}.",
    en = "The dossier has no project under {basis}, but does not attach this paper: {paper}.",
    remedy_vi = "Đính kèm {paper}, hoặc nêu căn cứ khác của khoản 1 Điều 65 phù hợp với hoạt động.",
    remedy_en = "Attach it ({paper}), or name the point of article 65.1 that fits."
)]
struct NoEvidence {
    basis: ExemptBasis,
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    vi = "Giấy tờ kèm theo là {paper} nhưng chưa ghi số, ký hiệu.",
    en = "This attached paper has no number: {paper}.",
    remedy_vi = "Ghi số, ký hiệu của {paper}.",
    remedy_en = "Give its number: {paper}."
)]
struct NoNumber {
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hồ sơ thay thế thiết bị theo điểm a khoản 1 Điều 65 nhưng không kèm danh mục thiết bị thay thế.",
    en = "The dossier replaces equipment under article 65.1.a without a list of what is replaced.",
    remedy_vi = "Đính kèm danh mục thiết bị thay thế, nêu thiết bị cũ, năm đưa vào sử dụng và lý do thay thế.",
    remedy_en = "Attach the list, with the old devices, their year and the reason."
)]
struct NoReplacementList;
