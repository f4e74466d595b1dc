//! Whether a manifest is sound: what the host relies on later is checked here once.

use std::collections::BTreeSet;

use kycuong_model::manifest::{Manifest, RuleDescription};

use crate::error::LoadError;
use crate::limits::Limits;
use crate::sandbox::answer::plain;

/// The subjects that there are.
const SUBJECTS: [&str; 4] = ["dossier", "budget-entry", "unit-plan", "portfolio"];
/// Longest id of a pack, and longest name of a rule.
const NAME_BYTES_MAX: usize = 100;

pub(super) fn check(manifest: &Manifest, limits: &Limits) -> Result<(), LoadError> {
    if !is_kebab_case(&manifest.pack) {
        return refuse(format!(
            "names the pack `{}`, which is not kebab-case",
            plain(&manifest.pack, 100)
        ));
    }
    if manifest.fuel_tenths == 0 {
        return refuse("asks for no fuel (`fuel_tenths` is 0)".to_owned());
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
            return refuse(format!("declares the rule `{}` twice", plain(&rule.id, 200)));
        }
        check_rule(&manifest.pack, rule)?;
    }
    Ok(())
}

fn check_rule(pack: &str, rule: &RuleDescription) -> Result<(), LoadError> {
    let name = rule.id.strip_prefix(pack).and_then(|rest| rest.strip_prefix('/'));
    let id = plain(&rule.id, 200);
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
        rule.subjects.iter().find(|subject| !SUBJECTS.contains(&subject.as_str()))
    {
        return refuse(format!(
            "gives the rule `{id}` the unknown subject `{}`",
            plain(subject, 100)
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
