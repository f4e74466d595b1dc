use kycuong_rules_sdk::model::costs::{CostLine, PriceBasis};
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct PriceEvidenceParameters {
    /// Số nhà cung cấp khác nhau tối thiểu phải có báo giá cho một đơn giá.
    #[parameter(default = "1", min = "1", max = "10")]
    pub min_count: Count,
    /// Số ngày tối đa kể từ ngày báo giá đến ngày nộp hồ sơ (tính cả ngày cuối).
    #[parameter(default = "90", min = "30", max = "365")]
    pub max_age_days: Count,
}

/// Kết quả lựa chọn nhà thầu tương tự dùng trong 12 tháng: Nghị định 214/2025/NĐ-CP Điều 18 khoản 2.
const SIMILAR_RESULT_MONTHS: i32 = 12;

/// Đơn giá phải có chứng cứ phù hợp với thị trường.
///
/// Mỗi dòng chi có căn cứ giá. Báo giá: đủ số nhà cung cấp khác nhau, còn mới; khi có nhiều báo giá thì đơn giá
/// không cao hơn giá bình quân (làm tròn đến đồng). Kết quả lựa chọn nhà thầu tương tự: trong 12 tháng. Chứng thư thẩm định giá:
/// còn hiệu lực vào ngày nộp hồ sơ. Giá cao hay thấp do người thẩm định quyết định nên chỉ được lưu ý.
#[rule(
    requirement = "R16",
    title_vi = "Chứng cứ giá thị trường",
    title_en = "Market evidence",
    severity = Block,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022; Nghị định 214/2025/NĐ-CP, Điều 18 khoản 2; Nghị định 224/2026/NĐ-CP, Điều 88 khoản 4",
    quote = "phù hợp với thị trường",
    reads = ["costs.lines.amount", "costs.lines.unit_price", "costs.lines.price_basis"],
    violations = [
        NoEvidence, TooFewSuppliers, AboveMean, SameOrigin, NoQuoteDate, OldQuote,
        LaterThanSubmission, NoResultDate, OldResult, NoValidity, ExpiredCertificate,
    ]
)]
pub fn market_price_evidence(
    dossier: &Dossier,
    context: &Context,
    parameters: &PriceEvidenceParameters,
    findings: &mut Findings,
) -> Checked {
    let submitted = match dossier.submitted_at.get() {
        Some(at) => at.date(),
        None => require!(context.on),
    };
    // The contingency is a share of the other groups, and what costs nothing has no price.
    for line in require!(dossier.costs.lines)
        .iter()
        .filter(|line| !line.group.is(CostGroupKey::Contingency) && !line.amount.is(Money::ZERO))
    {
        if has_no_evidence(line) {
            findings.add(at!(line.price_basis), NoEvidence { line: line.label() });
            continue;
        }
        check_quotes(line, parameters, findings);
        for basis in &line.price_basis {
            match basis.method.get() {
                Some(PriceMethod::Quote) => {
                    check_age_of_quote(basis, submitted, parameters, findings)
                }
                Some(PriceMethod::SimilarResult) => check_age_of_result(basis, submitted, findings),
                Some(PriceMethod::PriceAppraisal) => check_certificate(basis, submitted, findings),
                _ => {}
            }
        }
    }
    Ok(())
}

/// No basis at all, or only market prices of which none is evidenced by a paper.
fn has_no_evidence(line: &CostLine) -> bool {
    let is_market = |basis: &PriceBasis| {
        matches!(
            basis.method.get(),
            Some(
                PriceMethod::Quote
                    | PriceMethod::SimilarResult
                    | PriceMethod::PriceAppraisal
                    | PriceMethod::ListPrice
            )
        )
    };
    line.price_basis.iter().all(|basis| is_market(basis) && !basis.evidence_document_id.is_filled())
}

fn check_quotes(line: &CostLine, parameters: &PriceEvidenceParameters, findings: &mut Findings) {
    let quotes: Vec<&PriceBasis> =
        line.price_basis.iter().filter(|basis| basis.method.is(PriceMethod::Quote)).collect();
    if quotes.is_empty() {
        return;
    }
    let suppliers: BTreeSet<String> = quotes
        .iter()
        .map(|quote| quote.supplier_tax_code.trimmed())
        .filter(|code| !code.is_empty())
        .collect();
    let (count, minimum) = (suppliers.len(), parameters.min_count);
    if u32::try_from(count).is_ok_and(|count| count < minimum) {
        findings.add(at!(line.price_basis), TooFewSuppliers { line: line.label(), count, minimum });
    }

    let prices: Vec<Money> = quotes.iter().filter_map(|quote| quote.amount.get()).collect();
    if let (Some(price), Some(mean), true) =
        (line.unit_price.get(), Money::mean(&prices), prices.len() > 1)
    {
        let (mean, count) = (mean.round_half_up_to_dong(), prices.len());
        if price > mean {
            findings
                .add(at!(line.unit_price), AboveMean { line: line.label(), price, mean, count });
        }
    }

    let origins: BTreeSet<(Option<Date>, String)> =
        quotes.iter().map(|quote| (quote.date.get(), quote.format_hash.owned())).collect();
    if let (Some(first), Some((_, hash)), 1, true) =
        (quotes.first(), origins.first(), origins.len(), quotes.len() > 1)
        && !hash.is_empty()
    {
        findings
            .add(at!(first.format_hash), SameOrigin { line: line.label(), count: quotes.len() });
    }
}

fn check_age_of_quote(
    quote: &PriceBasis,
    submitted: Date,
    parameters: &PriceEvidenceParameters,
    findings: &mut Findings,
) {
    let maximum = parameters.max_age_days;
    match quote.date.get() {
        None => findings.add(at!(quote.date), NoQuoteDate),
        Some(quoted) if quoted > submitted => {
            findings.add(at!(quote.date), LaterThanSubmission { quoted, submitted })
        }
        Some(quoted) => {
            let age = submitted.days_since(quoted);
            if u32::try_from(age).is_ok_and(|age| age > maximum) {
                findings.add(at!(quote.date), OldQuote { quoted, age, maximum });
            }
        }
    }
}

fn check_age_of_result(result: &PriceBasis, submitted: Date, findings: &mut Findings) {
    match result.date.get() {
        None => findings.add(at!(result.date), NoResultDate),
        Some(quoted) if quoted > submitted => {
            findings.add(at!(result.date), LaterThanSubmission { quoted, submitted })
        }
        Some(decided) => {
            let last = decided.plus_months(SIMILAR_RESULT_MONTHS);
            if submitted > last {
                findings.add(at!(result.date), OldResult { decided, last, submitted });
            }
        }
    }
}

fn check_certificate(certificate: &PriceBasis, submitted: Date, findings: &mut Findings) {
    match certificate.valid_until.get() {
        None => findings.add(at!(certificate.valid_until), NoValidity),
        Some(last) if last < submitted => {
            findings.add(at!(certificate.valid_until), ExpiredCertificate { last, submitted })
        }
        Some(_) => {}
    }
}

#[derive(Violation)]
#[violation(
    vi = "Dòng chi “{line}” chưa có chứng cứ giá nào kèm theo.",
    en = "The line “{line}” has no evidence of its price.",
    remedy_vi = "Bổ sung báo giá, kết quả lựa chọn nhà thầu tương tự, chứng thư thẩm định giá hoặc căn cứ giá khác và dẫn giấy tờ kèm theo.",
    remedy_en = "Add a quotation, a similar procurement result, a price certificate or another basis, and refer to the attached paper."
)]
struct NoEvidence {
    line: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Dòng chi “{line}” có báo giá của {count} nhà cung cấp có mã số thuế, ít hơn mức tối thiểu {minimum}.",
    en = "The line “{line}” has quotations of {count} suppliers with a tax code, fewer than the minimum of {minimum}.",
    remedy_vi = "Bổ sung báo giá để có ít nhất {minimum} nhà cung cấp khác nhau, ghi rõ mã số thuế.",
    remedy_en = "Add quotations so that there are at least {minimum} different suppliers, each with its tax code."
)]
struct TooFewSuppliers {
    line: String,
    count: usize,
    minimum: Count,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Đơn giá của dòng chi “{line}” là {price}, cao hơn giá bình quân {mean} của {count} báo giá.",
    en = "The unit price of the line “{line}” is {price}, above the mean of {mean} of the {count} quotations.",
    remedy_vi = "Lấy đơn giá không cao hơn {mean}, hoặc thuyết minh lý do.",
    remedy_en = "Take a unit price of at most {mean}, or explain."
)]
struct AboveMean {
    line: String,
    price: Money,
    mean: Money,
    count: usize,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Cả {count} báo giá của dòng chi “{line}” có cùng ngày và cùng định dạng tệp.",
    en = "All {count} quotations of the line “{line}” have the same date and the same file format.",
    remedy_vi = "Người thẩm định xem xét nguồn gốc của các báo giá.",
    remedy_en = "The appraiser looks into where the quotations come from."
)]
struct SameOrigin {
    line: String,
    count: usize,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Báo giá chưa ghi ngày.",
    en = "The quotation has no date.",
    remedy_vi = "Bổ sung ngày của báo giá.",
    remedy_en = "Add the date of the quotation."
)]
struct NoQuoteDate;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Báo giá ngày {quoted} đã được {age} ngày tính đến ngày nộp hồ sơ, quá {maximum} ngày.",
    en = "The quotation of {quoted} is {age} days old on submission, more than {maximum} days.",
    remedy_vi = "Lấy báo giá mới trong vòng {maximum} ngày trước ngày nộp hồ sơ.",
    remedy_en = "Obtain a quotation of the {maximum} days before submission."
)]
struct OldQuote {
    quoted: Date,
    age: i32,
    maximum: Count,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Căn cứ giá ghi ngày {quoted}, sau ngày nộp hồ sơ {submitted}.",
    en = "The price basis is dated {quoted}, after the submission on {submitted}.",
    remedy_vi = "Kiểm tra lại ngày của căn cứ giá.",
    remedy_en = "Check the date of the price basis."
)]
struct LaterThanSubmission {
    quoted: Date,
    submitted: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Kết quả lựa chọn nhà thầu tương tự chưa ghi ngày.",
    en = "The similar procurement result has no date.",
    remedy_vi = "Bổ sung ngày phê duyệt kết quả lựa chọn nhà thầu.",
    remedy_en = "Add the date of the procurement result."
)]
struct NoResultDate;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Kết quả lựa chọn nhà thầu tương tự ngày {decided} chỉ dùng được đến ngày {last} (12 tháng); hồ sơ nộp ngày {submitted}.",
    en = "The similar procurement result of {decided} may be used until {last} (12 months); the dossier was submitted on {submitted}.",
    remedy_vi = "Dùng kết quả lựa chọn nhà thầu tương tự trong 12 tháng trước ngày nộp hồ sơ, hoặc phương pháp xác định giá khác.",
    remedy_en = "Use a similar result of the 12 months before submission, or another price method."
)]
struct OldResult {
    decided: Date,
    last: Date,
    submitted: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chứng thư thẩm định giá chưa ghi ngày hết hiệu lực.",
    en = "The price certificate does not say until when it is valid.",
    remedy_vi = "Bổ sung ngày hết hiệu lực ghi trên chứng thư thẩm định giá.",
    remedy_en = "Add the last day of validity of the certificate."
)]
struct NoValidity;

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Chứng thư thẩm định giá hết hiệu lực ngày {last}, trước ngày nộp hồ sơ {submitted}.",
    en = "The price certificate was valid until {last}, before the submission on {submitted}.",
    remedy_vi = "Bổ sung chứng thư thẩm định giá còn hiệu lực vào ngày nộp hồ sơ.",
    remedy_en = "Add a certificate that is valid on the day of submission."
)]
struct ExpiredCertificate {
    last: Date,
    submitted: Date,
}
