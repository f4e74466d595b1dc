//! TOML as a JSON value, with the line and column of each of its parts.

use std::collections::BTreeMap;
use std::ops::Range;

use kycuong_model::pointer::Pointer;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::error::one_line;

/// What the parser objects to.
pub(crate) struct NotToml {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) detail: String,
}

/// Line and column of members and elements, by JSON Pointer.
type Places = BTreeMap<String, (usize, usize)>;

pub(crate) fn read(text: &str) -> Result<(Value, Places), NotToml> {
    let table = DeTable::parse(text).map_err(|error| {
        let (line, column) = place(text, &error.span().unwrap_or_default());
        NotToml { line, column, detail: one_line(error.message()) }
    })?;
    let mut reader = Reader { text, places: Places::new() };
    let value = reader.table(table.get_ref(), &Pointer::root());
    Ok((value, reader.places))
}

struct Reader<'a> {
    text: &'a str,
    places: Places,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, at: &Pointer) -> Value {
        let members = table.iter().map(|(key, value)| {
            let name = key.get_ref().as_ref();
            let mut inside = at.clone();
            inside.push_member(name);
            self.note(&inside, &key.span());
            (name.to_owned(), self.value(value.get_ref(), &inside))
        });
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn value(&mut self, value: &DeValue<'_>, at: &Pointer) -> Value {
        match value {
            DeValue::String(text) => Value::from(text.as_ref()),
            DeValue::Boolean(switch) => Value::from(*switch),
            // What is no number of JSON (`inf`, `0x1F`) becomes a type that a schema refuses.
            DeValue::Integer(number) => number_of(number.as_str()),
            DeValue::Float(number) => number_of(number.as_str()),
            DeValue::Datetime(moment) => Value::from(moment.to_string()),
            DeValue::Table(table) => self.table(table, at),
            DeValue::Array(elements) => {
                let elements = elements.iter().enumerate().map(|(index, element)| {
                    let mut inside = at.clone();
                    inside.push_index(index);
                    self.note(&inside, &element.span());
                    self.value(element.get_ref(), &inside)
                });
                Value::Array(elements.collect())
            }
        }
    }

    fn note(&mut self, at: &Pointer, span: &Range<usize>) {
        self.places.insert(at.to_string(), place(self.text, span));
    }
}

fn number_of(text: &str) -> Value {
    serde_json::from_str(text).map_or(Value::Null, Value::Number)
}

/// Line and column, from 1, of where a span begins.
pub(crate) fn place(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
