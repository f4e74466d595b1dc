//! Sentences that an official would not sign: in titles, norms and the findings that cases record.
//!
//! A whole sentence with capital and period, in both languages; composed letters (NFC); typographic
//! quotes; digits grouped as each language does; no blame, no exclamation mark; not too long.

use std::collections::BTreeSet;

use kycuong_model::snapshot::{self, Conclusion};
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::{Entry, LintFinding};

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

/// Which language a text is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Vi,
    En,
}

/// What a text is, in the sentence of a finding.
type Place = (&'static str, &'static str);

const TITLE: Place = ("Tên quy tắc", "The title");
const NORM: Place = ("Câu quy định", "The norm");
const MESSAGE: Place = ("Câu phát hiện", "The message");
const REMEDY: Place = ("Câu nêu việc cần làm", "The remedy");
const REASON: Place = ("Câu nêu lý do không áp dụng", "The reason");

/// What is wrong with a text, and how to mend it.
type Fault = (Bilingual, Bilingual);

pub(crate) fn check(entries: &[Entry<'_>]) -> Vec<LintFinding> {
    entries.iter().flat_map(check_rule).collect()
}

fn check_rule(entry: &Entry<'_>) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    let mut note = |place: Place, text: &str, faults: Vec<Fault>| {
        for (what, remedy) in faults {
            let message = Bilingual::new(
                format!("{} “{text}” {}.", place.0, what.vi),
                format!("{} “{text}” {}.", place.1, what.en),
            );
            findings.push(entry.finding(Check::Wording, message, remedy));
        }
    };
    for text in [&entry.rule.title.vi, &entry.rule.title.en] {
        note(TITLE, text, title_faults(text));
    }
    let norm = entry.norm();
    note(NORM, &norm, sentence_faults(&norm, Language::Vi));
    for (place, text) in said(entry) {
        note(place, &text.vi, sentence_faults(&text.vi, Language::Vi));
        note(place, &text.en, sentence_faults(&text.en, Language::En));
    }
    findings
}

/// The distinct sentences that the rule's cases record.
fn said(entry: &Entry<'_>) -> BTreeSet<(Place, Bilingual)> {
    let cases = entry.pack.cases.of(&entry.rule.id);
    let mut said = BTreeSet::new();
    for snapshot in cases.iter().filter_map(|case| snapshot::read(case.outcome.as_deref()?)) {
        for finding in snapshot.findings {
            said.insert((MESSAGE, finding.message));
            said.insert((REMEDY, finding.remedy));
        }
        if let Conclusion::NotApplicable(reason) = snapshot.conclusion {
            said.insert((REASON, reason));
        }
    }
    said
}

fn title_faults(text: &str) -> Vec<Fault> {
    let mut faults = letters(text);
    if text.trim().is_empty() {
        return vec![absent()];
    }
    if text.ends_with('.') {
        faults.push(fault(
            ("kết thúc bằng dấu chấm", "ends with a period"),
            (
                "Bỏ dấu chấm: tên quy tắc không phải là câu.",
                "Drop the period: a title is no sentence.",
            ),
        ));
    }
    faults.extend(too_long(text, TITLE_CHARACTERS_MAX));
    faults
}

fn sentence_faults(text: &str, language: Language) -> Vec<Fault> {
    if text.trim().is_empty() {
        return vec![absent()];
    }
    let mut faults = letters(text);
    let starts_well = text
        .chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || first.is_numeric() || first == '“');
    if !starts_well {
        faults.push(fault(
            ("không bắt đầu bằng chữ hoa", "does not begin with a capital"),
            ("Viết thành câu trọn vẹn.", "Write a whole sentence."),
        ));
    }
    if !text.ends_with('.') {
        faults.push(fault(
            ("không kết thúc bằng dấu chấm", "does not end with a period"),
            ("Viết thành câu trọn vẹn, có dấu chấm.", "Write a whole sentence with its period."),
        ));
    }
    if text.contains('!') {
        faults.push(fault(
            ("có dấu chấm than", "has an exclamation mark"),
            ("Nêu sự việc, rồi quy định.", "State the fact, then the norm."),
        ));
    }
    if let Some(word) = blame(text, language) {
        faults.push(fault(
            (&format!("quy lỗi bằng từ “{word}”"), &format!("lays blame by the word “{word}”")),
            (
                "Nêu sự việc với số liệu, rồi quy định.",
                "State the fact with its numbers, then the norm.",
            ),
        ));
    }
    if foreign_digits(text, language) {
        faults.push(fault(
            ("nhóm chữ số theo cách của ngôn ngữ khác", "groups digits as the other language does"),
            (
                "Để SDK viết số: dùng giá trị có kiểu trong câu, không viết tay.",
                "Let the SDK write numbers: use typed values in the message.",
            ),
        ));
    }
    faults.extend(too_long(text, SENTENCE_CHARACTERS_MAX));
    faults
}

/// What holds for titles and sentences alike.
fn letters(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if text.chars().any(|letter| ('\u{300}'..='\u{36f}').contains(&letter)) {
        faults.push(fault(
            (
                "có chữ ở dạng tổ hợp rời, không phải dạng dựng sẵn (NFC)",
                "has decomposed letters, not NFC",
            ),
            ("Lưu tệp nguồn bằng Unicode dựng sẵn.", "Save the source in composed Unicode."),
        ));
    }
    if text.contains('"') {
        faults.push(fault(
            ("dùng dấu ngoặc kép thẳng", "has straight quotes"),
            ("Dùng dấu ngoặc kép “ ”.", "Use typographic quotes “ ”."),
        ));
    }
    faults
}

fn absent() -> Fault {
    fault(
        ("để trống", "is empty"),
        ("Viết đủ bằng cả hai ngôn ngữ.", "Write it in both languages."),
    )
}

fn too_long(text: &str, limit: usize) -> Option<Fault> {
    let length = text.chars().count();
    (length > limit).then(|| {
        fault(
            (
                &format!("dài {length} ký tự, giới hạn là {limit}"),
                &format!("has {length} characters, the limit is {limit}"),
            ),
            (
                "Rút gọn, hoặc tách thành nhiều phát hiện.",
                "Shorten it, or make several findings of it.",
            ),
        )
    })
}

fn fault(what: (&str, &str), remedy: (&str, &str)) -> Fault {
    (Bilingual::new(what.0, what.1), Bilingual::new(remedy.0, remedy.1))
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
