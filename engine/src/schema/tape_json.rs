//! The tape as a JSON representation of the validator's: it reads the nodes where they are, as far as a
//! view shows them.

use std::borrow::Cow;
use std::ops::Range;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use kycuong_model::tape::{Kind, Members, Node};
use serde_json::{Number, Value};

use super::windows::View;

/// JSON that lies on a tape.
pub(super) struct TapeJson;

/// A value: on the tape, or a member's name on its own.
#[derive(Clone, Copy)]
pub(super) enum TapeNode<'a> {
    Tape(Node<'a>, &'a View),
    Name(&'a str),
}

impl Json for TapeJson {
    type Node<'a> = TapeNode<'a>;
    type PreparedKey = String;
    type StringBuffer = String;

    // A look-up walks the members, so one pass over them is always cheaper.
    const KEYS_PER_LOOKUP: usize = 1 << 16;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut String,
        string: &str,
        f: impl FnOnce(TapeNode<'_>) -> T,
    ) -> T {
        string.clone_into(buffer);
        f(TapeNode::Name(buffer))
    }
}

impl<'a> TapeNode<'a> {
    fn kind(self) -> Kind {
        match self {
            Self::Tape(node, _) => node.kind(),
            Self::Name(_) => Kind::String,
        }
    }

    fn of_kind(self, kind: Kind) -> Option<Node<'a>> {
        self.in_view(kind).map(|(node, _)| node)
    }

    fn in_view(self, kind: Kind) -> Option<(Node<'a>, &'a View)> {
        match self {
            Self::Tape(node, view) if node.kind() == kind => Some((node, view)),
            _ => None,
        }
    }
}

impl<'a> JsonNode<'a, TapeJson> for TapeNode<'a> {
    type Object = TapeObject<'a>;
    type Array = TapeArray<'a>;
    type Number = TapeNumber<'a>;

    fn as_object(&self) -> Option<TapeObject<'a>> {
        self.in_view(Kind::Object).map(|(node, view)| TapeObject(node, view))
    }

    fn as_array(&self) -> Option<TapeArray<'a>> {
        self.in_view(Kind::Array).map(|(node, view)| TapeArray(node, view))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Tape(node, _) => (node.kind() == Kind::String).then(|| node.text()),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<TapeNumber<'a>> {
        self.of_kind(Kind::Number).map(|node| TapeNumber(node.raw()))
    }

    fn as_boolean(&self) -> Option<bool> {
        self.of_kind(Kind::Bool).and_then(Node::as_bool)
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    fn is_number(&self) -> bool {
        self.kind() == Kind::Number
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null => JsonType::Null,
            Kind::Bool => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String | Kind::Key => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.as_string(), expected) {
            (Some(text), Value::String(expected)) => text == expected.as_str(),
            (Some(_), _) | (None, Value::String(_)) => false,
            // No schema compares with a list or an object.
            (None, Value::Array(_) | Value::Object(_)) => false,
            (None, _) => jsonschema::json::cmp::equal(&self.to_value(), expected),
        }
    }

    /// A copy of a scalar; of a list or an object nothing, since each error holds such a copy and
    /// nobody looks at it.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match self {
            Self::Tape(node, _) => scalar(*node),
            Self::Name(name) => Value::from(*name),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Self::Tape(node, _) => {
                let tape = node.document().words().as_ptr() as usize;
                Some(NodeIdentity::tagged(tape, node.index()))
            }
            Self::Name(_) => None,
        }
    }
}

/// A copy of a scalar. A number beyond what a double holds is copied as its text: nothing compares it.
fn scalar(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null | Kind::Array | Kind::Object => Value::Null,
        Kind::Bool => Value::Bool(node.as_bool() == Some(true)),
        Kind::Number => {
            TapeNumber(node.raw()).parsed().map_or_else(|| Value::from(node.raw()), Value::Number)
        }
        Kind::String | Kind::Key => Value::from(node.text().into_owned()),
    }
}

/// An object on the tape.
pub(super) struct TapeObject<'a>(Node<'a>, &'a View);

impl<'a> Object<'a, TapeJson> for TapeObject<'a> {
    type Node = TapeNode<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = TapeMembers<'a>;

    fn len(&self) -> usize {
        self.0.members().count()
    }

    fn get(&self, key: &String) -> Option<TapeNode<'a>> {
        self.0.member(key).map(|value| TapeNode::Tape(value, self.1))
    }

    fn members(&self) -> TapeMembers<'a> {
        TapeMembers(self.0.members(), self.1)
    }
}

/// The members of an object on the tape.
pub(super) struct TapeMembers<'a>(Members<'a>, &'a View);

impl<'a> Iterator for TapeMembers<'a> {
    type Item = (Cow<'a, str>, TapeNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.text(), TapeNode::Tape(value, self.1)))
    }
}

/// An array on the tape, as far as the view shows it.
pub(super) struct TapeArray<'a>(Node<'a>, &'a View);

impl<'a> Array<'a, TapeJson> for TapeArray<'a> {
    type Node = TapeNode<'a>;
    type ElementsIter = TapeElements<'a>;

    fn len(&self) -> usize {
        self.elements().count()
    }

    fn elements(&self) -> TapeElements<'a> {
        TapeElements { array: self.0, nodes: self.1.of(self.0), view: self.1 }
    }
}

/// The elements of an array on the tape.
pub(super) struct TapeElements<'a> {
    array: Node<'a>,
    /// The nodes that are still to come.
    nodes: Range<u32>,
    view: &'a View,
}

impl<'a> Iterator for TapeElements<'a> {
    type Item = TapeNode<'a>;

    fn next(&mut self) -> Option<TapeNode<'a>> {
        if self.nodes.is_empty() {
            return None;
        }
        let element = self.array.document().node(self.nodes.start)?;
        self.nodes.start = element.next();
        Some(TapeNode::Tape(element, self.view))
    }
}

/// A number as it is written.
pub(super) struct TapeNumber<'a>(&'a str);

impl TapeNumber<'_> {
    fn parsed(&self) -> Option<Number> {
        serde_json::from_str(self.0).ok()
    }
}

impl JsonNumber for TapeNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.is_integer().then(|| self.0.parse().ok())?
    }

    fn as_f64(&self) -> Option<f64> {
        self.parsed()?.as_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(self.parsed().unwrap_or_else(|| Number::from(u64::MAX)))
    }

    /// Stricter than JSON Schema, for which `1.0` and `1e3` are integers: the model reads a count as
    /// digits only, and what it cannot read must not pass.
    fn is_integer(&self) -> bool {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        self.0 != "-0" && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}
