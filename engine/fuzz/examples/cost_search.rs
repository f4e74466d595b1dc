//! Searches for the pack that takes the most processor time to load for its size, and prints what it finds:
//! `cargo run --release --example cost_search [STEPS [SEED]]`. For a person, since it measures time;
//! `tests/cost.rs` counts. What is dearer than before goes into `costs.txt` and SECURITY.md.

#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a program for a person, which measures time and prints it"
)]

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::RulePack;
use kycuong_engine::sandbox::Sandbox;
use kycuong_fuzz::cost::{Shape, climb};
use kycuong_test_packs::hostile_pack::Pack;

/// Seconds of all threads of this process, in hundredths.
fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = |place: usize| fields[place].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u32| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (steps, seed) = (number(500) as usize, number(1));
    let sandbox = Sandbox::new(&Limits { instances_max: 1, ..Limits::default() }).unwrap();
    let mut dearest = 0.0;
    let kept = include_str!("../costs.txt").lines().filter(|line| !line.starts_with('#'));
    let kept = kept.map(|line| line.parse::<Shape>().unwrap());
    let found = climb(kept.chain(Shape::beginnings()).collect(), steps, seed, |shape| {
        let bytes = Pack::new(&shape.fields()?).bytes();
        let start = seconds();
        RulePack::load(&sandbox, &bytes).ok()?;
        let took = seconds() - start;
        let of_mebibyte = took / (bytes.len() as f64 / f64::from(1 << 20)).max(1.0);
        if of_mebibyte > dearest {
            dearest = of_mebibyte;
            println!("{took:6.2} s, {:8} bytes, {of_mebibyte:6.2} s/MiB: {shape}", bytes.len());
        }
        Some(of_mebibyte)
    });
    println!("{found:?}");
}
