//! Texts in two languages, and who says what of how sure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::localize::Localize;

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
}

/// Whether terminals and browsers act on a character instead of showing it: control characters, and
/// what turns the reading direction or breaks a line.
pub fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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

/// The Vietnamese text, as among the measured values of a finding.
impl fmt::Display for Bilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.vi)
    }
}
