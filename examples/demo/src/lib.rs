//! What the demonstration and the conformance test share: the six packs, the pack set, the samples.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_engine::report::ReportError;
use kycuong_engine::{Engine, EngineBuilder, Report};
use kycuong_facts::{FactsError, FileFacts};
use kycuong_model::date::Date;
use kycuong_pack_builder::{BuildError, Builder, BuiltPack, Progress};

/// The packs, the national baseline first.
pub const PACKS: [&str; 6] =
    ["vn-baseline", "gia-lai", "bac-kan", "dong-nai", "quang-ngai", "bac-giang"];

/// The date on which the sample of 2023 is judged a second time, as if it were new.
pub const AS_NEW: Date = Date::literal(2026, 11, 21);

/// The folder `examples` of this source tree.
pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Builds the six packs from source.
///
/// # Errors
/// When no toolchain is found or a pack does not compile.
pub fn build_packs(progress: impl FnMut(&Progress) + Send) -> Result<Vec<BuiltPack>, BuildError> {
    let folders: Vec<PathBuf> =
        PACKS.iter().map(|pack| examples().join("rule-packs").join(pack)).collect();
    Builder::new().progress(progress).build(&folders)
}

/// The deployment of the conformance set: the packs of all five provinces are adopted.
pub const FIVE_PROVINCES: &str = "five-provinces.toml";

/// An engine with all six packs, under the deployment [`FIVE_PROVINCES`]: each blocks. It has the sample
/// facts ([`facts`]).
///
/// Bắc Giang's two per cent binds in the years of its plan (2021–2025) by its own rule; later it
/// warns until a province sets the parameter `adopted_beyond_2025`.
/// # Errors
/// When the sample facts cannot be read.
pub fn pack_set(packs: &[BuiltPack]) -> Result<EngineBuilder, FactsError> {
    Ok(deployed(packs, FIVE_PROVINCES).facts(Arc::new(facts()?)))
}

/// The sample facts: registers, inventories, calendars and prices of `examples/facts`.
///
/// # Errors
/// When they cannot be read, or something in them is wrong.
pub fn facts() -> Result<FileFacts, FactsError> {
    FileFacts::open(examples().join("facts"))
}

/// An engine with all six packs, under one of the deployments of `examples/deployments`.
pub fn deployed(packs: &[BuiltPack], deployment: &str) -> EngineBuilder {
    undeployed(packs).deployment_file(examples().join("deployments").join(deployment))
}

/// An engine with all six packs of which nobody decided anything: the historic ones only warn. They
/// were built here a moment ago, and nobody signed them.
pub fn undeployed(packs: &[BuiltPack]) -> EngineBuilder {
    let builder = Engine::builder().allow_unsigned();
    packs.iter().fold(builder, |builder, pack| builder.pack_bytes(&pack.bytes))
}

/// A sample: a submission, the date it is judged on, and where its expected report stands.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The submission.
    pub path: PathBuf,
    /// Another date than that of the submission.
    pub on: Option<Date>,
}

impl Sample {
    /// The expected report, beside the submission.
    pub fn report_path(&self) -> PathBuf {
        match self.on {
            None => self.path.with_extension("report.json"),
            Some(on) => self.path.with_extension(format!("on-{on}.report.json")),
        }
    }
}

/// The seven dossiers, in order, and the old one once more as if it were new.
///
/// # Errors
/// When the folder cannot be read.
pub fn dossiers() -> std::io::Result<Vec<Sample>> {
    let mut samples = submissions(&examples().join("dossiers"))?;
    if let Some(old) = samples.last().cloned() {
        samples.push(Sample { on: Some(AS_NEW), ..old });
    }
    Ok(samples)
}

/// The twins and the boundary cases.
///
/// # Errors
/// When the folder cannot be read.
pub fn boundaries() -> std::io::Result<Vec<Sample>> {
    submissions(&examples().join("dossiers/boundaries"))
}

fn submissions(folder: &Path) -> std::io::Result<Vec<Sample>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".json") && !name.ends_with(".report.json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths.into_iter().map(|path| Sample { path, on: None }).collect())
}

/// The report as the conformance set holds it: with the digests of packs, and of what contains them,
/// left empty, and without how they were signed. Those change with the compiler; every judgement must not.
///
/// # Errors
/// [`ReportError`] when the report cannot be written, which none gives.
pub fn comparable(mut report: Report) -> Result<String, ReportError> {
    report.settings.packs.iter_mut().for_each(|pack| pack.digest.clear());
    report.receipt.settings.clear();
    // Who signed them belongs to a deployment, not to the judgement.
    report.settings.signing = None;
    report.receipt.report = None;
    report.to_json()
}

/// The README of the project, so that its program is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
