//! The net below fuel: an epoch deadline. The only place of the engine that looks at a clock, and only
//! when there is one ([`Limits::deadline_ms`], [`HOST_DEADLINE_MS`](crate::limits::HOST_DEADLINE_MS)).

use std::time::{Duration, Instant};

use wasmtime::{Engine, EngineWeak};

use crate::limits::Limits;
use kycuong_report::Crash;

/// How often the epoch moves: a deadline is met at most this much late.
const TICK: Duration = Duration::from_millis(5);

/// When all packs of one check must be done.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    limit_ms: u64,
    /// `None` when there is no deadline, and before it begins: with the next instance.
    at: Option<Instant>,
}

impl Deadline {
    /// Begins to count, when these limits have a deadline.
    pub fn start(limits: &Limits) -> Self {
        Self::of_each_run(limits).running()
    }

    /// Begins to count: by these limits, and when they have no deadline by the host's; 0 for none.
    pub fn of_check(limits: &Limits, host_ms: u64) -> Self {
        let limit_ms = if limits.deadline_ms == 0 { host_ms } else { limits.deadline_ms };
        Self { limit_ms, at: None }.running()
    }

    /// Begins to count when an instance is free, for each of them anew: a pack that is loaded or tested
    /// waits for as long as checks keep it waiting, and is not refused for it.
    pub(crate) fn of_each_run(limits: &Limits) -> Self {
        Self { limit_ms: limits.deadline_ms, at: None }
    }

    /// The same, from the moment on at which there is an instance.
    #[expect(clippy::disallowed_methods, reason = "a deadline is a time")]
    pub(super) fn running(self) -> Self {
        if self.limit_ms == 0 || self.at.is_some() {
            return self;
        }
        Self { at: Instant::now().checked_add(Duration::from_millis(self.limit_ms)), ..self }
    }

    /// The time that is left; `None` when there is no deadline.
    ///
    /// # Errors
    ///
    /// [`Crash::DeadlineExceeded`] when there is none left.
    #[expect(clippy::disallowed_methods, reason = "a deadline is a time")]
    pub(super) fn left(self) -> Result<Option<Duration>, Crash> {
        let Some(at) = self.at else { return Ok(None) };
        let left = at.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(self.exceeded()) } else { Ok(Some(left)) }
    }

    /// The ticks of the epoch that are left, for a store.
    ///
    /// # Errors
    ///
    /// [`Crash::DeadlineExceeded`] when there are none.
    pub(super) fn ticks_left(self) -> Result<Option<u64>, Crash> {
        let ticks = |left: Duration| left.as_millis().div_ceil(TICK.as_millis());
        Ok(self.left()?.map(|left| u64::try_from(ticks(left)).unwrap_or(u64::MAX)))
    }

    /// The crash of a rule that it interrupted.
    pub(super) fn exceeded(self) -> Crash {
        Crash::DeadlineExceeded { limit_ms: self.limit_ms }
    }
}

/// Moves the epoch for as long as the engine lives.
///
/// By the clock and not by counting its own naps: on a busy machine each takes longer than it should,
/// and a deadline counted in naps would come twice as late as it should.
#[expect(clippy::disallowed_methods, reason = "a deadline is a time")]
pub(super) fn tick(engine: &Engine) -> std::io::Result<()> {
    let engine: EngineWeak = engine.weak();
    let start = Instant::now();
    let beat = move || {
        let mut beats = 0;
        while let Some(engine) = engine.upgrade() {
            let due = start.elapsed().as_millis() / TICK.as_millis();
            while beats < due {
                engine.increment_epoch();
                beats += 1;
            }
            drop(engine);
            std::thread::sleep(TICK);
        }
    };
    std::thread::Builder::new().name("kycuong-epoch".to_owned()).spawn(beat).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_of_each_run_does_not_count_what_came_before() {
        let limits = Limits { deadline_ms: 20, ..Limits::default() };
        let (waiting, begun) = (Deadline::of_each_run(&limits), Deadline::start(&limits));
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(begun.left(), Err(Crash::DeadlineExceeded { limit_ms: 20 }));
        assert_eq!(waiting.left(), Ok(None));
        let running = waiting.running();
        assert!(running.at.is_some());
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(running.left(), Err(Crash::DeadlineExceeded { limit_ms: 20 }));
        assert_eq!(Deadline::start(&Limits::default()).left(), Ok(None));
        assert_eq!(Deadline::of_check(&Limits::default(), 0).left(), Ok(None));
        assert!(matches!(Deadline::of_check(&Limits::default(), 60_000).left(), Ok(Some(_))));
        assert_eq!(Deadline::of_check(&limits, 60_000).limit_ms, 20, "the limits go before");
    }
}
