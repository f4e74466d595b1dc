//! What does the sandbox cost: the baseline's rules in a fresh instance, against the same rules native?

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use kycuong_benches::{SIZES, dossier, packs};
use kycuong_engine::pack::EvaluationRequest;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Limits, RulePack};
use kycuong_model::tape::{ParseLimits, parse};
use kycuong_pack_vn_baseline::PACK;
use kycuong_rules_sdk::Input;

fn evaluate(c: &mut Criterion) {
    let packs = packs();
    let baseline = packs.iter().find(|pack| pack.name == "vn-baseline").unwrap();
    let sandbox = Sandbox::new(&Limits::default()).unwrap();
    let pack = RulePack::load(&sandbox, &baseline.bytes).unwrap();
    let rules: Vec<String> = pack.manifest().rules.iter().map(|rule| rule.id.clone()).collect();
    let limits = ParseLimits::default();
    let facts = parse(b"{}", &limits).unwrap();
    let context = parse(br#"{"on":"2026-11-18","regime":"nd-224-2026"}"#, &limits).unwrap();

    let mut group = c.benchmark_group("evaluate");
    for lines in SIZES {
        let text = dossier(lines);
        let tape = parse(&text, &limits).unwrap();
        let subject = tape.document();
        group.bench_function(BenchmarkId::new("native", lines), |b| {
            b.iter(|| {
                let input = Input::new(black_box(subject), facts.document(), context.document());
                serde_json::to_string(&PACK.evaluate(&input, &rules).unwrap()).unwrap()
            });
        });
        group.bench_function(BenchmarkId::new("sandbox", lines), |b| {
            let request = EvaluationRequest {
                subject,
                facts: facts.document(),
                context: context.document(),
                rules: &rules,
            };
            assert_eq!(pack.evaluate(&request).instances, 1, "no rule crashes");
            b.iter(|| pack.evaluate(black_box(&request)).outcomes.len());
        });
    }
    group.finish();
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
