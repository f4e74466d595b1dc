//! Builds rule packs: from a cargo package to one WebAssembly component with its manifest and its cases.
//!
//! The command line, the demonstration and the tests all call this library, so that an author needs
//! no external tool. It runs nothing that it built: the sandbox is the host's.
//!
//! ```no_run
//! use kycuong_pack_builder::Builder;
//!
//! let packs = Builder::new().progress(|step| eprintln!("{step}")).build(&["examples/rule-packs/bac-giang"])?;
//! # Ok::<(), kycuong_pack_builder::BuildError>(())
//! ```

mod cases;
mod compile;
mod component;
mod environment;
mod error;
mod process;
mod progress;
mod soundness;
mod toolchain;
mod workspace;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use atomic_write_file::AtomicWriteFile;
use kycuong_files::read_bounded;
use kycuong_model::cases::{CASES_SECTION, PackCases};
use kycuong_model::manifest::Manifest;
use sha2::{Digest, Sha256};

pub use crate::environment::{TOOLCHAIN_VARIABLE, cargo, chosen_target_dir};
pub use crate::error::{BuildError, ToolOutput};
pub use crate::progress::Progress;
pub use crate::toolchain::Toolchain;

use crate::workspace::Workspace;

/// The sub-directory of a workspace's target directory that holds packs and what they are built from.
const PACKS_DIR: &str = "kycuong-packs";

/// Largest module that a compiler wrote, in bytes: sixteen times what a host takes by default.
const MODULE_BYTES_MAX: u64 = 256 << 20;

/// A rule pack as it is delivered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuiltPack {
    /// The name of the cargo package.
    pub package: String,
    /// The pack's id.
    pub name: String,
    /// The component's file, `<pack>-<version>.wasm`.
    pub path: PathBuf,
    /// The component.
    pub bytes: Vec<u8>,
    /// Its SHA-256: 64 lower-case hexadecimal digits.
    pub digest: String,
    /// The manifest as it stands in the component.
    pub manifest_json: String,
    /// The manifest, read.
    pub manifest: Manifest,
    /// The cases that the component carries.
    pub cases: PackCases,
    /// The compiler's version line, and how it came by the standard library.
    pub toolchain: String,
}

/// Builds rule packs.
///
/// The same sources, cases and toolchain give the same bytes, on any machine and in any directory.
/// Packs of one workspace that are built together share the features of their dependencies, as cargo
/// has it; build them alone where that matters.
pub struct Builder<'p> {
    toolchain: Option<Toolchain>,
    target_dir: Option<PathBuf>,
    progress: Box<dyn FnMut(&Progress) + Send + 'p>,
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("toolchain", &self.toolchain)
            .field("target_dir", &self.target_dir)
            .finish_non_exhaustive()
    }
}

impl Default for Builder<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'p> Builder<'p> {
    /// A builder that takes the toolchain from [`TOOLCHAIN_VARIABLE`] or finds one, and says nothing.
    pub fn new() -> Self {
        Self { toolchain: None, target_dir: None, progress: Box::new(|_| ()) }
    }

    /// Forces a way to a compiler, whatever the environment says.
    #[must_use]
    pub fn toolchain(mut self, toolchain: Toolchain) -> Self {
        self.toolchain = Some(toolchain);
        self
    }

    /// Puts components, and below them all that cargo makes, into `dir`; by default
    /// `kycuong-packs` in the workspace's target directory.
    #[must_use]
    pub fn target_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.target_dir = Some(dir.into());
        self
    }

    /// Calls `progress` at each step, while it happens.
    #[must_use]
    pub fn progress(mut self, progress: impl FnMut(&Progress) + Send + 'p) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// Builds the packs whose Cargo.toml are in these directories; answers in the same order.
    ///
    /// Packs of one workspace are compiled by one cargo, in parallel.
    ///
    /// # Errors
    /// When no toolchain is found, a pack does not compile, or it is not what the host would accept.
    pub fn build(&mut self, pack_dirs: &[impl AsRef<Path>]) -> Result<Vec<BuiltPack>, BuildError> {
        let forced =
            self.toolchain.map_or_else(Toolchain::from_environment, |way| Ok(Some(way)))?;
        let mut built = BTreeMap::new();
        for group in self.groups(pack_dirs)? {
            self.build_group(&group, forced, &mut built)?;
        }
        let packs: Vec<BuiltPack> = built.into_values().collect();
        self.publish(packs)
    }

    /// The packs by workspace; each knows its place in the list that was given.
    fn groups(&mut self, pack_dirs: &[impl AsRef<Path>]) -> Result<Vec<Group>, BuildError> {
        let mut groups: Vec<Group> = Vec::new();
        for (place, given) in pack_dirs.iter().enumerate() {
            let given = given.as_ref();
            let dir = fs::canonicalize(given).map_err(|source| file("open", given, source))?;
            let known = groups.iter_mut().find(|group| group.workspace.package_in(&dir).is_some());
            let group = match known {
                Some(group) => group,
                None => {
                    let workspace = Workspace::of(&dir, &mut self.progress)?;
                    groups.push(Group { workspace, packages: Vec::new() });
                    let Some(group) = groups.last_mut() else { continue };
                    group
                }
            };
            let Some(name) = group.workspace.package_in(&dir) else {
                return Err(BuildError::NotAPackage { dir });
            };
            let name = name.to_owned();
            if !group.workspace.builds_module(&dir) {
                return Err(BuildError::NotACdylib { package: name });
            }
            group.packages.push(Package { place, name, dir });
        }
        Ok(groups)
    }

    fn build_group(
        &mut self,
        group: &Group,
        forced: Option<Toolchain>,
        built: &mut BTreeMap<usize, BuiltPack>,
    ) -> Result<(), BuildError> {
        let workspace = &group.workspace;
        let compiler = toolchain::find(forced, &workspace.root, &mut self.progress)?;
        let packs_dir = match &self.target_dir {
            Some(dir) => std::path::absolute(dir).map_err(|source| file("find", dir, source))?,
            None => workspace.target_directory.join(PACKS_DIR),
        };
        let target_dir = packs_dir.join(compiler.directory());
        let names: Vec<String> =
            group.packages.iter().map(|package| package.name.clone()).collect();
        let modules =
            compile::modules(workspace, &names, &compiler, &target_dir, &mut self.progress)?;
        for Package { place, name, dir } in &group.packages {
            let module =
                modules.get(dir).ok_or_else(|| BuildError::NoArtifact { package: name.clone() })?;
            let module = read_bounded(module, MODULE_BYTES_MAX)
                .map_err(|error| file("read", module, error.into()))?;
            let mut component = component::encode(name, &module)?;
            let cases = cases::collect(dir, &component.manifest)?;
            if let Some(json) = cases::section(name, &cases)? {
                component::append(CASES_SECTION, &json, &mut component.bytes);
            }
            let Manifest { pack, version, .. } = &component.manifest;
            let pack = BuiltPack {
                package: name.clone(),
                name: pack.clone(),
                path: packs_dir.join(format!("{pack}-{version}.wasm")),
                digest: base16ct::lower::encode_string(&Sha256::digest(&component.bytes)),
                bytes: component.bytes,
                manifest_json: component.manifest_json,
                manifest: component.manifest,
                cases,
                toolchain: compiler.version.clone(),
            };
            built.insert(*place, pack);
        }
        Ok(())
    }

    /// Writes the components, once all packs are known to be good.
    fn publish(&mut self, packs: Vec<BuiltPack>) -> Result<Vec<BuiltPack>, BuildError> {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for pack in &packs {
            if let Some(first) = seen.insert(&pack.name, &pack.package)
                && first != pack.package
            {
                let (first, second) = (first.to_owned(), pack.package.clone());
                return Err(BuildError::SamePack { pack: pack.name.clone(), first, second });
            }
        }
        for pack in &packs {
            write(&pack.path, &pack.bytes)?;
            (self.progress)(&Progress::Built {
                pack: pack.name.clone(),
                path: pack.path.clone(),
                size: pack.bytes.len(),
                digest: pack.digest.clone(),
            });
        }
        Ok(packs)
    }
}

/// Packs of one workspace.
struct Group {
    workspace: Workspace,
    packages: Vec<Package>,
}

struct Package {
    place: usize,
    name: String,
    dir: PathBuf,
}

/// Writes a file so that a reader sees the old one or the new one, whole.
fn write(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir).map_err(|source| file("create", dir, source))?;
    let written = AtomicWriteFile::open(fs::canonicalize(path).as_deref().unwrap_or(path))
        .and_then(|mut draft| {
            draft.write_all(bytes)?;
            draft.commit()
        });
    written.map_err(|source| file("write", path, source))
}

pub(crate) fn file(action: &'static str, path: &Path, source: io::Error) -> BuildError {
    BuildError::File { action, path: path.to_owned(), source }
}
