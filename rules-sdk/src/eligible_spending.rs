//! Which spending of a unit plan counts as digital transformation (Decree 224/2026/NĐ-CP, articles 32.2, 33 and 34).

use std::collections::BTreeSet;

use kycuong_model::codes::ActivityType;
use kycuong_model::money::Money;
use kycuong_model::unit_plan::{PlanEntry, UnitPlan};

/// Whether spending on an activity counts as digital transformation.
///
/// Articles 33 and 34 list what does; article 32, clause 2, excludes furniture and air-conditioning, office
/// equipment by norm (but not end-user devices for digital work), research, and an agency's own administration.
/// Cameras that guard the premises are none of either list.
pub fn is_eligible(activity: ActivityType) -> bool {
    !matches!(
        activity,
        ActivityType::Furniture
            | ActivityType::OfficeEquipment
            | ActivityType::SecurityCamera
            | ActivityType::Research
            | ActivityType::Administration
    )
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

/// What counts, in đồng: the claimed entries of eligible activities, each once. An entry that does not say its
/// activity or its amount adds nothing.
pub fn eligible_total(plan: &UnitPlan<'_>) -> Money {
    let eligible = claimed_once(plan)
        .into_iter()
        .filter(|entry| entry.activity_type.get().is_some_and(is_eligible));
    eligible.filter_map(|entry| entry.amount.get()).sum()
}

#[cfg(test)]
mod tests {
    use kycuong_model::code::Code;
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::view::View;

    use super::*;

    #[test]
    fn five_activities_do_not_count() {
        let left_out: Vec<&str> = ActivityType::ALL
            .iter()
            .filter(|activity| !is_eligible(**activity))
            .map(|activity| activity.code())
            .collect();
        assert_eq!(
            left_out.into_iter().collect::<BTreeSet<_>>(),
            BTreeSet::from([
                "administration",
                "furniture",
                "office-equipment",
                "research",
                "security-camera"
            ])
        );
    }

    #[test]
    fn each_claimed_eligible_entry_counts_once() {
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
        assert_eq!(eligible_total(&plan), Money::dong(121));
        assert_eq!(claimed_once(&plan).len(), 7);
    }
}
