//! What a type of the model looks like from outside: the source of the JSON Schemas, the form labels
//! and the glossary. Made by `#[derive(View)]`, so that it cannot drift from the code.

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Free text, NFC, 1 to `characters_max` characters.
    Text {
        /// Most characters.
        characters_max: u32,
    },
    /// Whole đồng as text: 1 to 18 digits.
    Money,
    /// A quantity as text: up to 12 digits and 6 decimals.
    Quantity,
    /// A share in per cent as text: up to 6 digits and 6 decimals.
    Percent,
    /// A whole number.
    Count {
        /// The least value.
        min: u32,
        /// The greatest value.
        max: u32,
    },
    /// `true` or `false`.
    Switch,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A moment with its offset, RFC 3339: `2026-11-18T09:12:00+07:00`.
    Timestamp,
    /// One of a closed list of codes.
    Code(&'static CodeDescription),
    /// A nested object.
    Object(&'static ObjectDescription),
    /// A list.
    List(&'static Type),
}

/// An object of the model.
#[derive(Debug)]
pub struct ObjectDescription {
    /// The Rust type's name.
    pub name: &'static str,
    /// The Vietnamese doc comment.
    pub doc: &'static str,
    /// Its members, in the order of the declaration.
    pub members: &'static [MemberDescription],
}

/// A member of an object.
#[derive(Debug)]
pub struct MemberDescription {
    /// The JSON member's name.
    pub name: &'static str,
    /// The Vietnamese doc comment: the first line is the label of a form.
    pub doc: &'static str,
    /// Whether the schema requires it.
    pub required: bool,
    /// What it holds.
    pub kind: Type,
}

/// A closed list of codes.
#[derive(Debug)]
pub struct CodeDescription {
    /// The Rust type's name.
    pub name: &'static str,
    /// The Vietnamese doc comment.
    pub doc: &'static str,
    /// Code, Vietnamese title, English title.
    pub codes: &'static [(&'static str, &'static str, &'static str)],
    /// The names of the Rust variants, in the same order.
    pub variants: &'static [&'static str],
}
