//! The list of budget codes that a province supplies, and what its codes are called.

use kycuong_rules_sdk::model::facts::BudgetCode;
use kycuong_rules_sdk::model::funding::BudgetCodes;
use kycuong_rules_sdk::prelude::*;

/// What a code is called.
pub struct CodeName {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Localize for CodeName {
    fn vi(&self) -> String {
        self.vi.clone()
    }
    fn en(&self) -> String {
        self.en.clone()
    }
}

impl std::fmt::Display for CodeName {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

/// Compares the codes with the province's own list. It is a data file that nobody here has compared with the circular, so it warns.
pub fn check_lists(codes: &BudgetCodes, year: Count, facts: &Facts, findings: &mut Findings) {
    let checked = [
        ("chapter", "chương", &codes.chapter, None),
        ("category", "loại", &codes.category, None),
        ("item", "khoản", &codes.item, Some(&codes.category)),
        ("section", "mục", &codes.section, None),
        ("subsection", "tiểu mục", &codes.subsection, Some(&codes.section)),
    ];
    for (kind, vi, code, parent) in checked {
        let Some(text) = code.get() else { continue };
        let rows: Vec<&BudgetCode> =
            facts.budget_codes.iter().filter(|row| row.kind.is_text(kind)).collect();
        // A list without any code of this kind says nothing about it.
        if rows.is_empty() {
            continue;
        }
        let name = CodeName { vi: vi.to_owned(), en: kind.to_owned() };
        let is_in_force = |row: &&BudgetCode| {
            row.from.get().is_none_or(|day| i64::from(day.year()) <= i64::from(year))
                && row.to.get().is_none_or(|day| i64::from(day.year()) >= i64::from(year))
        };
        let Some(row) = rows.into_iter().filter(is_in_force).find(|row| row.code.is_text(&text))
        else {
            findings.add(at!(code), NotInList { code: code.owned(), name, year: year.to_string() });
            continue;
        };
        let stated = parent.and_then(|parent| parent.get());
        if let Some(stated) = stated
            && row.parent.is_filled()
            && row.parent.text() != stated
        {
            let listed = row.parent.owned();
            findings.add(
                at!(code),
                OtherParent { code: code.owned(), name, listed, stated: stated.to_string() },
            );
        }
    }
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Mã {name} {code} không có trong danh mục mã của năm ngân sách {year}.",
    en = "The {name} {code} is not in the list of codes for budget year {year}.",
    remedy_vi = "Đối chiếu danh mục mã hiện hành và ghi lại mã.",
    remedy_en = "Compare with the current list of codes and correct the code."
)]
pub(crate) struct NotInList {
    code: String,
    name: CodeName,
    year: String,
}

#[derive(Violation)]
#[violation(
    severity = Warn,
    vi = "Theo danh mục, mã {name} {code} thuộc {listed}, nhưng khoản ngân sách ghi {stated}.",
    en = "By the list the {name} {code} belongs to {listed}, but the entry has {stated}.",
    remedy_vi = "Ghi lại hai mã cho khớp với danh mục.",
    remedy_en = "Correct the two codes so that they agree with the list."
)]
pub(crate) struct OtherParent {
    code: String,
    name: CodeName,
    listed: String,
    stated: String,
}
