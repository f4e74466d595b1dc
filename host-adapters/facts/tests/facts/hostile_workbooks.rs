//! Workbooks that were made to hurt: small files that would be large, and headers that lie.

use std::time::{Duration, Instant};

use kycuong_facts::FactSet;

use crate::archives::{HEAD, NAMES, Part, SHEET, archive, book, frame, sheet, texts};
use crate::bad_files::{folder, said};

fn refused(bytes: &[u8]) -> String {
    let start = Instant::now();
    let said = said(&folder(&[("facts.xlsx", bytes)]));
    assert!(start.elapsed() < Duration::from_secs(90), "{said:?}");
    said.first().cloned().unwrap_or_default()
}

const ROW: &str = "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46267</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>no</t></is></c><c r=\"C2\" t=\"str\"><f>1</f><v>Qu&#x1ED1;c kh_x00E1_nh &amp; “2/9”</v></c></row>";

#[test]
fn a_workbook_part_by_part_is_read_as_it_stands() {
    let folder = folder(&[("facts.xlsx", &book(sheet(&format!("{HEAD}{ROW}")), texts(NAMES)))]);
    let set = FactSet::from_files(folder.path()).unwrap();
    let (table, rows) = set.tables().next().unwrap();
    assert_eq!((table.name, rows.len()), ("working_days", 1));
    assert_eq!(rows[0]["date"], "2026-09-02");
    assert_eq!(rows[0]["name"], "Quốc khánh & “2/9”");
}

#[test]
fn a_formula_without_a_value_was_never_calculated() {
    for value in ["", "<v></v>", "<v/>"] {
        let row = format!(
            "<row><c r=\"A2\" s=\"1\"><f>TODAY()</f>{value}</c><c r=\"B2\" t=\"str\"><v>no</v></c></row>"
        );
        assert_eq!(
            refused(&book(sheet(&format!("{HEAD}{row}")), texts(NAMES))),
            "`facts.xlsx`, sheet `working_days`, cell A2 (date): the cell has a formula that was never calculated, and so no value: open the file in a spreadsheet, calculate and save it, or write the value itself"
        );
    }
}

/// 70 MiB, out of some 80 kB.
const TIMES: usize = 70;
const STRETCH: usize = 1 << 20;

#[test]
fn parts_are_inflated_up_to_a_bound() {
    let stretch = |piece: &str| piece.repeat(STRETCH / piece.len()).into_bytes();
    let name = "xl/worksheets/sheet1.xml";
    let open = "<worksheet><sheetData>";
    let in_cell = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";
    let many = "there are at least 6500001 elements of XML in the workbooks; the most is 6500000";
    let right = || (sheet(HEAD), texts(NAMES));
    for (what, (cells, strings), expected) in [
        (
            "one cell",
            (Part::bomb(name, in_cell, &stretch("a"), TIMES, ""), right().1),
            "bytes between two tags of XML; the most is 262144",
        ),
        (
            "one text",
            (
                right().0,
                Part::bomb("xl/sharedStrings.xml", "<sst><si><t>", &stretch("a"), TIMES, ""),
            ),
            "bytes between two tags",
        ),
        (
            "one text in pieces",
            (
                right().0,
                Part::bomb("xl/sharedStrings.xml", "<sst><si><t>", &stretch("a<!---->"), TIMES, ""),
            ),
            "bytes in a cell",
        ),
        (
            "one tag",
            (Part::bomb(name, "<worksheet a=\"", &stretch("a"), TIMES, ""), right().1),
            "bytes between two tags",
        ),
        (
            "empty texts",
            (right().0, Part::bomb("xl/sharedStrings.xml", "<sst>", &stretch("<si/>"), TIMES, "")),
            "there are at least 1000001 shared texts in the workbook; the most is 1000000",
        ),
        (
            "comments",
            (Part::bomb(name, open, &stretch("<!--0123456-->"), TIMES, ""), right().1),
            "bytes in a part when inflated; the most is 50331648",
        ),
        ("blanks", (Part::bomb(name, open, &stretch("<a/>"), TIMES, ""), right().1), many),
        (
            "nesting",
            (Part::bomb(name, open, &stretch("<a>"), TIMES, ""), right().1),
            "65 elements of XML inside one another; the most is 64",
        ),
    ] {
        let bytes = book(cells, strings);
        assert!(bytes.len() < 1 << 20, "{what}: {}", bytes.len());
        let said = refused(&bytes);
        assert!(said.contains(expected), "{what}: {said}");
    }
}

#[test]
fn rows_and_columns_are_counted() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let row = "<row><c t=\"str\"><v>a</v></c></row>";
    let said = refused(&book(sheet(&format!("{HEAD}{}", many(row, 200_001))), texts(NAMES)));
    assert!(said.contains("200001 rows in the tables; the most is 200000"), "{said}");
    let wide = "<c t=\"str\"><v>a</v></c>";
    let said = refused(&book(sheet(&format!("<row>{}</row>", many(wide, 101))), texts("")));
    assert!(said.contains("101 columns in the table; the most is 100"), "{said}");
    let far = "<row r=\"1048577\"><c t=\"str\"><v>a</v></c></row>";
    let said = refused(&book(sheet(&format!("{HEAD}{far}")), texts(NAMES)));
    assert!(said.contains("a cell outside of the sheet"), "{said}");
    let long = format!(
        "{HEAD}<row><c r=\"C2\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "a".repeat(140_000)
    );
    let said =
        crate::bad_files::said(&folder(&[("facts.xlsx", &book(sheet(&long), texts(NAMES)))]));
    let bytes = "there are at least 140000 bytes in a cell; the most is 131072";
    assert!(
        said.iter().any(|line| line.contains("cell C2 (name): ") && line.contains(bytes)),
        "{said:?}"
    );
}

#[test]
fn one_sheet_named_many_times_is_read_once() {
    let mut parts = frame(&SHEET.repeat(200));
    let rows = "<row><c t=\"str\"><v>a</v></c></row>".repeat(50_000);
    parts.extend([sheet(&format!("{HEAD}{rows}")), texts(NAMES)]);
    let said = said(&folder(&[("facts.xlsx", &archive(&parts, None))]));
    assert!(
        said.iter()
            .filter(|line| line.contains("is in `facts.xlsx`, sheet `working_days` already"))
            .count()
            >= 199
    );
    let said = refused(&archive(&frame(&SHEET.repeat(257)), None));
    assert!(said.contains("257 sheets in the workbook; the most is 256"), "{said}");
}

#[test]
fn archives_whose_headers_lie() {
    let right = || {
        let mut parts = frame(SHEET);
        parts.extend([sheet(&format!("{HEAD}{ROW}")), texts(NAMES)]);
        parts
    };
    let with = |change: fn(&mut Part)| {
        let mut parts = right();
        parts.iter_mut().for_each(change);
        archive(&parts, None)
    };
    let many: Vec<Part> = (0..1_001).map(|number| Part::new(&number.to_string(), b"")).collect();
    let mut twice = right();
    twice.push(sheet(HEAD));
    let mut cut = archive(&right(), None);
    cut.drain(..500);
    let document_type =
        Part::new("xl/worksheets/sheet1.xml", b"<!DOCTYPE a [<!ENTITY b \"bb\">]><worksheet/>");
    let entity = sheet(&format!("{HEAD}<row><c t=\"str\"><v>&bomb;</v></c></row>"));
    for (what, bytes, expected) in [
        ("many parts", archive(&many, None), "1001 parts in the workbook; the most is 1000"),
        ("more than there are", archive(&right(), Some(60_000)), "60000 parts in the workbook"),
        ("a few more than there are", archive(&right(), Some(900)), "its list of parts is cut"),
        ("twice", archive(&twice, None), "a part is there twice"),
        ("cut", cut, "its list of parts is cut"),
        ("checksum", with(|part| part.checksum ^= 1), "another checksum"),
        ("method", with(|part| part.method = 12), "packed in a way that is not read"),
        ("password", with(|part| part.flags = 1), "protected by a password"),
        ("no deflate", with(|part| part.packed = vec![0xff; 100]), "cannot be read"),
        ("document type", book(document_type, texts(NAMES)), "a document type"),
        ("entity", book(entity, texts(NAMES)), "an unknown entity"),
        ("no part", archive(&frame(SHEET), None), "a part is missing"),
        ("no archive", b"date,working,name".to_vec(), "it is no ZIP archive"),
        ("compound", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0].to_vec(), "password"),
        ("empty", Vec::new(), "it is no ZIP archive"),
    ] {
        let said = refused(&bytes);
        assert!(said.contains(expected), "{what}: {said}");
    }
    // What they say of sizes counts for nothing.
    let bytes = with(|part| part.stated = u32::MAX - 1);
    assert!(FactSet::from_files(folder(&[("facts.xlsx", &bytes)]).path()).is_ok());
}

#[test]
fn every_workbook_with_a_byte_changed_is_read_or_refused() {
    let mut parts = frame(SHEET);
    parts.extend([sheet(&format!("{HEAD}{ROW}")), texts(NAMES)]);
    let right = archive(&parts, None);
    let folder = folder(&[]);
    let path = folder.path().join("facts.xlsx");
    for position in 0..right.len() {
        let mut bytes = right.clone();
        bytes[position] = bytes[position].wrapping_add(1 + (position % 250) as u8);
        std::fs::write(&path, &bytes).unwrap();
        let _ = FactSet::from_files(folder.path());
        std::fs::write(&path, &right[..position]).unwrap();
        assert!(FactSet::from_files(folder.path()).is_err(), "cut at {position}");
    }
}

#[test]
fn other_files_have_bounds_too() {
    let cells = format!("{}\n", "a,".repeat(101));
    let long_row = format!("date,working,name\n2026-09-02,no,{}\n", "a".repeat(1 << 20));
    let rows = format!("date,working,name\n{}", "2026-09-02,no,\n".repeat(200_001));
    let members: String = (0..101).map(|n| format!("\"{n}\":\"\",")).collect();
    let json = format!("[{{{}}}]", members.trim_end_matches(','));
    let json_rows = format!("[{}{{}}]", "{},".repeat(200_001));
    let long_cell = format!("date,working,name\n2026-09-02,no,{}\n", "a".repeat(140_000));
    for (name, text, expected) in [
        ("working_days.csv", cells, "102 columns in the table; the most is 100"),
        ("working_days.csv", long_row, "bytes in a row; the most is 1048576"),
        ("working_days.csv", rows, "200001 rows in the tables; the most is 200000"),
        ("working_days.csv", long_cell, "140000 bytes in a cell; the most is 131072"),
        ("working_days.json", json, "101 columns in the table; the most is 100"),
        ("working_days.json", json_rows, "200001 rows in the tables; the most is 200000"),
    ] {
        let said = said(&folder(&[(name, text.as_bytes())]));
        assert!(said.iter().any(|line| line.contains(expected)), "{name}: {:?}", said.first());
    }
    // A file is looked at before it is read.
    let folder = folder(&[]);
    let path = folder.path().join("working_days.csv");
    std::fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let said = crate::bad_files::said(&folder);
    assert!(said[0].contains("3221225472 bytes in the file; the most is 67108864"), "{said:?}");
    // Problems are listed up to a number, and counted.
    let wrong = format!("date,working,name\n{}", "x,no,\n".repeat(5_000));
    std::fs::write(&path, wrong).unwrap();
    let Err(kycuong_facts::FactsError::Problems { problems, count, .. }) =
        FactSet::from_files(&path)
    else {
        panic!("all of it is wrong")
    };
    assert_eq!(problems.len(), 1_000);
    assert!(count >= 5_000, "{count}");
}

#[test]
#[cfg(unix)]
fn nothing_of_a_folder_is_passed_over_in_silence() {
    let right = "date,working,name\n2026-09-02,no,\n";
    let folder = folder(&[
        ("working_days.csv", right.as_bytes()),
        ("systems.txt", b"x"),
        ("README.md", b"x"),
    ]);
    std::fs::create_dir(folder.path().join("more")).unwrap();
    let set = FactSet::from_files(folder.path()).unwrap();
    let ignored: Vec<_> = set
        .ignored()
        .iter()
        .map(|place| place.source.rsplit('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(ignored, ["more", "systems.txt"]);
    std::os::unix::fs::symlink("/nonexistent", folder.path().join("communes.csv")).unwrap();
    let error = FactSet::from_files(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("communes.csv`"), "{error}");
    let error = FactSet::from_files("/dev/zero".as_ref()).unwrap_err();
    assert_eq!(error.code(), "no-tables");
    let zero = folder.path().join("zero.csv");
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    let error = kycuong_model::text::with_causes(&FactSet::from_files(&zero).unwrap_err());
    assert!(error.contains("only ordinary files are read"), "{error}");
}

/// With half a gigabyte of memory to their name, the tests above come out as they do.
#[test]
#[cfg(target_os = "linux")]
fn a_small_workbook_never_costs_a_gigabyte() {
    for test in ["parts_are_inflated_up_to_a_bound", "archives_whose_headers_lie"] {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "ulimit -v 524288; exec \"$0\" --exact \"$1\""]);
        command.arg(std::env::current_exe().unwrap()).arg(format!("hostile_workbooks::{test}"));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{test}: {said}");
    }
}
