//! The words for codes, in both languages.

use kycuong_model::finding::Severity;

use crate::args::Language;

/// The text in the language that was chosen.
pub fn pick<'a>(language: Language, vi: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

/// A severity as officials and developers call it.
pub fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Block, Language::Vi) => "chặn",
        (Severity::Block, Language::En) => "block",
        (Severity::Warn, Language::Vi) => "cảnh báo",
        (Severity::Warn, Language::En) => "warning",
        (Severity::Inform, Language::Vi) => "lưu ý",
        (Severity::Inform, Language::En) => "note",
    }
}

/// A legal basis as it is cited: the article first, then its instrument.
pub fn basis(basis: &kycuong_model::manifest::Basis) -> String {
    if basis.article.is_empty() {
        basis.instrument.clone()
    } else {
        format!("{}, {}", basis.instrument, basis.article)
    }
}

/// A subject as officials call it.
pub fn subject(code: &str, language: Language) -> &str {
    let (vi, en) = match code {
        "dossier" => ("hồ sơ nhiệm vụ, dự án", "dossier"),
        "budget-entry" => ("khoản mục dự toán", "budget entry"),
        "unit-plan" => ("dự toán năm của đơn vị", "unit plan"),
        "portfolio" => ("danh mục nhiệm vụ, dự án", "portfolio"),
        other => return other,
    };
    pick(language, vi, en)
}
