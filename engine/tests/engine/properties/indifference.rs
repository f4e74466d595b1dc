//! What a report does not depend on: the order of packs, threads, the order of rows and of members.

use kycuong_engine::facts::{MemoryFacts, Row};
use kycuong_engine::{Engine, Finding, Report};
use kycuong_test_packs::canned_pack::{Canned, pass};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::generated::packs;
use super::{ON, VALUE, builder, check, config, judge};

proptest! {
    #![proptest_config(config(48))]

    /// The order in which packs are added and the number of threads: the same bytes.
    #[test]
    fn packs_in_any_order_on_any_threads(
        packs in packs(2),
        order in vec(any::<Index>(), 5),
        threads in 1_usize..5,
    ) {
        let expected = check(&packs);
        let mut shuffled = packs;
        for (at, other) in order.iter().enumerate().take(shuffled.len()) {
            let other = other.index(shuffled.len());
            shuffled.swap(at, other);
        }
        let report = judge(builder(&shuffled).threads(threads));
        prop_assert_eq!(report.to_json(), expected.to_json());
    }
}

/// A few rows of a table of facts.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cell = prop::sample::select(vec!["", "A", "B", "Hệ thống"]);
    let row = prop::collection::btree_map("(id|name|owner)", cell.prop_map(str::to_owned), 1..4);
    vec(row.prop_map(|row| row.into_iter().collect()), 0..6)
}

proptest! {
    #![proptest_config(config(32))]

    /// The order of rows, rows said twice, and the order in which tables are added: the same bytes.
    #[test]
    fn rows_of_facts_in_any_order(
        systems in rows(),
        codes in rows(),
        order in vec(any::<Index>(), 6),
        again in any::<Index>(),
    ) {
        let needs = json!({"facts": [{"table": "systems"}, {"table": "budget_codes"}]});
        let pack = Canned::new("vn", "VN").rule_with("known", pass(), needs).load();
        let report = |facts: MemoryFacts| {
            let builder = Engine::builder().allow_unsigned().pack(pack.clone());
            judge(builder.facts(facts)).to_json()
        };
        let mut shuffled = systems.clone();
        for (at, other) in order.iter().enumerate().take(shuffled.len()) {
            let other = other.index(shuffled.len());
            shuffled.swap(at, other);
        }
        if !shuffled.is_empty() {
            shuffled.push(shuffled[again.index(shuffled.len())].clone());
        }
        let first = MemoryFacts::new().table("systems", systems).table("budget_codes", codes.clone());
        let second = MemoryFacts::new().table("budget_codes", codes).table("systems", shuffled);
        prop_assert_eq!(report(first), report(second));
    }
}

/// A JSON text whose objects have their members in another order: `keys` decides, in the order of the
/// walk.
fn written(value: &Value, keys: &mut impl Iterator<Item = usize>) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            for last in (1..members.len()).rev() {
                members.swap(last, keys.next().unwrap() % (last + 1));
            }
            let members = members.into_iter().map(|(name, value)| {
                format!("{}:{}", Value::from(name.as_str()), written(value, keys))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(elements) => {
            let elements = elements.iter().map(|element| written(element, keys));
            format!("[{}]", elements.collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// What a report says, without where in the text it says it.
fn said(report: &Report) -> (String, Vec<String>) {
    let placeless = |finding: &Finding| {
        let mut finding = finding.clone();
        (finding.line, finding.column) = (0, 0);
        serde_json::to_string(&finding).unwrap()
    };
    let mut findings: Vec<_> = report.findings.iter().map(placeless).collect();
    findings.sort();
    let rest = (report.verdict, report.complete, &report.regime, &report.counts, &report.outcomes);
    (serde_json::to_string(&rest).unwrap(), findings)
}

/// Members that some schema objects to, to be put into the dossier.
fn wrong_members() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    prop::sample::subsequence(
        vec![
            ("kind", json!("no-such-kind")),
            ("nonsense", json!({"a": 1, "b": [2]})),
            ("costs", json!({"total": 300, "ttoal": "1", "lines": {}})),
            ("province", json!({"code": "03"})),
            ("schema_version", json!("9.9.9")),
            ("kpis", json!([{"target": "x", "baseline": 1, "unit": ""}])),
        ],
        0..=6,
    )
}

proptest! {
    #![proptest_config(config(48))]

    /// The order of an object's members: the same findings, outcomes and verdict; lines and columns, and
    /// with them the order of findings of one severity, follow the text. (What the intake says of letters
    /// names the first place, so it follows the text too.)
    #[test]
    fn members_in_any_order(
        packs in packs(1),
        wrong in wrong_members(),
        keys in vec(any::<usize>(), 64),
    ) {
        let mut value = VALUE.clone();
        for (name, member) in wrong {
            value[name] = member;
        }
        let engine = builder(&packs).build().unwrap();
        let first = engine.check(value.to_string().as_bytes(), ON).unwrap();
        let shuffled = written(&value, &mut keys.into_iter().cycle());
        let second = engine.check(shuffled.as_bytes(), ON).unwrap();
        prop_assert_eq!(said(&first), said(&second));
    }
}
