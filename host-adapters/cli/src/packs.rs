//! Which pack files a command works on.

use std::path::{Path, PathBuf};
use std::{env, fs};

use kycuong_engine::limits::Limits;
use kycuong_engine::pack::PackDescription;

use crate::args::{PackArguments, SetArguments};
use crate::error::CommandError;

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
        let bytes = fs::read(&path).map_err(CommandError::file("read", &path))?;
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
        None => built_packs().ok_or(CommandError::NoPacks),
    }
}

/// The packs of a folder, sorted by name; at least one.
fn packs_in(folder: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let packs = files_in(folder, "wasm").map_err(CommandError::file("read", folder))?;
    if packs.is_empty() {
        Err(CommandError::NoPacksIn { folder: folder.to_owned() })
    } else {
        Ok(packs)
    }
}

/// The packs that were built in the workspace at hand: the nearest folder above that has some.
fn built_packs() -> Option<Vec<PathBuf>> {
    let chosen = env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let here = env::current_dir().ok()?;
    let above = here.ancestors().map(|folder| folder.join("target"));
    chosen.into_iter().chain(above).find_map(|target| {
        let packs = files_in(&target.join(BUILT_PACKS), "wasm").ok()?;
        (!packs.is_empty()).then_some(packs)
    })
}

/// The files of a folder with an extension, sorted by name.
pub fn files_in(folder: &Path, extension: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == extension) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
