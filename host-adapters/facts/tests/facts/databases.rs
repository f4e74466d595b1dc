//! SQLite and PostgreSQL: what goes in comes out, all or nothing, and what is wrong is told.

use std::path::Path;

use kycuong_engine::facts::FactQuery;
use kycuong_engine::{FactError, FactSource};
use kycuong_facts::{Address, FactSet, FactsError, SqliteFacts, import};
use kycuong_model::text::with_causes;

use crate::bad_files::folder;
use crate::samples::sample;
use crate::server::Server;

fn everything(set: &FactSet) -> Vec<(&'static str, Vec<kycuong_engine::facts::Row>)> {
    let sorted = |rows: &[kycuong_engine::facts::Row]| {
        let mut rows = rows.to_vec();
        rows.sort();
        rows
    };
    set.tables().map(|(table, rows)| (table.name, sorted(rows))).collect()
}

fn query(table: &str, column: Option<&str>, keys: &[&str]) -> FactQuery {
    FactQuery {
        table: table.to_owned(),
        column: column.map(str::to_owned),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

fn days(text: &str) -> FactSet {
    FactSet::from_files(folder(&[("working_days.csv", text.as_bytes())]).path()).unwrap()
}

/// What holds for both databases.
fn is_a_store(address: &Address, run: impl Fn(&str)) {
    // In and out.
    let replaced = import(&sample(), address).unwrap();
    assert_eq!(replaced.len(), 11);
    assert!(replaced.iter().all(|table| table.before.is_none() && table.rows > 0), "{replaced:?}");
    assert_eq!(everything(&address.read().unwrap()), everything(&sample()));
    // Again, as a whole: what is no longer there is gone, other tables stay.
    let one_day = days("date,working,name\n2026-09-02,no,Quốc khánh\n");
    let replaced = import(&one_day, address).unwrap();
    assert_eq!(replaced.len(), 1);
    assert_eq!((replaced[0].before, replaced[0].rows), (Some(75), 1));
    let now = address.read().unwrap();
    assert_eq!(now.tables().count(), 11);
    let source = address.open().unwrap();
    let rows = |query| source.fetch(&query).unwrap().map(|table| table.rows.len());
    assert_eq!(rows(query("working_days", None, &[])), Some(1));
    // Selected by values that are texts to the last quotation mark.
    assert_eq!(rows(query("systems", Some("id"), &["LGSP-DN", "QLVB-GL", "nobody"])), Some(2));
    assert_eq!(rows(query("systems", Some("id"), &["' OR '1'='1", "\"", "$1", "?"])), Some(0));
    assert_eq!(rows(query("systems", Some("scope"), &["06"])), Some(1));
    assert_eq!(rows(query("systems", Some("id"), &[])), Some(0));
    let many: Vec<String> = (0..50_000).map(|number| format!("{number:05}")).collect();
    let many = FactQuery { keys: many, ..query("communes", Some("code"), &[]) };
    assert_eq!(rows(many), Some(7));
    // Names are the model's or nothing.
    assert_eq!(rows(query("pg_user", None, &[])), None);
    assert_eq!(rows(query("systems; DROP TABLE systems", None, &[])), None);
    let error = source.fetch(&query("systems", Some("id\" = '' OR \"id"), &[])).unwrap_err();
    assert!(matches!(error, FactError::NoColumn { .. }), "{error}");
    // A table that lacks a column, until the next import adds it.
    run("ALTER TABLE systems DROP COLUMN name");
    let error = source.fetch(&query("systems", None, &[])).unwrap_err();
    assert_eq!(error.to_string(), "the table `systems` has no column `name`");
    let error = address.read().unwrap_err().to_string();
    assert!(error.ends_with("has no column `name`: `kycuong facts import` adds it"), "{error}");
    import(&sample(), address).unwrap();
    assert_eq!(everything(&address.read().unwrap()), everything(&sample()));
    // What somebody else wrote into it is not taken on trust.
    run("UPDATE working_days SET working = 'nghỉ' WHERE date = '2026-09-02'");
    let error = with_causes(&source.fetch(&query("working_days", None, &[])).unwrap_err());
    assert!(
        error.ends_with("table `working_days`, row `2026-09-02` (working): `nghỉ` is none of the values allowed: write one of yes, no"),
        "{error}"
    );
    let Err(FactsError::Problems { problems, .. }) = address.read() else { panic!("it is wrong") };
    assert_eq!(problems.len(), 1);
    // A table that is not there.
    run("DROP TABLE working_days");
    assert_eq!(rows(query("working_days", None, &[])), None);
    // All or nothing: the second table cannot be written, so the first is as it was.
    run("DROP TABLE systems");
    run("CREATE VIEW systems AS SELECT * FROM communes");
    let before = address_rows(source.as_ref(), "legal_register");
    let error = with_causes(&import(&sample(), address).unwrap_err());
    assert!(error.contains("cannot write the "), "{error}");
    assert!(error.contains("`systems` is"), "{error}");
    assert_eq!(rows(query("working_days", None, &[])), None);
    assert_eq!(address_rows(source.as_ref(), "legal_register"), before);
}

fn address_rows(source: &dyn FactSource, table: &str) -> usize {
    source.fetch(&query(table, None, &[])).unwrap().unwrap().rows.len()
}

#[test]
fn sqlite_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let run = |statement: &str| {
        rusqlite::Connection::open(&path).unwrap().execute_batch(statement).unwrap();
    };
    is_a_store(&Address::parse(path.to_str().unwrap()).unwrap(), run);
}

#[test]
fn postgresql_is_a_store() {
    let server = Server::get();
    let url = server.new_database();
    let run = |statement: &str| {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
        client.batch_execute(statement).unwrap();
    };
    is_a_store(&Address::parse(&url).unwrap(), run);
}

#[test]
fn a_connection_that_is_lost_is_made_anew() {
    let server = Server::get();
    let url = server.new_database();
    let address = Address::parse(&url).unwrap();
    import(&sample(), &address).unwrap();
    let source = address.open().unwrap();
    assert_eq!(address_rows(source.as_ref(), "systems"), 14);
    let mut other = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    other
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kycuong' AND datname = current_database()",
        )
        .unwrap();
    assert_eq!(address_rows(source.as_ref(), "systems"), 14);
}

#[test]
fn a_table_of_the_province_s_own_making_is_read_as_texts() {
    let server = Server::get();
    let url = server.new_database();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client
        .batch_execute(
            "CREATE TABLE days (d date, w boolean);
             INSERT INTO days VALUES ('2026-09-02', false);
             CREATE VIEW working_days AS
               SELECT d AS date, CASE WHEN w THEN 'yes' ELSE 'no' END AS working, NULL::text AS name FROM days",
        )
        .unwrap();
    let source = Address::parse(&url).unwrap().open().unwrap();
    let found =
        source.fetch(&query("working_days", Some("date"), &["2026-09-02"])).unwrap().unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0]["date"], "2026-09-02");
    assert_eq!((found.rows[0]["working"].as_str(), found.rows[0]["name"].as_str()), ("no", ""));
}

#[test]
fn a_database_that_cannot_be_reached_says_where_and_never_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().display().to_string().replace('/', "%2F");
    let address = Address::parse(&format!("postgres://an:bi-mat-cua-tinh@{socket}/tinh")).unwrap();
    let Err(error) = address.open() else { panic!("nobody is there") };
    let said = format!("{} {error:?}", with_causes(&error));
    let start = format!(
        "cannot connect to the PostgreSQL database `postgres://{}:5432/tinh`: ",
        folder.path().display()
    );
    assert!(said.starts_with(&start), "{said}");
    assert!(!said.contains("bi-mat-cua-tinh"), "{said}");

    let server = Server::get();
    let url = server.new_database();
    let nowhere = format!("{}_none", url);
    let Err(error) = Address::parse(&nowhere).unwrap().open() else { panic!("there is none") };
    let said = with_causes(&error);
    assert!(said.contains("does not exist") && !said.contains("bi-mat"), "{said}");
}

#[test]
fn a_file_that_is_no_sqlite_database_says_so() {
    let folder =
        folder(&[("facts.db", b"date,working,name\n2026-09-02,no,this is no database at all")]);
    let path = folder.path().join("facts.db");
    let error = with_causes(&SqliteFacts::open(&path).unwrap_err());
    assert_eq!(
        error,
        format!("cannot open the SQLite database `{}`: file is not a database", path.display())
    );
    let error = with_causes(&SqliteFacts::open(Path::new("nowhere.db")).unwrap_err());
    assert!(
        error.starts_with(
            "cannot open the SQLite database `nowhere.db`: unable to open database file"
        ),
        "{error}"
    );
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, b"").unwrap();
    let error = Address::parse(empty.to_str().unwrap()).unwrap().read().unwrap_err().to_string();
    assert!(error.contains("holds no table of facts"), "{error}");
    let target = Address::parse("examples/facts").unwrap();
    let error = import(&sample(), &target).unwrap_err().to_string();
    assert!(error.starts_with("cannot import into `examples/facts`: name a database"), "{error}");
}

#[test]
fn what_is_exported_is_what_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (db, out) = (folder.path().join("facts.db"), folder.path().join("out"));
    let address = Address::parse(db.to_str().unwrap()).unwrap();
    import(&sample(), &address).unwrap();
    let written = address.read().unwrap().export(&out).unwrap();
    assert_eq!(written.len(), 11);
    assert_eq!(everything(&FactSet::from_files(&out).unwrap()), everything(&sample()));
    let error = sample().export(&out).unwrap_err().to_string();
    assert!(error.ends_with("exists already: choose another folder or remove it"), "{error}");
    let templates = folder.path().join("templates");
    assert_eq!(kycuong_facts::write_templates(&templates).unwrap().len(), 11);
    let set = FactSet::from_files(&templates).unwrap();
    assert!(set.tables().all(|(_, rows)| rows.is_empty()));
}
