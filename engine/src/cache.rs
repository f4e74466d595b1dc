//! Compiled packs on disk, so that a host need not compile at every start. Off unless it is asked for.
//!
//! Compiled code is native code: whoever writes these files runs in the host. So the directory must
//! be the host's own and closed to everybody else, and every file carries a digest made with a
//! secret of the host. A file that fails any check is as good as absent.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use atomic_write_file::AtomicWriteFile;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::LoadError;

/// The digest at the head of each file.
const DIGEST_BYTES: usize = 32;
/// Largest file that is read; compiled code has some ten times the size of the pack.
const FILE_BYTES_MAX: u64 = 512 << 20;

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
    /// elsewhere than in the directory.
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
        // A file that this process creates belongs to it; so must the directory.
        let probe = cache.probe();
        let owner = create_file(&probe).and_then(|file| file.metadata());
        let _ = fs::remove_file(&probe);
        let owner = owner.map_err(|error| refused("it cannot be written", Some(error)))?;
        if !is_private(&metadata, &owner) {
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
        if !metadata.is_file()
            || !is_private(&metadata, &fs::symlink_metadata(&self.directory).ok()?)
        {
            return None;
        }
        let mut content = Vec::new();
        file.take(FILE_BYTES_MAX).read_to_end(&mut content).ok()?;
        let (digest, code) = content.split_at_checked(DIGEST_BYTES)?;
        self.authenticate(key, code).verify_slice(digest).ok()?;
        content.drain(..DIGEST_BYTES);
        Some(content)
    }

    /// Keeps the code of a key; what cannot be written is not kept.
    pub(crate) fn write(&self, key: &[u8; 32], code: &[u8]) {
        let digest = self.authenticate(key, code).finalize().into_bytes();
        let write = || {
            let mut file = replace_file(&self.path(key))?;
            file.write_all(&digest)?;
            file.write_all(code)?;
            file.commit()
        };
        let _ = write();
    }

    fn path(&self, key: &[u8; 32]) -> PathBuf {
        self.directory.join(format!("{}.code", base16ct::lower::encode_string(key)))
    }

    /// A name for a file that is made and removed at once; no two of this process are the same.
    fn probe(&self) -> PathBuf {
        static PROBES: AtomicU64 = AtomicU64::new(0);
        let number = PROBES.fetch_add(1, Ordering::Relaxed);
        self.directory.join(format!("{}-{number}.probe", std::process::id()))
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

#[cfg(unix)]
fn create_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// A file that appears whole, in the place of another one, or not at all.
#[cfg(unix)]
fn replace_file(path: &Path) -> std::io::Result<AtomicWriteFile> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use atomic_write_file::unix::OpenOptionsExt as _;
    AtomicWriteFile::options().preserve_mode(false).mode(0o600).open(path)
}

/// Whether a file or directory has the owner of another and nobody else has any right to it.
#[cfg(unix)]
fn is_private(metadata: &fs::Metadata, owner: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == owner.uid() && metadata.mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn create_private(_: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn create_file(_: &Path) -> std::io::Result<File> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn replace_file(_: &Path) -> std::io::Result<AtomicWriteFile> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
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
}
