//! `kycuong key`, `sign` and `verify-pack`: who answers for a rule pack. Nothing here runs one.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kycuong_engine::trust::Signer;
use kycuong_trust::{Role, SecretKey, TrustStore};

use crate::args::{KeyCommand, Language, RoleName, SignArguments, VerifyPackArguments};
use crate::clock::today;
use crate::error::CommandError;
use crate::packs::PackFile;
use crate::terminal::{print, say};
use crate::words::pick;

/// Makes or shows a key; what is printed is the id alone, for scripts and trust files.
pub fn key(command: &KeyCommand) -> Result<(), CommandError> {
    let key = match command {
        KeyCommand::New { out } => {
            let key = SecretKey::generate().map_err(|source| CommandError::NewKey { source })?;
            let pem = key.to_pem().map_err(|source| CommandError::NewKey { source })?;
            write_private(out, pem.as_bytes())?;
            say(&format!(
                "kycuong: khóa bí mật ở `{}`, không gửi cho ai (the private key; give it to nobody)",
                out.display()
            ));
            key
        }
        KeyCommand::Show { key } => read_key(key)?,
    };
    print(&format!("{}\n", key.id())).map_err(|source| CommandError::Output { source })
}

/// Adds a signature to a pack.
pub fn sign(arguments: &SignArguments) -> Result<(), CommandError> {
    let file = PackFile::read(arguments.pack.clone())?;
    // Nobody should put a name under something that no host would load.
    let manifest = file.describe()?.manifest;
    let key = read_key(&arguments.key)?;
    let role = role(arguments.role);
    let on = arguments.at.unwrap_or_else(today);
    let signed = kycuong_trust::sign(&file.bytes, &key, role, on)
        .map_err(|source| CommandError::Sign { path: file.path.clone(), source })?;
    let target = arguments.output.as_ref().unwrap_or(&file.path);
    replace(target, &signed)?;
    say(&format!(
        "kycuong: `{}` {} ({}): {} {} {on} ({role})",
        manifest.pack,
        manifest.version,
        manifest.jurisdiction.provinces.join(", "),
        role.title_vi(),
        key.id(),
    ));
    Ok(())
}

/// Says who signed a pack, and whether that is enough.
pub fn verify_pack(arguments: &VerifyPackArguments) -> Result<(), CommandError> {
    let file = PackFile::read(arguments.pack.clone())?;
    let description = file.describe()?;
    let store = TrustStore::open(&arguments.trust, arguments.on.unwrap_or_else(today))?;
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
    for Signer { role, key, on } in &verified.signers {
        let (name, owner) = store.owner(key).unwrap_or_default();
        let title = Role::ALL.into_iter().find(|one| one.code() == role);
        let title = match (title, arguments.lang) {
            (Some(one), Language::Vi) => one.title_vi(),
            _ => role,
        };
        let _ = writeln!(text, "  {on}  {title}  {name}  {owner}  {key}");
    }
    print(&text).map_err(|source| CommandError::Output { source })
}

fn role(name: RoleName) -> Role {
    match name {
        RoleName::Author => Role::Author,
        RoleName::LegalReviewer => Role::LegalReviewer,
        RoleName::Approver => Role::Approver,
    }
}

fn read_key(path: &Path) -> Result<SecretKey, CommandError> {
    let pem = fs::read_to_string(path).map_err(CommandError::file("read", path))?;
    SecretKey::from_pem(&pem).map_err(|source| CommandError::Key { path: path.to_owned(), source })
}

/// A new file that nobody else reads, from its first byte on.
fn write_private(path: &Path, content: &[u8]) -> Result<(), CommandError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(CommandError::Exists { path: path.to_owned() })
        }
        opened => opened
            .and_then(|mut file| {
                file.write_all(content)?;
                file.sync_all()
            })
            .map_err(CommandError::file("write", path)),
    }
}

/// The whole new file or the whole old one, whatever happens between.
fn replace(path: &Path, content: &[u8]) -> Result<(), CommandError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    fs::write(&partial, content)
        .and_then(|()| fs::rename(&partial, path))
        .map_err(CommandError::file("write", path))
}
