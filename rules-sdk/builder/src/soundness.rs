//! What a manifest may not say, even though it can be read.

use std::collections::BTreeSet;

use kycuong_model::code::is_kebab_case;
use kycuong_model::jurisdiction::check_areas;
use kycuong_model::manifest::Manifest;
use kycuong_model::rule_id::RuleId;

/// The longest pack id or rule name, in bytes: they become file names and columns of reports.
const ID_MAX: usize = 64;

/// The first thing that is impossible, in words.
pub(crate) fn problem(manifest: &Manifest) -> Option<String> {
    let Manifest { pack, version, .. } = manifest;
    if !is_kebab(pack) {
        return Some(format!(
            "the pack's id `{pack}` is not kebab-case of at most {ID_MAX} letters and digits"
        ));
    }
    if !is_semver(version) {
        return Some(format!("the version `{version}` of pack `{pack}` is not semantic (`1.0.0`)"));
    }
    let mut seen = BTreeSet::new();
    for rule in &manifest.rules {
        let id = &rule.id;
        let parts = RuleId::of(id);
        if parts.pack() != Some(pack) || !is_kebab(parts.name()) {
            return Some(format!("the rule id `{id}` is not `{pack}/` and a name in kebab-case"));
        }
        if !seen.insert(id) {
            return Some(format!("rule `{id}` is declared twice"));
        }
        if let Some(to) = rule.effective.to.filter(|to| *to < rule.effective.from) {
            return Some(format!(
                "rule `{id}` ends on {to}, before it begins on {}",
                rule.effective.from
            ));
        }
    }
    check_areas(manifest).err().map(|error| error.to_string())
}

/// Kebab-case that begins with a letter and is not too long.
fn is_kebab(text: &str) -> bool {
    text.len() <= ID_MAX
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && is_kebab_case(text)
}

/// Three numbers, and perhaps a pre-release or build tag.
fn is_semver(text: &str) -> bool {
    let (numbers, tag) = match text.find(['-', '+']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let number = |part: &str| {
        !part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(number)
        && tag.len() <= ID_MAX
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for good in ["bac-giang", "vn", "p24"] {
            assert!(is_kebab(good), "{good}");
        }
        for bad in ["", "Bac-giang", "bac--giang", "-bac", "bac-", "24", "bac_giang", "bắc", "../x"]
        {
            assert!(!is_kebab(bad), "{bad}");
        }
    }

    #[test]
    fn versions_are_semantic() {
        for good in ["1.0.0", "0.12.3", "1.0.0-rc.1", "1.0.0+2026"] {
            assert!(is_semver(good), "{good}");
        }
        for bad in ["", "1", "1.0", "1.0.x", "v1.0.0", "1.0.0-/../x", "1.0.0.0"] {
            assert!(!is_semver(bad), "{bad}");
        }
    }
}
