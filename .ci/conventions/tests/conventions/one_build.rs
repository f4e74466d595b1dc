//! Every dependency is compiled once, whichever member of the workspace is asked for: with the same
//! features and the same options as for the whole. `engine/feature-union` says how that comes about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{cargo, members};

/// What decides whether something compiled serves again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    /// The package, with its version.
    package: String,
    /// Whether it is the library, its build script, or the run of that.
    part: String,
    features: BTreeSet<String>,
    options: String,
}

/// The units of other people's code that a command compiles.
fn units(command: &str, selection: &[&str]) -> BTreeSet<Unit> {
    let mut arguments = vec![command, "--unit-graph", "-Zunstable-options"];
    arguments.extend(selection);
    let graph = cargo(&arguments);
    let units = graph["units"].as_array().unwrap().iter();
    let others = units.filter(|unit| unit["pkg_id"].as_str().unwrap().starts_with("registry+"));
    others
        .map(|unit| {
            let mut options = unit["profile"].clone();
            // A name, which decides nothing.
            options.as_object_mut().unwrap().remove("name");
            Unit {
                package: unit["pkg_id"].as_str().unwrap().rsplit('#').next().unwrap().to_owned(),
                part: format!("{} {} {}", unit["target"]["kind"], unit["mode"], unit["platform"]),
                features: strings(&unit["features"]),
                options: options.to_string(),
            }
        })
        .collect()
}

fn strings(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// What is compiled differently for one member, and what the whole has instead.
fn differences(whole: &BTreeSet<Unit>, part: &BTreeSet<Unit>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for unit in part.difference(whole) {
        let same = whole.iter().filter(|of| of.package == unit.package && of.part == unit.part);
        let whole = same.map(|of| {
            let more: Vec<_> = of.features.difference(&unit.features).cloned().collect();
            let less: Vec<_> = unit.features.difference(&of.features).cloned().collect();
            format!("with {more:?}, without {less:?}")
        });
        found.insert(format!("{} ({})", unit.package, unit.part), whole.collect());
    }
    found
}

#[test]
fn a_member_compiles_no_dependency_a_second_time() {
    let whole = units("test", &["--workspace"]);
    assert!(whole.len() > 300, "{} units", whole.len());
    let mut told = String::new();
    for member in members() {
        let name = member["name"].as_str().unwrap();
        for command in ["build", "test"] {
            for (what, whole) in differences(&whole, &units(command, &["--package", name])) {
                told += &format!("cargo {command} -p {name}: {what}; in the whole {whole:?}\n");
            }
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn the_demo_compiles_what_the_tests_use() {
    let whole = units("test", &["--workspace"]);
    for binary in ["kycuong-demo", "kycuong"] {
        assert_eq!(differences(&whole, &units("build", &["--bin", binary])), BTreeMap::new());
    }
}

/// Two versions of what is large cost a first build a minute each.
#[test]
fn large_crates_have_one_version() {
    let whole = units("test", &["--workspace"]);
    let packages: BTreeSet<&str> = whole.iter().map(|unit| unit.package.as_str()).collect();
    for large in
        ["wasm-encoder", "wasmparser", "wast", "wit-component", "wit-parser", "tokio", "regex"]
    {
        let of = packages.iter().filter(|package| package.split('@').next() == Some(large));
        assert!(of.clone().count() <= 1, "{:?}", of.collect::<Vec<_>>());
    }
}
