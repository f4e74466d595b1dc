//! Changing packs while checks run: a whole set is swapped for another, or nothing is.
//!
//! A check runs on the set that was in force when it began. A newcomer that cannot be loaded leaves
//! the last good set in force, and [`LiveEngine::status`] says why and since when. Nothing here
//! reaches into a report: the times are those of the operator's status page.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use kycuong_model::date::Date;
use kycuong_model::text::with_causes;

use crate::engine::Engine;
use crate::error::{BuildError, CheckError, ReloadError};
use crate::pack_set::Settings;
use crate::report::Report;

mod directory;

pub use directory::PackDirectory;

/// A host whose packs can be changed while it works. A clone is another handle to it.
#[derive(Clone, Debug)]
pub struct LiveEngine {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Locked for as long as it takes to clone or replace a handle, never while something compiles.
    state: RwLock<State>,
    /// Held by whoever prepares a newcomer, so that two do not overtake each other.
    preparing: Mutex<()>,
}

#[derive(Debug)]
struct State {
    current: Generation,
    previous: Option<Generation>,
    shadow: Option<Engine>,
    trouble: Option<Trouble>,
}

#[derive(Clone, Debug)]
struct Generation {
    engine: Engine,
    number: u64,
    since: SystemTime,
}

/// What is in force, and what is wrong with what should be.
#[derive(Clone, Debug)]
pub struct Status {
    /// Counts the swaps; the first set is 1. A rollback is a swap too.
    pub generation: u64,
    /// Since when this set is in force.
    pub since: SystemTime,
    /// Its packs and what was set for them; a pack is enforced as on the day of asking, in Việt Nam.
    pub settings: Settings,
    /// Whether a rollback has something to go back to.
    pub can_roll_back: bool,
    /// Whether a shadow set runs beside it.
    pub has_shadow: bool,
    /// The newcomer that was refused last; gone with the next one that is taken.
    pub trouble: Option<Trouble>,
}

/// A newcomer that could not be taken into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Since when newcomers are refused.
    pub since: SystemTime,
    /// Why the last one was, with its causes.
    pub reason: String,
    /// How many were refused since the last good set.
    pub attempts: u64,
}

/// What a check found, and what the shadow set would have.
#[derive(Debug)]
pub struct Shadowed {
    /// What counts.
    pub report: Report,
    /// What the shadow set says of the same submission, for a log; it counts for nothing.
    pub shadow: Option<Result<Report, CheckError>>,
}

impl From<Engine> for LiveEngine {
    fn from(engine: Engine) -> Self {
        Self::new(engine)
    }
}

impl LiveEngine {
    /// Takes a first set into force.
    pub fn new(engine: Engine) -> Self {
        let current = Generation { engine, number: 1, since: now() };
        let state = State { current, previous: None, shadow: None, trouble: None };
        let shared = Shared { state: RwLock::new(state), preparing: Mutex::new(()) };
        Self { shared: Arc::new(shared) }
    }

    /// The set in force now, to be kept for as long as the caller wants the same answers.
    pub fn engine(&self) -> Engine {
        self.read(|state| state.current.engine.clone())
    }

    /// The set in force and the shadow set, of one moment.
    pub(crate) fn engines(&self) -> (Engine, Option<Engine>) {
        self.read(|state| (state.current.engine.clone(), state.shadow.clone()))
    }

    /// Judges a submission on a day by the set in force now. Never waits for a compilation.
    ///
    /// # Errors
    ///
    /// As [`Engine::check`].
    pub fn check(&self, submission: &[u8], on: Date) -> Result<Report, CheckError> {
        self.engine().check(submission, on)
    }

    /// Judges as [`LiveEngine::check`], and asks the shadow set, when there is one, the same.
    ///
    /// # Errors
    ///
    /// As [`Engine::check`], for the set in force; the shadow's trouble is in the answer.
    pub fn check_with_shadow(&self, submission: &[u8], on: Date) -> Result<Shadowed, CheckError> {
        let (engine, shadow) = self.engines();
        let report = engine.check(submission, on)?;
        let shadow = shadow.map(|shadow| shadow.check(submission, on));
        Ok(Shadowed { report, shadow })
    }

    /// Prepares a newcomer and takes it into force, or leaves everything as it is.
    ///
    /// With a trust store, close `prepare` with [`crate::EngineBuilder::prepare`]: the versions are
    /// remembered when the set comes into force, and not if something in `prepare` fails later.
    ///
    /// # Errors
    ///
    /// [`ReloadError::Refused`]; the last good set goes on, and the status says why.
    pub fn reload(
        &self,
        prepare: impl FnOnce() -> Result<Engine, BuildError>,
    ) -> Result<Status, ReloadError> {
        let _alone = self.shared.preparing.lock().unwrap_or_else(PoisonError::into_inner);
        // Compiled here, while checks go on.
        let newcomer = prepare().and_then(|engine| engine.remember().map(|()| engine));
        self.write(|state| match newcomer {
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

    /// Takes the set before this one into force again; this one becomes the one to go back to. It waits
    /// for nothing: a newcomer that is being prepared meanwhile is taken when it is ready.
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

    /// Sets, or ends, a set that runs beside the one in force and counts for nothing. Made with
    /// [`crate::EngineBuilder::prepare`], it leaves no trace in a trust store.
    pub fn set_shadow(&self, shadow: Option<Engine>) {
        self.write(|state| state.shadow = shadow);
    }

    /// What is in force, and what is wrong.
    pub fn status(&self) -> Status {
        let today = now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let today = Date::in_viet_nam(today);
        self.read(|state| Status {
            generation: state.current.number,
            since: state.current.since,
            settings: state.current.engine.settings(today),
            can_roll_back: state.previous.is_some(),
            has_shadow: state.shadow.is_some(),
            trouble: state.trouble.clone(),
        })
    }

    fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.shared.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, write: impl FnOnce(&mut State) -> T) -> T {
        write(&mut self.shared.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn replace(&mut self, engine: Engine) {
        let number = self.current.number + 1;
        let newcomer = Generation { engine, number, since: now() };
        self.previous = Some(std::mem::replace(&mut self.current, newcomer));
        self.trouble = None;
    }

    fn refuse(&mut self, error: &BuildError) {
        let (since, attempts) =
            self.trouble.as_ref().map_or((now(), 0), |trouble| (trouble.since, trouble.attempts));
        self.trouble = Some(Trouble { since, reason: with_causes(error), attempts: attempts + 1 });
    }
}

/// When something began to be so, for the operator; no report has it.
#[expect(clippy::disallowed_methods, reason = "a status says since when")]
fn now() -> SystemTime {
    SystemTime::now()
}
