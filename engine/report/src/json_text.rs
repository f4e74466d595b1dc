//! JSON that may be shown as it is: nothing in it is obeyed by a terminal, and nothing hides.

use std::io::{self, Write};

use kycuong_model::text::is_control;
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// A value as JSON: indented, without a line feed at the end, and with every character of
/// [`is_control`] as an escape. It is the same value as without.
///
/// ```
/// let text = kycuong_report::json_text("a\u{202e}b \u{e0001}").unwrap();
/// assert_eq!(text, r#""a\u202eb \udb40\udc01""#);
/// ```
///
/// # Errors
///
/// When the value cannot be written as JSON, as a map whose keys are no texts.
pub fn json_text<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Shown(PrettyFormatter::new())))?;
    String::from_utf8(bytes).map_err(serde_json::Error::custom)
}

struct Shown(PrettyFormatter<'static>);

impl Formatter for Shown {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // What comes before DEL is ordinary; the controls below U+0020 are no part of a fragment.
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, strange)) = rest.char_indices().find(|(_, one)| is_control(*one)) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in strange.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.strip_prefix(strange).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn nothing_in_it_is_obeyed_and_it_is_the_same_value() {
        let value = json!({
            "đường\u{9b}2J": ["\u{7f}\u{0}\u{1b}[2J", "a\u{200b}\u{2028}\u{feff}\u{ffff}\u{1fffe}"],
            "": {}, "x": [], "y": [1, null, {"ệ": "Nghị định số 224/2026/NĐ-CP \"\\"}],
        });
        let text = json_text(&value).unwrap();
        assert!(!text.chars().any(|one| is_control(one) && one != '\n'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        let ordinary = json!({"a": [1, {}], "b": [], "ệ": {"c": "\t\n \"đ\""}});
        assert_eq!(json_text(&ordinary).unwrap(), format!("{ordinary:#}"));
    }
}
