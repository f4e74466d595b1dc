//! What is said of submissions that are not as they should be, and that nothing makes the intake panic.
//!
//! Each file of `tests/intake` is a submission; beside it stand the findings. `UPDATE_EXPECT=1` writes
//! them anew.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use kycuong_engine::fuzzing::{Applicability, Readable, SCHEMA_FINDINGS_MAX, SchemaSet};
use kycuong_engine::limits::Limits;
use kycuong_engine::report::{Finding, Submission};
use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::text::Bilingual;
use proptest::prelude::*;

static SCHEMAS: LazyLock<SchemaSet> = LazyLock::new(|| SchemaSet::compile().unwrap());

const ON: Date = Date::literal(2026, 11, 21);

fn limits() -> Limits {
    Limits {
        submission_bytes_max: 64 << 10,
        submission_depth_max: 8,
        submission_nodes_max: 2_000,
        ..Limits::default()
    }
}

/// All that the intake says of a submission, in its own order: text, schema, places.
fn findings(bytes: &[u8], limits: &Limits) -> Vec<Finding> {
    let submission = Submission::read(bytes, &limits.submission());
    assert_eq!(submission.digest().len(), "sha256:".len() + 64);
    let readable = match Readable::of(&submission) {
        Ok(readable) => readable,
        Err(findings) => {
            assert!(findings.iter().any(|finding| finding.severity == Severity::Block));
            return findings;
        }
    };
    let applicability = Applicability::of(readable.header, ON);
    let regime = applicability.schema_regime(readable.header);
    let mut findings = readable.findings();
    findings.extend(SCHEMAS.validate(readable.document, readable.subject, regime));
    findings.extend(applicability.findings);
    findings
}

fn shown(findings: &[Finding]) -> String {
    let mut out = String::new();
    for Finding { rule, severity, path, message, remedy, values, .. } in findings {
        let place = if path.as_str().is_empty() { "the whole" } else { path.as_str() };
        writeln!(out, "{} {rule} at {place} {values:?}", severity.code()).unwrap();
        for Bilingual { vi, en } in [message, remedy] {
            writeln!(out, "  vi: {vi}\n  en: {en}").unwrap();
        }
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn check(name: &str, bytes: &[u8]) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake").join(format!("{name}.snap"));
    let found = shown(&findings(bytes, &limits()));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name} (UPDATE_EXPECT=1 writes the snapshot anew)");
}

fn cases() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_submission_has_the_findings_beside_it() {
    let cases = cases();
    assert!(cases.len() > 60);
    for (name, bytes) in cases {
        check(&name, &bytes);
    }
}

#[test]
fn submissions_over_the_limits() {
    let large = format!(r#"{{"subject":"dossier","title":"{}"}}"#, "a".repeat(64 << 10));
    check("too-large", large.as_bytes());
    let many = format!(r#"{{"subject":"dossier","issues":[{}null]}}"#, "null,".repeat(2_000));
    check("too-many-values", many.as_bytes());
    let long = r#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52"},"title":"#
        .to_owned()
        + &format!("\"{}\"}}", "ắ".repeat(20_001));
    check("too-long", long.as_bytes());
}

#[test]
fn valid_submissions_have_no_findings() {
    for (name, bytes) in cases().iter().filter(|(name, _)| name.starts_with("valid-")) {
        assert_eq!(findings(bytes, &limits()), [], "{name}");
    }
}

#[test]
fn messages_are_sentences_in_both_languages() {
    for (name, bytes) in cases() {
        for finding in findings(&bytes, &limits()) {
            for text in
                [&finding.message, &finding.remedy].iter().flat_map(|text| [&text.vi, &text.en])
            {
                let ends = text.ends_with(['.', '?']);
                assert!(
                    ends && text.starts_with(|first: char| first.is_uppercase() || first == '“'),
                    "{name}: {text}"
                );
                assert!(
                    !text.contains(['"', '!']) && !text.to_lowercase().contains("lỗi"),
                    "{name}: {text}"
                );
            }
        }
    }
}

#[test]
fn findings_stop_at_a_number() {
    let elements = "1,".repeat(SCHEMA_FINDINGS_MAX + 10);
    let text = format!(
        r#"{{"schema_version":"2.0.0","subject":"dossier","province":{{"code":"52"}},"deliverables":[{elements}1]}}"#
    );
    let findings = findings(text.as_bytes(), &limits());
    assert_eq!(findings.len(), SCHEMA_FINDINGS_MAX + 1);
    assert_eq!(findings[0].path.as_str(), "/deliverables/0");
    assert_eq!(findings[SCHEMA_FINDINGS_MAX].rule, "schema/too-many");
}

/// A change of some bytes of a text.
#[derive(Clone, Debug)]
enum Mutation {
    Replace(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Delete(prop::sample::Index, u8),
    Copy(prop::sample::Index, prop::sample::Index, u8),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    let piece = prop::sample::select(vec![
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e400",
        "-0",
        "\\u0000",
        "\\ud800",
        "0",
        "2026-02-30",
        "\u{301}",
        "\u{feff}",
        "é",
        "[[[[[[[[[[",
    ]);
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (index(), piece).prop_map(|(at, piece)| Mutation::Insert(at, piece.as_bytes().to_vec())),
        (index(), any::<u8>()).prop_map(|(at, length)| Mutation::Delete(at, length)),
        (index(), index(), any::<u8>())
            .prop_map(|(from, to, length)| Mutation::Copy(from, to, length)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let range =
        |at: usize, length: u8, bytes: &[u8]| at..(at + usize::from(length)).min(bytes.len());
    match mutation {
        Mutation::Replace(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Mutation::Insert(at, piece) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece.iter().copied());
        }
        Mutation::Delete(at, length) => {
            let range = range(at.index(bytes.len()), *length, bytes);
            bytes.drain(range);
        }
        Mutation::Copy(from, to, length) => {
            let piece = bytes[range(from.index(bytes.len()), *length, bytes)].to_vec();
            let to = to.index(bytes.len());
            bytes.splice(to..to, piece);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!findings(&bytes, &limits()).is_empty());
    }

    #[test]
    fn any_mutation_of_a_valid_dossier_is_answered(mutations in prop::collection::vec(mutation(), 1..8)) {
        let mut bytes = include_bytes!("../intake/valid-dossier.json").to_vec();
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        let found = findings(&bytes, &limits());
        prop_assert_eq!(found, findings(&bytes, &limits()));
    }
}
