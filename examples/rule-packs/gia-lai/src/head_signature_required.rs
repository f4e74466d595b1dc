use kycuong_rules_sdk::model::papers::Attachment;
use kycuong_rules_sdk::prelude::*;

/// Tờ trình phải do người đứng đầu chủ đầu tư ký, hoặc cấp phó ký thay khi được ủy quyền.
///
/// Hồ sơ phải có tờ trình; người ký trùng với người đứng đầu đã khai; khi ký thay phải dẫn văn bản ủy quyền
/// kèm theo hồ sơ. Tờ trình điện tử phải có chữ ký số hợp lệ; bản sao chụp từ bản giấy đã ký
/// tay mà chưa ký số thì được lưu ý.
#[rule(
    requirement = "R11",
    title_vi = "Người đứng đầu ký tờ trình",
    title_en = "Head signs the proposal letter",
    severity = Block,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "đề cao vai trò dẫn dắt chuyển đổi số của người đứng đầu",
    violations = [
        NoProposalLetter, NoHead, NoSigner, OtherSigner, NoAuthorisation, SignatureNotValid,
        SignatureNotChecked, ScanNotSigned, NoSignatureStatus,
    ]
)]
pub fn head_signature_required(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let submissions: Vec<&Attachment> = dossier
        .attachments
        .iter()
        .filter(|paper| paper.document_type.is(DocumentType::ProposalLetter))
        .collect();
    if submissions.is_empty() {
        findings.add(at!(dossier.attachments), NoProposalLetter);
        return Ok(());
    }
    let head = dossier.owner.head.name.text();
    if head.trim().is_empty() {
        findings.add(at!(dossier.owner.head.name), NoHead);
    }
    for paper in submissions {
        check_signature(paper, findings);
        let signer = paper.signer.name.text();
        if signer.trim().is_empty() {
            findings.add(at!(paper.signer.name), NoSigner);
            continue;
        }
        if head.trim().is_empty() || is_same_name(&signer, &head) {
            continue;
        }
        let (signer, head) = (signer.trim().to_owned(), head.trim().to_owned());
        if !paper.signer.on_behalf.is(true) {
            findings.add(at!(paper.signer.name), OtherSigner { signer, head });
            continue;
        }
        let authorisation = paper.signer.authorisation_id.text();
        let is_attached = !authorisation.is_empty() && dossier.has_document(&authorisation);
        if !is_attached {
            findings.add(at!(paper.signer.authorisation_id), NoAuthorisation { signer, head });
        }
    }
    Ok(())
}

/// Whether an electronic paper carries a valid signature; paper originals are signed by hand.
fn check_signature(paper: &Attachment, findings: &mut Findings) {
    if paper.format.is(DocumentFormat::Paper) {
        return;
    }
    let place = at!(paper.signature_status);
    match paper.signature_status.get() {
        Some(SignatureStatus::Valid) => {}
        Some(SignatureStatus::NotChecked) => findings.add(place, SignatureNotChecked),
        // The original was signed by hand.
        Some(SignatureStatus::Unsigned) if paper.origin.is(DocumentOrigin::Scan) => {
            findings.add(place, ScanNotSigned);
        }
        Some(status @ (SignatureStatus::Invalid | SignatureStatus::Unsigned)) => {
            findings.add(place, SignatureNotValid { status });
        }
        None => findings.add(place, NoSignatureStatus),
    }
}

/// Names are compared without regard to case and spacing: signatures often stand in capitals.
fn is_same_name(one: &str, other: &str) -> bool {
    let folded = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    folded(one) == folded(other)
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có tờ trình của người đứng đầu chủ đầu tư.",
    en = "The dossier has no proposal letter by the head of the owner.",
    remedy_vi = "Bổ sung tờ trình do người đứng đầu ký.",
    remedy_en = "Add the proposal letter signed by the head."
)]
struct NoProposalLetter;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu họ tên người đứng đầu chủ đầu tư nên không xác định được thẩm quyền ký tờ trình.",
    en = "The dossier does not name the head of the owner, so that the signature on the proposal letter cannot be judged.",
    remedy_vi = "Bổ sung họ tên, chức vụ của người đứng đầu chủ đầu tư.",
    remedy_en = "Add name and position of the owner's head."
)]
struct NoHead;

#[derive(Violation)]
#[violation(
    vi = "Tờ trình chưa ghi họ tên người ký.",
    en = "The proposal letter does not name its signer.",
    remedy_vi = "Bổ sung họ tên, chức vụ của người ký tờ trình.",
    remedy_en = "Add name and position of the signer."
)]
struct NoSigner;

#[derive(Violation)]
#[violation(
    vi = "Tờ trình do {signer} ký, không phải người đứng đầu {head} và không ghi là ký thay.",
    en = "The proposal letter is signed by {signer}, not by the head {head}, and not on the head's behalf.",
    remedy_vi = "Trình lại tờ trình do {head} ký, hoặc cấp phó ký thay kèm văn bản ủy quyền.",
    remedy_en = "Submit again signed by {head}, or by a deputy on behalf with the authorisation."
)]
struct OtherSigner {
    signer: String,
    head: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "{signer} ký thay người đứng đầu {head} nhưng hồ sơ không có văn bản ủy quyền được dẫn.",
    en = "{signer} signed on behalf of the head {head}, but the authorisation referred to is not attached.",
    remedy_vi = "Bổ sung văn bản ủy quyền và dẫn mã giấy tờ của văn bản đó tại người ký.",
    remedy_en = "Attach the authorisation and refer to it by its document id."
)]
struct NoAuthorisation {
    signer: String,
    head: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chữ ký số trên tờ trình có tình trạng “{status}”; tờ trình điện tử phải có chữ ký số hợp lệ.",
    en = "The electronic signature on the proposal letter is “{status}”; an electronic proposal letter needs a valid one.",
    remedy_vi = "Ký số lại tờ trình bằng chứng thư số còn hiệu lực.",
    remedy_en = "Sign the proposal letter again with a valid certificate."
)]
struct SignatureNotValid {
    status: SignatureStatus,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chữ ký số trên tờ trình chưa được hệ thống kiểm tra.",
    en = "The electronic signature on the proposal letter was not checked.",
    remedy_vi = "Kiểm tra chữ ký số trước khi tiếp nhận.",
    remedy_en = "Check the signature before accepting."
)]
struct SignatureNotChecked;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Tờ trình được sao chụp từ bản giấy và chưa ký số.",
    en = "The proposal letter is a scan of a paper original without an electronic signature.",
    remedy_vi = "Trình văn bản điện tử do người đứng đầu ký số, hoặc ký số xác nhận bản sao.",
    remedy_en = "Submit the electronic document signed by the head, or certify the copy with a signature."
)]
struct ScanNotSigned;

#[derive(Violation)]
#[violation(
    vi = "Tờ trình điện tử chưa có kết quả kiểm tra chữ ký số.",
    en = "The electronic proposal letter has no signature status.",
    remedy_vi = "Ký số tờ trình và ghi kết quả kiểm tra chữ ký số.",
    remedy_en = "Sign the proposal letter and record the result of the check."
)]
struct NoSignatureStatus;
