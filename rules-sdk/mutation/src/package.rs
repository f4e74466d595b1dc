//! What cargo knows of a pack: its sources, its dependencies, and where built things go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kycuong_files::read_text_bounded;
use kycuong_pack_builder::{ToolOutput, cargo, chosen_target_dir};
use serde::Deserialize;

use crate::error::MutationError;

/// The sub-directory of the target directory that holds the copies and what is built from them.
const MUTANTS_DIR: &str = "kycuong-mutants";
/// What makes a package a pack.
const SDK: &str = "kycuong-rules-sdk";
/// Largest text that is read, in bytes: 16 MiB. A source file has some 20 kB, a lock file 100.
const TEXT_BYTES_MAX: u64 = 16 << 20;

/// Reads a file of a pack or of its copy.
pub(crate) fn read_source(path: &Path) -> io::Result<String> {
    Ok(read_text_bounded(path, TEXT_BYTES_MAX)?)
}

/// A pack's package.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) edition: String,
    /// The directory of its Cargo.toml.
    pub(crate) dir: PathBuf,
    /// The root of its library.
    pub(crate) root: PathBuf,
    /// The library's name, as Rust writes it.
    pub(crate) library: String,
    pub(crate) dependencies: Vec<Dependency>,
    /// The lock file of its workspace.
    pub(crate) lock: PathBuf,
    /// Where the copies and what is built from them go.
    pub(crate) mutants_dir: PathBuf,
}

/// A dependency as cargo describes it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) rename: Option<String>,
    pub(crate) req: String,
    pub(crate) path: Option<PathBuf>,
    pub(crate) kind: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) features: Vec<String>,
    pub(crate) uses_default_features: bool,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Described>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Described {
    name: String,
    version: String,
    edition: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Package {
    /// The package whose Cargo.toml is in `dir`.
    pub(crate) fn of(dir: &Path, target_dir: Option<&Path>) -> Result<Self, MutationError> {
        let given = dir;
        let dir = fs::canonicalize(given).map_err(MutationError::file("open", given))?;
        let mut command = cargo(&dir);
        command.args(["metadata", "--format-version", "1", "--no-deps"]);
        let program = Path::new("cargo");
        let chosen = chosen_target_dir().map_err(MutationError::program("place", program))?;
        if let Some(target) = target_dir.map(Path::to_owned).or(chosen) {
            command.env("CARGO_TARGET_DIR", target);
        }
        let output = command.output().map_err(MutationError::program("run", program))?;
        if !output.status.success() {
            let source = ToolOutput::new(&String::from_utf8_lossy(&output.stderr));
            return Err(MutationError::Metadata { dir: given.to_owned(), source });
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .map_err(|source| MutationError::CargoFormat { source })?;
        let not_a_pack = || MutationError::NotAPack { dir: given.to_owned() };
        let found = metadata
            .packages
            .into_iter()
            .find(|package| {
                let at = package.manifest_path.parent().map(fs::canonicalize);
                matches!(at, Some(Ok(at)) if at == dir)
            })
            .ok_or_else(not_a_pack)?;
        let library = found
            .targets
            .into_iter()
            .find(|target| target.kind.iter().any(|kind| kind.ends_with("lib")))
            .ok_or_else(not_a_pack)?;
        if !found.dependencies.iter().any(|dependency| dependency.name == SDK) {
            return Err(not_a_pack());
        }
        Ok(Self {
            name: found.name,
            version: found.version,
            edition: found.edition,
            dir,
            root: library.src_path,
            library: library.name.replace('-', "_"),
            dependencies: found
                .dependencies
                .into_iter()
                .filter(|dependency| dependency.kind.is_none() && dependency.target.is_none())
                .collect(),
            lock: metadata.workspace_root.join("Cargo.lock"),
            mutants_dir: metadata.target_directory.join(MUTANTS_DIR),
        })
    }
}
