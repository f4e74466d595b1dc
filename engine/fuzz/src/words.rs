//! What every text that the host shows must be.

use std::error::Error;

use kycuong_engine::{Bilingual, Finding};
use kycuong_model::pointer::Pointer;

/// An error with all of its causes: each says something, in one line.
pub(crate) fn of_error(error: &dyn Error) -> Vec<String> {
    let mut said = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let words = error.to_string();
        assert!(!words.trim().is_empty(), "an error without words: {error:?}");
        assert!(!words.contains(['\n', '\r']), "an error of two lines: {words:?}");
        said.push(words);
        cause = error.source();
    }
    said
}

/// Both languages say something.
pub(crate) fn both(text: &Bilingual) {
    for language in [&text.vi, &text.en] {
        assert!(!language.trim().is_empty(), "one language says nothing: {text:?}");
    }
}

/// A finding says what is wrong and what to do, and points somewhere.
pub(crate) fn of_finding(finding: &Finding) {
    assert!(finding.rule.contains('/'), "{finding:?}");
    both(&finding.message);
    both(&finding.remedy);
    for text in [&finding.message, &finding.remedy] {
        for language in [&text.vi, &text.en] {
            shown(language);
        }
    }
    pointer(&finding.path);
}

/// A text for a line of a report: nothing in it moves a cursor or turns the reading direction.
pub(crate) fn shown(text: &str) {
    let acts = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(acts), "a text that acts on a terminal: {text:?}");
}

/// A JSON Pointer as RFC 6901 writes it.
pub(crate) fn pointer(path: &Pointer) {
    let text = path.as_str();
    assert!(text.is_empty() || text.starts_with('/'), "no pointer: {text:?}");
    let mut rest = text.split('~').skip(1);
    assert!(rest.all(|rest| rest.starts_with(['0', '1'])), "no pointer: {text:?}");
}
