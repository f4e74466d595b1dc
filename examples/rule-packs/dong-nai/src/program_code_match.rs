use kycuong_rules_sdk::model::funding::BudgetCodes;
use kycuong_rules_sdk::prelude::*;

/// The programme code of money that belongs to no programme.
const NO_PROGRAMME: &str = "00000";

/// Mã chương trình phải khớp với loại nguồn vốn.
///
/// Nguồn chương trình mục tiêu quốc gia ghi mã chương trình khác 00000; nguồn khác để trống hoặc ghi 00000. Khi có danh mục
/// mã chương trình thì mã phải có trong danh mục và thời gian của chương trình gồm năm ngân sách; danh mục do địa phương
/// cung cấp nên chỉ được lưu ý. Khi chưa có danh mục thì ghi rõ phần chưa đối chiếu được.
#[rule(
    requirement = "R60",
    title_vi = "Mã chương trình khớp",
    title_en = "Programme code match",
    severity = Block,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Thông tư 130/2025/TT-BTC",
    quote = "Kế hoạch Thực hiện Chương trình mục tiêu công nghệ thông tin giai đoạn 2019 - 2020",
    subjects = [Dossier, BudgetEntry],
    reads = ["funding.kind", "funding.year", "funding.codes.programme", "kind", "year", "codes.programme"],
    facts = [budget_codes(optional)],
    violations = [NoCode, UnexpectedCode, UnknownCode, OutsideItsYears, NotCompared]
)]
pub fn program_code_match(subject: &Subject, facts: &Facts, findings: &mut Findings) -> Checked {
    match subject {
        Subject::Dossier(dossier) => {
            // One source that lacks a datum hides none of the others.
            let mut gap = None;
            for source in require!(dossier.funding) {
                if let Err(stop) = check(&source.kind, &source.year, &source.codes, facts, findings)
                {
                    gap.get_or_insert(stop);
                }
            }
            gap.map_or(Ok(()), Err)
        }
        Subject::BudgetEntry(entry) => {
            check(&entry.kind, &entry.year, &entry.codes, facts, findings)
        }
        Subject::UnitPlan(_) | Subject::Portfolio(_) => subject.not_judged(),
    }
}

fn check(
    kind: &Field<FundingKind>,
    year: &Field<Count>,
    codes: &BudgetCodes,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let kind = require!(kind);
    let code = codes.programme.trimmed();
    let has_programme = !code.is_empty() && code != NO_PROGRAMME;
    match (kind == FundingKind::TargetProgramme, has_programme) {
        (true, true) => check_list(code, require!(year), codes, facts, findings),
        (true, false) => findings.add(at!(codes.programme), NoCode),
        (false, true) => findings.add(at!(codes.programme), UnexpectedCode { code, kind }),
        (false, false) => {}
    }
    Ok(())
}

fn check_list(
    code: String,
    year: Count,
    codes: &BudgetCodes,
    facts: &Facts,
    findings: &mut Findings,
) {
    let mut programmes: Vec<_> =
        facts.budget_codes.iter().filter(|row| row.kind.is_text("programme")).collect();
    if programmes.is_empty() {
        findings.add(at!(codes.programme), NotCompared { code });
        return;
    }
    programmes.retain(|row| row.code.is_text(&code));
    let covers = |from: Option<Date>, to: Option<Date>| {
        from.is_none_or(|day| i64::from(day.year()) <= i64::from(year))
            && to.is_none_or(|day| i64::from(day.year()) >= i64::from(year))
    };
    if programmes.is_empty() {
        findings.add(at!(codes.programme), UnknownCode { code });
    } else if !programmes.iter().any(|row| covers(row.from.get(), row.to.get())) {
        findings.add(at!(codes.programme), OutsideItsYears { code, year: year.to_string() });
    }
}

#[derive(Violation)]
#[violation(
    vi = "Nguồn vốn là chương trình mục tiêu quốc gia nhưng chưa ghi mã chương trình, mục tiêu, dự án.",
    en = "The money comes from a national target programme, but no programme code is stated.",
    remedy_vi = "Ghi mã chương trình 5 chữ số khác 00000 theo quyết định giao dự toán, hoặc ghi lại loại nguồn vốn.",
    remedy_en = "Enter the programme's 5-digit code, other than 00000, or correct the kind of funding."
)]
struct NoCode;

#[derive(Violation)]
#[violation(
    vi = "Khoản vốn ghi mã chương trình {code} nhưng loại nguồn là “{kind}”, không phải chương trình mục tiêu quốc gia.",
    en = "The money has the programme code {code}, though it comes from “{kind}” and not from a national target programme.",
    remedy_vi = "Để trống hoặc ghi mã 00000, hoặc ghi lại loại nguồn là chương trình mục tiêu quốc gia.",
    remedy_en = "Leave the code out or enter 00000, or state that the money comes from a national target programme."
)]
struct UnexpectedCode {
    code: String,
    kind: FundingKind,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Mã chương trình {code} không có trong danh mục mã chương trình.",
    en = "The programme code {code} is not in the list of programmes.",
    remedy_vi = "Đối chiếu danh mục mã chương trình hiện hành và ghi lại mã.",
    remedy_en = "Compare with the current list and correct the code."
)]
struct UnknownCode {
    code: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Theo danh mục, thời gian của chương trình mã {code} không gồm năm ngân sách {year}.",
    en = "By the list, the programme {code} does not run in budget year {year}.",
    remedy_vi = "Ghi lại mã chương trình hoặc năm ngân sách theo quyết định giao dự toán.",
    remedy_en = "Correct the programme or the year as in the allocation decision."
)]
struct OutsideItsYears {
    code: String,
    year: String,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa đối chiếu được mã chương trình {code} vì hệ thống chưa có danh mục mã chương trình.",
    en = "The programme code {code} could not be compared: there is no list of programmes.",
    remedy_vi = "Người thẩm định tự đối chiếu mã chương trình với danh mục hiện hành, hoặc nạp danh mục rồi kiểm tra lại.",
    remedy_en = "Compare the code by hand with the current list, or supply the list and check again."
)]
struct NotCompared {
    code: String,
}
