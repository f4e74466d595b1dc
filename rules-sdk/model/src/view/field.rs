//! A member that holds a scalar.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::scalar::Text;
use super::slot::Slot;
use super::{Member, Placed, Require, Value};
use crate::describe::Type;
use crate::finding::Missing;
use crate::pointer::Pointer;
use crate::tape::Node;

/// A scalar member.
pub struct Field<'a, T> {
    slot: Slot<'a>,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Field<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<'_, T> {}

impl<T> fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.slot.pointer(), self.slot.node().map_or("absent", Node::raw))
    }
}

impl<'a, T: Value<'a>> Field<'a, T> {
    /// The value; `None` when absent, `null` or of another kind.
    pub fn get(&self) -> Option<T> {
        self.slot.looked_at().and_then(T::read)
    }

    /// Whether there is a readable value.
    pub fn is_present(&self) -> bool {
        self.get().is_some()
    }

    /// Whether the value is there and equal to `other`.
    pub fn is(&self, other: T) -> bool
    where
        T: PartialEq,
    {
        self.get().is_some_and(|value| value == other)
    }
}

impl<'a> Field<'a, Cow<'a, str>> {
    /// The text; empty when absent.
    pub fn text(&self) -> Cow<'a, str> {
        self.get().unwrap_or_default()
    }

    /// The text as one's own; empty when absent.
    pub fn owned(&self) -> String {
        self.text().into_owned()
    }

    /// The text without white space around it; empty when absent.
    pub fn trimmed(&self) -> String {
        self.text().trim().to_owned()
    }

    /// Whether the text is there and is this one.
    pub fn is_text(&self, other: &str) -> bool {
        self.get().is_some_and(|text| text == other)
    }

    /// Whether there is a text that is more than white space.
    pub fn is_filled(&self) -> bool {
        self.get().is_some_and(|text| !text.trim().is_empty())
    }
}

impl<T> Placed for Field<'_, T> {
    fn pointer(&self) -> Pointer {
        self.slot.pointed_at()
    }
}

impl<'a, T: Value<'a>> Require for &Field<'a, T> {
    type Found = T;
    fn require(self) -> Result<T, Missing> {
        self.get().ok_or_else(|| Missing::Field(self.pointer()))
    }
}

impl<'a, T: Value<'a>> Member<'a> for Field<'a, T> {
    const TYPE: Type = T::TYPE;
    fn from_slot(slot: Slot<'a>) -> Self {
        Self { slot, value: PhantomData }
    }
}

/// A member that holds text.
pub type TextField<'a> = Field<'a, Text<'a>>;
