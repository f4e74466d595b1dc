//! The frame of every page, and the pieces that pages share.

use kycuong_model::cases::Expectation;
use kycuong_model::finding::Severity;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::address::{Links, Target, anchor};
use crate::volume::Entry;
use crate::words;

/// A page: its title, what it shows, and a stylesheet of its own where it needs one.
pub(crate) fn page(links: Links, title: &str, content: &Markup, extra_style: &str) -> String {
    let full_title = if title == words::TITLE {
        title.to_owned()
    } else {
        format!("{title} – {}", words::SHORT_TITLE)
    };
    let markup = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (full_title) }
                link rel="stylesheet" href=(links.to(Target::Style));
                @if !extra_style.is_empty() {
                    // INVARIANT: `style::running_heads` leaves nothing that could end the element.
                    style { (PreEscaped(extra_style)) }
                }
            }
            body {
                a.skip href="#content" { "Đến nội dung chính" }
                header.site {
                    p.site-title { a href=(Links::to(sites(links), Target::Cover)) { (words::SHORT_TITLE) } }
                    (menu(links))
                }
                main #content { (content) }
                footer.site {
                    p {
                        "Sổ tay được lập tự động từ các tệp gói quy tắc. Kết luận của phần mềm chỉ để tham mưu; "
                        "người thẩm định quyết định."
                    }
                }
            }
        }
    };
    markup.into_string()
}

/// The menu leads to the pages, from the printed book too.
fn sites(links: Links) -> Links {
    if links.is_print() { Links::ROOT } else { links }
}

fn menu(links: Links) -> Markup {
    let links = sites(links);
    let items = [
        (Target::Cover, "Mục lục"),
        (Target::BySubject, "Theo đối tượng"),
        (Target::ByInstrument, "Theo văn bản"),
        (Target::Traceability, "Đối chiếu câu trích"),
        (Target::Unverifiable, "Không kiểm tra bằng máy"),
        (Target::Glossary, "Thuật ngữ"),
        (Target::Print, "Bản in"),
    ];
    html! {
        nav aria-label="Các phần của sổ tay" {
            ul { @for (target, name) in items { li { a href=(links.to(target)) { (name) } } } }
        }
    }
}

/// A part of the book: a page of its own, or a section of the printed book.
pub(crate) fn section(target: Target<'_>, class: &str, content: &Markup) -> Markup {
    html! { section id=(anchor(target)) class=(class) { (content) } }
}

/// A heading of a level from 1 to 6; deeper ones are 6.
pub(crate) fn heading(level: u8, content: &Markup) -> Markup {
    match level {
        1 => html! { h1 { (content) } },
        2 => html! { h2 { (content) } },
        3 => html! { h3 { (content) } },
        4 => html! { h4 { (content) } },
        5 => html! { h5 { (content) } },
        _ => html! { h6 { (content) } },
    }
}

/// A heading of plain words.
pub(crate) fn title(level: u8, words: &str) -> Markup {
    heading(level, &html! { (words) })
}

/// A table with its column heads. On a phone each row is a block whose cells say their column, hence
/// the roles: blocks are no table to a screen reader.
pub(crate) fn table(class: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table class=(class) role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    @for column in columns { th scope="col" role="columnheader" { (column) } }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (cell, column) in row.iter().zip(columns) {
                            td role="cell" data-label=(column) { (cell) }
                        }
                    }
                }
            }
        }
    }
}

/// The mark of a severity, which leads to what it means.
pub(crate) fn mark(severity: Severity, links: Links) -> Markup {
    html! {
        a.mark.(severity.code()) href=(links.to(Target::Term(severity.code()))) {
            (words::severity(severity))
        }
    }
}

/// A rule's title as a link, with its id below.
pub(crate) fn rule_link(entry: Entry<'_>, links: Links) -> Markup {
    html! {
        a.rule href=(links.to_rule(entry)) { (entry.rule.title.vi) }
        " "
        span.id { (rule_number(entry)) code { (entry.rule.id) } }
    }
}

/// The requirement that the rule implements, when it names one, before its id.
pub(crate) fn rule_number(entry: Entry<'_>) -> Markup {
    html! { @if let Some(requirement) = &entry.rule.requirement { (requirement) " · " } }
}

/// How many cases of which promise a rule has, as a link to them.
pub(crate) fn case_counts(entry: Entry<'_>, links: Links) -> Markup {
    let counts = [Expectation::Valid, Expectation::Invalid, Expectation::Missing]
        .map(|expectation| (words::expectation(expectation), entry.count(expectation)))
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{} {word}", words::number(count)))
        .collect::<Vec<_>>();
    html! {
        @if counts.is_empty() { "chưa có" }
        @else { a href=(links.to_cases(entry)) { (counts.join(", ")) } }
    }
}
