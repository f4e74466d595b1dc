//! The pages of the book; each module is one kind of page, as a page and as a part of the printed book.

mod by_instrument;
mod by_subject;
mod cases;
mod cover;
mod glossary;
mod pack;
mod print;
mod rule;
mod traceability;
mod unverifiable;

use maud::Markup;

use crate::address::{Links, Target, file};
use crate::layout::page;
use crate::volume::Volume;
use crate::words;

/// Every page: its file's name and its text.
pub(crate) fn all(volume: &Volume) -> Vec<(String, String)> {
    let mut pages = vec![
        plain(Target::Cover, words::TITLE, |links| cover::body(volume, links)),
        plain(Target::Traceability, traceability::TITLE, |links| {
            traceability::body(volume, links, 1)
        }),
        plain(Target::Unverifiable, unverifiable::TITLE, |_| unverifiable::body(volume, 1)),
        plain(Target::BySubject, by_subject::TITLE, |links| by_subject::body(volume, links, 1)),
        plain(Target::ByInstrument, by_instrument::TITLE, |links| {
            by_instrument::body(volume, links, 1)
        }),
        plain(Target::Glossary, glossary::TITLE, |_| glossary::body(1)),
        print::page(volume),
    ];
    for pack in volume.packs() {
        let manifest = &pack.manifest;
        let target = Target::Pack(&manifest.pack);
        pages.push(plain(target, &manifest.title.vi, |links| pack::body(pack, links, 1)));
    }
    let entries: Vec<_> = volume.entries().collect();
    for (place, entry) in entries.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| entries.get(before));
        let next = entries.get(place + 1);
        let (pack, name) = (entry.pack.manifest.pack.as_str(), entry.name());
        let title = entry.rule.title.vi.as_str();
        pages.push(plain(Target::Rule(pack, name), title, |links| {
            rule::page(*entry, before.copied(), next.copied(), links)
        }));
        let title = format!("Tình huống mẫu: {title}");
        pages.push(plain(Target::Cases(pack, name), &title, |links| cases::body(*entry, links)));
    }
    pages
}

fn plain(
    target: Target<'_>,
    title: &str,
    content: impl FnOnce(Links) -> Markup,
) -> (String, String) {
    let links = Links::from(target);
    (file(target), page(links, title, &content(links), ""))
}
