//! What does it cost to load a pack: admit and compile it, or take it from the cache?

#![expect(clippy::unwrap_used, reason = "a bench stops when its input is not there")]

use criterion::{Criterion, criterion_group, criterion_main};
use kycuong_benches::packs;
use kycuong_engine::cache::CodeCache;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Limits, RulePack};

fn load_pack(c: &mut Criterion) {
    let packs = packs();
    let limits = Limits::default();
    let sandbox = Sandbox::new(&limits).unwrap();
    let folder = std::env::temp_dir().join(format!("kycuong-bench-{}", std::process::id()));
    let cached =
        Sandbox::with_cache(&limits, Some(CodeCache::open(&folder, b"bench").unwrap())).unwrap();
    let mut group = c.benchmark_group("load_pack");
    group.sample_size(20);
    for pack in
        packs.iter().filter(|pack| ["vn-baseline", "bac-giang"].contains(&pack.name.as_str()))
    {
        group.bench_function(format!("compile/{}", pack.name), |b| {
            b.iter(|| RulePack::load(&sandbox, &pack.bytes).unwrap());
        });
        RulePack::load(&cached, &pack.bytes).unwrap();
        group.bench_function(format!("from_cache/{}", pack.name), |b| {
            b.iter(|| {
                let loaded = RulePack::load(&cached, &pack.bytes).unwrap();
                assert!(loaded.from_cache());
                loaded
            });
        });
    }
    group.finish();
    std::fs::remove_dir_all(folder).unwrap();
}

criterion_group!(benches, load_pack);
criterion_main!(benches);
