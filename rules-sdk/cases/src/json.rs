//! A JSON value whose numbers and strings stay as they are written.

use kycuong_model::tape::{Kind, Node, ParseError, ParseLimits, parse};

/// Columns that a line of laid out JSON may take.
const WIDTH: usize = 100;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// A string with its quotes, a number, `true`, `false` or `null`: as it is written.
    Scalar(String),
    Array(Vec<Json>),
    /// Names with their quotes, as they are written.
    Object(Vec<(String, Json)>),
}

/// A text that is no JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no JSON: {}, at column {column}", source.kind)]
pub struct NotJson {
    /// The line in the text, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What the parser said.
    source: ParseError,
}

impl Json {
    pub(crate) fn read(text: &str) -> Result<Self, NotJson> {
        let tape = parse(text.as_bytes(), &ParseLimits::default()).map_err(|source| {
            let (line, column) = (source.line(text.as_bytes()), source.column(text.as_bytes()));
            NotJson { line, column, source }
        })?;
        let root = tape.document().root();
        Ok(root.map_or_else(|| Self::Scalar("null".to_owned()), Self::of))
    }

    fn of(node: Node<'_>) -> Self {
        match node.kind() {
            Kind::Array => Self::Array(node.elements().map(Self::of).collect()),
            Kind::Object => Self::Object(
                node.members().map(|(key, value)| (with_quotes(key), Self::of(value))).collect(),
            ),
            Kind::String | Kind::Key => Self::Scalar(with_quotes(node)),
            Kind::Null | Kind::Bool | Kind::Number => Self::Scalar(node.raw().to_owned()),
        }
    }

    /// The text on one line without spaces.
    pub(crate) fn compact(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, "", ":");
        text
    }

    fn write(&self, out: &mut String, after_comma: &str, colon: &str) {
        match self {
            Self::Scalar(raw) => out.push_str(raw),
            Self::Array(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                        out.push_str(after_comma);
                    }
                    element.write(out, after_comma, colon);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                        out.push_str(after_comma);
                    }
                    out.push_str(name);
                    out.push_str(colon);
                    value.write(out, after_comma, colon);
                }
                out.push('}');
            }
        }
    }

    /// On one line where that is short, else a line for each element or member.
    fn lay_out(&self, out: &mut String, indent: usize) {
        let mut line = String::new();
        self.write(&mut line, " ", ": ");
        let items: Vec<(Option<&str>, &Self)> = match self {
            Self::Array(elements) => elements.iter().map(|element| (None, element)).collect(),
            Self::Object(members) => {
                members.iter().map(|(name, value)| (Some(name.as_str()), value)).collect()
            }
            Self::Scalar(_) => Vec::new(),
        };
        if indent + line.chars().count() <= WIDTH || items.is_empty() {
            out.push_str(&line);
            return;
        }
        let (open, close) = if matches!(self, Self::Array(_)) { ('[', ']') } else { ('{', '}') };
        out.push(open);
        for (at, (name, value)) in items.into_iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&" ".repeat(indent + 2));
            if let Some(name) = name {
                out.push_str(name);
                out.push_str(": ");
            }
            value.lay_out(out, indent + 2);
        }
        out.push('\n');
        out.push_str(&" ".repeat(indent));
        out.push(close);
    }
}

/// A JSON text laid out for people: on one line where that is short.
///
/// # Errors
///
/// [`NotJson`], with the place.
pub fn pretty(text: &str) -> Result<String, NotJson> {
    let mut out = String::new();
    Json::read(text)?.lay_out(&mut out, 0);
    Ok(out)
}

/// A string or name as it is written; its range in the tape leaves the quotes out.
fn with_quotes(node: Node<'_>) -> String {
    format!("\"{}\"", node.raw())
}

/// What a name with its quotes says.
pub(crate) fn name_of(quoted: &str) -> String {
    let unquoted = quoted.trim_matches('"');
    if !unquoted.contains('\\') {
        return unquoted.to_owned();
    }
    let tape = parse(quoted.as_bytes(), &ParseLimits::default());
    tape.ok()
        .and_then(|tape| tape.document().root().map(|root| root.text().into_owned()))
        .unwrap_or_default()
}

/// A name as JSON writes it.
pub(crate) fn quote(name: &str) -> String {
    let mut json = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_strings_and_order_stay_as_they_are_written() {
        let text = "{\"b\":[1.50e0,-0,\"\\u0041“\\\"\"],\"\\u0061\":{},\"c\":[],\"d\":null}";
        assert_eq!(Json::read(text).unwrap().compact(), text);
        assert_eq!(Json::read(&pretty(text).unwrap()).unwrap().compact(), text);
        assert_eq!(name_of("\"\\u0061\\\"b\""), "a\"b");
    }

    #[test]
    fn what_is_long_gets_a_line_for_each_part() {
        let long = format!("{{\"a\":[1,2],\"b\":\"{}\"}}", "x".repeat(100));
        let laid = pretty(&long).unwrap();
        assert!(laid.starts_with("{\n  \"a\": [1, 2],\n  \"b\": \"x"), "{laid}");
        assert_eq!(pretty("{\"a\":[1,2]}").unwrap(), "{\"a\": [1, 2]}");
        assert_eq!(pretty("[1,\n x]").map_err(|error| (error.line, error.column)), Err((2, 2)));
    }
}
