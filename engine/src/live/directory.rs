//! A directory of packs that is followed: only what changed is compiled.

use std::collections::BTreeMap;
use std::path::PathBuf;

use kycuong_report::digest;

use super::{LiveEngine, Status};
use crate::engine::{Engine, EngineBuilder};
use crate::error::{BoxError, BuildError, ReloadError};
use crate::limits::Limits;
use crate::pack::RulePack;
use crate::pack_folder::{PackFolder, read_pack};
use crate::sandbox::Sandbox;

/// What sets up everything but the packs, each time anew.
type Configure = Box<dyn Fn(EngineBuilder) -> Result<EngineBuilder, BoxError> + Send>;

/// The packs of a directory: its files whose names end in `.wasm`, in letters of any case. What else is in
/// it is in [`Status::ignored`].
///
/// The active set is what the directory held when it was read. To change several packs at once,
/// fill a new directory and rename it over the old one, or swap a symbolic link.
pub struct PackDirectory {
    path: PathBuf,
    sandbox: Sandbox,
    configure: Configure,
    /// The packs of the active set, by the digests of their files.
    loaded: BTreeMap<String, RulePack>,
    /// The digests that were read last, whether they were taken or refused.
    seen: Vec<String>,
}

impl std::fmt::Debug for PackDirectory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PackDirectory").field("path", &self.path).finish_non_exhaustive()
    }
}

impl PackDirectory {
    /// Reads a directory for the first time and activates its packs.
    ///
    /// `configure` adds facts, settings, whose packs are trusted and whatever else the host needs to a
    /// builder that has no packs yet; it is called again at every change, so that it may open the
    /// trust file of that day. What it cannot open keeps the set from being taken, and the error is
    /// [`BuildError::Configure`].
    ///
    /// ```no_run
    /// use kycuong_engine::Limits;
    /// use kycuong_engine::live::PackDirectory;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (mut directory, live) = PackDirectory::open("packs", &Limits::default(), |builder| {
    ///     Ok(builder.allow_unsigned().deployment_file("deployment.toml"))
    /// })?;
    /// directory.follow(&live)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`BuildError`], as from [`EngineBuilder::build`].
    pub fn open(
        path: impl Into<PathBuf>,
        limits: &Limits,
        configure: impl Fn(EngineBuilder) -> Result<EngineBuilder, BoxError> + Send + 'static,
    ) -> Result<(Self, LiveEngine), BuildError> {
        let sandbox = Sandbox::new(limits).map_err(|source| BuildError::Sandbox { source })?;
        let mut directory = Self {
            path: path.into(),
            sandbox,
            configure: Box::new(configure),
            loaded: BTreeMap::new(),
            seen: Vec::new(),
        };
        let contents = directory.read()?;
        directory.seen = contents.digests();
        let (engine, loaded) = directory.prepare(&contents)?;
        engine.remember()?;
        directory.loaded = loaded;
        Ok((directory, LiveEngine::new(engine)))
    }

    /// Looks at the directory again; `None` when nothing changed since the last look.
    ///
    /// # Errors
    ///
    /// [`ReloadError::Refused`] when what is there now cannot be taken; the active set stays.
    /// The same content is not tried again.
    pub fn follow(&mut self, live: &LiveEngine) -> Result<Option<Status>, ReloadError> {
        let contents = match self.read() {
            Ok(contents) => contents,
            Err(source) => return live.reload(|| Err(source)).map(Some),
        };
        let seen = contents.digests();
        if seen == self.seen {
            live.note_ignored(contents.ignored);
            return Ok(None);
        }
        self.take(&contents, seen, live).map(Some)
    }

    /// Activates what the directory holds again, changed or not: for when the trust file or
    /// whatever else `configure` reads has changed. Packs that are loaded already are verified once
    /// more and not compiled.
    ///
    /// # Errors
    ///
    /// [`ReloadError::Refused`], as from [`PackDirectory::follow`].
    pub fn reload(&mut self, live: &LiveEngine) -> Result<Status, ReloadError> {
        let contents = match self.read() {
            Ok(contents) => contents,
            Err(source) => return live.reload(|| Err(source)),
        };
        let seen = contents.digests();
        self.take(&contents, seen, live)
    }

    fn take(
        &mut self,
        contents: &Contents,
        seen: Vec<String>,
        live: &LiveEngine,
    ) -> Result<Status, ReloadError> {
        self.seen = seen;
        let mut loaded = BTreeMap::new();
        let status = live.reload(|| {
            let (engine, packs) = self.prepare(contents)?;
            loaded = packs;
            Ok(engine)
        })?;
        self.loaded = loaded;
        Ok(status)
    }

    fn read(&self) -> Result<Contents, BuildError> {
        let PackFolder { packs, ignored } = PackFolder::list(&self.path)?;
        let files = packs.into_iter().map(|path| {
            let bytes = read_pack(&path, self.sandbox.limits())?;
            Ok(PackFile { digest: digest(&bytes), path, bytes })
        });
        Ok(Contents { files: files.collect::<Result<_, BuildError>>()?, ignored })
    }

    /// The engine of these files, and the packs by digest.
    fn prepare(
        &self,
        contents: &Contents,
    ) -> Result<(Engine, BTreeMap<String, RulePack>), BuildError> {
        let configured = (self.configure)(Engine::builder());
        let configured = configured.map_err(|source| BuildError::Configure { source })?;
        let mut builder = configured.ignored(&contents.ignored);
        let verifier = builder.verifier();
        let mut loaded = BTreeMap::new();
        for file in &contents.files {
            // Compiled once, verified each time: a key may be revoked, or out of date, by now.
            let pack = match (self.loaded.get(&file.digest), verifier.as_deref()) {
                (Some(pack), verifier) => pack.verified(&file.bytes, verifier),
                (None, Some(verifier)) => {
                    RulePack::load_verified(&self.sandbox, &file.bytes, verifier)
                }
                (None, None) => RulePack::load(&self.sandbox, &file.bytes),
            };
            let name = || format!("`{}`", file.path.display());
            let pack = pack.map_err(|source| BuildError::Load { pack: name(), source })?;
            builder = builder.pack(pack.clone());
            loaded.insert(file.digest.clone(), pack);
        }
        Ok((builder.prepare()?, loaded))
    }
}

/// What the directory holds.
struct Contents {
    files: Vec<PackFile>,
    /// What is no pack.
    ignored: Vec<PathBuf>,
}

impl Contents {
    fn digests(&self) -> Vec<String> {
        self.files.iter().map(|file| file.digest.clone()).collect()
    }
}

/// One file of the directory, read.
struct PackFile {
    path: PathBuf,
    bytes: Vec<u8>,
    digest: String,
}
