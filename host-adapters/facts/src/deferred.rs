//! A source that is opened when it is asked: a database may be down when its host starts.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kycuong_engine::facts::{FactQuery, FactTable};
use kycuong_engine::{FactError, FactSource};
use kycuong_model::text::with_causes;

use crate::error::FactsError;

/// For how long a source that could not be opened is not tried again: a check asks for several tables.
const REST: Duration = Duration::from_secs(5);

/// What opens a source.
type Open = dyn Fn() -> Result<Arc<dyn FactSource>, FactsError> + Send + Sync;

/// A source that is not open yet.
pub(crate) struct Deferred {
    open: Box<Open>,
    state: Mutex<State>,
}

#[derive(Default)]
enum State {
    #[default]
    New,
    Open(Arc<dyn FactSource>),
    Failed(Instant, String),
}

impl Deferred {
    pub fn new(
        open: impl Fn() -> Result<Arc<dyn FactSource>, FactsError> + Send + Sync + 'static,
    ) -> Self {
        Self { open: Box::new(open), state: Mutex::default() }
    }

    fn source(&self) -> Result<Arc<dyn FactSource>, FactError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Open(source) => return Ok(Arc::clone(source)),
            State::Failed(when, what) if when.elapsed() < REST => {
                let what = format!("{what}; it is not opened again for {} s", REST.as_secs());
                return Err(FactError::Source { what, source: None });
            }
            State::New | State::Failed(..) => {}
        }
        match (self.open)() {
            Ok(source) => {
                *state = State::Open(Arc::clone(&source));
                Ok(source)
            }
            Err(error) => {
                *state = State::Failed(Instant::now(), with_causes(&error));
                Err(error.into())
            }
        }
    }
}

impl FactSource for Deferred {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        self.source()?.fetch(query)
    }
}
