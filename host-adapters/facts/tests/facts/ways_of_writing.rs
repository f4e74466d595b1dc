//! The same table, however it is written: line ends, blank cells, codes with zeros in front.

use kycuong_facts::FactSet;

use crate::bad_files::{folder, said};
use crate::workbooks::saved;

fn csv(name: &str, text: &str) -> Vec<String> {
    said(&folder(&[(name, text.as_bytes())]))
}

const PRICES: &str = "item_key,name,unit,price,source,date";

#[test]
fn lines_are_counted_by_whatever_ends_them() {
    let text = "date,working,name\n2026-09-02,no,a\n1/9/2026,no,b\n";
    for end in ["\n", "\r\n", "\r"] {
        let text = text.replace('\n', end);
        assert_eq!(
            csv("working_days.csv", &text),
            [
                "`working_days.csv`, line 3, column 1 (date): `1/9/2026` is no date written YYYY-MM-DD: write 2026-09-01"
            ],
            "{end:?}"
        );
        let unclosed = text.replace("no,b", "no,\"b");
        let said = csv("working_days.csv", &format!("{unclosed}x,y,z{end}"));
        assert!(said[0].contains("line 3, column 1: a quotation mark opens"), "{said:?}");
    }
    let semicolons = "date;working;name\r2026-09-02;no;a, b, c, d, e\r";
    let set = FactSet::from_files(folder(&[("working_days.csv", semicolons.as_bytes())]).path());
    assert_eq!(set.unwrap().tables().next().unwrap().1[0]["name"], "a, b, c, d, e");
    let mut windows = b"date,working,name\r2026-09-02,no,Qu".to_vec();
    windows.extend_from_slice(b"\xf4\xec\r");
    let said = said(&folder(&[("working_days.csv", &windows)]));
    assert!(said[0].starts_with("`working_days.csv`, line 2, character 17: "), "{said:?}");
}

#[test]
fn a_blank_cell_is_told_where_it_is() {
    let expected = "(price): the cell must be filled in: fill it in, or remove the row";
    let text = format!("{PRICES}\nk,Máy,bộ,,x,2026-01-15\n");
    assert_eq!(
        csv("price_benchmarks.csv", &text),
        [format!("`price_benchmarks.csv`, line 2, column 4 {expected}")]
    );
    let book = saved("facts.xlsx", |book| {
        let sheet = book.add_worksheet().set_name("price_benchmarks").unwrap();
        for (column, name) in (0u16..).zip(PRICES.split(',')) {
            sheet.write_string(0, column, name).unwrap();
        }
        sheet.write_string(1, 0, "k").unwrap();
        sheet.write_string(1, 4, "x").unwrap();
    });
    let place = "`facts.xlsx`, sheet `price_benchmarks`, cell D2";
    assert_eq!(said(&book), [format!("{place} {expected}")]);
    // The end of a time and a key that is there twice stand where they are, too.
    let register =
        "title,number,from,to,replaced_by,regime\na,45/2026/NĐ-CP,2026-03-01,2026-02-28,,\n";
    let said = csv("legal_register.csv", register);
    assert!(
        said[0].starts_with("`legal_register.csv`, line 2, column 4 (to): the end "),
        "{said:?}"
    );
    let days = "name,date,working\na,2026-09-02,no\nb,2026-09-02,no\n";
    let said = csv("working_days.csv", days);
    assert!(said[0].starts_with("`working_days.csv`, line 3, column 2: the key "), "{said:?}");
}

#[test]
fn a_word_that_is_meant_is_given_with_the_others() {
    let text = "id,name,function_code,scope,owner,domain,is_core\nHT,Hệ thống,,,,,x\n";
    assert_eq!(
        csv("systems.csv", text),
        [
            "`systems.csv`, line 2, column 7 (is_core): `x` is none of the values allowed: write `yes` (or: no)"
        ]
    );
}

#[test]
fn codes_of_the_budget_have_the_digits_of_their_kind() {
    let head = "kind,code,parent,name,from,to\n";
    for (row, expected) in [
        (
            "programme,472,,Chương trình,,",
            "2 (code): `472` is no code of a programme, which has 5 digits: write all 5 digits;",
        ),
        ("chapter,0599,,Chương,,", "2 (code): `0599` is no code of a chapter, which has 3 digits"),
        ("item,3400,340,Khoản,,", "2 (code): `3400` is no code of a item, which has 3 digits"),
        (
            "subsection,6501,650,Tiểu mục,,",
            "3 (parent): `650` is no code of a section, which has 4 digits",
        ),
        ("section,650,,Mục,,", "2 (code): `650` is no code of a section, which has 4 digits"),
    ] {
        let said = csv("budget_codes.csv", &format!("{head}{row}\n"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].starts_with(&format!("`budget_codes.csv`, line 2, column {expected}")),
            "{said:?}"
        );
    }
    let right = "chapter,599,,a,,\ncategory,340,,b,,\nitem,341,340,c,,\nsection,6500,,d,,\nsubsection,6501,6500,e,,\nprogramme,00472,,f,,\n";
    let folder = folder(&[("budget_codes.csv", format!("{head}{right}").as_bytes())]);
    assert_eq!(FactSet::from_files(folder.path()).unwrap().tables().next().unwrap().1.len(), 6);
    // As a spreadsheet makes it of 00472.
    let book = saved("facts.xlsx", |book| {
        let sheet = book.add_worksheet().set_name("budget_codes").unwrap();
        for (column, name) in (0u16..).zip(head.trim().split(',')) {
            sheet.write_string(0, column, name).unwrap();
        }
        sheet.write_string(1, 0, "programme").unwrap();
        sheet.write_number(1, 1, 472).unwrap();
    });
    let said = said(&book);
    assert!(said[0].contains("cell B2 (code): `472` is no code of a programme"), "{said:?}");
}
