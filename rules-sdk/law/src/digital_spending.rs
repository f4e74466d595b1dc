//! Which spending of a unit plan counts as digital transformation.

use std::collections::BTreeSet;

use kycuong_model::codes::ActivityType;
use kycuong_model::date::Date;
use kycuong_model::money::Money;
use kycuong_model::unit_plan::{PlanEntry, UnitPlan};

use crate::dated::{self, Version};

/// What counts, as one wording has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitalSpending {
    /// The activities that do not count; all others do.
    excluded: &'static [ActivityType],
}

/// Decree 224/2026/NĐ-CP: articles 33 and 34 list what counts; article 32, clause 2, excludes furniture and
/// air-conditioning, office equipment by norm (but not end-user devices for digital work), research, and an
/// agency's own administration. Cameras that guard the premises are in neither list.
const DECREE_224: DigitalSpending = DigitalSpending {
    excluded: &[
        ActivityType::Furniture,
        ActivityType::OfficeEquipment,
        ActivityType::SecurityCamera,
        ActivityType::Research,
        ActivityType::Administration,
    ],
};

/// Before the decree no national text listed what counts: the plans and decisions of the provinces speak of
/// applications of information technology, and are read as the decree later put it. Unverified.
const AS_LATER_LISTED: DigitalSpending = DECREE_224;

const VERSIONS: [Version<DigitalSpending>; 2] = [
    Version {
        // Of the oldest provincial text whose rule rests on this: Quyết định 42/2012/QĐ-UBND, Quảng Ngãi.
        from: Date::literal(2012, 11, 30),
        until: Some(Date::literal(2026, 6, 30)),
        law: AS_LATER_LISTED,
    },
    Version { from: Date::literal(2026, 7, 1), until: None, law: DECREE_224 },
];

impl DigitalSpending {
    /// The wording of a day. Days before the oldest text that rests on it, 2012-11-30, have the first one: no
    /// rule judges them.
    pub fn on(day: Date) -> Self {
        dated::on(&VERSIONS, day).copied().unwrap_or(AS_LATER_LISTED)
    }

    /// Whether spending on an activity counts.
    pub fn counts(&self, activity: ActivityType) -> bool {
        !self.excluded.contains(&activity)
    }

    /// What counts of a plan, in đồng: the claimed entries of activities that do, each once. An entry that does not
    /// say its activity or its amount adds nothing.
    pub fn total(&self, plan: &UnitPlan<'_>) -> Money {
        let counted = claimed_once(plan).into_iter().filter(|entry| {
            entry.activity_type.get().is_some_and(|activity| self.counts(activity))
        });
        counted.filter_map(|entry| entry.amount.get()).sum()
    }
}

/// The entries that the unit claims as digital spending. An entry of the plan is claimed unless it says
/// `"claimed": false`; one that repeats an id is counted once.
pub fn claimed_once<'v, 'a>(plan: &'v UnitPlan<'a>) -> Vec<&'v PlanEntry<'a>> {
    let mut seen = BTreeSet::new();
    let mut claimed: Vec<_> =
        plan.entries.iter().filter(|entry| !entry.claimed.is(false)).collect();
    claimed.retain(|entry| !entry.id.is_filled() || seen.insert(entry.id.text().into_owned()));
    claimed
}

#[cfg(test)]
mod tests {
    use kycuong_model::code::Code;
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::view::View;

    use super::*;

    /// The days on which the list is known, and those around the decree's first.
    const DAYS: [Date; 5] = [
        Date::literal(1999, 1, 1),
        Date::literal(2012, 11, 30),
        Date::literal(2026, 6, 30),
        Date::literal(2026, 7, 1),
        Date::literal(2031, 1, 1),
    ];

    #[test]
    fn every_day_has_one_wording() {
        assert!(dated::follow_one_another(&VERSIONS));
        let held: Vec<_> = DAYS.map(|day| dated::on(&VERSIONS, day).is_some()).into();
        assert_eq!(held, [false, true, true, true, true]);
    }

    #[test]
    fn five_activities_do_not_count() {
        for day in DAYS {
            let spending = DigitalSpending::on(day);
            let left_out: BTreeSet<&str> = ActivityType::ALL
                .iter()
                .filter(|activity| !spending.counts(**activity))
                .map(|activity| activity.code())
                .collect();
            let five =
                ["administration", "furniture", "office-equipment", "research", "security-camera"];
            assert_eq!(left_out, BTreeSet::from(five), "{day}");
        }
    }

    #[test]
    fn each_claimed_entry_that_counts_does_so_once() {
        let plan = r#"{"entries": [
            {"id": "e1", "activity_type": "service-lease", "amount": "100"},
            {"id": "e1", "activity_type": "service-lease", "amount": "100"},
            {"activity_type": "training", "amount": "10"},
            {"activity_type": "training", "amount": "10"},
            {"id": "e2", "activity_type": "training", "amount": "1000", "claimed": false},
            {"id": "e3", "activity_type": "furniture", "amount": "1000"},
            {"id": "e4", "amount": "1000"},
            {"id": "e5", "activity_type": "training"},
            {"id": "e6", "activity_type": "purchase-end-user-device", "amount": "1", "claimed": true}
        ]}"#;
        let tape = parse(plan.as_bytes(), &ParseLimits::default()).unwrap();
        let plan = UnitPlan::of(tape.document());
        assert_eq!(DigitalSpending::on(Date::literal(2026, 11, 21)).total(&plan), Money::dong(121));
        assert_eq!(claimed_once(&plan).len(), 7);
    }
}
