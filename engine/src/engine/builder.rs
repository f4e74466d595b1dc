//! How a host is set up: packs, what the operator sets for them, facts, limits.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kycuong_model::finding::Severity;
use kycuong_model::manifest::Manifest;
use kycuong_report::{Adoption, AdvisorySwitch, Settings, Waiver};

use super::{Engine, Shared};
use crate::cache::CodeCache;
use crate::deployment::{Deployment, Lowering, Override, ParameterChoice};
use crate::error::BuildError;
use crate::facts::{FactSource, OnFactFailure};
use crate::limits::Limits;
use crate::pack::RulePack;
use crate::pack_folder::{PackFolder, read_pack};
use crate::pack_set::{Assurance, PackSet};
use crate::receipt::HostDigests;
use crate::sandbox::Sandbox;
use crate::schema::SchemaSet;
use crate::trust::PackVerifier;

/// Sets up an [`Engine`]. Nothing is read or checked before [`EngineBuilder::build`].
///
/// ```
/// use std::sync::Arc;
///
/// use kycuong_engine::{Engine, MemoryFacts};
///
/// let facts = MemoryFacts::new().table("systems", []);
/// let built = Engine::builder().allow_unsigned().facts(Arc::new(facts)).build();
/// assert_eq!(built.unwrap_err().code(), "no-packs");
/// ```
#[derive(Default)]
pub struct EngineBuilder {
    packs: Vec<Source>,
    deployment: Deployment,
    deployment_files: Vec<PathBuf>,
    facts: Vec<Arc<dyn FactSource>>,
    on_fact_failure: OnFactFailure,
    limits: Option<Limits>,
    threads: Option<NonZeroUsize>,
    cache: Option<(PathBuf, Vec<u8>)>,
    self_test: bool,
    deadline_ms: Option<u64>,
    trust: Option<Arc<dyn PackVerifier>>,
    unsigned: bool,
    /// What lies beside packs that were given one by one.
    ignored: Vec<PathBuf>,
    required: Vec<String>,
}

/// Where a pack comes from.
enum Source {
    Loaded(RulePack),
    Bytes(Vec<u8>),
    File(PathBuf),
    Directory(PathBuf),
}

impl std::fmt::Debug for EngineBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EngineBuilder")
            .field("deployment", &self.deployment)
            .finish_non_exhaustive()
    }
}

impl EngineBuilder {
    /// Adds a pack that is loaded already; it must have been within the limits of this host.
    #[must_use]
    pub fn pack(mut self, pack: RulePack) -> Self {
        self.packs.push(Source::Loaded(pack));
        self
    }

    /// Adds a pack by the bytes of its file.
    #[must_use]
    pub fn pack_bytes(mut self, bytes: &[u8]) -> Self {
        self.packs.push(Source::Bytes(bytes.to_vec()));
        self
    }

    /// Adds a pack by its file.
    #[must_use]
    pub fn pack_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.packs.push(Source::File(file.into()));
        self
    }

    /// Adds every pack of a directory: its files whose names end in `.wasm`, in letters of any case. What
    /// else is there is not looked at; [`Engine::ignored_files`] names it.
    #[must_use]
    pub fn packs_from_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.packs.push(Source::Directory(directory.into()));
        self
    }

    /// Notes what lies beside packs that are given one by one.
    pub(crate) fn ignored(mut self, paths: &[PathBuf]) -> Self {
        self.ignored.extend_from_slice(paths);
        self
    }

    /// Says whose packs are trusted. Each pack must then be signed for all the jurisdictions of its
    /// manifest and all the subjects of its rules; one that is not keeps the host from being set up.
    ///
    /// `kycuong-trust` has the trust store that comes with this project.
    #[must_use]
    pub fn trust(mut self, verifier: Arc<dyn PackVerifier>) -> Self {
        self.trust = Some(verifier);
        self
    }

    /// What [`EngineBuilder::trust`] was given.
    pub(crate) fn verifier(&self) -> Option<Arc<dyn PackVerifier>> {
        self.trust.clone()
    }

    /// Loads packs whoever made them, signed or not. For development: every report says so
    /// (`settings.signing` is `unsigned-development`).
    #[must_use]
    pub fn allow_unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    /// Asks for a pack by its id: a set without it does not come into force. A folder that was emptied, or
    /// that lost one file, is no host then. Trust files and deployment files name such packs too.
    #[must_use]
    pub fn require(mut self, pack: impl Into<String>) -> Self {
        self.required.push(pack.into());
        self
    }

    /// Applies a deployment file; what the other methods set comes to it.
    #[must_use]
    pub fn deployment(mut self, deployment: Deployment) -> Self {
        self.deployment.extend(deployment);
        self
    }

    /// Applies the deployment file of a path; it is read by [`EngineBuilder::build`].
    #[must_use]
    pub fn deployment_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.deployment_files.push(file.into());
        self
    }

    /// Lets a pack whose text is historic return submissions, for as long as a decision says. By
    /// default such a pack only warns, and one whose text is in force returns.
    #[must_use]
    pub fn adopt(mut self, adoption: Adoption) -> Self {
        self.deployment.adoptions.push(adoption.into());
        self
    }

    /// Lets a pack only warn; every report says so, with the reason. A national pack takes a reason
    /// that cites the document which allows it.
    #[must_use]
    pub fn advisory(mut self, pack: impl Into<String>, reason: impl Into<String>) -> Self {
        let switch = AdvisorySwitch { pack: pack.into(), reason: reason.into(), decision: None };
        self.deployment.advisory.push(switch.into());
        self
    }

    /// Lowers the severity of a rule; every report says so, with the reason. A national rule takes
    /// a reason that cites the document which allows it.
    #[must_use]
    pub fn lower_severity(
        mut self,
        rule: impl Into<String>,
        severity: Severity,
        reason: impl Into<String>,
    ) -> Self {
        let (rule, reason, decision) = (rule.into(), reason.into(), None);
        self.deployment
            .lowered
            .push(Lowering { rule, violation: None, severity, reason, decision }.into());
        self
    }

    /// Sets a parameter that the law lets a province set, within the bounds of the manifest.
    #[must_use]
    pub fn parameter(
        mut self,
        rule: impl Into<String>,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let (rule, name, value) = (rule.into(), name.into(), value.into());
        let choice = ParameterChoice { rule, name, value, reason: None, decision: None };
        self.deployment.parameters.push(choice.into());
        self
    }

    /// Lets what one rule finds in one dossier not return it, until the waiver expires; the finding
    /// stays in the report, with the decision.
    #[must_use]
    pub fn waive(mut self, waiver: Waiver) -> Self {
        self.deployment.waivers.push(waiver.into());
        self
    }

    /// Sets everything as a report says that it was, and nothing else; without a verifier, as a host
    /// that loads unsigned packs.
    pub(crate) fn set_as_recorded(
        mut self,
        settings: &Settings,
        trust: Option<Arc<dyn PackVerifier>>,
    ) -> Self {
        self.deployment = Deployment::of(settings);
        self.deployment_files.clear();
        self.unsigned = trust.is_none();
        self.trust = trust;
        self.self_test = settings.self_test;
        // What a source could not say then stands among the facts; whoever stopped has no report.
        self.on_fact_failure = OnFactFailure::NotEvaluated;
        self
    }

    /// Runs the cases that each pack carries before it is activated ([`RulePack::self_test`]); a
    /// pack of which one comes out otherwise than its author recorded, or with a rule that none
    /// shows to fail, keeps the host from being set up. Reports and receipts then tell the self-test of
    /// each pack. Default: cases are read and not run.
    #[must_use]
    pub fn self_test(mut self) -> Self {
        self.self_test = true;
        self
    }

    /// Adds a source of facts. Of several that have one table, the first added answers.
    #[must_use]
    pub fn facts(mut self, source: Arc<dyn FactSource>) -> Self {
        self.facts.push(source);
        self
    }

    /// Says what becomes of a check when a source of facts fails; default: it is not made.
    #[must_use]
    pub fn on_fact_failure(mut self, choice: OnFactFailure) -> Self {
        self.on_fact_failure = choice;
        self
    }

    /// Sets the limits; default: [`Limits::default`], or those of the first pack that is loaded
    /// already.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// How many packs may be evaluated at one time; default 1. Reports do not depend on it. Each
    /// takes an instance ([`Limits::instances_max`]).
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = NonZeroUsize::new(threads);
        self
    }

    /// Milliseconds that a check may take in packs, all together; 0 for no deadline. Default: none, and
    /// [`HOST_DEADLINE_MS`](crate::limits::HOST_DEADLINE_MS) under a host that somebody waits for. It
    /// is in no report and in no receipt: a rule that met it crashed, and says so.
    /// [`Limits::deadline_ms`] goes before it.
    #[must_use]
    pub fn deadline_ms(mut self, milliseconds: u64) -> Self {
        self.deadline_ms = Some(milliseconds);
        self
    }

    /// Keeps compiled packs in a directory of the host's own, authenticated with a secret; see
    /// [`CodeCache::open`]. Default: every start compiles.
    #[must_use]
    pub fn cache_dir(mut self, directory: impl Into<PathBuf>, secret: &[u8]) -> Self {
        self.cache = Some((directory.into(), secret.to_vec()));
        self
    }

    /// Loads the packs and checks the settings against them.
    ///
    /// # Errors
    ///
    /// [`BuildError`] for a pack that is refused, for two packs of one id, and for a setting that is
    /// for nothing active, would make a rule more severe, is out of its bounds, lacks a reason, or
    /// contradicts another one; for a required pack that is not among them; for packs of which nobody
    /// said whether they are trusted, and for one
    /// that is not; for a pack that does not pass its self-test, when it is run.
    pub fn build(self) -> Result<Engine, BuildError> {
        let engine = self.prepare()?;
        // Last: a set that does not become active leaves no trace.
        engine.remember()?;
        Ok(engine)
    }

    /// Does all that [`EngineBuilder::build`] does, but the trust store is not told to remember the
    /// versions: for a set that is not active yet, or never will be, as a shadow set.
    ///
    /// [`crate::live::LiveEngine::reload`] remembers when it activates the set.
    ///
    /// # Errors
    ///
    /// As [`EngineBuilder::build`].
    pub fn prepare(mut self) -> Result<Engine, BuildError> {
        for file in std::mem::take(&mut self.deployment_files) {
            self.deployment.extend(Deployment::read(&file)?);
        }
        let given = self.packs.iter().find_map(|source| match source {
            Source::Loaded(pack) => Some(pack.limits().clone()),
            _ => None,
        });
        match (&self.trust, self.unsigned) {
            (None, false) => return Err(BuildError::NoTrust),
            (Some(_), true) => return Err(BuildError::TrustAndUnsigned),
            _ => {}
        }
        let limits = self.limits.or(given).unwrap_or_default();
        let trust = self.trust.as_deref();
        let mut loader = Loader { limits: &limits, cache: self.cache, sandbox: None, trust };
        let mut packs = Vec::new();
        let mut ignored = self.ignored;
        for (position, source) in self.packs.into_iter().enumerate() {
            ignored.extend(loader.load(source, position + 1, &mut packs)?);
        }
        if self.self_test {
            for pack in &packs {
                self_test(pack)?;
            }
        }
        let of_trust = trust.map(PackVerifier::required).unwrap_or_default();
        let required = self.required.into_iter().chain(of_trust).map(Override::from);
        self.deployment.required.extend(required);
        let assurance =
            Assurance { trust: trust.map(PackVerifier::digest), self_test: self.self_test };
        let packs = PackSet::new(packs, &self.deployment, assurance)?;
        let host = |error: &dyn std::error::Error| BuildError::Host { detail: error.to_string() };
        let schemas = SchemaSet::shared().map_err(|error| host(&error))?;
        let digests = HostDigests::of(&limits).map_err(|error| host(&error))?;
        let threads = self.threads.unwrap_or(NonZeroUsize::MIN);
        let (facts, on_fact_failure) = (self.facts, self.on_fact_failure);
        let trust = self.trust;
        let shared = Shared {
            packs,
            ignored,
            facts,
            on_fact_failure,
            schemas,
            limits,
            digests,
            threads,
            trust,
        };
        Ok(Engine { shared: Arc::new(shared), deadline_ms: self.deadline_ms })
    }
}

/// Loads packs into one sandbox, which is set up when the first of them needs it.
struct Loader<'a> {
    limits: &'a Limits,
    cache: Option<(PathBuf, Vec<u8>)>,
    sandbox: Option<Sandbox>,
    trust: Option<&'a dyn PackVerifier>,
}

impl Loader<'_> {
    /// Adds the packs of a source; what it holds beside them.
    fn load(
        &mut self,
        source: Source,
        position: usize,
        packs: &mut Vec<RulePack>,
    ) -> Result<Vec<PathBuf>, BuildError> {
        match source {
            Source::Loaded(pack) => {
                // The receipt states one set of limits; only the number of instances may differ.
                let theirs =
                    Limits { instances_max: self.limits.instances_max, ..pack.limits().clone() };
                if theirs != *self.limits {
                    return Err(BuildError::OtherLimits { pack: pack.manifest().pack.clone() });
                }
                if let Some(trust) = self.trust
                    && pack.trusted().is_none_or(|trusted| trusted.by != trust.digest())
                {
                    return Err(BuildError::NotVerified { pack: pack.manifest().pack.clone() });
                }
                packs.push(pack);
            }
            Source::Bytes(bytes) => {
                packs.push(self.compile(&format!("number {position}"), &bytes)?)
            }
            Source::File(file) => packs.push(self.read(&file)?),
            Source::Directory(directory) => {
                let folder = PackFolder::list(directory)?;
                for file in &folder.packs {
                    packs.push(self.read(file)?);
                }
                return Ok(folder.ignored);
            }
        }
        Ok(Vec::new())
    }

    fn read(&mut self, file: &Path) -> Result<RulePack, BuildError> {
        let bytes = read_pack(file, self.limits)?;
        self.compile(&format!("`{}`", file.display()), &bytes)
    }

    fn compile(&mut self, name: &str, bytes: &[u8]) -> Result<RulePack, BuildError> {
        let refused = |source| BuildError::Load { pack: name.to_owned(), source };
        let trust = self.trust;
        let sandbox = self.sandbox()?;
        match trust {
            Some(trust) => RulePack::load_verified(sandbox, bytes, trust),
            None => RulePack::load(sandbox, bytes),
        }
        .map_err(refused)
    }

    fn sandbox(&mut self) -> Result<&Sandbox, BuildError> {
        let sandbox = match self.sandbox.take() {
            Some(sandbox) => sandbox,
            None => {
                let cache = self.cache.take();
                cache
                    .map(|(directory, secret)| CodeCache::open(&directory, &secret))
                    .transpose()
                    .and_then(|cache| Sandbox::with_cache(self.limits, cache))
                    .map_err(|source| BuildError::Sandbox { source })?
            }
        };
        Ok(self.sandbox.insert(sandbox))
    }
}

fn self_test(pack: &RulePack) -> Result<(), BuildError> {
    let Manifest { pack: id, version, .. } = pack.manifest();
    let refused = |source| BuildError::SelfTest { pack: format!("`{id}` {version}"), source };
    pack.self_test().map(|_| ()).map_err(refused)
}
