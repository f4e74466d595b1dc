//! The TOML of a deployment file as a JSON value, with the line of each of its parts.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::error::DeploymentError;

/// Where a setting was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, line {}", self.file, self.line)
    }
}

/// The lines of members and elements, by JSON Pointer.
pub(super) struct Lines(BTreeMap<String, usize>);

impl Lines {
    /// The line of what is at a pointer, or of what should hold it.
    pub(super) fn of(&self, pointer: &str) -> usize {
        let mut at = pointer;
        loop {
            if let Some(line) = self.0.get(at) {
                return *line;
            }
            match at.rfind('/') {
                Some(end) => at = at.get(..end).unwrap_or_default(),
                None => return 1,
            }
        }
    }
}

/// Reads TOML.
pub(super) fn read(name: &str, text: &str) -> Result<(Value, Lines), DeploymentError> {
    let table = DeTable::parse(text).map_err(|error| {
        let (line, column) = place(text, &error.span().unwrap_or_default());
        let detail = error.message().lines().collect::<Vec<_>>().join(", ");
        DeploymentError::Toml { path: name.to_owned(), line, column, detail }
    })?;
    let mut reader = Reader { text, lines: BTreeMap::new() };
    let value = reader.table(table.get_ref(), "");
    Ok((value, Lines(reader.lines)))
}

struct Reader<'a> {
    text: &'a str,
    lines: BTreeMap<String, usize>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, at: &str) -> Value {
        let members = table.iter().map(|(key, value)| {
            let name = key.get_ref().as_ref();
            let inside = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            self.lines.insert(inside.clone(), place(self.text, &key.span()).0);
            (name.to_owned(), self.value(value.get_ref(), &inside))
        });
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn value(&mut self, value: &DeValue<'_>, at: &str) -> Value {
        match value {
            DeValue::String(text) => Value::from(text.as_ref()),
            DeValue::Boolean(switch) => Value::from(*switch),
            // What is no number of JSON (`inf`, `0x1F`) becomes a type that the schema refuses.
            DeValue::Integer(number) => number_of(number.as_str()),
            DeValue::Float(number) => number_of(number.as_str()),
            DeValue::Datetime(moment) => Value::from(moment.to_string()),
            DeValue::Table(table) => self.table(table, at),
            DeValue::Array(elements) => {
                let elements = elements.iter().enumerate().map(|(index, element)| {
                    let inside = format!("{at}/{index}");
                    self.lines.insert(inside.clone(), place(self.text, &element.span()).0);
                    self.value(element.get_ref(), &inside)
                });
                Value::Array(elements.collect())
            }
        }
    }
}

fn number_of(text: &str) -> Value {
    serde_json::from_str(text).map_or(Value::Null, Value::Number)
}

/// Line and column, from 1, of where a span begins.
fn place(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
