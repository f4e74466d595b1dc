//! The page about the tables is what the model and the rules say. `UPDATE_EXPECT=1` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use kycuong_facts::create_statements;
use kycuong_model::describe::{MemberDescription, Type};
use kycuong_model::facts::{FACT_TABLES, Format, TableDescription};

use crate::samples::root;

const BEGIN: &str =
    "<!-- generated: UPDATE_EXPECT=1 cargo test -p kycuong-facts documentation -->\n";
const END: &str = "<!-- end of what is generated -->\n";

/// The tables that a rule reads, and the columns that select their rows.
struct Need {
    rule: String,
    table: String,
    column: Option<String>,
}

/// What the rules of the sample packs declare, read from their sources.
fn needs() -> Vec<Need> {
    let mut files = Vec::new();
    for pack in std::fs::read_dir(root().join("examples/rule-packs")).unwrap() {
        let source = pack.unwrap().path().join("src");
        let Ok(entries) = std::fs::read_dir(&source) else { continue };
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files.iter().flat_map(|file| needs_of(file)).collect()
}

fn needs_of(file: &Path) -> Vec<Need> {
    let text = std::fs::read_to_string(file).unwrap();
    let (Some(_), Some((_, rest))) = (text.find("#[rule("), text.split_once("facts = [")) else {
        return Vec::new();
    };
    let pack = file.ancestors().nth(2).unwrap().file_name().unwrap().to_string_lossy();
    let name = file.file_stem().unwrap().to_string_lossy().replace('_', "-");
    let mut declared = Vec::new();
    let (mut depth, mut item) = (0, String::new());
    for character in rest.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && (character == ',' || character == ']') {
            declared.push(std::mem::take(&mut item));
            if character == ']' {
                break;
            }
        } else {
            item.push(character);
        }
    }
    let item = |item: &String| {
        let table = item.split('(').next()?.trim();
        let column = item.split_once("column = \"").and_then(|(_, rest)| rest.split('"').next());
        (!table.is_empty()).then(|| Need {
            rule: format!("{pack}/{name}"),
            table: table.to_owned(),
            column: column.map(str::to_owned),
        })
    };
    declared.iter().filter_map(item).collect()
}

fn shape(table: &TableDescription, column: &MemberDescription) -> String {
    match (column.kind, table.format(column.name)) {
        (Type::Money, _) => "số đồng nguyên, 1–18 chữ số".to_owned(),
        (Type::Date, _) => "YYYY-MM-DD".to_owned(),
        (Type::Code(codes), _) => {
            codes.codes.iter().map(|(code, ..)| format!("`{code}`")).collect::<Vec<_>>().join(", ")
        }
        (_, Some(Format::Words(words))) => {
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        }
        (_, Some(Format::Digits { min, max })) if min == max => format!("{min} chữ số"),
        (_, Some(Format::Digits { min, max })) => format!("{min}–{max} chữ số"),
        (_, Some(Format::Decimal)) => "số thập phân, dấu chấm".to_owned(),
        (_, Some(Format::Kebab)) => "chữ thường không dấu nối bằng gạch ngang".to_owned(),
        (_, Some(Format::Agency)) => "mã định danh cơ quan: `H21.05`".to_owned(),
        (_, Some(Format::Scope)) => "`VN`, mã tỉnh hai chữ số, hoặc mã định danh".to_owned(),
        _ => "chữ".to_owned(),
    }
}

fn page() -> String {
    let mut readers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for need in needs() {
        let (rules, rule) = (readers.entry(need.table).or_default(), format!("`{}`", need.rule));
        // A rule may select a table by several columns.
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let mut page = String::new();
    for table in FACT_TABLES {
        let readers = match readers.get(table.name) {
            Some(rules) => rules.join(", "),
            None => "chưa có trong các gói mẫu".to_owned(),
        };
        writeln!(page, "### `{}` — {}\n\n{}\n", table.name, table.title, table.purpose).unwrap();
        writeln!(page, "Quy tắc đọc bảng: {readers}.\n").unwrap();
        writeln!(page, "| cột | nội dung | cách ghi | bắt buộc |\n| --- | --- | --- | --- |")
            .unwrap();
        for column in table.row.members {
            let key = if table.key.contains(&column.name) { " (khóa)" } else { "" };
            let required = if table.required.contains(&column.name) { "có" } else { "" };
            let title = column.doc.lines().next().unwrap_or_default().trim();
            let shape = shape(table, column);
            writeln!(page, "| `{}`{key} | {title} | {shape} | {required} |", column.name).unwrap();
        }
        page += "\n```sql\n";
        for statement in create_statements(table) {
            page += &statement;
            page += ";\n";
        }
        page += "```\n\n";
    }
    page
}

#[test]
fn the_page_about_the_tables_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = found.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let expected = format!("{before}{BEGIN}\n{}{END}{after}", page());
    if found == expected {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_EXPECT").is_some(),
        "host-adapters/facts/README.md is stale: UPDATE_EXPECT=1 cargo test -p kycuong-facts documentation"
    );
    std::fs::write(&path, expected).unwrap();
}

#[test]
fn every_column_by_which_a_rule_selects_has_an_index() {
    let needs = needs();
    assert!(needs.len() >= 4, "the rules declare no facts as this test reads them");
    for Need { rule, table, column } in needs {
        let described = TableDescription::of(&table);
        let Some(described) = described else {
            panic!("{rule} reads `{table}`, which is no table")
        };
        let Some(column) = column else { continue };
        let first = described.key.first().is_some_and(|first| *first == column);
        assert!(
            first || described.selectors.contains(&column.as_str()),
            "{rule} selects `{table}` by `{column}`: add it to the table's selectors"
        );
    }
}
