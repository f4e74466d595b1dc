//! `kycuong key` and `sign`: who answers for a rule pack. Nothing here runs one.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kycuong_files::{Access, check_secret, read_bounded, read_text_bounded, replace};
use kycuong_model::date::Date;
use kycuong_trust::{CertificateChain, CertifiedKey, Role, SecretKey, SignedFile};

use crate::args::{KeyCommand, RoleName, SignArguments};
use crate::clock::today;
use crate::error::CommandError;
use crate::output::refuse_inputs;
use crate::packs::PackFile;
use crate::terminal::{print, say};

/// Largest key, certificate chain or signature value, in bytes: 1 MiB; most have a few thousand.
const MATERIAL_BYTES_MAX: u64 = 1 << 20;

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
    let read = [&arguments.key, &arguments.certificate, &arguments.signature];
    let mut read: Vec<&Path> = read.into_iter().flatten().map(PathBuf::as_path).collect();
    if let Some(out) = &arguments.to_be_signed {
        read.push(&arguments.pack);
        refuse_inputs(out, read)?;
    } else {
        refuse_inputs(arguments.output.as_ref().unwrap_or(&arguments.pack), read)?;
    }
    let file = PackFile::read(arguments.pack.clone())?;
    // Nobody should put a name under something that no host would load.
    let manifest = file.describe()?.manifest;
    check_signatures(&file)?;
    let role = role(arguments.role);
    let on = arguments.at.unwrap_or_else(today);
    let (signed, signer) = match &arguments.certificate {
        None => with_key(&file, arguments, role, on)?,
        Some(path) => {
            let chain = read_chain(path, on)?;
            if let Some(out) = &arguments.to_be_signed {
                return ask_token(&file, &chain, arguments, out, (role, on));
            }
            with_certificate(&file, chain, arguments, role, on)?
        }
    };
    let target = arguments.output.as_ref().unwrap_or(&file.path);
    replace(target, &signed, Access::AsBefore)?;
    say(&format!(
        "kycuong: `{}` {} ({}): {} {signer} {on} ({role})",
        manifest.pack,
        manifest.version,
        manifest.jurisdiction.provinces.join(", "),
        role.title_vi(),
    ));
    Ok(())
}

/// Whoever signs beside others signs what they signed.
fn check_signatures(file: &PackFile) -> Result<(), CommandError> {
    let SignedFile { content, signatures } =
        SignedFile::read(&file.bytes).map_err(unsigned(file))?;
    let unfit = signatures.iter().filter(|one| !one.fits(content));
    let unfit = unfit.map(|one| {
        let name = one.subject().unwrap_or_else(|| one.key.to_string());
        format!("`{name}` ({})", one.role)
    });
    let signers = unfit.collect::<Vec<_>>().join(", ");
    if signers.is_empty() {
        return Ok(());
    }
    Err(CommandError::AlteredSinceSigned { path: file.path.clone(), signers })
}

/// The signed file, and who signed it.
type Signed = (Vec<u8>, String);

fn with_key(
    file: &PackFile,
    arguments: &SignArguments,
    role: Role,
    on: Date,
) -> Result<Signed, CommandError> {
    let key = read_key(arguments.key.as_deref().ok_or(CommandError::NoKey)?)?;
    let read = SignedFile::read(&file.bytes).map_err(unsigned(file))?;
    let signed = read.sign(&key, role, on).write().map_err(unsigned(file))?;
    Ok((signed, key.id().to_string()))
}

fn with_certificate(
    file: &PackFile,
    chain: CertificateChain,
    arguments: &SignArguments,
    role: Role,
    on: Date,
) -> Result<Signed, CommandError> {
    let signer = format!("{} ({})", chain.subject(), chain.id());
    let signed = match (&arguments.signature, &arguments.key) {
        (Some(path), _) => {
            let value =
                read_bounded(path, MATERIAL_BYTES_MAX).map_err(CommandError::file("read", path))?;
            SignedFile::read(&file.bytes)
                .and_then(|read| read.attach(chain.der(), role, on, &value)?.write())
        }
        (None, Some(path)) => {
            let pem = read_secret(path)?;
            let key = CertifiedKey::from_pem(&pem, chain);
            let wrong = |source| CommandError::Key { path: path.clone(), source };
            key.map_err(wrong)?.sign(&file.bytes, role, on)
        }
        (None, None) => return Err(CommandError::NoKey),
    };
    Ok((signed.map_err(unsigned(file))?, signer))
}

/// Writes what a token has to sign, and says what to do with it.
fn ask_token(
    file: &PackFile,
    chain: &CertificateChain,
    arguments: &SignArguments,
    out: &Path,
    (role, on): (Role, Date),
) -> Result<(), CommandError> {
    let content = SignedFile::read(&file.bytes).map_err(unsigned(file))?.content;
    let text = kycuong_trust::statement(content, role, &chain.id(), on);
    replace(out, text.as_bytes(), Access::AsBefore)?;
    let wrong = |path: &Path, source| CommandError::Certificate { path: path.to_owned(), source };
    let certificate = arguments.certificate.as_deref().unwrap_or(Path::new(""));
    say(&format!(
        "kycuong: nội dung cần ký ở `{}`; ký bằng thiết bị của {} ({}), rồi chạy \
         (sign it with the token, then run):\n  kycuong sign '{}' --certificate '{}' --role {role} --at {on} --signature FILE",
        out.display(),
        chain.subject(),
        chain.algorithm().map_err(|source| wrong(certificate, source))?,
        file.path.display(),
        certificate.display(),
    ));
    Ok(())
}

fn unsigned(file: &PackFile) -> impl Fn(kycuong_trust::SectionError) -> CommandError + use<> {
    let path = file.path.clone();
    move |source| CommandError::Sign { path: path.clone(), source }
}

fn role(name: RoleName) -> Role {
    match name {
        RoleName::Author => Role::Author,
        RoleName::LegalReviewer => Role::LegalReviewer,
        RoleName::Approver => Role::Approver,
    }
}

/// A private key as PEM, when nobody but its owner may read it. A certificate is nobody's secret, and is
/// told for what it is by whoever reads it.
fn read_secret(path: &Path) -> Result<String, CommandError> {
    let pem = read_text_bounded(path, MATERIAL_BYTES_MAX);
    let pem = pem.map_err(CommandError::file("read", path))?;
    if pem.contains("PRIVATE KEY") {
        check_secret(path)?;
    }
    Ok(pem)
}

fn read_key(path: &Path) -> Result<SecretKey, CommandError> {
    let pem = read_secret(path)?;
    SecretKey::from_pem(&pem).map_err(|source| CommandError::Key { path: path.to_owned(), source })
}

/// A certificate that could sign on a day, with its issuers.
fn read_chain(path: &Path, on: Date) -> Result<CertificateChain, CommandError> {
    let bytes = read_bounded(path, MATERIAL_BYTES_MAX).map_err(CommandError::file("read", path))?;
    let wrong = |source| CommandError::Certificate { path: path.to_owned(), source };
    let chain = CertificateChain::read(&bytes).map_err(wrong)?;
    chain.check(on).map_err(wrong)?;
    Ok(chain)
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
