use kycuong_rules_sdk::model::costs::{CostLine, PriceBasis};
use kycuong_rules_sdk::model::funding::Donor;
use kycuong_rules_sdk::prelude::*;

/// Nguồn vốn ngoài ngân sách nhà nước phải được khai rõ nhà tài trợ, thỏa thuận và điều kiện.
///
/// Nguồn ngoài ngân sách được khuyến khích nên phần khai còn thiếu chỉ được ghi nhận. Nhà tài trợ đồng thời là nhà cung
/// cấp báo giá cho dự toán (cùng mã số thuế, kể cả đơn vị phụ thuộc) thì được lưu ý vì có thể xung đột lợi ích.
#[rule(
    requirement = "R66",
    title_vi = "Khai nguồn ngoài ngân sách nhà nước",
    title_en = "Sources outside the budget disclosed",
    severity = Warn,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi; Nghị định 224/2026/NĐ-CP, Điều 36 khoản 1",
    quote = "khuyến khích đầu tư ứng dụng CNTT từ các nguồn vốn không phải từ ngân sách nhà nước",
    reads = [
        "funding.kind",
        "funding.donor",
        "costs.lines.price_basis.method",
        "costs.lines.price_basis.supplier_tax_code"
    ],
    violations = [NoDonor, NoAgreement, NoConditions, NoTaxCode, DonorQuotes]
)]
pub fn non_budget_funding_disclosed(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut others = require!(dossier.funding)
        .iter()
        .filter(|source| source.kind.is(FundingKind::Other))
        .peekable();
    if others.peek().is_none() {
        return not_applicable(
            "Hồ sơ không có nguồn vốn ngoài ngân sách nhà nước.",
            "The dossier has no source outside the state budget.",
        );
    }
    // The quotations that name their supplier, each with its line.
    let quotes: Vec<_> = dossier
        .costs
        .lines
        .iter()
        .flat_map(|line| line.price_basis.iter().map(move |basis| (line, basis)))
        .filter(|(_, basis)| basis.method.is(PriceMethod::Quote))
        .filter(|(_, basis)| basis.supplier_tax_code.is_filled())
        .collect();
    for donor in others.map(|source| &source.donor) {
        let has_name = donor.name.is_filled();
        if has_name {
            check_terms(donor, findings);
        } else {
            findings.add(at!(donor.name), NoDonor);
        }
        // Whoever gives the money is known by the tax code, too.
        if has_name || donor.tax_code.is_filled() {
            check_interest(donor, &quotes, findings);
        }
    }
    Ok(())
}

fn check_terms(donor: &Donor, findings: &mut Findings) {
    let name = || donor.name.owned();
    if !donor.agreement.is_filled() {
        findings.add(at!(donor.agreement), NoAgreement { donor: name() });
    }
    if !donor.conditions.is_filled() {
        findings.add(at!(donor.conditions), NoConditions { donor: name() });
    }
}

/// Whether whoever gives the money also quotes a price.
fn check_interest(donor: &Donor, quotes: &[(&CostLine, &PriceBasis)], findings: &mut Findings) {
    let code = donor.tax_code.trimmed();
    if code.is_empty() {
        if !quotes.is_empty() {
            let name = donor.name.owned();
            findings.add(at!(donor.tax_code), NoTaxCode { donor: name });
        }
        return;
    }
    for (line, quote) in quotes {
        if enterprise(&quote.supplier_tax_code.text()) == enterprise(&code) {
            let donor = if donor.name.is_filled() { &donor.name } else { &donor.tax_code };
            let (donor, line) = (donor.owned(), line.label());
            let place = at!(quote.supplier_tax_code);
            findings.add(place, DonorQuotes { donor, code: code.clone(), line });
        }
    }
}

/// The enterprise's own code: `0100000001-001` is a dependent unit of `0100000001`.
fn enterprise(tax_code: &str) -> &str {
    let code = tax_code.trim();
    code.split_once('-').map_or(code, |(enterprise, _)| enterprise)
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Nguồn vốn ngoài ngân sách nhà nước chưa ghi nhà tài trợ.",
    en = "The source outside the state budget does not name its donor.",
    remedy_vi = "Ghi tên nhà tài trợ, văn bản thỏa thuận và điều kiện kèm theo.",
    remedy_en = "Name the donor, the agreement and its conditions."
)]
struct NoDonor;

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Nguồn vốn của nhà tài trợ “{donor}” chưa dẫn văn bản thỏa thuận.",
    en = "The money of the donor “{donor}” refers to no agreement.",
    remedy_vi = "Ghi số, ngày của văn bản thỏa thuận tài trợ.",
    remedy_en = "State number and date of the agreement."
)]
struct NoAgreement {
    donor: String,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Nguồn vốn của nhà tài trợ “{donor}” chưa ghi điều kiện kèm theo.",
    en = "The money of the donor “{donor}” does not say on which conditions it is given.",
    remedy_vi = "Ghi các điều kiện kèm theo, hoặc ghi rõ là không có điều kiện.",
    remedy_en = "State the conditions, or that there are none."
)]
struct NoConditions {
    donor: String,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Nhà tài trợ “{donor}” chưa ghi mã số thuế nên chưa đối chiếu được với các nhà cung cấp báo giá.",
    en = "The donor “{donor}” states no tax code, so that it cannot be compared with the suppliers who quoted.",
    remedy_vi = "Ghi mã số thuế của nhà tài trợ, nếu có.",
    remedy_en = "State the donor's tax code, if it has one."
)]
struct NoTaxCode {
    donor: String,
}

#[derive(Violation)]
#[violation(
    vi = "Nhà tài trợ “{donor}” (mã số thuế {code}) đồng thời là nhà cung cấp báo giá cho dòng chi “{line}”.",
    en = "The donor “{donor}” (tax code {code}) is also the supplier who quoted for the line “{line}”.",
    remedy_vi = "Bổ sung báo giá của nhà cung cấp độc lập với nhà tài trợ, hoặc giải trình về xung đột lợi ích.",
    remedy_en = "Add quotations of suppliers who are independent of the donor, or explain the conflict of interest."
)]
struct DonorQuotes {
    donor: String,
    code: String,
    line: String,
}
