//! A submission is parsed once, its header read once, its findings sorted once and its report written
//! once, however it is shown afterwards; and facts that are handed in give the same bytes as sources.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::Arc;

use kycuong_engine::facts::{FactQuery, Row, SuppliedFacts};
use kycuong_engine::fuzzing::counts::{WorkCounts, take};
use kycuong_engine::report::{Report, Submission};
use kycuong_engine::{
    Checker, Date, Engine, FactSource, LiveEngine, MemoryFacts, OutcomeStatus, Severity, Verdict,
    verdicts,
};
use kycuong_render::{Checked, Language, drafts, human, json, junit, sarif};
use kycuong_test_packs::canned_pack::{Canned, fail, missing, pass};
use serde_json::json as value;

const ON: Date = Date::literal(2026, 11, 21);

const DOSSIER: &str = r#"{
  "schema_version": "2.0.0",
  "subject": "dossier",
  "code": "HS-2026-001",
  "province": { "code": "52", "legacy_code": "64" },
  "kind": "service-lease",
  "standards": [{ "id": "S1" }, { "id": "S2" }],
  "costs": { "total": "300" }
}
"#;

fn packs() -> Vec<Canned> {
    let some = value!({"facts": [
        {"table": "systems", "column": "id", "path": "standards.*.id"},
        {"table": "working_days"}
    ]});
    let other = value!({"facts": [{"table": "systems", "column": "owner", "path": "code"}]});
    vec![
        Canned::new("vn", "VN")
            .rule_with("total-differs", fail(&[("/costs/total", "block"), ("/kind", "warn")]), some)
            .rule_with("other", pass(), other),
        Canned::new("gia-lai", "gia-lai").rule("mot", missing("/costs/lines")),
    ]
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn systems() -> Vec<Row> {
    vec![
        row(&[("id", "S1"), ("owner", "HS-2026-001")]),
        row(&[("id", "S3"), ("owner", "HS-2026-001")]),
        row(&[("id", "S2"), ("owner", "x")]),
        row(&[("id", "S4"), ("owner", "x")]),
    ]
}

fn engine(facts: MemoryFacts) -> Engine {
    let builder = Engine::builder().allow_unsigned().facts(Arc::new(facts));
    packs().iter().fold(builder, |builder, pack| builder.pack(pack.load())).build().unwrap()
}

#[test]
fn everything_is_done_once_for_a_file_that_is_checked_and_shown_in_every_way() {
    let engine = engine(MemoryFacts::new());
    for text in [DOSSIER, "{\"subject\": ", "{}"] {
        take();
        let submission = engine.read(text);
        let on = submission.submitted_on().unwrap_or(ON);
        let check = engine.check(&submission, on).unwrap();
        let checked = [Checked::of("a.json", check.report()).with_submission(&submission)];
        let shown = [
            human(&checked, Language::Vi, false),
            sarif(&checked, Language::En),
            junit(&checked, Language::Vi, false),
            json(&[check.json()], false),
            drafts(&[("a.json", check.report().draft(&submission))], Language::Vi),
        ];
        assert!(shown.iter().all(|text| !text.is_empty()));
        let header = u32::from(submission.document().is_some());
        let once = WorkCounts { parse: 1, header, sort: 1, serialise: 1 };
        assert_eq!(take(), once, "{text}");
    }
}

#[test]
fn the_bytes_beside_a_report_are_those_that_it_is_written_as() {
    let check = {
        let engine = engine(MemoryFacts::new());
        engine.check(&engine.read(DOSSIER), ON).unwrap()
    };
    let report = check.report();
    assert_eq!(check.json(), report.to_json().unwrap());
    assert!(report.is_authentic());
    let again = Report::from_json(check.json().as_bytes()).unwrap();
    assert_eq!(again, *report);
    assert_eq!(verdicts(&again), (report.verdict, report.raw_verdict));
}

/// Without the hidden members of before, the raw verdict of a downgraded report can be told.
#[test]
fn both_verdicts_can_be_computed_from_a_stored_report() {
    let pack = packs().remove(0);
    let lowered = Engine::builder()
        .allow_unsigned()
        .pack(pack.load())
        .facts(Arc::new(MemoryFacts::new().table("systems", systems()).table("working_days", [])))
        .lower_severity("vn/total-differs", Severity::Warn, "Thí điểm theo 12/UBND-VX")
        .build()
        .unwrap();
    let check = lowered.check(&lowered.read(DOSSIER), ON).unwrap();
    let stored = Report::from_json(check.json().as_bytes()).unwrap();
    assert_eq!(verdicts(&stored), (Verdict::AcceptWithWarnings, Verdict::Return));
    assert_eq!((stored.verdict, stored.raw_verdict), verdicts(&stored));
}

/// What a host without callbacks does: answer the queries from a store of its own.
fn answered(queries: &[FactQuery], store: &MemoryFacts) -> SuppliedFacts {
    queries.iter().fold(SuppliedFacts::new(), |facts, query| match store.fetch(query).unwrap() {
        Some(table) => facts.table(&query.table, table.rows),
        None => facts,
    })
}

#[test]
fn facts_that_are_handed_in_give_the_same_bytes_as_a_source() {
    let stores = [
        MemoryFacts::new(),
        MemoryFacts::new().table("systems", systems()),
        MemoryFacts::new().table("systems", systems()).table("working_days", []),
    ];
    let mut seen = Vec::new();
    for store in stores {
        let engine = engine(store.clone());
        let submission = engine.read(DOSSIER);
        let wanted = engine.wants(&submission, ON);
        // Across a boundary both are JSON.
        let text = serde_json::to_string(&wanted).unwrap();
        let wanted: Vec<FactQuery> = serde_json::from_str(&text).unwrap();
        let tables: Vec<_> = wanted.iter().map(|query| query.table.as_str()).collect();
        assert_eq!(tables, ["systems", "systems", "working_days"]);
        assert_eq!(wanted.first().unwrap().keys, ["S1", "S2"]);
        let facts = serde_json::to_vec(&answered(&wanted, &store)).unwrap();
        let facts = SuppliedFacts::from_json(&facts).unwrap();

        let expected = engine.check(&submission, ON).unwrap();
        let live = LiveEngine::new(engine.clone());
        for host in [Arc::new(engine) as Arc<dyn Checker>, Arc::new(live)] {
            let check = host.check_with(&submission, ON, &facts).unwrap();
            assert_eq!(check.json(), expected.json());
        }
        seen.push(expected.into_json());
    }
    seen.dedup();
    assert_eq!(seen.len(), 3, "the facts matter");
}

#[test]
fn a_wanted_table_that_is_not_handed_in_is_absent() {
    let engine = engine(MemoryFacts::new().table("systems", systems()).table("working_days", []));
    let submission = engine.read(DOSSIER);
    let check = engine.check_with(&submission, ON, &SuppliedFacts::new()).unwrap();
    let outcome = check.report().outcomes.first().unwrap();
    let OutcomeStatus::NotEvaluated { reason, .. } = &outcome.status else { panic!("{outcome:?}") };
    assert_eq!(reason.en, "The host has no table of facts “systems”.");
    assert!(engine.wants(&engine.read("{"), ON).is_empty(), "what cannot be read wants nothing");
}

/// A submission that was read under other limits is read again: the receipt states those of the host.
#[test]
fn only_the_limits_of_the_host_count() {
    let engine = engine(MemoryFacts::new());
    let mut narrow = engine.limits().submission();
    narrow.nodes_max = 3;
    let read = Submission::read(DOSSIER, &narrow);
    assert!(read.document().is_none());
    let check = engine.check(&read, ON).unwrap();
    assert_eq!(check.json(), engine.check(&engine.read(DOSSIER), ON).unwrap().json());
}
