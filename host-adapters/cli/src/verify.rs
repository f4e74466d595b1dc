//! `kycuong verify`: whether a file is what it says it is. What kind of file it is, its content tells.

use std::fmt::Write as _;

use kycuong_trust::{Signature, SignedFile, TrustStore};

use crate::args::VerifyArguments;
use crate::clock::today;
use crate::error::CommandError;
use crate::packs::PackFile;
use crate::terminal::print;
use crate::words::pick;

/// Verifies one file.
pub fn run(arguments: &VerifyArguments) -> Result<(), CommandError> {
    let file = PackFile::read(arguments.file.clone())?;
    match Kind::of(&file.bytes) {
        Kind::Pack => pack(&file, arguments),
        Kind::Other => Err(CommandError::NothingToVerify { path: file.path }),
    }
}

/// What a file is.
enum Kind {
    /// WebAssembly: a rule pack.
    Pack,
    Other,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"\0asm") { Self::Pack } else { Self::Other }
    }
}

/// Says who signed a pack, and whether that is enough.
fn pack(file: &PackFile, arguments: &VerifyArguments) -> Result<(), CommandError> {
    let Some(trust) = &arguments.trust else {
        return Err(CommandError::NoTrustFile { path: file.path.clone() });
    };
    let description = file.describe()?;
    let store = TrustStore::open(trust, arguments.on.unwrap_or_else(today))?;
    let verified = store
        .verify_pack(&description, &file.bytes)
        .map_err(Box::new)
        .map_err(|source| CommandError::Untrusted { path: file.path.clone(), source })?;
    let label = |vi, en| pick(arguments.lang, vi, en);
    let mut text = format!(
        "{} {}: {}\n",
        verified.pack,
        verified.version,
        label("đủ chữ ký theo tệp tin cậy", "signed as the trust file asks")
    );
    let signatures = SignedFile::read(&file.bytes)
        .map_err(|source| CommandError::Signatures { path: file.path.clone(), source })?
        .signatures;
    for signature in signatures.iter() {
        let (name, owner) = store.owner(signature).unwrap_or_default();
        let Signature { role, key, on, .. } = signature;
        let title = pick(arguments.lang, role.title_vi(), role.code());
        let _ = writeln!(text, "  {on}  {title}  {name}  {owner}  {key}");
    }
    print(&text).map_err(|source| CommandError::Output { source })
}
