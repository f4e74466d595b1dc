//! Finds the nodes of pointers without walking a long list or object anew for each of them.
//!
//! Each list and object is walked once at most, however many pointers lead through it and in whatever
//! order they come: the cost is that of the document and of the pointers' texts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Document, Elements, Kind, Members, Node};
use crate::pointer::{Pointer, array_index};

/// Resolves pointers; remembers what it has walked: four bytes for an element, a name for a member.
#[derive(Debug)]
pub struct Locator<'a> {
    document: Document<'a>,
    arrays: BTreeMap<u32, WalkedArray<'a>>,
    objects: BTreeMap<u32, WalkedObject<'a>>,
}

#[derive(Debug)]
struct WalkedArray<'a> {
    elements: Vec<u32>,
    rest: Elements<'a>,
}

#[derive(Debug)]
struct WalkedObject<'a> {
    members: BTreeMap<Cow<'a, str>, u32>,
    rest: Members<'a>,
}

impl<'a> Locator<'a> {
    /// Resolves pointers in a document.
    pub fn new(document: Document<'a>) -> Self {
        Self { document, arrays: BTreeMap::new(), objects: BTreeMap::new() }
    }

    /// The node at a pointer.
    pub fn node(&mut self, path: &Pointer) -> Option<Node<'a>> {
        let (node, absent) = self.follow(path)?;
        absent.is_none().then_some(node)
    }

    /// The node at a pointer, or the last one on the way to it that is there.
    pub fn nearest(&mut self, path: &Pointer) -> Option<Node<'a>> {
        self.follow(path).map(|(node, _)| node)
    }

    /// The last node on the way to a pointer that is there, and the pointer of the first step that is not;
    /// `None` in an empty document.
    pub fn follow(&mut self, path: &Pointer) -> Option<(Node<'a>, Option<Pointer>)> {
        let root = self.document.root()?;
        Some(path.follow(root, |at, token| self.inside(at, token)))
    }

    /// As [`Node::inside`], remembering.
    fn inside(&mut self, at: Node<'a>, token: &str) -> Option<Node<'a>> {
        match at.kind() {
            Kind::Object => self.member(at, token),
            Kind::Array => self.element(at, array_index(token)?),
            _ => None,
        }
    }

    fn member(&mut self, object: Node<'a>, name: &str) -> Option<Node<'a>> {
        let walked = self
            .objects
            .entry(object.index())
            .or_insert_with(|| WalkedObject { members: BTreeMap::new(), rest: object.members() });
        if let Some(index) = walked.members.get(name) {
            return self.document.node(*index);
        }
        for (key, value) in walked.rest.by_ref() {
            let key = key.text();
            let found = key == name;
            // Of a name that stands twice, the first counts.
            walked.members.entry(key).or_insert(value.index());
            if found {
                return Some(value);
            }
        }
        None
    }

    fn element(&mut self, array: Node<'a>, position: usize) -> Option<Node<'a>> {
        let walked = self
            .arrays
            .entry(array.index())
            .or_insert_with(|| WalkedArray { elements: Vec::new(), rest: array.elements() });
        while walked.elements.len() <= position {
            walked.elements.push(walked.rest.next()?.index());
        }
        self.document.node(*walked.elements.get(position)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::{ParseLimits, parse};

    /// Falling positions in a list, and names that alternate: a walk for each would take minutes.
    #[test]
    fn walks_each_list_and_object_once() {
        const COUNT: usize = 200_000;
        let members: Vec<String> = (0..COUNT).map(|one| format!(r#""m{one}":{one}"#)).collect();
        let text =
            format!(r#"{{"a":[{}],"o":{{{}}}}}"#, vec!["0"; COUNT].join(","), members.join(","));
        let limits = ParseLimits { nodes_max: 10 * COUNT, ..ParseLimits::default() };
        let tape = parse(text.as_bytes(), &limits).unwrap();
        let mut locator = Locator::new(tape.document());
        for at in (0..COUNT).rev() {
            assert!(locator.node(&format!("/a/{at}").as_str().into()).is_some());
            assert_eq!(
                locator.node(&format!("/o/m{at}").as_str().into()).unwrap().raw(),
                at.to_string()
            );
        }
        for _ in 0..COUNT {
            assert!(locator.node(&"/a/99999999".into()).is_none());
            assert!(locator.node(&"/o/none".into()).is_none());
        }
    }

    #[test]
    fn agrees_with_the_tape_in_any_order() {
        let tape = parse(br#"{"a":[[1,2],{"b/c":[3,4,5]},6]}"#, &ParseLimits::default()).unwrap();
        let mut locator = Locator::new(tape.document());
        for path in [
            "/a/1/b~1c/2",
            "/a/0/1",
            "/a/1/b~1c/0",
            "/a/2",
            "/a/3",
            "/a/1/b~1c/2",
            "",
            "/x",
            "/a/x",
            "/a/01",
        ] {
            let path = Pointer::from(path);
            let expected = tape.document().resolve(&path).map(Node::index);
            assert_eq!(locator.node(&path).map(Node::index), expected, "{path}");
        }
        for (path, nearest) in
            [("/a/1/x/2", "/a/1"), ("/a/9/b", "/a"), ("/x", ""), ("/a/2", "/a/2")]
        {
            let nearest = tape.document().resolve(&Pointer::from(nearest)).map(Node::index);
            assert_eq!(locator.nearest(&path.into()).map(Node::index), nearest, "{path}");
        }
    }
}
