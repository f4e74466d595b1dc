//! Changing packs while checks run: a whole set is swapped for another, or nothing is.
//!
//! A check runs on the set that was active when it began. A candidate that cannot be loaded leaves
//! the active set as it is, and [`LiveEngine::status`] says why and since when. Nothing here
//! reaches into a report: the times are those of the operator's status page.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use kycuong_model::date::Date;
use kycuong_model::text::with_causes;
use kycuong_report::{Settings, Submission};

use crate::check::{Check, checker_of_own_methods};
use crate::engine::Engine;
use crate::error::{BuildError, CheckError, ReloadError};
use crate::facts::{FactQuery, SuppliedFacts};

mod directory;

pub use directory::PackDirectory;

/// A host whose packs can be changed while it works. A clone is another handle to it.
///
/// ```no_run
/// use kycuong_engine::{Engine, LiveEngine};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let load = || Engine::builder().packs_from_dir("packs").allow_unsigned().prepare();
/// let live = LiveEngine::new(load()?);
/// // Later, while other threads check: the new set is taken whole, or not at all.
/// if let Err(refused) = live.reload(load) {
///     println!("{refused}; {:?}", live.status().last_failure);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct LiveEngine {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Locked for as long as it takes to clone or replace a handle, never while something compiles.
    state: RwLock<State>,
    /// Held by whoever prepares a candidate, so that two do not overtake each other.
    preparing: Mutex<()>,
}

#[derive(Debug)]
struct State {
    current: Generation,
    previous: Option<Generation>,
    shadow: Option<Engine>,
    last_failure: Option<Failure>,
}

#[derive(Clone, Debug)]
struct Generation {
    engine: Engine,
    /// What lies beside its packs, when it was looked last.
    ignored: Vec<PathBuf>,
    number: u64,
    since: SystemTime,
}

/// What is active, and what is wrong with what should be.
#[derive(Clone, Debug)]
pub struct Status {
    /// Counts the swaps; the first set is 1. A rollback is a swap too.
    pub generation: u64,
    /// Since when this set is active.
    pub since: SystemTime,
    /// Its packs and what was set for them; a pack is enforced as on the day of asking, in Việt Nam.
    pub settings: Settings,
    /// What lies in its directories beside the packs and is not looked at: files whose names do not end
    /// in `.wasm`, and folders.
    pub ignored: Vec<PathBuf>,
    /// Whether a rollback has something to go back to.
    pub can_roll_back: bool,
    /// Whether a shadow set runs beside it.
    pub has_shadow: bool,
    /// The candidate that was refused last; gone with the next one that is taken.
    pub last_failure: Option<Failure>,
}

/// A candidate that could not be activated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Since when candidates are refused.
    pub since: SystemTime,
    /// Why the last one was, with its causes.
    pub reason: String,
    /// How many were refused since the active set was taken.
    pub attempts: u64,
}

impl From<Engine> for LiveEngine {
    fn from(engine: Engine) -> Self {
        Self::new(engine)
    }
}

impl LiveEngine {
    /// Activates a first set.
    pub fn new(engine: Engine) -> Self {
        let current = Generation::new(engine.waited_for(), 1);
        let state = State { current, previous: None, shadow: None, last_failure: None };
        let shared = Shared { state: RwLock::new(state), preparing: Mutex::new(()) };
        Self { shared: Arc::new(shared) }
    }

    /// The active set now, to be kept for as long as the caller wants the same answers.
    pub fn engine(&self) -> Engine {
        self.inspect(|state| state.current.engine.clone())
    }

    /// The active set and the shadow set, of one moment.
    fn engines(&self) -> (Engine, Option<Engine>) {
        self.inspect(|state| (state.current.engine.clone(), state.shadow.clone()))
    }

    /// Reads a submission under the limits of the set active now; see [`Checker::read`](crate::Checker::read). A set with
    /// other limits that becomes active meanwhile reads it again.
    pub fn read(&self, bytes: impl Into<Vec<u8>>) -> Submission {
        self.engine().read(bytes)
    }

    /// Judges a submission on a day by the set active now, and by the shadow set, when there is
    /// one, the same ([`Check::shadow`]). Never waits for a compilation; see [`Checker::check`](crate::Checker::check).
    ///
    /// # Errors
    ///
    /// As [`Engine::check`], for the active set; what goes wrong in the shadow is in the answer.
    pub fn check(&self, submission: &Submission, on: Date) -> Result<Check, CheckError> {
        self.by_both(|engine| engine.check(submission, on))
    }

    /// The facts that a check needs, by the set active now and the shadow set; see
    /// [`Checker::wants`](crate::Checker::wants).
    pub fn wants(&self, submission: &Submission, on: Date) -> Vec<FactQuery> {
        let (engine, shadow) = self.engines();
        let mut wanted = engine.wants(submission, on);
        wanted.extend(shadow.into_iter().flat_map(|shadow| shadow.wants(submission, on)));
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// Judges a submission with the facts that are handed in; see [`Checker::check_with`](crate::Checker::check_with).
    ///
    /// # Errors
    ///
    /// As [`LiveEngine::check`], though no source is asked.
    pub fn check_with(
        &self,
        submission: &Submission,
        on: Date,
        facts: &SuppliedFacts,
    ) -> Result<Check, CheckError> {
        self.by_both(|engine| engine.check_with(submission, on, facts))
    }

    fn by_both(
        &self,
        check: impl Fn(&Engine) -> Result<Check, CheckError>,
    ) -> Result<Check, CheckError> {
        let (engine, shadow) = self.engines();
        let in_force = check(&engine)?;
        Ok(in_force.with_shadow(shadow.as_ref().map(check)))
    }

    /// Prepares a candidate and activates it, or leaves everything as it is.
    ///
    /// With a trust store, close `prepare` with [`crate::EngineBuilder::prepare`]: the versions are
    /// remembered when the set becomes active, and not if something in `prepare` fails later.
    ///
    /// # Errors
    ///
    /// [`ReloadError::Refused`]; the active set goes on, and the status says why.
    pub fn reload(
        &self,
        prepare: impl FnOnce() -> Result<Engine, BuildError>,
    ) -> Result<Status, ReloadError> {
        let _alone = self.shared.preparing.lock().unwrap_or_else(PoisonError::into_inner);
        // Compiled here, while checks go on.
        let candidate = prepare().and_then(|engine| engine.remember().map(|()| engine));
        self.write(|state| match candidate {
            Ok(engine) => {
                state.replace(engine);
                Ok(())
            }
            Err(source) => {
                state.refuse(&source);
                Err(ReloadError::Refused { source })
            }
        })?;
        Ok(self.status())
    }

    /// Activates the set before this one again; this one becomes the one to go back to. It waits
    /// for nothing: a candidate that is being prepared meanwhile is taken when it is ready.
    ///
    /// The higher versions stay remembered by a trust store: at the next start, the older packs need
    /// the operator's word with a reason.
    ///
    /// # Errors
    ///
    /// [`ReloadError::NothingBefore`].
    pub fn roll_back(&self) -> Result<Status, ReloadError> {
        self.write(|state| {
            let before = state.previous.take().ok_or(ReloadError::NothingBefore)?;
            state.replace(before.engine);
            Ok(())
        })?;
        Ok(self.status())
    }

    /// Sets, or ends, a set that runs beside the active one and counts for nothing. Made with
    /// [`crate::EngineBuilder::prepare`], it leaves no trace in a trust store.
    pub fn set_shadow(&self, shadow: Option<Engine>) {
        self.write(|state| state.shadow = shadow.map(Engine::waited_for));
    }

    /// What is active, and what is wrong.
    pub fn status(&self) -> Status {
        let today = now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let today = Date::in_viet_nam(today);
        self.inspect(|state| Status {
            generation: state.current.number,
            since: state.current.since,
            settings: state.current.engine.settings(today),
            ignored: state.current.ignored.clone(),
            can_roll_back: state.previous.is_some(),
            has_shadow: state.shadow.is_some(),
            last_failure: state.last_failure.clone(),
        })
    }

    /// Notes what lies beside the packs in force now.
    fn note_ignored(&self, paths: Vec<PathBuf>) {
        self.write(|state| state.current.ignored = paths);
    }

    fn inspect<T>(&self, inspect: impl FnOnce(&State) -> T) -> T {
        inspect(&self.shared.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, write: impl FnOnce(&mut State) -> T) -> T {
        write(&mut self.shared.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Generation {
    fn new(engine: Engine, number: u64) -> Self {
        let ignored = engine.ignored_files().to_vec();
        Self { engine, ignored, number, since: now() }
    }
}

impl State {
    fn replace(&mut self, engine: Engine) {
        let number = self.current.number + 1;
        let candidate = Generation::new(engine.waited_for(), number);
        self.previous = Some(std::mem::replace(&mut self.current, candidate));
        self.last_failure = None;
    }

    fn refuse(&mut self, error: &BuildError) {
        let (since, attempts) = self
            .last_failure
            .as_ref()
            .map_or((now(), 0), |last_failure| (last_failure.since, last_failure.attempts));
        self.last_failure =
            Some(Failure { since, reason: with_causes(error), attempts: attempts + 1 });
    }
}

checker_of_own_methods!(LiveEngine);

/// When something began to be so, for the operator; no report has it.
#[expect(clippy::disallowed_methods, reason = "a status says since when")]
fn now() -> SystemTime {
    SystemTime::now()
}
