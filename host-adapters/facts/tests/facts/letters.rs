//! Letters that make a key another than the one that it looks like.

use kycuong_facts::FactSet;

use crate::bad_files::{folder, said};
use crate::workbooks::saved;

const REGISTER: &str = "number,title,from,to,replaced_by,regime\n";

fn register(row: &str) -> Vec<String> {
    said(&folder(&[("legal_register.csv", format!("{REGISTER}{row}\n").as_bytes())]))
}

#[test]
fn keys_with_letters_that_look_alike_are_refused_with_their_place() {
    let at = "`legal_register.csv`, line 2, column 1 (number): ";
    for (number, expected) in [
        (
            "39/2017/TT-BTTTT\u{200b}",
            "`39/2017/TT-BTTTT<U+200B>`: character 17 (U+200B) is invisible",
        ),
        ("39/2017\u{ad}/TT-BTTTT", "`39/2017<U+00AD>/TT-BTTTT`: character 8 (U+00AD) is invisible"),
        (
            "\u{feff}39/2017/TT-BTTTT",
            "`<U+FEFF>39/2017/TT-BTTTT`: character 1 (U+FEFF) is invisible",
        ),
        (
            "39/2017/\u{202e}TT-BTTTT",
            "`39/2017/<U+202E>TT-BTTTT`: character 9 (U+202E) is invisible",
        ),
        (
            "QCVN\u{a0}102:2016/BTTTT",
            "`QCVN<U+00A0>102:2016/BTTTT`: character 5 (U+00A0) is a blank other than the usual one",
        ),
        (
            "39/2017/TT\u{2011}BTTTT",
            "`39/2017/TT\u{2011}BTTTT`: character 11 (U+2011) is a hyphen other than the usual “-”",
        ),
        (
            "73/2019/NĐ–CP",
            "`73/2019/NĐ–CP`: character 11 (U+2013) is a hyphen other than the usual “-”",
        ),
        (
            "73/2019/NĐ-СP",
            "`73/2019/NĐ-СP`: character 12 (U+0421) looks like “C” and is another one",
        ),
        (
            "73/2019/ΝĐ-CP",
            "`73/2019/ΝĐ-CP`: character 9 (U+039D) looks like “N” and is another one",
        ),
        (
            "73∕2019/NĐ-CP",
            "`73∕2019/NĐ-CP`: character 3 (U+2215) looks like “/” and is another one",
        ),
        (
            "７3/2019/NĐ-CP",
            "`７3/2019/NĐ-CP`: character 1 (U+FF17) looks like “7” and is another one",
        ),
        (
            "73/2019/NĐ-CPж",
            "`73/2019/NĐ-CPж`: character 14 (U+0436) is a letter, digit or mark of another script",
        ),
    ] {
        let said = register(&format!("{number},,,,,"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with(&format!("{at}{expected}")), "{said:?}");
    }
}

#[test]
fn what_is_only_read_may_be_written_as_it_is() {
    let row = "39/2017/TT-BTTTT,Thông tư\u{a0}về – “dữ liệu” 5 µm Ω,,,,";
    let folder = folder(&[("legal_register.csv", format!("{REGISTER}{row}\n").as_bytes())]);
    assert!(FactSet::from_files(folder.path()).is_ok());
    // But not what nobody sees, nor in what another row refers to.
    let said = register("39/2017/TT-BTTTT,Thông\u{200d} tư,,,13/2026/TT–BKHCN,");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("column 2 (title)") && said[1].contains("column 5 (replaced_by)"));
}

#[test]
fn a_cell_of_a_sheet_is_named_and_what_is_shown_is_harmless() {
    let book = saved("facts.xlsx", |book| {
        let sheet = book.add_worksheet().set_name("legal_register").unwrap();
        for (column, name) in (0u16..).zip(REGISTER.trim().split(',')) {
            sheet.write_string(0, column, name).unwrap();
        }
        sheet.write_string(1, 0, "39/2017/TT-BTTTT\u{200b}").unwrap();
        sheet.write_string(2, 0, "40/2017/TT-BTTTT").unwrap();
        sheet.write_string(2, 2, "\u{9b}2J").unwrap();
    });
    let said = said(&book);
    assert!(
        said[0].starts_with(
            "`facts.xlsx`, sheet `legal_register`, cell A2 (number): `39/2017/TT-BTTTT<U+200B>`"
        ),
        "{said:?}"
    );
    assert!(said.iter().all(|line| !line.chars().any(char::is_control)), "{said:?}");
    let folder = folder(&[("working_days.csv", "date,working,name,a\u{1b}[2Jb\n".as_bytes())]);
    let said = crate::bad_files::said(&folder);
    assert!(said[0].contains("no column `a\u{fffd}[2Jb`"), "{said:?}");
}
