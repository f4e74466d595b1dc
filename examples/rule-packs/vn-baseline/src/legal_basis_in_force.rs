use kycuong_rules_sdk::model::facts::LegalInstrument;
use kycuong_rules_sdk::model::papers::LegalBasis;
use kycuong_rules_sdk::prelude::*;

use crate::instrument_number;
use crate::listing::Listing;

/// Căn cứ pháp lý của hồ sơ phải ghi đúng số hiệu và còn hiệu lực vào ngày xét.
///
/// Nghị định về quản lý đầu tư mà hồ sơ lập theo phải là nghị định áp dụng cho hồ sơ: dẫn nghị định khác không có hiệu
/// lực thì trả lại; nếu hồ sơ ghi rõ nghị định ấy không phải là căn cứ lập hồ sơ thì cảnh báo. Các văn bản khác đối chiếu
/// với danh mục văn bản pháp lý: không có hiệu lực thì cảnh báo, không có trong danh mục hoặc chưa có danh mục thì lưu ý.
#[rule(
    requirement = "R08",
    title_vi = "Căn cứ pháp lý còn hiệu lực",
    title_en = "Legal bases in force",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 90, Điều 91; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "thực hiện theo quy trình, thủ tục, pháp luật hiện hành về quản lý đầu tư",
    reads = ["legal_bases.number", "legal_bases.governing"],
    facts = [legal_register(column = "number", path = "legal_bases.*.number", optional)],
    violations = [
        NoBasis, NoNumber, MalformedNumber, NumberWithoutYear, DecreeEnded, EndedButCited,
        DecreeNotYetInForce, Replaced, Ended, NotYetInForce, NotInRegister, NotCompared,
    ]
)]
pub fn legal_basis_in_force(
    dossier: &Dossier,
    facts: &Facts,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    let applied = require!(context.regime);
    if dossier.legal_bases.is_empty() {
        findings.add(at!(dossier.legal_bases), NoBasis);
        return Ok(());
    }
    let mut not_compared = Vec::new();
    for basis in &dossier.legal_bases {
        if !basis.number.is_filled() {
            findings.add(at!(basis.number), NoNumber);
            continue;
        }
        let number = basis.number.trimmed();
        if !instrument_number::is_well_formed(&number) {
            findings.add(at!(basis.number), MalformedNumber { number });
        } else if instrument_number::lacks_year(&number) {
            findings.add(at!(basis.number), NumberWithoutYear { number });
        } else if let Some(cited) = instrument_number::decree(&number) {
            check_decree(basis, number, cited, applied, on, findings);
        } else if facts.legal_register.is_present() {
            check_register(basis, number, facts, on, findings);
        } else {
            not_compared.push((at!(basis.number), number));
        }
    }
    if let Some((place, _)) = not_compared.first().cloned() {
        let numbers = Listing(not_compared.into_iter().map(|(_, number)| number).collect());
        findings.add(place, NotCompared { numbers });
    }
    Ok(())
}

/// A decree on the management of investment, cited by a dossier that `applied` governs.
fn check_decree(
    basis: &LegalBasis,
    number: String,
    cited: Regime,
    applied: Regime,
    on: Date,
    findings: &mut Findings,
) {
    if text_of(cited) == text_of(applied) {
        return;
    }
    // What the texts of the two middle decrees say of the step before them was not read.
    let severity = if applied == Regime::Nd224_2026 { Severity::Block } else { Severity::Warn };
    let place = at!(basis.number);
    let is_history = basis.governing.is(false);
    if on < cited.from() {
        let from = cited.from();
        if is_history {
            findings.add(place, NotYetInForce { number, from, on });
        } else {
            findings.add_as(severity, place, DecreeNotYetInForce { number, from, applied, on });
        }
    } else if let Some(last) = last_day(cited).filter(|last| *last < on) {
        if is_history {
            findings.add(place, EndedButCited { number, last });
        } else {
            findings.add_as(severity, place, DecreeEnded { number, last, applied });
        }
    }
}

/// The decree that a regime's text stands in: Decree 82/2024/NĐ-CP amends Decree 73/2019/NĐ-CP.
fn text_of(regime: Regime) -> Regime {
    if regime == Regime::Nd82_2024 { Regime::Nd73_2019 } else { regime }
}

/// The last day of a decree: 73 and 82 ended together (Decree 45/2026/NĐ-CP, article 41.2).
fn last_day(regime: Regime) -> Option<Date> {
    match regime {
        Regime::Nd73_2019 | Regime::Nd82_2024 => Regime::Nd82_2024.to(),
        Regime::Nd45_2026 | Regime::Nd224_2026 => regime.to(),
    }
}

/// Any other instrument, held against the register of legal texts.
fn check_register(
    basis: &LegalBasis,
    number: String,
    facts: &Facts,
    on: Date,
    findings: &mut Findings,
) {
    let place = at!(basis.number);
    let rows: Vec<&LegalInstrument> =
        facts.legal_register.iter().filter(|row| row.number.text().trim() == number).collect();
    if rows.is_empty() {
        findings.add(place, NotInRegister { number });
        return;
    }
    let begun: Vec<&LegalInstrument> =
        rows.iter().copied().filter(|row| row.from.get().is_none_or(|from| from <= on)).collect();
    if begun.iter().any(|row| row.to.get().is_none_or(|to| to >= on)) {
        return;
    }
    let ended = begun.into_iter().filter_map(|row| Some((row.to.get()?, row)));
    match ended.max_by_key(|(last, _)| *last) {
        Some((last, row)) if row.replaced_by.is_filled() => {
            let replacement = row.replaced_by.owned();
            findings.add(place, Replaced { number, last, replacement });
        }
        Some((last, _)) => findings.add(place, Ended { number, last }),
        None => {
            if let Some(from) = rows.iter().filter_map(|row| row.from.get()).min() {
                findings.add(place, NotYetInForce { number, from, on });
            }
        }
    }
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu căn cứ pháp lý nào.",
    en = "The dossier names no legal basis.",
    remedy_vi = "Nêu các căn cứ pháp lý, trong đó có nghị định về quản lý đầu tư mà hồ sơ lập theo.",
    remedy_en = "Name the legal bases, among them the decree that the dossier follows."
)]
struct NoBasis;

#[derive(Violation)]
#[violation(
    vi = "Một căn cứ pháp lý chưa ghi số, ký hiệu.",
    en = "A legal basis has no number.",
    remedy_vi = "Ghi số, ký hiệu của văn bản, ví dụ 224/2026/NĐ-CP.",
    remedy_en = "Give the instrument's number, such as 224/2026/NĐ-CP."
)]
struct NoNumber;

#[derive(Violation)]
#[violation(
    vi = "Căn cứ pháp lý ghi “{number}”, không đúng dạng số, ký hiệu văn bản.",
    en = "A legal basis is written “{number}”, which has not the form of an instrument's number.",
    remedy_vi = "Ghi lại theo dạng số/năm/ký hiệu (224/2026/NĐ-CP), số/ký hiệu (1425/QĐ-TTg) hoặc số-loại/cơ quan của Đảng (57-NQ/TW), không thêm chữ khác.",
    remedy_en = "Write number/year/symbol (224/2026/NĐ-CP), number/symbol (1425/QĐ-TTg) or the Party's number-kind/body (57-NQ/TW) and nothing else."
)]
struct MalformedNumber {
    number: String,
}

#[derive(Violation)]
#[violation(
    vi = "Căn cứ pháp lý ghi “{number}”, thiếu năm ban hành của văn bản quy phạm pháp luật.",
    en = "A legal basis is written “{number}”, without the year that a normative instrument carries.",
    remedy_vi = "Ghi lại đủ số, năm và ký hiệu, ví dụ 224/2026/NĐ-CP.",
    remedy_en = "Write number, year and symbol, such as 224/2026/NĐ-CP."
)]
struct NumberWithoutYear {
    number: String,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ dẫn Nghị định {number}, đã hết hiệu lực sau ngày {last}, trong khi hồ sơ áp dụng {applied}.",
    en = "The dossier cites Decree {number}, which ended after {last}, while it is under {applied}.",
    remedy_vi = "Rà soát hồ sơ theo {applied} và thay căn cứ; nếu chỉ dẫn để nêu quá trình thì ghi rõ văn bản này không phải là căn cứ lập hồ sơ.",
    remedy_en = "Revise the dossier under {applied} and replace the basis; if it is cited as history only, say that it does not govern."
)]
struct DecreeEnded {
    number: String,
    last: Date,
    applied: Regime,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Hồ sơ dẫn Nghị định {number}, đã hết hiệu lực sau ngày {last}, và ghi không phải là căn cứ lập hồ sơ.",
    en = "The dossier cites Decree {number}, which ended after {last}, and says that it does not govern.",
    remedy_vi = "Bảo đảm không nội dung nào của hồ sơ còn dựa vào nghị định này; nếu không cần nêu quá trình thì bỏ căn cứ này.",
    remedy_en = "Make sure that nothing rests on it any more; leave it out unless the history needs it."
)]
struct EndedButCited {
    number: String,
    last: Date,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ dẫn Nghị định {number}, có hiệu lực từ ngày {from}, chưa có hiệu lực vào ngày xét {on}; hồ sơ áp dụng {applied}.",
    en = "The dossier cites Decree {number}, in force from {from} and not yet on {on}; it is under {applied}.",
    remedy_vi = "Lập hồ sơ theo {applied}, hoặc nộp sau khi nghị định mới có hiệu lực.",
    remedy_en = "Draw up the dossier under {applied}, or submit it once the new decree is in force."
)]
struct DecreeNotYetInForce {
    number: String,
    from: Date,
    applied: Regime,
    on: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Căn cứ pháp lý {number} đã hết hiệu lực sau ngày {last}, được thay thế bởi {replacement}.",
    en = "The legal basis {number} ended after {last}; {replacement} replaced it.",
    remedy_vi = "Rà soát nội dung theo {replacement} và thay căn cứ.",
    remedy_en = "Revise what rests on it under {replacement} and cite that instead."
)]
struct Replaced {
    number: String,
    last: Date,
    replacement: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Căn cứ pháp lý {number} đã hết hiệu lực sau ngày {last}.",
    en = "The legal basis {number} ended after {last}.",
    remedy_vi = "Thay bằng văn bản còn hiệu lực hoặc bỏ căn cứ này.",
    remedy_en = "Cite an instrument in force instead, or leave it out."
)]
struct Ended {
    number: String,
    last: Date,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Căn cứ pháp lý {number} có hiệu lực từ ngày {from}, chưa có hiệu lực vào ngày xét {on}.",
    en = "The legal basis {number} is in force from {from}, not yet on {on}.",
    remedy_vi = "Dẫn văn bản đang có hiệu lực, hoặc nộp hồ sơ sau khi văn bản này có hiệu lực.",
    remedy_en = "Cite what is in force, or submit the dossier once it is."
)]
struct NotYetInForce {
    number: String,
    from: Date,
    on: Date,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Căn cứ pháp lý {number} không có trong danh mục văn bản pháp lý nên chưa xác định được hiệu lực.",
    en = "The legal basis {number} is not in the register, so whether it is in force is not known.",
    remedy_vi = "Người thẩm định tự đối chiếu hiệu lực của văn bản; nếu ghi sai số, ký hiệu thì sửa lại.",
    remedy_en = "The appraiser compares it by hand; if the number is wrong, correct it."
)]
struct NotInRegister {
    number: String,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Chưa có danh mục văn bản pháp lý nên chưa đối chiếu được hiệu lực của: {numbers}.",
    en = "There is no register of legal texts, so it is not known whether these are in force: {numbers}.",
    remedy_vi = "Người thẩm định tự đối chiếu hiệu lực của các văn bản nêu trên.",
    remedy_en = "The appraiser compares them by hand."
)]
struct NotCompared {
    numbers: Listing<String>,
}
