//! The words for codes, in both languages.

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
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

/// A subject as officials call it; a code that is not known is left as it is.
pub fn subject(code: &str, language: Language) -> &str {
    title(SubjectKind::from_code(code), code, language)
}

/// A kind of dossier as officials call it; a code that is not known is left as it is.
pub fn kind(code: &str, language: Language) -> &str {
    title(DossierKind::from_code(code), code, language)
}

fn title<C: Code>(known: Option<C>, code: &str, language: Language) -> &str {
    known.map_or(code, |known| pick(language, known.title_vi(), known.title_en()))
}
