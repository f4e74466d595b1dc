//! Khoản chi nào được tính là chi chuyển đổi số (Nghị định 224/2026/NĐ-CP Điều 32 khoản 2, Điều 33, Điều 34).

use kycuong_rules_sdk::model::unit_plan::{PlanEntry, UnitPlan};
use kycuong_rules_sdk::prelude::{ActivityType, BTreeSet, Money};

/// Whether spending on an activity counts as digital transformation.
///
/// Articles 33 and 34 list what does; article 32, clause 2, excludes furniture and air-conditioning, office
/// equipment by norm (but not end-user devices for digital work), research, and an agency's own administration.
pub(crate) fn is_eligible(activity: ActivityType) -> bool {
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
pub(crate) fn claimed_once<'v, 'a>(plan: &'v UnitPlan<'a>) -> Vec<&'v PlanEntry<'a>> {
    let mut seen = BTreeSet::new();
    let mut claimed: Vec<_> =
        plan.entries.iter().filter(|entry| !entry.claimed.is(false)).collect();
    claimed.retain(|entry| !entry.id.is_filled() || seen.insert(entry.id.text().into_owned()));
    claimed
}

/// What counts: the claimed entries of eligible activities.
pub(crate) fn eligible_total(plan: &UnitPlan<'_>) -> Money {
    let eligible = claimed_once(plan)
        .into_iter()
        .filter(|entry| entry.activity_type.get().is_some_and(is_eligible));
    eligible.filter_map(|entry| entry.amount.get()).sum()
}
