//! A tape and a `serde_json` value, walked together.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use kycuong_model::tape::{Document, Kind, Node};
use serde_json::Value;

/// Panics unless the document holds what the value holds, and the nodes are laid out as the format says.
pub(crate) fn assert_same(document: Document<'_>, value: &Value) {
    let root = document.root().unwrap();
    assert_eq!(root.next() as usize, document.len(), "{}", document.text());
    assert_same_node(root, value);
}

fn assert_same_node(node: Node<'_>, value: &Value) {
    match (node.kind(), value) {
        (Kind::Null, Value::Null) => assert_eq!(node.raw(), "null"),
        (Kind::Bool, Value::Bool(expected)) => assert_eq!(node.as_bool(), Some(*expected)),
        (Kind::Number, Value::Number(_)) => {
            assert_eq!(
                &serde_json::from_str::<Value>(node.raw()).unwrap(),
                value,
                "{}",
                node.raw()
            );
        }
        (Kind::String, Value::String(expected)) => assert_eq!(&node.text(), expected),
        (Kind::Array, Value::Array(expected)) => {
            assert!(node.raw().starts_with('[') && node.raw().ends_with(']'), "{}", node.raw());
            assert_eq!(node.elements().count(), expected.len());
            node.elements()
                .zip(expected)
                .for_each(|(element, expected)| assert_same_node(element, expected));
            assert_eq!(node.elements().last().map_or(node.index() + 1, Node::next), node.next());
        }
        (Kind::Object, Value::Object(expected)) => {
            assert!(node.raw().starts_with('{') && node.raw().ends_with('}'), "{}", node.raw());
            assert_eq!(node.members().count(), expected.len());
            for (key, member) in node.members() {
                assert_eq!((key.kind(), key.next()), (Kind::Key, member.index()));
                assert_same_node(member, &expected[key.text().as_ref()]);
            }
            assert_eq!(
                node.members().last().map_or(node.index() + 1, |(_, last)| last.next()),
                node.next()
            );
        }
        (kind, _) => panic!("{kind:?} {} where {value} is", node.raw()),
    }
}
