//! Facts that cannot be had cost the rules that need them, and no others.

use std::sync::Arc;

use kycuong_engine::facts::{FactQuery, FactTable, Row, SuppliedFacts};
use kycuong_engine::{
    Engine, FactSource, MemoryFacts, OnFactFailure, OutcomeStatus, Report, Severity, Verdict,
    error::FactError,
};
use kycuong_test_packs::canned_pack::{Canned, pass};
use serde_json::{Value, json};

use super::{DOSSIER, ON, builder, findings, outcomes};

/// A source that always fails.
struct Down;

impl FactSource for Down {
    fn fetch(&self, _: &FactQuery) -> Result<Option<FactTable>, FactError> {
        Err(FactError::Source { what: "the line is cut".to_owned(), source: None })
    }
}

fn systems(severity: &str, column: &str) -> Value {
    let facts = json!([{"table": "systems", "column": column, "path": "code"}]);
    json!({"severity": severity, "facts": facts})
}

fn packs(severity: &str, column: &str) -> [Canned; 3] {
    [
        Canned::new("vn", "VN").rule("alone", pass()),
        Canned::new("khac", "VN").rule_with("by-id", pass(), systems("block", "id")),
        Canned::new("gia-lai", "gia-lai").rule_with("by-column", pass(), systems(severity, column)),
    ]
}

fn inventory() -> MemoryFacts {
    let row =
        [("id", "HT-01"), ("name", "a")].map(|(name, cell)| (name.to_owned(), cell.to_owned()));
    MemoryFacts::new().table("systems", [Row::from(row)])
}

fn judged(engine: &Engine) -> Report {
    engine.check(&engine.read(DOSSIER), ON).unwrap().into_report()
}

#[test]
fn a_column_that_a_source_lacks_costs_its_rule_and_nobody_else() {
    for column in ["owner", "domain"] {
        let engine = builder(&packs("block", column)).facts(Arc::new(inventory())).build().unwrap();
        let report = judged(&engine);
        assert_eq!(
            outcomes(&report),
            [("khac/by-id", "pass"), ("vn/alone", "pass"), ("gia-lai/by-column", "not-evaluated")]
        );
        assert_eq!(findings(&report), [("facts/no-column", Severity::Warn, "")]);
        assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false));
        let OutcomeStatus::NotEvaluated { reason, .. } = &report.outcomes[2].status else {
            panic!()
        };
        assert_eq!(reason.en, format!("The table of facts “systems” has no column “{column}”."));
        // The same rows handed in.
        let submission = engine.read(DOSSIER);
        let rows = inventory().fetch(&FactQuery {
            table: "systems".to_owned(),
            column: None,
            keys: Vec::new(),
        });
        let supplied = SuppliedFacts::new().table("systems", rows.unwrap().unwrap().rows);
        let handed_in = engine.check_with(&submission, ON, &supplied).unwrap();
        assert_eq!(handed_in.report().verdict, Verdict::Undetermined);
        assert_eq!(outcomes(handed_in.report()), outcomes(&report));
    }
}

#[test]
fn a_source_that_fails_ends_as_the_operator_chose() {
    let with = |severity: &str, choice: Option<OnFactFailure>| {
        let builder = builder(&packs(severity, "owner")).facts(Arc::new(Down));
        match choice {
            Some(choice) => builder.on_fact_failure(choice).build().unwrap(),
            None => builder.build().unwrap(),
        }
    };
    // By default there is no check, and so no verdict.
    for choice in [None, Some(OnFactFailure::Stop)] {
        let engine = with("block", choice);
        let error = engine.check(&engine.read(DOSSIER), ON).unwrap_err();
        assert_eq!(error.code(), "facts-unavailable");
    }
    let report = judged(&with("block", Some(OnFactFailure::NotEvaluated)));
    assert_eq!(
        outcomes(&report),
        [
            ("khac/by-id", "not-evaluated"),
            ("vn/alone", "pass"),
            ("gia-lai/by-column", "not-evaluated")
        ]
    );
    assert_eq!(findings(&report), [("facts/unavailable", Severity::Warn, "")]);
    assert_eq!((report.verdict, report.complete), (Verdict::Undetermined, false));
    let said = report.findings[0].message.vi.as_str();
    assert_eq!(
        said,
        "Không lấy được bảng dữ liệu tham chiếu “systems”, nên những quy tắc sau chưa xét được: “khac/by-id”, “gia-lai/by-column”."
    );
    // Where nothing mandatory needs it, it is still no plain accept.
    let one = [Canned::new("khac", "VN").rule_with("by-id", pass(), systems("warn", "id"))];
    let engine = builder(&one).facts(Arc::new(Down)).on_fact_failure(OnFactFailure::NotEvaluated);
    assert_eq!(judged(&engine.build().unwrap()).verdict, Verdict::AcceptWithWarnings);
    // And a check that needs no facts does not notice.
    let alone = [Canned::new("vn", "VN").rule("alone", pass())];
    let engine = builder(&alone).facts(Arc::new(Down)).build().unwrap();
    assert_eq!(judged(&engine).verdict, Verdict::Accept);
}
