//! The clock of time limits: it ends what takes too long, and nothing of it is in a fact or a report.

use std::time::Instant;

#[expect(clippy::disallowed_methods, reason = "a time limit is a time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
