//! Finds the nodes of pointers that come in document order, without walking a long list for each.

use std::collections::BTreeMap;

use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Elements, Kind, Node};

/// Resolves pointers; remembers how far it has walked each array.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    document: Document<'a>,
    arrays: BTreeMap<u32, Walk<'a>>,
}

#[derive(Clone, Debug)]
struct Walk<'a> {
    position: usize,
    element: Node<'a>,
    rest: Elements<'a>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(document: Document<'a>) -> Self {
        Self { document, arrays: BTreeMap::new() }
    }

    /// The node at a pointer.
    pub(super) fn node(&mut self, path: &Pointer) -> Option<Node<'a>> {
        path.tokens().try_fold(self.document.root()?, |at, token| match at.kind() {
            Kind::Object => at.member(&token),
            Kind::Array => self.element(at, token.parse().ok()?),
            _ => None,
        })
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
    use kycuong_model::tape::{ParseLimits, parse};

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
        ] {
            let path = Pointer::from(path);
            let expected = tape.document().resolve(&path).map(Node::index);
            assert_eq!(locator.node(&path).map(Node::index), expected, "{path}");
        }
    }
}
