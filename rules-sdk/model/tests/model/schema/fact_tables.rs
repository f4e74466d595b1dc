//! The committed JSON Schemas of the rows of fact tables are what the views say.

#![expect(clippy::panic, reason = "the helpers of tests are tests")]

use std::path::Path;

use kycuong_model::describe::{MemberDescription, Type};
use kycuong_model::facts::{FACT_TABLES, Format, TableDescription};
use kycuong_model::schema::SCHEMA_VERSION;

use super::{Json, Members, put, title_and_description};

/// The schema of one row: a cell without text is a member left out.
fn schema(table: &TableDescription) -> String {
    let mut root = Members::new();
    put(&mut root, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put(&mut root, "$id", format!("urn:kycuong:schema:{SCHEMA_VERSION}:facts:{}", table.name));
    put(
        &mut root,
        "$comment",
        "Sinh từ rules-sdk/model/src/facts.rs và facts/tables.rs; sửa ở đó rồi chạy: UPDATE_EXPECT=1 cargo test -p kycuong-model --test schema",
    );
    put(&mut root, "title", format!("{} (một dòng)", table.title));
    let (_, more) = title_and_description(table.row.doc);
    let more = if more.is_empty() { String::new() } else { format!("\n{more}") };
    put(
        &mut root,
        "description",
        format!(
            "{}{more}\nKhóa: {}. Ô để trống là thành phần không ghi.",
            table.purpose,
            table.key.join(", ")
        ),
    );
    put(&mut root, "type", "object");
    let properties =
        table.row.members.iter().map(|column| (column.name.to_owned(), property(table, column)));
    put(&mut root, "properties", Json::Object(properties.collect()));
    let required: Vec<Json> = table.required.iter().map(|name| (*name).into()).collect();
    put(&mut root, "required", Json::List(required));
    put(&mut root, "additionalProperties", false);
    serde_json::to_string_pretty(&Json::Object(root)).unwrap() + "\n"
}

fn property(table: &TableDescription, column: &MemberDescription) -> Json {
    let (title, more) = title_and_description(column.doc);
    let mut schema = Members::new();
    put(&mut schema, "title", title);
    let mut more: Vec<String> = if more.is_empty() { Vec::new() } else { vec![more] };
    let mut shape = Members::new();
    match (column.kind, table.format(column.name)) {
        (Type::Text { .. }, Some(Format::Words(words))) => {
            let words = words.iter().map(|word| (*word).into());
            put(&mut shape, "enum", Json::List(words.collect()));
        }
        (Type::Text { characters_max }, format) => {
            put(&mut shape, "minLength", 1);
            put(&mut shape, "maxLength", characters_max);
            if let Some(format) = format {
                put(&mut shape, "pattern", format.pattern());
            }
        }
        (Type::Money, _) => {
            more.push("Số đồng nguyên, từ 1 đến 18 chữ số viết liền nhau.".to_owned());
            put(&mut shape, "pattern", "^[0-9]{1,18}$");
        }
        (Type::Date, _) => {
            more.push("Năm, tháng, ngày: YYYY-MM-DD.".to_owned());
            put(&mut shape, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
            put(&mut shape, "format", "date");
        }
        (Type::Code(code), _) => {
            more.extend(code.codes.iter().map(|(code, vi, _)| format!("{code} — {vi}")));
            let codes = code.codes.iter().map(|(code, ..)| (*code).into());
            put(&mut shape, "enum", Json::List(codes.collect()));
        }
        (kind, _) => panic!("{}.{} is {kind:?}: facts are texts", table.name, column.name),
    }
    if !more.is_empty() {
        put(&mut schema, "description", more.join("\n"));
    }
    put(&mut schema, "type", "string");
    schema.extend(shape);
    Json::Object(schema)
}

#[test]
fn the_committed_schemas_of_facts_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/facts");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut stale = Vec::new();
    for table in FACT_TABLES {
        let (expected, path) = (schema(table), folder.join(format!("{}.json", table.name)));
        if std::fs::read_to_string(&path).unwrap_or_default() == expected {
            continue;
        }
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, expected).unwrap();
        } else {
            stale.push(table.name);
        }
    }
    assert!(
        stale.is_empty(),
        "stale schemas, write them with UPDATE_EXPECT=1 cargo test -p kycuong-model --test schema: {stale:?}"
    );
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), FACT_TABLES.len());
}
