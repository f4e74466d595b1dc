//! The one place with a clock: the engine's dates are parameters.

use std::time::{SystemTime, UNIX_EPOCH};

use kycuong_model::date::Date;

/// The civil date in Việt Nam (UTC+7, without summer time).
#[expect(
    clippy::disallowed_methods,
    reason = "the one place with a clock: the engine's date is a parameter"
)]
pub fn today() -> Date {
    const DAY_SECONDS: u64 = 86_400;
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = (since_epoch.as_secs() + 7 * 3_600) / DAY_SECONDS;
    Date::literal(1970, 1, 1).plus_days(i32::try_from(days).unwrap_or(i32::MAX))
}
