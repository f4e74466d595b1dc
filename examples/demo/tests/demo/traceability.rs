//! From each sentence of the sources to the rule that enforces it, and to its cases: nothing is left
//! out, and nothing is quoted that the source does not say.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kycuong_cases::{CaseFile, file_name};
use kycuong_demo::{PACKS, build_packs, examples};
use kycuong_model::cases::CaseOutcome;
use kycuong_model::finding::Missing;
use kycuong_model::manifest::{Manifest, PackStatus, RuleDescription};

/// Rows of `rule-list.csv`: requirement, name, and the requirement that an alias repeats.
fn rule_list() -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(examples().join("rule-packs/rule-list.csv")).unwrap();
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [requirement, name, alias] = cells[..] else { panic!("three cells: {line}") };
        rows.push((requirement.to_owned(), name.to_owned(), alias.to_owned()));
    }
    rows
}

fn manifests() -> &'static [Manifest] {
    static MANIFESTS: OnceLock<Vec<Manifest>> = OnceLock::new();
    MANIFESTS.get_or_init(|| {
        build_packs(|_| ()).unwrap().into_iter().map(|pack| pack.manifest).collect()
    })
}

fn name(rule: &RuleDescription) -> &str {
    rule.id.split_once('/').unwrap().1
}

/// The articles, with the spaces that a page's layout put in made plain.
fn sources() -> BTreeMap<&'static str, String> {
    let read = |pack: &str| {
        let path = examples().join("rule-packs").join(pack).join("source.txt");
        let text = std::fs::read_to_string(path).unwrap().replace('\u{a0}', " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    PACKS.into_iter().filter(|pack| *pack != "vn-baseline").map(|pack| (pack, read(pack))).collect()
}

#[test]
fn every_requirement_of_the_list_is_one_rule_and_every_rule_is_in_the_list() {
    let list = rule_list();
    assert_eq!(list.len(), 98);
    let expected: BTreeMap<&str, &str> = list
        .iter()
        .filter(|(_, _, alias)| alias.is_empty())
        .map(|(requirement, name, _)| (requirement.as_str(), name.as_str()))
        .collect();
    assert_eq!(expected.len(), 96);
    for (requirement, _, alias) in list.iter().filter(|(_, _, alias)| !alias.is_empty()) {
        assert!(
            expected.contains_key(alias.as_str()),
            "{requirement} repeats {alias}, which is no requirement"
        );
    }
    let manifests = manifests();
    let rules = manifests.iter().flat_map(|manifest| &manifest.rules);
    let mut found = BTreeMap::new();
    for rule in rules {
        let requirement =
            rule.requirement.as_deref().unwrap_or_else(|| panic!("{} has no requirement", rule.id));
        assert_eq!(found.insert(requirement, name(rule)), None, "{requirement} is two rules");
    }
    assert_eq!(found, expected);
}

#[test]
fn every_quote_stands_in_its_source_word_for_word() {
    let sources = sources();
    for manifest in manifests() {
        let own = sources.get(manifest.pack.as_str());
        let says = |quote: &str| match own {
            Some(text) => text.contains(quote),
            // The national baseline takes rules over from the provinces' texts.
            None => sources.values().any(|text| text.contains(quote)),
        };
        for rule in &manifest.rules {
            match &rule.quote {
                Some(quote) => {
                    let elsewhere = sources.values().any(|text| text.contains(quote.as_str()));
                    assert!(says(quote) || elsewhere, "{}: “{quote}” is in no source", rule.id);
                }
                None => {
                    let requirement = rule.requirement.as_deref().unwrap();
                    assert!(requirement >= "R80", "{} ({requirement}) quotes nothing", rule.id);
                }
            }
        }
        for obligation in &manifest.unverifiable {
            assert!(says(&obligation.quote), "{}: “{}”", manifest.pack, obligation.quote);
        }
    }
}

#[test]
fn what_no_machine_can_check_is_said() {
    let count: BTreeMap<String, usize> = manifests()
        .iter()
        .map(|manifest| (manifest.pack.clone(), manifest.unverifiable.len()))
        .collect();
    let at_least =
        [("gia-lai", 4), ("bac-kan", 5), ("dong-nai", 7), ("quang-ngai", 3), ("bac-giang", 4)];
    for (pack, rows) in at_least {
        assert!(count[pack] >= rows, "{pack} names {} of {rows} obligations", count[pack]);
    }
}

#[test]
fn a_province_s_text_binds_only_where_it_is_adopted() {
    for manifest in manifests() {
        let expected = match manifest.pack.as_str() {
            "vn-baseline" => PackStatus::InForce,
            _ => PackStatus::Historic,
        };
        assert_eq!(manifest.status, expected, "{}", manifest.pack);
        assert!(manifest.source.is_some(), "{} does not cite its text", manifest.pack);
    }
}

/// The cases of a rule as their author wrote them.
fn cases(manifest: &Manifest, rule: &RuleDescription) -> CaseFile {
    let folder = examples().join("rule-packs").join(&manifest.pack).join("cases");
    CaseFile::load(&folder.join(file_name(&rule.id)), rule.name()).unwrap()
}

/// A rule that needs facts has a case without them, and there it does not pass.
#[test]
fn without_its_facts_a_rule_does_not_pass() {
    for manifest in manifests() {
        for rule in &manifest.rules {
            let file = cases(manifest, rule);
            for need in rule.facts.iter().filter(|need| !need.optional) {
                let lacks = |outcome: &CaseOutcome| matches!(outcome, CaseOutcome::NotEvaluated { missing: Missing::Facts(table), .. } if *table == need.table);
                let said = file.cases.iter().filter_map(|case| case.outcome.as_ref()).any(lacks);
                assert!(said, "{} has no case without the table {}", rule.id, need.table);
            }
        }
    }
}

/// What no case of a bounded size comes to: the rule, the violation, and why.
const UNREACHED: [(&str, &str, &str); 1] =
    [("bac-kan/sizing-justified", "absurd", "it takes 79 229 components of the largest capacity")];

/// Each mistake that a rule can find is found in one of its cases, and its sentences are among the
/// recorded ones in both languages.
#[test]
fn every_violation_is_shown_by_a_case_and_worded_once() {
    for manifest in manifests() {
        for rule in &manifest.rules {
            let file = cases(manifest, rule);
            let outcomes = || file.cases.iter().filter_map(|case| case.outcome.as_ref());
            for violation in &rule.violations {
                let code = violation.code.as_str();
                let found =
                    outcomes().flat_map(CaseOutcome::findings).any(|finding| finding.code == code);
                let worded = file.wordings.iter().any(|wording| wording.code == code);
                let left_out = UNREACHED.iter().any(|(id, of, _)| (*id, *of) == (&rule.id, code));
                assert_eq!((found, worded), (!left_out, !left_out), "{}: {code}", rule.id);
            }
        }
    }
}
