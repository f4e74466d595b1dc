//! The rules by the legal texts that they rest on, article by article.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::address::{Links, Target};
use crate::layout::{mark, rule_link, section, table, title};
use crate::volume::{Entry, Volume};

pub(crate) const TITLE: &str = "Quy tắc theo văn bản";

/// The rules by instrument, and there by article in the order of its numbers.
type Register<'a> = BTreeMap<&'a str, BTreeMap<(Vec<Piece<'a>>, &'a str), Vec<Entry<'a>>>>;

/// A run of digits or of other letters, so that “Điều 9” comes before “Điều 10”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    Words(&'a str),
    Number(u64),
}

pub(crate) fn body(volume: &Volume, links: Links, level: u8) -> Markup {
    let mut register: Register<'_> = BTreeMap::new();
    for entry in volume.entries() {
        for basis in &entry.rule.basis {
            let articles = register.entry(basis.instrument.as_str()).or_default();
            articles
                .entry((pieces(&basis.article), basis.article.as_str()))
                .or_default()
                .push(entry);
        }
    }
    let content = html! {
        (title(level, TITLE))
        @for (instrument, articles) in &register {
            (title(level + 1, instrument))
            @let rows: Vec<Vec<Markup>> = articles
                .iter()
                .map(|((_, article), entries)| {
                    let article = if article.is_empty() { "Toàn văn bản" } else { article };
                    vec![html! { (article) }, rules(entries, links)]
                })
                .collect();
            (table("articles", &["Điều, khoản", "Quy tắc"], &rows))
        }
    };
    section(Target::ByInstrument, "by-instrument", &content)
}

fn rules(entries: &[Entry<'_>], links: Links) -> Markup {
    html! {
        ul.plain {
            @for entry in entries {
                li { (mark(entry.rule.severity, links)) " " (rule_link(*entry, links)) }
            }
        }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        pieces.push(match run.parse() {
            Ok(number) if digits => Piece::Number(number),
            _ => Piece::Words(run),
        });
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_ordered_by_their_numbers() {
        let mut articles = ["Điều 66 khoản 10", "Điều 9", "", "Điều 66 khoản 2 điểm b", "Điều 66"];
        articles.sort_by_key(|article| pieces(article));
        assert_eq!(
            articles,
            ["", "Điều 9", "Điều 66", "Điều 66 khoản 2 điểm b", "Điều 66 khoản 10"]
        );
    }
}
