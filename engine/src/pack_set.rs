//! The active packs, with what the operator set for them.
//!
//! Settings may downgrade a rule or make a pack advisory, never the contrary, and everything that was set is
//! in the report. A pack whose text is historic only warns until a decision adopts it; adoption has
//! dates, so that enforcement belongs to the day of judging.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::NATION;
use kycuong_model::localize::Localize;
use kycuong_model::manifest::{PackStatus, RuleDescription};
use kycuong_model::text::Bilingual;

use kycuong_report::{
    Adoption, EnforcedBecause, Enforcement, PackSetting, Settings, Signer, Signing, digest,
};

use crate::deployment::Deployment;
use crate::error::BuildError;
use crate::pack::RulePack;

mod parameter;
mod request;

/// What was asked of every pack before the set was taken; settings state it.
#[derive(Clone, Debug)]
pub(crate) struct Assurance {
    /// The digest of what signatures were held against; `None` when unsigned packs may be in the set.
    pub(crate) trust: Option<String>,
    /// Whether it had to pass its self-test.
    pub(crate) self_test: bool,
}

/// The active packs, on every day.
pub(crate) struct PackSet {
    /// From the beginning of time.
    first: Period,
    /// By first day.
    later: Vec<Period>,
}

/// The active packs from one day until the next period: between two days on which an adoption
/// starts or ends, everything stays as it is.
pub(crate) struct Period {
    from: Date,
    pub(crate) packs: Vec<PackInForce>,
    pub(crate) settings: Settings,
    /// As JSON, and the digest of that.
    pub(crate) settings_json: Arc<[u8]>,
    pub(crate) settings_digest: String,
}

/// One pack, with what was set for it.
pub(crate) struct PackInForce {
    pub(crate) pack: RulePack,
    pub(crate) enforcement: Enforcement,
    /// Its enforcement without the operator's switch.
    own_enforcement: Enforcement,
    /// Severities lowered by the operator, by rule id and code of the violation; without one for all of the rule's.
    lowered: BTreeMap<(String, Option<String>), Severity>,
    /// Values set, by the rule's name and then by theirs.
    pub(crate) parameters: BTreeMap<String, BTreeMap<String, String>>,
}

impl PackSet {
    /// Holds what is asked for against the packs.
    pub(crate) fn new(
        mut packs: Vec<RulePack>,
        deployment: &Deployment,
        assurance: Assurance,
    ) -> Result<Self, BuildError> {
        if packs.is_empty() {
            return Err(BuildError::NoPacks);
        }
        // INVARIANT: this order, not that in which packs were added, is the order of outcomes.
        packs.sort_by(|a, b| (level(a), &a.manifest().pack).cmp(&(level(b), &b.manifest().pack)));
        for pair in packs.windows(2) {
            if let [a, b] = pair
                && a.manifest().pack == b.manifest().pack
            {
                let mut versions = [a, b].map(|pack| pack.manifest().version.clone());
                versions.sort_unstable();
                let [first, second] = versions;
                let pack = a.manifest().pack.clone();
                return Err(BuildError::DuplicatePack { pack, first, second });
            }
        }
        let Assurance { trust, self_test } = assurance;
        let verified = trust.is_some();
        let rollback = |pack: &RulePack| pack.trusted()?.verification.rollback.clone();
        let mut settings = deployment.settings(&packs)?;
        settings.self_test = self_test;
        settings.signing =
            Some(if verified { Signing::Verified } else { Signing::UnsignedDevelopment });
        settings.trust = trust;
        settings.rollbacks = packs.iter().filter(|_| verified).filter_map(rollback).collect();
        let ends = |adoption: &Adoption| Some(adoption.to?.plus_days(1));
        let days = settings.adoptions.iter().map(|adoption| adoption.from);
        let days = days.chain(settings.adoptions.iter().filter_map(ends)).collect::<BTreeSet<_>>();
        let later = days.into_iter().map(|from| Period::new(&packs, &settings, from));
        Ok(Self {
            later: later.collect::<Result<_, _>>()?,
            first: Period::new(&packs, &settings, Date::literal(1, 1, 1))?,
        })
    }

    /// What is active on a day.
    pub(crate) fn on(&self, day: Date) -> &Period {
        self.later.iter().rfind(|period| period.from <= day).unwrap_or(&self.first)
    }

    /// The packs, whatever the day.
    pub(crate) fn packs(&self) -> impl Iterator<Item = &RulePack> {
        self.first.packs.iter().map(|pack| &pack.pack)
    }
}

impl Period {
    fn new(packs: &[RulePack], settings: &Settings, from: Date) -> Result<Self, BuildError> {
        let mut settings = settings.clone();
        settings.packs = packs.iter().map(|pack| pack_setting(pack, &settings, from)).collect();
        let in_force = packs.iter().zip(&settings.packs);
        let packs = in_force
            .map(|(pack, setting)| PackInForce {
                own_enforcement: adoption_state(pack, &settings, from).enforcement(),
                ..in_force_as(pack.clone(), setting, &settings)
            })
            .collect();
        let json = serde_json::to_vec(&settings);
        let json = json.map_err(|error| BuildError::Host { detail: error.to_string() })?;
        let (settings_digest, settings_json) = (digest(&json), json.into());
        Ok(Self { from, packs, settings, settings_json, settings_digest })
    }

    /// How high a pack stands: 0 for the nation, 1 for anything below.
    pub(crate) fn level(&self, id: &str) -> usize {
        let pack = self.packs.iter().find(|pack| pack.pack.manifest().pack == id);
        pack.map_or(1, |pack| level(&pack.pack))
    }
}

impl PackInForce {
    /// The most severe that a rule's findings can be here: what its description allows, at most a
    /// warning when its pack is advisory, and what the operator set.
    pub(crate) fn severity(&self, rule: &RuleDescription) -> Severity {
        let severity = under(self.enforcement, self.own_severity(rule));
        self.lowered_to(rule, None).map_or(severity, |lowered| severity.min(lowered))
    }

    /// The most severe that findings of one of a rule's violations can be here.
    pub(crate) fn severity_of(&self, rule: &RuleDescription, violation: &str) -> Severity {
        let severity = self.severity(rule).min(rule.ceiling_of(violation));
        self.lowered_to(rule, Some(violation)).map_or(severity, |lowered| severity.min(lowered))
    }

    fn lowered_to(&self, rule: &RuleDescription, violation: Option<&str>) -> Option<Severity> {
        self.lowered.get(&(rule.id.clone(), violation.map(str::to_owned))).copied()
    }

    /// The same without what the operator downgraded.
    pub(crate) fn own_severity(&self, rule: &RuleDescription) -> Severity {
        under(self.own_enforcement, rule.ceiling())
    }

    /// Whether its pack would be advisory without the operator's switch.
    pub(crate) fn is_advisory_itself(&self) -> bool {
        self.own_enforcement == Enforcement::Advisory
    }
}

fn under(enforcement: Enforcement, severity: Severity) -> Severity {
    match enforcement {
        Enforcement::Blocking => severity,
        Enforcement::Advisory => severity.min(Severity::Warn),
    }
}

fn level(pack: &RulePack) -> usize {
    usize::from(!is_national(pack))
}

fn is_national(pack: &RulePack) -> bool {
    pack.manifest().jurisdiction.provinces.iter().any(|province| province == NATION)
}

fn in_force_as(pack: RulePack, setting: &PackSetting, settings: &Settings) -> PackInForce {
    let name_of =
        |rule: &str| Some(rule.strip_prefix(&setting.pack)?.strip_prefix('/')?.to_owned());
    let lowered = settings.lowered.iter().filter(|lowered| name_of(&lowered.rule).is_some());
    let lowered = lowered
        .map(|lowered| ((lowered.rule.clone(), lowered.violation.clone()), lowered.to))
        .collect();
    let mut parameters: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for parameter in &settings.parameters {
        if let Some(rule) = name_of(&parameter.rule) {
            let values = parameters.entry(rule).or_default();
            values.insert(parameter.name.clone(), parameter.value.clone());
        }
    }
    let enforcement = setting.enforcement;
    PackInForce { pack, enforcement, own_enforcement: enforcement, lowered, parameters }
}

/// What a pack is by itself on a day.
enum AdoptionState<'a> {
    InForce,
    Historic,
    Adopted(&'a Adoption),
    NotYet(&'a Adoption),
    Ended(&'a Adoption),
}

impl AdoptionState<'_> {
    fn enforcement(&self) -> Enforcement {
        match self {
            Self::InForce | Self::Adopted(_) => Enforcement::Blocking,
            Self::Historic | Self::NotYet(_) | Self::Ended(_) => Enforcement::Advisory,
        }
    }

    fn because(&self) -> EnforcedBecause {
        match self {
            Self::InForce => EnforcedBecause::InForce,
            Self::Historic => EnforcedBecause::Historic,
            Self::Adopted(_) => EnforcedBecause::Adopted,
            Self::NotYet(_) => EnforcedBecause::NotYetAdopted,
            Self::Ended(_) => EnforcedBecause::AdoptionEnded,
        }
    }

    fn reason(&self) -> Bilingual {
        match self {
            Self::InForce => Bilingual::new(
                "Văn bản làm căn cứ của gói quy tắc đang có hiệu lực.",
                "The legal texts of the pack are in force.",
            ),
            Self::Historic => Bilingual::new(
                "Gói quy tắc dựa trên văn bản cũ, chưa có quyết định áp dụng, nên chỉ cảnh báo.",
                "The pack rests on a historic text that no decision adopts, so it only warns.",
            ),
            Self::Adopted(adoption) => {
                let (vi, en) = cited(adoption);
                let (to_vi, to_en) = adoption.to.map_or_else(Default::default, |to| {
                    (format!(" đến hết ngày {}", to.vi()), format!(" until {}", to.en()))
                });
                let from = adoption.from;
                Bilingual::new(
                    format!("Gói quy tắc được áp dụng theo {vi}, từ ngày {}{to_vi}.", from.vi()),
                    format!("The pack is adopted by {en}, from {}{to_en}.", from.en()),
                )
            }
            Self::NotYet(adoption) => {
                let ((vi, en), from) = (cited(adoption), adoption.from);
                Bilingual::new(
                    format!(
                        "Gói quy tắc được áp dụng từ ngày {} theo {vi}; trước ngày đó chỉ cảnh báo.",
                        from.vi()
                    ),
                    format!(
                        "The pack is adopted from {} by {en}; before that day it only warns.",
                        from.en()
                    ),
                )
            }
            Self::Ended(adoption) => {
                let ((vi, en), to) = (cited(adoption), adoption.to.unwrap_or(adoption.from));
                Bilingual::new(
                    format!(
                        "Gói quy tắc hết được áp dụng sau ngày {} theo {vi}; sau ngày đó chỉ cảnh báo.",
                        to.vi()
                    ),
                    format!(
                        "The pack was adopted until {} by {en}; after that day it only warns.",
                        to.en()
                    ),
                )
            }
        }
    }
}

fn adoption_state<'a>(pack: &RulePack, settings: &'a Settings, day: Date) -> AdoptionState<'a> {
    if pack.manifest().status == PackStatus::InForce {
        return AdoptionState::InForce;
    }
    let of_pack = || settings.adoptions.iter().filter(|one| one.pack == pack.manifest().pack);
    if let Some(adoption) = of_pack().find(|adoption| adoption.contains(day)) {
        return AdoptionState::Adopted(adoption);
    }
    // By first day: the last that has begun has ended, the first that has not is the next.
    match of_pack().rfind(|adoption| adoption.from <= day) {
        Some(ended) => AdoptionState::Ended(ended),
        None => of_pack().next().map_or(AdoptionState::Historic, AdoptionState::NotYet),
    }
}

/// The decision of an adoption as a sentence cites it, in both languages.
fn cited(adoption: &Adoption) -> (String, String) {
    let Adoption { decision, date, signer, .. } = adoption;
    (
        format!("{decision} ngày {} (người ký: {signer})", date.vi()),
        format!("{decision} of {} (signed by {signer})", date.en()),
    )
}

/// Who signed a pack, where that was asked.
fn signers(pack: &RulePack, settings: &Settings) -> Vec<Signer> {
    let asked = settings.signing == Some(Signing::Verified);
    let trusted = pack.trusted().filter(|_| asked);
    trusted.map(|by| by.verification.signers.clone()).unwrap_or_default()
}

fn pack_setting(pack: &RulePack, settings: &Settings, day: Date) -> PackSetting {
    let manifest = pack.manifest();
    let state = adoption_state(pack, settings, day);
    let (id, version) = (manifest.pack.as_str(), manifest.version.as_str());
    let (enforcement, because) = (state.enforcement(), state.because());
    let mut setting =
        PackSetting::new(id, version, pack.digest(), enforcement, because, state.reason());
    setting.self_test = pack.self_tested().filter(|_| settings.self_test).cloned();
    setting.signers = signers(pack, settings);
    if let Some(switch) = settings.advisory.iter().find(|switch| switch.pack == manifest.pack) {
        setting.enforcement = Enforcement::Advisory;
        setting.because = EnforcedBecause::Operator;
        setting.reason = Bilingual::new(
            format!(
                "Đơn vị vận hành chuyển gói quy tắc sang chỉ cảnh báo: {}",
                as_sentence_end(&switch.reason)
            ),
            format!(
                "The operator switched the pack to advisory: {}",
                as_sentence_end(&switch.reason)
            ),
        );
    }
    setting
}

/// What an operator wrote, as the end of a sentence.
fn as_sentence_end(reason: &str) -> String {
    let reason = reason.trim();
    if reason.ends_with(['.', '!', '?', '…']) { reason.to_owned() } else { format!("{reason}.") }
}

/// Names in backticks, for a sentence.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
