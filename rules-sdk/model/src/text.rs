//! Texts in two languages, and who says what of how sure.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::localize::{Language, Localize};

/// A text in Vietnamese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bilingual {
    /// Vietnamese, NFC, with full diacritics.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// A text in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The text in one of the languages.
    pub fn get(&self, language: Language) -> &str {
        language.pick(&self.vi, &self.en)
    }
}

/// What another library or a part outside this crate said: any error, to be a source.
pub type BoxError = Box<dyn Error + Send + Sync + 'static>;

/// Whether terminals and browsers act on a character instead of showing it, or show nothing for it:
/// control characters, what turns the reading direction or breaks a line, what has no width, what is no
/// character.
///
/// This is the one definition. A text of a stranger (a submission, a pack, a key, a certificate) is shown
/// without such characters. It has the `Default_Ignorable_Code_Point`s of Unicode 16, the two separators
/// of lines and paragraphs, the annotation marks and the noncharacters (which XML 1.0 refuses in part).
pub fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
        // The last two of each plane.
        || u32::from(character) & 0xfffe == 0xfffe
}

/// A stranger's text as it may be shown: each character of [`is_control`] becomes U+FFFD.
pub fn sanitize(text: &str) -> String {
    sanitized(text).collect()
}

/// The first characters of a stranger's text, as they may be shown; what is left out becomes “…”.
pub fn truncate(text: &str, characters_max: usize) -> String {
    let mut shown: String = sanitized(text).take(characters_max).collect();
    if text.chars().nth(characters_max).is_some() {
        shown.push('…');
    }
    shown
}

fn sanitized(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|one| if is_control(one) { char::REPLACEMENT_CHARACTER } else { one })
}

/// Characters of a foreign value that a message shows; the rest is masked by “…”.
///
/// Forty tell which value is meant without copying personal data or whole paragraphs into reports.
pub const SHOWN_CHARACTERS_MAX: usize = 40;

/// A foreign text in typographic quotes, masked beyond [`SHOWN_CHARACTERS_MAX`].
pub fn quote(text: &str) -> String {
    format!("“{}”", excerpt(text))
}

/// A foreign text, masked beyond [`SHOWN_CHARACTERS_MAX`]; control characters become U+FFFD and
/// straight double quotes single ones.
pub fn excerpt(text: &str) -> String {
    let printable = |letter: char| match letter {
        '"' => '\'', // messages quote in one way only
        control if is_control(control) => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS_MAX).map(printable).collect();
    if text.chars().nth(SHOWN_CHARACTERS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// An error and its causes in one line, from the outermost on; a cause that the one before it repeats
/// at its end is not said again.
pub fn with_causes(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let words = cause.to_string();
        if !line.ends_with(&words) {
            line = format!("{line}: {words}");
        }
        source = cause.source();
    }
    line
}

/// A part of a message that is a text of its own: the name of a paper's missing part, a reason.
impl Localize for Bilingual {
    fn vi(&self) -> String {
        self.vi.clone()
    }
    fn en(&self) -> String {
        self.en.clone()
    }
}

/// The Vietnamese text, as among the values of a finding.
impl fmt::Display for Bilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.vi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{said}")]
    struct Said {
        said: &'static str,
        source: Option<Box<Said>>,
    }

    #[test]
    fn strangers_texts_are_shown_and_not_obeyed() {
        assert_eq!(sanitize("a\nb\u{202e}c\u{200b}đ"), "a\u{fffd}b\u{fffd}c\u{fffd}đ");
        for hidden in "\u{1b}\u{9b}\u{85}\u{ad}\u{200e}\u{61c}\u{2066}\u{feff}\u{fff9}\u{fffe}\u{ffff}\u{1ffff}\u{e0041}\u{fe0f}\u{3164}".chars() {
            assert_eq!(sanitize(&hidden.to_string()), "\u{fffd}", "{hidden:?}");
        }
        // What Vietnamese is written with, in both forms of Unicode, stays.
        for shown in ["Đường số 5 – ấp Mỹ Phước “A”", "a\u{302}\u{301}", "…§€\u{fffd}"]
        {
            assert_eq!(sanitize(shown), shown);
        }
        assert_eq!(truncate("ăăă", 3), "ăăă");
        assert_eq!(truncate("ăă\nă", 3), "ăă\u{fffd}…");
    }

    #[test]
    fn long_values_are_masked() {
        assert_eq!(quote(&"ă".repeat(40)), format!("“{}”", "ă".repeat(40)));
        assert_eq!(quote(&"ă".repeat(41)), format!("“{}…”", "ă".repeat(40)));
        assert_eq!(quote("a\nb"), "“a\u{fffd}b”");
        assert_eq!(quote("a\u{202e}b"), "“a\u{fffd}b”", "the reading direction stays");
    }

    #[test]
    fn causes_follow_and_are_said_once() {
        let said = |said, source: Option<Said>| Said { said, source: source.map(Box::new) };
        let error = said("a", Some(said("b: c", Some(said("c", Some(said("d", None)))))));
        assert_eq!(with_causes(&error), "a: b: c: d");
        assert_eq!(with_causes(&said("a", None)), "a");
    }
}
