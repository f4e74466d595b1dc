//! What does it cost to write a report down?

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kycuong_benches::packs;
use kycuong_demo::{dossiers, pack_set};
use kycuong_engine::submitted_on;

fn report(c: &mut Criterion) {
    let engine = pack_set(&packs()).unwrap().build().unwrap();
    let mut group = c.benchmark_group("report");
    for sample in dossiers().unwrap().into_iter().filter(|sample| sample.on.is_none()) {
        let bytes = std::fs::read(&sample.path).unwrap();
        let report = engine.check(&bytes, submitted_on(&bytes).unwrap()).unwrap();
        let name = sample.path.file_name().unwrap().to_string_lossy()[..2].to_owned();
        group.bench_function(format!("to_json/{name}"), |b| {
            b.iter(|| black_box(&report).to_json().len())
        });
    }
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
