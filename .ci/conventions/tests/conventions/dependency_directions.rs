//! Who may import whom: the arrows of ARCHITECTURE.md, read from `cargo metadata` and from the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{cargo, members, root};

/// The ordinary (not dev, not build) dependencies of every member, by name.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    members()
        .iter()
        .map(|package| {
            let names = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn the_model_knows_neither_json_nor_the_sandbox() {
    let allowed = [
        "kycuong-rules-macros",
        "num-traits",
        "rust_decimal",
        "serde",
        "strsim",
        "thiserror",
        "time",
    ];
    let model = &dependencies()["kycuong-model"];
    assert!(model.iter().all(|name| allowed.contains(&name.as_str())), "{model:?}");
}

/// Why it need not be a crate of its own: see ARCHITECTURE.md.
#[test]
fn the_tape_knows_nothing_of_the_domain() {
    let folder = root().join("rules-sdk/model/src");
    let inside = std::fs::read_dir(folder.join("tape")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> =
        inside.chain(["tape.rs", "pointer.rs"].map(|name| folder.join(name))).collect();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for path in text.split("crate::").skip(1) {
            let known = ["pointer", "tape"].iter().any(|module| path.starts_with(module));
            let module = path.lines().next().unwrap();
            assert!(known, "{} imports `crate::{module}`", file.display());
        }
    }
}

#[test]
fn host_and_sdk_meet_in_the_model_only() {
    let all = dependencies();
    for sdk in [
        "kycuong-rules-sdk",
        "kycuong-rules-macros",
        "kycuong-pack-builder",
        "kycuong-cases",
        "kycuong-mutation",
        "kycuong-book",
        "kycuong-lint",
    ] {
        assert!(!all["kycuong-engine"].contains(sdk), "the engine imports {sdk}");
        assert!(!all[sdk].contains("kycuong-engine"), "{sdk} imports the engine");
        assert!(!all[sdk].contains("wasmtime"), "{sdk} imports the sandbox");
    }
    assert!(all["kycuong-engine"].contains("kycuong-model"));
}

#[test]
fn only_the_engine_imports_wasmtime_and_jsonschema() {
    for (package, names) in dependencies() {
        for library in ["wasmtime", "jsonschema"] {
            assert!(
                package == "kycuong-engine" || !names.contains(library),
                "{package} imports {library}"
            );
        }
    }
}

/// Everything that a member is built from, directly and indirectly, without its tests.
fn reached(member: &str) -> BTreeSet<String> {
    let metadata = cargo(&["metadata", "--format-version", "1"]);
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeMap<&str, &str> = packages
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package["name"].as_str().unwrap()))
        .collect();
    let nodes: BTreeMap<&str, &serde_json::Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let ordinary = |dependency: &&serde_json::Value| {
        let kinds = dependency["dep_kinds"].as_array().unwrap();
        kinds.iter().any(|kind| kind["kind"].is_null())
    };
    let (first, _) = names.iter().find(|(_, name)| **name == member).unwrap();
    let (mut reached, mut open) = (BTreeSet::new(), vec![*first]);
    while let Some(id) = open.pop() {
        if reached.insert(names[id].to_owned()) {
            let dependencies = nodes[id]["deps"].as_array().unwrap();
            open.extend(
                dependencies.iter().filter(ordinary).map(|one| one["pkg"].as_str().unwrap()),
            );
        }
    }
    reached
}

/// A program that stores, compares and shows reports links no sandbox.
#[test]
fn the_report_and_the_renderers_reach_neither_the_engine_nor_the_sandbox() {
    for member in ["kycuong-report", "kycuong-render"] {
        let reached = reached(member);
        assert!(reached.contains("kycuong-model") && reached.contains("serde_json"), "{reached:?}");
        let heavy = |name: &&String| {
            ["wasmtime", "cranelift", "jsonschema", "kycuong-engine"]
                .iter()
                .any(|library| name.starts_with(library))
        };
        assert_eq!(reached.iter().find(heavy), None, "{member}");
    }
    let all = dependencies();
    let of_project = |member: &str| -> Vec<&str> {
        let names = all[member].iter().map(String::as_str);
        names.filter(|name| name.starts_with("kycuong-")).collect()
    };
    assert_eq!(of_project("kycuong-report"), ["kycuong-model"]);
    assert_eq!(of_project("kycuong-render"), ["kycuong-model", "kycuong-report"]);
}

/// An embedder with a store of its own links none of them.
#[test]
fn only_the_sources_of_facts_and_the_log_import_databases_and_spreadsheets() {
    for (package, names) in dependencies() {
        for library in ["csv", "flate2", "quick-xml", "rusqlite", "tokio-postgres"] {
            let log = package == "kycuong-audit" && library == "rusqlite";
            // What is rendered as XML is read back by a parser.
            let fuzz = package == "kycuong-fuzz" && library == "quick-xml";
            assert!(
                package == "kycuong-facts" || log || fuzz || !names.contains(library),
                "{package} imports {library}"
            );
        }
    }
}

/// Law changes with every decree, and a host must not with it: only packs rest on it.
#[test]
fn dated_law_is_for_packs_alone() {
    let all = dependencies();
    assert_eq!(all["kycuong-law"].iter().collect::<Vec<_>>(), ["kycuong-model"]);
    for (package, names) in &all {
        assert!(
            package.starts_with("kycuong-pack-") || !names.contains("kycuong-law"),
            "{package} imports the dated law"
        );
    }
    for member in ["kycuong-engine", "kycuong-rules-sdk", "kycuong-report"] {
        assert!(!reached(member).contains("kycuong-law"), "{member} reaches the dated law");
    }
}

#[test]
fn packs_import_the_sdk_and_the_law_and_nothing_else() {
    let packs: Vec<_> =
        dependencies().into_iter().filter(|(name, _)| name.starts_with("kycuong-pack-")).collect();
    let packs: Vec<_> =
        packs.into_iter().filter(|(name, _)| name != "kycuong-pack-builder").collect();
    assert_eq!(packs.len(), 6);
    for (pack, names) in packs {
        let others: Vec<_> = names.iter().filter(|name| *name != "kycuong-law").collect();
        assert_eq!(others, ["kycuong-rules-sdk"], "{pack}");
    }
}

#[test]
fn few_modules_of_the_engine_name_the_sandbox_and_the_schema_library() {
    let source = root().join("engine/src");
    for file in rust_files(&source) {
        let name = file.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        let schema: &[&str] = &["schema", "deployment/schema.rs"];
        for (library, modules) in [("wasmtime::", ["sandbox"].as_slice()), ("jsonschema::", schema)]
        {
            assert!(
                modules.iter().any(|module| name.starts_with(module)) || !code.contains(library),
                "engine/src/{name} names {library}"
            );
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
