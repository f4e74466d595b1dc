//! Which version of the interface a pack exports, and whether this host speaks it.

use kycuong_model::manifest::{INTERFACE, INTERFACE_VERSION};
use wasmparser::ComponentExternalKind;

use crate::error::LoadError;
use crate::wording::sanitize_line;

/// Names of a pack's exports that an error shows, and the bytes of each.
const EXPORTS_SHOWN_MAX: usize = 5;
const NAME_BYTES_MAX: usize = 200;

/// The version of the one interface that is exported.
pub(super) fn version(exports: &[(&str, ComponentExternalKind)]) -> Result<String, LoadError> {
    let expected = || format!("{INTERFACE}@{INTERFACE_VERSION}");
    let quoted = |name: &str| format!("`{}`", sanitize_line(name, NAME_BYTES_MAX));
    let [(name, ComponentExternalKind::Instance)] = exports else {
        let found = exports.iter().take(EXPORTS_SHOWN_MAX).map(|(name, _)| quoted(name));
        let found = found.collect::<Vec<_>>().join(", ");
        let found = if found.is_empty() { "none".to_owned() } else { found };
        return Err(LoadError::Exports { found, expected: expected() });
    };
    let version = name.strip_prefix(INTERFACE).and_then(|rest| rest.strip_prefix('@'));
    let Some(version) = version else {
        return Err(LoadError::Exports { found: quoted(name), expected: expected() });
    };
    if generation(version).is_none() || generation(version) != generation(INTERFACE_VERSION) {
        let found = sanitize_line(name, NAME_BYTES_MAX);
        return Err(LoadError::WrongInterface { found, expected: expected() });
    }
    Ok(version.to_owned())
}

/// The first number of a released version: versions of one generation understand each other.
fn generation(version: &str) -> Option<u64> {
    let mut numbers = version.split('.').map(|number| {
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| number.parse().ok()).flatten()
    });
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(major), Some(Some(_)), Some(Some(_)), None) => major,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn released_versions_of_one_generation() {
        assert_eq!(generation("1.0.0"), Some(1));
        assert_eq!(generation("1.12.3"), Some(1));
        assert_eq!(generation("2.0.0"), Some(2));
        for version in ["1", "1.0", "1.0.0-rc.1", "1.0.0.0", "1.x.0", "+1.0.0", ""] {
            assert_eq!(generation(version), None, "{version}");
        }
    }
}
