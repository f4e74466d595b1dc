//! Sentences that an official would not sign ([`kycuong_model::sentence`]): in titles, norms and the
//! findings that cases record.

use std::collections::BTreeSet;

use kycuong_model::localize::Language;
use kycuong_model::sentence::{SentenceProblem, problems, title_problems};
use kycuong_model::text::Bilingual;

use crate::check::Check;
use crate::{Entry, LintFinding};

/// What a text is, in the sentence of a finding.
type Place = (&'static str, &'static str);

const TITLE: Place = ("Tên quy tắc", "The title");
const NORM: Place = ("Câu quy định", "The norm");
const MESSAGE: Place = ("Câu phát hiện", "The message");
const REMEDY: Place = ("Câu nêu việc cần làm", "The remedy");
const MESSAGE_TEMPLATE: Place = ("Mẫu câu phát hiện", "The template of the message");
const REMEDY_TEMPLATE: Place = ("Mẫu câu nêu việc cần làm", "The template of the remedy");
const REASON: Place = ("Câu nêu lý do không áp dụng", "The reason");

pub(crate) fn check(entries: &[Entry<'_>]) -> Vec<LintFinding> {
    entries.iter().flat_map(check_rule).collect()
}

fn check_rule(entry: &Entry<'_>) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    let mut note = |place: Place, text: &str, problems: Vec<SentenceProblem>| {
        for (what, remedy) in problems.into_iter().map(in_words) {
            let message = Bilingual::new(
                format!("{} “{text}” {}.", place.0, what.vi),
                format!("{} “{text}” {}.", place.1, what.en),
            );
            findings.push(entry.finding(Check::Wording, message, remedy));
        }
    };
    for text in [&entry.rule.title.vi, &entry.rule.title.en] {
        note(TITLE, text, title_problems(text));
    }
    let norm = entry.norm();
    note(NORM, &norm, problems(&norm, Language::Vi));
    for (place, text) in recorded_sentences(entry) {
        note(place, &text.vi, problems(&text.vi, Language::Vi));
        note(place, &text.en, problems(&text.en, Language::En));
    }
    for violation in &entry.rule.violations {
        for (place, text) in
            [(MESSAGE_TEMPLATE, &violation.message), (REMEDY_TEMPLATE, &violation.remedy)]
        {
            note(place, &text.vi, problems(&filled(&text.vi), Language::Vi));
            note(place, &text.en, problems(&filled(&text.en), Language::En));
        }
    }
    findings
}

/// A template with something in its placeholders, so that it can be looked at as the sentence that it becomes.
fn filled(template: &str) -> String {
    let mut sentence = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        sentence.push_str(before);
        sentence.push('X');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    sentence + rest
}

/// The distinct sentences that the rule's cases record.
fn recorded_sentences(entry: &Entry<'_>) -> BTreeSet<(Place, Bilingual)> {
    let mut sentences = BTreeSet::new();
    let cases = entry.pack.cases.rule(&entry.rule.id);
    for wording in cases.into_iter().flat_map(|cases| cases.wordings.iter().cloned()) {
        let place = if wording.remedy.is_some() { MESSAGE } else { REASON };
        sentences.insert((place, wording.message));
        sentences.extend(wording.remedy.map(|remedy| (REMEDY, remedy)));
    }
    sentences
}

/// What is wrong with a text, and how to fix it.
fn in_words(problem: SentenceProblem) -> (Bilingual, Bilingual) {
    let (what, remedy) = match problem {
        SentenceProblem::Empty => (
            "để trống".to_owned(),
            ("Viết đủ bằng cả hai ngôn ngữ.", "Write it in both languages."),
        ),
        SentenceProblem::Decomposed => (
            "có chữ ở dạng tổ hợp rời, không phải dạng dựng sẵn (NFC)".to_owned(),
            ("Lưu tệp nguồn bằng Unicode dựng sẵn.", "Save the source in composed Unicode."),
        ),
        SentenceProblem::StraightQuotes => (
            "dùng dấu ngoặc kép thẳng".to_owned(),
            ("Dùng dấu ngoặc kép “ ”.", "Use typographic quotes “ ”."),
        ),
        SentenceProblem::NoCapital => (
            "không bắt đầu bằng chữ hoa".to_owned(),
            ("Viết thành câu trọn vẹn.", "Write a whole sentence."),
        ),
        SentenceProblem::NoPeriod => (
            "không kết thúc bằng dấu chấm".to_owned(),
            ("Viết thành câu trọn vẹn, có dấu chấm.", "Write a whole sentence with its period."),
        ),
        SentenceProblem::Period => (
            "kết thúc bằng dấu chấm".to_owned(),
            (
                "Bỏ dấu chấm: tên quy tắc không phải là câu.",
                "Drop the period: a title is no sentence.",
            ),
        ),
        SentenceProblem::Exclamation => (
            "có dấu chấm than".to_owned(),
            ("Nêu sự việc, rồi quy định.", "State the fact, then the norm."),
        ),
        SentenceProblem::Blame { word } => (
            format!("quy lỗi bằng từ “{word}”"),
            (
                "Nêu sự việc với số liệu, rồi quy định.",
                "State the fact with its numbers, then the norm.",
            ),
        ),
        SentenceProblem::ForeignDigits => (
            "nhóm chữ số theo cách của ngôn ngữ khác".to_owned(),
            (
                "Để SDK viết số: dùng giá trị có kiểu trong câu, không viết tay.",
                "Let the SDK write numbers: use typed values in the message.",
            ),
        ),
        SentenceProblem::TooLong { found, limit } => (
            format!("dài {found} ký tự, giới hạn là {limit}"),
            (
                "Rút gọn, hoặc tách thành nhiều phát hiện.",
                "Shorten it, or make several findings of it.",
            ),
        ),
    };
    (Bilingual::new(what, problem.to_string()), Bilingual::new(remedy.0, remedy.1))
}
