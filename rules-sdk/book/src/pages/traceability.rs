//! From sentence to rule to cases: which words of which text are enforced, and what shows it.

use kycuong_model::manifest::Basis;
use maud::{Markup, html};

use crate::BookPack;
use crate::address::{Links, Target};
use crate::layout::{case_counts, mark, rule_link, section, table, title};
use crate::volume::{Entry, Volume, entries_of};
use crate::words::{self, prose};

pub(crate) const TITLE: &str = "Đối chiếu câu trích, quy tắc, tình huống mẫu";

pub(crate) fn body(volume: &Volume, links: Links, level: u8) -> Markup {
    let content = html! {
        (title(level, TITLE))
        p {
            "Mỗi dòng là một câu của văn bản, quy tắc thi hành câu đó và các tình huống mẫu chứng minh. Quy tắc không trích "
            "nguyên văn được nêu bằng câu quy định của chính quy tắc."
        }
        @for pack in volume.packs() {
            (title(level + 1, &pack.manifest.title.vi))
            @if let Some(source) = &pack.manifest.source { p.source { "Nguồn: " (source.vi) "." } }
            (rows(pack, links))
        }
    };
    section(Target::Traceability, "traceability", &content)
}

fn rows(pack: &BookPack, links: Links) -> Markup {
    let rows: Vec<Vec<Markup>> = entries_of(pack)
        .map(|entry| {
            vec![
                sentence(entry),
                html! { (mark(entry.rule.severity, links)) " " (rule_link(entry, links)) },
                case_counts(entry, links),
            ]
        })
        .collect();
    table("trace", &["Câu trong văn bản", "Quy tắc", "Tình huống mẫu"], &rows)
}

fn sentence(entry: Entry<'_>) -> Markup {
    let basis: Vec<String> = entry.rule.basis.iter().map(Basis::to_string).collect();
    html! {
        @match &entry.rule.quote {
            Some(quote) => q { (quote) }
            None => span.norm-sentence {
                (prose(&words::paragraphs(&entry.rule.doc).into_iter().next().unwrap_or_default()))
            }
        }
        @if !basis.is_empty() { span.basis { (basis.join("; ")) } }
    }
}
