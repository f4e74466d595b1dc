//! The sentences about more of something than a source may hold.

use kycuong_model::text::Bilingual;

use crate::limits::{Excess, Measure};

pub(super) fn message(Excess { measure, found, limit }: Excess) -> Bilingual {
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
