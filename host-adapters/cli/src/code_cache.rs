//! Where the command line keeps compiled packs, so that the second check starts at once.
//!
//! Compiled code is native code, so the folder is closed to others and each file is authenticated
//! with a secret of this user ([`kycuong_engine::cache`]). Nothing here changes a report: without a
//! usable folder every start compiles.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{env, io};

use kycuong_engine::EngineBuilder;
use kycuong_engine::cache::CodeCache;
use kycuong_files::read_bounded;

use crate::terminal::say;

/// The folder, or `off`.
const CACHE_VARIABLE: &str = "KYCUONG_CACHE";
/// The secret's length: the output of the digest that it goes into.
const SECRET_BYTES: usize = 32;
/// Most of a file that is read to see whether it is such a secret, in bytes.
const SECRET_FILE_BYTES_MAX: u64 = 4 << 10;

/// Lets a builder keep compiled packs, when there is a place for them.
pub fn keep_code(builder: EngineBuilder) -> EngineBuilder {
    let Some((folder, asked_for)) = folder() else { return builder };
    let opened = secret(&folder).map_err(|error| error.to_string()).and_then(|secret| {
        let code = folder.join("code");
        CodeCache::open(&code, &secret).map_err(|error| error.to_string())?;
        Ok((code, secret))
    });
    match opened {
        Ok((code, secret)) => builder.cache_dir(code, &secret),
        Err(error) => {
            if asked_for {
                say(&format!(
                    "kycuong: không lưu được mã đã biên dịch vào `{0}` (compiled packs are not kept in `{0}`): {error}",
                    folder.display()
                ));
            }
            builder
        }
    }
}

/// The folder, and whether somebody asked for this one.
fn folder() -> Option<(PathBuf, bool)> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    match set(CACHE_VARIABLE) {
        Some(off) if off.as_os_str() == "off" => None,
        Some(folder) => Some((folder, true)),
        None => {
            let caches =
                set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))?;
            Some((caches.join("kycuong"), false))
        }
    }
}

/// This user's secret: made once, readable by nobody else, and not in the folder that it protects.
#[cfg(unix)]
fn secret(folder: &Path) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let path = folder.join("secret");
    let mut random = vec![0; SECRET_BYTES];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    // Written whole under another name first: another start may look at any moment.
    let draft = folder.join(format!("secret-{}.partial", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let linked = file.write_all(&random).and_then(|()| fs::hard_link(&draft, &path));
    let _ = fs::remove_file(&draft);
    match linked {
        Ok(()) => Ok(random),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let secret = read_bounded(&path, SECRET_FILE_BYTES_MAX)?;
            if secret.len() == SECRET_BYTES {
                return Ok(secret);
            }
            Err(io::Error::new(ErrorKind::InvalidData, "the secret in it is broken; delete it"))
        }
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn secret(_: &Path) -> io::Result<Vec<u8>> {
    Err(ErrorKind::Unsupported.into())
}
