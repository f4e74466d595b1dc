//! Whether the cases that a pack carries can be believed to be its own: read as data, run by nobody here.

use std::collections::BTreeSet;

use kycuong_model::cases::{CASE_NAME_BYTES_MAX, CASES_SECTION, CarriedCase, PackCases};
use kycuong_model::manifest::Manifest;

use crate::error::LoadError;
use crate::wording::sanitize_error;
use crate::wording::sanitize_line;

/// Reads the section; a pack without one has no cases.
pub(super) fn read(sections: &[&[u8]], manifest: &Manifest) -> Result<PackCases, LoadError> {
    let section = match sections {
        [] => return Ok(PackCases::default()),
        [section] => *section,
        several => {
            return Err(LoadError::CasesSection { section: CASES_SECTION, found: several.len() });
        }
    };
    let cases = serde_json::from_slice(section)
        .map_err(|error| LoadError::CasesJson { source: sanitize_error(&error) })?;
    check(&cases, manifest)?;
    Ok(cases)
}

fn check(cases: &PackCases, manifest: &Manifest) -> Result<(), LoadError> {
    let mut rules = BTreeSet::new();
    for of_rule in &cases.rules {
        let rule = sanitize_line(&of_rule.rule, CASE_NAME_BYTES_MAX);
        if !manifest.rules.iter().any(|declared| declared.id == of_rule.rule) {
            return refuse(format!("name the rule `{rule}`, which the manifest does not declare"));
        }
        if !rules.insert(&of_rule.rule) {
            return refuse(format!("name the rule `{rule}` twice"));
        }
        let mut names = BTreeSet::new();
        for case in &of_rule.cases {
            check_name(&rule, case)?;
            if !names.insert(case.title()) {
                return refuse(format!("have `{}` of the rule `{rule}` twice", case.title()));
            }
        }
    }
    Ok(())
}

fn check_name(rule: &str, case: &CarriedCase) -> Result<(), LoadError> {
    let name = sanitize_line(&case.name, CASE_NAME_BYTES_MAX);
    if name.is_empty() || name != case.name {
        return refuse(format!("have a name for the rule `{rule}` that is no line: `{name}`"));
    }
    Ok(())
}

fn refuse(detail: String) -> Result<(), LoadError> {
    Err(LoadError::CasesContent { detail })
}
