//! What an operator asks for, held against the packs: nothing unknown, nothing more severe, nothing
//! said twice, nothing without a reason.

use kycuong_model::date::Date;
use kycuong_model::manifest::{PackStatus, RuleDescription, ViolationDescription};
use kycuong_model::spelling::nearest;

use kycuong_report::{
    Adoption, AdvisorySwitch, LoweredSeverity, ParameterSetting, Settings, Waiver,
};

use super::parameter::check_value;
use super::{is_national, list};
use crate::deployment::{Deployment, Lowering, Override, ParameterChoice, cited_document};
use crate::error::BuildError;
use crate::pack::RulePack;

impl Deployment {
    /// The settings, still without the packs themselves and what was asked of them.
    pub(super) fn settings(&self, packs: &[RulePack]) -> Result<Settings, BuildError> {
        let known = Known { packs };
        checked(&self.required, |pack| known.required(pack))?;
        let mut adoptions = checked(&self.adoptions, |wanted| known.adoption(wanted))?;
        let mut advisory = checked(&self.advisory, |wanted| known.advisory(wanted))?;
        let mut lowered = checked(&self.lowered, |wanted| known.lowered(wanted))?;
        let mut parameters = checked(&self.parameters, |wanted| known.parameter(wanted))?;
        let mut waivers = checked(&self.waivers, |wanted| known.waiver(wanted))?;
        // INVARIANT: sorted, so that the order of a file changes no byte of a report.
        adoptions.sort_by(|a, b| a.0.cmp(&b.0));
        advisory.sort_by(|a, b| a.0.cmp(&b.0));
        lowered.sort_by(|a, b| (&a.0.rule, &a.0.violation).cmp(&(&b.0.rule, &b.0.violation)));
        parameters.sort_by(|a, b| (&a.0.rule, &a.0.name).cmp(&(&b.0.rule, &b.0.name)));
        waivers.sort_by(|a, b| a.0.cmp(&b.0));
        once(&adoptions, |a, b| {
            (a.pack == b.pack && b.from <= a.to.unwrap_or(b.from)).then(|| what_pack(&a.pack))
        })?;
        once(&advisory, |a, b| (a.pack == b.pack).then(|| what_pack(&a.pack)))?;
        once(&lowered, |a, b| {
            let same = (&a.rule, &a.violation) == (&b.rule, &b.violation);
            same.then(|| format!("the severity of {}", named(&a.rule, a.violation.as_deref())))
        })?;
        once(&parameters, |a, b| {
            let same = (&a.rule, &a.name) == (&b.rule, &b.name);
            same.then(|| format!("the parameter `{}` of `{}`", a.name, a.rule))
        })?;
        once(&waivers, |a, b| {
            let same = (&a.rule, &a.violation, &a.dossier) == (&b.rule, &b.violation, &b.dossier);
            same.then(|| what_waiver(a))
        })?;
        let mut settings = Settings::default();
        settings.adoptions = values(adoptions);
        settings.advisory = values(advisory);
        settings.lowered = values(lowered);
        settings.parameters = values(parameters);
        settings.waivers = values(waivers);
        Ok(settings)
    }
}

/// A rule, or one of its violations, as errors call it.
fn named(rule: &str, violation: Option<&str>) -> String {
    match violation {
        Some(violation) => format!("`{violation}` of `{rule}`"),
        None => format!("`{rule}`"),
    }
}

fn what_waiver(waiver: &Waiver) -> String {
    let what = named(&waiver.rule, waiver.violation.as_deref());
    format!("the waiver of {what} for `{}`", waiver.dossier)
}

fn what_pack(pack: &str) -> String {
    format!("the enforcement of `{pack}`")
}

/// A setting with what to call it when another one contradicts it.
type Named<T> = (T, String);

fn checked<T, S>(
    overrides: &[Override<T>],
    check: impl Fn(&T) -> Result<Named<S>, BuildError>,
) -> Result<Vec<Named<S>>, BuildError> {
    let checked = overrides.iter().map(|Override { wanted, place }| match (check(wanted), place) {
        (Ok((setting, name)), Some(place)) => Ok((setting, format!("{name} at {place}"))),
        (Err(source), Some(place)) => {
            Err(BuildError::Setting { place: place.clone(), source: Box::new(source) })
        }
        (result, None) => result,
    });
    checked.collect()
}

/// Refuses neighbours that set the same; `same` says what it is.
fn once<T>(sorted: &[Named<T>], same: impl Fn(&T, &T) -> Option<String>) -> Result<(), BuildError> {
    for pair in sorted.windows(2) {
        if let [(a, first), (b, second)] = pair
            && let Some(what) = same(a, b)
        {
            let (first, second) = (first.clone(), second.clone());
            return Err(BuildError::Twice { what, first, second });
        }
    }
    Ok(())
}

fn values<T>(named: Vec<Named<T>>) -> Vec<T> {
    named.into_iter().map(|(value, _)| value).collect()
}

/// What there is to set.
struct Known<'a> {
    packs: &'a [RulePack],
}

impl Known<'_> {
    fn pack(&self, id: &str) -> Result<&RulePack, BuildError> {
        self.packs.iter().find(|pack| pack.manifest().pack == id).ok_or_else(|| {
            let known = list(self.packs.iter().map(|pack| pack.manifest().pack.as_str()));
            BuildError::UnknownPack { pack: id.to_owned(), known }
        })
    }

    fn required(&self, id: &str) -> Result<Named<()>, BuildError> {
        match self.pack(id) {
            Ok(_) => Ok(((), format!("the pack `{id}`"))),
            Err(BuildError::UnknownPack { pack, known }) => {
                Err(BuildError::MissingPack { pack, known })
            }
            Err(error) => Err(error),
        }
    }

    fn rule(&self, id: &str) -> Result<(&RulePack, &RuleDescription), BuildError> {
        let all = || {
            let of_pack = |pack| {
                let rules = RulePack::manifest(pack).rules.iter();
                rules.map(move |rule| (pack, rule))
            };
            self.packs.iter().flat_map(of_pack)
        };
        all().find(|(_, rule)| rule.id == id).ok_or_else(|| {
            let meant = nearest(id, all().map(|(_, rule)| rule.id.as_str())).map(str::to_owned);
            BuildError::UnknownRule { rule: id.to_owned(), meant }
        })
    }

    /// The violation of a rule that a setting names, when it names one.
    fn violation<'r>(
        rule: &'r RuleDescription,
        code: Option<&str>,
    ) -> Result<Option<&'r ViolationDescription>, BuildError> {
        let Some(code) = code else { return Ok(None) };
        let found = rule.violation(code).ok_or_else(|| {
            let known = || rule.violations.iter().map(|violation| violation.code.as_str());
            BuildError::UnknownViolation {
                rule: rule.id.clone(),
                violation: code.to_owned(),
                meant: nearest(code, known()).map(str::to_owned),
                known: list(known()),
            }
        })?;
        Ok(Some(found))
    }

    fn adoption(&self, wanted: &Adoption) -> Result<Named<Adoption>, BuildError> {
        let pack = self.pack(&wanted.pack)?;
        if pack.manifest().status == PackStatus::InForce {
            return Err(BuildError::NotHistoric { pack: wanted.pack.clone() });
        }
        let what = format!("the adoption of `{}`", wanted.pack);
        filled(&what, "the number of its decision", &wanted.decision)?;
        filled(&what, "a signer", &wanted.signer)?;
        in_order(&what, ("its decision of", wanted.date), ("its first day", wanted.from))?;
        if let Some(to) = wanted.to {
            in_order(&what, ("its first day", wanted.from), ("its last day", to))?;
        }
        Ok((wanted.clone(), format!("`{}` from {}", wanted.decision, wanted.from)))
    }

    fn advisory(&self, wanted: &AdvisorySwitch) -> Result<Named<AdvisorySwitch>, BuildError> {
        let pack = self.pack(&wanted.pack)?;
        let what = format!("switching the pack `{}` to advisory", wanted.pack);
        filled(&what, "a reason", &wanted.reason)?;
        let decision = document(&what, pack, wanted.decision.as_deref(), &wanted.reason)?;
        let setting = AdvisorySwitch { decision, ..wanted.clone() };
        Ok((setting, "advisory".to_owned()))
    }

    fn lowered(&self, wanted: &Lowering) -> Result<Named<LoweredSeverity>, BuildError> {
        let (pack, rule) = self.rule(&wanted.rule)?;
        let violation = Self::violation(rule, wanted.violation.as_deref())?;
        let from = violation.map_or(rule.severity, |violation| violation.severity);
        let to = wanted.severity;
        let name = match &wanted.violation {
            Some(violation) => format!("`{violation}` of the rule `{}`", rule.id),
            None => format!("the rule `{}`", rule.id),
        };
        if to >= from {
            let (wanted, declared) = (to.code(), from.code());
            return Err(BuildError::NotLower { what: name, wanted, declared });
        }
        let what = format!("lowering {name}");
        filled(&what, "a reason", &wanted.reason)?;
        let decision = document(&what, pack, wanted.decision.as_deref(), &wanted.reason)?;
        let reason = wanted.reason.trim();
        let mut setting = LoweredSeverity::new(rule.id.as_str(), from, to, reason);
        setting.violation.clone_from(&wanted.violation);
        setting.decision = decision;
        Ok((setting, format!("`{}`", to.code())))
    }

    fn parameter(&self, wanted: &ParameterChoice) -> Result<Named<ParameterSetting>, BuildError> {
        let (_, rule) = self.rule(&wanted.rule)?;
        let ParameterChoice { name, value, reason, decision, .. } = wanted;
        let parameter = rule.parameters.iter().find(|parameter| parameter.name == *name);
        let parameter = parameter.ok_or_else(|| BuildError::UnknownParameter {
            rule: rule.id.clone(),
            name: name.clone(),
            known: list(rule.parameters.iter().map(|parameter| parameter.name.as_str())),
        })?;
        check_value(&rule.id, parameter, value)?;
        let mut setting = ParameterSetting::new(rule.id.as_str(), name.as_str(), value.as_str());
        setting.reason.clone_from(reason);
        setting.decision.clone_from(decision);
        Ok((setting, value.clone()))
    }

    fn waiver(&self, wanted: &Waiver) -> Result<Named<Waiver>, BuildError> {
        let (_, rule) = self.rule(&wanted.rule)?;
        Self::violation(rule, wanted.violation.as_deref())?;
        let what = what_waiver(wanted);
        for (lacks, text) in [
            ("the code of a dossier", &wanted.dossier),
            ("the number of its decision", &wanted.decision),
            ("a signer", &wanted.signer),
            ("a reason", &wanted.reason),
        ] {
            filled(&what, lacks, text)?;
        }
        if let Some(date) = wanted.date {
            in_order(&what, ("its decision of", date), ("its last day", wanted.expires))?;
        }
        Ok((wanted.clone(), format!("`{}`", wanted.decision)))
    }
}

/// The document that downgrades a pack's rules: given, or cited in the reason. The national
/// rules are above whoever runs a host, so nobody lowers one on their own word.
fn document(
    what: &str,
    pack: &RulePack,
    given: Option<&str>,
    reason: &str,
) -> Result<Option<String>, BuildError> {
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    let document = given.or_else(|| cited_document(reason)).map(str::to_owned);
    if document.is_none() && is_national(pack) {
        return Err(BuildError::NoDocument { what: what.to_owned() });
    }
    Ok(document)
}

fn filled(what: &str, lacks: &'static str, text: &str) -> Result<(), BuildError> {
    if text.trim().is_empty() {
        return Err(BuildError::NoReason { what: what.to_owned(), lacks });
    }
    Ok(())
}

fn in_order(
    what: &str,
    (first_name, first): (&'static str, Date),
    (second_name, second): (&'static str, Date),
) -> Result<(), BuildError> {
    if first > second {
        let what = what.to_owned();
        return Err(BuildError::Dates { what, first_name, first, second_name, second });
    }
    Ok(())
}
