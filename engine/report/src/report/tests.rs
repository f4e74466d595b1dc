//! What is written is read again, equal and with the same bytes.

use std::path::{Path, PathBuf};

use super::*;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.to_string_lossy().ends_with(".report.json") {
            found.push(path);
        }
    }
}

/// The expected reports of the samples. They are of other packs than those of today: their digests are
/// left out.
fn expected_reports() -> Vec<(PathBuf, String)> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/dossiers");
    let mut found = Vec::new();
    files(&samples, &mut found);
    assert!(found.len() >= 10, "{found:?}");
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn an_expected_report_that_is_read_again_has_the_same_bytes() {
    for (path, json) in expected_reports() {
        let report = Report::from_json(json.as_bytes()).unwrap();
        assert_eq!(report.to_json().unwrap(), json, "{}", path.display());
        let again = Report::from_json(report.to_json().unwrap().as_bytes()).unwrap();
        assert_eq!(again, report, "{}", path.display());
    }
}

#[test]
fn a_sealed_report_is_the_json_that_it_was_handed_out_as() {
    for (path, json) in expected_reports() {
        let report = Report::from_json(json.as_bytes()).unwrap();
        assert!(!report.is_authentic());
        let Sealed { report, json } = report.seal().unwrap();
        assert_eq!(report.to_json().unwrap(), json, "{}", path.display());
        assert!(report.is_authentic());
        let mut edited = report;
        edited.counts.pass += 1;
        assert!(!edited.is_authentic());
    }
}

#[test]
fn another_version_of_the_format_is_named_whatever_else_it_is() {
    let error = Report::from_json(br#"{"format": "1.1.0", "verdict": 5}"#).unwrap_err();
    assert_eq!(error.code(), "other-report-format");
    assert_eq!(error.to_string(), "the report has the format 1.1.0, this program reads 2.0.0");
    for other in ["", "[]", "{}", r#"{"format": 2}"#, r#"{"format": "2.0.0"}"#] {
        assert_eq!(Report::from_json(other.as_bytes()).unwrap_err().code(), "not-a-report");
    }
}
