//! What a draft says of each rule, and in which order it asks for what is not there.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot set up its engine has failed"
)]

use kycuong_engine::Engine;
use kycuong_engine::report::{Draft, Needed};
use kycuong_test_packs::canned_pack::{Canned, PANIC, fail, missing, pass};
use serde_json::{Value, json};

use crate::prepared_host::{ON, engine};

const DRAFT: &str = r#"{
  "schema_version": "2.0.0",
  "subject": "dossier",
  "province": { "code": "01" },
  "kind": "service-lease",
  "standards": [],
  "attachments": [{ "document_type": "quote" }],
  "costs": { "total": "300" }
}"#;

fn draft_of(engine: &Engine, text: &str) -> Draft {
    let submission = engine.read(text);
    engine.check(&submission, ON).unwrap().report().draft(&submission)
}

fn draft(packs: &[Canned]) -> Draft {
    draft_of(&engine(packs), DRAFT)
}

/// A blocking finding about a paper that the dossier lacks.
fn lacks_paper(paper: &str) -> Value {
    let mut status = fail(&[("/attachments", "block")]);
    status["findings"][0]["values"] = json!({ "paper": paper });
    status
}

fn member(path: &str) -> Needed {
    Needed::Member { path: path.into() }
}

fn paper(paper: &str) -> Needed {
    Needed::Paper { path: "/attachments".into(), paper: paper.to_owned() }
}

#[test]
fn mandatory_things_first_then_what_most_rules_wait_for() {
    let facts = json!({"facts": [{"table": "budget_codes"}]});
    let light = json!({"severity": "warn"});
    let packs = [
        Canned::new("vn", "VN")
            .rule("a", missing("/owner"))
            .rule("b", missing("/funding"))
            .rule("c", missing("/funding/0/amount"))
            .rule("d", lacks_paper("proposal-letter"))
            .rule("e", lacks_paper("proposal-letter"))
            .rule("f", pass())
            // An empty list is not there; a wrong total is, and has to be put right.
            .rule("h", fail(&[("/standards", "block")]))
            .rule("i", fail(&[("/costs/total", "block"), ("/objectives", "warn")]))
            .rule(
                "j",
                json!({"status": "not-applicable", "reason": {"vi": "Không.", "en": "No."}}),
            ),
        Canned::new("tra-cuu", "VN").rule_with("g", pass(), facts),
        Canned::new("light", "VN")
            .rule_with("a", missing("/kpis"), light.clone())
            .rule_with("b", missing("/kpis"), light.clone())
            .rule_with("c", missing("/kpis"), light),
    ];
    let draft = draft(&packs);
    let next = draft.next.iter().map(|one| (one.needed.clone(), one.mandatory, one.rules.len()));
    assert_eq!(
        next.collect::<Vec<_>>(),
        [
            (member("/funding"), true, 2),
            (paper("proposal-letter"), true, 2),
            (member("/owner"), true, 1),
            (member("/standards"), true, 1),
            (Needed::Facts { table: "budget_codes".to_owned() }, true, 1),
            (member("/kpis"), false, 3),
            (member("/objectives"), false, 1),
        ]
    );
    let titles = draft.next.iter().map(|one| one.title.vi.as_str()).collect::<Vec<_>>();
    assert_eq!(
        titles[..4],
        ["Nguồn vốn", "tờ trình", "Chủ đầu tư", "Tiêu chuẩn, quy chuẩn áp dụng"]
    );
    assert!(draft.next.iter().all(|one| !one.remedy.vi.is_empty() && !one.remedy.en.is_empty()));

    let decided = draft.decided.iter().map(|one| (one.rule.as_str(), one.status.as_str()));
    assert_eq!(
        decided.collect::<Vec<_>>(),
        [("vn/f", "pass"), ("vn/i", "fail"), ("vn/j", "not-applicable")]
    );
    assert_eq!(draft.fix.len(), 1);
    assert_eq!((draft.fix[0].path.as_str(), draft.fix[0].line), ("/costs/total", 8));
    assert_eq!(draft.waiting.len(), 10);
    let read: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(read, draft);
}

#[test]
fn what_the_schema_requires_belongs_to_the_list() {
    let engine =
        Engine::builder().allow_unsigned().pack(Canned::new("vn", "VN").rule("a", pass()).load());
    let engine = engine.build().unwrap();
    let bare = r#"{"subject":"dossier","province":{"code":"01"}}"#;
    let draft = draft_of(&engine, bare);
    let version = draft.next.iter().find(|one| one.needed == member("/schema_version")).unwrap();
    assert!(version.mandatory && version.required_by_schema && version.rules.is_empty());
    // What is no JSON has nothing to supply, and something to fix.
    let draft = draft_of(&engine, "{");
    assert_eq!((draft.subject, draft.next.len(), draft.fix.len()), (None, 0, 1));
}

#[test]
fn nothing_that_is_supplied_helps_a_rule_that_crashed() {
    let draft = draft(&[Canned::new("vn", "VN").rule("a", pass()).body(PANIC)]);
    assert_eq!(draft.crashed, ["vn/a"]);
    assert!(draft.waiting.is_empty() && draft.decided.is_empty());
}
