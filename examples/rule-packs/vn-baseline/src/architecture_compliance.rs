use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải thuyết minh sự tuân thủ khung kiến trúc đang có hiệu lực và nêu lớp kiến trúc.
///
/// Kiểm tra thuyết minh tuân thủ, số quyết định ban hành khung kiến trúc và lớp trong kiến trúc. Miễn cho hoạt động theo
/// điểm a, b, c, e khoản 1 Điều 65. Khi có danh mục văn bản, khung kiến trúc đã bị thay thế thì cảnh báo.
#[rule(
    requirement = "R50",
    title_vi = "Tuân thủ khung kiến trúc số",
    title_en = "Architecture compliance",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 37 khoản 1, Điều 24 khoản 1, Điều 23 khoản 3 điểm a",
    quote = "trên cơ sở kiến trúc chính quyền điện tử tỉnh Đồng Nai đã được ban hành",
    regimes = [Nd224_2026],
    facts = [legal_register(column = "number", path = "architecture.decision_number", optional)],
    violations = [
        ArchitectureMissing, StatementMissing, LayerMissing, DecisionMissing, FrameworkReplaced,
        FrameworkEnded,
    ]
)]
pub fn architecture_compliance(
    dossier: &Dossier,
    facts: &Facts,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    if dossier.kind.is(DossierKind::PurchaseWithoutProject) {
        let basis = require!(dossier.exempt_basis);
        if matches!(basis, ExemptBasis::A | ExemptBasis::B | ExemptBasis::C | ExemptBasis::E) {
            return not_applicable(
                "Hoạt động theo điểm a, b, c, e khoản 1 Điều 65 không phải đánh giá sự tuân thủ khung kiến trúc.",
                "Activities of article 65.1.a, b, c and e are exempt from the architecture assessment.",
            );
        }
    }
    let architecture = &dossier.architecture;
    if !architecture.is_present() {
        findings.add(at!(architecture), ArchitectureMissing);
        return Ok(());
    }
    if !architecture.statement.is_filled() {
        findings.add(at!(architecture.statement), StatementMissing);
    }
    if !architecture.layer.is_filled() {
        findings.add(at!(architecture.layer), LayerMissing);
    }
    if !architecture.decision_number.is_filled() {
        findings.add(at!(architecture.decision_number), DecisionMissing);
        return Ok(());
    }
    let number = architecture.decision_number.text();
    let on = require!(context.on);
    for decision in facts.legal_register.iter().filter(|entry| entry.number.is_text(number.trim()))
    {
        if let Some(last) = decision.to.get().filter(|last| *last < on) {
            let number = number.trim().to_owned();
            match decision.replaced_by.get().filter(|by| !by.trim().is_empty()) {
                Some(by) => findings.add(
                    at!(architecture.decision_number),
                    FrameworkReplaced { number, last, by: by.to_string() },
                ),
                None => {
                    findings.add(at!(architecture.decision_number), FrameworkEnded { number, last })
                }
            }
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có nội dung về sự tuân thủ khung kiến trúc.",
    en = "The dossier says nothing about compliance with the architecture framework.",
    remedy_vi = "Bổ sung thuyết minh tuân thủ, quyết định ban hành khung kiến trúc áp dụng và lớp trong kiến trúc; địa phương chưa ban hành khung thì áp dụng khung kiến trúc tổng thể quốc gia.",
    remedy_en = "Add the compliance statement, the decision that issued the framework and the layer; without a provincial framework the national one applies."
)]
struct ArchitectureMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa có thuyết minh tuân thủ khung kiến trúc.",
    en = "The dossier has no statement of compliance with the architecture framework.",
    remedy_vi = "Bổ sung phân tích sự tuân thủ khung kiến trúc trong thiết kế hoặc kế hoạch thuê.",
    remedy_en = "Add the analysis of compliance to the design or to the service lease plan."
)]
struct StatementMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu hệ thống thuộc lớp nào trong khung kiến trúc.",
    en = "The dossier does not say to which layer of the framework the system belongs.",
    remedy_vi = "Nêu lớp trong khung kiến trúc, ví dụ lớp ứng dụng, lớp dữ liệu hoặc lớp hạ tầng.",
    remedy_en = "Name the layer, for example application, data or infrastructure."
)]
struct LayerMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu số quyết định ban hành khung kiến trúc áp dụng.",
    en = "The dossier does not cite the decision that issued the framework.",
    remedy_vi = "Ghi số, ngày của quyết định ban hành khung kiến trúc đang có hiệu lực.",
    remedy_en = "Cite number and date of the decision in force."
)]
struct DecisionMissing;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khung kiến trúc ban hành theo {number} hết hiệu lực sau ngày {last} và đã được thay thế bằng {by}.",
    en = "The framework issued by {number} ended after {last} and was replaced by {by}.",
    remedy_vi = "Rà soát thuyết minh theo {by}.",
    remedy_en = "Revise the statement against {by}."
)]
struct FrameworkReplaced {
    number: String,
    last: Date,
    by: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Khung kiến trúc ban hành theo {number} hết hiệu lực sau ngày {last}.",
    en = "The framework issued by {number} ended after {last}.",
    remedy_vi = "Rà soát thuyết minh theo khung kiến trúc đang có hiệu lực.",
    remedy_en = "Revise the statement against the framework in force."
)]
struct FrameworkEnded {
    number: String,
    last: Date,
}
