//! `kycuong facts`, and checks with facts.

use std::fs;

use crate::support::{S1, S2, check, kycuong, root, run, trouble};

const FACTS: &str = "examples/facts";

#[test]
fn from_templates_to_a_database_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (code, stdout, _) = run(&mut kycuong(["facts", "template", &at("templates")]));
    assert_eq!((code, stdout.lines().count()), (0, 11), "{stdout}");
    let line = trouble(&mut kycuong(["facts", "template", &at("templates")]));
    assert!(line.contains("legal_register.csv` exists already: choose another folder"), "{line}");

    let database = at("facts.db");
    let (code, stdout, stderr) =
        run(&mut kycuong(["facts", "import", &at("templates"), "--into", &database, "--dry-run"]));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stdout.starts_with("legal_register: 0 dòng; bảng trống: quy tắc hiểu là không có gì\n"),
        "{stdout}"
    );
    assert!(stdout.ends_with("Không có gì phải sửa; chưa ghi gì.\n"), "{stdout}");
    assert!(!folder.path().join("facts.db").exists());

    let (code, stdout, stderr) = run(&mut kycuong(["facts", "import", FACTS, "--into", &database]));
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("systems: 14 dòng (bảng mới)\n"), "{stdout}");
    assert!(stdout.ends_with(&format!("Đã ghi vào {database}.\n")), "{stdout}");
    let again = ["facts", "import", FACTS, "--into", &database, "--lang", "en"];
    let (_, stdout, _) = run(&mut kycuong(again));
    assert!(stdout.contains("systems: 14 rows (before: 14)\n"), "{stdout}");

    let (code, stdout, _) = run(&mut kycuong(["facts", "export", &database, "--into", &at("out")]));
    assert_eq!((code, stdout.lines().count()), (0, 11));
    let exported = fs::read_to_string(at("out/communes.csv")).unwrap();
    let sample = fs::read_to_string(root().join("examples/facts/communes.csv")).unwrap();
    assert_eq!(exported.trim_start_matches('\u{feff}'), sample);
}

#[test]
fn a_check_takes_facts_from_anywhere_and_the_first_that_has_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("facts.db").display().to_string();
    run(&mut kycuong(["facts", "import", FACTS, "--into", &database]));
    let report = |arguments: &[&str]| {
        let (code, stdout, stderr) = run(check([S2, "--format", "json"]).args(arguments));
        assert_ne!(code, 3, "{stderr}");
        stdout
    };
    let with = report(&["--facts", FACTS]);
    // Reports are long: a difference is told, not shown.
    assert!(report(&["--facts", &database]) == with);
    assert!(report(&["--facts", &format!("sqlite:{database}"), "--facts", FACTS]) == with);
    assert!(report(&[]) != with);
    // One of the tables twice: the first answers.
    let register = folder.path().join("legal_register.json");
    fs::write(&register, r#"[{"number": "1980/QĐ-UBND", "to": "2026-09-30"}]"#).unwrap();
    let register = register.display().to_string();
    let first = report(&["--facts", &register, "--facts", FACTS]);
    assert!(first != with);
    assert!(report(&["--facts", FACTS, "--facts", &register]) == with);
}

#[test]
fn everything_that_is_wrong_is_listed_and_nothing_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let days = folder.path().join("working_days.csv");
    fs::write(&days, "date;working;name\n1/9/2026;no;Quốc khánh\n2026-09-02;x;\n").unwrap();
    let (from, database) = (days.display().to_string(), folder.path().join("facts.db"));
    let into = database.display().to_string();
    let (code, stdout, stderr) = run(&mut kycuong(["facts", "import", &from, "--into", &into]));
    assert_eq!((code, stdout.as_str()), (3, ""));
    assert_eq!(
        stderr,
        format!(
            "{from}, dòng 2, cột 1 (date): “1/9/2026” không phải là ngày ở dạng YYYY-MM-DD. Ghi 2026-09-01.\n\
             {from}, dòng 3, cột 2 (working): “x” không nằm trong các giá trị cho phép. Ghi yes (hoặc: no).\n\
             kycuong: problems in the facts of `{from}`: 2, listed above; nothing was done [wrong-facts]\n"
        )
    );
    assert!(!database.exists());
    let (code, stdout, stderr) = run(&mut check([S1, "--facts", &from, "--lang", "en"]));
    assert_eq!((code, stdout.as_str()), (3, ""));
    assert!(
        stderr.contains("`1/9/2026` is no date written YYYY-MM-DD: write 2026-09-01\n"),
        "{stderr}"
    );
}

#[test]
fn what_stops_it_is_said_in_one_line_without_the_password() {
    for (arguments, said) in [
        (
            vec!["import", FACTS, "--into", "somewhere"],
            "cannot import into `somewhere`: name a database",
        ),
        (
            vec!["import", "nowhere", "--into", "x.db"],
            "cannot open the facts in `nowhere`: cannot read `nowhere`: ",
        ),
        (
            vec!["import", FACTS, "--into", "postgres://an:bi-mat@may-chu:cong/tinh"],
            "cannot understand the address of the PostgreSQL database: write postgres://",
        ),
        (
            vec!["export", "postgres://an:bi-mat@%2Fnowhere/tinh", "--into", "x"],
            "cannot open the facts in `postgres:///nowhere:5432/tinh`: cannot connect to the PostgreSQL database",
        ),
        (vec!["export", "nowhere.db", "--into", "x"], "unable to open database file"),
        (vec!["export", "README.md", "--into", "x"], "`README.md` holds no table of facts"),
    ] {
        let line = trouble(kycuong(["facts"]).args(&arguments).env_remove("PGPASSWORD"));
        assert!(line.starts_with("kycuong: ") && line.contains(said), "{arguments:?}: {line}");
        assert!(!line.contains("mat"), "{line}");
    }
    let (code, ..) = run(&mut kycuong(["facts", "import", FACTS]));
    assert_eq!(code, 3, "a target, or a dry run");
}
