//! The tape: a JSON text and the flat array of its nodes.
//!
//! The host parses a submission once ([`parse`]); schema, findings' places and every rule pack read
//! that one parse. Nothing is copied out of the text and numbers stay text, so nothing is rounded.
//!
//! # Format (interface 1.0.0)
//!
//! A node is three `u32` words: `start`, `end` (byte range in the text) and `kind << 28 | next`,
//! where `next` is the index of the node that follows this one *and all that is inside it*. Node 0
//! is the root. An array's elements follow it; an object is followed by key, value, key, value, …
//!
//! - `String` and `Key` ranges exclude the quotes; bit 31 of the third word says that the text holds
//!   escapes and must be unescaped before use.
//! - `Number` ranges are the raw text of the number, as the submitter wrote it.
//! - `Array` and `Object` ranges include their brackets.
//!
//! A reader never trusts a tape: a word out of range reads as "nothing there", never as a panic.

use std::borrow::Cow;

use crate::pointer::{Pointer, array_index};

mod error;
mod lexeme;
mod locator;
mod names;
mod parse;

pub use error::{Expected, ParseError, ParseErrorKind};
pub use locator::Locator;
pub use parse::{ParseLimits, Tape, parse};

/// Words of one node.
pub const NODE_WORDS: usize = 3;
/// Most nodes of a tape: what 28 bits can count.
pub const NODES_MAX: usize = (1 << 28) - 1;
pub(crate) const NEXT_MASK: u32 = (1 << 28) - 1;
pub(crate) const ESCAPED: u32 = 1 << 31;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`; told apart by the text.
    Bool,
    /// A number, as text.
    Number,
    /// A string.
    String,
    /// The name of an object's member; its value is the next node.
    Key,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    pub(crate) const fn bits(self) -> u32 {
        (self as u32) << 28
    }

    fn from_word(word: u32) -> Self {
        match (word >> 28) & 0b111 {
            1 => Self::Bool,
            2 => Self::Number,
            3 => Self::String,
            4 => Self::Key,
            5 => Self::Array,
            6 => Self::Object,
            _ => Self::Null,
        }
    }
}

/// A JSON text with its nodes, borrowed. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    text: &'a str,
    nodes: &'a [u32],
}

impl<'a> Document<'a> {
    /// Pairs a text with its nodes, which [`parse`] made from it.
    pub fn new(text: &'a str, nodes: &'a [u32]) -> Self {
        Self { text, nodes }
    }

    /// The text that was parsed.
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The words of all nodes.
    pub fn words(self) -> &'a [u32] {
        self.nodes
    }

    /// The number of nodes.
    pub fn len(self) -> usize {
        self.nodes.len() / NODE_WORDS
    }

    /// Whether there is not even a root.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The whole value.
    pub fn root(self) -> Option<Node<'a>> {
        self.node(0)
    }

    /// The node of an index.
    pub fn node(self, index: u32) -> Option<Node<'a>> {
        let first = (index as usize).checked_mul(NODE_WORDS)?;
        let &[start, end, word] = self.nodes.get(first..)?.first_chunk::<NODE_WORDS>()?;
        Some(Node { document: self, index, start, end, word })
    }

    /// The pointer of a node, found by walking from the root; of a key, the pointer of its member.
    pub fn pointer_of(self, index: u32) -> Pointer {
        let mut pointer = Pointer::root();
        let Some(mut at) = self.root() else { return pointer };
        while at.index < index {
            let inside = match at.kind() {
                Kind::Object => at
                    .members()
                    .find(|(key, value)| key.index <= index && index < value.next())
                    .map(|(key, value)| {
                        pointer.push_member(&key.text());
                        value
                    }),
                Kind::Array => at
                    .elements()
                    .enumerate()
                    .find(|(_, element)| element.index <= index && index < element.next())
                    .map(|(position, element)| {
                        pointer.push_index(position);
                        element
                    }),
                _ => None,
            };
            let Some(inside) = inside else { return pointer };
            at = inside;
        }
        pointer
    }

    /// The node at a pointer, or `None` when nothing is there.
    pub fn resolve(self, pointer: &Pointer) -> Option<Node<'a>> {
        pointer.tokens().try_fold(self.root()?, |at, token| at.inside(&token))
    }
}

/// One value (or key) of a document. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    document: Document<'a>,
    index: u32,
    start: u32,
    end: u32,
    word: u32,
}

impl<'a> Node<'a> {
    /// Where the node is in the tape.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The document that it belongs to.
    pub fn document(self) -> Document<'a> {
        self.document
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        Kind::from_word(self.word)
    }

    /// The index after this node and all that is inside it; never backwards.
    pub fn next(self) -> u32 {
        (self.word & NEXT_MASK).max(self.index.saturating_add(1))
    }

    /// The byte range in the text; a string's excludes its quotes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The raw text of the node.
    pub fn raw(self) -> &'a str {
        self.document.text.get(self.range()).unwrap_or("")
    }

    /// The text of a string or key, unescaped; the raw text of anything else.
    pub fn text(self) -> Cow<'a, str> {
        if self.word & ESCAPED == 0 {
            Cow::Borrowed(self.raw())
        } else {
            Cow::Owned(lexeme::unescape(self.raw()))
        }
    }

    /// `true` or `false`, of a Bool.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    /// The elements of an array; none of anything else.
    pub fn elements(self) -> Elements<'a> {
        let at =
            if self.kind() == Kind::Array { self.index.saturating_add(1) } else { self.next() };
        Elements { document: self.document, at, end: self.next() }
    }

    /// The members of an object, as key and value, in the order written; none of anything else.
    pub fn members(self) -> Members<'a> {
        let at =
            if self.kind() == Kind::Object { self.index.saturating_add(1) } else { self.next() };
        Members { document: self.document, at, end: self.next() }
    }

    /// What a pointer's token names inside this node: the member of an object, the element of an array.
    pub fn inside(self, token: &str) -> Option<Node<'a>> {
        match self.kind() {
            Kind::Object => self.member(token),
            Kind::Array => self.elements().nth(array_index(token)?),
            _ => None,
        }
    }

    /// The value of an object's member.
    pub fn member(self, name: &str) -> Option<Node<'a>> {
        self.members().find(|(key, _)| key.text() == name).map(|(_, value)| value)
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    document: Document<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let element = self.document.node(self.at)?;
        self.at = element.next();
        Some(element)
    }
}

/// The members of an object: key and value.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    document: Document<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Node<'a>, Node<'a>);

    fn next(&mut self) -> Option<(Node<'a>, Node<'a>)> {
        if self.at >= self.end {
            return None;
        }
        let key = self.document.node(self.at)?;
        let value = self.document.node(self.at.checked_add(1)?)?;
        self.at = value.next();
        Some((key, value))
    }
}
