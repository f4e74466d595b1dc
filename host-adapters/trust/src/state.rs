//! The highest version seen of each pack, in a file that is replaced whole and never goes down.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use kycuong_engine::trust::Verification;
use kycuong_files::{
    Access, Exposure, FileError, ReadError, check_trusted, read_bounded, real_path, replace,
};
use kycuong_model::jurisdiction::NATION;
use semver::Version;
use serde::{Deserialize, Serialize};

/// The version of the file. The first one did not tell for which jurisdictions a pack was; it is read, and
/// its packs are those of any.
const FORMAT: u32 = 2;
const FORMAT_WITHOUT_JURISDICTIONS: u32 = 1;
/// Largest file; one pack takes some 200 bytes.
const FILE_BYTES_MAX: u64 = 16 << 20;
/// Files that only the host's user reads and writes.
#[cfg(unix)]
const PRIVATE: u32 = 0o600;

/// Why versions cannot be remembered, or may not become active.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file cannot be read, or is too large.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// The file cannot be written, is no file, or everybody's to change.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is a link to nothing. What was seen is lost, or was never there: only the operator knows.
    #[error(
        "`{}` is a link to `{}`, where there is no file, so the versions that were seen are lost: bring them back from a copy; before the first start, write {{\"format\":{FORMAT},\"packs\":{{}}}} there",
        path.display(),
        target.display()
    )]
    Lost {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
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
    #[error("`{pack}` {version} is lower than {highest}, which was active here before")]
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
        "`{pack}` {version} is not the `{pack}` {version} that was active here before: {content} is signed now, {seen} was then"
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
    /// A pack has the id of another one.
    #[error(
        "`{pack}` was active here for {seen}, this one is for {jurisdictions}: give it another id, or, when the id is its own from now on, list it under `packs` of its scope in the trust file"
    )]
    OtherJurisdictions {
        /// The id.
        pack: String,
        /// For which jurisdictions the pack is now.
        jurisdictions: String,
        /// For which it was.
        seen: String,
    },
}

kycuong_model::error_codes!(StateError {
    Read => "unreadable-state",
    File => "file",
    Lost => "lost-state",
    Content => "unsound-state",
    Lower => "lower-version",
    Other => "other-content",
    OtherJurisdictions => "other-jurisdictions",
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
    /// For which it was; none when the file was written before that was noted.
    #[serde(default)]
    jurisdictions: Vec<String>,
}

/// A pack that may become active.
pub(crate) struct Candidate<'a> {
    pub(crate) pack: &'a str,
    pub(crate) version: &'a Version,
    pub(crate) content: &'a str,
    pub(crate) jurisdictions: &'a [String],
}

/// Whether a pack of an id may still be for some jurisdictions, by the trust file of today.
pub(crate) trait Holders {
    fn may_be_for(&self, pack: &str, jurisdictions: &[String]) -> bool;
}

/// The file with the highest versions.
#[derive(Clone, Debug)]
pub(crate) struct State {
    path: PathBuf,
}

impl State {
    /// Names the file; beside it, who else may change it.
    ///
    /// # Errors
    /// [`StateError`] for a link to nothing, what is no file, and what everybody may write.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, Vec<Exposure>), StateError> {
        let state = Self { path };
        state.real()?;
        let exposures = check_trusted(&state.path)?;
        Ok((state, exposures))
    }

    /// Whether a version may become active.
    pub(crate) fn check(
        &self,
        candidate: &Candidate<'_>,
        holders: &dyn Holders,
    ) -> Result<(), StateError> {
        let path = self.real()?;
        Seen::read(&path)?.check(candidate, holders)
    }

    /// Remembers versions, all or none; those that the operator let go down leave the higher one standing.
    pub(crate) fn remember(
        &self,
        packs: &[Verification],
        holders: &dyn Holders,
    ) -> Result<(), StateError> {
        // Behind links, so that two hosts that name it differently hold one lock and write one file.
        let path = self.real()?;
        // Between reading and replacing it, nobody else does either.
        let _held = lock(&path)?;
        let mut seen = Seen::read(&path)?;
        let mut changed = false;
        for pack in packs.iter().filter(|pack| pack.rollback.is_none()) {
            let version = Version::parse(&pack.version).map_err(|error| StateError::Content {
                path: path.clone(),
                detail: error.to_string(),
            })?;
            let candidate = Candidate {
                pack: &pack.pack,
                version: &version,
                content: &pack.content,
                jurisdictions: &pack.jurisdictions,
            };
            seen.check(&candidate, holders)?;
            changed |= seen.add(candidate);
        }
        if changed { seen.write(&path) } else { Ok(()) }
    }

    /// Where the file really is.
    fn real(&self) -> Result<PathBuf, StateError> {
        real_path(&self.path).map_err(|error| match error {
            FileError::Dangling { path, target } => StateError::Lost { path, target },
            error => error.into(),
        })
    }
}

/// Holds the file beside a file until it is dropped. The whole name stays in its name, so that it is nobody
/// else's.
fn lock(path: &Path) -> Result<std::fs::File, FileError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    options.mode(PRIVATE);
    let held = options.create(true).append(true).open(name);
    let held = held.and_then(|file| file.lock().map(|()| file));
    held.map_err(|source| FileError::System { action: "lock", path: path.to_owned(), source })
}

impl Seen {
    fn read(path: &Path) -> Result<Self, StateError> {
        check_trusted(path)?;
        let text = match read_bounded(path, FILE_BYTES_MAX) {
            Err(error) if error.is_not_found() => {
                return Ok(Self { format: FORMAT, packs: BTreeMap::new() });
            }
            text => text.map_err(|source| StateError::Read { path: path.to_owned(), source })?,
        };
        let content = |detail: String| StateError::Content { path: path.to_owned(), detail };
        let seen: Self =
            serde_json::from_slice(&text).map_err(|error| content(error.to_string()))?;
        if [FORMAT, FORMAT_WITHOUT_JURISDICTIONS].contains(&seen.format) {
            Ok(Self { format: FORMAT, ..seen })
        } else {
            Err(content(format!("it has the format {}, this version reads {FORMAT}", seen.format)))
        }
    }

    /// After a power loss the old file or the new one is there, whole.
    fn write(&self, path: &Path) -> Result<(), StateError> {
        let mut json = serde_json::to_vec_pretty(self).map_err(|error| StateError::Content {
            path: path.to_owned(),
            detail: error.to_string(),
        })?;
        json.push(b'\n');
        Ok(replace(path, &json, Access::Private)?)
    }

    fn check(&self, one: &Candidate<'_>, holders: &dyn Holders) -> Result<(), StateError> {
        let Some(seen) = self.packs.get(one.pack) else { return Ok(()) };
        if !seen.is_of(one.jurisdictions) {
            if gives_way(seen, one, holders) {
                return Ok(());
            }
            return Err(StateError::OtherJurisdictions {
                pack: one.pack.to_owned(),
                jurisdictions: one.jurisdictions.join(", "),
                seen: seen.jurisdictions.join(", "),
            });
        }
        if one.version.cmp_precedence(&seen.version).is_lt() {
            return Err(StateError::Lower {
                pack: one.pack.to_owned(),
                version: one.version.to_string(),
                highest: seen.version.to_string(),
            });
        }
        if one.version.cmp_precedence(&seen.version).is_eq() && one.content != seen.content {
            return Err(StateError::Other {
                pack: one.pack.to_owned(),
                version: one.version.to_string(),
                content: one.content.to_owned(),
                seen: seen.content.clone(),
            });
        }
        Ok(())
    }

    /// Notes a pack that was checked; whether that changed anything.
    fn add(&mut self, one: Candidate<'_>) -> bool {
        let Candidate { pack, version, content, jurisdictions } = one;
        let before = self.packs.get(pack);
        let same = before.is_some_and(|before| {
            before.version == *version && before.jurisdictions == jurisdictions
        });
        if !same {
            let (version, content) = (version.clone(), content.to_owned());
            let jurisdictions = jurisdictions.to_vec();
            self.packs.insert(pack.to_owned(), SeenPack { version, content, jurisdictions });
        }
        !same
    }
}

impl SeenPack {
    /// Whether it is the pack of some jurisdictions: of one of them at least.
    fn is_of(&self, jurisdictions: &[String]) -> bool {
        self.jurisdictions.is_empty()
            || self.jurisdictions.iter().any(|one| jurisdictions.contains(one))
    }
}

/// Whether what was seen under an id is as good as forgotten when a pack for other jurisdictions comes:
/// it could not be loaded any more, or the nation's comes after a province's.
fn gives_way(seen: &SeenPack, one: &Candidate<'_>, holders: &dyn Holders) -> bool {
    let is_national = |jurisdictions: &[String]| jurisdictions.iter().any(|one| one == NATION);
    !holders.may_be_for(one.pack, &seen.jurisdictions)
        || is_national(one.jurisdictions) && !is_national(&seen.jurisdictions)
}
