//! What a field reads: texts, numbers, dates, switches.

use std::borrow::Cow;

use super::Value;
use crate::date::Date;
use crate::describe::Type;
use crate::money::{Money, Percent, Quantity};
use crate::tape::{Kind, Node};

/// A text of a document: borrowed unless it holds escapes.
pub type Text<'a> = Cow<'a, str>;

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
