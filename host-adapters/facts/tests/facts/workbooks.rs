//! Excel workbooks, as Excel would have written them.

use std::path::Path;

use kycuong_engine::facts::Row;
use kycuong_facts::FactSet;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::bad_files::{folder, said};
use crate::samples::sample;

/// Writes a set as a workbook with a sheet for each table: dates as dates, whole numbers as numbers
/// where nothing is lost, the columns in another order.
pub fn write(set: &FactSet, path: &Path) {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (table, rows) in set.tables() {
        let sheet = book.add_worksheet().set_name(table.name).unwrap();
        let mut names: Vec<_> = table.column_names().collect();
        names.reverse();
        for (column, name) in (1u16..).zip(&names) {
            sheet.write_string(3, column, *name).unwrap();
        }
        for (line, row) in (4u32..).zip(rows) {
            for (column, name) in (1u16..).zip(&names) {
                cell(sheet, line, column, row, name, &date);
            }
        }
    }
    book.add_worksheet()
        .set_name("Hướng dẫn")
        .unwrap()
        .write_string(0, 0, "Điền từng trang.")
        .unwrap();
    book.save(path).unwrap();
}

fn cell(sheet: &mut Worksheet, line: u32, column: u16, row: &Row, name: &str, date: &Format) {
    let text = &row[name];
    let is_date = matches!(
        name,
        "from"
            | "to"
            | "date"
            | "due"
            | "sent_on"
            | "closed_on"
            | "report_date"
            | "funding_decided_on"
            | "started_on"
            | "ended_on"
    );
    if text.is_empty() {
        return;
    }
    if is_date {
        let moment = ExcelDateTime::parse_from_str(text).unwrap();
        sheet.write_datetime_with_format(line, column, &moment, date).unwrap();
    } else if !text.starts_with('0') && text.parse::<u32>().is_ok() {
        sheet.write_number(line, column, text.parse::<u32>().unwrap()).unwrap();
    } else {
        sheet.write_string(line, column, text).unwrap();
    }
}

#[test]
fn a_workbook_says_what_csv_files_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.xlsx");
    write(&sample(), &path);
    let set = FactSet::from_files(&path).unwrap();
    for ((table, expected), (_, found)) in sample().tables().zip(set.tables()) {
        assert_eq!(found, expected, "{}", table.name);
    }
    assert_eq!(set.tables().count(), sample().tables().count());
    let ignored: Vec<_> = set.ignored().iter().map(|place| place.sheet.clone().unwrap()).collect();
    assert_eq!(ignored, ["Hướng dẫn"]);
}

/// A folder with a workbook.
pub fn saved(name: &str, fill: impl FnOnce(&mut Workbook)) -> tempfile::TempDir {
    let folder = folder(&[]);
    let mut book = Workbook::new();
    fill(&mut book);
    book.save(folder.path().join(name)).unwrap();
    folder
}

#[test]
fn cells_that_have_no_exact_text() {
    let folder = saved("facts.xlsx", |book| {
        let sheet = book.add_worksheet().set_name("price_benchmarks").unwrap();
        for (column, name) in (0u16..).zip(["item_key", "name", "unit", "price", "source", "date"])
        {
            sheet.write_string(0, column, name).unwrap();
        }
        let moment = ExcelDateTime::parse_from_str("2026-08-15T08:30:00").unwrap();
        let day = ExcelDateTime::parse_from_str("2026-08-15").unwrap();
        let format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
        sheet.write_string(1, 0, "a").unwrap();
        sheet.write_number(1, 3, 12_500_000.5).unwrap();
        sheet.write_string(2, 0, "b").unwrap();
        sheet.write_number(2, 3, 123_456_789_012_345_678_u64 as f64).unwrap();
        sheet.write_string(3, 0, "c").unwrap();
        sheet.write_number(3, 3, -5).unwrap();
        sheet.write_datetime_with_format(3, 5, &moment, &format).unwrap();
        sheet.write_string(4, 0, "d").unwrap();
        sheet.write_boolean(4, 3, true).unwrap();
        sheet.write_datetime_with_format(4, 4, &day, &format).unwrap();
        sheet.write_string(5, 0, "e").unwrap();
        sheet.write_formula(5, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_formula(6, 0, Formula::new("=\"f\"").set_result("f")).unwrap();
        sheet.write_formula(6, 3, Formula::new("=2+3").set_result("5")).unwrap();
        sheet.write_string(7, 0, "g").unwrap();
        sheet.write_number(7, 3, 1).unwrap();
        sheet.write_number(7, 5, 46_249).unwrap();
        sheet.write_string(8, 8, "lạc").unwrap();
    });
    let in_cell = |cell: &str| format!("`facts.xlsx`, sheet `price_benchmarks`, cell {cell}");
    assert_eq!(
        said(&folder),
        [
            format!("{}: the column has no name: name it, or remove the column", in_cell("I1")),
            format!(
                "{} (price): the cell is a number, 12500000.5, that is not whole and exact: format the column as text and type the value again",
                in_cell("D2")
            ),
            format!(
                "{} (price): the cell is a number, 123456789012345680, that is not whole and exact: format the column as text and type the value again",
                in_cell("D3")
            ),
            format!(
                "{} (price): `-5` is no amount in đồng, which has 1 to 18 digits and nothing else: write whole đồng without separators: 15800000",
                in_cell("D4")
            ),
            format!(
                "{} (date): the cell holds a time of day or a duration, not a date: write the date only",
                in_cell("F4")
            ),
            format!(
                "{} (price): the cell is a boolean (TRUE): write the word yes, in a cell formatted as text",
                in_cell("D5")
            ),
            format!(
                "{} (source): the cell is a date (2026-08-15) in a column that holds none: format the column as text and type the value again",
                in_cell("E5")
            ),
            format!(
                "{} (price): the cell's formula failed (#DIV/0!): fix it, or write the value itself",
                in_cell("D6")
            ),
            format!(
                "{} (date): `46249` is no date written YYYY-MM-DD: write year, month and day: 2026-07-01",
                in_cell("F8")
            ),
            format!(
                "{} (item_key): the cell must be filled in: fill it in, or remove the row",
                in_cell("A9")
            ),
            format!(
                "{} (price): the cell must be filled in: fill it in, or remove the row",
                in_cell("D9")
            ),
        ]
    );
}

#[test]
fn sheets_that_are_no_table() {
    let days = |sheet: &mut Worksheet| {
        for (column, name) in (0u16..).zip(["date", "working", "name"]) {
            sheet.write_string(0, column, name).unwrap();
        }
    };
    let folder = saved("facts.xlsx", |book| {
        days(book.add_worksheet().set_name("Working days").unwrap());
        book.add_worksheet().set_name("systems").unwrap();
    });
    assert_eq!(
        said(&folder),
        [
            "`facts.xlsx`, sheet `Working days`: there is no table `Working days`: did you mean `working_days`?",
            "`facts.xlsx`, sheet `systems`: there is no first line with the names of the columns: use what `kycuong facts template` writes",
        ]
    );
    // The first sheet of a file that is itself named as a table.
    let folder = saved("working_days.xlsx", |book| {
        days(book.add_worksheet().set_name("Sheet1").unwrap());
        book.add_worksheet().set_name("Sheet2").unwrap();
    });
    let set = FactSet::from_files(folder.path()).unwrap();
    assert_eq!(
        set.tables().map(|(table, rows)| (table.name, rows.len())).collect::<Vec<_>>(),
        [("working_days", 0)]
    );
    let broken = self::folder(&[("working_days.xlsx", b"no workbook")]);
    let said = said(&broken);
    assert!(said[0].starts_with("`working_days.xlsx`: the file cannot be read ("), "{said:?}");
    assert!(
        said[0].ends_with("): open it with the program that made it and save it again"),
        "{said:?}"
    );
}
