//! What a submission does not have yet.

use kycuong_model::pointer::Pointer;
use kycuong_model::tape::{Document, Kind, Node};

/// Tells what is not there; an empty text, list or object is not there either.
pub(super) struct Absence<'a> {
    document: Option<Document<'a>>,
}

impl<'a> Absence<'a> {
    pub(super) fn new(document: Option<Document<'a>>) -> Self {
        Self { document }
    }

    /// The first step of a path that is not there; `None` when all of it is, or nothing can be read.
    pub(super) fn first_absent(&self, path: &Pointer) -> Option<Pointer> {
        let root = self.document?.root()?;
        path.follow(root, |at, token| at.inside(token).filter(|node| !is_empty(*node))).1
    }
}

fn is_empty(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null => true,
        Kind::String => node.raw().is_empty(),
        Kind::Array => node.elements().next().is_none(),
        Kind::Object => node.members().next().is_none(),
        _ => false,
    }
}
