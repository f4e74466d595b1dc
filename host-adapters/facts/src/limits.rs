//! How much a source of facts may hold: each bound with its reason, and what one source has used of them.
//!
//! A workbook of 1 MB may inflate to a gigabyte, and a folder may hold a thousand of them: the bounds are
//! those of one source, all of its files together, and are held against what is read while it is read.

use kycuong_engine::facts::{BYTES_MAX, ROWS_MAX};

use crate::excess::{Excess, Measure, count};

/// Most bytes of a file: 64 MiB, which [`ROWS_MAX`] rows of 300 bytes fill.
pub(crate) const FILE_BYTES_MAX: u64 = 64 << 20;
/// Most bytes of all files of a source: two files of the largest size.
const SOURCE_BYTES_MAX: u64 = 128 << 20;
/// Most files of a folder: eleven tables in the three formats, and as many again that are none.
const FILES_MAX: u64 = 66;
/// Most parts of a workbook: one with a sheet for each of eleven tables has some 30.
pub(crate) const PARTS_MAX: u64 = 1_000;
/// Most bytes of one part of a workbook when it is inflated: a sheet of [`ROWS_MAX`] rows with six cells of
/// some 40 bytes.
pub(crate) const PART_BYTES_MAX: u64 = 48 << 20;
/// Most bytes of all parts of a source that are inflated: the largest sheet twice, or as much in eleven.
const INFLATED_BYTES_MAX: u64 = 96 << 20;
/// Most sheets of a workbook: eleven tables, and notes.
pub(crate) const SHEETS_MAX: u64 = 256;
/// Most shared texts of a workbook, of which each costs at least 56 bytes of memory.
pub(crate) const SHARED_TEXTS_MAX: u64 = 1_000_000;
/// Most cell formats of a workbook: Excel's own limit is 65 490.
pub(crate) const FORMATS_MAX: u64 = 65_536;
/// Most bytes between two tags of a workbook's XML: a cell has 32 767 characters in Excel, and each may be
/// written as an escape of seven bytes.
pub(crate) const TOKEN_BYTES_MAX: u64 = 256 << 10;
/// Most elements inside one another: a cell's text is seven deep.
pub(crate) const DEPTH_MAX: usize = 64;
/// Most columns of a table: the largest has fifteen.
pub(crate) const COLUMNS_MAX: u64 = 100;
/// Most cells of a source: [`ROWS_MAX`] rows of ten.
const CELLS_MAX: u64 = 2_000_000;
/// Most elements of XML in the workbooks of a source: three for each of [`CELLS_MAX`] cells, and rows.
const ELEMENTS_MAX: u64 = 6_500_000;
/// Most bytes of a cell: 20 000 letters of Vietnamese, as the longest text of the model, of three bytes each;
/// and twice as much, so that a text that is somewhat too long is told so in its column.
pub(crate) const CELL_BYTES_MAX: u64 = 128 << 10;
/// Most bytes of a row of a CSV file, and of a database: fifteen columns of 64 KiB.
pub(crate) const ROW_BYTES_MAX: u64 = 1 << 20;
/// Most problems that are told of one source; what comes after is counted.
pub(crate) const PROBLEMS_MAX: usize = 1_000;

/// What one source has used of its bounds.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    files: u64,
    source_bytes: u64,
    inflated_bytes: u64,
    elements: u64,
    rows: u64,
    cells: u64,
    text_bytes: u64,
}

impl Usage {
    /// A file of so many bytes.
    pub fn file(&mut self, bytes: u64) -> Result<(), Excess> {
        Excess::check(Measure::FileBytes, bytes, FILE_BYTES_MAX)?;
        self.files += 1;
        self.source_bytes = self.source_bytes.saturating_add(bytes);
        Excess::check(Measure::Files, self.files, FILES_MAX)?;
        Excess::check(Measure::SourceBytes, self.source_bytes, SOURCE_BYTES_MAX)
    }

    /// So many bytes more came out of a workbook.
    pub fn inflated(&mut self, bytes: u64) -> Result<(), Excess> {
        self.inflated_bytes = self.inflated_bytes.saturating_add(bytes);
        Excess::check(Measure::InflatedBytes, self.inflated_bytes, INFLATED_BYTES_MAX)
    }

    /// An element more.
    pub fn element(&mut self) -> Result<(), Excess> {
        self.elements += 1;
        Excess::check(Measure::Elements, self.elements, ELEMENTS_MAX)
    }

    /// A row more.
    pub fn row(&mut self) -> Result<(), Excess> {
        self.rows += 1;
        Excess::check(Measure::Rows, self.rows, count(ROWS_MAX))
    }

    /// A cell more, of so many bytes.
    pub fn cell(&mut self, bytes: usize) -> Result<(), Excess> {
        let bytes = count(bytes);
        Excess::check(Measure::CellBytes, bytes, CELL_BYTES_MAX)?;
        self.cells += 1;
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        Excess::check(Measure::Cells, self.cells, CELLS_MAX)?;
        Excess::check(Measure::TextBytes, self.text_bytes, count(BYTES_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_bounds_for_all_of_its_files_together() {
        let ends = |mut use_one: Box<dyn FnMut(&mut Usage) -> Result<(), Excess>>| {
            let mut usage = Usage::default();
            let excess = std::iter::repeat_with(|| use_one(&mut usage)).find_map(Result::err);
            let Excess { measure, found, limit } = excess.unwrap();
            (measure, found, limit)
        };
        fn mib(number: u64) -> u64 {
            number << 20
        }
        for (expected, found) in [
            (
                (Measure::FileBytes, mib(64) + 1, mib(64)),
                ends(Box::new(|usage| usage.file(mib(64) + 1))),
            ),
            (
                (Measure::SourceBytes, mib(192), mib(128)),
                ends(Box::new(|usage| usage.file(mib(64)))),
            ),
            ((Measure::Files, 67, 66), ends(Box::new(|usage| usage.file(1)))),
            (
                (Measure::InflatedBytes, mib(97), mib(96)),
                ends(Box::new(|usage| usage.inflated(mib(1)))),
            ),
            ((Measure::Elements, 6_500_001, 6_500_000), ends(Box::new(Usage::element))),
            ((Measure::Rows, 200_001, 200_000), ends(Box::new(Usage::row))),
            ((Measure::Cells, 2_000_001, 2_000_000), ends(Box::new(|usage| usage.cell(1)))),
            ((Measure::CellBytes, 131_073, 131_072), ends(Box::new(|usage| usage.cell(131_073)))),
            (
                (Measure::TextBytes, mib(64) + 131_072, mib(64)),
                ends(Box::new(|usage| usage.cell(131_072))),
            ),
        ] {
            assert_eq!(found, expected);
        }
    }
}
