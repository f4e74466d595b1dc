//! `kycuong verify`: what a file is, its content says: a rule pack has signatures, a report is made again.

use std::fmt::Write as _;

use kycuong_files::read_bounded;
use kycuong_trust::{Signature, SignedFile};

use crate::args::VerifyArguments;
use crate::clock::today;
use crate::error::CommandError;
use crate::packs::PackFile;
use crate::replay::{self, VerifyResult};
use crate::terminal::print;
use crate::trust::trust_store;

/// Largest file that is verified, in bytes: 512 MiB. A report has some 50 kB, and a list may have those of
/// some thousand submissions.
const REPORT_BYTES_MAX: u64 = 512 << 20;

/// What every WebAssembly file begins with.
const WASM: &[u8] = b"\0asm";

/// Verifies a file.
pub fn run(arguments: &VerifyArguments) -> Result<VerifyResult, CommandError> {
    let path = &arguments.file;
    let bytes = read_bounded(path, REPORT_BYTES_MAX).map_err(CommandError::file("read", path))?;
    if !bytes.starts_with(WASM) {
        return replay::run(&bytes, arguments);
    }
    verify_pack(&PackFile { path: path.clone(), bytes }, arguments)?;
    Ok(VerifyResult::Holds)
}

/// Says who signed a pack, and whether that is enough.
fn verify_pack(file: &PackFile, arguments: &VerifyArguments) -> Result<(), CommandError> {
    let Some(trust) = &arguments.trust else {
        return Err(CommandError::NoTrustFile { path: file.path.clone() });
    };
    let description = file.describe()?;
    let store = trust_store(trust, arguments.on.unwrap_or_else(today))?;
    let verified = store
        .verify_pack(&description, &file.bytes)
        .map_err(Box::new)
        .map_err(|source| CommandError::Untrusted { path: file.path.clone(), source })?;
    let label = |vi, en| arguments.lang.pick(vi, en);
    let mut text = format!(
        "{} {}: {}\n  {}  {}\n",
        verified.pack,
        verified.version,
        label("đủ chữ ký theo tệp tin cậy", "signed as the trust file asks"),
        label("nội dung được ký", "signed content"),
        verified.content,
    );
    let signatures = SignedFile::read(&file.bytes)
        .map_err(|source| CommandError::Signatures { path: file.path.clone(), source })?
        .signatures;
    for signature in signatures.iter() {
        let (name, owner) = store.owner(signature).unwrap_or_default();
        let Signature { role, key, on, .. } = signature;
        let title = arguments.lang.pick(role.title_vi(), role.code());
        let counted = verified.signers.iter().any(|signer| {
            (signer.role.as_str(), signer.on) == (role.code(), *on) && signer.key == key.to_string()
        });
        let note =
            if counted { "" } else { label("  (không được tính)", "  (does not count)") };
        let _ = writeln!(text, "  {on}  {title}  {name}  {owner}  {key}{note}");
    }
    print(&text).map_err(|source| CommandError::Output { source })
}
