//! A lower pack never turns return into accept; no further pack or finding makes a verdict less severe.

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{Finding, Report, Verdict};
use kycuong_test_packs::canned_pack::fail;
use proptest::prelude::*;
use proptest::sample::Index;

use super::generated::{PACKS, finding, pack, packs};
use super::{DOSSIER, ON, builder, check, config};

/// Whether a finding is still said, at its place and as severe: by its own rule, or by that of a higher
/// pack that says the same.
fn is_said_in(found: &Finding, report: &Report) -> bool {
    report.findings.iter().any(|other| {
        (other.rule == found.rule || other.also.contains(&found.rule))
            && (&other.path, &other.message) == (&found.path, &found.message)
            && other.severity >= found.severity
    })
}

proptest! {
    #![proptest_config(config(64))]

    /// Any pack, added to any set, of whatever level: the verdict is as it was or worse, every outcome
    /// of the others is the same, and nothing that was found is gone or less severe. Where no rule judged
    /// at all, the verdict is undetermined, and that no rule applies is what the further pack may end.
    #[test]
    fn a_further_pack_never_makes_it_less_severe(
        (mut packs, candidate) in (packs(2), any::<Index>()).prop_map(|(mut packs, at)| {
            let candidate = packs.remove(at.index(packs.len()));
            (packs, candidate)
        }),
    ) {
        let before = check(&packs);
        packs.push(candidate);
        let after = check(&packs);
        let unjudged = |found: &Finding| found.rule == "intake/no-rule-applies";
        if !before.findings.iter().any(unjudged) {
            // The worst comes first in their order.
            prop_assert!(after.verdict <= before.verdict, "{:?} to {:?}", before.verdict, after.verdict);
            prop_assert!(after.raw_verdict <= before.raw_verdict);
            prop_assert!(before.complete || !after.complete);
        }
        for outcome in &before.outcomes {
            prop_assert!(after.outcomes.contains(outcome), "{outcome:?}");
        }
        for found in before.findings.iter().filter(|found| !unjudged(found)) {
            prop_assert!(is_said_in(found, &after), "{found:?}");
        }
    }

    /// The design's sixth promise in its own words: a pack of a province, beside a nation that returns.
    #[test]
    fn a_lower_pack_never_turns_return_into_accept(
        national in pack(PACKS[0]),
        lower in prop::sample::select(vec![PACKS[2], PACKS[3]]).prop_flat_map(pack),
    ) {
        let blocked = national.with_rule("blocks", fail(&[("/costs/total", "block")]));
        let alone = check(std::slice::from_ref(&blocked));
        let together = check(&[blocked, lower]);
        // A pack that loops or panics says nothing, not even this.
        if alone.verdict == Verdict::Return {
            prop_assert_eq!(together.verdict, Verdict::Return);
        } else {
            prop_assert!(together.verdict <= alone.verdict);
        }
    }

    /// One finding more, from a rule that answers: as it was or worse.
    #[test]
    fn a_further_finding_never_makes_it_less_severe(packs in packs(1), more in finding(), at in any::<Index>()) {
        let before = check(&packs);
        let mut worse = packs;
        let at = at.index(worse.len());
        let Some(pack) = worse[at].clone().with_finding(&more) else { return Ok(()) };
        worse[at] = pack;
        let after = check(&worse);
        prop_assert!(after.verdict <= before.verdict, "{:?} to {:?}", before.verdict, after.verdict);
        for found in &before.findings {
            prop_assert!(is_said_in(found, &after), "{found:?}");
        }
    }

    /// What the operator lowers is never more severe than what is raw, and changes nothing of that.
    #[test]
    fn what_counts_is_never_worse_than_what_is_raw(packs in packs(1), switch in any::<Index>()) {
        let (switched, _) = PACKS[switch.index(PACKS.len())];
        let lowered = builder(&packs).advisory(switched, "Theo văn bản 12/UBND-VX").build();
        // The pack may not be there, and then there is nothing to switch.
        let Ok(lowered) = lowered else { return Ok(()) };
        let (plain, lowered) = (check(&packs), lowered.judge(DOSSIER.as_bytes(), ON).unwrap());
        prop_assert!(lowered.raw_verdict <= lowered.verdict);
        prop_assert_eq!(lowered.raw_verdict, plain.raw_verdict);
        prop_assert!(plain.verdict <= lowered.verdict);
    }
}
