//! Finds the nodes of pointers without walking a long list or object anew for each of them.
//!
//! Cheap for pointers that come in the order of the document, right for any.

use std::collections::BTreeMap;

use super::{Document, Elements, Kind, Node};
use crate::pointer::{Pointer, array_index};

/// Resolves pointers; remembers how far it has walked each array, and the last member of each object.
#[derive(Debug)]
pub struct Locator<'a> {
    document: Document<'a>,
    arrays: BTreeMap<u32, Walk<'a>>,
    members: BTreeMap<u32, (String, Node<'a>)>,
}

#[derive(Clone, Debug)]
struct Walk<'a> {
    position: usize,
    element: Node<'a>,
    rest: Elements<'a>,
}

impl<'a> Locator<'a> {
    /// Resolves pointers in a document.
    pub fn new(document: Document<'a>) -> Self {
        Self { document, arrays: BTreeMap::new(), members: BTreeMap::new() }
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

    fn follow(&mut self, path: &Pointer) -> Option<(Node<'a>, Option<Pointer>)> {
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
        if let Some((_, node)) = self.members.get(&object.index()).filter(|(last, _)| last == name)
        {
            return Some(*node);
        }
        let node = object.member(name)?;
        self.members.insert(object.index(), (name.to_owned(), node));
        Some(node)
    }

    fn element(&mut self, array: Node<'a>, position: usize) -> Option<Node<'a>> {
        let known = self.arrays.get(&array.index()).filter(|walk| walk.position <= position);
        let mut walk = match known {
            Some(walk) => walk.clone(),
            None => {
                let mut rest = array.elements();
                Walk { position: 0, element: rest.next()?, rest }
            }
        };
        while walk.position < position {
            walk.element = walk.rest.next()?;
            walk.position += 1;
        }
        let element = walk.element;
        self.arrays.insert(array.index(), walk);
        Some(element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::{ParseLimits, parse};

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
