//! The XML of a workbook's parts, tag by tag: what of XML the format uses, and no more.

use std::collections::BTreeMap;
use std::io::BufReader;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::Part;
use crate::excess::{Excess, Measure, count};
use crate::limits::DEPTH_MAX;
use crate::problem::ProblemKind;

/// A piece of a document. Names are without their prefixes.
#[derive(Debug)]
pub(super) enum Piece {
    /// The start of an element.
    Start(Start),
    /// The end of an element.
    End,
    /// A text, or a part of one.
    Text(String),
    /// The end of the document.
    Eof,
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Start {
    /// Its name.
    pub name: String,
    attributes: BTreeMap<String, String>,
}

impl Start {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// A part as pieces.
pub(super) struct Xml<'b, 'u> {
    reader: Reader<BufReader<Part<'b, 'u>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'b, 'u> Xml<'b, 'u> {
    pub fn new(part: Part<'b, 'u>) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The part that is read.
    pub fn part(&mut self) -> &mut Part<'b, 'u> {
        self.reader.get_mut().get_mut()
    }

    /// The next piece.
    pub fn next(&mut self) -> Result<Piece, ProblemKind> {
        loop {
            self.buffer.clear();
            let piece = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    Excess::check(Measure::Depth, count(self.depth), count(DEPTH_MAX))?;
                    self.reader.get_mut().get_mut().usage().element()?;
                    start_of(&start).map(Piece::Start)
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Ok(Piece::End)
                }
                Ok(Event::Text(text)) => Ok(Piece::Text(lossy(&text))),
                Ok(Event::CData(text)) => Ok(Piece::Text(lossy(&text))),
                Ok(Event::GeneralRef(name)) => entity(&lossy(&name))
                    .map(Piece::Text)
                    .ok_or_else(|| malformed("an unknown entity")),
                // The format has none, and entities of a document's own grow when they are used.
                Ok(Event::DocType(_)) => Err(malformed("a document type")),
                Ok(Event::Eof) => Ok(Piece::Eof),
                Ok(_) => continue,
                Err(error) => match self.reader.get_ref().get_ref().excess() {
                    Some(excess) => Err(excess.into()),
                    None => Err(malformed(&error.to_string())),
                },
            };
            return piece;
        }
    }

    /// The next start of an element; `None` at the end of the document.
    pub fn next_start(&mut self) -> Result<Option<Start>, ProblemKind> {
        loop {
            match self.next()? {
                Piece::Start(start) => return Ok(Some(start)),
                Piece::Eof => return Ok(None),
                Piece::End | Piece::Text(_) => {}
            }
        }
    }

    /// The text of the element that has begun, up to its end; what is inside other elements too.
    pub fn text(&mut self) -> Result<String, ProblemKind> {
        let (mut text, mut open) = (String::new(), 1_usize);
        while open > 0 {
            match self.next()? {
                Piece::Start(_) => open += 1,
                Piece::End => open -= 1,
                Piece::Text(more) => push(&mut text, &more)?,
                Piece::Eof => return Err(malformed("an element that does not end")),
            }
        }
        Ok(text)
    }

    /// The text of a cell: that of its `t` elements, in runs of one format or alone, without the readings
    /// (`rPh`) of East Asian words.
    pub fn rich_text(&mut self) -> Result<String, ProblemKind> {
        let (mut text, mut open) = (String::new(), Vec::new());
        loop {
            match self.next()? {
                Piece::Start(start) => open.push(start.name),
                Piece::End => {
                    if open.pop().is_none() {
                        return unescaped(&text);
                    }
                }
                Piece::Text(more) => {
                    let is_reading = open.iter().any(|name| name == "rPh");
                    if !is_reading && open.last().is_some_and(|name| name == "t") {
                        push(&mut text, &more)?;
                    }
                }
                Piece::Eof => return Err(malformed("an element that does not end")),
            }
        }
    }
}

/// Adds to a text that no cell can be longer than.
fn push(text: &mut String, more: &str) -> Result<(), ProblemKind> {
    let bytes = count(text.len() + more.len());
    // Escapes, of seven bytes each, are still in it.
    Excess::check(Measure::CellBytes, bytes, 7 * crate::limits::CELL_BYTES_MAX)?;
    text.push_str(more);
    Ok(())
}

/// What is not as the format has it.
pub(super) fn malformed(what: &str) -> ProblemKind {
    ProblemKind::Malformed(what.to_owned())
}

fn start_of(start: &BytesStart<'_>) -> Result<Start, ProblemKind> {
    let mut attributes = BTreeMap::new();
    let mut found = start.attributes();
    // Comparing each with all others costs the square of their number.
    found.with_checks(false);
    for attribute in found {
        let attribute = attribute.map_err(|error| malformed(&error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| malformed(&error.to_string()))?;
        attributes.insert(lossy(attribute.key.local_name().as_ref()), value.into_owned());
    }
    Ok(Start { name: lossy(start.local_name().as_ref()), attributes })
}

/// Workbooks are UTF-8; what is not shows where it stands.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_predefined_entity(name).map(str::to_owned);
    };
    let number = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(number).map(String::from)
}

/// A text with its escapes `_xHHHH_` as the characters that they stand for (ECMA-376, 22.9.2.19).
pub(super) fn unescaped(text: &str) -> Result<String, ProblemKind> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let escaped = after.split_at_checked(4).and_then(|(digits, after)| {
            let number = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(number)?, after.strip_prefix('_')?))
        });
        match escaped {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    Ok(plain)
}
