//! What does a whole check cost, with six packs, from bytes to report, and what would it cost without
//! the sandbox? The native figure is the limit: parse, schema, and the rules that apply, nothing else.

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use kycuong_benches::{SIZES, dossier, packs};
use kycuong_demo::pack_set;
use kycuong_engine::fuzzing::SchemaSet;
use kycuong_model::codes::SubjectKind;
use kycuong_model::regime::Regime;
use kycuong_model::tape::{ParseLimits, parse};
use kycuong_rules_sdk::{Input, Pack};

fn check(c: &mut Criterion) {
    let packs = packs();
    let mut group = c.benchmark_group("check");
    let schemas = SchemaSet::compile().unwrap();
    let limits = ParseLimits::default();
    let facts = parse(b"{}", &limits).unwrap();
    let context = parse(br#"{"on":"2026-11-18","regime":"nd-224-2026"}"#, &limits).unwrap();
    // The dossier is one of Gia Lai: of the six packs, these two have rules for it.
    let native: [&Pack; 2] = [&kycuong_pack_vn_baseline::PACK, &kycuong_pack_gia_lai::PACK];
    for lines in SIZES {
        let text = dossier(lines);
        group.bench_function(BenchmarkId::new("native", lines), |b| {
            b.iter(|| {
                let tape = parse(black_box(&text), &limits).unwrap();
                let wrong = schemas
                    .validate(tape.document(), SubjectKind::Dossier, Regime::Nd224_2026)
                    .len();
                let input = Input::new(tape.document(), facts.document(), context.document());
                let statuses =
                    native.iter().flat_map(|pack| pack.rules).map(|rule| rule.evaluate(&input));
                wrong + statuses.count()
            });
        });
    }
    for threads in [1, 2] {
        let engine = pack_set(&packs).unwrap().threads(threads).build().unwrap();
        for lines in SIZES {
            let text = dossier(lines);
            let on = engine.read(text.as_slice()).submitted_on().unwrap();
            group.bench_function(BenchmarkId::new(format!("threads_{threads}"), lines), |b| {
                b.iter(|| engine.check(&engine.read(black_box(text.as_slice())), on).unwrap());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, check);
criterion_main!(benches);
