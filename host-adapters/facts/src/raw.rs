//! A table as a file has it: texts with their places, before anything is known of them.

use kycuong_model::facts::TableDescription;

use crate::limits::Usage;
use crate::place::{At, Place};
use crate::problem::{Problem, ProblemKind, Problems};

/// A table of a file.
pub(crate) struct RawTable {
    /// Which table it is.
    pub table: &'static TableDescription,
    /// The file and the sheet.
    pub place: Place,
    /// The names of its columns, and where they stand.
    pub columns: Vec<(String, At)>,
    /// Whether a column that is not named may be taken as empty: JSON names them in each row.
    pub columns_may_lack: bool,
    /// Its rows.
    pub rows: Vec<RawRow>,
}

/// A row of a file.
pub(crate) struct RawRow {
    /// Where it stands.
    pub at: At,
    /// Its cells that hold something: the position of the column, what is there, and where.
    pub cells: Vec<(usize, RawCell, At)>,
}

/// What a cell holds.
pub(crate) enum RawCell {
    /// A text, or what reads as one exactly.
    Text(String),
    /// What a spreadsheet knows to be a date.
    Date(String),
    /// What is no text. Boxed, for there may be millions of cells.
    Wrong(Box<ProblemKind>),
}

impl RawCell {
    pub fn wrong(kind: ProblemKind) -> Self {
        Self::Wrong(Box::new(kind))
    }
}

/// What reading found: tables, what is wrong with them, and what was not read.
#[derive(Default)]
pub(crate) struct Found {
    pub tables: Vec<RawTable>,
    pub problems: Problems,
    pub ignored: Vec<Place>,
    pub usage: Usage,
}

impl Found {
    pub fn problem(&mut self, place: Place, kind: ProblemKind) {
        self.problems.push(Problem::new(place, None, kind));
    }

    /// Where a table stands that was found already.
    pub fn place_of(&self, table: &TableDescription) -> Option<Place> {
        let found = self.tables.iter().find(|found| found.table.name == table.name);
        found.map(|found| found.place.clone())
    }
}
