//! `kycuong verify`: what a file is, its content says: a rule pack has signatures, a report is made again.

use std::fs;

use crate::args::VerifyArguments;
use crate::clock::today;
use crate::error::CommandError;
use crate::packs::PackFile;
use crate::replay::{self, Proof};
use crate::signing;

/// What every WebAssembly file begins with.
const WASM: &[u8] = b"\0asm";

/// Verifies a file.
pub fn run(arguments: &VerifyArguments) -> Result<Proof, CommandError> {
    let path = &arguments.file;
    let bytes = fs::read(path).map_err(CommandError::file("read", path))?;
    if !bytes.starts_with(WASM) {
        return replay::run(&bytes, arguments);
    }
    let trust = arguments.trust.as_ref();
    let trust = trust.ok_or_else(|| CommandError::NoTrustFile { path: path.clone() })?;
    let file = PackFile { path: path.clone(), bytes };
    signing::verify_pack(&file, trust, arguments.on.unwrap_or_else(today), arguments.lang)?;
    Ok(Proof::Holds)
}
