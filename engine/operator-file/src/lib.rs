#![doc = include_str!("../README.md")]

mod error;
mod reader;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use kycuong_files::read_text_bounded;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use error::{OperatorFileError, Problem};

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, line {}", self.file, self.line)
    }
}

/// A TOML file, read, with the place of each of its parts.
#[derive(Clone, Debug)]
pub struct OperatorFile {
    name: String,
    text: String,
    value: Value,
    /// Line and column of members and elements, by JSON Pointer.
    places: BTreeMap<String, (usize, usize)>,
}

impl OperatorFile {
    /// Reads a file of at most `bytes_max` bytes; of one that is longer, nothing.
    ///
    /// # Errors
    /// [`OperatorFileError`] when it cannot be read, is too large or no ordinary file, or is no TOML in UTF-8.
    pub fn read(path: impl AsRef<Path>, bytes_max: usize) -> Result<Self, OperatorFileError> {
        let file = path.as_ref();
        let path = file.display().to_string();
        match read_text_bounded(file, bytes_max as u64) {
            Ok(text) => Self::parse(path, text),
            Err(source) => Err(OperatorFileError::Read { path, source }),
        }
    }

    /// Reads a text; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`OperatorFileError::NotToml`].
    pub fn parse(
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Self, OperatorFileError> {
        let (name, text) = (name.into(), text.into());
        match reader::read(&text) {
            Ok((value, places)) => Ok(Self { name, text, value, places }),
            Err(reader::NotToml { line, column, detail }) => {
                Err(OperatorFileError::NotToml { path: name, line, column, detail })
            }
        }
    }

    /// What the file is called, in errors too.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read, for a digest.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file as JSON, for a schema; what is no number of JSON becomes null, dates become text.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The file as a type.
    ///
    /// # Errors
    /// [`OperatorFileError::Invalid`] with the line of the first value that does not fit.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, OperatorFileError> {
        toml::from_str(&self.text).map_err(|error| {
            let (line, column) = reader::place(&self.text, &error.span().unwrap_or_default());
            self.refuse([Problem::new(line, column, error.message())])
        })
    }

    /// The place of what is at a JSON Pointer, or of what should hold it.
    pub fn place(&self, pointer: &str) -> Place {
        let (line, column) = self.line_and_column(pointer);
        Place { file: self.name.clone(), line, column }
    }

    /// Something that is wrong at a JSON Pointer: what, and how to fix it.
    pub fn problem(&self, pointer: &str, message: impl fmt::Display) -> Problem {
        let (line, column) = self.line_and_column(pointer);
        Problem::new(line, column, &message.to_string())
    }

    /// The error of a file with these problems; they are told in the order of their lines.
    pub fn refuse(&self, problems: impl IntoIterator<Item = Problem>) -> OperatorFileError {
        let mut problems: Vec<Problem> = problems.into_iter().collect();
        problems.sort();
        problems.dedup();
        OperatorFileError::Invalid { path: self.name.clone(), problems }
    }

    fn line_and_column(&self, pointer: &str) -> (usize, usize) {
        let mut at = pointer;
        loop {
            if let Some(place) = self.places.get(at) {
                return *place;
            }
            match at.rfind('/') {
                Some(end) => at = at.get(..end).unwrap_or_default(),
                None => return (1, 1),
            }
        }
    }
}
