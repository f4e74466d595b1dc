//! Which rules must run: jurisdiction × subject × kind, regime and stage × effective dates.
//!
//! Every rule of every active pack gets an answer here; what does not run says why.

use std::collections::BTreeMap;

use kycuong_model::applicability::{another_kind, another_regime, another_stage, another_subject};
use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, Stage, SubjectKind};
use kycuong_model::date::Date;
use kycuong_model::finding::{Missing, Severity};
use kycuong_model::jurisdiction::{NATION, Province};
use kycuong_model::localize::Localize;
use kycuong_model::manifest::{JurisdictionScope, RuleDescription};
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::text::Bilingual;
use kycuong_model::words::area;

use crate::facts::Lack;
use crate::pack_set::PackInForce;

/// What a rule's description is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    /// The nation, the province, the former province.
    pub(crate) jurisdictions: &'a [&'static str],
    /// The codes that would tell the jurisdictions below the nation, when they do not.
    pub(crate) place_missing: Option<&'a Pointer>,
    /// The former provinces that the area may lie in, when the submission does not tell which one.
    pub(crate) areas: &'a [&'static Province],
    /// The code that would tell the area, when it lies in one of them for certain.
    pub(crate) area_missing: Option<&'a Pointer>,
    /// What is judged.
    pub(crate) subject: SubjectKind,
    /// Of a dossier; `None` when it does not say.
    pub(crate) kind: Option<DossierKind>,
    /// Of a dossier; `None` when no known decree governs.
    pub(crate) regime: Option<Regime>,
    /// Of a dossier; `None` when it does not say.
    pub(crate) stage: Option<Stage>,
    /// The day of judging.
    pub(crate) on: Date,
}

/// Whether a pack concerns the place of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It does.
    Here,
    /// It applies elsewhere: where, and where the submission belongs.
    OutOfScope(Bilingual),
    /// The place cannot be told.
    Unknown(Missing),
}

/// Why a rule does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotRun {
    /// It does not concern this submission.
    NotApplicable(Bilingual),
    /// Whether it must run cannot be told.
    Undecided(Missing),
    /// Facts that it needs are not there.
    Lacks(Lack),
}

/// What of one active pack runs.
// INVARIANT: each rule of the pack is in one of the two.
pub(crate) struct Selection<'a> {
    pub(crate) pack: &'a PackInForce,
    pub(crate) reach: Reach,
    /// The rules that must run, in the order of the manifest.
    pub(crate) run: Vec<&'a RuleDescription>,
    /// Why each other rule does not, by its id.
    pub(crate) not_run: BTreeMap<&'a str, NotRun>,
}

impl<'a> Selection<'a> {
    /// Chooses among the rules of a pack.
    pub(crate) fn of(pack: &'a PackInForce, circumstances: &Circumstances<'_>) -> Self {
        let manifest = pack.pack.manifest();
        let reach = circumstances.reach(&manifest.jurisdiction);
        let (mut run, mut not_run) = (Vec::new(), BTreeMap::new());
        for rule in &manifest.rules {
            match circumstances.obstacle(&reach, rule) {
                None => run.push(rule),
                Some(why) => drop(not_run.insert(rule.id.as_str(), why)),
            }
        }
        Self { pack, reach, run, not_run }
    }

    /// Takes out the rules that need facts which are not to be had: packs in other languages need not know
    /// how to say so.
    pub(crate) fn without_facts(&mut self, lack: impl Fn(&RuleDescription) -> Option<Lack>) {
        let not_run = &mut self.not_run;
        self.run.retain(|rule| match lack(rule) {
            None => true,
            Some(lack) => {
                not_run.insert(rule.id.as_str(), NotRun::Lacks(lack));
                false
            }
        });
    }

    /// When it applies elsewhere and would judge the submission if that belonged there: how severe the
    /// findings of its rules could be.
    pub(crate) fn would_judge(&self, circumstances: &Circumstances<'_>) -> Option<Severity> {
        if !matches!(self.reach, Reach::OutOfScope(_)) {
            return None;
        }
        let rules = self.pack.pack.manifest().rules.iter();
        let judging = rules.filter(|rule| circumstances.obstacle(&Reach::Here, rule).is_none());
        judging.map(|rule| self.pack.severity(rule)).max()
    }
}

impl Circumstances<'_> {
    /// Whether a pack of this scope concerns the place: asked and worded once for all of its rules.
    pub(crate) fn reach(&self, scope: &JurisdictionScope) -> Reach {
        let applies = |slug: &String| self.jurisdictions.contains(&slug.as_str()) || slug == NATION;
        let may_apply = |slug: &String| self.areas.iter().any(|area| area.slug == slug);
        let area_missing = self.area_missing.filter(|_| scope.provinces.iter().any(may_apply));
        match self.place_missing.or(area_missing) {
            _ if scope.provinces.iter().any(applies) => Reach::Here,
            Some(path) => Reach::Unknown(Missing::Field(path.clone())),
            None => Reach::OutOfScope(self.out_of_scope(scope)),
        }
    }

    /// Why a rule of a pack of this reach does not run; `None` when it must.
    fn obstacle(&self, reach: &Reach, rule: &RuleDescription) -> Option<NotRun> {
        if let Some(reason) = self.out_of_force(rule) {
            return Some(NotRun::NotApplicable(reason));
        }
        if let Reach::OutOfScope(_) = reach {
            return Some(NotRun::NotApplicable(Bilingual::new(
                "Gói quy tắc áp dụng cho địa bàn khác.",
                "The rule pack applies elsewhere.",
            )));
        }
        let subject = self.subject;
        if !rule.subjects.iter().any(|code| code == subject.code()) {
            return Some(NotRun::NotApplicable(another_subject(subject)));
        }
        if let Some(reason) = self.left_out(rule) {
            return Some(NotRun::NotApplicable(reason));
        }
        match reach {
            // Only a rule that would judge this subject waits for the place.
            Reach::Unknown(missing) => Some(NotRun::Undecided(missing.clone())),
            Reach::Here | Reach::OutOfScope(_) => None,
        }
    }

    /// Why a rule's kinds, regimes or stages leave a dossier out; what the dossier does not say leaves it in.
    fn left_out(&self, rule: &RuleDescription) -> Option<Bilingual> {
        if self.subject != SubjectKind::Dossier {
            return None;
        }
        let kind = self.kind.filter(|kind| is_left_out(&rule.kinds, *kind)).map(another_kind);
        let regime = || {
            let regime = self.regime.filter(|regime| is_left_out(&rule.regimes, *regime));
            regime.map(another_regime)
        };
        let stage = || {
            let stage = self.stage.filter(|stage| is_left_out(&rule.stages, *stage));
            stage.map(another_stage)
        };
        kind.or_else(regime).or_else(stage)
    }

    fn out_of_force(&self, rule: &RuleDescription) -> Option<Bilingual> {
        let dates = rule.effective;
        if dates.contains(self.on) {
            return None;
        }
        Some(match dates.to.filter(|to| *to < self.on) {
            Some(to) => Bilingual::new(
                format!("Quy tắc hết hiệu lực sau ngày {}.", to.vi()),
                format!("The rule was in force until {}.", to.en()),
            ),
            None => Bilingual::new(
                format!("Quy tắc có hiệu lực từ ngày {}.", dates.from.vi()),
                format!("The rule is in force from {}.", dates.from.en()),
            ),
        })
    }

    fn out_of_scope(&self, scope: &JurisdictionScope) -> Bilingual {
        let named = |slugs: &[&str]| {
            let areas: Vec<_> = slugs.iter().map(|slug| area(slug, self.on)).collect();
            let list = |name: fn(&Bilingual) -> &str| {
                areas.iter().map(name).collect::<Vec<_>>().join(", ")
            };
            Bilingual::new(list(|area| &area.vi), list(|area| &area.en))
        };
        let scope = named(&scope.provinces.iter().map(String::as_str).collect::<Vec<_>>());
        let here = named(self.jurisdictions);
        Bilingual::new(
            format!("Gói quy tắc áp dụng cho {}; hồ sơ thuộc {}.", scope.vi, here.vi),
            format!(
                "The rule pack applies to {}; the submission belongs to {}.",
                scope.en, here.en
            ),
        )
    }
}

fn is_left_out(listed: &[String], value: impl Code) -> bool {
    !listed.is_empty() && !listed.iter().any(|code| code == value.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(more: &str) -> RuleDescription {
        serde_json::from_str(&format!(
            r#"{{"id":"thu/mot","title":{{"vi":"Một","en":"One"}},"doc":"Một.","severity":"warn",
                "effective":{{"from":"2026-07-01","to":"2026-12-31"}},"basis":[],
                "subjects":["dossier","portfolio"],"reads":[]{more}}}"#
        ))
        .unwrap()
    }

    fn scope(slug: &str) -> JurisdictionScope {
        JurisdictionScope { provinces: vec![slug.to_owned()] }
    }

    const HERE: Circumstances<'static> = Circumstances {
        jurisdictions: &["VN", "bac-ninh-2025", "bac-giang"],
        place_missing: None,
        areas: &[],
        area_missing: None,
        subject: SubjectKind::Dossier,
        kind: Some(DossierKind::ServiceLease),
        regime: Some(Regime::Nd224_2026),
        stage: Some(Stage::Appraisal),
        on: Date::literal(2026, 11, 21),
    };

    fn obstacle(here: &Circumstances<'_>, slug: &str, rule: &RuleDescription) -> Option<NotRun> {
        here.obstacle(&here.reach(&scope(slug)), rule)
    }

    fn reason(obstacle: Option<NotRun>) -> String {
        match obstacle {
            Some(NotRun::NotApplicable(reason)) => reason.en,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_level_of_the_chain_applies_and_no_other() {
        for slug in ["VN", "bac-ninh-2025", "bac-giang"] {
            assert_eq!(obstacle(&HERE, slug, &rule("")), None, "{slug}");
        }
        assert_eq!(
            reason(obstacle(&HERE, "bac-ninh", &rule(""))),
            "The rule pack applies elsewhere."
        );
        let Reach::OutOfScope(why) = HERE.reach(&scope("bac-ninh")) else { panic!() };
        assert_eq!(
            why.vi,
            "Gói quy tắc áp dụng cho tỉnh Bắc Ninh trước sắp xếp; hồ sơ thuộc cả nước, thành phố Bắc Ninh, tỉnh Bắc Giang trước sắp xếp."
        );
        assert_eq!(
            why.en,
            "The rule pack applies to the former Bắc Ninh; the submission belongs to the nation, Bắc Ninh, the former Bắc Giang."
        );
    }

    #[test]
    fn both_ends_of_the_dates_count() {
        let on = |on| obstacle(&Circumstances { on, ..HERE }, "VN", &rule(""));
        assert_eq!(on(Date::literal(2026, 7, 1)), None);
        assert_eq!(on(Date::literal(2026, 12, 31)), None);
        assert_eq!(reason(on(Date::literal(2026, 6, 30))), "The rule is in force from 2026-07-01.");
        assert_eq!(
            reason(on(Date::literal(2027, 1, 1))),
            "The rule was in force until 2026-12-31."
        );
    }

    #[test]
    fn subject_and_kind_narrow_and_an_absent_kind_does_not() {
        let lease = rule(r#","kinds":["service-lease"]"#);
        let other = rule(r#","kinds":["feasibility-report"]"#);
        assert_eq!(obstacle(&HERE, "VN", &lease), None);
        assert_eq!(
            reason(obstacle(&HERE, "VN", &other)),
            "The rule does not judge the kind “service lease plan”."
        );
        let no_kind = Circumstances { kind: None, ..HERE };
        assert_eq!(obstacle(&no_kind, "VN", &other), None);
        let plan = Circumstances { subject: SubjectKind::UnitPlan, ..HERE };
        assert!(reason(obstacle(&plan, "VN", &lease)).contains("unit's yearly budget plan"));
    }

    #[test]
    fn regime_and_stage_narrow_and_what_is_unknown_does_not() {
        let of_decree = rule(r#","regimes":["nd-73-2019","nd-82-2024"]"#);
        let completed = rule(r#","stages":["completion"]"#);
        assert_eq!(
            reason(obstacle(&HERE, "VN", &of_decree)),
            "The rule does not judge dossiers under Decree 224/2026/NĐ-CP."
        );
        assert_eq!(
            reason(obstacle(&HERE, "VN", &completed)),
            "The rule does not judge dossiers at the stage of appraisal."
        );
        let other = Circumstances {
            regime: Some(Regime::Nd82_2024),
            stage: Some(Stage::Completion),
            ..HERE
        };
        let unknown = Circumstances { regime: None, stage: None, ..HERE };
        for here in [other, unknown] {
            assert_eq!(obstacle(&here, "VN", &of_decree), None);
            assert_eq!(obstacle(&here, "VN", &completed), None);
        }
        let portfolio = Circumstances { subject: SubjectKind::Portfolio, ..HERE };
        assert_eq!(obstacle(&portfolio, "VN", &of_decree), None);
    }

    #[test]
    fn what_cannot_be_told_is_undecided_and_never_skipped() {
        let path = Pointer::from("/province/code");
        let nowhere = Circumstances { jurisdictions: &["VN"], place_missing: Some(&path), ..HERE };
        assert_eq!(obstacle(&nowhere, "VN", &rule("")), None);
        let missing = |path| Some(NotRun::Undecided(Missing::Field(Pointer::from(path))));
        assert_eq!(obstacle(&nowhere, "bac-giang", &rule("")), missing("/province/code"));
        // What would not judge it anywhere does not wait for the place.
        let plan = Circumstances { subject: SubjectKind::UnitPlan, ..nowhere };
        assert!(reason(obstacle(&plan, "bac-giang", &rule(""))).contains("does not judge"));
    }
}
