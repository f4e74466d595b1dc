//! When an entry was recorded: the one look at a clock, and no report has it.

use std::time::{Duration, SystemTime};

use kycuong_model::date::Date;

/// Now, by the civil time of Việt Nam (UTC+7, without summer time), in milliseconds.
#[expect(clippy::disallowed_methods, reason = "an entry says when it was recorded")]
pub(crate) fn now() -> String {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    moment(since_epoch.unwrap_or_default())
}

fn moment(since_epoch: Duration) -> String {
    let date = Date::in_viet_nam(since_epoch);
    let rest = (since_epoch.as_millis() + 7 * 3_600_000) % 86_400_000;
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
    let (seconds, milliseconds) = (rest / 1_000 % 60, rest % 1_000);
    format!("{date}T{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}+07:00")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::moment;

    #[test]
    fn a_moment_is_written_in_the_time_of_viet_nam() {
        assert_eq!(moment(Duration::from_millis(0)), "1970-01-01T07:00:00.000+07:00");
        assert_eq!(
            moment(Duration::from_millis(1_790_000_000_123)),
            "2026-09-21T21:13:20.123+07:00"
        );
        assert_eq!(
            moment(Duration::from_millis(17 * 3_600_000 - 1)),
            "1970-01-01T23:59:59.999+07:00"
        );
        assert_eq!(moment(Duration::from_millis(17 * 3_600_000)), "1970-01-02T00:00:00.000+07:00");
    }
}
