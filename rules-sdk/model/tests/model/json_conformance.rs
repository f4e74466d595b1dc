//! The tape against a corpus of JSON texts, and against `serde_json` on each of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::same_value::assert_same;
use kycuong_model::tape::{ParseErrorKind, ParseLimits, parse};

/// The texts of `tests/json/<archive>.tar`, each with its name; at least `least`, so that a lost one is
/// noticed.
fn cases(archive: &str, least: usize) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/json");
    let mut archive = tar::Archive::new(File::open(folder.join(format!("{archive}.tar"))).unwrap());
    let texts = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().file_stem().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    });
    let texts: Vec<_> = texts.collect();
    assert!(texts.len() >= least, "only {} cases", texts.len());
    texts
}

#[test]
fn what_is_json_reads_as_serde_json_reads_it() {
    for (name, bytes) in cases("accept", 90) {
        let tape = parse(&bytes, &ParseLimits::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let value =
            serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_same(tape.document(), &value);
    }
}

#[test]
fn what_is_not_json_is_refused_for_its_reason() {
    for (name, bytes) in cases("refuse", 200) {
        let (reason, _) = name.split_once("--").expect("a file is named reason--what.json");
        let error = parse(&bytes, &ParseLimits::default()).expect_err(&name);
        assert_eq!(reason_of(&error.kind), reason, "{name}: {error}");
        assert!(error.offset <= bytes.len(), "{name}: {error}");
        assert!(
            error.line(&bytes) >= 1 && error.column(&bytes) <= bytes.len() + 1,
            "{name}: {error}"
        );
        // These two are refused by choice; all else is refused by the grammar, so serde_json agrees.
        if !matches!(reason, "duplicate-member" | "too-deep") {
            assert!(serde_json::from_slice::<serde_json::Value>(&bytes).is_err(), "{name}");
        }
    }
}

/// Numbers are kept as written, so those that no machine number can hold are accepted.
#[test]
fn numbers_have_no_range() {
    let digits = "9".repeat(10_000);
    for number in
        ["1e400", "-1e+9999999999999999999", "0.4e00669999999999999999999999999999999999", &digits]
    {
        let tape = parse(number.as_bytes(), &ParseLimits::default()).unwrap();
        assert_eq!(tape.document().root().unwrap().raw(), number);
    }
}

#[test]
fn a_million_open_brackets_overflow_no_stack() {
    let limits = ParseLimits { depth_max: usize::MAX, ..ParseLimits::default() };
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let error = parse(open.repeat(1_000_000).as_bytes(), &limits).unwrap_err();
        assert!(
            matches!(
                error.kind,
                ParseErrorKind::UnexpectedEnd | ParseErrorKind::TooManyNodes { .. }
            ),
            "{error}"
        );
    }
    let text = "[".repeat(500_000) + &"]".repeat(500_000);
    assert_eq!(parse(text.as_bytes(), &limits).unwrap().document().len(), 500_000);
}

/// 100 000 members, the last repeating the first: pairs would take minutes.
#[test]
fn a_large_object_is_checked_for_duplicates() {
    let members: String = (0..100_000).map(|n| format!("\"{n}\":0,")).collect();
    let text = format!("{{{members}\"\\u0030\":1}}");
    let error = parse(text.as_bytes(), &ParseLimits::default()).unwrap_err();
    let kind = ParseErrorKind::DuplicateMember { name: "0".into(), first_offset: 1 };
    assert_eq!((error.kind, error.offset), (kind, text.len() - "\"\\u0030\":1}".len()));
}

/// The variant's name in kebab-case.
fn reason_of(kind: &ParseErrorKind) -> String {
    let debug = format!("{kind:?}");
    let variant = debug.split([' ', '{', '(']).next().unwrap();
    let words = variant
        .chars()
        .flat_map(|c| c.is_uppercase().then_some('-').into_iter().chain(c.to_lowercase().take(1)));
    words.skip(1).collect()
}
