//! Generated packs: up to three rules each, with every kind of answer there is, sound and unsound.
//!
//! Names of rules, places and sentences come from short lists, so that packs often say the same of the
//! same place and their findings are merged.

use kycuong_test_packs::canned_pack::{Canned, LOOP, PANIC};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Ids with the jurisdiction of each; the last one applies elsewhere.
pub const PACKS: [(&str, &str); 5] = [
    ("vn", "VN"),
    ("vn-more", "VN"),
    ("gia-lai", "gia-lai"),
    ("gia-lai-2025", "gia-lai-2025"),
    ("bac-giang", "bac-giang"),
];
const RULES: [&str; 3] = ["cap", "share", "total-differs"];
const PATHS: [&str; 5] = ["", "/costs/total", "/costs/lines/1/amount", "/owner/name", "/no/where"];
const SEVERITIES: [&str; 3] = ["inform", "warn", "block"];

/// One finding.
pub fn finding() -> impl Strategy<Value = Value> {
    (select(&PATHS[..]), select(&SEVERITIES[..]), 0..3_u8).prop_map(|(path, severity, number)| {
        json!({
            "code": "differs", "path": path, "severity": severity,
            "message": {"vi": format!("Chênh {number} đồng."), "en": format!("VND {number} off.")},
            "remedy": {"vi": "Ghi lại tổng.", "en": "Correct the total."},
            "values": {"by": number.to_string()},
        })
    })
}

/// What a rule answers.
fn status() -> impl Strategy<Value = Value> {
    let reason = json!({"vi": "Không thuê.", "en": "Nothing is leased."});
    let missing = select(vec![json!({"field": "/costs/lines"}), json!({"facts": "systems"})]);
    prop_oneof![
        3 => Just(json!({"status": "pass"})),
        5 => vec(finding(), 1..4).prop_map(|found| json!({"status": "fail", "findings": found})),
        1 => Just(json!({"status": "not-applicable", "reason": reason})),
        2 => (missing, vec(finding(), 0..2)).prop_map(|(missing, found)| {
            json!({"status": "not-evaluated", "missing": missing, "findings": found})
        }),
        1 => Just(json!({"status": "fail", "findings": []})),
    ]
}

/// What is declared of a rule.
fn declared() -> impl Strategy<Value = Value> {
    let effective = select(vec![
        json!({"from": "2020-01-01"}),
        json!({"from": "2020-01-01", "to": "2026-11-20"}),
        json!({"from": "2026-11-21", "to": "2026-11-21"}),
    ]);
    (select(&SEVERITIES[..]), weighted(0.8, Just(())), effective).prop_map(
        |(severity, verified, effective)| {
            json!({"severity": severity, "verified": verified.is_some(), "effective": effective})
        },
    )
}

/// A pack, as it was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    pack: &'static str,
    province: &'static str,
    /// Name, answer and declaration of each rule.
    rules: Vec<(&'static str, Value, Value)>,
    /// What it does instead of answering.
    misdeed: Option<Misdeed>,
    historic: bool,
}

/// What a pack does instead of answering.
#[derive(Clone, Copy, Debug)]
enum Misdeed {
    Loop,
    Panic,
}

impl Generated {
    /// The pack itself.
    pub fn canned(&self) -> Canned {
        let mut pack = Canned::new(self.pack, self.province);
        for (name, status, declared) in &self.rules {
            pack = pack.rule_with(name, status.clone(), declared.clone());
        }
        pack = match self.misdeed {
            None => pack,
            Some(Misdeed::Loop) => pack.body(LOOP),
            Some(Misdeed::Panic) => pack.body(PANIC),
        };
        if self.historic { pack.historic() } else { pack }
    }

    /// The same, with one rule more.
    pub fn with_rule(mut self, name: &'static str, status: Value) -> Self {
        self.rules.push((name, status, json!({})));
        self
    }

    /// The same, except that its first rule that answers soundly and can have findings has one more;
    /// `None` when there is none. A rule that passed fails then.
    pub fn with_finding(mut self, finding: &Value) -> Option<Self> {
        let can = |(_, status, _): &&mut (_, Value, _)| match status["status"].as_str() {
            Some("fail") => !status["findings"].as_array().unwrap().is_empty(),
            known => matches!(known, Some("pass" | "not-evaluated")),
        };
        let (_, status, _) = self.rules.iter_mut().find(can)?;
        if status["status"] == "pass" {
            status["status"] = json!("fail");
        }
        let mut findings = status["findings"].as_array().cloned().unwrap_or_default();
        findings.push(finding.clone());
        status["findings"] = json!(findings);
        Some(self)
    }
}

/// A pack of an id.
pub fn pack(
    (pack, province): (&'static str, &'static str),
) -> impl Strategy<Value = Generated> + use<> {
    let rules = subsequence(RULES.to_vec(), 1..=RULES.len()).prop_flat_map(|names| {
        let rules = names.into_iter().map(|name| (Just(name), status(), declared()));
        rules.collect::<Vec<_>>()
    });
    let misdeed = prop_oneof![
        8 => Just(None),
        1 => Just(Some(Misdeed::Loop)),
        1 => Just(Some(Misdeed::Panic)),
    ];
    (rules, misdeed, weighted(0.2, Just(()))).prop_map(move |(rules, misdeed, historic)| {
        Generated { pack, province, rules, misdeed, historic: historic.is_some() }
    })
}

/// Packs of different ids, at least so many.
pub fn packs(least: usize) -> impl Strategy<Value = Vec<Generated>> {
    subsequence(PACKS.to_vec(), least..=PACKS.len())
        .prop_flat_map(|ids| ids.into_iter().map(pack).collect::<Vec<_>>())
}
