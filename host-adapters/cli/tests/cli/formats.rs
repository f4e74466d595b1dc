//! What each format looks like.

use std::fs;

use serde_json::Value;

use crate::support::{S1, S2, S5, check, expect, root, run};

#[test]
fn people_see_each_finding_in_its_line() {
    let (_, vi, _) = run(&mut check([S1]));
    assert!(!vi.contains('\u{1b}'), "colours are for terminals");
    expect("s1.vi.txt", &vi);
    expect("s1.en.txt", &run(&mut check([S1, "--lang", "en"])).1);
    expect("s5.vi.txt", &run(&mut check([S5])).1);
}

#[test]
fn a_minified_submission_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    let dossier: Value =
        serde_json::from_str(&fs::read_to_string(root().join(S5)).unwrap()).unwrap();
    let minified = dossier.to_string();
    fs::write(folder.path().join("s5.json"), &minified).unwrap();
    let (code, text, _) = run(check(["s5.json"]).current_dir(folder.path()));
    assert_eq!(code, 1);
    let column = minified.find("\"705\"").map(|at| minified[..at].chars().count() + 1).unwrap();
    assert!(text.contains(&format!(" --> s5.json:1:{column}\n")), "{text}");
    let shown: Vec<&str> = text.lines().filter(|line| line.starts_with("1 | ")).collect();
    assert!(!shown.is_empty());
    for line in shown {
        assert!(line.chars().count() <= 150, "{line}");
    }
    let source = text.lines().position(|line| line.contains("\"chapter\":\"705\"")).unwrap();
    let (source, carets) =
        (text.lines().nth(source).unwrap(), text.lines().nth(source + 1).unwrap());
    let before = source.find("\"705\"").map(|at| source[..at].chars().count()).unwrap();
    assert_eq!(
        carets.find("^^^^^").map(|at| carets[..at].chars().count()),
        Some(before),
        "{source}\n{carets}"
    );
}

#[test]
fn sarif_has_rules_places_and_levels() {
    let log: Value =
        serde_json::from_str(&run(&mut check([S1, S5, "--format", "sarif"])).1).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let result = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|result| {
            result["ruleId"].as_str().unwrap().starts_with("vn-baseline/budget-code-valid/")
        })
        .unwrap();
    let place = &result["locations"][0];
    assert_eq!(result["level"], "error");
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], S5);
    assert_eq!(place["physicalLocation"]["region"]["startLine"], 54);
    assert_eq!(place["physicalLocation"]["region"]["startColumn"], 20);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "/entries/1/codes/chapter");
    let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], result["ruleId"]);
    assert!(rule["shortDescription"]["text"].as_str().unwrap().contains(" / "));
    assert_eq!(run["properties"]["submissions"][0]["signing"], "unsigned-development");
}

#[test]
fn junit_has_a_suite_for_each_submission_and_a_case_for_each_rule() {
    let (_, xml, _) = run(&mut check([S1, S2, "--format", "junit"]));
    assert!(xml.starts_with("<?xml"));
    assert_eq!(xml.matches("<testsuite ").count(), 2);
    assert!(xml.contains(&format!("<testsuite name=\"{S1}\"")));
    assert!(xml.contains("<property name=\"verdict\" value=\"return\"/>"), "{xml}");
    assert!(xml.contains("<property name=\"signing\" value=\"unsigned-development\"/>"), "{xml}");
    assert!(xml.contains(&format!("classname=\"{S1}/vn-baseline\"")));
    let failed = |xml: &str| xml.matches("<failure ").count();
    assert!(failed(&xml) > 0);
    assert_eq!(failed(&run(&mut check([S1, "--format", "junit"])).1), 0, "a warning fails nothing");
    assert!(failed(&run(&mut check([S1, "--format", "junit", "--deny-warnings"])).1) > 0);
}
