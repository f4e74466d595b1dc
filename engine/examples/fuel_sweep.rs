//! Looks for the dearest unit of fuel: loops that mean ill, each run until its fuel is gone, with the
//! processor time of one unit in nanoseconds. `cargo run --release --example fuel_sweep [PART OF A NAME]`.
//!
//! The promise is 3 ns on the reference machine (SECURITY.md has the figures). No test compares them,
//! since a time is no test's to judge; what each operator costs is a test (`sandbox/fuel.rs`).

#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a program for a person, which measures time and prints it"
)]

use std::fmt::Write as _;

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{EvaluationRequest, RulePack};
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::tape::Document;
use kycuong_test_packs::hostile_pack::Pack;

/// Enough that starting an instance is not what is measured.
const FUEL: u64 = 300_000_000;

#[derive(Clone)]
struct Case {
    name: String,
    /// Fields of the module beside `evaluate`.
    fields: String,
    /// Locals of `evaluate`, and what runs once before the loop.
    before: String,
    /// What runs until the fuel is gone.
    body: String,
    /// Pages of memory.
    pages: u32,
    rules: usize,
}

impl Case {
    fn new(name: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            fields: String::new(),
            before: String::new(),
            body: body.into(),
            pages: 1_000,
            rules: 1,
        }
    }

    fn before(self, before: impl Into<String>) -> Self {
        Self { before: before.into(), ..self }
    }

    fn fields(self, fields: impl Into<String>) -> Self {
        Self { fields: fields.into(), ..self }
    }

    /// Asked for as many rules, each of which is asked alone when all at once have crashed.
    fn rules(self, rules: usize) -> Self {
        Self { rules, ..self }
    }
}

/// Operators of one value, then of two values, by the type of what they take and give.
const CHAINS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "i32",
        "i32.const 77777",
        &["clz", "ctz", "popcnt", "extend8_s", "extend16_s"],
        &["add", "mul", "shl", "rotl", "div_s", "div_u", "rem_s", "rem_u", "eq", "lt_s"],
    ),
    (
        "i64",
        "i64.const 0x7fff_ffff_ffff_0001",
        &["clz", "ctz", "popcnt", "extend32_s"],
        &["add", "mul", "shl", "rotl", "div_s", "div_u", "rem_s", "rem_u"],
    ),
    (
        "f32",
        "f32.const 1.7",
        &["sqrt", "ceil", "floor", "trunc", "nearest", "abs", "neg"],
        &["add", "mul", "div", "min", "max", "copysign"],
    ),
    (
        "f64",
        "f64.const 1.7",
        &["sqrt", "ceil", "floor", "trunc", "nearest", "abs", "neg"],
        &["add", "mul", "div", "min", "max", "copysign"],
    ),
    (
        "i8x16",
        VECTOR,
        &["abs", "neg", "popcnt"],
        &["add", "add_sat_s", "avgr_u", "swizzle", "lt_u", "gt_s", "narrow_i16x8_s", "min_s"],
    ),
    (
        "i16x8",
        VECTOR,
        &["abs", "neg", "extend_low_i8x16_s", "extadd_pairwise_i8x16_s", "extadd_pairwise_i8x16_u"],
        &["mul", "q15mulr_sat_s", "extmul_low_i8x16_s", "extmul_high_i8x16_u", "narrow_i32x4_u"],
    ),
    (
        "i32x4",
        VECTOR,
        &[
            "abs",
            "neg",
            "trunc_sat_f32x4_s",
            "trunc_sat_f32x4_u",
            "trunc_sat_f64x2_s_zero",
            "trunc_sat_f64x2_u_zero",
            "extadd_pairwise_i16x8_u",
            "extend_high_i16x8_u",
        ],
        &["mul", "dot_i16x8_s", "extmul_low_i16x8_s", "max_u", "ge_u"],
    ),
    (
        "i64x2",
        VECTOR,
        &["abs", "neg", "extend_low_i32x4_u"],
        &["mul", "extmul_low_i32x4_s", "extmul_high_i32x4_u", "lt_s", "ge_s", "add"],
    ),
    (
        "f32x4",
        VECTOR,
        &[
            "sqrt",
            "ceil",
            "nearest",
            "abs",
            "convert_i32x4_s",
            "convert_i32x4_u",
            "demote_f64x2_zero",
        ],
        &["add", "mul", "div", "min", "max", "pmin", "lt"],
    ),
    (
        "f64x2",
        VECTOR,
        &["sqrt", "ceil", "nearest", "abs", "convert_low_i32x4_u", "promote_low_f32x4"],
        &["add", "mul", "div", "min", "max", "pmax", "lt"],
    ),
];

const VECTOR: &str = "v128.const i64x2 0x3ff8_1234_5678_9abc 0x4004_1234_5678_9abc";

fn chains() -> Vec<Case> {
    let mut cases = Vec::new();
    for (of, value, one, two) in CHAINS {
        let ty = if of.contains('x') { "v128" } else { of };
        let before = format!(
            "(local $x {ty}) (local $y {ty}) (local.set $x ({value})) (local.set $y ({value}))"
        );
        for name in *one {
            let body = format!("local.get $x {} local.set $x", format!("{of}.{name} ").repeat(400));
            cases.push(Case::new(format!("{of}.{name}"), body).before(before.clone()));
        }
        for name in *two {
            let back = if ["eq", "lt_s"].contains(name) && *of == "i32" {
                "i32.const 3 i32.add "
            } else {
                ""
            };
            let step = format!("local.get $y {of}.{name} {back}");
            let body = format!("local.get $x {} local.set $x", step.repeat(200));
            cases.push(Case::new(format!("{of}.{name}"), body).before(before.clone()));
            // The other way round: what is divided stays large.
            let step = format!(
                "local.get $y local.get $x i32.const 1 drop {of}.{name} {back} local.set $x "
            );
            let step = if *of == "i64" {
                step.replace("i32.const 1 drop", "i64.const 3 i64.or")
            } else {
                step.replace("i32.const 1 drop", "")
            };
            cases.push(
                Case::new(format!("{of}.{name} by a result"), step.repeat(100))
                    .before(before.clone()),
            );
        }
    }
    for (from, to, name, back) in [
        ("f64", "i32", "i32.trunc_sat_f64_s", "f64.convert_i32_s"),
        ("f64", "i64", "i64.trunc_sat_f64_u", "f64.convert_i64_u"),
        ("f32", "i64", "i64.trunc_sat_f32_u", "f32.convert_i64_u"),
        ("f64", "i64", "i64.trunc_f64_s", "f64.convert_i64_s"),
        ("f64", "i32", "i32.trunc_f64_u", "f64.convert_i32_u"),
        ("f32", "f64", "f64.promote_f32", "f32.demote_f64"),
        ("v128", "i32", "i8x16.bitmask", "i8x16.splat"),
        ("v128", "i32", "i8x16.all_true", "i8x16.splat"),
        ("v128", "i32", "i64x2.all_true", "i32x4.splat"),
        ("v128", "i64", "i64x2.extract_lane 1", "i64x2.splat"),
        ("v128", "f64", "f64x2.extract_lane 1", "f64x2.splat"),
    ] {
        let _ = to;
        let value =
            if from == "v128" { VECTOR.to_owned() } else { format!("{from}.const 12345.75") };
        let before = format!("(local $x {from}) (local.set $x ({value}))");
        let body = format!("local.get $x {} local.set $x", format!("{name} {back} ").repeat(200));
        cases.push(Case::new(format!("{name} and back"), body).before(before));
    }
    for shift in ["i8x16.shl", "i8x16.shr_s", "i8x16.shr_u", "i16x8.shr_s", "i64x2.shr_s"] {
        let before = format!(
            "(local $x v128) (local $n i32) (local.set $x ({VECTOR})) (local.set $n (i32.const 3))"
        );
        let body =
            format!("local.get $x {} local.set $x", format!("local.get $n {shift} ").repeat(200));
        cases.push(Case::new(shift, body).before(before));
    }
    cases
}

/// A cycle through memory that no cache foresees: each line names the next, at the distance of a generator
/// with a full period.
fn cycle(mebibytes: u32, line: u32) -> String {
    let lines = mebibytes * (1 << 20) / line;
    format!(
        "(local $i i32) (local $p i32)
         (loop $fill
           (i32.store (i32.add (i32.const 0x20000) (i32.mul (local.get $i) (i32.const {line})))
             (i32.add (i32.const 0x20000) (i32.mul (i32.const {line})
               (i32.and (i32.add (i32.mul (local.get $i) (i32.const 1664525)) (i32.const 1013904223)) (i32.const {mask})))))
           (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {lines}))))
         (local.set $p (i32.const 0x20000))",
        mask = lines - 1
    )
}

fn memory() -> Vec<Case> {
    let mut cases = Vec::new();
    for (mebibytes, line) in [(1, 64), (8, 64), (32, 64), (32, 4096)] {
        for load in ["i32.load", "i64.load32_u", "v128.load32_zero"] {
            let step = match load {
                "i32.load" => "i32.load ",
                "i64.load32_u" => "i64.load32_u i32.wrap_i64 ",
                _ => "v128.load32_zero i32x4.extract_lane 0 ",
            };
            let body = format!("local.get $p {} local.set $p", step.repeat(500));
            cases.push(
                Case::new(format!("chase {load} {mebibytes} MiB by {line}"), body)
                    .before(cycle(mebibytes, line)),
            );
        }
    }
    let random = "(local $i i32) (local $v v128)";
    let next = "(local.set $i (i32.add (i32.mul (local.get $i) (i32.const 1664525)) (i32.const 1013904223)))";
    let at = "(i32.shr_u (local.get $i) (i32.const 7))";
    for (name, access) in [
        ("i32.store", format!("(i32.store {at} (local.get $i))")),
        ("i32.store8", format!("(i32.store8 {at} (local.get $i))")),
        ("v128.store", format!("(v128.store {at} (local.get $v))")),
        ("v128.store64_lane", format!("(v128.store64_lane 1 {at} (local.get $v))")),
        ("i32.load", format!("(local.set $i (i32.add (local.get $i) (i32.load {at})))")),
        ("load and store", format!("(i32.store {at} (i32.add (local.get $i) (i32.load {at})))")),
    ] {
        cases.push(
            Case::new(format!("anywhere: {name}"), format!("{next} {access}").repeat(50))
                .before(random),
        );
    }
    // With as few operators as can be: the address is what the store before it left on the stack.
    let stride = "(local $i i32)";
    let step = "(i32.store (local.tee $i (i32.and (i32.add (local.get $i) (i32.const 0x3f1040)) (i32.const 0x3ffffc0))) (i32.const 1))";
    let mut fresh = Case::new("store by pages", step.repeat(50)).before(stride);
    fresh.pages = 1_024;
    cases.push(fresh);
    for (operator, arguments) in [
        ("memory.fill", "(i32.const 0x20000) (i32.const 1)"),
        ("memory.copy", "(i32.const 0x20000) (i32.const 0x20100)"),
        ("memory.copy", "(i32.const 0x20100) (i32.const 0x20000)"),
        ("memory.copy", "(i32.const 0x20001) (i32.const 0x2001000)"),
    ] {
        for bytes in [0, 1, 4_095, 1 << 16, 24 << 20] {
            let one = format!("({operator} {arguments} (i32.const {bytes}))");
            let times = if bytes > 4_095 { 1 } else { 50 };
            cases.push(Case::new(format!("{operator} {arguments} {bytes}"), one.repeat(times)));
        }
    }
    let passive = format!("(data $d \"{}\")", "x".repeat(5_000));
    for bytes in [0, 1, 4_096] {
        let one = format!("(memory.init $d (i32.const 0x20000) (i32.const 0) (i32.const {bytes}))");
        cases.push(
            Case::new(format!("memory.init {bytes}"), one.repeat(50)).fields(passive.clone()),
        );
    }
    cases.push(Case::new("data.drop", "(data.drop $d)".repeat(100)).fields(passive));
    cases.push(Case::new("memory.size", "(drop (memory.size))".repeat(100)));
    cases.push(Case::new("memory.grow 0", "(drop (memory.grow (i32.const 0)))".repeat(50)));
    cases.push(Case::new(
        "memory.grow too far",
        "(drop (memory.grow (i32.const 30000)))".repeat(50),
    ));
    let mut grows = Case::new("memory.grow 1 and touch", "(if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable)) (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4096)) (i32.const 1))").rules(50);
    grows.pages = 2;
    cases.push(grows);
    cases
}

fn tables() -> Vec<Case> {
    let table = format!(
        "(table $t 20000 funcref) (elem (table $t) (i32.const 0) func{}) (func $f) (elem $e declare func $f) (elem $p func $f $f $f $f $f $f $f $f $f $f)",
        " $f".repeat(19_000)
    );
    let counted = "(local $i i32)";
    let next =
        "(local.set $i (i32.rem_u (i32.add (local.get $i) (i32.const 7919)) (i32.const 19000)))";
    let mut cases = vec![
        Case::new("call_indirect", format!("{next} (call_indirect $t (local.get $i))").repeat(50)),
        Case::new("call_indirect the same", "(call_indirect $t (i32.const 7))".repeat(50)),
        Case::new("table.get", format!("{next} (drop (table.get $t (local.get $i)))").repeat(50)),
        Case::new("table.get the same", "(drop (table.get $t (i32.const 7)))".repeat(50)),
        Case::new("table.set", "(table.set $t (i32.const 7) (ref.null func))".repeat(50)),
        Case::new("table.set ref.func", "(table.set $t (i32.const 7) (ref.func $f))".repeat(50)),
        Case::new("ref.func", "(drop (ref.func $f))".repeat(50)),
        Case::new("ref.is_null", "(drop (ref.is_null (ref.func $f)))".repeat(50)),
        Case::new("table.size", "(drop (table.size $t))".repeat(50)),
        Case::new(
            "table.grow 0",
            "(drop (table.grow $t (ref.null func) (i32.const 0)))".repeat(50),
        ),
        Case::new("elem.drop", "(elem.drop $p)".repeat(50)),
    ];
    for entries in [0, 1, 10_000] {
        let times = if entries > 1 { 1 } else { 50 };
        cases.push(Case::new(
            format!("table.fill {entries}"),
            format!("(table.fill $t (i32.const 0) (ref.func $f) (i32.const {entries}))")
                .repeat(times),
        ));
        cases.push(Case::new(
            format!("table.copy {entries}"),
            format!("(table.copy $t $t (i32.const 0) (i32.const 9000) (i32.const {entries}))")
                .repeat(times),
        ));
    }
    for entries in [0, 1, 10] {
        cases.push(Case::new(
            format!("table.init {entries}"),
            format!("(table.init $t $p (i32.const 0) (i32.const 0) (i32.const {entries}))")
                .repeat(50),
        ));
    }
    cases.into_iter().map(|case| case.before(counted).fields(table.clone())).collect()
}

fn control() -> Vec<Case> {
    let random = "(local $i i32) (local.set $i (i32.const 12345))";
    let next = "(local.set $i (i32.add (i32.mul (local.get $i) (i32.const 1664525)) (i32.const 1013904223)))";
    let bit = "(i32.shr_u (local.get $i) (i32.const 31))";
    let mut tables = String::new();
    for _ in 0..20 {
        let _ = write!(
            tables,
            "{next} block block block block block block block block (br_table 0 1 2 3 4 5 6 7 (i32.shr_u (local.get $i) (i32.const 29))) end end end end end end end end "
        );
    }
    let parameters = |count: usize| "i32 ".repeat(count);
    let arguments = |count: usize| "(i32.const 1) ".repeat(count);
    // Locals that a branch skips: the compiler moves them all where the ways meet.
    let mut moved = String::from("(local $c i32) ");
    for local in 0..400 {
        let _ = write!(moved, "(local $m{local} i32) ");
    }
    let (mut sets, mut uses) = (String::new(), String::new());
    for local in 0..400 {
        let _ = write!(
            sets,
            "(local.set $m{local} (i32.add (local.get $m{}) (i32.const {local})))",
            (local * 7 + 1) % 400
        );
        let _ = write!(uses, "(global.set $g (local.get $m{local}))");
    }
    let skipped =
        format!("(block (br_if 0 (i32.ne (local.get $c) (i32.const 123456))) {sets})").repeat(20);
    let used = format!("(if (i32.eq (local.get $c) (i32.const 77)) (then {uses}))");
    vec![
        Case::new("an empty loop", ""),
        Case::new("loops without a body", "loop end ".repeat(2_000)),
        Case::new("blocks without a body", "block end ".repeat(2_000)),
        Case::new("nops", "nop ".repeat(5_000)),
        Case::new("br_if that nobody foresees", format!("{next} (block (br_if 0 {bit}) (local.set $i (i32.xor (local.get $i) (i32.const 1))))").repeat(50)).before(random),
        Case::new("if that nobody foresees", format!("{next} (if {bit} (then (local.set $i (i32.xor (local.get $i) (i32.const 1)))) (else (local.set $i (i32.xor (local.get $i) (i32.const 2)))))").repeat(50)).before(random),
        Case::new("br_table that nobody foresees", tables).before(random),
        Case::new("call", "(call $empty)".repeat(100)).fields("(func $empty)"),
        Case::new("call with 64 parameters", format!("(call $many {})", arguments(64)).repeat(20)).fields(format!("(func $many (param {}))", parameters(64))),
        Case::new("recursion", "(call $deep (i32.const 5000))").fields("(func $deep (param i32) (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))))))"),
        Case::new("global.get", "(drop (global.get $g))".repeat(100)).fields("(global $g (mut i32) (i32.const 0))"),
        Case::new("global.set", "(global.set $g (i32.const 1))".repeat(100)).fields("(global $g (mut i32) (i32.const 0))"),
        Case::new("select", format!("{next} (local.set $i (select (local.get $i) (i32.const 1) {bit}))").repeat(50)).before(random),
        Case::new("locals that a branch skips", format!("{skipped} (local.set $c (i32.add (local.get $c) (i32.const 1))) {used}")).before(moved).fields("(global $g (mut i32) (i32.const 0))"),
        Case::new("locals that turn in a loop", turning()).before("(local $a i32) (local $b i32) (local $c i32) (local $d i32)"),
    ]
}

fn turning() -> String {
    "(local.set $a (local.get $b)) (local.set $b (local.get $c)) (local.set $c (local.get $d)) (local.set $d (local.get $a))".to_owned()
}

fn instances() -> Vec<Case> {
    let deep = "(func $deep (call $deep))";
    let mut cases = vec![
        Case::new("trap at once, 500 rules", "unreachable").rules(500),
        Case::new("stack overflow, 500 rules", "(call $deep)").fields(deep).rules(500),
        Case::new("out of bounds, 500 rules", "(drop (i32.load (i32.const -4)))").rules(500),
        Case::new(
            "memory.fill 60 MiB and trap, 500 rules",
            "(memory.fill (i32.const 0) (i32.const 1) (i32.const 65000000)) unreachable",
        )
        .rules(500),
        Case::new(
            "a page of each and trap, 500 rules",
            "(i32.store (local.tee $i (i32.add (local.get $i) (i32.const 4096))) (i32.const 1))",
        )
        .before("(local $i i32)")
        .rules(500),
        Case::new(
            "a page read and trap, 500 rules",
            "(drop (i32.load (local.tee $i (i32.add (local.get $i) (i32.const 4096)))))",
        )
        .before("(local $i i32)")
        .rules(500),
        Case::new(
            "table of 20000 filled in, 500 rules",
            "(drop (table.get $t (local.tee $i (i32.add (local.get $i) (i32.const 1)))))",
        )
        .before("(local $i i32)")
        .fields(format!(
            "(table $t 20000 funcref) (func $f) (elem (table $t) (i32.const 0) func{})",
            " $f".repeat(20_000)
        ))
        .rules(500),
    ];
    for case in &mut cases[..3] {
        case.pages = 2;
    }
    cases
}

fn thread_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse().unwrap()
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let limits = Limits {
        fuel_base: FUEL,
        fuel_per_byte: 0,
        instances_max: 2,
        compile_steps_base: u64::MAX >> 1,
        table_elements_max: 20_000,
        locals_max: 1_000,
        ..Limits::default()
    };
    let sandbox = Sandbox::new(&limits).unwrap();
    let mut found = Vec::new();
    let cases = [chains(), memory(), tables(), control(), instances()].concat();
    for case in cases.into_iter().filter(|case| case.name.contains(&wanted)) {
        let Case { name, fields, before, body, pages, rules } = case;
        let locals_first = format!(
            "(func (export \"evaluate\") (type $evaluate) {before} (loop $again {body} (br $again)) (i32.const 0))"
        );
        let pack = Pack::new(&format!("{fields} {locals_first}"))
            .with("(export \"memory\") 2)", &format!("(export \"memory\") {pages})"));
        let pack = RulePack::load(&sandbox, &pack.bytes()).unwrap();
        let rules = vec!["thu/mot".to_owned(); rules];
        let empty = Document::new("{}", &[0, 2, (6 << 28) | 1]);
        let request =
            EvaluationRequest { subject: empty, facts: empty, context: empty, rules: &rules };
        let run = || {
            let start = thread_time();
            let evaluation = pack.evaluate(&request);
            ((thread_time() - start) as f64 / evaluation.fuel_consumed as f64, evaluation)
        };
        let ((first, evaluation), (second, _)) = (run(), run());
        found.push((first.min(second), name.clone()));
        println!(
            "{:7.3} ns  {:>12} units {:>4} instances  {name}",
            first.min(second),
            evaluation.fuel_consumed,
            evaluation.instances
        );
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!("--- the dearest");
    for (nanoseconds, name) in found.iter().take(15) {
        println!("{nanoseconds:7.3} ns  {name}");
    }
}
