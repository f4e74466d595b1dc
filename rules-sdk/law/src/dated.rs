//! Law with its days: the wordings of one provision, one after the other.

use kycuong_model::date::Date;

/// What one wording says, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version<T> {
    /// The first day on which it is in force.
    pub from: Date,
    /// The last day; none while no end is known.
    pub until: Option<Date>,
    /// What it says.
    pub law: T,
}

impl<T> Version<T> {
    /// Whether it is in force on a day; both ends count.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What is in force on a day; `None` before the first version, after the last and in a gap between two.
pub fn on<T>(versions: &[Version<T>], day: Date) -> Option<&T> {
    versions.iter().find(|version| version.is_in_force(day)).map(|version| &version.law)
}

/// Whether versions follow one another: each ends, but for the last, before the next begins.
#[cfg(test)]
pub(crate) fn follow_one_another<T>(versions: &[Version<T>]) -> bool {
    versions.iter().all(|one| one.until.is_none_or(|until| one.from <= until))
        && versions.windows(2).all(|pair| match pair {
            [one, next] => one.until.is_some_and(|until| until < next.from),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn version(from: Date, until: Option<Date>, law: u8) -> Version<u8> {
        Version { from, until, law }
    }

    const FIRST: Date = Date::literal(2020, 1, 1);
    const LAST: Date = Date::literal(2020, 12, 31);
    const LATER: Date = Date::literal(2022, 1, 1);

    #[test]
    fn both_ends_count_and_a_gap_is_no_law() {
        let versions = [version(FIRST, Some(LAST), 1), version(LATER, None, 2)];
        for (day, law) in [
            (FIRST.plus_days(-1), None),
            (FIRST, Some(&1)),
            (LAST, Some(&1)),
            (LAST.plus_days(1), None),
            (LATER.plus_days(-1), None),
            (LATER, Some(&2)),
            (Date::literal(9999, 12, 31), Some(&2)),
        ] {
            assert_eq!(on(&versions, day), law, "{day}");
        }
    }

    #[test]
    fn versions_that_overlap_run_backwards_or_never_end_are_noticed() {
        assert!(follow_one_another(&[version(FIRST, Some(LAST), 1), version(LATER, None, 2)]));
        for wrong in [
            [version(FIRST, None, 1), version(LATER, None, 2)],
            [version(FIRST, Some(LATER), 1), version(LATER, None, 2)],
            [version(LATER, None, 1), version(FIRST, Some(LAST), 2)],
            [version(LAST, Some(FIRST), 1), version(LATER, None, 2)],
        ] {
            assert!(!follow_one_another(&wrong), "{wrong:?}");
        }
    }
}
