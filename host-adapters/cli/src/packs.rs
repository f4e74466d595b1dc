//! Which pack files a command works on.

use std::env;
use std::path::{Path, PathBuf};

use kycuong_engine::BuildError;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::pack_folder::PackFolder;
use kycuong_files::read_bounded;

use crate::args::{PackArguments, SetArguments};
use crate::error::CommandError;
use crate::terminal::say_ignored;

/// The folder of packs, when neither option names one.
const PACKS_VARIABLE: &str = "KYCUONG_PACKS";

/// Where builds put packs, below a workspace's target directory.
const BUILT_PACKS: &str = "kycuong-packs";

/// A pack file, read.
pub struct PackFile {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

impl PackFile {
    pub fn read(path: PathBuf) -> Result<Self, CommandError> {
        let bytes = read_bounded(&path, Limits::default().pack_bytes_max as u64);
        let bytes = bytes.map_err(CommandError::file("read", &path))?;
        Ok(Self { path, bytes })
    }

    /// What it says of itself; it is neither compiled nor run.
    pub fn describe(&self) -> Result<PackDescription, CommandError> {
        PackDescription::read(&self.bytes, &Limits::default())
            .map_err(|source| CommandError::Load { path: self.path.clone(), source })
    }
}

/// The packs that the options name, else those of the environment, else those built last.
pub fn find(arguments: &PackArguments) -> Result<Vec<PathBuf>, CommandError> {
    let mut paths = arguments.pack.clone();
    if let Some(folder) = &arguments.packs {
        paths.extend(packs_in(folder)?);
    }
    if paths.is_empty() { by_default() } else { Ok(paths) }
}

/// The packs that are named one by one or by their folders, else those of the environment, else
/// those built last.
pub fn of_set(arguments: &SetArguments) -> Result<Vec<PathBuf>, CommandError> {
    let mut paths = Vec::new();
    for path in &arguments.packs {
        if path.is_dir() { paths.extend(packs_in(path)?) } else { paths.push(path.clone()) }
    }
    if paths.is_empty() { by_default() } else { Ok(paths) }
}

fn by_default() -> Result<Vec<PathBuf>, CommandError> {
    match env::var_os(PACKS_VARIABLE).filter(|value| !value.is_empty()) {
        Some(folder) => packs_in(Path::new(&folder)),
        None => packs_in(&built_packs().ok_or(CommandError::NoPacks)?),
    }
}

/// The packs of a folder, sorted by name; at least one. What else is there is named.
fn packs_in(folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    match PackFolder::list(folder) {
        Ok(PackFolder { packs, ignored, .. }) => {
            say_ignored(folder, &ignored, "*.wasm");
            Ok(packs)
        }
        Err(empty @ BuildError::EmptyDirectory { .. }) => Err(CommandError::NoPacksIn { empty }),
        Err(BuildError::Read { source, .. }) => Err(CommandError::file("read", folder)(source)),
        Err(error) => Err(error.into()),
    }
}

/// Where packs were built in the workspace at hand: the nearest folder above that has some.
fn built_packs() -> Option<PathBuf> {
    let chosen = env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let here = env::current_dir().ok()?;
    let above = here.ancestors().map(|folder| folder.join("target"));
    let mut folders = chosen.into_iter().chain(above).map(|target| target.join(BUILT_PACKS));
    folders.find(|folder| PackFolder::list(folder).is_ok())
}
