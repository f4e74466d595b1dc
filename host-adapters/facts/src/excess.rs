//! More of something than is allowed: what is counted, and the sentence with both numbers.

use kycuong_model::text::Bilingual;

/// What is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Bytes of a file.
    FileBytes,
    /// Bytes of all files of a source.
    SourceBytes,
    /// Files of a folder.
    Files,
    /// Parts of a workbook.
    Parts,
    /// Bytes of an inflated part of a workbook.
    PartBytes,
    /// Bytes of all inflated parts.
    InflatedBytes,
    /// Sheets of a workbook.
    Sheets,
    /// Shared texts of a workbook.
    SharedTexts,
    /// Cell formats of a workbook.
    Formats,
    /// Bytes between two tags of a part.
    TokenBytes,
    /// Elements inside one another.
    Depth,
    /// Elements in all parts.
    Elements,
    /// Rows of all tables.
    Rows,
    /// Columns of a table.
    Columns,
    /// Cells of all tables.
    Cells,
    /// Bytes of a cell.
    CellBytes,
    /// Bytes of a row.
    RowBytes,
    /// Bytes of all cells.
    TextBytes,
}

/// More of something than is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub struct Excess {
    /// Of what.
    pub measure: Measure,
    /// How many there are; at least, where counting ended.
    pub found: u64,
    /// The most allowed.
    pub limit: u64,
}

impl Excess {
    /// The sentence about it, a clause in English.
    pub(crate) fn message(&self) -> Bilingual {
        message(*self)
    }

    /// An excess if there is more than the limit.
    pub(crate) fn check(measure: Measure, found: u64, limit: u64) -> Result<(), Self> {
        if found > limit { Err(Self { measure, found, limit }) } else { Ok(()) }
    }
}

fn message(Excess { measure, found, limit }: Excess) -> Bilingual {
    let (vi, en) = match measure {
        Measure::FileBytes => ("byte trong tệp", "bytes in the file"),
        Measure::SourceBytes => {
            ("byte trong các tệp của nguồn", "bytes in the files of the source")
        }
        Measure::Files => ("tệp trong thư mục", "files in the folder"),
        Measure::Parts => ("phần trong sổ tính", "parts in the workbook"),
        Measure::PartBytes => ("byte sau khi giải nén một phần", "bytes in a part when inflated"),
        Measure::InflatedBytes => {
            ("byte sau khi giải nén các sổ tính", "bytes in the workbooks when inflated")
        }
        Measure::Sheets => ("trang trong sổ tính", "sheets in the workbook"),
        Measure::SharedTexts => ("chuỗi dùng chung trong sổ tính", "shared texts in the workbook"),
        Measure::Formats => ("kiểu ô trong sổ tính", "cell formats in the workbook"),
        Measure::TokenBytes => ("byte giữa hai thẻ XML", "bytes between two tags of XML"),
        Measure::Depth => ("cấp thẻ XML lồng nhau", "elements of XML inside one another"),
        Measure::Elements => ("thẻ XML trong các sổ tính", "elements of XML in the workbooks"),
        Measure::Rows => ("dòng trong các bảng", "rows in the tables"),
        Measure::Columns => ("cột trong bảng", "columns in the table"),
        Measure::Cells => ("ô có nội dung trong các bảng", "cells in the tables"),
        Measure::CellBytes => ("byte trong một ô", "bytes in a cell"),
        Measure::RowBytes => ("byte trong một dòng", "bytes in a row"),
        Measure::TextBytes => ("byte trong các ô", "bytes in the cells"),
    };
    Bilingual::new(
        format!("Có ít nhất {found} {vi}; tối đa {limit}."),
        format!("there are at least {found} {en}; the most is {limit}"),
    )
}

/// A number of things in memory.
pub(crate) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
