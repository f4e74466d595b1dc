//! The conformance file's other layers, of packs that are built here from source.
//!
//! `examples/dossiers/judgements.tsv` has what no compiler may change: each report, under several
//! deployments, without the digests of packs. `examples/dossiers/built-packs.tsv` has the full bytes and
//! the fuel of the packs that one compiler made, and is compared where the packs are the same ones.
//! `UPDATE_EXPECT=1 cargo test` rewrites both.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use kycuong_demo::{
    AS_NEW, Sample, boundaries, build_packs, comparable, dossiers, examples, facts,
};
use kycuong_engine::digest;
use kycuong_engine::evaluation::Measured;
use kycuong_engine::limits::Limits;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Engine, EngineBuilder, RulePack, submitted_on};
use kycuong_pack_builder::BuiltPack;

fn packs() -> &'static [BuiltPack] {
    static PACKS: OnceLock<Vec<BuiltPack>> = OnceLock::new();
    PACKS.get_or_init(|| build_packs(|_| ()).unwrap())
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1")
}

/// The deployment of the conformance set.
const FIVE: &str = "five-provinces";
/// A way to set the host up, by name.
const SETTINGS: [&str; 5] =
    [FIVE, "bac-ninh-two-percent", "quang-ngai-waiver", "undeployed", "without-facts"];

fn limits() -> Limits {
    Limits { instances_max: 8, ..Limits::default() }
}

/// The packs, compiled once.
fn loaded() -> &'static [RulePack] {
    static LOADED: OnceLock<Vec<RulePack>> = OnceLock::new();
    LOADED.get_or_init(|| {
        let sandbox = Sandbox::new(&limits()).unwrap();
        let load = |pack: &BuiltPack| RulePack::load(&sandbox, &pack.bytes).unwrap();
        packs().iter().map(load).collect()
    })
}

/// A host under some settings, still without packs.
fn under(settings: &str) -> EngineBuilder {
    let builder = Engine::builder().allow_unsigned().limits(limits());
    let deployment = match settings {
        "undeployed" => return builder.facts(facts().unwrap()),
        "without-facts" => FIVE,
        deployment => deployment,
    };
    let file = examples().join("deployments").join(deployment).with_extension("toml");
    let builder = builder.deployment_file(file);
    if settings == "without-facts" { builder } else { builder.facts(facts().unwrap()) }
}

fn host(settings: &str) -> EngineBuilder {
    loaded().iter().cloned().fold(under(settings), EngineBuilder::pack)
}

/// The same, compiled anew.
fn compiled(packs: &[BuiltPack]) -> EngineBuilder {
    packs.iter().fold(under(FIVE), |builder, pack| builder.pack_bytes(&pack.bytes))
}

fn samples() -> Vec<Sample> {
    dossiers().unwrap().into_iter().chain(boundaries().unwrap()).collect()
}

/// The name of a sample, relative to the folder of the samples, and the day on which it is judged.
fn label(sample: &Sample, bytes: &[u8]) -> (String, kycuong_engine::Date) {
    let name = sample.path.strip_prefix(examples().join("dossiers")).unwrap();
    let on = sample.on.or_else(|| submitted_on(bytes)).unwrap_or(AS_NEW);
    (name.to_string_lossy().replace('\\', "/"), on)
}

/// One line for each sample, or more.
fn lines(engine: &Engine, mut line: impl FnMut(&str, Measured) -> String) -> String {
    let line = |sample: Sample| {
        let bytes = std::fs::read(&sample.path).unwrap();
        let (name, on) = label(&sample, &bytes);
        line(&format!("{name}\t{on}"), engine.measure(&bytes, on).unwrap())
    };
    samples().into_iter().map(line).collect()
}

fn judgements(settings: &str, engine: &Engine) -> String {
    lines(engine, |sample, measured| {
        let digest = digest(comparable(measured.report).as_bytes());
        format!("judgement\t{settings}\t{sample}\t{digest}\n")
    })
}

/// Full bytes and fuel.
fn exact(engine: &Engine) -> String {
    lines(engine, |sample, measured| {
        let mut text =
            format!("report\t{sample}\t{}\n", digest(measured.report.to_json().as_bytes()));
        for pack in measured.consumption {
            let (fuel, instances) = (pack.fuel_consumed, pack.instances);
            text += &format!("fuel\t{sample}\t{}\t{fuel}\t{instances}\n", pack.pack);
        }
        text
    })
}

/// What the full bytes depend on besides the sources of this tree.
fn made_of() -> String {
    let toolchain = &packs().first().unwrap().toolchain;
    let packs = packs().iter().map(|pack| format!("pack\t{}\tsha256:{}\n", pack.name, pack.digest));
    format!(
        "version\tengine\t{}\nversion\twasmtime\t{}\nversion\tcompiler\t{toolchain}\n{}",
        kycuong_engine::receipt::ENGINE_VERSION,
        kycuong_engine::sandbox::WASMTIME_VERSION,
        packs.collect::<String>()
    )
}

fn path(layer: &str) -> PathBuf {
    examples().join("dossiers").join(layer)
}

/// Compares line by line, so that the first difference is named and not a wall of text.
#[track_caller]
fn same(actual: &str, expected: &str, how: &str) {
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected, "{how}");
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{how}");
}

const STALE: &str = "rewrite with UPDATE_EXPECT=1 and read the differences";

const JUDGEMENTS: &str = "\
# The conformance file, layer “judgements”: packs are built from source, so their bytes change with the
# compiler, but no judgement may. Each line has the digest of a report whose pack digests are emptied, as in
# the reports beside this file. Columns: settings, sample, day, digest. See README.md.
";

#[test]
fn every_judgement_is_reproduced() {
    let mut text = JUDGEMENTS.to_owned();
    for settings in SETTINGS {
        text += &judgements(settings, &host(settings).build().unwrap());
    }
    if updating() {
        std::fs::write(path("judgements.tsv"), &text).unwrap();
    } else {
        same(&text, &std::fs::read_to_string(path("judgements.tsv")).unwrap(), STALE);
    }
}

const BUILT: &str = "\
# The conformance file, layer “built packs”: full bytes and fuel of the packs that the compiler below made.
# Where the packs have these digests, everything must be equal; where another compiler makes others, nothing
# here can be compared, and the test says so. Columns: sample, day, digest; of fuel: sample, day, pack, units,
# instances. See README.md.
";

/// Says what a test that passes would keep to itself.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn the_built_packs_give_the_recorded_bytes_and_fuel() {
    let recorded = std::fs::read_to_string(path("built-packs.tsv")).unwrap_or_default();
    let compiler = |text: &str| {
        text.lines().find(|line| line.starts_with("version\tcompiler\t")).map(str::to_owned)
    };
    let made_of = made_of();
    if !recorded.is_empty() && compiler(&recorded) != compiler(&made_of) {
        say(&format!(
            "NOT COMPARED: {} was recorded with {:?}, the packs here were made with {:?}; \
             to record it anew, delete it and set UPDATE_EXPECT=1",
            path("built-packs.tsv").display(),
            compiler(&recorded).unwrap_or_default(),
            compiler(&made_of).unwrap_or_default()
        ));
        return;
    }
    // With the same compiler, other packs mean that the file is older than the sources.
    let text = format!("{BUILT}{made_of}{}", exact(&host(FIVE).build().unwrap()));
    if updating() {
        std::fs::write(path("built-packs.tsv"), &text).unwrap();
    } else {
        same(&text, &recorded, STALE);
    }
}

/// Cold, warm, in the cache, out of it, on 1, 2 and 8 threads, in other orders, in another process: the
/// same full bytes and the same fuel, whatever the compiler was.
#[test]
fn no_configuration_changes_a_byte_or_a_unit() {
    let cold = compiled(packs()).build().unwrap();
    let expected = exact(&cold);
    assert!(expected.lines().any(|line| line.starts_with("fuel\t")));
    same(&exact(&cold), &expected, "asked before");

    let folder = tempfile::tempdir().unwrap();
    let cached =
        |packs: &[BuiltPack]| compiled(packs).cache_dir(folder.path().join("code"), b"one");
    same(&exact(&cached(packs()).build().unwrap()), &expected, "into the cache");
    let mut order = packs().to_vec();
    for (threads, how) in [(1, "out of the cache"), (2, "two threads"), (8, "eight threads")] {
        order.rotate_left(2);
        order.swap(0, 1);
        same(&exact(&cached(&order).threads(threads).build().unwrap()), &expected, how);
    }
    assert_eq!(std::fs::read_dir(folder.path().join("code")).unwrap().count(), packs().len());

    let output = elsewhere(folder.path());
    let told = String::from_utf8_lossy(&output.stderr);
    let digest = format!("{OF_ALL}{}", digest(expected.as_bytes()));
    assert!(told.lines().any(|line| line == digest), "not {digest}:\n{told}");
}

/// What the other process says.
const OF_ALL: &str = "all of it: ";
/// Tells it to say so.
const ASKED: &str = "KYCUONG_DIGEST_OF_ALL";

/// This program again, in another environment.
fn elsewhere(folder: &Path) -> std::process::Output {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "digests::every_sample_has_its_lines"])
        .env_remove("UPDATE_EXPECT")
        .env(ASKED, "1")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("TZ", "Pacific/Kiritimati")
        .env("WASMTIME_BACKTRACE_DETAILS", "1")
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    output
}

/// Also what another process is asked for.
#[test]
fn every_sample_has_its_lines() {
    let lines = exact(&host(FIVE).build().unwrap());
    let reports = lines.lines().filter(|line| line.starts_with("report\t")).count();
    assert_eq!(reports, samples().len());
    let fuel: Vec<&str> = lines.lines().filter(|line| line.starts_with("fuel\t")).collect();
    for pack in packs() {
        assert!(fuel.iter().any(|line| line.contains(&format!("\t{}\t", pack.name))));
    }
    if std::env::var_os(ASKED).is_some() {
        say(&format!("{OF_ALL}{}", digest(lines.as_bytes())));
    }
}
