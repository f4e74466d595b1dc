//! Packs that mean ill, or were written badly: each is contained, named, and never a pass.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests are tests")]

mod budgets;
mod corpus;
mod deadlines;
mod findings;

use kycuong_engine::cache::CodeCache;
use kycuong_engine::error::LoadError;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{Evaluation, RulePack, RuleResult};
use kycuong_engine::report::Crash;
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::finding::{RuleStatus, Severity};
use kycuong_test_packs::hostile_pack::{MANIFEST, PASS, Pack, SANDBOX, evaluate};

/// The crash of the one rule that is asked for.
fn crash(pack: &Pack) -> (Crash, Evaluation) {
    let evaluation = evaluate(&pack.load().unwrap(), &["thu/mot"]);
    let [RuleResult::Crashed(crash)] = evaluation.outcomes.as_slice() else {
        panic!("not contained: {:?}", evaluation.outcomes)
    };
    (crash.clone(), evaluation)
}

fn malformed(answer: impl AsRef<[u8]>) -> String {
    match crash(&Pack::answering(include_str!("../hostile/answer.wat"), answer)).0 {
        Crash::MalformedAnswer { detail } => detail,
        other => panic!("{other:?}"),
    }
}

fn outcome(rule: &str, status: &str) -> String {
    format!(r#"{{"outcomes":[{{"rule":"{rule}",{status}}}]}}"#)
}

fn finding(path: &str, severity: &str) -> String {
    format!(
        r#"{{"code":"differs","path":"{path}","severity":"{severity}","message":{{"vi":"Một.","en":"One."}},"remedy":{{"vi":"","en":""}}}}"#
    )
}

#[test]
fn a_good_pack_passes_and_costs_the_same_every_time() {
    let pack = Pack::new(include_str!("../hostile/answer.wat")).load().unwrap();
    assert_eq!(pack.manifest().pack, "thu");
    assert_eq!(pack.interface_version(), "2.0.0");
    assert!(pack.digest().starts_with("sha256:") && pack.digest().len() == 71);
    let first = evaluate(&pack, &["thu/mot"]);
    assert_eq!(first.outcomes, [RuleResult::Answered(RuleStatus::Pass)]);
    assert!(first.fuel_consumed > 0 && first.instances == 1);
    assert_eq!(evaluate(&pack, &["thu/mot"]), first);
    assert!(evaluate(&pack, &[]).outcomes.is_empty());
}

#[test]
fn severity_is_at_most_the_declared_one() {
    let answer =
        outcome("thu/mot", &format!(r#""status":"fail","findings":[{}]"#, finding("/a", "block")));
    let pack = Pack::answering(include_str!("../hostile/answer.wat"), answer).load().unwrap();
    let evaluation = evaluate(&pack, &["thu/mot"]);
    let [RuleResult::Answered(RuleStatus::Fail { findings })] = evaluation.outcomes.as_slice()
    else {
        panic!()
    };
    assert_eq!(findings[0].severity, Severity::Warn);
}

#[test]
fn an_endless_loop_runs_out_of_fuel() {
    let (crash, evaluation) = crash(&Pack::new(include_str!("../hostile/endless-loop.wat")));
    assert_eq!(crash, Crash::FuelExhausted { limit: evaluation.fuel_limit });
    assert_eq!(evaluation.fuel_consumed, evaluation.fuel_limit);
    let limits = Limits::default();
    assert_eq!(
        evaluation.fuel_limit,
        limits.fuel_base + 3 * limits.fuel_per_node + 6 * limits.fuel_per_byte
    );
}

#[test]
fn a_memory_filler_is_told_from_a_panic() {
    let limit = Limits::default().memory_bytes_max as u64;
    let (crash, _) = crash(&Pack::new(include_str!("../hostile/memory-filler.wat")));
    assert_eq!(crash, Crash::MemoryExceeded { wanted: limit + 65_536, limit });
}

#[test]
fn a_table_filler_is_told_from_a_panic() {
    let (crash, _) = crash(&Pack::new(include_str!("../hostile/table-filler.wat")));
    assert_eq!(crash, Crash::TableExceeded { wanted: 20_001, limit: 20_000 });
}

#[test]
fn deep_recursion_overflows_the_stack_of_the_pack_alone() {
    let (crash, _) = crash(&Pack::new(include_str!("../hostile/stack-overflow.wat")));
    assert_eq!(crash, Crash::StackOverflow { limit: Limits::default().stack_bytes_max as u64 });
}

#[test]
fn a_panic_names_the_functions_that_were_running() {
    let (crash, _) = crash(&Pack::new(include_str!("../hostile/panic.wat")));
    let Crash::Trapped { message, functions, .. } = crash else { panic!("{crash:?}") };
    assert_eq!(message, "wasm `unreachable` instruction executed");
    assert_eq!(functions[..2], ["rust_panic", "thu_rule_mot"]);
}

#[test]
fn a_failure_of_the_pack_itself_is_told_in_its_words() {
    let words = format!("không đọc được{}", "!".repeat(5000));
    let (crash, _) = crash(&Pack::answering(include_str!("../hostile/failure.wat"), words));
    let Crash::PackError { message } = crash else { panic!("{crash:?}") };
    assert!(message.starts_with("không đọc được!") && message.len() <= 4096);
}

#[test]
fn answers_that_cannot_be_read() {
    assert_eq!(malformed(b"\xff\xfe"), "a text that is not UTF-8");
    for body in
        [include_str!("../hostile/outside-memory.wat"), include_str!("../hostile/no-such-case.wat")]
    {
        let (crash, _) = crash(&Pack::new(body));
        assert!(matches!(crash, Crash::MalformedAnswer { .. }), "{crash:?}");
    }
    let pack = Pack::new(include_str!("../hostile/broken-allocator.wat"))
        .with("\"cabi_realloc\"", "\"cabi_realloc_sound\"")
        .with("\"cabi_realloc_broken\"", "\"cabi_realloc\"")
        .with(
            "(alias core export $guest \"cabi_realloc_sound\"",
            "(alias core export $guest \"cabi_realloc\"",
        );
    let (crash, _) = crash(&pack);
    assert!(matches!(crash, Crash::MalformedAnswer { .. }), "{crash:?}");
}

#[test]
fn answers_that_are_not_what_was_asked() {
    assert!(malformed("chào").starts_with("not the JSON of outcomes: "));
    assert!(malformed("").starts_with("not the JSON of outcomes: "));
    assert!(malformed(format!("{PASS}{PASS}")).starts_with("not the JSON of outcomes: "));
    assert_eq!(
        malformed(outcome("thu/ba", r#""status":"pass""#)),
        "an outcome of `thu/ba` where `thu/mot` was asked for"
    );
    assert_eq!(
        malformed(
            r#"{"outcomes":[{"rule":"thu/mot","status":"pass"},{"rule":"thu/mot","status":"pass"}]}"#
        ),
        "2 outcomes for 1 rules"
    );
    assert_eq!(
        malformed(outcome("thu/mot", r#""status":"fail","findings":[]"#)),
        "a fail without findings"
    );
    let unpointed = format!(r#""status":"fail","findings":[{}]"#, finding("a/b", "warn"));
    assert_eq!(
        malformed(outcome("thu/mot", &unpointed)),
        "the path `a/b`, which is no JSON Pointer"
    );
    let (crash, _) =
        crash(&Pack::answering(include_str!("../hostile/answer.wat"), r#"{"outcomes":[]}"#));
    assert_eq!(crash, Crash::NoAnswer);
}

#[test]
fn answers_that_are_too_long() {
    let limits = Limits { response_bytes_max: 60_000, findings_max: 3, ..SANDBOX.limits().clone() };
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..limits }).unwrap();
    let bomb = Pack::new(include_str!("../hostile/answer-bomb.wat")).bytes();
    let evaluation = evaluate(&RulePack::load(&sandbox, &bomb).unwrap(), &["thu/mot"]);
    assert_eq!(
        evaluation.outcomes,
        [RuleResult::Crashed(Crash::ResponseTooLarge { limit: 60_000 })]
    );

    let text = |length: usize| finding("", "warn").replace("Một.", &"x".repeat(length));
    let said =
        |length| outcome("thu/mot", &format!(r#""status":"fail","findings":[{}]"#, text(length)));
    assert_eq!(malformed(said(4_097)), "a message of 4097 bytes, the limit is 4096");
    let longest =
        Pack::answering(include_str!("../hostile/answer.wat"), said(4_096)).load().unwrap();
    assert!(matches!(evaluate(&longest, &["thu/mot"]).outcomes[..], [RuleResult::Answered(_)]));

    let four =
        format!(r#""status":"fail","findings":[{}]"#, vec![finding("", "warn"); 4].join(","));
    let many =
        Pack::answering(include_str!("../hostile/answer.wat"), outcome("thu/mot", &four)).bytes();
    let evaluation = evaluate(&RulePack::load(&sandbox, &many).unwrap(), &["thu/mot"]);
    assert_eq!(
        evaluation.outcomes,
        [RuleResult::Crashed(Crash::TooManyFindings { found: 4, limit: 3 })]
    );
}

#[test]
fn answers_that_are_nested_too_deep() {
    let nested = |depth: usize| {
        let more = format!("{}{}", "[".repeat(depth - 3), "]".repeat(depth - 3));
        let status = format!(r#""status":"pass","more":{more}"#);
        Pack::answering(include_str!("../hostile/answer.wat"), outcome("thu/mot", &status))
    };
    let limit = Limits::default().response_depth_max;
    let within = evaluate(&nested(limit).load().unwrap(), &["thu/mot"]);
    assert_eq!(within.outcomes, [RuleResult::Answered(RuleStatus::Pass)]);
    for depth in [limit + 1, 127, 128, 5_000] {
        let (crash, _) = crash(&nested(depth));
        assert_eq!(crash, Crash::ResponseTooDeep { depth: depth as u64, limit: limit as u64 });
    }
    let brackets = Pack::answering(include_str!("../hostile/answer.wat"), "[".repeat(50_000));
    let (crash, _) = crash(&brackets);
    assert_eq!(crash.to_string(), "answered JSON nested 50000 deep, the limit is 16");
}

#[test]
fn a_rule_that_loops_does_not_cost_its_neighbours_findings() {
    let answer = outcome(
        "thu/hai",
        &format!(r#""status":"fail","findings":[{}]"#, finding("/costs/0", "block")),
    );
    let pack =
        Pack::answering(include_str!("../hostile/first-rule-loops.wat"), answer).load().unwrap();
    let evaluation = evaluate(&pack, &["thu/mot", "thu/hai"]);
    // Both at once, then each alone, and the one that used its slice up with ever larger ones.
    assert!((3..=6).contains(&evaluation.instances), "{}", evaluation.instances);
    let [RuleResult::Crashed(crash), RuleResult::Answered(RuleStatus::Fail { findings })] =
        evaluation.outcomes.as_slice()
    else {
        panic!("{:?}", evaluation.outcomes)
    };
    assert_eq!(*crash, Crash::PackFuelExhausted { limit: evaluation.fuel_limit });
    assert!(evaluation.fuel_consumed <= 2 * evaluation.fuel_limit);
    assert_eq!((findings[0].path.as_str(), findings[0].severity), ("/costs/0", Severity::Block));
    assert_eq!(evaluate(&pack, &["thu/mot", "thu/hai"]), evaluation);
}

#[test]
fn one_unsound_outcome_costs_its_own_rule_only() {
    let answer = r#"{"outcomes":[{"rule":"thu/mot","status":"fail","findings":[]},{"rule":"thu/hai","status":"pass"}]}"#;
    let pack = Pack::answering(include_str!("../hostile/answer.wat"), answer).load().unwrap();
    let evaluation = evaluate(&pack, &["thu/mot", "thu/hai"]);
    assert!(matches!(evaluation.outcomes[0], RuleResult::Crashed(Crash::MalformedAnswer { .. })));
    assert_eq!(evaluation.outcomes[1], RuleResult::Answered(RuleStatus::Pass));
    assert_eq!(evaluation.instances, 1);
}

#[test]
fn a_request_that_does_not_fit_is_not_sent() {
    let limits = Limits { request_bytes_max: 40, instances_max: 1, ..Limits::default() };
    let sandbox = Sandbox::new(&limits).unwrap();
    let pack = RulePack::load(&sandbox, &Pack::new(include_str!("../hostile/answer.wat")).bytes())
        .unwrap();
    let evaluation = evaluate(&pack, &["thu/mot"]);
    assert_eq!(
        evaluation.outcomes,
        [RuleResult::Crashed(Crash::RequestTooLarge { bytes: 49, limit: 40 })]
    );
    assert_eq!(evaluation.instances, 0);
}

#[test]
fn more_threads_than_instances_wait() {
    let limits = Limits { instances_max: 1, ..Limits::default() };
    let sandbox = Sandbox::new(&limits).unwrap();
    let pack = RulePack::load(&sandbox, &Pack::new(include_str!("../hostile/answer.wat")).bytes())
        .unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(
                        evaluate(&pack, &["thu/mot"]).outcomes,
                        [RuleResult::Answered(RuleStatus::Pass)]
                    );
                }
            });
        }
    });
}

#[test]
fn a_start_function_that_loops_is_refused_at_load() {
    let refusal = Pack::new(include_str!("../hostile/start-loop.wat")).refusal();
    assert!(
        matches!(refusal, LoadError::ManifestCrashed { source: Crash::FuelExhausted { .. } }),
        "{refusal:?}"
    );
}

#[test]
fn whatever_imports_is_refused() {
    let pack = Pack::new(include_str!("../hostile/answer.wat")).with(
        "(component\n  (core module",
        "(component\n  (import \"wasi:clocks/wall-clock@0.2.0\" (instance))\n  (core module",
    );
    let refusal = pack.refusal();
    assert!(
        matches!(&refusal, LoadError::Imports { name } if name == "wasi:clocks/wall-clock@0.2.0"),
        "{refusal:?}"
    );
}

#[test]
fn only_the_interface_is_exported() {
    let good = || Pack::new(include_str!("../hostile/answer.wat"));
    let version = "kycuong:rules/pack@2.0.0";
    assert!(matches!(
        good().with(version, "kycuong:rules/other@2.0.0").refusal(),
        LoadError::Exports { .. }
    ));
    assert!(matches!(
        good().with(version, "kycuong:rules/pack").refusal(),
        LoadError::Exports { .. }
    ));
    assert!(matches!(
        good().with(version, "kycuong:rules/pack@3.0.0").refusal(),
        LoadError::WrongInterface { .. }
    ));
    let newer = good().with(version, "kycuong:rules/pack@2.3.7").load().unwrap();
    assert_eq!(newer.interface_version(), "2.3.7");
    assert_eq!(evaluate(&newer, &["thu/mot"]).outcomes, [RuleResult::Answered(RuleStatus::Pass)]);
    let more = good().with(
        "(export \"kycuong:rules/pack@2.0.0\" (instance $pack))",
        "(export \"kycuong:rules/pack@2.0.0\" (instance $pack)) (export \"more\" (func $manifest))",
    );
    assert!(matches!(more.refusal(), LoadError::Exports { .. }));
    let nothing = Pack { wat: "(component)".to_owned(), sections: vec![] };
    assert!(matches!(nothing.refusal(), LoadError::Exports { .. }));
}

#[test]
fn other_types_are_refused() {
    let pack = Pack::new(include_str!("../hostile/wrong-type.wat"))
        .with("(param \"request\" $request)", "(param \"request\" string)")
        .with("(param \"request\" $exported_request)", "(param \"request\" string)");
    let refusal = pack.refusal();
    assert!(matches!(refusal, LoadError::Signature { function: "evaluate", .. }), "{refusal:?}");
}

#[test]
fn one_sound_manifest_that_the_pack_stands_by() {
    let with = |sections: &[&str]| {
        let mut pack = Pack::new(include_str!("../hostile/answer.wat"));
        pack.sections = sections.iter().map(|section| section.as_bytes().to_vec()).collect();
        pack.refusal()
    };
    assert!(matches!(with(&[]), LoadError::ManifestSection { found: 0, .. }));
    assert!(matches!(with(&[MANIFEST, MANIFEST]), LoadError::ManifestSection { found: 2, .. }));
    assert!(matches!(with(&["{}"]), LoadError::ManifestJson { .. }));
    let other = MANIFEST.replace("\"warn\"", "\"inform\"");
    assert!(matches!(with(&[&other]), LoadError::ManifestDiffers { .. }));
    for (from, to) in [
        ("thu/hai", "thu/mot"),
        ("thu/hai", "khac/hai"),
        ("\"pack\":\"thu\"", "\"pack\":\"Thu\""),
        ("thu", "schema"),
        ("\"dossier\"", "\"memo\""),
        ("[\"VN\"]", "[]"),
        ("[\"VN\"]", "[\"bac-gaing\"]"),
        ("\"reads\":[]", "\"reads\":[],\"kinds\":[\"service-leese\"]"),
        ("\"reads\":[]", "\"reads\":[],\"regimes\":[\"nd-1\"]"),
        ("\"reads\":[]", "\"reads\":[],\"stages\":[\"stage\"]"),
        ("\"code\":\"differs\"", "\"code\":\"Differs\""),
        ("\"code\":\"differs\"", "\"code\":\"further-findings\""),
        (
            "\"code\":\"differs\",\"severity\":\"warn\"",
            "\"code\":\"differs\",\"severity\":\"block\"",
        ),
        ("\"vi\":\"Khác.\"", "\"vi\":\"Khác.\\u001b[2J\""),
        ("\"reads\":[]", "\"reads\":[],\"facts\":[{\"table\":\"t\",\"column\":\"id\"}]"),
        ("\"reads\":[]", "\"reads\":[],\"facts\":[{\"table\":\"system\"}]"),
        (
            "\"reads\":[]",
            "\"reads\":[],\"facts\":[{\"table\":\"systems\",\"column\":\"ma\",\"path\":\"code\"}]",
        ),
        (
            "\"reads\":[]",
            "\"reads\":[],\"facts\":[{\"table\":\"systems\",\"column\":\"id\",\"path\":\"components.*.target_system\"}]",
        ),
        ("\"vi\":\"Một\"", "\"vi\":\"Một\\u001b[2J\""),
        ("\"en\":\"Two\"", &format!("\"en\":\"{}\"", "x".repeat(5_000))),
        ("\"sdk_version\"", "\"fuel_factor_tenths\":0,\"sdk_version\""),
        ("{\"from\":\"2026-01-01\"}", "{\"from\":\"2026-01-01\",\"to\":\"2025-12-31\"}"),
    ] {
        let refusal = with(&[&MANIFEST.replace(from, to)]);
        assert!(matches!(refusal, LoadError::ManifestContent { .. }), "{to}: {refusal:?}");
    }
}

#[test]
fn what_is_no_component_or_is_too_much_is_refused_before_compiling() {
    let load = |bytes: &[u8]| RulePack::load(&SANDBOX, bytes).expect_err("must not load");
    assert!(matches!(load(b""), LoadError::NotComponent { .. }));
    assert!(matches!(load(b"PK\x03\x04"), LoadError::NotComponent { .. }));
    assert!(matches!(load(&wat::parse_str("(module)").unwrap()), LoadError::NotComponent { .. }));
    assert!(matches!(load(&vec![0; (16 << 20) + 1]), LoadError::TooLarge { .. }));

    let good = Pack::new(include_str!("../hostile/answer.wat")).bytes();
    for length in 1..good.len() {
        assert!(RulePack::load(&SANDBOX, &good[..length]).is_err(), "cut after {length} bytes");
    }
    let body = include_str!("../hostile/answer.wat");
    for (more, limit) in [
        (format!("(func (local {}))", "i32 ".repeat(1_001)), "locals in one function"),
        ("(table 20001 funcref)".to_owned(), "elements in a table"),
        (format!("(func {})", "nop ".repeat(600_000)), "bytes in one function"),
        ("(func)".repeat(30_001), "functions"),
    ] {
        let refusal = Pack::new(&format!("{body}{more}")).refusal();
        assert!(
            matches!(&refusal, LoadError::OverLimit { what, .. } if *what == limit),
            "{limit}: {refusal:?}"
        );
    }
    let huge =
        Pack::new(body).with("(export \"memory\") 2)", "(export \"memory\") 1025)").refusal();
    assert!(
        matches!(&huge, LoadError::OverLimit { what: "bytes of initial memory", .. }),
        "{huge:?}"
    );
}

#[test]
fn refused_proposals() {
    let body = include_str!("../hostile/answer.wat");
    for more in [
        "(global i32 (i32.add (i32.const 1) (i32.const 2)))",
        "(func (result i32) (return_call 0 (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))",
        "(func (drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0))))",
        "(tag $thrown)",
        "(type $boxed (struct (field i32)))",
        "(func (param externref))",
    ] {
        let refusal = Pack::new(&format!("{body}{more}")).refusal();
        assert!(matches!(refusal, LoadError::Invalid { .. }), "{more}: {refusal:?}");
    }
    for own in ["i64 1", "1 2 shared"] {
        let refusal = Pack::new(body)
            .with(
                "(memory $memory (export \"memory\") 2)",
                &format!("(memory $memory (export \"memory\") {own})"),
            )
            .refusal();
        assert!(matches!(refusal, LoadError::Invalid { .. }), "{own}: {refusal:?}");
    }
}

#[cfg(unix)]
#[test]
fn compiled_code_is_kept_and_answers_the_same() {
    let directory = std::env::temp_dir().join(format!("kycuong-hostile-{}", std::process::id()));
    let bytes = Pack::new(include_str!("../hostile/answer.wat")).bytes();
    let load = |secret: &[u8]| {
        let cache = CodeCache::open(&directory, secret).unwrap();
        let limits = Limits { instances_max: 1, ..Limits::default() };
        let pack =
            RulePack::load(&Sandbox::with_cache(&limits, Some(cache)).unwrap(), &bytes).unwrap();
        (pack.from_cache(), evaluate(&pack, &["thu/mot"]))
    };
    let compiled = load(b"secret");
    assert!(!compiled.0);
    let cached = load(b"secret");
    assert!(cached.0);
    assert_eq!(cached.1, compiled.1);
    assert!(!load(b"another secret").0, "files of another host are not trusted");
    std::fs::remove_dir_all(directory).unwrap();
}
