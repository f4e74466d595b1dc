//! The one place with a clock: the engine's dates are parameters.

use std::time::{SystemTime, UNIX_EPOCH};

use kycuong_model::date::Date;

/// The civil date in Việt Nam (UTC+7, without summer time).
#[expect(
    clippy::disallowed_methods,
    reason = "the one place with a clock: the engine's date is a parameter"
)]
pub fn today() -> Date {
    Date::in_viet_nam(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
