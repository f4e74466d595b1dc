//! A pack: where its words come from, where it applies, and its rules.

use maud::{Markup, html};

use super::{cover, unverifiable};
use crate::BookPack;
use crate::address::{Links, Target};
use crate::layout::{case_counts, mark, rule_link, section, table, title};
use crate::volume::entries_of;
use crate::words;

pub(crate) fn body(pack: &BookPack, links: Links, level: u8) -> Markup {
    let manifest = &pack.manifest;
    let content = html! {
        (title(level, &manifest.title.vi))
        dl.facts {
            @if let Some(source) = &manifest.source {
                dt { "Văn bản nguồn" } dd { (source.vi) }
            }
            dt { "Địa bàn" } dd { (words::places(&manifest.jurisdiction.provinces)) "." }
            dt { "Tình trạng" }
            dd { (words::status(manifest.status)) ". " (words::status_meaning(manifest.status)) }
            dt { "Quy tắc" } dd { (cover::counts(pack)) }
            dt { "Tình huống mẫu" } dd { (cover::case_counts(pack)) }
            dt { "Tệp" }
            dd { code { (manifest.pack) } " " (manifest.version) br; code.digest { (pack.digest) } }
        }
        (title(level + 1, "Quy tắc của gói"))
        (rules(pack, links))
        @if !manifest.unverifiable.is_empty() {
            (title(level + 1, "Nghĩa vụ không kiểm tra bằng máy"))
            (unverifiable::list(pack))
        }
    };
    section(Target::Pack(&manifest.pack), "pack", &content)
}

fn rules(pack: &BookPack, links: Links) -> Markup {
    let rows: Vec<Vec<Markup>> = entries_of(pack)
        .map(|entry| {
            vec![
                rule_link(entry, links),
                mark(entry.rule.severity, links),
                html! { (words::effective_short(entry.rule.effective)) },
                case_counts(entry, links),
            ]
        })
        .collect();
    table("rules", &["Quy tắc", "Mức", "Thời gian áp dụng", "Tình huống mẫu"], &rows)
}
