//! What rules see of facts, and what becomes of them when a source has none.

use kycuong_report::OutcomeStatus;

use super::*;
use kycuong_model::facts::{TableDescription, values_at};

fn rule(facts: &str) -> RuleDescription {
    serde_json::from_str(&format!(
        r#"{{"id":"thu/mot","title":{{"vi":"Một","en":"One"}},"doc":"Một.","severity":"warn",
            "effective":{{"from":"2026-01-01"}},"basis":[],"subjects":["dossier"],"reads":[],
            "facts":{facts}}}"#
    ))
    .unwrap()
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const SUBJECT: &str =
    r#"{"systems":[{"code":"S2"},{"code":"S1"},{"no":1},{"code":"S2"}],"year":2026}"#;

fn fetch(source: MemoryFacts, rules: &[RuleDescription]) -> Result<Facts, CheckError> {
    fetch_by(OnFactFailure::Stop, rules, |query| source.fetch(query))
}

fn fetch_by(
    on_failure: OnFactFailure,
    rules: &[RuleDescription],
    fetch: impl Fn(&FactQuery) -> Result<Option<FactTable>, FactError>,
) -> Result<Facts, CheckError> {
    let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
    Facts::fetch(Wanted::by(rules.iter(), tape.document()), on_failure, fetch)
}

fn absent(table: &str) -> Option<Lack> {
    Some(Lack::Absent(table.to_owned()))
}

fn inventory() -> MemoryFacts {
    let rows = ["S3", "S2", "S1", "S2"].map(|id| row(&[("id", id), ("name", "Hệ thống")]));
    MemoryFacts::new().table("systems", rows)
}

#[test]
fn paths_reach_every_element_and_what_is_no_value_is_no_key() {
    let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
    let values = |path| values_at(tape.document(), path).into_iter().collect::<Vec<_>>();
    assert_eq!(values("systems.*.code"), ["S1", "S2"]);
    assert_eq!(values("year"), ["2026"]);
    for nothing in ["systems.code", "systems.*", "*", "", "year.*", "absent.*.code"] {
        assert!(values(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn a_rule_gets_the_rows_it_declared_sorted_and_once() {
    let rules = [rule(r#"[{"table":"systems","column":"id","path":"systems.*.code"}]"#)];
    let facts = fetch(inventory(), &rules).unwrap();
    assert_eq!(facts.lack(&rules[0]), None);
    assert_eq!(
        facts.document(&rules.each_ref()).unwrap().text,
        r#"{"systems":[{"id":"S1","name":"Hệ thống"},{"id":"S2","name":"Hệ thống"}]}"#
    );
}

#[test]
fn a_pack_does_not_see_what_another_pack_declared() {
    let all = rule(r#"[{"table":"systems"}]"#);
    let some = rule(r#"[{"table":"systems","column":"id","path":"systems.*.code"}]"#);
    let rules = [all, some];
    let facts = fetch(inventory(), &rules).unwrap();
    let rows = |rule| facts.document(&[rule]).unwrap().text.matches("id").count();
    assert_eq!((rows(&rules[0]), rows(&rules[1])), (3, 2));
    assert_eq!(facts.document(&[]).unwrap().text, "{}");
}

#[test]
fn an_absent_table_is_missing_unless_optional_and_an_empty_one_is_not() {
    let rules = [
        rule(r#"[{"table":"systems","optional":true},{"table":"working_days"}]"#),
        rule(r#"[{"table":"systems","optional":true}]"#),
    ];
    let facts = fetch(MemoryFacts::new(), &rules).unwrap();
    assert_eq!(facts.lack(&rules[0]), absent("working_days"));
    assert_eq!(facts.lack(&rules[1]), None);
    let facts = fetch(MemoryFacts::new().table("working_days", []), &rules).unwrap();
    assert_eq!(facts.lack(&rules[0]), None);
    assert_eq!(facts.document(&rules.each_ref()).unwrap().text, r#"{"working_days":[]}"#);
}

#[test]
fn the_digest_does_not_depend_on_the_order_of_rows() {
    let rules = [rule(r#"[{"table":"t"}]"#)];
    let table = |ids: [&str; 3]| MemoryFacts::new().table("t", ids.map(|id| row(&[("id", id)])));
    let json = |source| fetch(source, &rules).unwrap().to_json().unwrap();
    assert_eq!(json(table(["1", "2", "3"])), json(table(["3", "1", "2"])));
    assert_ne!(json(table(["1", "2", "3"])), json(table(["1", "2", "4"])));
}

#[test]
fn an_empty_cell_is_no_cell() {
    let rules = [rule(r#"[{"table":"t"}]"#)];
    let table = |rows: Vec<Row>| MemoryFacts::new().table("t", rows);
    let facts = |source| fetch(source, &rules).unwrap();
    let with = facts(table(vec![row(&[("id", "1"), ("name", "")]), row(&[("id", "1")])]));
    let without = facts(table(vec![row(&[("id", "1")])]));
    assert_eq!(with.to_json().unwrap(), without.to_json().unwrap());
    assert_eq!(with.document(&rules.each_ref()).unwrap().text, r#"{"t":[{"id":"1"}]}"#);
}

fn broken(_: &FactQuery) -> Result<Option<FactTable>, FactError> {
    Err(FactError::Source { what: "the line is cut".to_owned(), source: None })
}

#[test]
fn a_source_that_fails_stops_the_check_unless_the_host_goes_on_without() {
    let rules = [
        rule(r#"[{"table":"systems","optional":true}]"#),
        rule(r#"[{"table":"working_days"},{"table":"systems"}]"#),
        rule("[]"),
    ];
    let Err(error) = fetch_by(OnFactFailure::Stop, &rules, broken) else { panic!("it fails") };
    assert_eq!(error.to_string(), "cannot get the facts of the table `systems`");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the line is cut");

    let one = |query: &FactQuery| match query.table.as_str() {
        "systems" => broken(query),
        _ => Ok(Some(FactTable::default())),
    };
    let facts = fetch_by(OnFactFailure::NotEvaluated, &rules, one).unwrap();
    let failed = Some(Lack::Failed("systems".to_owned()));
    assert_eq!(facts.lack(&rules[0]), failed, "what could not be had is not what is not there");
    assert_eq!(facts.lack(&rules[1]), failed);
    assert_eq!(facts.lack(&rules[2]), None);
    let findings = facts.findings(rules.iter());
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].message.en,
        "The table of facts “systems” could not be fetched, so these rules could not decide: “thu/mot”, “thu/mot”."
    );
    assert_eq!(
        String::from_utf8(facts.to_json().unwrap()).unwrap(),
        r#"{"unavailable":[{"reason":"fact-source-failed","table":"systems"}],"working_days":[]}"#
    );
    // A check that asks for nothing does not notice.
    assert!(fetch_by(OnFactFailure::Stop, &rules[2..], broken).is_ok());
}

#[test]
fn a_column_that_is_not_there_costs_the_rules_that_want_it_and_no_others() {
    let by = |column| {
        rule(&format!(
            r#"[{{"table":"systems","column":"{column}","path":"systems.*.code","optional":true}}]"#
        ))
    };
    // Two that this table does not have, one that it has.
    let rules = [by("domain"), by("owner"), by("id")];
    let check = |facts: &Facts| {
        let column = |column: &str| {
            Some(Lack::Column { table: "systems".to_owned(), column: column.to_owned() })
        };
        assert_eq!(facts.lack(&rules[0]), column("domain"));
        assert_eq!(facts.lack(&rules[1]), column("owner"));
        assert_eq!(facts.lack(&rules[2]), None);
        assert_eq!(facts.findings(rules.iter()).len(), 2);
        facts.to_json().unwrap()
    };
    let from_memory = fetch(inventory(), &rules).unwrap();
    let json = check(&from_memory);
    // Handed in whole, and as they were recorded.
    let rows = ["S1", "S2", "S3"].map(|id| row(&[("id", id), ("name", "Hệ thống")]));
    let supplied = SuppliedFacts::new().table("systems", rows);
    for supplied in [supplied, SuppliedFacts::recorded(&json).unwrap()] {
        let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
        let wanted = Wanted::by(rules.iter(), tape.document());
        let queries: Vec<_> = wanted.queries().collect();
        let answer = |query: &FactQuery| supplied.answer(query, &queries);
        let facts = Facts::fetch(wanted, OnFactFailure::Stop, answer).unwrap();
        assert_eq!(check(&facts), json);
    }
    let status = facts_status(&from_memory, &rules[1]);
    assert_eq!(status, "The table of facts “systems” has no column “owner”.");
    // Of a table without rows nobody can tell.
    let empty = fetch(MemoryFacts::new().table("systems", []), &rules).unwrap();
    assert!(empty.lack(&rules[0]).is_none() && empty.lack(&rules[1]).is_none());
}

fn facts_status(facts: &Facts, rule: &RuleDescription) -> String {
    match facts.lack(rule).unwrap().into_status() {
        OutcomeStatus::NotEvaluated { reason, .. } => reason.en,
        other => panic!("{other:?}"),
    }
}

/// Rows that another column selected do not say that this one is not there.
#[test]
fn answers_to_several_queries_are_one_table() {
    let by = |column, path| {
        rule(&format!(r#"[{{"table":"systems","column":"{column}","path":"{path}"}}]"#))
    };
    let rules = [by("id", "systems.*.code"), by("owner", "year")];
    let supplied = SuppliedFacts::new().table("systems", [row(&[("id", "S1")])]);
    let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
    let wanted = Wanted::by(rules.iter(), tape.document());
    let queries: Vec<_> = wanted.queries().collect();
    let answer = |query: &FactQuery| supplied.answer(query, &queries);
    let facts = Facts::fetch(wanted, OnFactFailure::Stop, answer).unwrap();
    assert!(rules.iter().all(|rule| facts.lack(rule).is_none()));
    // What a source could not say can be handed in, too.
    let failed = FactError::Source { what: "the line is cut".to_owned(), source: None };
    let told = supplied.clone().unavailable(&queries[1], &failed);
    let again: SuppliedFacts =
        serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
    assert_eq!(again, told);
    let answer = |query: &FactQuery| told.answer(query, &queries);
    let error = fetch_by(OnFactFailure::Stop, &rules, answer).err().unwrap();
    assert_eq!(error.code(), "facts-unavailable");
    let facts = fetch_by(OnFactFailure::NotEvaluated, &rules, answer).unwrap();
    assert_eq!(facts.lack(&rules[1]), Some(Lack::Failed("systems".to_owned())));
    assert_eq!(facts.lack(&rules[0]), None);
}

#[test]
fn no_table_has_the_name_of_what_is_recorded_beside_them() {
    assert!(TableDescription::of(unavailable::NAME).is_none());
    let rules = [rule(r#"[{"table":"unavailable"}]"#)];
    let facts = fetch_by(OnFactFailure::Stop, &rules, broken).unwrap();
    assert_eq!(facts.lack(&rules[0]), absent("unavailable"));
}

#[test]
fn what_no_cell_can_hold_selects_no_row() {
    let subject =
        r#"{"a":["1/Q\u0000","x\ty",""," ","ok"],"b":"LONG"}"#.replace("LONG", &"ă".repeat(20_001));
    let tape = parse(subject.as_bytes(), &ParseLimits::default()).unwrap();
    assert_eq!(values_at(tape.document(), "a.*").into_iter().collect::<Vec<_>>(), [" ", "ok"]);
    assert!(values_at(tape.document(), "b").is_empty());
    // An empty cell is no cell, whatever a source makes of it.
    let query = FactQuery {
        table: "systems".to_owned(),
        column: Some("id".to_owned()),
        keys: vec![String::new()],
    };
    assert!(!query.wants(&row(&[("id", "")])));
}

#[test]
fn more_than_a_check_can_hold_is_not_used() {
    let rules = [rule(r#"[{"table":"systems"}]"#), rule(r#"[{"table":"communes"}]"#)];
    let many = |query: &FactQuery| {
        let rows = |count: usize| (0..count).map(|n| row(&[("id", &n.to_string())])).collect();
        Ok(Some(FactTable { rows: rows(if query.table == "systems" { ROWS_MAX + 1 } else { 1 }) }))
    };
    let error = fetch_by(OnFactFailure::Stop, &rules, many).err().unwrap();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the facts have 200002 rows at least, this host takes 200000");
    let facts = fetch_by(OnFactFailure::NotEvaluated, &rules, many).unwrap();
    assert_eq!(facts.lack(&rules[0]), Some(Lack::Failed("systems".to_owned())));
    assert_eq!(facts.lack(&rules[1]), None);
    let long = "x".repeat(BYTES_MAX);
    let large = |_: &FactQuery| Ok(Some(FactTable { rows: vec![row(&[("id", &long)])] }));
    let error = fetch_by(OnFactFailure::Stop, &rules[..1], large).err().unwrap();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.to_string(),
        "the facts have 67108866 bytes at least, this host takes 67108864"
    );
}
