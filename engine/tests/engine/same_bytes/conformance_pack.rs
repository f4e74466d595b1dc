//! The packs of the conformance file: from text to bytes that are the same on every machine.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use std::path::{Path, PathBuf};

use kycuong_model::manifest::MANIFEST_SECTION;
use kycuong_test_packs::section::custom_section;
use serde_json::{Value, json};

const FRAME: &str = include_str!("../../conformance/frame.wat");

/// The folder of packs, submissions, sets and digests.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// The names of all packs, in order.
pub fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder().join("packs")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The committed file of a pack.
pub fn file(name: &str) -> PathBuf {
    folder().join("packs").join(name).with_extension("wasm")
}

/// A pack made of its text: the frame around its body, and a manifest from the lines that begin the text.
pub fn from_text(name: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(file(name).with_extension("wat")).unwrap();
    let said = |key: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(&format!(";; {key}: ")));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let one = |key: &str| said(key).pop().unwrap_or_default();
    let needs: Vec<Value> = said("facts").iter().map(|table| json!({ "table": table })).collect();
    let subjects = Some(said("subjects")).filter(|subjects| !subjects.is_empty());
    let subjects = subjects.unwrap_or_else(|| vec!["dossier".to_owned(), "unit-plan".to_owned()]);
    let rule = |(number, title): (usize, &String)| {
        json!({
            "id": format!("{name}/{number}"), "title": {"vi": title, "en": title}, "doc": title,
            "severity": one("severity"), "effective": {"from": "2020-01-01"}, "basis": [],
            "subjects": subjects, "reads": [], "facts": needs,
            "violations": [{
                "code": "not-zero", "severity": one("severity"),
                "message": {"vi": "Giá trị khác không.", "en": "The value is not zero."},
                "remedy": {"vi": "", "en": ""}, "values": ["value"],
            }],
        })
    };
    let rules: Vec<Value> = said("rule").iter().enumerate().map(rule).collect();
    assert!(!rules.is_empty() && rules.len() <= 10, "{name}: the number of a rule is one digit");
    let manifest = json!({
        "pack": name, "version": "1.0.0", "title": {"vi": name, "en": name},
        "jurisdiction": {"provinces": said("provinces")},
        "model_version": "0.1.0", "sdk_version": "0.1.0", "rules": rules,
    });
    let manifest = manifest.to_string();
    let finding = format!(
        concat!(
            r#"","status":"fail","findings":[{{"code":"not-zero","path":"{}","severity":"{}","#,
            r#""message":{{"vi":"Giá trị khác không.","en":"The value is not zero."}},"#,
            r#""remedy":{{"vi":"","en":""}},"values":{{"value":""#
        ),
        one("path"),
        one("severity")
    );
    assert!(manifest.len() <= 16_000 && finding.len() <= 570, "{name}: no room in the frame");
    let wat = FRAME
        .replace("$LENGTH_OF_MANIFEST", &manifest.len().to_string())
        .replace("$MANIFEST", &data(&manifest))
        .replace("$LENGTH_OF_FINDING", &finding.len().to_string())
        .replace("$FINDING", &data(&finding))
        .replace("$BODY", &text);
    let mut bytes = wat::parse_str(wat).unwrap();
    bytes.extend(custom_section(MANIFEST_SECTION, manifest.as_bytes()));
    bytes
}

fn data(text: &str) -> String {
    text.bytes().map(|byte| format!("\\{byte:02x}")).collect()
}
