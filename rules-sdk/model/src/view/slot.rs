//! Where a member stands, and that a rule looked there.

use crate::pointer::Pointer;
use crate::tape::{Document, Kind, Node};

/// No node: the member is absent.
const ABSENT: u32 = u32::MAX;

/// Where a member stands, present or not.
///
/// An absent member inside an absent object has the place of the outermost absent one: that is the
/// step which the submitter has to supply first.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    document: Document<'a>,
    node: u32,
    parent: u32,
    name: &'static str,
}

impl<'a> Slot<'a> {
    /// The whole document.
    pub fn root(document: Document<'a>) -> Self {
        Self {
            document,
            node: if document.is_empty() { ABSENT } else { 0 },
            parent: ABSENT,
            name: "",
        }
    }

    pub(super) fn element(node: Node<'a>) -> Self {
        Self { document: node.document(), node: node.index(), parent: ABSENT, name: "" }
    }

    /// The slot of a member that is not there.
    pub fn absent_member(self, name: &'static str) -> Self {
        if self.node == ABSENT {
            self
        } else {
            Self { parent: self.node, name, node: ABSENT, ..self }
        }
    }

    /// The slot of a member that is there.
    pub fn present_member(self, name: &'static str, node: Node<'a>) -> Self {
        let node = if node.kind() == Kind::Null { ABSENT } else { node.index() };
        Self { parent: self.node, name, node, ..self }
    }

    /// The node, when present; it counts as looked at.
    pub(super) fn looked_at(self) -> Option<Node<'a>> {
        self.note();
        self.node()
    }

    /// The pointer, for a finding or what is missing; the place counts as looked at.
    pub(super) fn pointed_at(self) -> Pointer {
        self.note();
        self.pointer()
    }

    pub(super) fn note(self) {
        #[cfg(not(target_arch = "wasm32"))]
        crate::observe::note(self.document, || self.pointer());
    }

    /// The node, when present.
    pub fn node(self) -> Option<Node<'a>> {
        if self.node == ABSENT { None } else { self.document.node(self.node) }
    }

    /// The pointer of this place.
    pub fn pointer(self) -> Pointer {
        if self.node != ABSENT {
            return self.document.pointer_of(self.node);
        }
        let mut pointer = if self.parent == ABSENT {
            Pointer::root()
        } else {
            self.document.pointer_of(self.parent)
        };
        if !self.name.is_empty() {
            pointer.push_member(self.name);
        }
        pointer
    }
}
