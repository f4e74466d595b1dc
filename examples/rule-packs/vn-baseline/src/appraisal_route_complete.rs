use kycuong_rules_sdk::model::papers::AppraisalReport;
use kycuong_rules_sdk::prelude::*;

use crate::expected_kind::Source;
use crate::listing::Listing;
use crate::required_contents;

/// Hồ sơ trình thẩm định phải đủ giấy tờ; hồ sơ trình phê duyệt phải có kết quả thẩm định của đơn vị không phải chủ đầu tư.
///
/// Khi trình thẩm định: đủ tờ trình, báo cáo hoặc kế hoạch, quyết định chủ trương và dự kiến kinh phí với chi thường
/// xuyên. Từ khi trình phê duyệt: có báo cáo thẩm định và, với hồ sơ có thiết kế, kết quả thẩm định thiết kế; mỗi văn bản
/// được kèm theo, có ngày không sau ngày tờ trình và nêu đơn vị thẩm định khác chủ đầu tư, trừ khi do hội đồng thẩm định.
/// Hội đồng thẩm định phải có quyết định thành lập.
#[rule(
    requirement = "R17",
    title_vi = "Đủ hồ sơ thẩm định",
    title_en = "Appraisal papers complete",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 50, Điều 66 khoản 2 điểm b, khoản 5, khoản 6 điểm b, Điều 67 khoản 1; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "tăng cường và nâng cao chất lượng công tác thẩm tra, thẩm định",
    kinds = [
        FeasibilityReport,
        PurchaseFeasibilityReport,
        LeaseFeasibilityReport,
        EconomicTechnicalReport,
        ServiceLease,
    ],
    regimes = [Nd224_2026],
    stages = [Appraisal, Approval, ContractorSelection, Implementation, Completion],
    reads = [
        "funding.kind",
        "funding.codes.section",
        "attachments",
        "owner.org_id",
        "submitted_at",
        "appraisal.design_report",
        "appraisal.report",
    ],
    violations = [
        PackIncomplete, NoReport, NotAttached, NoDate, DatedLater, NoAppraiser, AppraisedByOwner,
        NoCouncilDecision,
    ]
)]
pub fn appraisal_route_complete(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let kind = require!(dossier.kind);
    let appraisal = &dossier.appraisal;
    match dossier.stage.get() {
        None | Some(Stage::Appraisal) => check_pack(dossier, kind, findings),
        Some(_) => {
            let has_design = matches!(
                kind,
                DossierKind::FeasibilityReport | DossierKind::EconomicTechnicalReport
            );
            if has_design || appraisal.design_report.is_present() {
                let paper = DocumentType::DesignAppraisal;
                match appraisal.design_report.found() {
                    Some(report) => check_report(dossier, report, paper, findings),
                    None => findings.add(at!(appraisal.design_report), NoReport { paper }),
                }
            }
            let paper = DocumentType::AppraisalReport;
            match appraisal.report.found() {
                Some(report) => check_report(dossier, report, paper, findings),
                None => findings.add(at!(appraisal.report), NoReport { paper }),
            }
        }
    }
    if appraisal.by_council.is(true) && !dossier.has(DocumentType::CouncilDecision) {
        findings.add(at!(appraisal.by_council), NoCouncilDecision);
    }
    Ok(())
}

/// The papers that go with a dossier to be appraised.
fn check_pack(dossier: &Dossier, kind: DossierKind, findings: &mut Findings) {
    let stage = Some(Stage::Appraisal);
    let missing: Vec<DocumentType> =
        required_contents::papers(kind, Regime::Nd224_2026, Source::of(dossier), stage)
            .into_iter()
            .filter(|paper| !dossier.has(*paper))
            .collect();
    if !missing.is_empty() {
        findings.add(at!(dossier.attachments), PackIncomplete { missing: Listing(missing) });
    }
}

/// One result of the appraisal: there, attached, dated, and not the owner's own.
fn check_report(
    dossier: &Dossier,
    report: &AppraisalReport,
    paper: DocumentType,
    findings: &mut Findings,
) {
    let attached = if report.document_id.is_filled() {
        let cited = report.document_id.text();
        dossier.has_document(&cited)
    } else {
        dossier.has(paper)
    };
    if !attached {
        findings.add(at!(report.document_id), NotAttached { paper });
    }
    match (report.date.get(), submission_date(dossier)) {
        (None, _) => findings.add(at!(report.date), NoDate { paper }),
        (Some(date), Some(submission)) if date > submission => {
            findings.add(at!(report.date), DatedLater { paper, date, submission });
        }
        (Some(_), _) => {}
    }
    if dossier.appraisal.by_council.is(true) {
        return;
    }
    let appraiser = report.appraiser_org_id.trimmed();
    if appraiser.is_empty() {
        findings.add(at!(report.appraiser_org_id), NoAppraiser { paper });
    } else if dossier.owner.org_id.text().trim() == appraiser {
        findings.add(at!(report.appraiser_org_id), AppraisedByOwner { paper, appraiser });
    }
}

/// The date of the latest submission paper, else the day on which the dossier was submitted.
fn submission_date(dossier: &Dossier) -> Option<Date> {
    let papers =
        dossier.attachments.iter().filter(|one| one.document_type.is(DocumentType::ProposalLetter));
    papers
        .filter_map(|one| one.date.get())
        .max()
        .or_else(|| dossier.submitted_at.get().map(|at| at.date()))
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ trình thẩm định còn thiếu giấy tờ: {missing}.",
    en = "The dossier to be appraised lacks these papers: {missing}.",
    remedy_vi = "Bổ sung một lần đủ các giấy tờ: {missing}.",
    remedy_en = "Attach all of them at once: {missing}."
)]
struct PackIncomplete {
    missing: Listing<DocumentType>,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ đã qua bước thẩm định nhưng chưa có {paper}.",
    en = "The dossier is past its appraisal without this paper: {paper}.",
    remedy_vi = "Hoàn thành thẩm định, rồi khai số, ngày, đơn vị thẩm định và kèm {paper}.",
    remedy_en = "Have the appraisal completed, then state number, date and appraiser and attach the paper: {paper}."
)]
struct NoReport {
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ khai đã có {paper} nhưng không kèm giấy tờ này.",
    en = "The dossier declares this paper, but does not attach it: {paper}.",
    remedy_vi = "Đính kèm {paper} và ghi mã giấy tờ.",
    remedy_en = "Attach it and enter its id: {paper}."
)]
struct NotAttached {
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    vi = "Phần khai {paper} chưa ghi ngày.",
    en = "This paper has no date: {paper}.",
    remedy_vi = "Ghi ngày của {paper}.",
    remedy_en = "State its date: {paper}."
)]
struct NoDate {
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    vi = "Phần khai {paper} ghi ngày {date}, sau ngày trình {submission}.",
    en = "This paper is dated {date}, after the submission of {submission}: {paper}.",
    remedy_vi = "Trình phê duyệt sau khi có {paper}, hoặc ghi lại ngày cho đúng.",
    remedy_en = "Submit for approval once the paper is there, or correct its date: {paper}."
)]
struct DatedLater {
    paper: DocumentType,
    date: Date,
    submission: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Phần khai {paper} chưa ghi đơn vị thẩm định, và hồ sơ không khai do hội đồng thẩm định.",
    en = "This paper names no appraiser, and no council is declared: {paper}.",
    remedy_vi = "Ghi mã định danh của đơn vị thẩm định, hoặc khai hội đồng thẩm định.",
    remedy_en = "Give the appraiser's organisation id, or declare the council."
)]
struct NoAppraiser {
    paper: DocumentType,
}

#[derive(Violation)]
#[violation(
    vi = "Chủ đầu tư ({appraiser}) tự ban hành {paper} cho hồ sơ của mình.",
    en = "The owner ({appraiser}) appraised its own dossier in this paper: {paper}.",
    remedy_vi = "Giao hội đồng thẩm định hoặc đơn vị chuyên môn khác thẩm định lại.",
    remedy_en = "Have a council or another specialist unit appraise it."
)]
struct AppraisedByOwner {
    paper: DocumentType,
    appraiser: String,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ khai do hội đồng thẩm định nhưng không kèm quyết định thành lập hội đồng.",
    en = "The dossier declares a council, but does not attach the decision that set it up.",
    remedy_vi = "Đính kèm quyết định thành lập hội đồng thẩm định.",
    remedy_en = "Attach the decision that set up the council."
)]
struct NoCouncilDecision;
