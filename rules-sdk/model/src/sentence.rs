//! What keeps an official from signing a sentence: of a finding, a remedy, a norm or a title.
//!
//! A whole sentence with capital and period; composed letters (NFC); typographic quotes; digits grouped
//! as its language does; no blame, no exclamation mark; not too long.

use crate::localize::Language;

/// Longest sentence of a finding, a remedy or a norm, in characters. The longest of the packs that
/// are known has 285, with six amounts of fifteen digits.
pub const SENTENCE_CHARACTERS_MAX: usize = 400;

/// Longest title, in characters: one line of a table.
pub const TITLE_CHARACTERS_MAX: usize = 80;

/// Words that lay blame on somebody, in lower case; each is looked for as whole words.
const BLAME_VI: [&str; 7] =
    ["lỗi", "vi phạm", "sai phạm", "cố tình", "cẩu thả", "gian dối", "thiếu trách nhiệm"];
const BLAME_EN: [&str; 8] =
    ["error", "errors", "fault", "illegal", "violation", "violates", "careless", "negligent"];

/// One thing that is wrong with a sentence or a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SentenceProblem {
    /// Nothing is written.
    #[error("is empty")]
    Empty,
    /// Letters and their marks stand apart.
    #[error("has decomposed letters, not NFC")]
    Decomposed,
    /// Quotes that are not typographic.
    #[error("has straight quotes")]
    StraightQuotes,
    /// It begins in the middle.
    #[error("does not begin with a capital")]
    NoCapital,
    /// It does not end.
    #[error("does not end with a period")]
    NoPeriod,
    /// A title that ends as a sentence does.
    #[error("ends with a period")]
    Period,
    /// It is shouted.
    #[error("has an exclamation mark")]
    Exclamation,
    /// A word lays blame on somebody.
    #[error("lays blame by the word “{word}”")]
    Blame {
        /// The word, in lower case.
        word: &'static str,
    },
    /// Digits are grouped as in the other language.
    #[error("groups digits as the other language does")]
    ForeignDigits,
    /// Nobody reads it to its end.
    #[error("has {found} characters, the limit is {limit}")]
    TooLong {
        /// Its characters.
        found: usize,
        /// The most.
        limit: usize,
    },
}

crate::error_codes!(SentenceProblem {
    Empty => "empty",
    Decomposed => "decomposed",
    StraightQuotes => "straight-quotes",
    NoCapital => "no-capital",
    NoPeriod => "no-period",
    Period => "period",
    Exclamation => "exclamation",
    Blame => "blame",
    ForeignDigits => "foreign-digits",
    TooLong => "too-long",
});

/// What is wrong with a sentence.
pub fn problems(text: &str, language: Language) -> Vec<SentenceProblem> {
    if text.trim().is_empty() {
        return vec![SentenceProblem::Empty];
    }
    let mut problems = letters(text);
    let starts_well = |first: char| first.is_uppercase() || first.is_numeric() || first == '“';
    if !text.starts_with(starts_well) {
        problems.push(SentenceProblem::NoCapital);
    }
    if !text.ends_with('.') {
        problems.push(SentenceProblem::NoPeriod);
    }
    if text.contains('!') {
        problems.push(SentenceProblem::Exclamation);
    }
    problems.extend(blame(text, language).map(|word| SentenceProblem::Blame { word }));
    if foreign_digits(text, language) {
        problems.push(SentenceProblem::ForeignDigits);
    }
    problems.extend(too_long(text, SENTENCE_CHARACTERS_MAX));
    problems
}

/// What is wrong with a title.
pub fn title_problems(text: &str) -> Vec<SentenceProblem> {
    if text.trim().is_empty() {
        return vec![SentenceProblem::Empty];
    }
    let mut problems = letters(text);
    if text.ends_with('.') {
        problems.push(SentenceProblem::Period);
    }
    problems.extend(too_long(text, TITLE_CHARACTERS_MAX));
    problems
}

/// What holds for titles and sentences alike.
fn letters(text: &str) -> Vec<SentenceProblem> {
    let mut problems = Vec::new();
    if text.chars().any(|letter| ('\u{300}'..='\u{36f}').contains(&letter)) {
        problems.push(SentenceProblem::Decomposed);
    }
    if text.contains('"') {
        problems.push(SentenceProblem::StraightQuotes);
    }
    problems
}

fn too_long(text: &str, limit: usize) -> Option<SentenceProblem> {
    let found = text.chars().count();
    (found > limit).then_some(SentenceProblem::TooLong { found, limit })
}

/// A word of blame outside quotes, where it is the submitter's own or a code's title.
fn blame(text: &str, language: Language) -> Option<&'static str> {
    let list: &[&'static str] = match language {
        Language::Vi => &BLAME_VI,
        Language::En => &BLAME_EN,
    };
    let mut depth = 0_usize;
    let own: String = text
        .chars()
        .filter(|letter| {
            match letter {
                '“' => depth += 1,
                '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect();
    let words: Vec<String> = own
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    list.iter().copied().find(|wanted| {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        words
            .windows(wanted.len())
            .any(|window| window.iter().map(String::as_str).eq(wanted.iter().copied()))
    })
}

/// Whether a number has two or more groups by the other language's sign: one group could be a
/// fraction (`1,351` is a little more than one in Vietnamese).
fn foreign_digits(text: &str, language: Language) -> bool {
    let sign = match language {
        Language::Vi => ',',
        Language::En => '.',
    };
    text.split(|letter: char| !letter.is_ascii_digit() && letter != sign).any(|number| {
        let groups: Vec<&str> = number.trim_matches(sign).split(sign).collect();
        let three = |group: &&str| group.len() == 3;
        groups.len() >= 3
            && groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(three)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blame_is_found_as_whole_words_outside_quotes() {
        let vi = |text| blame(text, Language::Vi);
        assert_eq!(vi("Hồ sơ có lỗi ở dòng 3."), Some("lỗi"));
        assert_eq!(vi("Đơn vị Vi phạm quy định."), Some("vi phạm"));
        assert_eq!(vi("Cấu phần “Báo lỗi” chưa có mã."), None);
        assert_eq!(vi("Hệ thống lõi chưa được xác định."), None);
        assert_eq!(blame("The total has an error.", Language::En), Some("error"));
        assert_eq!(blame("The terror of it.", Language::En), None);
    }

    #[test]
    fn digits_of_the_other_language() {
        let vi = |text| foreign_digits(text, Language::Vi);
        assert!(vi("Tổng là 1,234,567 đồng."));
        assert!(!vi("Tổng là 1.234.567 đồng, hệ số 1,351."));
        assert!(!vi("Các mã 101, 102, 103 và 7,1,2."));
        assert!(foreign_digits("VND 1.234.567 in all.", Language::En));
        assert!(!foreign_digits("VND 1,234,567, at 1.5.", Language::En));
    }
}
