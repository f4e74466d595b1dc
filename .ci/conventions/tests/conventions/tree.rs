//! The conventions of the tree, as tests: nothing here is left to a reviewer's eye.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::root;

/// Every file of the sources, without what is built.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with(".git") {
                files(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&root(), &mut found);
    found.sort();
    let rust = found
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    })
    .collect()
}

#[test]
fn the_top_level_is_the_design_s() {
    let mut names: Vec<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    names.sort();
    let expected = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "benches",
        "engine",
        "examples",
        "host-adapters",
        "rules-sdk",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_file_has_one_purpose() {
    for (name, text) in sources() {
        let file = name.rsplit('/').next().unwrap();
        let vague =
            ["mod.rs", "utils.rs", "util.rs", "common.rs", "misc.rs", "helpers.rs", "manager.rs"];
        assert!(!vague.contains(&file), "{name} says nothing of what it is for");
        // Lists of codes are long and flat; everything else that grows is two files.
        let lines = text.lines().count();
        assert!(lines <= 520, "{name} has {lines} lines");
    }
}

#[test]
fn no_haste() {
    let own = file!().rsplit('/').next().unwrap();
    for (name, text) in sources().into_iter().filter(|(name, _)| !name.ends_with(own)) {
        for sign in ["todo!(", "unimplemented!(", "#[ignore", "#[allow(", "FIXME", "dbg!("] {
            assert!(!text.contains(sign), "{name} has `{sign}`");
        }
    }
}

/// Whoever can write a file may have made it endless: libraries and the command line read files whole in
/// one way, to a limit.
#[test]
fn files_are_read_to_a_limit() {
    let reading = ["fs::read(", "read_to_string(", "read_to_end(", "File::open("];
    let own = [
        // The one way.
        "engine/files/src/read.rs",
        // Takes at most so much, of the file whose permissions it looked at when it was open.
        "engine/src/cache.rs",
        // Takes twenty bytes of a plain file, a database of any size.
        "host-adapters/facts/src/databases/sqlite/file.rs",
    ];
    let aside = ["engine/fuzz/", "engine/test-packs/", "examples/", "benches/", ".ci/"];
    for (name, text) in sources() {
        let is_test = name.contains("/tests") || name.contains("/examples/");
        let is_aside = is_test || aside.iter().any(|folder| name.starts_with(folder));
        if is_aside || own.contains(&name.as_str()) {
            continue;
        }
        // The tests of a file stand at its end.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let line = line.replace("AtomicWriteFile::open(", "");
            let read = reading.iter().find(|call| line.contains(**call));
            assert!(read.is_none(), "{name}: {line}: read it by `kycuong_files::read_bounded`");
        }
    }
}

#[test]
fn no_float_near_money() {
    for (name, text) in sources() {
        let near = [
            "engine/src",
            "rules-sdk/model/src",
            "rules-sdk/src",
            "rules-sdk/law/src",
            "examples/rule-packs",
        ];
        // The schema library's trait asks for a float; its adapter is the one place that may name the type.
        let adapter = name == "engine/src/schema/tape_json.rs";
        if !adapter && near.iter().any(|folder| name.starts_with(folder)) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                assert!(!line.contains("f64") && !line.contains("f32"), "{name}: {line}");
            }
        }
    }
}

/// One rule is one file, one function of that name and one file of cases; a requirement of the list has one rule.
/// That no requirement is left out is `traceability.rs`.
#[test]
fn one_rule_is_one_file_and_one_file_of_cases() {
    let mut requirements: BTreeMap<String, String> = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("examples/rule-packs")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let pack = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut rules = 0;
        for (name, text) in sources() {
            let Some(file) = name.strip_prefix(&format!("examples/rule-packs/{pack}/src/")) else {
                continue;
            };
            if !text.contains("#[rule(") {
                continue;
            }
            rules += 1;
            let rule = file.strip_suffix(".rs").unwrap();
            assert_eq!(text.matches("#[rule(").count(), 1, "{name} has more than one rule");
            assert!(text.contains(&format!("fn {rule}(")), "{name} has no function `{rule}`");
            let cases = folder.join("cases").join(format!("{}.md", rule.replace('_', "-")));
            assert!(cases.is_file(), "{name} has no cases in {}", cases.display());
            let requirement = text
                .split("requirement = \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap()
                .to_owned();
            if let Some(other) = requirements.insert(requirement.clone(), name.clone()) {
                panic!("{requirement} is both {other} and {name}");
            }
        }
        assert!(rules > 0, "{pack} has no rules");
        let files = std::fs::read_dir(folder.join("cases")).unwrap().count();
        assert_eq!(files, rules, "{pack} has files of cases of no rule");
    }
}
