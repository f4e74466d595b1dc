//! What is compared: of each set and submission the digest of the report and the fuel of each pack.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kycuong_engine::digest;
use kycuong_engine::facts::MemoryFacts;
use kycuong_engine::limits::Limits;
use kycuong_engine::receipt::ENGINE_VERSION;
use kycuong_engine::report::FORMAT;
use kycuong_engine::sandbox::{Sandbox, WASMTIME_VERSION};
use kycuong_engine::{Date, Engine, EngineBuilder, RulePack};
use kycuong_model::schema::SCHEMA_VERSION;
use serde::Deserialize;

use super::conformance_pack::{file, folder, names};

/// The day of judging.
pub const ON: Date = Date::literal(2026, 11, 21);
/// The pack whose fuel depends on the machine.
const OUT_OF_STACK: &str = "too-deep";

/// One set of packs, as `sets.json` describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    pub set: String,
    pub packs: Vec<String>,
    pub limits: Limits,
    #[serde(default)]
    pub advisory: BTreeMap<String, String>,
}

pub fn sets() -> Vec<Set> {
    let text = std::fs::read(folder().join("sets.json")).unwrap();
    let mut sets: Vec<Set> = serde_json::from_slice(&text).unwrap();
    // Changes no outcome and no receipt; each instance reserves address space.
    sets.iter_mut().for_each(|set| set.limits.instances_max = 8);
    sets
}

pub fn set(name: &str) -> Set {
    sets().into_iter().find(|set| set.set == name).unwrap()
}

impl Set {
    /// The packs, compiled in a sandbox of their own.
    pub fn compile(&self) -> Vec<RulePack> {
        self.load(&Sandbox::new(&self.limits).unwrap())
    }

    pub fn load(&self, sandbox: &Sandbox) -> Vec<RulePack> {
        let load = |name: &String| RulePack::load(sandbox, &bytes(name)).unwrap();
        self.packs.iter().map(load).collect()
    }

    /// A host with these packs, in this order, still to be built.
    pub fn host(&self, packs: impl IntoIterator<Item = RulePack>) -> EngineBuilder {
        self.configure(
            packs.into_iter().fold(Engine::builder().allow_unsigned(), EngineBuilder::pack),
        )
    }

    /// Facts and settings for a host.
    pub fn configure(&self, builder: EngineBuilder) -> EngineBuilder {
        let text = std::fs::read(folder().join("facts.json")).unwrap();
        let tables: BTreeMap<String, Vec<BTreeMap<String, String>>> =
            serde_json::from_slice(&text).unwrap();
        let facts = tables
            .into_iter()
            .fold(MemoryFacts::new(), |facts, (name, rows)| facts.table(name, rows));
        let advise = |builder: EngineBuilder, (pack, reason)| builder.advisory(pack, reason);
        let builder = builder.allow_unsigned().facts(facts).limits(self.limits.clone());
        self.advisory.iter().fold(builder, advise)
    }
}

pub fn bytes(pack: &str) -> Vec<u8> {
    std::fs::read(file(pack)).unwrap()
}

/// The submissions, by name.
pub fn submissions() -> &'static BTreeMap<String, Vec<u8>> {
    static SUBMISSIONS: std::sync::OnceLock<BTreeMap<String, Vec<u8>>> = std::sync::OnceLock::new();
    SUBMISSIONS.get_or_init(|| {
        let files = std::fs::read_dir(folder().join("submissions")).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        let name =
            |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
        paths.map(|path| (name(&path), std::fs::read(path).unwrap())).collect()
    })
}

/// What one check gives: a line for its report, and one for each pack that was asked.
pub fn lines(set: &str, submission: &str, engine: &Engine) -> String {
    let measured = engine.measure(&submissions()[submission], ON).unwrap();
    let report = measured.report.to_json();
    assert!(measured.report.is_authentic());
    assert_eq!(engine.check(&submissions()[submission], ON).unwrap(), measured.report);
    let mut lines = format!("report\t{set}\t{submission}\t{}\n", digest(report.as_bytes()));
    for pack in &measured.consumption {
        let _ = write!(lines, "fuel\t{set}\t{submission}\t{}\t", pack.pack);
        let _ = if pack.pack == OUT_OF_STACK {
            writeln!(lines, "-\t{}\t{}", pack.fuel_limit, pack.instances)
        } else {
            writeln!(lines, "{}\t{}\t{}", pack.fuel_consumed, pack.fuel_limit, pack.instances)
        };
    }
    lines
}

/// All that one host gives.
pub fn all_lines(set: &Set, engine: &Engine) -> String {
    submissions().keys().map(|submission| lines(&set.set, submission, engine)).collect()
}

/// What stands in the file before the reports: with what it was made.
pub fn versions() -> String {
    let mut text = String::new();
    for (what, version) in [
        ("engine", ENGINE_VERSION),
        ("wasmtime", WASMTIME_VERSION),
        ("schema", SCHEMA_VERSION),
        ("report", FORMAT),
    ] {
        let _ = writeln!(text, "version\t{what}\t{version}");
    }
    for name in names() {
        let _ = writeln!(text, "pack\t{name}\t{}", digest(&bytes(&name)));
    }
    text
}
