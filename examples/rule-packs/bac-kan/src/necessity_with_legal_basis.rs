use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct NecessityParameters {
    /// Số ký tự tối thiểu của phần thuyết minh sự cần thiết.
    #[parameter(default = "200", min = "50", max = "5000")]
    pub minimum_characters: Count,
}

/// Sự cần thiết phải được thuyết minh trên cơ sở căn cứ pháp lý cụ thể.
///
/// Có phần thuyết minh (quá ngắn thì được lưu ý), và ít nhất một căn cứ pháp lý dùng cho sự cần thiết (`necessity`) có ghi
/// điều, khoản hoặc số nhiệm vụ. Nội dung thuyết minh có thuyết phục hay không do người thẩm định xem xét.
#[rule(
    requirement = "R22",
    title_vi = "Sự cần thiết gắn căn cứ pháp lý",
    title_en = "Necessity tied to specific law",
    severity = Block,
    effective = "2023-12-28..",
    basis = "Công văn số 8826/UBND-VXNV ngày 28/12/2023; Nghị định 224/2026/NĐ-CP, Điều 66 khoản 4 điểm a; Nghị định 224/2026/NĐ-CP, Điều 67 khoản 2 điểm a",
    quote = "Xác định rõ sự cần thiết phải triển khai xây dựng trên cơ sở căn cứ pháp lý cụ thể",
    violations = [NoStatement, ShortStatement, NoLegalBasis, NoClause]
)]
pub fn necessity_with_legal_basis(
    dossier: &Dossier,
    parameters: &NecessityParameters,
    findings: &mut Findings,
) -> Checked {
    let statement = dossier.necessity.statement.text();
    let characters = statement.trim().chars().count();
    let minimum = parameters.minimum_characters;
    if characters == 0 {
        findings.add(at!(dossier.necessity.statement), NoStatement);
    } else if u32::try_from(characters).is_ok_and(|characters| characters < minimum) {
        findings.add(at!(dossier.necessity.statement), ShortStatement { characters, minimum });
    }

    let mut cited: Vec<_> = dossier.legal_bases.iter().collect();
    cited.retain(|basis| basis.used_for.iter().any(|purpose| purpose.is_text("necessity")));
    if cited.is_empty() {
        findings.add(at!(dossier.legal_bases), NoLegalBasis);
    } else if !cited.iter().any(|basis| basis.clause.is_filled()) {
        for basis in cited {
            findings.add(at!(basis.clause), NoClause { number: basis.number.owned() });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa thuyết minh sự cần thiết.",
    en = "The dossier does not explain why the work is necessary.",
    remedy_vi = "Bổ sung thuyết minh sự cần thiết, gắn với căn cứ pháp lý cụ thể.",
    remedy_en = "Explain the necessity and tie it to specific law."
)]
struct NoStatement;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Thuyết minh sự cần thiết có {characters} ký tự, ít hơn mức tối thiểu {minimum} ký tự.",
    en = "The explanation of necessity has {characters} characters, fewer than the minimum of {minimum}.",
    remedy_vi = "Thuyết minh đầy đủ hiện trạng, yêu cầu và lý do phải triển khai, ít nhất {minimum} ký tự.",
    remedy_en = "Explain current state, demand and reasons in full, with at least {minimum} characters."
)]
struct ShortStatement {
    characters: usize,
    minimum: Count,
}

#[derive(Violation)]
#[violation(
    vi = "Chưa có căn cứ pháp lý nào được nêu làm căn cứ cho sự cần thiết.",
    en = "No legal basis is named for the necessity.",
    remedy_vi = "Nêu ít nhất một căn cứ pháp lý kèm điều, khoản hoặc số nhiệm vụ và ghi là căn cứ của sự cần thiết.",
    remedy_en = "Name at least one legal basis with its clause or task number, and mark it as used for the necessity."
)]
struct NoLegalBasis;

#[derive(Violation)]
#[violation(
    vi = "Văn bản “{number}” được nêu làm căn cứ của sự cần thiết nhưng chưa ghi điều, khoản hoặc số nhiệm vụ.",
    en = "“{number}” is named for the necessity, without a clause or task number.",
    remedy_vi = "Ghi rõ điều, khoản hoặc số nhiệm vụ của văn bản.",
    remedy_en = "State the clause or the task number."
)]
struct NoClause {
    number: String,
}
