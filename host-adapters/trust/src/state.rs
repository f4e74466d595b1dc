//! The highest version seen of each pack, in a file that is replaced whole and never goes down.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use atomic_write_file::AtomicWriteFile;
#[cfg(unix)]
use atomic_write_file::unix::OpenOptionsExt as _;
use kycuong_engine::trust::Verification;
use kycuong_files::read_bounded;
use semver::Version;
use serde::{Deserialize, Serialize};

/// The version of the file.
const FORMAT: u32 = 1;
/// Largest file; one pack takes some 150 bytes.
const FILE_BYTES_MAX: u64 = 16 << 20;
/// Files that only the host's user reads and writes.
#[cfg(unix)]
const PRIVATE: u32 = 0o600;

/// Why versions cannot be remembered, or may not go into force.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file cannot be read or written.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not what this crate writes.
    #[error(
        "`{}` does not hold the versions that were seen: {detail}; bring it back from a copy (without it every version is forgotten)",
        path.display()
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// A version is lower than one that was seen.
    #[error("`{pack}` {version} is lower than {highest}, which was in force here before")]
    Lower {
        /// The pack.
        pack: String,
        /// Its version.
        version: String,
        /// The highest version seen.
        highest: String,
    },
    /// A version was seen with another content.
    #[error(
        "`{pack}` {version} is not the `{pack}` {version} that was in force here before: {content} is signed now, {seen} was then"
    )]
    Other {
        /// The pack.
        pack: String,
        /// Its version.
        version: String,
        /// The digest of what is signed now.
        content: String,
        /// The digest of what was seen.
        seen: String,
    },
}

kycuong_model::error_codes!(StateError {
    File => "file",
    Content => "unsound-state",
    Lower => "lower-version",
    Other => "other-content",
});

/// The highest versions seen, by pack.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    format: u32,
    packs: BTreeMap<String, SeenPack>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenPack {
    version: Version,
    /// The digest of the file without its signatures.
    content: String,
}

/// The file with the highest versions.
#[derive(Clone, Debug)]
pub(crate) struct State {
    path: PathBuf,
}

impl State {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Whether a version may go into force.
    pub(crate) fn check(
        &self,
        pack: &str,
        version: &Version,
        content: &str,
    ) -> Result<(), StateError> {
        self.read()?.check(pack, version, content)
    }

    /// Remembers versions; those that the operator let go down leave the higher one standing.
    pub(crate) fn remember(&self, packs: &[Verification]) -> Result<(), StateError> {
        // Two hosts may share the file: between reading and replacing it, nobody else does either.
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        options.mode(PRIVATE);
        let held = options.create(true).append(true).open(self.lock_path());
        let held = held.and_then(|file| file.lock().map(|()| file));
        let _held = held.map_err(self.file_error("lock"))?;
        let mut seen = self.read()?;
        let mut changed = false;
        for pack in packs.iter().filter(|pack| pack.rollback.is_none()) {
            let version = Version::parse(&pack.version).map_err(|error| StateError::Content {
                path: self.path.clone(),
                detail: error.to_string(),
            })?;
            seen.check(&pack.pack, &version, &pack.content)?;
            let now = SeenPack { version, content: pack.content.clone() };
            let before = seen.packs.get(&pack.pack);
            if before.is_none_or(|before| before.version != now.version) {
                seen.packs.insert(pack.pack.clone(), now);
                changed = true;
            }
        }
        if changed { self.replace(&seen) } else { Ok(()) }
    }

    fn read(&self) -> Result<Seen, StateError> {
        let text = match read_bounded(&self.path, FILE_BYTES_MAX) {
            Err(error) if error.is_not_found() => {
                return Ok(Seen { format: FORMAT, packs: BTreeMap::new() });
            }
            text => text.map_err(|error| self.file_error("read")(error.into()))?,
        };
        let content = |detail: String| StateError::Content { path: self.path.clone(), detail };
        let seen: Seen =
            serde_json::from_slice(&text).map_err(|error| content(error.to_string()))?;
        if seen.format == FORMAT {
            Ok(seen)
        } else {
            Err(content(format!("it has the format {}, this version reads {FORMAT}", seen.format)))
        }
    }

    /// After a power loss the old file or the new one is there, whole.
    fn replace(&self, seen: &Seen) -> Result<(), StateError> {
        let mut json = serde_json::to_vec_pretty(seen).map_err(|error| StateError::Content {
            path: self.path.clone(),
            detail: error.to_string(),
        })?;
        json.push(b'\n');
        let mut options = AtomicWriteFile::options();
        #[cfg(unix)]
        options.mode(PRIVATE).preserve_mode(false);
        let written = options.open(&self.path).and_then(|mut file| {
            file.write_all(&json)?;
            file.commit()
        });
        written.map_err(self.file_error("write"))
    }

    /// The file that is held while this one is replaced; its whole name stays in it, so that it is
    /// nobody else's.
    fn lock_path(&self) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".lock");
        PathBuf::from(name)
    }

    fn file_error(&self, action: &'static str) -> impl Fn(std::io::Error) -> StateError + use<> {
        let path = self.path.clone();
        move |source| StateError::File { action, path: path.clone(), source }
    }
}

impl Seen {
    fn check(&self, pack: &str, version: &Version, content: &str) -> Result<(), StateError> {
        let Some(seen) = self.packs.get(pack) else { return Ok(()) };
        if version.cmp_precedence(&seen.version).is_lt() {
            return Err(StateError::Lower {
                pack: pack.to_owned(),
                version: version.to_string(),
                highest: seen.version.to_string(),
            });
        }
        if version.cmp_precedence(&seen.version).is_eq() && content != seen.content {
            return Err(StateError::Other {
                pack: pack.to_owned(),
                version: version.to_string(),
                content: content.to_owned(),
                seen: seen.content.clone(),
            });
        }
        Ok(())
    }
}
