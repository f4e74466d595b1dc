//! The whole book in one piece, for paper: cover, contents, packs with their rules, tables.

use maud::{Markup, html};

use super::{by_instrument, by_subject, cover, glossary, pack, rule, traceability, unverifiable};
use crate::address::{Links, Target, file};
use crate::layout::{self, title};
use crate::style::{pack_class, running_heads};
use crate::volume::{Volume, entries_of};
use crate::words;

pub(crate) fn page(volume: &Volume) -> (String, String) {
    let links = Links::PRINT;
    let content = html! {
        section.title-sheet #index {
            h1 { (words::SHORT_TITLE) br; span.subtitle { (words::TITLE.trim_start_matches(words::SHORT_TITLE)) } }
            (cover::summary(volume))
            p.sources {
                "Lập từ các gói quy tắc: "
                @for (place, pack) in volume.packs().enumerate() {
                    @if place > 0 { ", " }
                    (pack.manifest.title.vi) " (" code { (pack.manifest.pack) } " " (pack.manifest.version) ")"
                }
                "."
            }
        }
        (contents(volume, links))
        @for (place, of) in volume.packs().enumerate() {
            div class=(pack_class(place)) {
                (pack::body(of, links, 2))
                @for entry in entries_of(of) { (rule::article(entry, links, 3)) }
            }
        }
        (traceability::body(volume, links, 2))
        (unverifiable::body(volume, 2))
        (by_subject::body(volume, links, 2))
        (by_instrument::body(volume, links, 2))
        (glossary::body(2))
    };
    let file = file(Target::Print);
    (file, layout::page(links, "Bản in", &content, &running_heads(volume)))
}

fn contents(volume: &Volume, links: Links) -> Markup {
    let parts = [
        (Target::Traceability, traceability::TITLE),
        (Target::Unverifiable, unverifiable::TITLE),
        (Target::BySubject, by_subject::TITLE),
        (Target::ByInstrument, by_instrument::TITLE),
        (Target::Glossary, glossary::TITLE),
    ];
    html! {
        section.contents {
            (title(2, "Mục lục"))
            @for of in volume.packs() {
                p.contents-pack { a href=(links.to(Target::Pack(&of.manifest.pack))) { (of.manifest.title.vi) } }
                ol {
                    @for entry in entries_of(of) {
                        li {
                            a href=(links.to_rule(entry)) { (entry.rule.title.vi) }
                            @if let Some(requirement) = &entry.rule.requirement { " " span.number { "(" (requirement) ")" } }
                        }
                    }
                }
            }
            @for (target, name) in parts {
                p.contents-pack { a href=(links.to(target)) { (name) } }
            }
        }
    }
}
