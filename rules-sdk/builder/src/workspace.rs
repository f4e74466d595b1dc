//! What cargo knows of a pack: its package, its workspace, and where its dependencies' sources lie.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::environment::{cargo, chosen_target_dir};
use crate::error::{BuildError, ToolOutput};
use crate::process::{Spoken, run};
use crate::progress::Progress;
use crate::toolchain::{Compiler, TARGET};

/// A workspace and its packages, as `cargo metadata` describes them.
#[derive(Debug, Deserialize)]
pub(crate) struct Workspace {
    packages: Vec<Package>,
    /// The directory of the workspace's Cargo.toml.
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds, by the person's settings.
    pub(crate) target_directory: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    /// `None` for a package on this machine.
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

impl Workspace {
    /// The workspace that a pack belongs to; nothing is downloaded and no compiler is needed.
    pub(crate) fn of(dir: &Path, progress: &mut dyn FnMut(&Progress)) -> Result<Self, BuildError> {
        let mut command = cargo(dir);
        command.args(["metadata", "--format-version", "1", "--no-deps"]);
        // The one setting of an outer cargo that says where the person wants build output.
        let target = chosen_target_dir().map_err(|source| BuildError::File {
            action: "find",
            path: "CARGO_TARGET_DIR".into(),
            source,
        })?;
        if let Some(target) = target {
            command.env("CARGO_TARGET_DIR", target);
        }
        Self::read(command, dir, progress)
    }

    /// The same workspace with all its dependencies, downloaded where they are not here yet.
    fn with_dependencies(
        &self,
        compiler: &Compiler,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Self, BuildError> {
        let mut command = cargo(&self.root);
        command.args(["metadata", "--format-version", "1", "--filter-platform", TARGET]);
        compiler.configure(&mut command);
        Self::read(command, &self.root, progress)
    }

    fn read(
        mut command: std::process::Command,
        dir: &Path,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<Self, BuildError> {
        let finished = run(&mut command, Spoken::Errors, progress)?;
        if !finished.ok {
            let source = ToolOutput::new(&finished.stderr);
            return Err(BuildError::Workspace { dir: dir.to_owned(), source });
        }
        serde_json::from_str(&finished.stdout).map_err(|source| BuildError::CargoFormat { source })
    }

    /// The name of the package whose Cargo.toml is in `dir`, when that is one of the workspace.
    pub(crate) fn package_in(&self, dir: &Path) -> Option<&str> {
        self.package(dir).map(|package| package.name.as_str())
    }

    /// Whether the package in `dir` builds a module.
    pub(crate) fn builds_module(&self, dir: &Path) -> bool {
        let types = self.package(dir).map(|package| package.targets.as_slice()).unwrap_or_default();
        types.iter().any(|target| target.crate_types.iter().any(|kind| kind == "cdylib"))
    }

    fn package(&self, dir: &Path) -> Option<&Package> {
        self.packages.iter().find(|package| {
            let manifest_dir = package.manifest_path.parent().map(fs::canonicalize);
            matches!(manifest_dir, Some(Ok(at)) if at == dir)
        })
    }

    /// The directories whose names must not reach a pack's bytes, and what stands there instead.
    pub(crate) fn source_names(
        &self,
        compiler: &Compiler,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<BTreeSet<(PathBuf, String)>, BuildError> {
        let mut names = BTreeSet::new();
        for package in self.with_dependencies(compiler, progress)?.packages {
            let Some(dir) = package.manifest_path.parent() else { continue };
            if package.source.is_none() {
                // A local package outside the workspace; those inside are named from its root.
                if !dir.starts_with(&self.root) {
                    names
                        .insert((dir.to_owned(), format!("/{}-{}", package.name, package.version)));
                }
            } else if let Some(registry) = dir.parent() {
                // The directory above is named after the registry's host, which differs by mirror.
                names.insert((registry.to_owned(), "/registry".to_owned()));
            }
        }
        Ok(names)
    }
}
