//! Whether a manifest is sound: what the host relies on later is checked here once.

use std::collections::BTreeSet;

use kycuong_model::code::Code;
use kycuong_model::codes::{DossierKind, Stage, SubjectKind};
use kycuong_model::finding::FURTHER_FINDINGS;
use kycuong_model::jurisdiction::{NATION, known_areas};
use kycuong_model::manifest::{Manifest, RuleDescription};
use kycuong_model::regime::Regime;

use crate::error::LoadError;
use crate::limits::Limits;
use crate::wording::sanitize_line;

/// What the host's own findings begin with: no pack may speak in its name.
const HOST_NAMES: [&str; 4] = ["intake", "schema", "place", "facts"];
/// Most legal texts that one rule cites; the rules that are known cite four at most.
const BASIS_MAX: usize = 32;
/// Longest id of a pack, and longest name of a rule.
const NAME_BYTES_MAX: usize = 100;

pub(super) fn check(manifest: &Manifest, limits: &Limits) -> Result<(), LoadError> {
    if !is_kebab_case(&manifest.pack) {
        return refuse(format!(
            "names the pack `{}`, which is not kebab-case",
            sanitize_line(&manifest.pack, 100)
        ));
    }
    if HOST_NAMES.contains(&manifest.pack.as_str()) {
        return refuse(format!(
            "names the pack `{}`, as the host calls its own rules",
            manifest.pack
        ));
    }
    if manifest.jurisdiction.provinces.is_empty() {
        return refuse(format!("names no jurisdiction, expected `{NATION}` or provinces"));
    }
    // A scope that nobody knows would apply nowhere, and the pack would pass everything in silence.
    known_areas(manifest).map_err(|error| LoadError::ManifestContent {
        detail: format!("names areas that are not there: {error}"),
    })?;
    if manifest.fuel_factor_tenths == 0 {
        return refuse("asks for no fuel (`fuel_factor_tenths` is 0)".to_owned());
    }
    if manifest.rules.is_empty() || manifest.rules.len() > limits.rules_max {
        return refuse(format!(
            "declares {} rules, expected 1 to {}",
            manifest.rules.len(),
            limits.rules_max
        ));
    }
    let mut ids = BTreeSet::new();
    for rule in &manifest.rules {
        if !ids.insert(rule.id.as_str()) {
            return refuse(format!("declares the rule `{}` twice", sanitize_line(&rule.id, 200)));
        }
        check_rule(&manifest.pack, rule)?;
    }
    Ok(())
}

fn check_rule(pack: &str, rule: &RuleDescription) -> Result<(), LoadError> {
    let name = rule.id.strip_prefix(pack).and_then(|rest| rest.strip_prefix('/'));
    let id = sanitize_line(&rule.id, 200);
    if !name.is_some_and(is_kebab_case) {
        return refuse(format!(
            "declares the rule `{id}`, expected `{pack}/` and a name in kebab-case"
        ));
    }
    if rule.title.vi.trim().is_empty() || rule.title.en.trim().is_empty() {
        return refuse(format!("gives the rule `{id}` no title in one of the languages"));
    }
    if rule.effective.to.is_some_and(|to| to < rule.effective.from) {
        return refuse(format!("lets the rule `{id}` end before it begins"));
    }
    if rule.subjects.is_empty() {
        return refuse(format!("gives the rule `{id}` no subject"));
    }
    if let Some(subject) =
        rule.subjects.iter().find(|subject| SubjectKind::from_code(subject).is_none())
    {
        return refuse(format!(
            "gives the rule `{id}` the unknown subject `{}`",
            sanitize_line(subject, 100)
        ));
    }
    if let Some(kind) = rule.kinds.iter().find(|kind| DossierKind::from_code(kind).is_none()) {
        return refuse(format!(
            "gives the rule `{id}` the unknown kind `{}`",
            sanitize_line(kind, 100)
        ));
    }
    // What this host does not know it could not hold against a dossier: the rule would run for none.
    if let Some(regime) = rule.regimes.iter().find(|regime| Regime::from_code(regime).is_none()) {
        return refuse(format!(
            "gives the rule `{id}` the unknown regime `{}`",
            sanitize_line(regime, 100)
        ));
    }
    if let Some(stage) = rule.stages.iter().find(|stage| Stage::from_code(stage).is_none()) {
        return refuse(format!(
            "gives the rule `{id}` the unknown stage `{}`",
            sanitize_line(stage, 100)
        ));
    }
    check_violations(rule)?;
    // Facts that nobody can supply are none: the rule would have nothing to object to, on every dossier.
    for need in &rule.facts {
        need.check_for(&rule.subjects).map_err(|error| LoadError::ManifestContent {
            detail: format!("lets the rule `{id}` ask for facts that are not there: {error}"),
        })?;
    }
    check_basis(rule)
}

/// The codes of a rule's violations tell them apart in reports and deployment files, and none is above its rule.
fn check_violations(rule: &RuleDescription) -> Result<(), LoadError> {
    let id = sanitize_line(&rule.id, 200);
    let mut codes = BTreeSet::new();
    for violation in &rule.violations {
        let code = violation.code.as_str();
        if !is_kebab_case(code) || code == FURTHER_FINDINGS {
            return refuse(format!(
                "gives the rule `{id}` the violation `{}`, expected a code in kebab-case other than `{FURTHER_FINDINGS}`",
                sanitize_line(code, 100)
            ));
        }
        if !codes.insert(code) {
            return refuse(format!("gives the rule `{id}` the violation `{code}` twice"));
        }
        if violation.severity > rule.severity {
            return refuse(format!(
                "lets the violation `{code}` of the rule `{id}` {}, the rule itself {}s at most",
                violation.severity.code(),
                rule.severity.code()
            ));
        }
    }
    Ok(())
}

/// What reports repeat in every finding of a rule is little; that each of its texts is short and made of
/// letters that are seen is held by `manifest_text`.
fn check_basis(rule: &RuleDescription) -> Result<(), LoadError> {
    if rule.basis.len() > BASIS_MAX {
        return refuse(format!(
            "cites {} legal texts for the rule `{}`, the limit is {}",
            rule.basis.len(),
            sanitize_line(&rule.id, 200),
            BASIS_MAX
        ));
    }
    Ok(())
}

fn is_kebab_case(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.len() <= NAME_BYTES_MAX && name.split('-').all(word)
}

fn refuse(detail: String) -> Result<(), LoadError> {
    Err(LoadError::ManifestContent { detail })
}
