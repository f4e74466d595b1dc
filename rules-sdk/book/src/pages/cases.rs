//! The cases of a rule: small submissions with what the rule says of them.

use kycuong_cases::pretty;
use kycuong_model::cases::{CaseFinding, CaseOutcome, CaseWording};
use kycuong_model::finding::Missing;
use maud::{Markup, html};

use crate::address::{Links, Target, case_anchor};
use crate::layout::{rule_number, section, table, title};
use crate::reads;
use crate::volume::Entry;
use crate::words;

pub(crate) fn body(entry: Entry<'_>, links: Links) -> Markup {
    let manifest = &entry.pack.manifest;
    let cases = entry.cases();
    let content = html! {
        nav.trail aria-label="Vị trí trong sổ tay" {
            a href=(links.to(Target::Cover)) { (words::SHORT_TITLE) }
            " › "
            a href=(links.to(Target::Pack(&manifest.pack))) { (manifest.title.vi) }
            " › "
            a href=(links.to_rule(entry)) { (entry.rule.title.vi) }
        }
        (title(1, "Tình huống mẫu"))
        p.rule-head { (entry.rule.title.vi) " · " (rule_number(entry)) code { (entry.rule.id) } }
        p {
            "Mỗi tình huống chỉ chứa dữ liệu mà quy tắc đọc; số liệu, tên gọi là giả định. Kết quả được tác giả gói quy tắc ghi lại và kiểm thử khi dựng gói."
        }
        @if cases.is_empty() {
            p { "Gói quy tắc không kèm tình huống mẫu của quy tắc này." }
        } @else {
            (wordings(entry))
            (contents(entry))
            @for (place, case) in cases.iter().enumerate() {
                section.case id=(case_anchor(place)) {
                    h2 { (words::case_title(case)) }
                    (outcome(entry, case.outcome.as_ref()))
                    h3 { "Dữ liệu" }
                    pre { (pretty(&case.content).unwrap_or_else(|_| case.content.clone())) }
                }
            }
        }
    };
    section(Target::Cases(&manifest.pack, entry.name()), "cases", &content)
}

/// The sentences that a submitter reads, each by an example.
fn wordings(entry: Entry<'_>) -> Markup {
    let (reasons, found): (Vec<_>, Vec<_>) =
        entry.wordings().iter().partition(|wording| wording.remedy.is_none());
    html! {
        @if !found.is_empty() {
            h2 { "Câu chữ của phát hiện" }
            @for wording in found { (sentences(entry, wording)) }
        }
        @if !reasons.is_empty() {
            h2 { "Lý do không áp dụng" }
            @for wording in reasons { (sentences(entry, wording)) }
        }
    }
}

fn sentences(entry: Entry<'_>, wording: &CaseWording) -> Markup {
    let place = entry.place_of(&wording.case);
    html! {
        dl.facts.finding {
            dt { code { (wording.code) } }
            dd { (wording.message.vi) span.english lang="en" { (wording.message.en) } }
            @if let Some(remedy) = &wording.remedy {
                dt { "Cần làm" }
                dd { strong { (remedy.vi) } span.english lang="en" { (remedy.en) } }
            }
            @if let Some((place, case)) = place.and_then(|at| Some((at, entry.cases().get(at)?))) {
                dt { "Tình huống" }
                dd { a href=(format!("#{}", case_anchor(place))) { (words::case_title(case)) } }
            }
        }
    }
}

fn contents(entry: Entry<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = entry
        .cases()
        .iter()
        .enumerate()
        .map(|(place, case)| {
            vec![
                html! { a href=(format!("#{}", case_anchor(place))) { (case.name) } },
                html! { (words::expectation(case.expectation)) },
                html! { (outcome_in_words(case.outcome.as_ref())) },
            ]
        })
        .collect();
    table("case-list", &["Tình huống", "Phải là", "Quy tắc trả lời"], &rows)
}

/// What the rule says of a case.
fn outcome(entry: Entry<'_>, outcome: Option<&CaseOutcome>) -> Markup {
    let Some(outcome) = outcome else {
        return html! { p { "Tác giả chưa ghi lại kết quả." } };
    };
    html! {
        @for finding in outcome.findings() { (finding_in_full(entry, finding)) }
        @match outcome {
            CaseOutcome::Fail { .. } => {}
            CaseOutcome::Pass => p { "Quy tắc trả lời: đạt." },
            CaseOutcome::NotApplicable => p { "Quy tắc trả lời: không áp dụng." },
            CaseOutcome::NotEvaluated { missing: Missing::Field(path), .. } => p {
                "Quy tắc trả lời: chưa đánh giá được; thiếu "
                (place(entry, path.as_str())) "."
            },
            CaseOutcome::NotEvaluated { missing: Missing::Facts(table), .. } => p {
                "Quy tắc trả lời: chưa đánh giá được; thiếu bảng dữ liệu tham chiếu "
                @if let Some(name) = reads::table(table) { "“" (name) "” " }
                code { (table) } "."
            },
        }
    }
}

/// A finding with its place and the values behind its sentences.
fn finding_in_full(entry: Entry<'_>, finding: &CaseFinding) -> Markup {
    html! {
        dl.facts.finding {
            dt { "Phát hiện" }
            dd {
                span.mark.(finding.severity.code()) { (words::severity(finding.severity)) }
                " " code { (finding.code) }
            }
            dt { "Vị trí" } dd { (place(entry, finding.path.as_str())) }
            @if !finding.values.is_empty() {
                dt { "Số liệu" }
                dd {
                    @for (name, value) in &finding.values {
                        div { code { (name) } " = " (value) }
                    }
                }
            }
        }
    }
}

/// A place by the titles of the forms, and as a pointer.
pub(super) fn place(entry: Entry<'_>, path: &str) -> Markup {
    let titles = entry.rule.subjects.iter().find_map(|code| reads::pointer_titles(code, path));
    html! {
        @if path.is_empty() { "toàn bộ hồ sơ" }
        @else {
            @if let Some(titles) = titles { (titles) " " }
            code { (path) }
        }
    }
}

/// An outcome in a few words.
fn outcome_in_words(outcome: Option<&CaseOutcome>) -> String {
    let Some(outcome) = outcome else {
        return "chưa ghi lại".to_owned();
    };
    let findings = outcome.findings();
    let highest = findings.iter().map(|finding| finding.severity).max();
    let found = highest.map(|highest| {
        let word = words::severity(highest).to_lowercase();
        format!("{} phát hiện, nặng nhất: {word}", words::number(findings.len()))
    });
    match (outcome, found) {
        (CaseOutcome::Pass, _) => "đạt".to_owned(),
        (CaseOutcome::NotApplicable, _) => "không áp dụng".to_owned(),
        (CaseOutcome::Fail { .. }, found) => found.unwrap_or_default(),
        (CaseOutcome::NotEvaluated { .. }, None) => "chưa đánh giá được".to_owned(),
        (CaseOutcome::NotEvaluated { .. }, Some(found)) => format!("chưa đánh giá được; {found}"),
    }
}
