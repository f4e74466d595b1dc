//! Members that hold an object or a list: read when first looked at, and once.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Deref;

use super::slot::Slot;
use super::{Member, Placed, Require, View};
use crate::describe::Type;
use crate::finding::Missing;
use crate::pointer::Pointer;
use crate::tape::Kind;

/// A nested object; its fields are reached as if it were the struct itself. When it is absent, so are
/// all of its fields, and their place is its place.
pub struct Object<'a, T> {
    slot: Slot<'a>,
    view: OnceCell<Box<T>>,
}

impl<'a, T: View<'a>> Object<'a, T> {
    /// The object's view when the object is there.
    pub fn found(&self) -> Option<&T> {
        self.is_present().then_some(&**self)
    }

    /// Whether the object is there.
    pub fn is_present(&self) -> bool {
        self.slot.looked_at().is_some_and(|node| node.kind() == Kind::Object)
    }
}

impl<'a, T: View<'a>> Deref for Object<'a, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.view.get_or_init(|| Box::new(T::view(self.slot)))
    }
}

impl<T> fmt::Debug for Object<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {{ … }}", self.slot.pointer())
    }
}

impl<T> Placed for Object<'_, T> {
    fn pointer(&self) -> Pointer {
        self.slot.pointed_at()
    }
}

impl<'v, 'a, T: View<'a>> Require for &'v Object<'a, T> {
    type Found = &'v T;
    fn require(self) -> Result<&'v T, Missing> {
        if self.is_present() { Ok(self) } else { Err(Missing::Field(self.pointer())) }
    }
}

impl<'a, T: View<'a>> Member<'a> for Object<'a, T> {
    const TYPE: Type = Type::Object(&T::DESCRIPTION);
    fn from_slot(slot: Slot<'a>) -> Self {
        Self { slot, view: OnceCell::new() }
    }
}

/// A list; reached as a slice of views. An absent list is an empty one.
pub struct List<'a, T> {
    slot: Slot<'a>,
    items: OnceCell<Vec<T>>,
}

impl<'a, T: Member<'a>> List<'a, T> {
    /// Whether the list is there, be it empty.
    pub fn is_present(&self) -> bool {
        self.slot.looked_at().is_some_and(|node| node.kind() == Kind::Array)
    }
}

impl<'a, T: Member<'a>> Deref for List<'a, T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.slot.note();
        self.items.get_or_init(|| match self.slot.node() {
            Some(node) => {
                node.elements().map(|element| T::from_slot(Slot::element(element))).collect()
            }
            None => Vec::new(),
        })
    }
}

impl<'v, 'a, T: Member<'a>> IntoIterator for &'v List<'a, T> {
    type Item = &'v T;
    type IntoIter = std::slice::Iter<'v, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} […]", self.slot.pointer())
    }
}

impl<T> Placed for List<'_, T> {
    fn pointer(&self) -> Pointer {
        self.slot.pointed_at()
    }
}

impl<'v, 'a, T: Member<'a>> Require for &'v List<'a, T> {
    type Found = &'v [T];
    fn require(self) -> Result<&'v [T], Missing> {
        if self.is_present() { Ok(self) } else { Err(Missing::Field(self.pointer())) }
    }
}

impl<'a, T: Member<'a>> Member<'a> for List<'a, T> {
    const TYPE: Type = Type::List(&T::TYPE);
    fn from_slot(slot: Slot<'a>) -> Self {
        Self { slot, items: OnceCell::new() }
    }
}
