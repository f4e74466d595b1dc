//! A rule: the norm, its source, what is checked, and an example of what is returned.

use std::collections::BTreeSet;

use kycuong_model::codes::Stage;
use kycuong_model::finding::Severity;
use kycuong_model::manifest::{FactNeed, RuleDescription};
use kycuong_model::regime::Regime;
use kycuong_model::text::Bilingual;
use maud::{Markup, html};

use super::cases;
use crate::address::{Links, Target, anchor, case_anchor};
use crate::layout::{case_counts, heading, mark, rule_number, table, title};
use crate::reads;
use crate::volume::{Entry, Example};
use crate::words::{self, prose};

/// The page of a rule, between its neighbours.
pub(crate) fn page(
    entry: Entry<'_>,
    before: Option<Entry<'_>>,
    next: Option<Entry<'_>>,
    links: Links,
) -> Markup {
    let manifest = &entry.pack.manifest;
    html! {
        nav.trail aria-label="Vị trí trong sổ tay" {
            a href=(links.to(Target::Cover)) { (words::SHORT_TITLE) }
            " › "
            a href=(links.to(Target::Pack(&manifest.pack))) { (manifest.title.vi) }
        }
        (article(entry, links, 1))
        nav.turn aria-label="Quy tắc liền kề" {
            @if let Some(before) = before {
                a.before rel="prev" href=(links.to_rule(before)) { "‹ " (before.rule.title.vi) }
            }
            @if let Some(next) = next {
                a.next rel="next" href=(links.to_rule(next)) { (next.rule.title.vi) " ›" }
            }
        }
    }
}

/// The rule itself, with headings from a level on.
pub(crate) fn article(entry: Entry<'_>, links: Links, level: u8) -> Markup {
    let rule = entry.rule;
    let target = Target::Rule(&entry.pack.manifest.pack, entry.name());
    let mut paragraphs = words::paragraphs(&rule.doc).into_iter();
    let norm = paragraphs.next().unwrap_or_default();
    let rest: Vec<String> = paragraphs.collect();
    let inner = level + 1;
    html! {
        article.rule-page id=(anchor(target)) {
            (heading(level, &html! { (rule.title.vi) }))
            p.rule-head { (mark(rule.severity, links)) " " (rule_number(entry)) code { (rule.id) } }
            p.norm { (prose(&norm)) }
            @if let Some(quote) = &rule.quote {
                figure.quote {
                    blockquote { p { "“" (quote) "”" } }
                    figcaption {
                        @match entry.source() {
                            Some(source) => { "Trích: " (source) "." }
                            None => "Trích từ văn bản nêu tại mục “Căn cứ pháp lý”.",
                        }
                    }
                }
            }
            @if !rule.basis.is_empty() {
                (title(inner, "Căn cứ pháp lý"))
                ul.basis { @for basis in &rule.basis { li { (basis) } } }
            }
            @if !rest.is_empty() {
                (title(inner, "Nội dung kiểm tra"))
                @for paragraph in rest { p { (prose(&paragraph)) } }
            }
            (example(entry, links, inner))
            @if !rule.violations.is_empty() {
                (title(inner, "Các vi phạm"))
                (violations(rule, links))
            }
            (title(inner, "Mức xử lý và áp dụng"))
            (application(entry, links))
            @if !rule.parameters.is_empty() {
                (title(inner, "Tham số địa phương được đặt"))
                (parameters(rule))
            }
            (title(inner, "Dữ liệu được đọc"))
            (members(rule))
            @if !rule.facts.is_empty() { (facts(rule)) }
        }
    }
}

fn application(entry: Entry<'_>, links: Links) -> Markup {
    let rule = entry.rule;
    let subjects: Vec<&str> = rule.subjects.iter().map(|code| words::subject(code)).collect();
    let kinds: Vec<&str> = rule.kinds.iter().map(|code| words::kind(code)).collect();
    html! {
        dl.facts {
            dt { "Mức xử lý" }
            dd {
                (words::severity(rule.severity)) ". " (words::severity_meaning(rule.severity))
                @if entry.severity_now() < rule.severity {
                    " " strong { "Hiện chỉ cảnh báo" } ": "
                    @if !rule.verified {
                        "số liệu pháp lý của quy tắc chưa được kiểm chứng."
                    } @else {
                        "gói quy tắc thuộc diện lịch sử, chưa được địa phương quyết định áp dụng."
                    }
                }
            }
            dt { "Thời gian áp dụng" } dd { (words::effective(rule.effective)) "." }
            dt { "Số liệu pháp lý" }
            dd {
                @if rule.verified { "Đã kiểm chứng." }
                @else { "Chưa kiểm chứng; quy tắc chỉ cảnh báo." }
            }
            dt { "Đối tượng" }
            dd {
                (subjects.join("; "))
                @if rule.subjects.iter().any(|code| code == "dossier") {
                    @if kinds.is_empty() { " (mọi loại hồ sơ)" }
                    @else { ". Loại hồ sơ: " (kinds.join("; ")) }
                    @if !rule.regimes.is_empty() {
                        ". Theo: " (words::titles::<Regime>(&rule.regimes).join("; "))
                    }
                    @if !rule.stages.is_empty() {
                        ". Bước: " (words::titles::<Stage>(&rule.stages).join("; "))
                    }
                }
                "."
            }
            dt { "Tình huống mẫu" } dd { (case_counts(entry, links)) "." }
        }
    }
}

fn example(entry: Entry<'_>, links: Links, level: u8) -> Markup {
    let Some(Example { place, case, finding, message, remedy }) = entry.example() else {
        return html! {
            (title(level, "Ví dụ không đạt"))
            p { "Gói quy tắc chưa kèm tình huống không đạt của quy tắc này." }
        };
    };
    let anchor = case_anchor(place);
    let case_link =
        links.to(Target::Case(&entry.pack.manifest.pack, entry.name(), anchor.as_str()));
    html! {
        div.example {
            (title(level, "Ví dụ không đạt"))
            dl.facts {
                dt { "Phát hiện" }
                dd { span.mark.(finding.severity.code()) { (words::severity(finding.severity)) } " " (message.vi) }
                dt { "Vị trí" }
                dd { (cases::place(entry, finding.path.as_str())) }
                dt { "Cần làm" } dd { strong { (remedy.vi) } }
                dt { "Tình huống" } dd { a href=(case_link) { (words::case_title(case)) } }
            }
            @if finding.severity == Severity::Block && entry.severity_now() < Severity::Block {
                p.note { "Phát hiện ở mức “Chặn” được hạ xuống “Cảnh báo” trong điều kiện nêu ở mục “Mức xử lý và áp dụng”." }
            }
        }
    }
}

/// Everything that the rule can find: by its code, with both templates, what to do and the names of the values.
fn violations(rule: &RuleDescription, links: Links) -> Markup {
    let both = |text: &Bilingual| {
        html! { p { (text.vi) } p lang="en" { (text.en) } }
    };
    let rows: Vec<Vec<Markup>> = rule
        .violations
        .iter()
        .map(|violation| {
            vec![
                html! { code { (violation.code) } },
                mark(violation.severity, links),
                both(&violation.message),
                both(&violation.remedy),
                html! {
                    @for (place, name) in violation.values.iter().enumerate() {
                        @if place > 0 { ", " }
                        code { (name) }
                    }
                },
            ]
        })
        .collect();
    table("violations", &["Mã vi phạm", "Mức", "Nội dung", "Cần làm", "Giá trị"], &rows)
}

fn parameters(rule: &RuleDescription) -> Markup {
    let rows: Vec<Vec<Markup>> = rule
        .parameters
        .iter()
        .map(|parameter| {
            let value = |text: &str| words::parameter_value(parameter, text);
            let bounds = match (&parameter.min, &parameter.max) {
                (Some(min), Some(max)) => format!("từ {} đến {}", value(min), value(max)),
                _ => words::parameter_kind(&parameter.kind).to_owned(),
            };
            vec![
                html! { @for text in words::paragraphs(&parameter.doc) { (prose(&text)) " " } },
                html! { (bounds) },
                html! { (value(&parameter.default)) },
                html! { code { (parameter.name) } },
            ]
        })
        .collect();
    table("parameters", &["Ý nghĩa", "Giới hạn", "Mặc định", "Tên tham số"], &rows)
}

/// The members that the rule reads, by the titles of the forms; a rule for several subjects reads
/// some members in each. A list or an object is left out where members of it are named.
fn members(rule: &RuleDescription) -> Markup {
    let contains = |whole: &String, part: &String| {
        part.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    let named = |path: &&String| !rule.reads.iter().any(|other| contains(path, other));
    html! {
        ul.reads {
            @for path in rule.reads.iter().filter(named) {
                @let titles = {
                    let titles = rule.subjects.iter().filter_map(|code| reads::path_titles(code, path));
                    titles.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("; ")
                };
                li { (titles) " " code { (path) } }
            }
        }
    }
}

fn facts(rule: &RuleDescription) -> Markup {
    let rows: Vec<Vec<Markup>> = rule
        .facts
        .iter()
        .map(|need| {
            let name = reads::table(&need.table).unwrap_or(&need.table);
            let absent = if need.optional {
                "vẫn đánh giá được, không đối chiếu với bảng này"
            } else {
                "quy tắc chưa đánh giá được, không bao giờ tính là đạt"
            };
            vec![
                html! { (name) " " code { (need.table) } },
                html! { (rows_wanted(rule, need)) },
                html! { (absent) },
            ]
        })
        .collect();
    table("tables", &["Bảng dữ liệu tham chiếu", "Dòng được đọc", "Khi không có bảng"], &rows)
}

fn rows_wanted(rule: &RuleDescription, need: &FactNeed) -> Markup {
    let (Some(column), Some(path)) = (&need.column, &need.path) else {
        return html! { "tất cả các dòng" };
    };
    let column_name = reads::column(&need.table, column).unwrap_or(column);
    let path_name = rule.subjects.iter().find_map(|code| reads::path_titles(code, path));
    html! {
        "dòng có “" (column_name) "” bằng "
        @if let Some(name) = path_name { "“" (name) "” " }
        code { (path) }
    }
}
