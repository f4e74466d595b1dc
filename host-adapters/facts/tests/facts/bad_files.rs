//! Everything that can be wrong with files, and the words for it.

use std::fs;
use std::path::Path;

use kycuong_facts::{FactSet, FactsError, FileFacts, Problem};
use kycuong_model::text::with_causes;

/// A folder with files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What is wrong in a folder or a file.
pub fn problems(path: &Path) -> Vec<Problem> {
    match FactSet::from_files(path) {
        Err(FactsError::Problems { problems, .. }) => problems,
        other => panic!("{other:?}"),
    }
}

/// In English, one line each, without the folder.
pub fn said(folder: &tempfile::TempDir) -> Vec<String> {
    let prefix = format!("{}/", folder.path().display());
    problems(folder.path()).iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
}

fn csv(name: &str, text: &str) -> Vec<String> {
    said(&folder(&[(name, text.as_bytes())]))
}

const DAYS: &str = "date,working,name\n";
const REGISTER: &str = "number,title,from,to,replaced_by,regime\n";
const PRICES: &str = "item_key,name,unit,price,source,date\n";
const COMMUNES: &str = "code,name,province,from,to\n";

#[test]
fn a_cell_that_is_not_as_its_column_says() {
    for (name, text, expected) in [
        (
            "working_days.csv",
            format!("{DAYS}1/9/2026,no,Quốc khánh\n"),
            "`working_days.csv`, line 2, column 1 (date): `1/9/2026` is no date written YYYY-MM-DD: write 2026-09-01",
        ),
        (
            "working_days.csv",
            format!("{DAYS}2026-02-29,no,\n"),
            "`working_days.csv`, line 2, column 1 (date): `2026-02-29` is no date written YYYY-MM-DD: write year, month and day: 2026-07-01",
        ),
        (
            "working_days.csv",
            format!("{DAYS}2026-09-02,không,Quốc khánh\n"),
            "`working_days.csv`, line 2, column 2 (working): `không` is none of the values allowed: write `no` (or: yes)",
        ),
        (
            "working_days.csv",
            format!("{DAYS}2026-09-02,nghỉ,Quốc khánh\n"),
            "`working_days.csv`, line 2, column 2 (working): `nghỉ` is none of the values allowed: write one of yes, no",
        ),
        (
            "working_days.csv",
            format!("{DAYS},no,Quốc khánh\n"),
            "`working_days.csv`, line 2, column 1 (date): the cell must be filled in: fill it in, or remove the row",
        ),
        (
            "price_benchmarks.csv",
            format!("{PRICES}may-quet,Máy quét,cái,12.500.000,,2026-08-15\n"),
            "`price_benchmarks.csv`, line 2, column 4 (price): `12.500.000` is no amount in đồng, which has 1 to 18 digits and nothing else: write 12500000",
        ),
        (
            "price_benchmarks.csv",
            format!("{PRICES}may-quet,Máy quét,cái,\"12,5 triệu\",,2026-08-15\n"),
            "`price_benchmarks.csv`, line 2, column 4 (price): `12,5 triệu` is no amount in đồng, which has 1 to 18 digits and nothing else: write whole đồng without separators: 15800000",
        ),
        (
            "communes.csv",
            format!("{COMMUNES}7339,Xã Tân Yên,24,2025-07-01,\n"),
            "`communes.csv`, line 2, column 1 (code): `7339` is not a code of 5 digits: write all digits; a spreadsheet drops leading zeros unless the cell is formatted as text",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026/NĐ-CP,,2026-03-01,,,nd-45-2025\n"),
            "`legal_register.csv`, line 2, column 6 (regime): `nd-45-2025` is none of the values allowed: write `nd-45-2026` (or: nd-73-2019, nd-82-2024, nd-224-2026)",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026/NĐ-CP,,2026-03-01,2026-02-28,,\n"),
            "`legal_register.csv`, line 2, column 4 (to): the end 2026-02-28 is before the start 2026-03-01: correct one of the two dates",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026/N\u{110}-CP,Nghi\u{323} \u{111}i\u{323}nh,,,,\n"),
            "`legal_register.csv`, line 2, column 2 (title): Vietnamese letters are decomposed: their marks stand apart: convert it to composed Unicode (NFC, TCVN 6909:2001)",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026/N\u{d0}-CP,,,,,\n"),
            "`legal_register.csv`, line 2, column 1 (number): a letter looks like “Đ” or “đ” but belongs to another language (U+00D0, U+00F0, U+0189): use the Vietnamese letters “Đ” (U+0110) and “đ” (U+0111)",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026\u{0}/NĐ-CP,,,,,\n"),
            "`legal_register.csv`, line 2, column 1 (number): the text has a control character: type the cell again",
        ),
        (
            "legal_register.csv",
            format!("{REGISTER}45/2026/NĐ-CP,{},,,,\n", "ă".repeat(20_001)),
            "`legal_register.csv`, line 2, column 2 (title): the cell has 20001 characters, the most is 20000: shorten it",
        ),
    ] {
        assert_eq!(csv(name, &text), [expected]);
    }
}

#[test]
fn codes_of_agencies_have_their_form() {
    let head = "owner,year,rank,units,score\n";
    assert_eq!(
        csv("readiness_ranks.csv", &format!("{head}Sở KH&CN,26,ba,21,\"92,4\"\n")),
        [
            "`readiness_ranks.csv`, line 2, column 1 (owner): `Sở KH&CN` is not the identifier of an agency (QĐ 20/2020/QĐ-TTg): write it like H21.05",
            "`readiness_ranks.csv`, line 2, column 2 (year): `26` is not a code of 4 digits: write all digits; a spreadsheet drops leading zeros unless the cell is formatted as text",
            "`readiness_ranks.csv`, line 2, column 3 (rank): `ba` is not a number of 1 to 4 digits: write all digits; a spreadsheet drops leading zeros unless the cell is formatted as text",
            "`readiness_ranks.csv`, line 2, column 5 (score): `92,4` is not a number with a decimal point and at most 6 digits on each side: write it like 95.25",
        ]
    );
    let head = "id,name,function_code,scope,owner,domain,is_core\n";
    assert_eq!(
        csv("systems.csv", &format!("{head}HT-1,Hệ thống,Quản lý,toàn tỉnh,,,\n")),
        [
            "`systems.csv`, line 2, column 3 (function_code): `Quản lý` is not a code of a-z and 0-9 joined by hyphens: write it like quan-ly-van-ban",
            "`systems.csv`, line 2, column 4 (scope): `toàn tỉnh` is not a scope: VN, the two digits of a province, or the identifier of an agency: write it like VN, 52, H21.05",
        ]
    );
}

#[test]
fn columns_that_are_not_the_table_s() {
    assert_eq!(
        csv("working_days.csv", "date,workin,name,ghi chú,date\n2026-09-02,no,,x,y\n"),
        [
            "`working_days.csv`: the column `working` is missing: add it; its cells may stay empty where there is nothing to say",
            "`working_days.csv`, line 1, column 2: the table has no column `workin`: did you mean `working`?",
            "`working_days.csv`, line 1, column 4: the table has no column `ghi chú`: remove it; the columns are date, working, name",
            "`working_days.csv`, line 1, column 5: the column name `date` is written twice: keep one of them",
        ]
    );
    assert_eq!(
        csv("working_days.csv", "date,working,name,\n2026-09-02,no,,x\n"),
        [
            "`working_days.csv`, line 1, column 4: the column has no name: name it, or remove the column"
        ]
    );
    assert_eq!(
        csv("working_days.csv", " \n"),
        [
            "`working_days.csv`: there is no first line with the names of the columns: use what `kycuong facts template` writes"
        ]
    );
}

#[test]
fn rows_that_are_not_rows() {
    assert_eq!(
        csv("working_days.csv", &format!("{DAYS}\n\n2026-09-02,no\n2026-09-01,no,a,b\n")),
        [
            "`working_days.csv`, line 4, column 3: the row has 2 fields, the line of the columns' names has 3: give it as many; a text that holds the separator stands in quotation marks",
            "`working_days.csv`, line 5, column 4: the row has 4 fields, the line of the columns' names has 3: give it as many; a text that holds the separator stands in quotation marks",
        ]
    );
    assert_eq!(
        csv("working_days.csv", &format!("{DAYS}2026-09-02,no,\"Quốc khánh\n2026-09-01,no,a\n")),
        [
            "`working_days.csv`, line 2, column 1: a quotation mark opens in this row and is not closed before the end of the file: close it; a quotation mark inside a text is written twice"
        ]
    );
    assert_eq!(
        csv(
            "working_days.csv",
            &format!("{DAYS}2026-09-02,no,a\n2026-09-01,no,b\n2026-09-02,yes,c\n")
        ),
        [
            "`working_days.csv`, line 4, column 1: the key `2026-09-02` (date) is that of `working_days.csv`, line 2, column 1: remove one of the rows, or correct its key"
        ]
    );
}

#[test]
fn files_in_another_encoding() {
    let mut windows = format!("{DAYS}2026-09-02,no,").into_bytes();
    windows.extend_from_slice(b"Qu\xf4\xec kh\xe1nh\n");
    assert_eq!(
        said(&folder(&[("working_days.csv", &windows)])),
        [
            "`working_days.csv`, line 2, character 17: the file is not UTF-8; probably it is Windows-1258, TCVN3 (ABC) or VNI: save it as “CSV UTF-8”, or convert it to UTF-8"
        ]
    );
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(DAYS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        said(&folder(&[("working_days.csv", &utf16)])),
        ["`working_days.csv`: the file is UTF-16: save it as “CSV UTF-8”, or convert it to UTF-8"]
    );
    assert_eq!(
        said(&folder(&[("working_days.json", b"[{\"date\": \"\xff\"}]")])),
        [
            "`working_days.json`, line 1, character 12: the file is not UTF-8; probably it is Windows-1258, TCVN3 (ABC) or VNI: save it as “CSV UTF-8”, or convert it to UTF-8"
        ]
    );
}

#[test]
fn json_that_is_no_table() {
    let json = |text: &str| said(&folder(&[("working_days.json", text.as_bytes())]));
    let rows = "a JSON file is a list of rows, each of them an object: write [{\"id\": \"…\"}]";
    assert_eq!(json("{}"), [format!("`working_days.json`, line 1, character 1: {rows}")]);
    assert_eq!(json("[\n 12]"), [format!("`working_days.json`, line 2, character 2: {rows}")]);
    assert_eq!(
        json("[{]"),
        [
            "`working_days.json`, line 1, character 3: the file cannot be read (expected a name in quotes, found `]`): open it with the program that made it and save it again"
        ]
    );
    assert_eq!(
        json("[{\"date\": \"2026-09-02\",\n  \"working\": false}]"),
        [
            "`working_days.json`, line 2, character 14 (working): the value is no text; numbers are texts too: put it in quotation marks"
        ]
    );
    assert_eq!(
        json("[{\"date\": \"2026-09-02\", \"working\": \"no \", \"note\": \"\"}]"),
        [
            "`working_days.json`, line 1, character 37 (working): the text begins or ends with a blank: remove the blank",
            "`working_days.json`, line 1, character 44: the table has no column `note`: remove it; the columns are date, working, name",
        ]
    );
    assert_eq!(
        json("[{\"date\": \"2026-09-02\"}]"),
        [
            "`working_days.json`, line 1, character 2 (working): the cell must be filled in: fill it in, or remove the row"
        ]
    );
}

#[test]
fn files_that_are_no_table() {
    let days = format!("{DAYS}2026-09-02,no,\n");
    let days = days.as_bytes();
    let folder = folder(&[
        ("Working-Days.csv", days),
        ("systems.xls", b"x"),
        ("working_days.csv", days),
        ("working_days.json", b"[]"),
        ("guide.csv", b"x"),
        ("notes.txt", b"x"),
        ("~$working_days.xlsx", b"x"),
    ]);
    assert_eq!(
        said(&folder),
        [
            "`Working-Days.csv`: there is no table `Working-Days`: did you mean `working_days`?",
            "`systems.xls`: spreadsheets of this format are not read: save it as .xlsx",
            "`working_days.json`: the table `working_days` is in `working_days.csv` already: keep one of them",
        ]
    );
    let alone = problems(&folder.path().join("guide.csv"));
    assert!(
        alone[0]
            .remedy()
            .en
            .starts_with("name the file or sheet after its table: legal_register, ")
    );
    let mixed = self::folder(&[("guide.csv", b"x"), ("working_days.csv", days)]);
    let set = FactSet::from_files(mixed.path()).unwrap();
    assert_eq!(set.ignored().len(), 1);
    for (path, expected) in [
        (folder.path().join("nowhere"), "cannot read `"),
        (folder.path().join("notes.txt"), "holds no table of facts: name files"),
        (self::folder(&[]).keep(), "holds no table of facts: name files"),
    ] {
        let error = FileFacts::open(path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn all_problems_at_once_in_vietnamese_too() {
    let folder = folder(&[
        (
            "working_days.csv",
            "\u{feff}date;working;name\r\n1/9/2026;no;Quốc khánh\r\n;;\r\n2026-09-02;x;\r\n"
                .as_bytes(),
        ),
        ("communes.csv", format!("{COMMUNES}7339,Xã Tân Yên,24,2025-07-01,\n").as_bytes()),
    ]);
    let prefix = format!("{}/", folder.path().display());
    let said: Vec<String> = problems(folder.path())
        .iter()
        .map(|problem| {
            let (place, message) = (problem.place_text().vi, problem.message().vi);
            format!("{place}: {message} {}", problem.remedy().vi).replace(&prefix, "")
        })
        .collect();
    assert_eq!(
        said,
        [
            "communes.csv, dòng 2, cột 1 (code): “7339” không phải là mã 5 chữ số. Ghi đủ chữ số; Excel bỏ số 0 ở đầu nếu ô không ở dạng văn bản (Text).",
            "working_days.csv, dòng 2, cột 1 (date): “1/9/2026” không phải là ngày ở dạng YYYY-MM-DD. Ghi 2026-09-01.",
            "working_days.csv, dòng 4, cột 2 (working): “x” không nằm trong các giá trị cho phép. Ghi yes (hoặc: no).",
        ]
    );
    let error = FileFacts::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("`: 3, the first: `"), "{error}");
}

#[test]
fn a_semicolon_a_tab_and_a_mark_in_front_read_as_commas_do() {
    let rows = |text: &str| {
        let folder = folder(&[("working_days.csv", text.as_bytes())]);
        let set = FactSet::from_files(folder.path()).unwrap();
        set.tables().flat_map(|(_, rows)| rows.to_vec()).collect::<Vec<_>>()
    };
    let commas = rows("date,working,name\n2026-09-02,no,\"Quốc khánh, 2/9\"\n");
    assert_eq!(commas.len(), 1);
    assert_eq!(commas[0]["name"], "Quốc khánh, 2/9");
    let marked = "\u{feff}date;working;name;\r\n2026-09-02 ; no;Quốc khánh, 2/9;\r\n;;;\r\n";
    assert_eq!(rows(marked), commas);
    assert_eq!(rows("name\tdate\tworking\nQuốc khánh, 2/9\t2026-09-02\tno"), commas);
    let json = folder(&[(
        "working_days.json",
        r#"[{"date": "2026-09-02", "working": "no", "name": "Quốc khánh, 2/9"}]"#.as_bytes(),
    )]);
    let set = FactSet::from_files(json.path()).unwrap();
    assert_eq!(set.tables().next().unwrap().1, commas);
}

#[test]
#[cfg(unix)]
fn a_file_is_read_to_its_limit() {
    let folder = folder(&[]);
    let path = folder.path().join("communes.csv");
    let said = || with_causes(&FileFacts::open(folder.path()).unwrap_err());
    fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let too_large = said();
    assert!(too_large.contains("communes.csv") && too_large.contains("3221225472"), "{too_large}");
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    let alone = with_causes(&FileFacts::open(&path).unwrap_err());
    assert!(alone.ends_with("it is a device, and only ordinary files are read"), "{alone}");
}
