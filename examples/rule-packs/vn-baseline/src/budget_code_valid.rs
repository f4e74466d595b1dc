use kycuong_law::budget_index::is_expenditure_section;
use kycuong_law::local_levels::budget_has_districts;
use kycuong_rules_sdk::model::funding::BudgetCodes;
use kycuong_rules_sdk::model::pointer::Pointer;
use kycuong_rules_sdk::model::subject::Owner;
use kycuong_rules_sdk::prelude::*;

use crate::budget_code_list::{CodeName, NotInList, OtherParent, check_lists};

/// Each mục is a multiple of this, and its tiểu mục stay below the next one.
const SECTION_STEP: u32 = 50;

/// Mã mục lục ngân sách phải đúng định dạng, đúng cấp và còn hiệu lực trong năm ngân sách.
///
/// Chương, loại, khoản 3 chữ số; mục, tiểu mục 4 chữ số; chương trình 5 chữ số; nguồn và tính chất nguồn 2 chữ số; mã
/// đơn vị có quan hệ với ngân sách 7 chữ số. Chương thuộc cấp: trung ương 001–399, tỉnh 400–599, xã 800–989. Từ năm
/// ngân sách 2026 không còn cấp huyện (cấp 3) và các chương 600–799. Khi tỉnh cung cấp danh mục mã thì đối chiếu thêm
/// với danh mục, mã không có chỉ cảnh báo.
#[rule(
    requirement = "R09",
    title_vi = "Mã mục lục ngân sách hợp lệ",
    title_en = "Valid budget codes",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Thông tư 130/2025/TT-BTC; Thông tư 324/2016/TT-BTC; Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "ngân sách nhà nước",
    subjects = [Dossier, BudgetEntry, UnitPlan],
    reads = [
        "owner.budget_unit_code",
        "funding.codes",
        "funding.year",
        "funding.nature_code",
        "funding.kind",
        "codes",
        "nature_code",
        "kind",
        "year",
        "entries.codes",
        "entries.nature_code",
        "entries.kind",
    ],
    facts = [budget_codes(optional)],
    violations = [
        NoCodes, NoYear, NoLevel, NoChapter, WrongFormat, UnknownLevel, DistrictChapter,
        ChapterOfOtherLevel, ItemOutsideCategory, NoExpenditureSection, SubsectionOutsideSection,
        NotInList, OtherParent,
    ]
)]
pub fn budget_code_valid(subject: &Subject, facts: &Facts, findings: &mut Findings) -> Checked {
    match subject {
        Subject::Dossier(dossier) => {
            check_unit(&dossier.owner, findings);
            for source in require!(dossier.funding) {
                let outside_the_budget = source.kind.is(FundingKind::Other);
                check_line(
                    (source.codes.found(), at!(source.codes)),
                    &source.nature_code,
                    &source.year,
                    outside_the_budget,
                    facts,
                    findings,
                );
            }
        }
        Subject::BudgetEntry(entry) => {
            check_unit(&entry.owner, findings);
            let outside_the_budget = entry.kind.is(FundingKind::Other);
            check_line(
                (entry.codes.found(), at!(entry.codes)),
                &entry.nature_code,
                &entry.year,
                outside_the_budget,
                facts,
                findings,
            );
        }
        Subject::UnitPlan(plan) => {
            check_unit(&plan.owner, findings);
            for line in require!(plan.entries) {
                let outside_the_budget = line.kind.is(FundingKind::Other);
                check_line(
                    (line.codes.found(), at!(line.codes)),
                    &line.nature_code,
                    &plan.year,
                    outside_the_budget,
                    facts,
                    findings,
                );
            }
        }
        Subject::Portfolio(_) => return subject.not_judged(),
    }
    Ok(())
}

fn check_unit(owner: &Owner, findings: &mut Findings) {
    format_is(
        "mã đơn vị có quan hệ với ngân sách",
        "budget unit code",
        &owner.budget_unit_code,
        7,
        findings,
    );
}

fn check_line(
    (codes, place): (Option<&BudgetCodes>, Pointer),
    nature: &TextField,
    year: &Field<Count>,
    outside_the_budget: bool,
    facts: &Facts,
    findings: &mut Findings,
) {
    if outside_the_budget {
        return;
    }
    let Some(codes) = codes else {
        findings.add(place, NoCodes);
        return;
    };
    let Some(year_of_budget) = year.get() else {
        findings.add(at!(year), NoYear);
        return;
    };
    let category = format_is("mã loại", "category", &codes.category, 3, findings);
    let item = format_is("mã khoản", "item", &codes.item, 3, findings);
    let section = format_is("mã mục", "section", &codes.section, 4, findings);
    let subsection = format_is("mã tiểu mục", "subsection", &codes.subsection, 4, findings);
    format_is("mã chương trình, mục tiêu, dự án", "programme", &codes.programme, 5, findings);
    format_is("mã nguồn", "source", &codes.source, 2, findings);
    format_is("mã tính chất nguồn", "nature of the source", nature, 2, findings);
    check_level_and_chapter(codes, year_of_budget, findings);
    if let (Some(category), Some(item)) = (category, item)
        && item <= category
    {
        let (category, item) = (codes.category.owned(), codes.item.owned());
        findings.add(at!(codes.item), ItemOutsideCategory { item, category });
    }
    if let Some(number) = section
        && !is_expenditure_section(number)
    {
        findings.add(at!(codes.section), NoExpenditureSection { section: codes.section.owned() });
    }
    if let (Some(section), Some(subsection)) = (section, subsection)
        && !(section < subsection && subsection < section + SECTION_STEP)
    {
        let (section, subsection) = (codes.section.owned(), codes.subsection.owned());
        findings.add(at!(codes.subsection), SubsectionOutsideSection { subsection, section });
    }
    check_lists(codes, year_of_budget, facts, findings);
}

/// Reports a code that is there and has another shape than so many digits; its number otherwise.
fn format_is(
    vi: &str,
    en: &str,
    code: &Field<Text>,
    digits: usize,
    findings: &mut Findings,
) -> Option<u32> {
    let text = code.get()?;
    if text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let name = CodeName { vi: vi.to_owned(), en: en.to_owned() };
    findings.add(at!(code), WrongFormat { code: code.owned(), name, digits });
    None
}

fn check_level_and_chapter(codes: &BudgetCodes, year: Count, findings: &mut Findings) {
    let level_text = codes.level.text();
    let levels = if budget_has_districts(year) {
        ["1", "2", "3", "4"].as_slice()
    } else {
        ["1", "2", "4"].as_slice()
    };
    let level_is_known = levels.iter().any(|level| codes.level.is_text(level));
    if codes.level.get().is_none() {
        findings.add(at!(codes.level), NoLevel);
    } else if !level_is_known {
        let (level, levels) = (codes.level.owned(), levels.join(", "));
        findings.add(at!(codes.level), UnknownLevel { level, year: year.to_string(), levels });
    }
    if codes.chapter.get().is_none() {
        findings.add(at!(codes.chapter), NoChapter);
        return;
    }
    let Some(chapter) = format_is("mã chương", "chapter", &codes.chapter, 3, findings) else {
        return;
    };
    let text = codes.chapter.owned();
    if !budget_has_districts(year) && (600..=799).contains(&chapter) {
        findings.add(at!(codes.chapter), DistrictChapter { chapter: text, year: year.to_string() });
        return;
    }
    let (first, last) = match &*level_text {
        "1" => (1, 399),
        "2" => (400, 599),
        "3" => (600, 799),
        "4" => (800, 989),
        _ => return,
    };
    if level_is_known && !(first..=last).contains(&chapter) {
        let range = format!("{first:03}–{last}");
        findings.add(
            at!(codes.chapter),
            ChapterOfOtherLevel { chapter: text, level: codes.level.owned(), range },
        );
    }
}

#[derive(Violation)]
#[violation(
    vi = "Khoản ngân sách chưa ghi mã mục lục ngân sách.",
    en = "This budget money has no budget codes.",
    remedy_vi = "Ghi cấp, chương, loại, khoản, mục, tiểu mục theo quyết định giao dự toán.",
    remedy_en = "Enter level, chapter, category, item, section and subsection as in the allocation decision."
)]
struct NoCodes;

#[derive(Violation)]
#[violation(
    vi = "Khoản ngân sách chưa ghi năm ngân sách nên không xét được hiệu lực của mã.",
    en = "This budget money has no budget year, so its codes cannot be judged.",
    remedy_vi = "Ghi năm ngân sách.",
    remedy_en = "State the budget year."
)]
struct NoYear;

#[derive(Violation)]
#[violation(
    vi = "Mục lục ngân sách chưa ghi cấp ngân sách.",
    en = "The budget codes have no budget level.",
    remedy_vi = "Ghi cấp ngân sách: 1 trung ương, 2 tỉnh, 4 xã.",
    remedy_en = "State the level: 1 central, 2 province, 4 commune."
)]
struct NoLevel;

#[derive(Violation)]
#[violation(
    vi = "Mục lục ngân sách chưa ghi chương.",
    en = "The budget codes have no chapter.",
    remedy_vi = "Ghi chương của đơn vị (3 chữ số).",
    remedy_en = "Enter the unit's chapter (3 digits)."
)]
struct NoChapter;

#[derive(Violation)]
#[violation(
    vi = "Trường {name} ghi “{code}”, không phải {digits} chữ số.",
    en = "The {name} is “{code}”, which is not {digits} digits.",
    remedy_vi = "Ghi lại {name} đủ {digits} chữ số, không thêm dấu hoặc khoảng trắng.",
    remedy_en = "Enter the {name} as {digits} digits, without signs or spaces."
)]
struct WrongFormat {
    code: String,
    name: CodeName,
    digits: usize,
}

#[derive(Violation)]
#[violation(
    vi = "Cấp ngân sách ghi “{level}”; năm ngân sách {year} chỉ có các cấp {levels}.",
    en = "The budget level is “{level}”; budget year {year} has the levels {levels} only.",
    remedy_vi = "Ghi lại cấp ngân sách; nhiệm vụ của cấp huyện trước đây thuộc cấp xã hoặc cấp tỉnh tiếp nhận.",
    remedy_en = "Correct the level; former district tasks belong to the commune or province that took them over."
)]
struct UnknownLevel {
    level: String,
    year: String,
    levels: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chương {chapter} là chương cấp huyện (600–799), không còn dùng trong năm ngân sách {year}.",
    en = "Chapter {chapter} is a district chapter (600–799), which budget year {year} no longer has.",
    remedy_vi = "Ghi chương của đơn vị tiếp nhận: cấp xã 800–989 hoặc cấp tỉnh 400–599.",
    remedy_en = "Enter the chapter of the unit that took over: commune 800–989 or province 400–599."
)]
struct DistrictChapter {
    chapter: String,
    year: String,
}

#[derive(Violation)]
#[violation(
    vi = "Chương {chapter} không thuộc cấp ngân sách {level}; chương của cấp này là {range}.",
    en = "Chapter {chapter} is not of budget level {level}, whose chapters are {range}.",
    remedy_vi = "Ghi lại chương hoặc cấp ngân sách cho khớp nhau.",
    remedy_en = "Correct the chapter or the level so that they agree."
)]
struct ChapterOfOtherLevel {
    chapter: String,
    level: String,
    range: String,
}

#[derive(Violation)]
#[violation(
    vi = "Khoản {item} không nằm trong loại {category}.",
    en = "Item {item} is not within category {category}.",
    remedy_vi = "Ghi lại loại, khoản cho khớp nhau.",
    remedy_en = "Correct the category or the item so that they agree."
)]
struct ItemOutsideCategory {
    item: String,
    category: String,
}

#[derive(Violation)]
#[violation(
    vi = "Mục {section} không phải mục chi; mục chi từ 6000 trở lên.",
    en = "Section {section} is not for expenditure, whose sections start at 6000.",
    remedy_vi = "Ghi lại mục chi.",
    remedy_en = "Enter an expenditure section."
)]
struct NoExpenditureSection {
    section: String,
}

#[derive(Violation)]
#[violation(
    vi = "Tiểu mục {subsection} không nằm trong mục {section}.",
    en = "Subsection {subsection} is not within section {section}.",
    remedy_vi = "Ghi lại mục, tiểu mục cho khớp nhau.",
    remedy_en = "Correct the section or the subsection so that they agree."
)]
struct SubsectionOutsideSection {
    subsection: String,
    section: String,
}
