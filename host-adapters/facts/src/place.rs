//! Where in a source of facts something is wrong.

use kycuong_model::text::{Bilingual, sanitize, truncate};

/// Characters of a row's key that a place shows.
const KEY_CHARACTERS_MAX: usize = 200;

/// A place in a file or a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, or the database without its password.
    pub source: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Where in it.
    pub at: At,
}

/// A place in a table. Everything counts from 1, as programs for text and tables do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// No place in particular.
    Whole,
    /// A field of a CSV file.
    Field {
        /// The line where the row begins.
        line: usize,
        /// The field of the row.
        field: usize,
    },
    /// A character of a text file.
    Character {
        /// The line.
        line: usize,
        /// The character of the line.
        character: usize,
    },
    /// A cell of a sheet.
    Cell {
        /// The row.
        row: usize,
        /// The column; 1 is A.
        column: usize,
    },
    /// A row of a database.
    Row {
        /// The table.
        table: &'static str,
        /// The values that identify the row.
        key: String,
    },
}

impl Place {
    /// The whole of a file.
    pub(crate) fn of(source: impl Into<String>) -> Self {
        Self { source: source.into(), sheet: None, at: At::Whole }
    }

    /// Another place in the same file and sheet.
    pub(crate) fn at(&self, at: At) -> Self {
        Self { at, ..self.clone() }
    }

    /// Orders places as a person goes through files.
    pub(crate) fn order(&self) -> (String, Option<String>, usize, usize) {
        let (first, second) = match &self.at {
            At::Whole | At::Row { .. } => (0, 0),
            At::Field { line, field: other } | At::Character { line, character: other } => {
                (*line, *other)
            }
            At::Cell { row, column } => (*row, *column),
        };
        (self.source.clone(), self.sheet.clone(), first, second)
    }

    /// The place as people find it.
    pub fn text(&self) -> Bilingual {
        let source = sanitize(&self.source);
        let (mut vi, mut en) = (source.clone(), format!("`{source}`"));
        if let Some(sheet) = self.sheet.as_deref().map(sanitize) {
            vi += &format!(", trang “{sheet}”");
            en += &format!(", sheet `{sheet}`");
        }
        let (at_vi, at_en) = match &self.at {
            At::Whole => return Bilingual::new(vi, en),
            At::Field { line, field } => {
                (format!("dòng {line}, cột {field}"), format!("line {line}, column {field}"))
            }
            At::Character { line, character } => (
                format!("dòng {line}, ký tự {character}"),
                format!("line {line}, character {character}"),
            ),
            At::Cell { row, column } => {
                let cell = format!("{}{row}", letters(*column));
                (format!("ô {cell}"), format!("cell {cell}"))
            }
            At::Row { table, key } => {
                let key = truncate(key, KEY_CHARACTERS_MAX);
                (
                    format!("bảng {table}, dòng có khóa “{key}”"),
                    format!("table `{table}`, row `{key}`"),
                )
            }
        };
        Bilingual::new(format!("{vi}, {at_vi}"), format!("{en}, {at_en}"))
    }
}

/// The letters of a sheet's column: 1 is A, 27 is AA.
fn letters(mut column: usize) -> String {
    let mut reversed = Vec::new();
    while column > 0 {
        let digit = u8::try_from((column - 1) % 26).unwrap_or_default();
        reversed.push(char::from(b'A' + digit));
        column = (column - 1) / 26;
    }
    reversed.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_sheet() {
        let named = [1, 26, 27, 52, 53, 702, 703].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn places_read_as_people_find_them() {
        let sheet = Place {
            source: "facts.xlsx".to_owned(),
            sheet: Some("systems".to_owned()),
            at: At::Cell { row: 7, column: 2 },
        };
        assert_eq!(sheet.text().vi, "facts.xlsx, trang “systems”, ô B7");
        assert_eq!(sheet.text().en, "`facts.xlsx`, sheet `systems`, cell B7");
        let line = Place::of("systems.csv").at(At::Field { line: 3, field: 2 });
        assert_eq!(line.text().vi, "systems.csv, dòng 3, cột 2");
        assert_eq!(Place::of("systems.csv").text().en, "`systems.csv`");
    }
}
