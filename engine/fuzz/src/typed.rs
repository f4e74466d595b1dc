//! From the schema to the typed model: any document, its facts and context, through views and rules.
//!
//! The bytes are up to three JSON texts with a record separator (0x1E, which no JSON text holds) between
//! them: subject, facts, context. What the schema lets pass must be readable, and the rules of two real
//! packs, run natively, must answer each of them in a way that the host takes.

#![expect(clippy::expect_used, reason = "a broken promise is a panic, for the fuzzer to see")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kycuong_engine::fuzzing::{Applicability, SCHEMA_FINDINGS_MAX, SchemaSet, judge_answer};
use kycuong_engine::pack::RuleResult;
use kycuong_engine::report::Header;
use kycuong_engine::{Date, Finding, Limits};
use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::codes::SubjectKind;
use kycuong_model::describe::{ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::manifest::Manifest;
use kycuong_model::money::{Money, Percent, Quantity};
use kycuong_model::pointer::Pointer;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::tape::{Kind, Node, parse};
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::{Count, Text, Timestamp, Value, View};
use kycuong_rules_sdk::{Input, Pack};

use crate::{is_sampled, words};

/// What stands between the documents.
pub const SEPARATOR: u8 = 0x1e;

const ON: Date = Date::literal(2026, 11, 21);
const CONTEXT: &[u8] = br#"{"on":"2026-11-21","regime":"nd-224-2026"}"#;

static SCHEMAS: LazyLock<&'static SchemaSet> =
    LazyLock::new(|| SchemaSet::shared().expect("the committed schemas are sound"));
static PACKS: LazyLock<Vec<(&'static Pack, Manifest)>> = LazyLock::new(|| {
    [&kycuong_pack_vn_baseline::PACK, &kycuong_pack_gia_lai::PACK]
        .map(|pack| (pack, serde_json::from_str(pack.manifest).expect("a manifest")))
        .into()
});

/// Reads a subject under every regime that it may belong to, and judges it.
pub fn run(bytes: &[u8]) {
    let limits = Limits::default();
    let mut texts = bytes.splitn(3, |byte| *byte == SEPARATOR);
    let mut next = |default| texts.next().filter(|text| !text.is_empty()).unwrap_or(default);
    let subject = parse(next(b"{}"), &limits.submission());
    let facts = parse(next(b"{}"), &limits.submission());
    let context = parse(next(CONTEXT), &limits.submission());
    let (Ok(subject), Ok(facts), Ok(context)) = (subject, facts, context) else { return };
    let header = Header::read(subject.document());
    let applicability = Applicability::of(&header, ON);
    applicability.findings.iter().for_each(words::of_finding);
    let Some(kind) = header.subject else { return };
    let regime = applicability.schema_regime(&header);
    let findings = SCHEMAS.validate(subject.document(), kind, regime);
    findings.iter().for_each(words::of_finding);
    if findings.len() <= SCHEMA_FINDINGS_MAX
        && let Some(root) = subject.document().root()
    {
        let refused = findings.iter().map(|finding| finding.path.as_str()).collect();
        object(root, description(kind), &mut Pointer::root(), &refused);
    }
    let input = Input::new(subject.document(), facts.document(), context.document());
    for (pack, manifest) in PACKS.iter() {
        let ids: Vec<String> = manifest.rules.iter().map(|rule| rule.id.clone()).collect();
        let response = pack.evaluate(&input, &ids).expect("a pack has its own rules");
        let answer = serde_json::to_string(&response).expect("outcomes are JSON");
        let results = judge_answer(&answer, &ids, manifest, &limits).expect("one outcome a rule");
        assert_eq!(results.len(), ids.len());
        for (id, result) in ids.iter().zip(results) {
            assert!(matches!(result, RuleResult::Answered(_)), "{id}: {result:?}");
        }
    }
    if !is_sampled(bytes) {
        return;
    }
    // The same, with the members of every object the other way round: nothing may depend on their order.
    let mut turned = String::new();
    subject.document().root().iter().for_each(|root| turn(*root, &mut turned));
    let turned =
        parse(turned.as_bytes(), &limits.submission()).expect("the same values are JSON too");
    let of_turned = SCHEMAS.validate(turned.document(), kind, regime);
    if findings.len() <= SCHEMA_FINDINGS_MAX {
        assert_eq!(in_some_order(&findings), in_some_order(&of_turned));
    }
    let turned = Input::new(turned.document(), facts.document(), context.document());
    for (pack, manifest) in PACKS.iter() {
        for id in manifest.rules.iter().map(|rule| &rule.id) {
            let [once, again] = [&input, &turned].map(|input| pack.evaluate(input, &[id]));
            assert_eq!(once, again);
        }
    }
}

/// Writes a value with the members of its objects in the opposite order.
fn turn(node: Node<'_>, to: &mut String) {
    match node.kind() {
        Kind::Object => {
            to.push('{');
            let mut members: Vec<_> = node.members().collect();
            members.reverse();
            for (position, (key, value)) in members.into_iter().enumerate() {
                to.push_str(if position > 0 { ",\"" } else { "\"" });
                to.push_str(key.raw());
                to.push_str("\":");
                turn(value, to);
            }
            to.push('}');
        }
        Kind::Array => {
            to.push('[');
            for (position, element) in node.elements().enumerate() {
                if position > 0 {
                    to.push(',');
                }
                turn(element, to);
            }
            to.push(']');
        }
        Kind::String => {
            to.push('"');
            to.push_str(node.raw());
            to.push('"');
        }
        _ => to.push_str(node.raw()),
    }
}

/// Findings without their order, which is that of the text.
fn in_some_order(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

/// The members of a subject.
pub(crate) fn description(kind: SubjectKind) -> &'static ObjectDescription {
    match kind {
        SubjectKind::Dossier => &Dossier::DESCRIPTION,
        SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
        SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
        SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
    }
}

/// What the schema has nothing against can be read; `refused` holds the places of its findings.
fn value(node: Node<'_>, of: &Type, path: &mut Pointer, refused: &BTreeSet<&str>) {
    let readable = match of {
        Type::Text { .. } => Text::read(node).is_some(),
        Type::Money => Money::read(node).is_some(),
        Type::Quantity => Quantity::read(node).is_some(),
        Type::Percent => Percent::read(node).is_some(),
        Type::Count { .. } => Count::read(node).is_some(),
        Type::Switch => bool::read(node).is_some(),
        Type::Date => Date::read(node).is_some(),
        Type::Timestamp => Timestamp::read(node).is_some(),
        Type::Code(list) => {
            let text = node.text();
            node.kind() == Kind::String && list.codes.iter().any(|(code, ..)| *code == text)
        }
        Type::Object(description) if node.kind() == Kind::Object => {
            return object(node, description, path, refused);
        }
        Type::List(element) if node.kind() == Kind::Array => {
            for (position, node) in node.elements().enumerate() {
                let mut path = path.clone();
                path.push_index(position);
                value(node, element, &mut path, refused);
            }
            return;
        }
        Type::Object(_) | Type::List(_) => false,
    };
    // `null` stands for absent; where something is required, the finding is about its object.
    let absent = node.kind() == Kind::Null;
    let passed = !refused.contains(path.as_str());
    assert!(readable || absent || !passed, "passes and cannot be read: {path} = {}", node.raw());
}

fn object(node: Node<'_>, of: &ObjectDescription, path: &mut Pointer, refused: &BTreeSet<&str>) {
    for member in of.members {
        if let Some(node) = node.member(member.name) {
            let mut path = path.clone();
            path.push_member(member.name);
            value(node, &member.kind, &mut path, refused);
        }
    }
}
