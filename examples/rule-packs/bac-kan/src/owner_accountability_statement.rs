use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải có cam kết chịu trách nhiệm của chủ đầu tư, do người đứng đầu ký.
///
/// Có giấy tờ cam kết kèm theo, người ký trùng người đứng đầu đã khai, ngày ký không sau ngày xét.
#[rule(
    requirement = "R30",
    title_vi = "Cam kết trách nhiệm của chủ đầu tư",
    title_en = "Owner accountability statement",
    severity = Warn,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 62 khoản 1",
    quote = "chịu trách nhiệm toàn diện về các nội dung thực hiện",
    reads = ["attachments.document_id"],
    violations = [
        NoStatement, NoDocument, NotAttached, NoDate, DateAhead, NotSigned, SignedByAnother,
    ]
)]
pub fn owner_accountability_statement(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let statement = &dossier.owner.accountability_statement;
    if !statement.is_present() {
        findings.add(at!(dossier.owner.accountability_statement), NoStatement);
        return Ok(());
    }
    let document = statement.document_id.trimmed();
    if document.is_empty() {
        findings.add(at!(statement.document_id), NoDocument);
    } else if !dossier.has_document(&document) {
        findings.add(at!(statement.document_id), NotAttached { document });
    }
    let on = require!(context.on);
    match statement.date.get() {
        None => findings.add(at!(statement.date), NoDate),
        Some(date) if date > on => findings.add(at!(statement.date), DateAhead { date, on }),
        Some(_) => {}
    }
    if !statement.signer.is_filled() {
        findings.add(at!(statement.signer), NotSigned);
        return Ok(());
    }
    let (signer, head) = (statement.signer.text(), require!(dossier.owner.head.name));
    if !is_same_person(&signer, &head) {
        let (signer, head) = (signer.trim().to_owned(), head.trim().to_owned());
        findings.add(at!(statement.signer), SignedByAnother { signer, head });
    }
    Ok(())
}

/// Names are compared without regard to case and to runs of white space.
fn is_same_person(one: &str, other: &str) -> bool {
    let words =
        |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<String>>();
    words(one) == words(other)
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có cam kết chịu trách nhiệm của chủ đầu tư.",
    en = "The owner's accountability statement is missing.",
    remedy_vi = "Bổ sung cam kết chịu trách nhiệm do người đứng đầu chủ đầu tư ký.",
    remedy_en = "Add the statement, signed by the head of the owner."
)]
struct NoStatement;

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm chưa dẫn đến giấy tờ kèm theo nào.",
    en = "The accountability statement names no attached paper.",
    remedy_vi = "Đính kèm cam kết và ghi mã giấy tờ.",
    remedy_en = "Attach the statement and name the paper."
)]
struct NoDocument;

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm dẫn đến giấy tờ “{document}”, nhưng hồ sơ không kèm giấy tờ này.",
    en = "The accountability statement names the paper “{document}”, which is not attached.",
    remedy_vi = "Đính kèm giấy tờ “{document}” hoặc ghi lại mã giấy tờ.",
    remedy_en = "Attach the paper “{document}” or correct its id."
)]
struct NotAttached {
    document: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm chưa ghi ngày ký.",
    en = "The accountability statement has no date.",
    remedy_vi = "Bổ sung ngày ký cam kết.",
    remedy_en = "Add the date of signature."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm ghi ngày ký {date}, sau ngày xét {on}.",
    en = "The accountability statement is dated {date}, after the day of this check, {on}.",
    remedy_vi = "Kiểm tra và ghi lại ngày ký cam kết.",
    remedy_en = "Correct the date of signature."
)]
struct DateAhead {
    date: Date,
    on: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm chưa có người ký.",
    en = "The accountability statement is not signed.",
    remedy_vi = "Trình người đứng đầu chủ đầu tư ký cam kết và ghi họ tên người ký.",
    remedy_en = "Have the head of the owner sign it and add the signer's name."
)]
struct NotSigned;

#[derive(Violation)]
#[violation(
    vi = "Cam kết chịu trách nhiệm do {signer} ký, không phải người đứng đầu chủ đầu tư là {head}.",
    en = "The accountability statement is signed by {signer}, not by the head of the owner, {head}.",
    remedy_vi = "Trình {head} ký cam kết; nếu người đứng đầu đã thay đổi thì sửa lại thông tin chủ đầu tư.",
    remedy_en = "Have {head} sign it; if the head has changed, correct the owner's details."
)]
struct SignedByAnother {
    signer: String,
    head: String,
}
