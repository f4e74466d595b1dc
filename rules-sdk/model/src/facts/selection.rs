//! Which rows of facts a rule gets: those of the tables that it declares whose column holds a value that
//! stands at the path.

use std::collections::BTreeSet;

use crate::tape::{Document, Kind, Node};

/// Longest value that selects rows, in characters: no cell of a table is longer (a text of the model has at
/// most 20 000).
const KEY_CHARACTERS_MAX: usize = 20_000;

/// The texts and numbers at a dotted path, `*` for every element, which a cell could have.
pub fn values_at(subject: Document<'_>, path: &str) -> BTreeSet<String> {
    let mut at: Vec<Node<'_>> = subject.root().into_iter().collect();
    for step in path.split('.') {
        at = match step {
            "*" => at.into_iter().flat_map(Node::elements).collect(),
            name => at.into_iter().filter_map(|node| node.member(name)).collect(),
        };
    }
    let scalar = |node: &Node<'_>| matches!(node.kind(), Kind::String | Kind::Number);
    at.into_iter()
        .filter(scalar)
        .map(|node| node.text().into_owned())
        .filter(|value| is_key(value))
        .collect()
}

/// Whether a cell could have this value. A submitter may write anything; not every source can even be
/// asked for it (PostgreSQL has no text with U+0000), and none has to be.
fn is_key(value: &str) -> bool {
    !value.is_empty()
        && !value.chars().any(char::is_control)
        && value.chars().nth(KEY_CHARACTERS_MAX).is_none()
}
