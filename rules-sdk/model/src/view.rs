//! Typed views of a document: structs whose fields know their value *and* their place.
//!
//! `#[derive(View)]` on a struct makes the view, the description behind the schema, and the names in
//! the JSON Pointers from one declaration. A view is lenient: what is absent, `null` or of another
//! kind reads as absent, and members that it does not know are ignored; the schema at the host's
//! boundary is strict instead. Nested objects and lists are read when first looked at, and once.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::ops::Deref;

use crate::date::Date;
use crate::describe::{ObjectDescription, Type};
use crate::finding::Missing;
use crate::money::{Money, Percent, Quantity};
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

    fn element(node: Node<'a>) -> Self {
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
    fn looked_at(self) -> Option<Node<'a>> {
        self.note();
        self.node()
    }

    /// The pointer, for a finding or what is missing; the place counts as looked at.
    fn pointed_at(self) -> Pointer {
        self.note();
        self.pointer()
    }

    fn note(self) {
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

/// A scalar member.
pub struct Field<'a, T> {
    slot: Slot<'a>,
    value: std::marker::PhantomData<fn() -> T>,
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
        Self { slot, value: std::marker::PhantomData }
    }
}

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

/// A text of a document: borrowed unless it holds escapes.
pub type Text<'a> = Cow<'a, str>;

/// A member that holds text.
pub type TextField<'a> = Field<'a, Text<'a>>;

impl<'a> Value<'a> for Text<'a> {
    const TYPE: Type = Type::Text { characters_max: 20_000 };
    fn read(node: Node<'a>) -> Option<Self> {
        (node.kind() == Kind::String).then(|| node.text())
    }
}

/// Reads a string node through `FromStr`.
fn parsed<T: std::str::FromStr>(node: Node<'_>) -> Option<T> {
    (node.kind() == Kind::String).then(|| node.text().parse().ok())?
}

impl<'a> Value<'a> for Money {
    const TYPE: Type = Type::Money;
    fn read(node: Node<'a>) -> Option<Self> {
        parsed(node)
    }
}

impl<'a> Value<'a> for Percent {
    const TYPE: Type = Type::Percent;
    fn read(node: Node<'a>) -> Option<Self> {
        parsed(node)
    }
}

impl<'a> Value<'a> for Quantity {
    const TYPE: Type = Type::Quantity;
    fn read(node: Node<'a>) -> Option<Self> {
        parsed(node)
    }
}

impl<'a> Value<'a> for Date {
    const TYPE: Type = Type::Date;
    fn read(node: Node<'a>) -> Option<Self> {
        parsed(node)
    }
}

impl<'a> Value<'a> for bool {
    const TYPE: Type = Type::Switch;
    fn read(node: Node<'a>) -> Option<Self> {
        node.as_bool()
    }
}

/// A whole number of a document, 0 to 4 294 967 295.
pub type Count = u32;

impl<'a> Value<'a> for Count {
    const TYPE: Type = Type::Count { min: 0, max: u32::MAX };
    fn read(node: Node<'a>) -> Option<Self> {
        let digits = node.raw().bytes().all(|byte| byte.is_ascii_digit());
        (node.kind() == Kind::Number && digits).then(|| node.raw().parse().ok())?
    }
}

/// A moment with its offset from UTC, RFC 3339; only its civil date is ever used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    date: Date,
}

impl Timestamp {
    /// The date on the submitter's own wall.
    pub fn date(self) -> Date {
        self.date
    }
}

impl<'a> Value<'a> for Timestamp {
    const TYPE: Type = Type::Timestamp;
    fn read(node: Node<'a>) -> Option<Self> {
        if node.kind() != Kind::String {
            return None;
        }
        let text = node.text();
        let date = text.get(..10)?.parse().ok()?;
        is_time_with_offset(text.get(10..)?).then_some(Self { date })
    }
}

/// `Thh:mm:ss` with an optional fraction, then `Z` or `±hh:mm`.
fn is_time_with_offset(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>, below: u8| {
        text.get(range).is_some_and(|digits| {
            digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse::<u8>().is_ok_and(|value| value < below)
        })
    };
    let colon = |at: usize| text.get(at..at + 1) == Some(":");
    let clock = text.get(0..1) == Some("T")
        && number(1..3, 24)
        && colon(3)
        && number(4..6, 60)
        && colon(6)
        && number(7..9, 60);
    let rest = text.get(9..).unwrap_or("");
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=9).contains(&digits) {
                return false;
            }
            fraction.get(digits..).unwrap_or("")
        }
        None => rest,
    };
    let signed = |offset: &str| {
        let (hours, minutes) = (offset.get(1..3), offset.get(4..6));
        let below = |part: Option<&str>, limit: u8| {
            part.is_some_and(|p| {
                p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u8>().is_ok_and(|v| v < limit)
            })
        };
        offset.len() == 6
            && offset.starts_with(['+', '-'])
            && offset.get(3..4) == Some(":")
            && below(hours, 24)
            && below(minutes, 60)
    };
    clock && (offset == "Z" || signed(offset))
}
