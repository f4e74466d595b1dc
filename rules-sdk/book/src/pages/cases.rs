//! The cases of a rule: small submissions with what the rule says of them.

use kycuong_model::finding::Missing;
use kycuong_model::snapshot::{self, Conclusion, SnapshotFinding};
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
            (contents(entry))
            @for (place, case) in cases.iter().enumerate() {
                section.case id=(case_anchor(place, case)) {
                    h2 { code { (case.name) } }
                    (outcome(entry, case.outcome.as_deref()))
                    h3 { "Dữ liệu" }
                    pre { (case.content.trim_end()) }
                }
            }
        }
    };
    section(Target::Cases(&manifest.pack, entry.name()), "cases", &content)
}

fn contents(entry: Entry<'_>) -> Markup {
    let rows: Vec<Vec<Markup>> = entry
        .cases()
        .iter()
        .enumerate()
        .map(|(place, case)| {
            vec![
                html! { a href=(format!("#{}", case_anchor(place, case))) { code { (case.name) } } },
                html! { (words::expectation(case.expectation)) },
                html! { (said(case.outcome.as_deref())) },
            ]
        })
        .collect();
    table("case-list", &["Tình huống", "Phải là", "Quy tắc trả lời"], &rows)
}

/// What the rule says of a case, in the words that a submitter reads.
fn outcome(entry: Entry<'_>, outcome: Option<&str>) -> Markup {
    let Some(text) = outcome else {
        return html! { p { "Tác giả chưa ghi lại kết quả." } };
    };
    let Some(snapshot) = snapshot::read(text) else { return html! { pre { (text.trim_end()) } } };
    html! {
        @for finding in &snapshot.findings { (shown(entry, finding)) }
        @match &snapshot.conclusion {
            Conclusion::Fail => {}
            Conclusion::Pass => p { "Quy tắc trả lời: đạt." },
            Conclusion::NotApplicable(reason) => p { "Quy tắc trả lời: không áp dụng. " (reason.vi) },
            Conclusion::NotEvaluated(Missing::Field(path)) => p {
                "Quy tắc trả lời: chưa đánh giá được; thiếu "
                (place(entry, path.as_str())) "."
            },
            Conclusion::NotEvaluated(Missing::Facts(table)) => p {
                "Quy tắc trả lời: chưa đánh giá được; thiếu bảng dữ liệu tham chiếu "
                @if let Some(name) = reads::table(table) { "“" (name) "” " }
                code { (table) } "."
            },
        }
    }
}

/// A finding with its place and remedy, and both sentences in English.
fn shown(entry: Entry<'_>, finding: &SnapshotFinding) -> Markup {
    html! {
        dl.facts.finding {
            dt { "Phát hiện" }
            dd {
                span.mark.(finding.severity.code()) { (words::severity(finding.severity)) }
                " " (finding.message.vi)
                span.english lang="en" { (finding.message.en) }
            }
            dt { "Vị trí" } dd { (place(entry, &finding.path)) }
            dt { "Cần làm" }
            dd { strong { (finding.remedy.vi) } span.english lang="en" { (finding.remedy.en) } }
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
fn said(outcome: Option<&str>) -> String {
    let Some(snapshot) = outcome.and_then(snapshot::read) else {
        return "chưa ghi lại".to_owned();
    };
    let findings = snapshot.findings.len();
    let gravest = snapshot.findings.iter().map(|finding| finding.severity).max();
    let found = gravest.map(|gravest| {
        let word = words::severity(gravest).to_lowercase();
        format!("{} phát hiện, nặng nhất: {word}", words::number(findings))
    });
    match (snapshot.conclusion, found) {
        (Conclusion::Pass, _) => "đạt".to_owned(),
        (Conclusion::NotApplicable(_), _) => "không áp dụng".to_owned(),
        (Conclusion::Fail, found) => found.unwrap_or_default(),
        (Conclusion::NotEvaluated(_), None) => "chưa đánh giá được".to_owned(),
        (Conclusion::NotEvaluated(_), Some(found)) => format!("chưa đánh giá được; {found}"),
    }
}
