//! `kycuong build`: rule packs from source; the lines of the compiler show that it is alive.

use std::fmt::Write as _;
use std::path::PathBuf;

use kycuong_pack_builder::{Builder, BuiltPack, Progress};

use crate::error::CommandError;
use crate::terminal::{print, say};

/// Builds packs and says where they are.
pub fn run(dirs: &[PathBuf]) -> Result<(), CommandError> {
    let mut text = String::new();
    for pack in build(dirs)? {
        let _ = writeln!(text, "{}  {} {}", pack.path.display(), pack.name, pack.manifest.version);
        let _ = writeln!(text, "  sha256:{}  {} bytes", pack.digest, pack.bytes.len());
    }
    print(&text).map_err(|source| CommandError::Output { source })
}

/// Builds packs; what cargo and the compiler write passes by on standard error, line by line.
pub fn build(dirs: &[PathBuf]) -> Result<Vec<BuiltPack>, CommandError> {
    Ok(Builder::new().progress(show).build(dirs)?)
}

fn show(step: &Progress) {
    match step {
        // The result is printed when all packs are good.
        Progress::Built { .. } => {}
        Progress::Line(line) if line.trim().is_empty() => {}
        _ => say(&step.to_string()),
    }
}
