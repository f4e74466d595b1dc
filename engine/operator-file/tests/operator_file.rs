//! Files with a mistake, and where it is said to be.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::process::Command;

use kycuong_model::text::with_causes;
use kycuong_operator_file::{OperatorFile, OperatorFileError};
use serde::Deserialize;
use serde_json::json;

const TEXT: &str = "format = 1\n\n[[keys]]\nname = \"sở\"\nfrom = 2026-11-22\n\n[[keys]]\nof = [\"a\",\n  \"b\"]\n\"a/b\" = 1\n";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Small {
    #[expect(dead_code, reason = "only whether it can be read is asked")]
    format: u8,
}

fn file(text: &str) -> OperatorFile {
    OperatorFile::parse("so.toml", text).unwrap()
}

#[test]
fn every_value_has_its_place() {
    let file = file(TEXT);
    for (pointer, line, column) in [
        ("/format", 1, 1),
        ("/keys/0/name", 4, 1),
        ("/keys/1", 7, 1),
        ("/keys/1/of/1", 9, 3),
        ("/keys/1/a~1b", 10, 1),
        ("/keys/1/owner", 7, 1),
        ("/scopes/0/of", 1, 1),
        ("", 1, 1),
    ] {
        let place = file.place(pointer);
        assert_eq!((place.line, place.column), (line, column), "{pointer}");
    }
    let keys = json!([{"name": "sở", "from": "2026-11-22"}, {"of": ["a", "b"], "a/b": 1}]);
    assert_eq!(*file.value(), json!({"format": 1, "keys": keys}));
}

#[test]
fn mistakes_are_told_in_one_line_and_in_order() {
    let file = file(TEXT);
    let late = file.problem("/keys/1/of", "names\n\u{1b}[2Jnobody");
    let early = file.problem("/format", "is 1");
    let error = file.refuse([late.clone(), early, late]);
    assert_eq!(error.to_string(), "`so.toml`, line 1: is 1; line 8: names, \u{fffd}[2Jnobody");
    let error = file.deserialize::<Small>().unwrap_err().to_string();
    assert!(error.starts_with("`so.toml`, line 3: unknown field `keys`"), "{error}");
    let error = OperatorFile::parse("so.toml", "a = 1\na = 2\n").unwrap_err();
    assert!(error.to_string().starts_with("`so.toml`, line 2, column 1: not TOML: "), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("so.toml");
    let read = || OperatorFile::read(&path, 20).map(|file| file.text().to_owned());
    assert!(matches!(read(), Err(OperatorFileError::Read { .. })));
    for (bytes, expected) in [
        (&b"a = 1"[..], None),
        (b"a = 'much more than that'", Some("25 bytes")),
        (b"\xff", Some("UTF-8")),
    ] {
        std::fs::write(&path, bytes).unwrap();
        match (read(), expected) {
            (Ok(text), None) => assert_eq!(text.as_bytes(), bytes),
            (Err(error), Some(expected)) => {
                let said = with_causes(&error);
                assert!(said.contains(expected), "{said}");
            }
            (read, _) => panic!("{read:?}"),
        }
    }
}

/// Each of them would fill the memory, or never come back.
#[cfg(unix)]
#[test]
fn a_file_without_end_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::File::create(at("sparse.toml")).unwrap().set_len(3 << 30).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe.toml")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", at("device.toml")).unwrap();
    std::fs::create_dir(at("folder.toml")).unwrap();
    let said = |name: &str| with_causes(&OperatorFile::read(at(name), 1 << 20).unwrap_err());
    assert!(said("sparse.toml").ends_with("has 3221225472 bytes, the limit is 1048576"));
    for name in ["pipe.toml", "device.toml", "folder.toml"] {
        let said = said(name);
        assert!(said.ends_with(", and only ordinary files are read"), "{said}");
    }
}
