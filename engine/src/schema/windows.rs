//! A large document is validated part by part, so that the errors of one run of the validator are few:
//! it collects all of them before the first can be looked at.
//!
//! Nothing in the schemas counts or compares the elements of a list, so each element can be validated
//! without its neighbours. (A test holds the schemas to that.)

use std::collections::BTreeSet;
use std::ops::Range;

use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node};

/// Most nodes of lists that one run sees. Each gives an error or two of some 1.5 kB at worst, so a run
/// takes no more than about 30 MB; a real dossier has some 2 000 nodes and is one run.
const RUN_NODES_MAX: u32 = 10_000;

/// Nodes from which on a list is left out of the first run and gets runs of its own.
const LARGE_NODES: u32 = 2_000;

/// What of a document one run of the validator sees.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The lists that are left out of the first run; none for a document that is one run.
    large: BTreeSet<u32>,
    /// The way to the part that is seen, of lists of which one element is seen, and the part itself
    /// at its end; empty in the first run.
    chain: Vec<Part>,
}

/// A part of a list.
#[derive(Clone, Debug)]
struct Part {
    array: u32,
    /// The position of the first element that is seen.
    first: usize,
    /// Its nodes.
    nodes: Range<u32>,
    /// Where the list stands, with positions as the validator counts them.
    seen_at: Pointer,
}

impl View {
    /// The nodes of an array that this view shows: those of the first element up to those before the
    /// end of the last one.
    pub(super) fn of(&self, array: Node<'_>) -> Range<u32> {
        let all = array.index().saturating_add(1)..array.next();
        let nothing = all.start..all.start;
        if let Some(part) = self.chain.iter().find(|part| part.array == array.index()) {
            return part.nodes.clone();
        }
        if self.large.contains(&array.index()) {
            return nothing;
        }
        match self.chain.last() {
            Some(part) if !part.nodes.contains(&array.index()) => nothing,
            _ => all,
        }
    }

    /// The place in the document of a place that the validator names.
    pub(super) fn place(&self, seen: Pointer) -> Pointer {
        if self.chain.is_empty() {
            return seen;
        }
        let tokens: Vec<String> = seen.tokens().collect();
        let mut place = Pointer::root();
        for (depth, token) in tokens.iter().enumerate() {
            let is_at = |part: &&Part| {
                let mut list = part.seen_at.tokens();
                let same = list.by_ref().zip(&tokens).all(|(a, b)| a == *b);
                part.seen_at.tokens().count() == depth && same
            };
            match self.chain.iter().find(is_at).zip(token.parse::<usize>().ok()) {
                Some((part, position)) => place.push_index(part.first + position),
                None => place.push_member(token),
            }
        }
        place
    }
}

/// The views in which all of a document is seen, in the order of the document: the first with what is
/// in no large list, then each large list in parts.
pub(super) fn views(document: Document<'_>) -> impl Iterator<Item = View> {
    let length = u32::try_from(document.len()).unwrap_or(u32::MAX);
    let mut large = Vec::new();
    if length > RUN_NODES_MAX {
        large = (0..length).filter_map(|index| document.node(index)).filter(is_large).collect();
    }
    let indices: BTreeSet<u32> = large.iter().map(|array| array.index()).collect();
    let first = View { large: indices.clone(), chain: Vec::new() };
    let of_lists = large.into_iter().flat_map(move |array| {
        let chain = chain_to(array, &indices);
        let large = indices.clone();
        parts(array, &indices).into_iter().map(move |(first, nodes)| {
            let mut chain = chain.clone();
            if let Some(last) = chain.last_mut() {
                (last.first, last.nodes) = (first, nodes);
            }
            View { large: large.clone(), chain }
        })
    });
    std::iter::once(first).chain(of_lists)
}

fn is_large(node: &Node<'_>) -> bool {
    node.kind() == Kind::Array && node.next() - node.index() > LARGE_NODES
}

/// The lists around a list, each with the one element that holds it, and the list itself at the end.
fn chain_to(array: Node<'_>, large: &BTreeSet<u32>) -> Vec<Part> {
    let document = array.document();
    let target = array.index();
    let mut chain = Vec::new();
    let mut seen_at = Pointer::root();
    let mut at = document.root();
    while let Some(node) = at.filter(|node| node.index() < target) {
        at = None;
        if node.kind() == Kind::Object {
            let holding = node.members().find(|(_, value)| target < value.next());
            if let Some((key, value)) = holding {
                seen_at.push_member(&key.text());
                at = Some(value);
            }
        } else if large.contains(&node.index()) {
            let mut elements = node.elements().enumerate();
            if let Some((first, element)) = elements.find(|(_, one)| target < one.next()) {
                let nodes = element.index()..element.next();
                let list = seen_at.clone();
                chain.push(Part { array: node.index(), first, nodes, seen_at: list });
                seen_at.push_index(0);
                at = Some(element);
            }
        }
    }
    chain.push(Part { array: target, first: 0, nodes: target..target, seen_at });
    chain
}

/// The parts of a list: the position of the first element and the nodes of each.
fn parts(array: Node<'_>, large: &BTreeSet<u32>) -> Vec<(usize, Range<u32>)> {
    let mut parts: Vec<(usize, Range<u32>)> = Vec::new();
    let mut seen = 0;
    for (position, element) in array.elements().enumerate() {
        let all = element.next() - element.index();
        // A large list inside has runs of its own and is not seen in these.
        let inside: u32 = outermost(element, large).map(|(from, to)| to - from).sum();
        let nodes = all - inside;
        match parts.last_mut() {
            Some((_, part)) if seen + nodes <= RUN_NODES_MAX => {
                part.end = element.next();
                seen += nodes;
            }
            _ => {
                parts.push((position, element.index()..element.next()));
                seen = nodes;
            }
        }
    }
    parts
}

/// The nodes of the outermost large lists in an element.
fn outermost<'a>(
    element: Node<'a>,
    large: &'a BTreeSet<u32>,
) -> impl Iterator<Item = (u32, u32)> + 'a {
    let document = element.document();
    let mut at = element.index();
    let end = element.next();
    std::iter::from_fn(move || {
        let found = *large.range(at..end).next()?;
        at = document.node(found)?.next();
        Some((found, at))
    })
}

#[cfg(test)]
mod tests {
    use kycuong_model::tape::{ParseLimits, parse};

    use super::*;

    /// Every scalar that a view shows, by its place.
    fn seen(view: &View, node: Node<'_>, at: &Pointer, places: &mut Vec<String>) {
        match node.kind() {
            Kind::Object => {
                for (key, value) in node.members() {
                    let mut inside = at.clone();
                    inside.push_member(&key.text());
                    seen(view, value, &inside, places);
                }
            }
            Kind::Array => {
                let nodes = view.of(node);
                let (mut index, mut position) = (nodes.start, 0);
                while index < nodes.end {
                    let element = node.document().node(index).unwrap();
                    let mut inside = at.clone();
                    inside.push_index(position);
                    seen(view, element, &inside, places);
                    (index, position) = (element.next(), position + 1);
                }
            }
            _ => places.push(view.place(at.clone()).to_string()),
        }
    }

    fn all(text: &str) -> (Vec<String>, usize, usize) {
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let document = tape.document();
        let (mut places, mut most, mut runs) = (Vec::new(), 0, 0);
        for view in views(document) {
            let before = places.len();
            seen(&view, document.root().unwrap(), &Pointer::root(), &mut places);
            most = most.max(places.len() - before);
            runs += 1;
        }
        (places, most, runs)
    }

    #[test]
    fn a_small_document_is_one_run() {
        let (places, _, runs) = all(r#"{"a":[1,[2,3],{"b":[4]}],"c":5}"#);
        assert_eq!(places, ["/a/0", "/a/1/0", "/a/1/1", "/a/2/b/0", "/c"]);
        assert_eq!(runs, 1);
    }

    #[test]
    fn every_element_of_a_large_document_is_seen_at_its_place() {
        let numbers = |count: usize| vec!["0"; count].join(",");
        let nested = format!(
            r#"{{"0":[7],"x":[[{}],[1,2],{{"y":[{}],"z":3}},[{}]],"s":[{}],"t":1}}"#,
            numbers(25_000),
            numbers(12_345),
            numbers(2_500),
            numbers(1_500),
        );
        let (places, most, runs) = all(&nested);
        let expected: BTreeSet<String> = {
            let many = |at: &'static str, count| (0..count).map(move |one| format!("{at}/{one}"));
            let few = ["/0/0", "/x/1/0", "/x/1/1", "/x/2/z", "/t"].map(str::to_owned);
            few.into_iter()
                .chain(many("/x/0", 25_000))
                .chain(many("/x/2/y", 12_345))
                .chain(many("/x/3", 2_500))
                .chain(many("/s", 1_500))
                .collect()
        };
        let found: BTreeSet<String> = places.iter().cloned().collect();
        assert_eq!(found, expected);
        assert!(most <= usize::try_from(RUN_NODES_MAX).unwrap() + 100, "{most}");
        assert!(runs <= 10, "{runs}");
        // What is in no list is seen in every run, and nothing else twice.
        let repeated = places.len() - found.len();
        assert!(repeated <= runs * 2, "{repeated} of {runs} runs");
    }
}
