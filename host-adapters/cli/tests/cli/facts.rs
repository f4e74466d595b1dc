//! `kycuong facts`, and checks with facts.

use std::fs;

use crate::support::{S1, S2, S5, check, error_line, kycuong, packs, root, run};

const FACTS: &str = "examples/facts";

#[test]
fn from_templates_to_a_database_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (code, stdout, _) = run(&mut kycuong(["facts", "template", &at("templates")]));
    assert_eq!((code, stdout.lines().count()), (0, 11), "{stdout}");
    let line = error_line(&mut kycuong(["facts", "template", &at("templates")]));
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
        let line = error_line(kycuong(["facts"]).args(&arguments).env_remove("PGPASSWORD"));
        assert!(line.starts_with("kycuong: ") && line.contains(said), "{arguments:?}: {line}");
        assert!(!line.contains("mat"), "{line}");
    }
    let (code, ..) = run(&mut kycuong(["facts", "import", FACTS]));
    assert_eq!(code, 3, "a target, or a dry run");
}

/// A source that is down: the operator chooses, and what was recorded verifies later.
#[test]
fn a_source_that_fails_stops_the_check_or_costs_the_rules_that_need_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let down = "postgres://an:bi-mat@127.0.0.1:1/tinh?connect_timeout=2";
    let line = error_line(&mut check([S1, "--facts", down]));
    assert!(
        line.contains("cannot connect to the PostgreSQL database `postgres://127.0.0.1:1/tinh`"),
        "{line}"
    );
    assert!(!line.contains("mat"), "{line}");
    for source in [down.to_owned(), at("nowhere.db"), at("nowhere")] {
        let (code, stdout, stderr) =
            run(check([S1, "--format", "json", "--audit", &at("audit.db")]).args([
                "--facts",
                &source,
                "--on-facts-failure",
                "not-evaluated",
            ]));
        assert!(code < 3, "{stderr}");
        assert!(
            stderr.contains("kiểm tra không có nguồn dữ liệu này") && !stderr.contains("bi-mat"),
            "{stderr}"
        );
        let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_ne!(report["verdict"], "accept");
        let rules: Vec<_> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| found["rule"].as_str().unwrap())
            .collect();
        assert!(rules.contains(&"facts/unavailable"), "{rules:?}");
        let passed = report["outcomes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|outcome| outcome["status"] == "pass");
        assert!(passed.count() > 3, "rules that need no facts ran");
        fs::write(at("report.json"), &stdout).unwrap();
        let (code, stdout, stderr) =
            run(&mut kycuong(["verify", &at("report.json"), "--audit", &at("audit.db")]));
        assert_eq!(code, 0, "{stdout}{stderr}");
    }
}

#[test]
fn an_address_is_never_repeated_with_its_password() {
    for arguments in [
        vec!["facts", "export", "Postgres://an:bi-mat@may-chu:cong/tinh", "--into", "x"],
        vec!["facts", "export", "postgresql:an:bi-mat@may-chu", "--into", "x"],
        vec!["facts", "export", "host=may-chu password=bi-mat port=cong", "--into", "x"],
        vec!["facts", "export", "mysql://an:bi-mat@may-chu/tinh", "--into", "x"],
        vec!["facts", "export", "an:bi-mat@may-chu/tinh", "--into", "x"],
        vec!["facts", "export", "sqlite:an:bi-mat@may-chu/tinh.db", "--into", "x"],
        vec!["facts", "import", FACTS, "--into", "Server=x;Pwd=bi-mat"],
        vec!["facts", "import", FACTS, "postgres://an:bi-mat@may-chu/tinh"],
        vec!["check", "--allow-unsigned", "postgres://an:bi-mat@may-chu/tinh"],
        vec!["lint", "--on", "2026-11-21", "--facts", "POSTGRES://an:bi-mat@may-chu:cong/tinh"],
    ] {
        let mut command = kycuong(&arguments);
        let (code, stdout, stderr) = run(command.env("KYCUONG_PACKS", packs()));
        assert_eq!(code, 3, "{arguments:?}");
        assert!(!format!("{stdout}{stderr}").contains("bi-mat"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn facts_and_the_log_of_checks_are_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (log, facts) = (at("audit.db"), at("facts.db"));
    let (code, ..) = run(&mut check([S5, "--audit", &log]));
    assert!(code < 3);
    let before = fs::read(&log).unwrap();
    let line = error_line(&mut kycuong(["facts", "import", FACTS, "--into", &log]));
    assert!(line.contains("another program has marked it as its own"), "{line}");
    assert_eq!(fs::read(&log).unwrap(), before);
    let line = error_line(&mut check([S5, "--facts", &log]));
    assert!(line.contains("another program has marked it as its own"), "{line}");
    let (code, ..) = run(&mut kycuong(["audit", "verify", &log]));
    assert_eq!(code, 0);
    run(&mut kycuong(["facts", "import", FACTS, "--into", &facts]));
    let line = error_line(&mut check([S5, "--audit", &facts]));
    assert!(line.contains("no audit log"), "{line}");
}
