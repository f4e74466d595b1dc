//! Typed views of a document: structs whose fields know their value *and* their place.
//!
//! `#[derive(View)]` on a struct makes the view, the description behind the schema, and the names in
//! the JSON Pointers from one declaration. A view is lenient: what is absent, `null` or of another
//! kind reads as absent, and members that it does not know are ignored; the schema at the host's
//! boundary is strict instead. Nested objects and lists are read when first looked at, and once.

mod field;
mod nested;
mod scalar;
mod slot;
mod timestamp;

pub use field::{Field, TextField};
pub use nested::{List, Object};
pub use scalar::{Count, Text};
pub use slot::Slot;
pub use timestamp::Timestamp;

use crate::describe::{ObjectDescription, Type};
use crate::finding::Missing;
use crate::pointer::Pointer;
use crate::tape::{Document, Node};

/// Something that has a place in the document.
pub trait Placed {
    /// The JSON Pointer of the thing, or of the first absent step towards it.
    fn pointer(&self) -> Pointer;
}

impl<P: Placed + ?Sized> Placed for &P {
    fn pointer(&self) -> Pointer {
        (**self).pointer()
    }
}

/// Something that a rule may insist on: `require!(costs.total)`.
pub trait Require {
    /// What is there when it is there.
    type Found;
    /// The thing itself, or what is missing.
    ///
    /// # Errors
    /// [`Missing::Field`] with the first absent step.
    fn require(self) -> Result<Self::Found, Missing>;
}

/// A rule that was handed a reference insists as if it had the thing.
impl<'v, R: ?Sized> Require for &&'v R
where
    &'v R: Require,
{
    type Found = <&'v R as Require>::Found;
    fn require(self) -> Result<Self::Found, Missing> {
        Require::require(*self)
    }
}

/// A scalar that a field can hold.
pub trait Value<'a>: Sized {
    /// What the schema says of it.
    const TYPE: Type;
    /// Reads a node; `None` when it is not of this kind.
    fn read(node: Node<'a>) -> Option<Self>;
}

/// Anything that can stand behind a member's name or in a list.
pub trait Member<'a>: Sized {
    /// What the schema says of it.
    const TYPE: Type;
    /// Makes the view of a slot.
    fn from_slot(slot: Slot<'a>) -> Self;
}

/// An object's view, made by `#[derive(View)]`.
pub trait View<'a>: Sized {
    /// What the schema says of it.
    const DESCRIPTION: ObjectDescription;
    /// Makes the view of a slot.
    fn view(slot: Slot<'a>) -> Self;

    /// The view of a whole document.
    fn of(document: Document<'a>) -> Self {
        Self::view(Slot::root(document))
    }
}

impl<'a, T: View<'a>> Member<'a> for T {
    const TYPE: Type = Type::Object(&T::DESCRIPTION);
    fn from_slot(slot: Slot<'a>) -> Self {
        T::view(slot)
    }
}
