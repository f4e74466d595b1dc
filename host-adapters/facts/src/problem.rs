//! What is wrong with a table of facts, and how to fix it: for whoever fills in the tables, so in
//! Vietnamese first, and all of it at once.

mod letter_words;
mod words;

use std::fmt;

use kycuong_model::describe::MemberDescription;
use kycuong_model::facts::Format;
use kycuong_model::text::{Bilingual, truncate};

use crate::excess::Excess;
use crate::letters::LetterFault;
use crate::limits::PROBLEMS_MAX;
use crate::place::Place;

/// One thing that is wrong, at one place.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// In which column, when it is one's.
    pub column: Option<&'static str>,
    /// What.
    pub kind: ProblemKind,
}

/// What can be wrong.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A CSV or JSON file in another encoding than UTF-8.
    NotUtf8,
    /// A text file in UTF-16.
    Utf16,
    /// What its format does not allow, in the words of whoever read it.
    Malformed(String),
    /// A quotation mark that is not closed before the end of the file.
    OpenQuote,
    /// A format of spreadsheets that is not read.
    OtherFormat,
    /// A file or sheet named as no table is.
    UnknownTable {
        /// Its name.
        name: String,
        /// The table that was probably meant.
        near: Option<&'static str>,
    },
    /// A table that another file or sheet holds already.
    SecondFile {
        /// The table.
        table: &'static str,
        /// The other one.
        first: Place,
    },
    /// No line with the columns' names.
    NoColumns,
    /// A column without a name, or with one written twice.
    BadColumnName(String),
    /// A column that the table does not have.
    UnknownColumn {
        /// Its name.
        name: String,
        /// The column that was probably meant.
        near: Option<&'static str>,
        /// The columns of the table.
        columns: Vec<&'static str>,
    },
    /// A column that is not there.
    MissingColumn(&'static MemberDescription),
    /// A row with another number of fields than there are columns.
    FieldCount {
        /// Fields of the row.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// A JSON file that is no list of objects.
    NotRows,
    /// A JSON value that is no text.
    NotText,
    /// A cell that must be filled in and is not.
    Empty,
    /// A date that is none, and the one that was probably meant.
    NotDate(String, Option<String>),
    /// An amount that is none, and the one that was probably meant.
    NotMoney(String, Option<String>),
    /// None of the words that are allowed, and the one that was probably meant.
    NotWord {
        /// What is written.
        text: String,
        /// What is allowed.
        words: Vec<&'static str>,
        /// What was probably meant.
        near: Option<&'static str>,
    },
    /// Not written as the column is.
    NotFormat(String, Format),
    /// Too long a text.
    TooLong {
        /// Its characters.
        found: usize,
        /// The most allowed.
        limit: u32,
    },
    /// Blanks around a text.
    Blanks,
    /// A character that is no part of a text.
    Control,
    /// Vietnamese letters whose marks stand apart.
    Decomposed,
    /// A letter that looks like Đ and is another.
    LookAlike,
    /// A character by which a text is another than the one that it looks like.
    Letter {
        /// The text, with what cannot be seen written out.
        text: String,
        /// The character.
        letter: char,
        /// Its position in the text, from 1.
        position: usize,
        /// What is wrong with it.
        fault: LetterFault,
    },
    /// A budget code with another number of digits than those of its kind.
    CodeDigits {
        /// The code.
        text: String,
        /// The kind: `chapter`, `programme`, …
        kind: &'static str,
        /// The digits of that kind.
        digits: u32,
    },
    /// More of something than a source may hold.
    TooMuch(Excess),
    /// A formula that was never calculated.
    NoValue,
    /// A number in a sheet that is not whole, or too great to be exact.
    Inexact(String),
    /// A date in a sheet, in a column that holds none.
    UnexpectedDate(String),
    /// A date in a sheet with a time of day, or a duration.
    TimeOfDay,
    /// TRUE or FALSE in a sheet.
    Boolean(bool),
    /// A formula that failed.
    FormulaError(String),
    /// A row with the key of another one.
    Twice {
        /// The key's columns.
        columns: &'static [&'static str],
        /// The key's values.
        key: String,
        /// The other row.
        first: Place,
    },
    /// A time that ends before it starts.
    EndsBefore {
        /// The start, as written.
        from: String,
        /// The end, as written.
        to: String,
    },
}

/// What is wrong so far: the first [`PROBLEMS_MAX`], and how many in all.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub listed: Vec<Problem>,
    pub count: usize,
}

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.count += 1;
        if self.listed.len() < PROBLEMS_MAX {
            self.listed.push(problem);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl From<Excess> for ProblemKind {
    fn from(excess: Excess) -> Self {
        Self::TooMuch(excess)
    }
}

impl Problem {
    pub(crate) fn new(place: Place, column: Option<&'static str>, kind: ProblemKind) -> Self {
        Self { place, column, kind }
    }

    /// What is wrong: a sentence in Vietnamese, a clause in English.
    pub fn message(&self) -> Bilingual {
        self.kind.message()
    }

    /// What to do.
    pub fn remedy(&self) -> Bilingual {
        self.kind.remedy()
    }

    /// Where, with the column's name.
    pub fn place_text(&self) -> Bilingual {
        let place = self.place.text();
        match self.column {
            Some(column) => Bilingual::new(
                format!("{} ({column})", place.vi),
                format!("{} ({column})", place.en),
            ),
            None => place,
        }
    }
}

/// In English, in one line.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place_text().en, self.message().en, self.remedy().en)
    }
}

/// The label of a column: the first line of its doc comment.
pub(crate) fn title(column: &MemberDescription) -> &'static str {
    column.doc.lines().next().unwrap_or_default().trim()
}

/// Characters of a foreign text that a message shows.
const SHOWN_MAX: usize = 200;

/// A foreign text on a line of its own making, cut.
fn show(text: &str) -> String {
    truncate(text, SHOWN_MAX)
}
