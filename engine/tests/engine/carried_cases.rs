//! The cases that a pack carries: read at admission, bounded, only of its own rules, run by nobody.

use kycuong_engine::error::LoadError;
use kycuong_engine::pack::{PackDescription, RulePack};
use kycuong_model::cases::{CASES_BYTES_MAX, CASES_SECTION, CaseOutcome};
use kycuong_test_packs::canned_pack::{Canned, SANDBOX, pass};
use kycuong_test_packs::section::custom_section;

const CASES: &str = r#"{"rules":[{"rule":"thu/mot","cases":[{"name":"a day early","expectation":"valid","content":"{}","outcome":{"status":"pass"}}]}]}"#;

fn pack(sections: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Canned::new("thu", "VN").rule("mot", pass()).rule("hai", pass()).bytes();
    for (name, text) in sections {
        bytes.extend(custom_section(name, text.as_bytes()));
    }
    bytes
}

fn read(sections: &[(&str, &str)]) -> Result<PackDescription, LoadError> {
    PackDescription::read(&pack(sections), SANDBOX.limits())
}

#[test]
fn they_are_there_before_and_after_loading() {
    assert_eq!(read(&[]).unwrap().cases.count(), 0);
    let cases = read(&[(CASES_SECTION, CASES)]).unwrap().cases;
    assert_eq!(cases.of("thu/mot")[0].outcome, Some(CaseOutcome::Pass));
    assert_eq!(cases.of("thu/hai"), []);
    let loaded = RulePack::load(&SANDBOX, &pack(&[(CASES_SECTION, CASES)])).unwrap();
    assert_eq!(*loaded.cases(), cases);
}

#[test]
fn they_are_one_section_of_bounded_json() {
    let refused = |sections: &[(&str, &str)]| read(sections).unwrap_err();
    let twice = [(CASES_SECTION, CASES), (CASES_SECTION, CASES)];
    assert!(matches!(refused(&twice), LoadError::CasesSection { found: 2, .. }));
    for text in [
        "[",
        &CASES.replace("\"rules\"", "\"rule\""),
        &CASES.replace("{\"status\":\"pass\"}", "\"pass\""),
    ] {
        assert!(matches!(refused(&[(CASES_SECTION, text)]), LoadError::CasesJson { .. }), "{text}");
    }
    let padded = |length: usize| format!("{CASES}{}", " ".repeat(length - CASES.len()));
    assert!(read(&[(CASES_SECTION, &padded(CASES_BYTES_MAX))]).is_ok());
    let refusal = refused(&[(CASES_SECTION, &padded(CASES_BYTES_MAX + 1))]).to_string();
    assert!(refusal.contains("4194305") && refusal.contains("4194304"), "{refusal}");
}

#[test]
fn they_are_of_declared_rules_and_named_by_one_line() {
    for (from, to) in [
        ("thu/mot\",\"cases", "thu/ba\",\"cases"),
        ("a day early", ""),
        ("a day early", "a\\u001b[2J"),
        ("a day early", &"a".repeat(201)),
        ("{\"rules\":[", "{\"rules\":[{\"rule\":\"thu/mot\",\"cases\":[]},"),
        (
            "\"cases\":[",
            "\"cases\":[{\"name\":\"a day early\",\"expectation\":\"valid\",\"content\":\"\"},",
        ),
    ] {
        let refusal = read(&[(CASES_SECTION, &CASES.replace(from, to))]).unwrap_err();
        assert!(matches!(refusal, LoadError::CasesContent { .. }), "{to}: {refusal:?}");
    }
}

#[test]
fn no_other_section_of_this_project_is_passed_over() {
    assert!(read(&[("producers", "x"), ("name", "y")]).is_ok());
    let refusal = read(&[("kycuong:future", "x")]).unwrap_err();
    assert_eq!(refusal.to_string(), "the custom section `kycuong:future` is unknown to this host");
}
