//! SQLite files that were made to hurt, and those that are something else.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use kycuong_engine::FactSource;
use kycuong_engine::facts::FactQuery;
use kycuong_facts::{Address, SqliteFacts, import};
use kycuong_model::text::with_causes;

use crate::bad_files::folder;
use crate::samples::sample;

fn made(path: &Path, statements: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

fn query(column: Option<&str>, keys: &[&str]) -> FactQuery {
    FactQuery {
        table: "systems".to_owned(),
        column: column.map(str::to_owned),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

const COLUMNS: &str = "id, name, function_code, scope, owner, domain, is_core";

fn fetched(path: &Path) -> Result<usize, String> {
    let source = SqliteFacts::open(path).map_err(|error| with_causes(&error))?;
    let table = source.fetch(&query(None, &[])).map_err(|error| with_causes(&error))?;
    Ok(table.map_or(0, |table| table.rows.len()))
}

#[test]
fn only_tables_are_read() {
    let folder = folder(&[]);
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x";
    let views = format!(
        "CREATE VIEW systems AS {endless} AS id, 'a' AS name, '' AS function_code, '' AS scope, '' AS owner, '' AS domain, '' AS is_core FROM n"
    );
    for (name, statements, said) in [
        ("view.db", views.as_str(), "`systems` is a view, and only tables are read and written"),
        ("case.db", &views.replace("VIEW systems", "VIEW SYSTEMS"), "`systems` is a view"),
        (
            "virtual.db",
            &format!("CREATE VIRTUAL TABLE systems USING fts5({COLUMNS})"),
            "`systems` is a virtual table",
        ),
        (
            "computed.db",
            "CREATE TABLE systems (id TEXT, name TEXT AS (replace(hex(zeroblob(100000)), '0', 'aa')), function_code, scope, owner, domain, is_core); INSERT INTO systems (id) VALUES ('a')",
            "the column `name` of `systems` is computed",
        ),
        (
            "long.db",
            &format!(
                "CREATE TABLE systems ({COLUMNS}); INSERT INTO systems (id, name) VALUES ('a', zeroblob(6000000))"
            ),
            "string or blob too big",
        ),
        (
            "cell.db",
            &format!(
                "CREATE TABLE systems ({COLUMNS}); INSERT INTO systems (id, name) VALUES ('a', replace(hex(zeroblob(100000)), '0', 'a'))"
            ),
            "this host takes 131072",
        ),
    ] {
        let path = folder.path().join(name);
        made(&path, statements);
        let start = Instant::now();
        let error = fetched(&path).unwrap_err();
        assert!(error.contains(said), "{name}: {error}");
        assert!(start.elapsed() < Duration::from_secs(5), "{name}");
    }
}

#[test]
fn rows_are_counted_while_they_come() {
    let folder = folder(&[]);
    let path = folder.path().join("many.db");
    made(
        &path,
        &format!(
            "CREATE TABLE systems ({COLUMNS});
             WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 250000)
             INSERT INTO systems (id, name) SELECT x, 'a' FROM n"
        ),
    );
    let error = fetched(&path).unwrap_err();
    assert_eq!(error, "the facts have 200001 rows at least, this host takes 200000");
    let source = SqliteFacts::open(&path).unwrap();
    let some = source.fetch(&query(Some("id"), &["17", "x", "1\u{0}"])).unwrap().unwrap();
    assert_eq!(some.rows.len(), 1);
}

#[test]
fn names_that_are_no_files_are_refused_or_meant_as_they_stand() {
    let folder = folder(&[]);
    for name in ["", ":memory:", "file:facts.db", "FILE:facts.db?mode=memory", "file::memory:"] {
        for error in [
            SqliteFacts::import(name, &sample()).unwrap_err(),
            SqliteFacts::open(name).unwrap_err(),
        ] {
            assert_eq!(error.code(), "special-name", "{name}: {error}");
        }
    }
    // With a folder before it, a name is a name.
    for name in [":memory:", "file:facts.db", "100%?mode=memory#.db"] {
        let path = folder.path().join(name);
        import(&sample(), &Address::Sqlite(path.clone())).unwrap();
        assert!(fs::metadata(&path).unwrap().len() > 0, "{name}");
        assert_eq!(fetched(&path), Ok(14));
    }
    let error = SqliteFacts::open(folder.path()).unwrap_err();
    assert!(with_causes(&error).ends_with("it is no plain file"), "{error}");
}

#[test]
#[cfg(unix)]
fn a_link_is_the_file_behind_it() {
    let folder = folder(&[]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("data")).unwrap();
    import(&sample(), &Address::Sqlite(at("data/facts.db"))).unwrap();
    std::os::unix::fs::symlink("data/facts.db", at("link.db")).unwrap();
    import(&sample(), &Address::Sqlite(at("link.db"))).unwrap();
    assert!(fs::symlink_metadata(at("link.db")).unwrap().is_symlink());
    assert_eq!(fetched(&at("link.db")), Ok(14));
    std::os::unix::fs::symlink("nowhere.db", at("lost.db")).unwrap();
    let error = with_causes(&import(&sample(), &Address::Sqlite(at("lost.db"))).unwrap_err());
    assert!(error.contains("unable to open database file"), "{error}");
    assert!(!at("nowhere.db").exists());
}

#[test]
fn a_database_of_another_purpose_is_not_written() {
    let folder = folder(&[]);
    for (name, statements, said) in [
        (
            "audit.db",
            "CREATE TABLE entry (sequence INTEGER); PRAGMA application_id = 0x4B794175",
            "another program has marked it as its own",
        ),
        (
            "other.db",
            "CREATE TABLE systems (id TEXT); CREATE TABLE people (name TEXT); INSERT INTO people VALUES ('a')",
            "it has the table `people`, so that it is of another purpose",
        ),
        (
            "columns.db",
            "CREATE TABLE communes (code TEXT, population INTEGER); INSERT INTO communes VALUES ('07339', 5)",
            "the table `communes` there has the column `population`, which facts do not have",
        ),
        (
            "trigger.db",
            "CREATE TABLE systems (id TEXT); CREATE TRIGGER spy AFTER DELETE ON systems BEGIN SELECT 1; END",
            "it has the trigger `spy`",
        ),
    ] {
        let path = folder.path().join(name);
        made(&path, statements);
        let before = fs::read(&path).unwrap();
        let error = with_causes(&import(&sample(), &Address::Sqlite(path.clone())).unwrap_err());
        assert!(error.contains(said), "{name}: {error}");
        assert_eq!(fs::read(&path).unwrap(), before, "{name}");
    }
    let error = fetched(&folder.path().join("audit.db")).unwrap_err();
    assert!(error.contains("another program has marked it as its own"), "{error}");
    // One that an import of before left, without a mark.
    let old = folder.path().join("old.db");
    made(&old, "CREATE TABLE working_days (date TEXT PRIMARY KEY, working TEXT)");
    import(&sample(), &Address::Sqlite(old.clone())).unwrap();
    assert_eq!(fetched(&old), Ok(14));
}

/// Opening what belongs to a file in WAL mode fails where nothing can be made beside it.
#[test]
fn a_file_in_wal_mode_says_what_it_needs() {
    let folder = folder(&[]);
    let path = folder.path().join("facts.db");
    import(&sample(), &Address::Sqlite(path.clone())).unwrap();
    made(&path, "PRAGMA journal_mode = wal");
    assert_eq!(fetched(&path), Ok(14));
    let beside = folder.path().join("facts.db-wal");
    // A reader leaves it there, for it may not take it away.
    let _ = fs::remove_file(&beside);
    fs::create_dir(&beside).unwrap();
    let error = fetched(&path).unwrap_err();
    assert!(error.contains("it is in WAL mode, which can be read only where"), "{error}");
    assert!(error.contains("PRAGMA journal_mode=DELETE"), "{error}");
}
