//! The packs of a book in reading order: the nation, the provinces, the former areas.

use std::collections::BTreeSet;

use kycuong_model::cases::{CarriedCase, CaseFinding, CaseWording, Expectation};
use kycuong_model::code::is_kebab_case;
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::manifest::{PackStatus, RuleDescription};
use kycuong_model::text::Bilingual;

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

/// Kebab-case with one slash at most: what is safe as a file's name.
fn is_id(id: &str) -> bool {
    id.split('/').count() <= 2 && id.split('/').all(is_kebab_case)
}

impl<'a> Entry<'a> {
    /// The rule's name without its pack.
    pub(crate) fn name(self) -> &'a str {
        self.rule.name()
    }

    pub(crate) fn cases(self) -> &'a [CarriedCase] {
        self.pack.cases.of(&self.rule.id)
    }

    pub(crate) fn count(self, expectation: Expectation) -> usize {
        self.cases().iter().filter(|case| case.expectation == expectation).count()
    }

    /// The severity of its findings as long as nobody adopts the pack or verifies the numbers.
    pub(crate) fn severity_now(self) -> Severity {
        let ceiling = self.rule.ceiling();
        let historic = self.pack.manifest.status == PackStatus::Historic;
        if historic { ceiling.min(Severity::Warn) } else { ceiling }
    }

    /// The sentences that its cases record.
    pub(crate) fn wordings(self) -> &'a [CaseWording] {
        self.pack
            .cases
            .rule(&self.rule.id)
            .map(|cases| cases.wordings.as_slice())
            .unwrap_or_default()
    }

    /// The place of a case by its title.
    pub(crate) fn place_of(self, title: &str) -> Option<usize> {
        self.cases().iter().position(|case| case.title() == title)
    }

    /// A finding to show: of the recorded sentences the first that is as severe as the rule may be, else
    /// the first.
    pub(crate) fn example(self) -> Option<Example<'a>> {
        let examples = || self.wordings().iter().filter_map(|wording| self.shown_by(wording));
        examples()
            .find(|example| example.finding.severity == self.rule.severity)
            .or_else(|| examples().next())
    }

    /// The finding that a recorded sentence is of.
    fn shown_by(self, wording: &'a CaseWording) -> Option<Example<'a>> {
        let place = self.place_of(&wording.case)?;
        let case = self.cases().get(place)?;
        let remedy = wording.remedy.as_ref()?;
        let mut findings = case.outcome.as_ref()?.findings().iter();
        let finding = findings.find(|finding| finding.code == wording.code)?;
        Some(Example { place, case, finding, message: &wording.message, remedy })
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

/// A finding of a case with its sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example<'a> {
    /// The position of the case among those of its rule.
    pub(crate) place: usize,
    pub(crate) case: &'a CarriedCase,
    pub(crate) finding: &'a CaseFinding,
    pub(crate) message: &'a Bilingual,
    pub(crate) remedy: &'a Bilingual,
}
