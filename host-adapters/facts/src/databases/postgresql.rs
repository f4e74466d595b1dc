//! Facts in PostgreSQL, where a province has its inventory.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::{FactError, FactSource};
use kycuong_model::text::BoxError;

use super::{Database, Replaced, Wanted, fetch, read_all};
use crate::error::FactsError;
use crate::set::FactSet;

mod address;
mod guarded;
mod reading;
mod replacing;
mod session;
mod tls;

pub use address::PostgresAddress;
use session::Session;

/// How long one fetch may take, from the question for the columns to the last row: one for ten thousand keys
/// takes some 100 ms. The server is told to give up five seconds earlier, so that it says why.
const FETCH: Duration = Duration::from_secs(20);
/// How long reading all tables may take: 200 000 rows over a slow line.
const READ: Duration = Duration::from_secs(120);
/// How long an import may take.
const IMPORT: Duration = Duration::from_secs(300);
/// For how long a database that could not be reached, or did not answer in time, is not asked again: a check
/// asks for several tables, and each would wait as long as the first.
const REST: Duration = Duration::from_secs(5);

/// A PostgreSQL database as a source of facts.
///
/// One connection, made anew when it is lost; checks on several threads take turns. It blocks, and must
/// not be called from within an asynchronous task. Connecting, with everything up to the first query, and
/// every fetch end in time, whatever the server does (10 s, or the address's `connect_timeout`, and 20 s);
/// messages and rows are bounded. Off this machine it speaks TLS only, and verifies the certificate
/// ([`PostgresAddress`]).
pub struct PostgresFacts {
    address: PostgresAddress,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    /// When it last failed to answer, and what it said.
    failed: Option<(Instant, String)>,
}

impl fmt::Debug for PostgresFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresFacts")
            .field("at", &self.address.to_string())
            .finish_non_exhaustive()
    }
}

impl PostgresFacts {
    /// Connects to a database.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`] when it cannot be reached in time, refuses, or is elsewhere and has no TLS.
    pub fn connect(address: &PostgresAddress) -> Result<Self, FactsError> {
        let facts = Self { address: address.clone(), state: Mutex::default() };
        facts.session(&mut facts.lock())?;
        Ok(facts)
    }

    /// Reads and checks all tables.
    ///
    /// # Errors
    ///
    /// [`FactsError`] when it cannot be read, or with everything that is wrong.
    pub fn read(&self) -> Result<FactSet, FactsError> {
        // One state of the database, whoever imports meanwhile.
        self.with_session(READ, |connected| {
            connected.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")?;
            let set = read_all(connected);
            connected.execute("ROLLBACK")?;
            set
        })
    }

    /// Replaces the tables of a set, all of them or none; other tables stay as they are.
    ///
    /// # Errors
    ///
    /// [`FactsError::Database`]; nothing has changed then. So for a table that has columns which facts do
    /// not have, and for what is no table: it is of another purpose.
    pub fn import(address: &PostgresAddress, set: &FactSet) -> Result<Vec<Replaced>, FactsError> {
        let session = Session::open(address, IMPORT, false);
        let mut session = session.map_err(failed("connect to", address))?;
        session.begin(IMPORT);
        replacing::replace(&mut session, set).map_err(failed("write", address))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves a session that works as well as before, or is closed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, made if need be.
    fn session<'s>(&self, state: &'s mut State) -> Result<&'s mut Session, FactsError> {
        let State { session, failed: last } = state;
        if let Some((when, what)) = last
            && when.elapsed() < REST
        {
            let source = format!("{what}; it is not asked again for {} s", REST.as_secs());
            return Err(failed("connect to", &self.address)(source.into()));
        }
        if session.as_ref().is_none_or(Session::is_closed) {
            *session = None;
            match Session::open(&self.address, FETCH, true) {
                Ok(opened) => *session = Some(opened),
                Err(error) => {
                    *last = Some((Instant::now(), error.to_string()));
                    return Err(failed("connect to", &self.address)(error));
                }
            }
        }
        *last = None;
        session.as_mut().ok_or_else(|| failed("connect to", &self.address)("it is closed".into()))
    }

    /// Does it with the connection; once more when that turns out to be lost.
    fn with_session<T>(
        &self,
        limit: Duration,
        work: impl Fn(&mut Connected<'_>) -> Result<T, FactsError>,
    ) -> Result<T, FactsError> {
        let mut state = self.lock();
        let mut tries = 0;
        loop {
            let was_open = state.session.is_some();
            let session = self.session(&mut state)?;
            session.begin(limit);
            let done = work(&mut Connected { address: &self.address, session });
            let (timed_out, closed) = (session.is_out_of_time(), session.is_closed());
            let Err(error) = done else { return done };
            tries += 1;
            if timed_out || closed {
                state.session = None;
            }
            if timed_out || (closed && tries > 1) {
                let what = kycuong_model::text::with_causes(&error);
                state.failed = Some((Instant::now(), what));
            }
            // A connection of before may have been cut while it was idle.
            if timed_out || !closed || !was_open || tries > 1 {
                return Err(error);
            }
        }
    }
}

impl FactSource for PostgresFacts {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        Ok(self.with_session(FETCH, |connected| fetch(connected, query))?)
    }
}

fn failed(
    action: &'static str,
    address: &PostgresAddress,
) -> impl FnOnce(BoxError) -> FactsError + use<> {
    let at = address.to_string();
    move |source| FactsError::Database { action, kind: "PostgreSQL", at, source }
}

struct Connected<'a> {
    address: &'a PostgresAddress,
    session: &'a mut Session,
}

impl Connected<'_> {
    fn execute(&mut self, statement: &str) -> Result<(), FactsError> {
        self.session.execute(statement).map_err(failed("read", self.address))
    }
}

impl Database for Connected<'_> {
    const KIND: &'static str = "PostgreSQL";

    fn at(&self) -> String {
        self.address.to_string()
    }

    fn columns(&mut self, table: &str) -> Result<Option<Vec<String>>, BoxError> {
        let columns = reading::columns(self.session, table)?;
        Ok((!columns.is_empty()).then_some(columns))
    }

    fn rows(&mut self, wanted: &Wanted<'_>) -> Result<Vec<Vec<String>>, BoxError> {
        reading::rows(self.session, wanted)
    }
}
