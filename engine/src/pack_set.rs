//! The packs in force, with what the operator set for them.
//!
//! Settings may make a rule lighter or a pack advisory, never graver, and everything that was set is
//! in the report.

use std::collections::BTreeMap;

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::jurisdiction::NATION;
use kycuong_model::manifest::{ParameterDescription, RuleDescription};
use kycuong_model::money::{Money, Percent, Quantity};
use serde::{Deserialize, Serialize};

use crate::error::BuildError;
use crate::pack::RulePack;
use crate::trust::{Rollback, Signer, Signing};

/// Whether a pack's blocking findings return a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// They do.
    #[default]
    Blocking,
    /// They warn.
    Advisory,
}

/// What the operator set, as the report shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether the packs had to be signed; absent in reports of hosts that could not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
    /// The digest of the trust file that the packs were verified against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<String>,
    /// The packs of which a higher version was seen before, by pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollbacks: Vec<Rollback>,
    /// The packs in force: the national ones, then by id.
    pub packs: Vec<PackSetting>,
    /// The rules whose severity was lowered, by id.
    pub lowered: Vec<LoweredSeverity>,
    /// The parameters that were set, by rule and name.
    pub parameters: Vec<ParameterSetting>,
}

/// One pack in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSetting {
    /// Its id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The digest of its file.
    pub digest: String,
    /// Whether it can return a submission.
    pub enforcement: Enforcement,
    /// Who signed it, by role and key; empty when signatures were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
}

/// A rule that the operator made lighter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoweredSeverity {
    /// Its id.
    pub rule: String,
    /// Its own severity.
    pub from: Severity,
    /// Its severity here.
    pub to: Severity,
    /// Why, in the operator's words.
    pub reason: String,
}

/// A parameter that the operator set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterSetting {
    /// The rule's id.
    pub rule: String,
    /// The parameter.
    pub name: String,
    /// Its value, as text.
    pub value: String,
}

/// What an operator asks for, not yet checked against the packs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) enforcement: BTreeMap<String, Enforcement>,
    pub(crate) lowered: BTreeMap<String, (Severity, String)>,
    pub(crate) parameters: BTreeMap<(String, String), String>,
}

/// The packs in force.
pub(crate) struct PackSet {
    packs: Vec<PackInForce>,
    settings: Settings,
}

/// One pack, with what was set for it.
pub(crate) struct PackInForce {
    pub(crate) pack: RulePack,
    pub(crate) enforcement: Enforcement,
    /// Severities lowered by the operator, by rule id.
    lowered: BTreeMap<String, Severity>,
    /// Values set, by the rule's name and then by theirs.
    pub(crate) parameters: BTreeMap<String, BTreeMap<String, String>>,
}

impl PackSet {
    pub(crate) fn new(mut packs: Vec<RulePack>, wishes: &Wishes) -> Result<Self, BuildError> {
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
        let settings = settings(&packs, wishes)?;
        let packs = packs.into_iter().zip(&settings.packs);
        let packs = packs.map(|(pack, setting)| in_force(pack, setting, &settings)).collect();
        Ok(Self { packs, settings })
    }

    pub(crate) fn packs(&self) -> &[PackInForce] {
        &self.packs
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How high a pack stands: 0 for the nation, 1 for anything below.
    pub(crate) fn level(&self, id: &str) -> usize {
        let pack = self.packs.iter().find(|pack| pack.pack.manifest().pack == id);
        pack.map_or(1, |pack| level(&pack.pack))
    }
}

impl PackInForce {
    /// The gravest that a rule can be here: its own severity, at most a warning when the legal
    /// numbers behind it were not verified or its pack is advisory, and what the operator set.
    pub(crate) fn severity(&self, rule: &RuleDescription) -> Severity {
        let mut severity = rule.severity;
        if !rule.verified || self.enforcement == Enforcement::Advisory {
            severity = severity.min(Severity::Warn);
        }
        self.lowered.get(&rule.id).map_or(severity, |lowered| severity.min(*lowered))
    }

    /// Whether a verdict needs the rule's decision.
    pub(crate) fn is_mandatory(&self, rule: &RuleDescription) -> bool {
        self.enforcement == Enforcement::Blocking && self.severity(rule) == Severity::Block
    }
}

fn level(pack: &RulePack) -> usize {
    let provinces = &pack.manifest().jurisdiction.provinces;
    usize::from(!provinces.iter().any(|province| province == NATION))
}

fn in_force(pack: RulePack, setting: &PackSetting, settings: &Settings) -> PackInForce {
    let name_of =
        |rule: &str| Some(rule.strip_prefix(&setting.pack)?.strip_prefix('/')?.to_owned());
    let lowered = settings.lowered.iter().filter(|lowered| name_of(&lowered.rule).is_some());
    let lowered = lowered.map(|lowered| (lowered.rule.clone(), lowered.to)).collect();
    let mut parameters: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for parameter in &settings.parameters {
        if let Some(rule) = name_of(&parameter.rule) {
            let values = parameters.entry(rule).or_default();
            values.insert(parameter.name.clone(), parameter.value.clone());
        }
    }
    PackInForce { pack, enforcement: setting.enforcement, lowered, parameters }
}

fn settings(packs: &[RulePack], wishes: &Wishes) -> Result<Settings, BuildError> {
    let rules = || packs.iter().flat_map(|pack| &pack.manifest().rules);
    let rule = |id: &str| {
        let found = rules().find(|rule| rule.id == id);
        found.ok_or_else(|| BuildError::UnknownRule { rule: id.to_owned() })
    };
    for id in wishes.enforcement.keys() {
        if !packs.iter().any(|pack| pack.manifest().pack == *id) {
            let known = list(packs.iter().map(|pack| pack.manifest().pack.as_str()));
            return Err(BuildError::UnknownPack { pack: id.clone(), known });
        }
    }
    let lowered = wishes.lowered.iter().map(|(id, (to, reason))| lowered(rule(id)?, *to, reason));
    let parameters = wishes.parameters.iter().map(|((id, name), value)| {
        let rule = rule(id)?;
        let parameter = rule.parameters.iter().find(|parameter| parameter.name == *name);
        let parameter = parameter.ok_or_else(|| BuildError::UnknownParameter {
            rule: id.clone(),
            name: name.clone(),
            known: list(rule.parameters.iter().map(|parameter| parameter.name.as_str())),
        })?;
        check_value(id, parameter, value)?;
        Ok(ParameterSetting { rule: id.clone(), name: name.clone(), value: value.clone() })
    });
    let verifications = packs.iter().filter_map(|pack| Some(&pack.trusted()?.verification));
    let verified = !packs.is_empty() && packs.iter().all(|pack| pack.trusted().is_some());
    let signing = if verified { Signing::Verified } else { Signing::UnsignedDevelopment };
    let trust = packs.first().and_then(|pack| Some(pack.trusted()?.by.clone()));
    Ok(Settings {
        signing: Some(signing),
        trust: trust.filter(|_| verified),
        rollbacks: verifications.filter_map(|verified| verified.rollback.clone()).collect(),
        packs: packs.iter().map(|pack| pack_setting(pack, wishes)).collect(),
        lowered: lowered.collect::<Result<_, _>>()?,
        parameters: parameters.collect::<Result<_, BuildError>>()?,
    })
}

fn pack_setting(pack: &RulePack, wishes: &Wishes) -> PackSetting {
    let manifest = pack.manifest();
    PackSetting {
        pack: manifest.pack.clone(),
        version: manifest.version.clone(),
        digest: pack.digest().to_owned(),
        enforcement: wishes.enforcement.get(&manifest.pack).copied().unwrap_or_default(),
        signers: pack.trusted().map(|by| by.verification.signers.clone()).unwrap_or_default(),
    }
}

fn lowered(
    rule: &RuleDescription,
    to: Severity,
    reason: &str,
) -> Result<LoweredSeverity, BuildError> {
    if to >= rule.severity {
        let (wanted, declared) = (to.code(), rule.severity.code());
        return Err(BuildError::NotLower { rule: rule.id.clone(), wanted, declared });
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(BuildError::NoReason { rule: rule.id.clone() });
    }
    let (rule, from) = (rule.id.clone(), rule.severity);
    Ok(LoweredSeverity { rule, from, to, reason: reason.to_owned() })
}

/// Names in backticks, for a sentence.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// Whether a value is of the parameter's kind and within its bounds, both of which are allowed.
fn check_value(
    rule: &str,
    parameter: &ParameterDescription,
    value: &str,
) -> Result<(), BuildError> {
    let within = match parameter.kind.as_str() {
        "switch" => matches!(value, "true" | "false").then_some(true),
        "percent" => is_within::<Percent>(parameter, value),
        "money" => is_within::<Money>(parameter, value),
        "quantity" => is_within::<Quantity>(parameter, value),
        "date" => is_within::<Date>(parameter, value),
        // `count`, `days`, `months`: digits alone, so that `+5` and `-0` are refused.
        _ if value.bytes().all(|byte| byte.is_ascii_digit()) => is_within::<u32>(parameter, value),
        _ => None,
    };
    let (rule, name, value) = (rule.to_owned(), parameter.name.clone(), value.to_owned());
    match within {
        Some(true) => Ok(()),
        Some(false) => {
            let bound = |bound: &Option<String>| bound.clone().unwrap_or_else(|| "any".to_owned());
            let (min, max) = (bound(&parameter.min), bound(&parameter.max));
            Err(BuildError::ParameterBounds { rule, name, value, min, max })
        }
        None => Err(BuildError::ParameterKind { rule, name, kind: parameter.kind.clone(), value }),
    }
}

/// `None` when the value, or a bound in the manifest, cannot be read.
fn is_within<T: std::str::FromStr + Ord>(
    parameter: &ParameterDescription,
    value: &str,
) -> Option<bool> {
    let value = value.parse::<T>().ok()?;
    let above = match &parameter.min {
        Some(min) => min.parse::<T>().ok()? <= value,
        None => true,
    };
    let below = match &parameter.max {
        Some(max) => value <= max.parse::<T>().ok()?,
        None => true,
    };
    Some(above && below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(kind: &str, min: &str, max: &str) -> ParameterDescription {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ParameterDescription {
            name: "share".to_owned(),
            doc: "Tỷ lệ.".to_owned(),
            kind: kind.to_owned(),
            default: min.to_owned(),
            min: bound(min),
            max: bound(max),
        }
    }

    fn said(parameter: &ParameterDescription, value: &str) -> String {
        check_value("thu/mot", parameter, value)
            .map_or_else(|error| error.to_string(), |()| "fits".to_owned())
    }

    #[test]
    fn a_parameter_stays_within_its_bounds_and_the_error_says_them() {
        let percent = parameter("percent", "2", "10");
        assert_eq!(said(&percent, "2"), "fits");
        assert_eq!(said(&percent, "10"), "fits");
        assert_eq!(
            said(&percent, "1.99"),
            "the parameter `share` of the rule `thu/mot` is 2 to 10, got 1.99"
        );
        assert_eq!(
            said(&percent, "nhiều"),
            "the parameter `share` of the rule `thu/mot` is a percent, got `nhiều`"
        );
        assert_eq!(said(&parameter("switch", "", ""), "true"), "fits");
        assert!(said(&parameter("switch", "", ""), "yes").contains("is a switch"));
        assert_eq!(said(&parameter("date", "2026-01-01", "2026-12-31"), "2026-07-01"), "fits");
        assert!(said(&parameter("count", "1", "30"), "+5").contains("is a count"));
        assert!(said(&parameter("months", "1", "30"), "31").contains("is 1 to 30, got 31"));
        assert!(said(&parameter("money", "0", "x"), "5").contains("is a money"), "a broken bound");
    }
}
