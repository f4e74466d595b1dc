//! A pack's budget is its own: whatever stands beside it, in whatever order, its outcomes and its fuel
//! are what they are when it is alone. Every set of four packs, of which two crash, in every order.

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{Evaluation, EvaluationRequest, RulePack};
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Date, Engine, EngineBuilder, Finding, Outcome, Report};
use kycuong_model::tape::{ParseLimits, parse};
use kycuong_test_packs::canned_pack::{Canned, FILLER, LOOP, fail, limits, pass};

const ON: Date = Date::literal(2026, 11, 21);
const DOSSIER: &str = r#"{"schema_version":"2.0.0","subject":"dossier","province":{"code":"52","legacy_code":"64"},"kind":"service-lease","costs":{"total":"300"}}"#;

/// Two that answer, one that loops and one that takes all memory; two rules each, so that the crashing
/// ones are evaluated again in isolation.
fn packs() -> [Canned; 4] {
    let two = |pack: &str, province: &str, path: &str| {
        let found = fail(&[(path, "warn")]);
        Canned::new(pack, province).rule("mot", found).rule("hai", pass())
    };
    [
        two("vn", "VN", "/costs/total"),
        two("a", "gia-lai", "/kind"),
        two("b", "gia-lai", "/code").body(LOOP),
        two("c", "VN", "/owner").body(FILLER),
    ]
}

/// Every order of every part of some numbers, the empty one left out.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    for (at, first) in of.iter().enumerate() {
        let others = of.iter().enumerate().filter(|(place, _)| *place != at);
        let rest: Vec<usize> = others.map(|(_, other)| *other).collect();
        all.push(vec![*first]);
        all.extend(orders(&rest).into_iter().map(|order| [&[*first], order.as_slice()].concat()));
    }
    all
}

/// What a report says of one pack.
fn of_pack<'a>(report: &'a Report, id: &str) -> (Vec<&'a Outcome>, Vec<&'a Finding>) {
    let outcomes = report.outcomes.iter().filter(|outcome| outcome.pack == id);
    let prefix = format!("{id}/");
    let findings = report.findings.iter().filter(|finding| finding.rule.starts_with(&prefix));
    (outcomes.collect(), findings.collect())
}

#[test]
fn no_neighbour_and_no_order_moves_an_outcome() {
    let packs = packs().map(|pack| pack.load());
    let check = |order: &[usize], threads| {
        let add = |builder: EngineBuilder, at: &usize| builder.pack(packs[*at].clone());
        let engine = order
            .iter()
            .fold(Engine::builder().allow_unsigned(), add)
            .threads(threads)
            .build()
            .unwrap();
        engine.judge(DOSSIER.as_bytes(), ON).unwrap()
    };
    let alone = [0, 1, 2, 3].map(|at| check(&[at], 1));
    let orders = orders(&[0, 1, 2, 3]);
    assert_eq!(orders.len(), 4 + 12 + 24 + 24);
    for order in &orders {
        for threads in [1, 3] {
            let report = check(order, threads);
            assert_eq!(report.outcomes.len(), 2 * order.len());
            for at in order {
                let id = &packs[*at].manifest().pack;
                assert_eq!(of_pack(&report, id), of_pack(&alone[*at], id), "{id} in {order:?}");
            }
        }
    }
    // Budgets are part of what was compared.
    assert_eq!(alone.each_ref().map(|report| report.counts.crashed), [0, 0, 2, 2]);
    assert_eq!(alone.each_ref().map(|report| report.findings.len()), [1, 1, 0, 0]);
}

#[test]
fn no_neighbour_and_no_order_moves_fuel() {
    let tape = parse(DOSSIER.as_bytes(), &ParseLimits::default()).unwrap();
    let nothing = parse(b"{}", &ParseLimits::default()).unwrap();
    let evaluate = |pack: &RulePack| -> Evaluation {
        let rules = pack.manifest().rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>();
        pack.evaluate(&EvaluationRequest {
            subject: tape.document(),
            facts: nothing.document(),
            context: nothing.document(),
            rules: &rules,
        })
    };
    let sandbox = || Sandbox::new(&Limits { instances_max: 1, ..limits() }).unwrap();
    // Alone: nothing else was ever loaded where it runs.
    let alone = packs().map(|pack| evaluate(&RulePack::load(&sandbox(), &pack.bytes()).unwrap()));
    let budgets = alone.each_ref().map(|evaluation| evaluation.fuel_limit);
    assert!(budgets.windows(2).all(|pair| pair[0] == pair[1]), "one request, one budget");
    let together = sandbox();
    let packs = packs().map(|pack| RulePack::load(&together, &pack.bytes()).unwrap());
    for order in orders(&[0, 1, 2, 3]) {
        for at in &order {
            assert_eq!(evaluate(&packs[*at]), alone[*at], "{at} in {order:?}");
        }
    }
}
