//! Compiled packs on disk, so that a host need not compile at every start. Off unless it is asked for.
//!
//! Compiled code is native code: whoever writes these files runs in the host. So the directory must
//! be the host's own and closed to everybody else, and every file carries a digest made with a
//! secret of the host. A file that fails any check is as good as absent.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use kycuong_files::{Access, Replacement, is_private};
use sha2::Sha256;

use crate::error::LoadError;

/// The digest at the head of each file.
const DIGEST_BYTES: usize = 32;
/// Largest file that is read; compiled code has some ten times the size of the pack.
const FILE_BYTES_MAX: u64 = 512 << 20;

/// Most bytes of all files together, the one that was used last excepted. The six packs of this project take
/// some 60 MiB; those of all provinces, in two versions, have room.
const ALL_BYTES_MAX: u64 = 2 << 30;
/// What the files of compiled code end in; those that were not written to the end have more behind it.
const ENDING: &str = ".code";

/// A directory of compiled packs that only this host may write.
pub struct CodeCache {
    directory: PathBuf,
    /// Keyed with the secret.
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for CodeCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeCache").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl CodeCache {
    /// Opens a directory for compiled packs; creates it when it is not there.
    ///
    /// The secret authenticates the files. Hosts that share a directory share the secret; keep it
    /// elsewhere than in the directory. One that cannot be written is read.
    ///
    /// # Errors
    ///
    /// [`LoadError::Cache`] when the directory cannot be created or read, when it is no directory or
    /// a symbolic link, when it belongs to another user or others may enter it, and on systems
    /// without Unix permissions.
    pub fn open(directory: &Path, secret: &[u8]) -> Result<Self, LoadError> {
        let refused = |detail, source| LoadError::Cache {
            directory: directory.display().to_string(),
            detail,
            source,
        };
        create_private(directory).map_err(|error| refused("it cannot be created", Some(error)))?;
        let mac = Hmac::new_from_slice(secret);
        let mac = mac.map_err(|_| refused("its secret cannot be used as a key", None))?;
        let cache = Self { directory: directory.to_owned(), mac };
        let metadata = fs::symlink_metadata(directory)
            .map_err(|error| refused("it cannot be looked at", Some(error)))?;
        if !metadata.is_dir() {
            return Err(refused("it is no directory", None));
        }
        if !is_private(&metadata) {
            return Err(refused(
                "it must belong to this user and be closed to others (mode 0700)",
                None,
            ));
        }
        Ok(cache)
    }

    /// The code of a key, when it is there and was written with this secret.
    pub(crate) fn read(&self, key: &[u8; 32]) -> Option<Vec<u8>> {
        let file = File::open(self.path(key)).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() || !is_private(&metadata) {
            return None;
        }
        let mut content = Vec::new();
        file.take(FILE_BYTES_MAX).read_to_end(&mut content).ok()?;
        let (digest, code) = content.split_at_checked(DIGEST_BYTES)?;
        self.authenticate(key, code).verify_slice(digest).ok()?;
        content.drain(..DIGEST_BYTES);
        self.touch(key);
        Some(content)
    }

    /// Keeps the code of a key; what cannot be written is not kept.
    pub(crate) fn write(&self, key: &[u8; 32], code: &[u8]) {
        let digest = self.authenticate(key, code).finalize().into_bytes();
        let write = || {
            let mut file = Replacement::begin(&self.path(key), Access::Private)?;
            file.write_all(&digest)?;
            file.write_all(code)?;
            file.commit().map_err(std::io::Error::from)
        };
        if write().is_ok() {
            self.bound(ALL_BYTES_MAX);
        }
    }

    /// Remembers that the code of a key was used; where nothing can be written, nothing goes either.
    #[expect(clippy::disallowed_methods, reason = "which code was used last is a matter of time")]
    fn touch(&self, key: &[u8; 32]) {
        let file = File::options().append(true).open(self.path(key));
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
    }

    /// Takes away the files that were used longest ago, until the others fit; the last one stays.
    fn bound(&self, bytes_max: u64) {
        let Ok(entries) = fs::read_dir(&self.directory) else { return };
        let mut files: Vec<(SystemTime, PathBuf, u64)> = entries
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().contains(ENDING))
            .filter_map(|entry| {
                let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((metadata.modified().ok()?, entry.path(), metadata.len()))
            })
            .collect();
        files.sort_unstable();
        let mut all: u64 = files.iter().map(|(.., bytes)| bytes).sum();
        files.pop();
        for (_, path, bytes) in files {
            if all <= bytes_max {
                break;
            }
            let _ = fs::remove_file(path);
            all = all.saturating_sub(bytes);
        }
    }

    fn path(&self, key: &[u8; 32]) -> PathBuf {
        self.directory.join(format!("{}{ENDING}", base16ct::lower::encode_string(key)))
    }

    /// HMAC-SHA-256 of key and code.
    fn authenticate(&self, key: &[u8; 32], code: &[u8]) -> Hmac<Sha256> {
        self.mac.clone().chain_update(key).chain_update(code)
    }
}

#[cfg(unix)]
fn create_private(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    match fs::DirBuilder::new().mode(0o700).create(directory) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    }
}

#[cfg(not(unix))]
fn create_private(_: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn directory(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("kycuong-cache-{name}-{}", std::process::id()))
    }

    #[test]
    fn only_what_was_written_with_the_secret_is_read() {
        let directory = directory("secret");
        let cache = CodeCache::open(&directory, b"secret").unwrap();
        cache.write(&[1; 32], b"code");
        assert_eq!(cache.read(&[1; 32]).as_deref(), Some(b"code".as_slice()));
        assert_eq!(cache.read(&[2; 32]), None);
        assert_eq!(CodeCache::open(&directory, b"other").unwrap().read(&[1; 32]), None);

        fs::copy(cache.path(&[1; 32]), cache.path(&[2; 32])).unwrap();
        assert_eq!(cache.read(&[2; 32]), None, "a file under another's name");
        fs::set_permissions(cache.path(&[1; 32]), fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(cache.read(&[1; 32]), None, "a file that others may read");
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn an_open_directory_is_refused() {
        let directory = directory("open");
        fs::create_dir(&directory).unwrap();
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(CodeCache::open(&directory, b"secret"), Err(LoadError::Cache { .. })));
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let directory = directory("bound");
        let cache = CodeCache::open(&directory, b"secret").unwrap();
        let age = |key: u8, seconds: u64| {
            let file = File::options().append(true).open(cache.path(&[key; 32])).unwrap();
            let then = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            file.set_modified(then).unwrap();
        };
        for key in 1..=4 {
            cache.write(&[key; 32], &[key; 1_000]);
            age(key, u64::from(key));
        }
        // What a host left that was killed while it wrote, and what is none of ours.
        let broken = directory.join(format!(".x{ENDING}.aB3"));
        fs::write(&broken, [0; 1_000]).unwrap();
        File::options()
            .append(true)
            .open(&broken)
            .unwrap()
            .set_modified(SystemTime::UNIX_EPOCH)
            .unwrap();
        fs::write(directory.join("notes.txt"), [0; 9_000]).unwrap();
        assert!(cache.read(&[1; 32]).is_some(), "used now");
        cache.bound(3 * 1_032);
        let kept = |key: u8| cache.path(&[key; 32]).exists();
        assert_eq!([1, 2, 3, 4].map(kept), [true, false, true, true]);
        assert!(!broken.exists() && directory.join("notes.txt").exists());
        cache.bound(0);
        assert_eq!([1, 2, 3, 4].map(kept), [true, false, false, false], "the last one stays");
        fs::remove_dir_all(directory).unwrap();
    }
}
