//! The packs of a book in reading order: the nation, the provinces, the former areas.

use std::collections::BTreeSet;

use kycuong_model::cases::{CarriedCase, Expectation};
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::manifest::{PackStatus, RuleDescription};
use kycuong_model::snapshot::{self, SnapshotFinding};

use crate::{BookError, BookPack};

/// Whom a pack concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Nation,
    Province,
    FormerArea,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Nation, Self::Province, Self::FormerArea];

    fn of(pack: &BookPack) -> Self {
        let provinces = &pack.manifest.jurisdiction.provinces;
        let lives = |slug: &String| Province::by_slug(slug).is_some_and(|unit| unit.to.is_none());
        if provinces.iter().any(|slug| slug == NATION) {
            Self::Nation
        } else if provinces.iter().any(lives) {
            Self::Province
        } else {
            Self::FormerArea
        }
    }
}

/// All packs of a book.
#[derive(Debug)]
pub(crate) struct Volume {
    packs: Vec<(Level, BookPack)>,
}

/// A rule with its pack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) pack: &'a BookPack,
    pub(crate) rule: &'a RuleDescription,
}

impl Volume {
    pub(crate) fn new(packs: Vec<BookPack>) -> Result<Self, BookError> {
        let mut packs: Vec<(Level, BookPack)> =
            packs.into_iter().map(|pack| (Level::of(&pack), pack)).collect();
        let key = |(level, pack): &(Level, BookPack)| {
            (*level, pack.manifest.pack.clone(), pack.manifest.version.clone())
        };
        packs.sort_by_key(key);
        for pair in packs.windows(2) {
            if let [(_, a), (_, b)] = pair
                && a.manifest.pack == b.manifest.pack
            {
                return Err(BookError::SamePack {
                    pack: a.manifest.pack.clone(),
                    first: a.manifest.version.clone(),
                    second: b.manifest.version.clone(),
                });
            }
        }
        let volume = Self { packs };
        let packs = volume.packs().map(|pack| &pack.manifest.pack);
        let rules = volume.entries().map(|entry| &entry.rule.id);
        if let Some(id) = packs.chain(rules).find(|id| !is_id(id)) {
            return Err(BookError::Id { id: id.clone() });
        }
        Ok(volume)
    }

    pub(crate) fn packs(&self) -> impl ExactSizeIterator<Item = &BookPack> {
        self.packs.iter().map(|(_, pack)| pack)
    }

    pub(crate) fn packs_of(&self, level: Level) -> impl Iterator<Item = &BookPack> {
        self.packs.iter().filter(move |(of, _)| *of == level).map(|(_, pack)| pack)
    }

    /// All rules, pack by pack, in the order of their manifests.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.packs().flat_map(entries_of)
    }
}

/// The rules of one pack.
pub(crate) fn entries_of(pack: &BookPack) -> impl Iterator<Item = Entry<'_>> {
    pack.manifest.rules.iter().map(move |rule| Entry { pack, rule })
}

/// Lower-case words of letters and digits with hyphens, and one slash at most: what is safe as a file's name.
fn is_id(id: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    id.split('/').count() <= 2 && id.split('/').all(word)
}

impl<'a> Entry<'a> {
    /// The rule's name without its pack.
    pub(crate) fn name(self) -> &'a str {
        self.rule.id.rsplit('/').next().unwrap_or(&self.rule.id)
    }

    pub(crate) fn cases(self) -> &'a [CarriedCase] {
        self.pack.cases.of(&self.rule.id)
    }

    pub(crate) fn count(self, expectation: Expectation) -> usize {
        self.cases().iter().filter(|case| case.expectation == expectation).count()
    }

    /// How grave its findings are as long as nobody adopts the pack or verifies the numbers.
    pub(crate) fn severity_now(self) -> Severity {
        let ceiling = self.rule.ceiling();
        let historic = self.pack.manifest.status == PackStatus::Historic;
        if historic { ceiling.min(Severity::Warn) } else { ceiling }
    }

    /// A finding to show: the first that is as grave as the rule may be, else the gravest of the
    /// first case that fails.
    pub(crate) fn example(self) -> Option<(&'a CarriedCase, SnapshotFinding)> {
        let failing = || {
            self.cases()
                .iter()
                .filter(|case| case.expectation == Expectation::Invalid)
                .filter_map(|case| Some((case, gravest(case.outcome.as_deref()?)?)))
        };
        failing()
            .find(|(_, finding)| finding.severity == self.rule.severity)
            .or_else(|| failing().next())
    }

    /// Whose words the quote is: the pack's source when that is one text (a list has semicolons),
    /// else the one text that the rule rests on; `None` when it may be any of several.
    pub(crate) fn source(self) -> Option<&'a str> {
        let source = self.pack.manifest.source.as_ref().map(|source| source.vi.as_str());
        let source = source.filter(|source| !source.contains(';'));
        let instruments: BTreeSet<&str> =
            self.rule.basis.iter().map(|basis| basis.instrument.as_str()).collect();
        source.or_else(|| instruments.first().copied().filter(|_| instruments.len() == 1))
    }
}

/// The gravest finding of an outcome, the first of several.
fn gravest(outcome: &str) -> Option<SnapshotFinding> {
    let findings = snapshot::read(outcome)?.findings;
    let gravest = findings.iter().map(|finding| finding.severity).max()?;
    findings.into_iter().find(|finding| finding.severity == gravest)
}
