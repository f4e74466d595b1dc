//! Nhiệm vụ, dự án có cùng hệ thống hoặc cùng mã chức năng, được cấp kinh phí trong cùng thời gian.

use kycuong_rules_sdk::prelude::*;

use crate::funded_period::FundedPeriod;

/// What two projects may have in common, by the codes of each.
pub(crate) struct Codes {
    system: String,
    function: String,
}

impl Codes {
    pub(crate) fn new(system: &TextField, function: &TextField) -> Self {
        Self { system: system.owned(), function: function.owned() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.system.is_empty() && self.function.is_empty()
    }

    /// The code in common and what it is of; a system says more than a function.
    pub(crate) fn shared_with(&self, other: &Self) -> Option<(Bilingual, String)> {
        if !self.system.is_empty() && self.system == other.system {
            Some((Bilingual::new("hệ thống", "system"), self.system.clone()))
        } else if !self.function.is_empty() && self.function == other.function {
            Some((Bilingual::new("mã chức năng", "function"), self.function.clone()))
        } else {
            None
        }
    }
}

/// Funded things by their codes and their time, so that nobody compares each with each: a portfolio of
/// thousands of projects has millions of pairs.
pub(crate) struct FundedThings {
    things: Vec<(Codes, FundedPeriod)>,
    by_system: BTreeMap<String, Vec<Reach>>,
    by_function: BTreeMap<String, Vec<Reach>>,
}

/// A thing among those of one code, which are in the order of their first days.
struct Reach {
    at: usize,
    /// The one whose end is the latest, of those before this one.
    longest_before: Option<usize>,
    /// The same of those up to this one.
    longest: usize,
}

impl FundedThings {
    pub(crate) fn new(things: Vec<(Codes, FundedPeriod)>) -> Self {
        let (mut by_system, mut by_function) = (BTreeMap::new(), BTreeMap::new());
        let mut order: Vec<usize> = (0..things.len()).collect();
        order.sort_by_key(|at| things.get(*at).and_then(|(_, period)| period.from));
        for at in order {
            let Some((codes, _)) = things.get(at) else { continue };
            for (lines, code) in
                [(&mut by_system, &codes.system), (&mut by_function, &codes.function)]
            {
                if !code.is_empty() {
                    let line: &mut Vec<Reach> = lines.entry(code.clone()).or_default();
                    let longest_before = line.last().map(|reach| reach.longest);
                    let is_longer = |than| last_day(&things, than) < last_day(&things, at);
                    let longest = longest_before.filter(|before| !is_longer(*before));
                    line.push(Reach { at, longest_before, longest: longest.unwrap_or(at) });
                }
            }
        }
        Self { things, by_system, by_function }
    }

    /// A thing, by its place among those that were given.
    pub(crate) fn get(&self, at: usize) -> Option<&(Codes, FundedPeriod)> {
        self.things.get(at)
    }

    /// Every thing that has a code in common and is funded at the same time.
    pub(crate) fn all(&self, codes: &Codes, period: FundedPeriod) -> BTreeSet<usize> {
        let lines = [
            self.by_system.get(codes.system.as_str()),
            self.by_function.get(codes.function.as_str()),
        ];
        let reaches = lines.into_iter().flatten().flatten();
        reaches.map(|reach| reach.at).filter(|at| self.overlaps(*at, period)).collect()
    }

    /// For each code in common, the thing that is funded longest among those funded at the same time.
    pub(crate) fn longest(&self, codes: &Codes, period: FundedPeriod) -> BTreeSet<usize> {
        let lines = [
            self.by_system.get(codes.system.as_str()),
            self.by_function.get(codes.function.as_str()),
        ];
        let in_time = lines.into_iter().flatten().filter_map(|line| {
            let begun = line.partition_point(|reach| {
                let from = self.things.get(reach.at).and_then(|(_, period)| period.from);
                from.zip(period.to).is_none_or(|(from, to)| from <= to)
            });
            line.get(begun.checked_sub(1)?).map(|reach| reach.longest)
        });
        in_time.filter(|at| self.overlaps(*at, period)).collect()
    }

    /// By thing: those that began before it and are still funded when it begins, one for each code in common.
    pub(crate) fn earlier(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for reach in self.by_system.values().chain(self.by_function.values()).flatten() {
            if let (Some(before), Some((_, period))) =
                (reach.longest_before, self.things.get(reach.at))
                && self.overlaps(before, *period)
            {
                found.entry(reach.at).or_default().insert(before);
            }
        }
        found
    }

    fn overlaps(&self, at: usize, period: FundedPeriod) -> bool {
        self.things.get(at).is_some_and(|(_, other)| other.overlaps(period))
    }
}

/// When a thing ends: one that has no end ends after all others.
fn last_day(things: &[(Codes, FundedPeriod)], at: usize) -> (bool, Option<Date>) {
    let to = things.get(at).and_then(|(_, period)| period.to);
    (to.is_none(), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Things with few codes and few days, so that many of them meet; the same ones in every run.
    fn things(count: usize) -> Vec<(Codes, FundedPeriod)> {
        let mut state = 7_u32;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let codes = ["", "kho", "cong", "truc"];
        let mut made = Vec::new();
        for _ in 0..count {
            let mut code = || codes[draw(4) as usize].into();
            let codes = Codes { system: code(), function: code() };
            let start = Date::literal(2026, 1, 1).plus_days(draw(400) as i32);
            let from = (draw(9) > 0).then_some(start);
            let to = (draw(9) > 0).then_some(start.plus_days(draw(60) as i32));
            made.push((codes, FundedPeriod { from, to }));
        }
        made
    }

    #[test]
    fn what_is_found_by_code_is_what_a_comparison_of_each_with_each_finds() {
        let (ours, theirs) = (things(60), things(200));
        let found = FundedThings::new(things(200));
        for (codes, period) in &ours {
            let meets = |(other, time): &(Codes, FundedPeriod)| {
                codes.shared_with(other).is_some() && period.overlaps(*time)
            };
            let each: BTreeSet<usize> =
                (0..theirs.len()).filter(|at| meets(&theirs[*at])).collect();
            assert_eq!(found.all(codes, *period), each);
            let longest = found.longest(codes, *period);
            assert!(longest.is_subset(&each));
            assert_eq!(longest.is_empty(), each.is_empty());
        }
        let earlier = found.earlier();
        for (at, (codes, period)) in theirs.iter().enumerate() {
            // Of two that meet, the one that begins later has the finding; of two that begin together, the later one.
            let order = |at: usize| (theirs[at].1.from, at);
            let is_met = (0..theirs.len()).any(|other| {
                order(other) < order(at)
                    && codes.shared_with(&theirs[other].0).is_some()
                    && period.overlaps(theirs[other].1)
            });
            assert_eq!(earlier.contains_key(&at), is_met, "{at}");
        }
    }
}
