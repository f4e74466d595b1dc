//! What a pack may cost when its rules have to be evaluated in isolation, and the fallback below fuel.

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{RulePack, RuleResult};
use kycuong_engine::report::Crash;
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::finding::RuleStatus;
use kycuong_test_packs::hostile_pack::{Pack, evaluate};

const LOOPS: &str = include_str!("../../hostile/first-rule-loops.wat");
const SECOND: &str = r#"{"outcomes":[{"rule":"thu/hai","status":"pass"}]}"#;

fn load(limits: Limits, pack: &Pack) -> RulePack {
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..limits }).unwrap();
    RulePack::load(&sandbox, &pack.bytes()).unwrap()
}

#[test]
fn rules_asked_alone_share_a_budget_and_an_honest_one_still_answers() {
    let limits = Limits::default();
    let evaluation =
        evaluate(&load(limits, &Pack::answering(LOOPS, SECOND)), &["thu/mot", "thu/hai"]);
    let pool = evaluation.fuel_limit;
    assert_eq!(
        evaluation.outcomes,
        [
            RuleResult::Crashed(Crash::PackFuelExhausted { limit: pool }),
            RuleResult::Answered(RuleStatus::Pass)
        ]
    );
    assert!(evaluation.fuel_consumed <= 2 * pool, "all together, and then the pool");
}

#[test]
fn a_rule_that_loops_gets_a_whole_budget_while_there_is_fuel() {
    let limits = Limits { isolation_budget_factor: 16, ..Limits::default() };
    let pack = load(limits, &Pack::answering(LOOPS, SECOND));
    let evaluation = evaluate(&pack, &["thu/mot", "thu/hai"]);
    assert_eq!(
        evaluation.outcomes[0],
        RuleResult::Crashed(Crash::FuelExhausted { limit: evaluation.fuel_limit })
    );
}

#[test]
fn many_looping_rules_cost_no_more_than_the_pool() {
    let limits = Limits { fuel_base: 1_000_000, ..Limits::default() };
    let pack = load(limits.clone(), &Pack::new(include_str!("../../hostile/endless-loop.wat")));
    let rules = vec!["thu/mot"; 200];
    let evaluation = evaluate(&pack, &rules);
    let most = evaluation.fuel_limit * (1 + u64::from(limits.isolation_budget_factor));
    assert!(evaluation.fuel_consumed <= most, "{} of {most}", evaluation.fuel_consumed);
    assert!(evaluation.outcomes.iter().all(|outcome| matches!(outcome, RuleResult::Crashed(_))));
}

#[test]
fn the_deadline_catches_what_fuel_lets_through_and_changes_nothing_else() {
    let limits = Limits {
        fuel_base: u64::MAX >> 8,
        deadline_ms: 300,
        fuel_factor_tenths_max: 10,
        ..Limits::default()
    };
    let looping = load(limits.clone(), &Pack::new(include_str!("../../hostile/endless-loop.wat")));
    let evaluation = evaluate(&looping, &["thu/mot", "thu/hai"]);
    let crash = Crash::DeadlineExceeded { limit_ms: 300 };
    assert_eq!(evaluation.outcomes, vec![RuleResult::Crashed(crash); 2]);
    // Without the deadline the fuel would last for weeks: that it came back at all is the test.

    let answers = Pack::new(include_str!("../../hostile/answer.wat"));
    let with = evaluate(&load(limits, &answers), &["thu/mot"]);
    let without = evaluate(&load(Limits::default(), &answers), &["thu/mot"]);
    assert_eq!((with.outcomes, with.fuel_consumed), (without.outcomes, without.fuel_consumed));
}
