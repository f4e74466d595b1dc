//! What does it cost to write a report down?

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kycuong_benches::packs;
use kycuong_demo::{dossiers, pack_set};

fn report(c: &mut Criterion) {
    let engine = pack_set(&packs()).unwrap().build().unwrap();
    let mut group = c.benchmark_group("report");
    for sample in dossiers().unwrap().into_iter().filter(|sample| sample.on.is_none()) {
        let submission = engine.read(std::fs::read(&sample.path).unwrap());
        let on = submission.submitted_on().unwrap();
        let report = engine.check(&submission, on).unwrap().into_report();
        let name = sample.path.file_name().unwrap().to_string_lossy()[..2].to_owned();
        group.bench_function(format!("to_json/{name}"), |b| {
            b.iter(|| black_box(&report).to_json().unwrap().len())
        });
    }
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
