//! Every page is sound HTML, stands by itself, and every link in it leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Page;
use crate::support::book;

fn pages() -> BTreeMap<&'static str, Page> {
    let html = book().files.iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, text)| (name.as_str(), Page::parse(text))).collect()
}

/// The file that a relative reference names, from the folder of another.
fn resolve(from: &str, reference: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in reference.split('/') {
        match step {
            ".." => assert!(steps.pop().is_some(), "{reference} in {from} leaves the book"),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[test]
fn every_link_leads_to_a_page_and_to_an_anchor_on_it() {
    let pages = pages();
    let mut links = 0;
    for (name, page) in &pages {
        for reference in page.values("href") {
            links += 1;
            assert!(!reference.contains(':'), "{name} leads out of the book to {reference}");
            let (path, anchor) = match reference.split_once('#') {
                Some((path, anchor)) => (path, Some(anchor)),
                None => (reference, None),
            };
            let file = if path.is_empty() { (*name).to_owned() } else { resolve(name, path) };
            assert!(book().files.contains_key(&file), "{name}: there is no {reference}");
            if let Some(anchor) = anchor {
                let there = pages.get(file.as_str()).unwrap();
                assert!(there.values("id").contains(&anchor), "{name}: there is no {reference}");
            }
        }
    }
    assert!(links > 1_000, "{links}");
}

#[test]
fn every_page_is_reached_from_the_cover() {
    let pages = pages();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut next = vec!["index.html".to_owned()];
    while let Some(name) = next.pop() {
        // The printed book is one page that leads nowhere new.
        for reference in
            pages.get(name.as_str()).map(|page| page.values("href")).unwrap_or_default()
        {
            let path = reference.split('#').next().unwrap();
            let file = if path.is_empty() { name.clone() } else { resolve(&name, path) };
            if reached.insert(file.clone()) {
                next.push(file);
            }
        }
    }
    let all: BTreeSet<String> = book().files.keys().cloned().collect();
    let lost: Vec<_> =
        all.difference(&reached).filter(|name| *name != kycuong_book::LIST).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let listed: BTreeSet<String> =
        book().files[kycuong_book::LIST].lines().map(str::to_owned).collect();
    assert_eq!(listed, all);
}

#[test]
fn every_page_is_sound_and_stands_by_itself() {
    for (name, page) in pages() {
        assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
        for element in ["script", "img", "iframe", "object", "embed", "form", "input", "base"] {
            assert_eq!(page.count(element), 0, "{name} has a {element}");
        }
        let attributes = page.elements.iter().flat_map(|(_, attributes)| attributes);
        for (attribute, value) in attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "{name}: {attribute}");
            assert!(!value.contains("javascript:"), "{name}: {value}");
        }
        let ids = page.values("id");
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{name} uses an id twice");
        assert!(ids.iter().all(|id| !id.is_empty() && !id.contains(' ')), "{name}");
    }
    let sheet = &book().files["book.css"];
    assert!(
        !sheet.contains("url(") && !sheet.contains("@import"),
        "the stylesheet fetches something"
    );
}

#[test]
fn every_page_can_be_read_aloud() {
    for (name, page) in pages() {
        let first = &page.elements[0];
        assert_eq!(
            *first,
            ("html".to_owned(), vec![("lang".to_owned(), "vi".to_owned())]),
            "{name}"
        );
        assert_eq!(page.count("title"), 1, "{name}");
        assert_eq!(page.count("main"), 1, "{name}");
        assert_eq!(page.count("h1"), 1, "{name}");
        let skip =
            page.values("href").contains(&"#content") && page.values("id").contains(&"content");
        assert!(skip, "{name} has no way past the menu");
        let mut before = 0;
        for (element, _) in &page.elements {
            let Some(level) = element.strip_prefix('h').and_then(|rest| rest.parse::<u8>().ok())
            else {
                continue;
            };
            assert!(level <= before + 1, "{name}: h{level} after h{before}");
            before = level;
        }
    }
}
