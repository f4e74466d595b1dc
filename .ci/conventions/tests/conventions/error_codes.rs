//! Errors have codes, and a code that changed is noticed: `error-codes.txt` lists all of them.
//! `UPDATE_EXPECT=1 cargo test -p kycuong-conventions error_codes` writes it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, ItemEnum};

use crate::root;

/// What is said to a submitter and not to an operator has rules' ids, and what only tests and tools see
/// has no code: the file and the reason.
const WITHOUT: [(&str, &str); 6] = [
    ("rules-sdk/model/src/cases/", "cases are files of authors, told of by `kycuong test`"),
    ("rules-sdk/model/src/jurisdiction/", "a finding's words"),
    ("rules-sdk/model/src/regime.rs", "a finding's words"),
    ("rules-sdk/model/src/tape/", "a finding's words"),
    ("rules-sdk/cases/src/", "cases are files of authors, told of by `kycuong test`"),
    ("engine/report/src/crash.rs", "an outcome, whose `kind` is its code"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "tests", "templates"].contains(&name.as_str()) {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Whether an enum is one of errors: its derive of `thiserror` says so.
fn is_error(item: &ItemEnum) -> bool {
    let derived = |attribute: &syn::Attribute| {
        let mut found = false;
        let _ = attribute.parse_nested_meta(|path| {
            found |= path.path.segments.last().is_some_and(|last| last.ident == "Error");
            Ok(())
        });
        found
    };
    item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")).any(derived)
}

#[test]
fn every_error_has_a_code_that_stays() {
    let mut files = Vec::new();
    for folder in ["engine", "host-adapters", "rules-sdk"] {
        sources(&root().join(folder), &mut files);
    }
    files.sort();
    let mut list = String::new();
    for path in files {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let Ok(file) = syn::parse_file(&fs::read_to_string(&path).unwrap()) else { continue };
        let (mut errors, mut coded) = (BTreeSet::new(), BTreeSet::new());
        for item in &file.items {
            match item {
                Item::Enum(item) if is_error(item) => {
                    errors.insert(item.ident.to_string());
                }
                Item::Macro(item)
                    if item.mac.path.segments.last().unwrap().ident == "error_codes" =>
                {
                    let text = item.mac.tokens.to_string();
                    let (error, codes) = text.split_once('{').unwrap();
                    let (crate_folder, _) = name.split_once("/src/").unwrap();
                    for code in codes.split('"').skip(1).step_by(2) {
                        writeln!(list, "{crate_folder} {} {code}", error.trim()).unwrap();
                    }
                    coded.insert(error.trim().to_owned());
                }
                _ => {}
            }
        }
        if !WITHOUT.iter().any(|(without, _)| name.starts_with(without)) {
            let missing: Vec<_> = errors.difference(&coded).collect();
            assert!(missing.is_empty(), "{name}: {missing:?} without `error_codes!`");
        }
    }
    let expected = root().join(".ci/conventions/tests/conventions/error-codes.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(&expected, &list).unwrap();
    }
    assert!(list.lines().count() > 100, "{list}");
    let recorded = fs::read_to_string(&expected).unwrap().replace("\r\n", "\n");
    assert_eq!(recorded, list, "codes of errors stay; a new one is added with UPDATE_EXPECT=1");
}
