//! The self-test of a pack by the cases that it carries: what passes, what is refused and in which words.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests are tests")]

use std::error::Error;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::live::PackDirectory;
use kycuong_engine::pack::{RulePack, RuleResult};
use kycuong_engine::report::Crash;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::self_test::{CaseProblem, SelfTestError, SelfTestProblem};
use kycuong_engine::{BuildError, Date, Engine, Limits, LiveEngine, ReloadError, Verdict};
use kycuong_model::cases::{
    CASES_SECTION, CarriedCase, CaseDocumentError, CaseOutcome, Expectation, PackCases, RuleCases,
};
use kycuong_test_packs::canned_pack::{Canned, FILLER, LOOP, PANIC, SANDBOX, fail, limits, pass};
use kycuong_test_packs::section::custom_section;
use serde_json::json;

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &[u8] = br#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease"}"#;

const PASSED: &str = "pass\n";
const FAILED: &str = "differs /costs/total block sum=301 total=300\n";

fn failed() -> CaseOutcome {
    CaseOutcome::of_lines([FAILED.trim_end()]).unwrap()
}

/// A pack with one rule that looks at its subject: it fails, and passes when the subject is `{}`.
fn judging() -> Canned {
    let passes = json!({"outcomes": [{"rule": "thu/mot", "status": "pass"}]}).to_string();
    let body = format!(
        r#"(data (i32.const 60000) "{}")
        (func (export "evaluate") (type $evaluate)
          (i32.store (i32.const 16) (i32.const 0))
          (if (i32.eq (i32.load8_u (i32.add (local.get 0) (i32.const 1))) (i32.const 0x7d))
            (then
              (i32.store (i32.const 20) (i32.const 60000))
              (i32.store (i32.const 24) (i32.const {})))
            (else
              (i32.store (i32.const 20) (i32.const 8192))
              (i32.store (i32.const 24) (i32.const $LENGTH_OF_ANSWER))))
          (i32.const 16))"#,
        passes.replace('"', "\\22"),
        passes.len()
    );
    let days = json!({"facts": [{"table": "working_days", "optional": true}]});
    let findings = fail(&[("/costs/total", "block")]);
    Canned::new("thu", "VN").rule_with("mot", findings, days).body(&body)
}

fn case(expectation: Expectation, name: &str, subject: &str, outcome: CaseOutcome) -> CarriedCase {
    CarriedCase {
        name: name.to_owned(),
        expectation,
        content: format!(r#"{{"on":"2026-11-21","subject":{subject}}}"#),
        outcome: Some(outcome),
    }
}

/// What an honest author ships with [`judging`].
fn honest() -> Vec<CarriedCase> {
    vec![
        case(Expectation::Invalid, "total", r#"{"costs":{"total":"300"}}"#, failed()),
        case(Expectation::Missing, "year", r#"{"costs":null}"#, failed()),
        case(Expectation::Valid, "nothing", "{}", CaseOutcome::Pass),
    ]
}

fn file(pack: &Canned, cases: Vec<CarriedCase>) -> Vec<u8> {
    let rules = vec![RuleCases { rule: "thu/mot".to_owned(), cases, wordings: Vec::new() }];
    let json = serde_json::to_vec(&PackCases { rules }).unwrap();
    let mut bytes = pack.bytes();
    bytes.extend(custom_section(CASES_SECTION, &json));
    bytes
}

fn load(pack: &Canned, cases: Vec<CarriedCase>) -> RulePack {
    RulePack::load(&SANDBOX, &file(pack, cases)).unwrap()
}

/// What is wrong with a pack.
fn problems(pack: &Canned, cases: Vec<CarriedCase>) -> Vec<SelfTestProblem> {
    match load(pack, cases).self_test().unwrap_err() {
        SelfTestError::Failed { problems, found } => {
            assert_eq!(problems.len(), found);
            problems
        }
        other => panic!("{other:?}"),
    }
}

fn names(problems: &[SelfTestProblem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.case.as_deref().unwrap_or("-")).collect()
}

#[test]
fn an_honest_pack_passes_and_the_report_says_so() {
    let pack = load(&judging(), honest());
    let self_test = pack.self_test().unwrap().clone();
    assert_eq!((self_test.rules, self_test.cases), (1, 3));
    assert!(
        self_test.digest.starts_with("sha256:") && self_test.digest.len() == 71,
        "{self_test:?}"
    );

    let check = |engine: Engine| engine.judge(DOSSIER, ON).unwrap();
    let report =
        check(Engine::builder().allow_unsigned().pack(pack.clone()).self_test().build().unwrap());
    assert!(report.settings.self_test && report.is_authentic());
    assert_eq!(report.settings.packs[0].self_test.as_ref(), Some(&self_test));
    assert_eq!(report.settings.packs[0].self_test.as_ref(), Some(&self_test));
    assert!(report.to_json().unwrap().contains("\"self_test\": true"));

    // A host that runs no cases says nothing of them, even of a pack that was tested before.
    let untested = check(Engine::builder().allow_unsigned().pack(pack).build().unwrap());
    assert!(!untested.settings.self_test && !untested.to_json().unwrap().contains("self_test"));
    assert_eq!(untested.outcomes, report.outcomes, "cases change no outcome");
    assert_ne!(untested.receipt.settings, report.receipt.settings);
}

#[test]
fn code_that_changed_after_the_cases_were_recorded_is_refused() {
    // The rule passes everything now; the manifest and the cases are the old ones.
    let changed = Canned::new("thu", "VN").rule("mot", pass());
    let wrong = problems(&changed, honest());
    assert_eq!(
        names(&wrong),
        ["invalid: total", "invalid: total", "missing: year", "missing: year"],
        "all of them, not only the first"
    );
    let CaseProblem::Promise { promised: Expectation::Invalid, outcome } = &wrong[0].kind else {
        panic!("{:?}", wrong[0])
    };
    assert_eq!(outcome, PASSED);
    let CaseProblem::Differs { recorded, outcome, .. } = &wrong[1].kind else {
        panic!("{:?}", wrong[1])
    };
    assert_eq!((recorded.as_str(), outcome.as_str()), (FAILED, PASSED));
    assert_eq!(
        wrong[1].to_string(),
        "the case `invalid: total` of the rule `thu/mot` differs in the outcome: recorded is `fail`, now it is `pass`"
    );

    let refused =
        Engine::builder().allow_unsigned().limits(limits()).pack_bytes(&file(&changed, honest()));
    assert!(refused.build().is_ok(), "only a host that tests looks");
    let refused = Engine::builder()
        .allow_unsigned()
        .limits(limits())
        .pack_bytes(&file(&changed, honest()))
        .self_test();
    let refused = refused.build().unwrap_err();
    assert!(matches!(refused, BuildError::SelfTest { .. }), "{refused:?}");
    assert_eq!(refused.to_string(), "the rule pack `thu` 0.1.0 does not pass its self-test");
    let cause = refused.source().unwrap().to_string();
    assert!(cause.contains("`missing: year`") && !cause.contains('\n'), "{cause}");
}

#[test]
fn what_differs_is_named_with_both_and_a_wording_is_no_difference() {
    for (recorded, said) in [
        (
            "late /costs/total block sum=301 total=300",
            "the code of finding 1: recorded is `late`, now it is `differs`",
        ),
        (
            "differs /costs block sum=301 total=300",
            "the place of finding 1: recorded is `/costs`, now it is `/costs/total`",
        ),
        (
            "differs /costs/total warn sum=301 total=300",
            "the severity of finding 1: recorded is `warn`, now it is `block`",
        ),
        (
            "differs /costs/total block sum=302 total=300",
            "the value `sum` of finding 1: recorded is `302`, now it is `301`",
        ),
    ] {
        let mut cases = honest();
        cases[0].outcome = Some(CaseOutcome::of_lines([recorded]).unwrap());
        let wrong = problems(&judging(), cases);
        assert_eq!(names(&wrong), ["invalid: total"]);
        assert_eq!(
            wrong[0].to_string(),
            format!("the case `invalid: total` of the rule `thu/mot` differs in {said}")
        );
    }
    // Another sentence, the same values.
    let mut reworded = fail(&[("/costs/total", "block")]);
    reworded["findings"][0]["message"]["vi"] =
        json!("Tổng ghi 300 đồng; các dòng cộng lại là 301 đồng.");
    let pack = Canned::new("thu", "VN").rule("mot", reworded);
    assert!(load(&pack, honest().into_iter().take(2).collect()).self_test().is_ok());
}

#[test]
fn a_rule_that_no_case_shows_to_fail_is_refused() {
    for cases in [vec![], vec![honest().remove(2)], vec![honest().remove(1)]] {
        let wrong = problems(&judging(), cases);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!(
            wrong[0].to_string(),
            "the rule `thu/mot` has no case `invalid: …`, which would show that it fails where it must"
        );
    }
    // No section at all.
    let bare = RulePack::load(&SANDBOX, &judging().bytes()).unwrap();
    assert!(matches!(bare.self_test(), Err(SelfTestError::Failed { found: 1, .. })));
}

#[test]
fn a_case_that_crashes_its_rule_is_refused_with_the_crash() {
    for (body, code) in [(LOOP, "fuel-exhausted"), (PANIC, "trapped"), (FILLER, "memory-exceeded")]
    {
        let wrong = problems(&judging().body(body), honest());
        assert_eq!(names(&wrong), ["invalid: total", "missing: year", "valid: nothing"], "{code}");
        for SelfTestProblem { kind, .. } in &wrong {
            let CaseProblem::Crashed { source } = kind else { panic!("{kind:?}") };
            assert_eq!(source.code(), code);
        }
    }
}

#[test]
fn cases_that_loop_stop_at_the_budget_of_all_of_them() {
    let looping = judging().body(LOOP);
    let cases = |count: usize| {
        let names = (0..count).map(|number| format!("case {number:04}"));
        names.map(|name| case(Expectation::Invalid, &name, "{}", failed())).collect::<Vec<_>>()
    };
    // Each loops for about twelve million units, so five of a thousand are run.
    let bounded = Limits { self_test_fuel_max: 54_000_000, instances_max: 1, ..limits() };
    let pack =
        RulePack::load(&Sandbox::new(&bounded).unwrap(), &file(&looping, cases(1_000))).unwrap();
    let error = pack.self_test().unwrap_err();
    let SelfTestError::OutOfFuel { done, cases: all, limit, problems, found } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((*done, *all, *limit, *found), (5, 1_000, 54_000_000, 5));
    assert!(problems.iter().all(|problem| matches!(
        problem.kind,
        CaseProblem::Crashed { source: Crash::FuelExhausted { .. } }
    )));
    let said = error.to_string();
    assert!(said.contains("54000000 units") && said.contains("5 of 1000 were run"), "{said}");

    let few = Limits { self_test_cases_max: 3, instances_max: 1, ..limits() };
    let sandbox = Sandbox::new(&few).unwrap();
    assert!(RulePack::load(&sandbox, &file(&judging(), honest())).unwrap().self_test().is_ok());
    let error =
        RulePack::load(&sandbox, &file(&looping, cases(4))).unwrap().self_test().unwrap_err();
    assert_eq!(error.to_string(), "it carries 4 cases, this host runs 3 of a pack");
}

#[test]
fn a_list_of_problems_is_bounded_and_counted() {
    let names = (0..80).map(|number| format!("case {number:02}"));
    let pass = |name: String| case(Expectation::Invalid, &name, "{}", CaseOutcome::Pass);
    let cases = names.map(pass).collect();
    let error = load(&judging(), cases).self_test().unwrap_err();
    let SelfTestError::Failed { problems, found } = &error else { panic!("{error:?}") };
    assert_eq!((problems.len(), *found), (50, 80));
    assert!(error.to_string().ends_with("; and 30 more"), "{error}");
}

#[test]
fn a_case_without_a_recorded_outcome_is_refused() {
    let mut cases = honest();
    cases[2].outcome = None;
    let wrong = problems(&judging(), cases);
    assert_eq!(
        wrong[0].to_string(),
        "the case `valid: nothing` of the rule `thu/mot` has no recorded outcome; here it is `pass`"
    );
}

#[test]
fn a_case_that_cannot_be_read_is_refused_and_the_others_are_run() {
    for (content, words) in [
        ("{\"subject\":", "is no case: cannot read it as JSON: "),
        ("", "is no case: cannot read it as JSON: "),
        ("[]", "is no case: it is no object"),
        ("{}", "is no case: it has no `subject`"),
        ("{\"subject\":{}}", "is no case: it has no `on`; write the day"),
        ("{\"subject\":{},\"day\":\"2026-01-01\"}", "is no case: the member `day` is unknown"),
        ("{\"subject\":{},\"on\":\"soon\"}", "is no case: `on` is `soon`, "),
    ] {
        let mut cases = honest();
        cases[1].content = content.to_owned();
        cases[2].outcome = Some(CaseOutcome::of_lines([r#""a\u001b[2J" /x warn"#]).unwrap());
        let wrong = problems(&judging(), cases);
        assert_eq!(names(&wrong), ["missing: year", "valid: nothing"], "{content}");
        assert!(wrong[0].to_string().contains(words), "{}", wrong[0]);
        assert!(!wrong[1].to_string().contains('\u{1b}'), "{}", wrong[1]);
    }
    let mut deep = honest();
    deep[0].content =
        format!("{{\"on\":\"2026-11-21\",\"subject\":{}{}}}", "[".repeat(100), "]".repeat(100));
    let wrong = problems(&judging(), deep);
    assert!(
        matches!(
            &wrong[0].kind,
            CaseProblem::Unreadable { source: CaseDocumentError::Json { .. } }
        ),
        "{wrong:?}"
    );
}

#[test]
fn day_regime_facts_and_parameters_of_a_case_reach_the_rule() {
    // Reports a document as a failure of its own: facts are the third pair of addresses, the context
    // the fifth.
    let echo = |text: usize| {
        judging().body(&format!(
            r#"(func (export "evaluate") (type $evaluate)
              (i32.store (i32.const 16) (i32.const 1))
              (i32.store (i32.const 20) (local.get {text}))
              (i32.store (i32.const 24) (local.get {}))
              (i32.const 16))"#,
            text + 1
        ))
    };
    let content = r#"{"subject":{},"on":"2026-07-01","regime":"nd-73-2019","facts":{"working_days":[]},"parameters":{"limit":"5"}}"#;
    let said = |text| {
        let mut asked = honest().remove(0);
        asked.content = content.to_owned();
        let wrong = problems(&echo(text), vec![asked]);
        let CaseProblem::Crashed { source: Crash::PackError { message } } = &wrong[0].kind else {
            panic!("{wrong:?}")
        };
        message.clone()
    };
    assert_eq!(said(4), r#"{"working_days":[]}"#);
    assert_eq!(
        said(8),
        r#"{"on":"2026-07-01","regime":"nd-73-2019","parameters":{"mot":{"limit":"5"}}}"#
    );
}

#[test]
fn a_candidate_that_fails_its_own_cases_leaves_the_last_good_set() {
    let testing = |bytes: &[u8]| {
        Engine::builder().allow_unsigned().limits(limits()).pack_bytes(bytes).self_test().build()
    };
    let live = LiveEngine::new(testing(&file(&judging(), honest())).unwrap());
    let changed = file(&Canned::new("thu", "VN").rule("mot", pass()), honest());
    let refused = live.reload(|| testing(&changed)).unwrap_err();
    assert!(
        matches!(&refused, ReloadError::Refused { source: BuildError::SelfTest { .. } }),
        "{refused:?}"
    );
    let status = live.status();
    let reason = status.last_failure.unwrap().reason;
    assert!(status.generation == 1 && reason.contains("`invalid: total`"), "{reason}");
    assert_eq!(live.judge(DOSSIER, ON).unwrap().verdict, Verdict::Return);
}

#[test]
fn a_directory_passes_as_it_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |bytes: &[u8]| std::fs::write(folder.path().join("thu.wasm"), bytes).unwrap();
    write(&file(&judging(), honest()));
    let (mut directory, live) = PackDirectory::open(folder.path(), &limits(), |builder| {
        Ok(builder.allow_unsigned().self_test())
    })
    .unwrap();
    assert!(live.status().settings.self_test);
    write(&file(&judging(), vec![honest().remove(2)]));
    assert!(directory.follow(&live).is_err());
    let status = live.status();
    let reason = status.last_failure.unwrap().reason;
    assert!(status.generation == 1 && reason.contains("no case `invalid: …`"), "{reason}");
    let report = live.judge(DOSSIER, ON).unwrap();
    assert_eq!(
        (report.verdict, report.settings.packs[0].self_test.is_some()),
        (Verdict::Return, true)
    );

    let mut more = honest();
    more.push(case(Expectation::Valid, "nothing again", "{}", CaseOutcome::Pass));
    write(&file(&judging(), more));
    let status = directory.follow(&live).unwrap().unwrap();
    assert_eq!(status.settings.packs[0].self_test.as_ref().unwrap().cases, 4);
}

/// What a self-test costs is no part of what a check costs: its instances are gone.
#[test]
fn a_self_test_leaves_nothing_behind() {
    let (fresh, tested) = (load(&judging(), honest()), load(&judging(), honest()));
    tested.self_test().unwrap();
    let rules = ["thu/mot".to_owned()];
    let ask = |pack: &RulePack| {
        let empty = kycuong_model::tape::Document::new("{}", &[0, 2, (6 << 28) | 1]);
        pack.evaluate(&kycuong_engine::pack::EvaluationRequest {
            subject: empty,
            facts: empty,
            context: empty,
            rules: &rules,
        })
    };
    assert_eq!(ask(&fresh), ask(&tested));
    assert!(matches!(ask(&tested).outcomes[..], [RuleResult::Answered(_)]));
}
