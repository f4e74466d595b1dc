//! What does it cost to take a submission in: parse it, check it against the schema?

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use kycuong_benches::{SIZES, dossier};
use kycuong_engine::fuzzing::SchemaSet;
use kycuong_model::codes::SubjectKind;
use kycuong_model::regime::Regime;
use kycuong_model::tape::{ParseLimits, parse};

fn intake(c: &mut Criterion) {
    let schemas = SchemaSet::compile().unwrap();
    let limits = ParseLimits::default();
    let mut group = c.benchmark_group("intake");
    for lines in SIZES {
        let text = dossier(lines);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("serde_json_value", lines), &text, |b, text| {
            b.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(text)).unwrap());
        });
        group.bench_with_input(BenchmarkId::new("parse", lines), &text, |b, text| {
            b.iter(|| parse(black_box(text), &limits).unwrap().document().len());
        });
        let tape = parse(&text, &limits).unwrap();
        group.bench_with_input(BenchmarkId::new("schema", lines), &tape, |b, tape| {
            b.iter(|| {
                schemas
                    .validate(black_box(tape.document()), SubjectKind::Dossier, Regime::Nd224_2026)
                    .len()
            });
        });
    }
    group.finish();
    c.bench_function("intake/compile_schemas", |b| b.iter(|| SchemaSet::compile().unwrap()));
}

criterion_group!(benches, intake);
criterion_main!(benches);
