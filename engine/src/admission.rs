//! What a rule pack must be before it is compiled: read as data, nothing is run.
//!
//! Compiling is the first thing that foreign bytes can make expensive, so everything that a count or
//! a name can refuse is refused here, with words that its author can act on.

use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;
use wasmparser::{BinaryReaderError, Validator, WasmFeatures};

use crate::digest::digest;
use crate::error::LoadError;
use crate::limits::Limits;
use crate::wording::account;

mod cases;
mod manifest;
mod survey;

pub use survey::Count;
use survey::Survey;

/// What admission learned of a pack.
#[derive(Debug)]
pub(crate) struct Admitted {
    /// The manifest of the custom section.
    pub(crate) manifest: Manifest,
    /// The section's bytes.
    pub(crate) manifest_json: Vec<u8>,
    /// The version in the export's name.
    pub(crate) interface_version: String,
    /// The cases of the other custom section.
    pub(crate) cases: PackCases,
    /// The digest of that section; of nothing when there is none.
    pub(crate) cases_digest: String,
    /// What was counted on the way, with its limits.
    pub(crate) counts: Vec<Count>,
}

/// The proposals that packs may use: WebAssembly 2.0 without references to host objects, constant
/// expressions, components. The compiler refuses the others again.
const FEATURES: WasmFeatures = WasmFeatures::WASM2
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::COMPONENT_MODEL)
    .difference(WasmFeatures::GC_TYPES);

/// Admits a pack: a component of bounded size that imports nothing, exports the interface and
/// nothing else, and carries a sound manifest and perhaps cases of its rules.
pub(crate) fn admit(bytes: &[u8], limits: &Limits) -> Result<Admitted, LoadError> {
    if bytes.len() > limits.pack_bytes_max {
        return Err(LoadError::TooLarge { bytes: bytes.len(), limit: limits.pack_bytes_max });
    }
    if !bytes.starts_with(b"\0asm") {
        return Err(LoadError::NotComponent { found: "something that is not WebAssembly" });
    }
    let survey = Survey::of(bytes, limits)?;
    let interface_version = survey.interface_version()?;
    let manifest_json = survey.manifest(limits)?.to_vec();
    Validator::new_with_features(FEATURES).validate_all(bytes).map_err(invalid)?;
    let manifest = serde_json::from_slice(&manifest_json)
        .map_err(|error| LoadError::ManifestJson { source: account(&error) })?;
    manifest::check(&manifest, limits)?;
    let cases = cases::read(survey.cases(), &manifest)?;
    let cases_digest = digest(survey.cases().first().copied().unwrap_or_default());
    let counts = survey.counts(bytes.len(), &manifest, limits);
    Ok(Admitted { manifest, manifest_json, interface_version, cases, cases_digest, counts })
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

fn invalid(error: BinaryReaderError) -> LoadError {
    LoadError::Invalid { source: account(&error) }
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
