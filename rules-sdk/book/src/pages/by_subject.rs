//! The rules by what they judge: subject, and kind of dossier.

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, SubjectKind};
use maud::{Markup, html};

use crate::address::{Links, Target};
use crate::layout::{mark, rule_link, section, table, title};
use crate::volume::{Entry, Volume};
use crate::words;

pub(crate) const TITLE: &str = "Quy tắc theo đối tượng và loại hồ sơ";

pub(crate) fn body(volume: &Volume, links: Links, level: u8) -> Markup {
    let content = html! {
        (title(level, TITLE))
        @for subject in SubjectKind::ALL {
            @let judged = |entry: &Entry<'_>| entry.rule.subjects.iter().any(|code| code == subject.code());
            @let entries: Vec<Entry<'_>> = volume.entries().filter(judged).collect();
            (title(level + 1, subject.title_vi()))
            @if entries.is_empty() {
                p { "Chưa có quy tắc." }
            } @else if *subject == SubjectKind::Dossier {
                (by_kind(&entries, links, level + 2))
            } @else {
                (rows(&entries, links))
            }
        }
    };
    section(Target::BySubject, "by-subject", &content)
}

/// The rules of dossiers: those for every kind first, then those that a kind has besides.
fn by_kind(entries: &[Entry<'_>], links: Links, level: u8) -> Markup {
    let (every, some): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
        entries.iter().copied().partition(|entry| entry.rule.kinds.is_empty());
    html! {
        (title(level, "Mọi loại hồ sơ"))
        @if every.is_empty() { p { "Chưa có quy tắc." } } @else { (rows(&every, links)) }
        @for kind in DossierKind::ALL {
            @let of_kind: Vec<Entry<'_>> = some
                .iter()
                .copied()
                .filter(|entry| entry.rule.kinds.iter().any(|code| code == kind.code()))
                .collect();
            @if !of_kind.is_empty() {
                (title(level, &format!("Riêng {}", kind.title_vi())))
                (rows(&of_kind, links))
            }
        }
    }
}

fn rows(entries: &[Entry<'_>], links: Links) -> Markup {
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .map(|entry| {
            vec![
                rule_link(*entry, links),
                mark(entry.rule.severity, links),
                html! { (entry.pack.manifest.title.vi) },
                html! { (words::effective_short(entry.rule.effective)) },
            ]
        })
        .collect();
    table("by-kind", &["Quy tắc", "Mức", "Gói quy tắc", "Thời gian áp dụng"], &rows)
}
