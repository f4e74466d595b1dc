//! The sample facts of the tree.

use std::path::{Path, PathBuf};

use kycuong_facts::{Address, FactSet};
use kycuong_model::facts::FACT_TABLES;

/// The root of the source tree.
pub fn root() -> PathBuf {
    std::fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}

/// The sample facts, checked.
pub fn sample() -> FactSet {
    FactSet::from_files(&root().join("examples/facts")).unwrap()
}

/// The published schemas of the rows.
fn schema(table: &str) -> serde_json::Value {
    let file = root().join(format!("rules-sdk/model/schema/facts/{table}.json"));
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn every_table_has_sample_rows_that_fit_the_published_schema() {
    let sample = sample();
    assert_eq!(sample.tables().count(), FACT_TABLES.len());
    for (table, rows) in sample.tables() {
        let validator =
            jsonschema::options().should_validate_formats(true).build(&schema(table.name)).unwrap();
        assert!(!rows.is_empty(), "{}", table.name);
        for row in rows {
            let cells = row.iter().filter(|(_, text)| !text.is_empty());
            let row: serde_json::Value =
                cells.map(|(name, text)| (name.clone(), text.clone())).collect();
            let errors: Vec<_> = validator.iter_errors(&row).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{}: {row}: {errors:?}", table.name);
        }
    }
    assert!(sample.ignored().is_empty());
}

/// The checker and the schema refuse the same cells.
#[test]
fn what_the_checker_refuses_the_published_schema_refuses() {
    let folder = tempfile::tempdir().unwrap();
    for (table, column, text, right) in [
        ("legal_register", "from", "2026-02-30", false),
        ("legal_register", "from", "2026-2-3", false),
        ("legal_register", "from", "2028-02-29", true),
        ("legal_register", "regime", "nd-45", false),
        ("legal_register", "regime", "nd-45-2026", true),
        ("price_benchmarks", "price", "1234567890123456789", false),
        ("price_benchmarks", "price", "123456789012345678", true),
        ("systems", "is_core", "true", false),
        ("systems", "owner", "h21.05", false),
        ("systems", "scope", "6", false),
        ("systems", "scope", "000.00.12.H03", true),
        ("systems", "function_code", "Quản lý", false),
        ("budget_codes", "kind", "mục", false),
        ("budget_codes", "code", "12", false),
        ("communes", "code", "7339", false),
        ("readiness_ranks", "score", "92,4", false),
        ("readiness_ranks", "score", "92.4", true),
    ] {
        let mut row = kycuong_engine::facts::Row::new();
        for name in kycuong_model::facts::TableDescription::of(table).unwrap().required {
            let (_, rows) = sample()
                .tables()
                .find(|(t, _)| t.name == table)
                .map(|(t, rows)| (t, rows.to_vec()))
                .unwrap();
            row.insert((*name).to_owned(), rows[0][*name].clone());
        }
        row.insert(column.to_owned(), text.to_owned());
        let json = serde_json::to_value(&row).unwrap();
        let validator =
            jsonschema::options().should_validate_formats(true).build(&schema(table)).unwrap();
        assert_eq!(validator.is_valid(&json), right, "{table}.{column} {text}: the schema");
        let file = folder.path().join(format!("{table}.json"));
        std::fs::write(&file, serde_json::json!([json]).to_string()).unwrap();
        assert_eq!(FactSet::from_files(&file).is_ok(), right, "{table}.{column} {text}");
    }
}

#[test]
fn an_address_says_what_it_is_and_never_a_password() {
    let parse = |text: &str| Address::parse(text).unwrap();
    assert!(matches!(parse("examples/facts"), Address::Files(_)));
    assert!(matches!(parse("facts.xlsx"), Address::Files(_)));
    assert!(matches!(parse("sqlite:facts"), Address::Sqlite(_)));
    assert!(matches!(parse("tinh/facts.DB"), Address::Sqlite(_)));
    let postgres = parse("postgres://an:bi-mat@10.0.0.5:5433/tinh");
    assert!(matches!(postgres, Address::Postgres(_)));
    assert_eq!(postgres.to_string(), "postgres://10.0.0.5:5433/tinh");
    assert_eq!(format!("{postgres:?}"), "Address(postgres://10.0.0.5:5433/tinh)");
    let error = Address::parse("postgres://an:bi/mat@10.0.0.5/tinh?x").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("mat"), "{error}");
    assert!(error.to_string().contains("percent-encoded"), "{error}");
}
