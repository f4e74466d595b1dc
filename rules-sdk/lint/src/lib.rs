//! Problems of a set of rule packs, told from their manifests and cases without running anything.
//!
//! A finding here is not of a submission but something that a pack's author or publisher
//! should look at: days that nothing covers, a text that was repealed, a rule that was never shown to
//! fail, a sentence that an official would not sign. Each says what it is and how to fix it, in
//! Vietnamese and English. There is no clock: the day on which texts must be in force is given.

mod basis;
mod cases;
mod check;
mod dates;
mod likeness;
mod register;
mod wording;

use std::collections::BTreeSet;

use kycuong_model::cases::PackCases;
use kycuong_model::date::Date;
use kycuong_model::manifest::{Manifest, RuleDescription};
use kycuong_model::text::Bilingual;
use serde::Serialize;

pub use crate::check::Check;
pub use crate::register::{LegalRegister, RegisterError};
pub use kycuong_model::sentence::{SENTENCE_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};

/// A pack, as its file describes it. A set may hold several versions of one pack.
#[derive(Clone, Debug)]
pub struct LintPack {
    /// Its manifest.
    pub manifest: Manifest,
    /// The cases that it carries.
    pub cases: PackCases,
}

/// What the packs are held against, besides themselves.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// The texts and when they are in force, and the day of linting. Without it two checks cannot be
    /// made, and the report says so.
    pub register: Option<(LegalRegister, Date)>,
    /// The days that every family of rules has to cover. Without it only the days between the first
    /// and the last of a family count.
    pub range: Option<(Date, Date)>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LintFinding {
    /// What was checked.
    pub check: Check,
    /// The rules concerned, by id; with `@` and the version where the set has several versions of
    /// their pack.
    pub rules: Vec<String>,
    /// What is wrong, or looks wrong.
    pub message: Bilingual,
    /// How to fix it.
    pub remedy: Bilingual,
}

/// A check that was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// Which.
    pub check: Check,
    /// Why not.
    pub reason: Bilingual,
}

/// All problems of a set of packs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LintReport {
    /// How many packs were read.
    pub packs: usize,
    /// How many rules they declare.
    pub rules: usize,
    /// By check, then by rule.
    pub findings: Vec<LintFinding>,
    /// What could not be checked.
    pub not_checked: Vec<NotChecked>,
}

/// A rule with its pack.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pack: &'a LintPack,
    rule: &'a RuleDescription,
    /// Whether the set holds another version of its pack.
    several: bool,
}

impl Entry<'_> {
    /// How the rule is named in a finding.
    pub(crate) fn name(&self) -> String {
        if self.several {
            format!("{}@{}", self.rule.id, self.pack.manifest.version)
        } else {
            self.rule.id.clone()
        }
    }

    /// The norm: the first paragraph of the doc.
    pub(crate) fn norm(&self) -> String {
        let first = self.rule.doc.split("\n\n").next().unwrap_or_default();
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn finding(
        &self,
        check: Check,
        message: Bilingual,
        remedy: Bilingual,
    ) -> LintFinding {
        LintFinding { check, rules: vec![self.name()], message, remedy }
    }
}

/// Checks a set of packs; their order does not matter.
pub fn lint(packs: &[LintPack], background: &Background) -> LintReport {
    let entries = entries(packs);
    let mut findings = dates::check(&entries, background.range);
    let mut not_checked = Vec::new();
    match &background.register {
        Some((register, on)) => findings.extend(basis::against(&entries, register, *on)),
        None => not_checked.extend(basis::not_checked()),
    }
    findings.extend(basis::articles(&entries));
    findings.extend(cases::check(&entries));
    findings.extend(likeness::check(&entries));
    findings.extend(wording::check(&entries));
    findings.sort_by(|a, b| {
        (a.check, &a.rules, &a.message.vi).cmp(&(b.check, &b.rules, &b.message.vi))
    });
    findings.dedup();
    LintReport { packs: packs.len(), rules: entries.len(), findings, not_checked }
}

fn entries(packs: &[LintPack]) -> Vec<Entry<'_>> {
    let mut seen = BTreeSet::new();
    let mut several = BTreeSet::new();
    for pack in packs {
        if !seen.insert(&pack.manifest.pack) {
            several.insert(&pack.manifest.pack);
        }
    }
    let mut entries: Vec<Entry<'_>> = packs
        .iter()
        .flat_map(|pack| {
            let several = several.contains(&pack.manifest.pack);
            pack.manifest.rules.iter().map(move |rule| Entry { pack, rule, several })
        })
        .collect();
    entries.sort_by(|a, b| {
        (&a.rule.id, &a.pack.manifest.version).cmp(&(&b.rule.id, &b.pack.manifest.version))
    });
    entries
}
