//! What a rule pack must be before it is compiled: read as data, nothing is run.
//!
//! Compiling is the first thing that foreign bytes can make expensive, so everything that a count or
//! a name can refuse is refused here, with words that its author can act on.

use std::sync::Arc;

use kycuong_model::cases::PackCases;
use kycuong_model::manifest::Manifest;
use kycuong_report::digest;
use wasmparser::{Validator, WasmFeatures};

use crate::error::LoadError;
use crate::limits::Limits;
use crate::wording::sanitize_error;

mod body;
mod cases;
mod core_module;
mod count;
mod interface;
mod manifest;
mod manifest_text;
mod survey;
mod work;

pub use count::Count;
use survey::Survey;

/// What a pack's file says of itself: admitted and read as data, neither compiled nor run.
#[derive(Clone, Debug)]
pub struct PackDescription {
    /// The manifest of the custom section, which is the one that the host trusts.
    pub manifest: Manifest,
    /// The digest of the file, as `sha256:` and 64 hexadecimal digits.
    pub digest: String,
    /// The version of the interface that it exports.
    pub interface_version: String,
    /// The cases that it carries, with the outcomes that its author recorded; nobody ran them here.
    pub cases: PackCases,
    /// What admission counted in it, with its limits.
    pub counts: Vec<Count>,
    /// The bytes of the section with the manifest.
    pub(crate) manifest_json: Arc<[u8]>,
    /// The digest of the section with the cases; of nothing when there is none.
    pub(crate) cases_digest: String,
}

/// The proposals that packs may use: WebAssembly 2.0 and components, without references to host objects.
/// Expressions that compute constants are not among them: each is compiled once for every entry that it
/// begins. The compiler refuses the others again.
const FEATURES: WasmFeatures =
    WasmFeatures::WASM2.union(WasmFeatures::COMPONENT_MODEL).difference(WasmFeatures::GC_TYPES);

fn invalid(error: wasmparser::BinaryReaderError) -> LoadError {
    LoadError::Invalid { source: sanitize_error(&error) }
}

impl PackDescription {
    /// Admits a pack: a component of bounded size that imports nothing, exports the interface and
    /// nothing else, and carries a sound manifest and perhaps cases of its rules.
    ///
    /// # Errors
    ///
    /// See [`LoadError`]; the caller knows which file it was.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, LoadError> {
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
        let unreadable =
            |error: serde_json::Error| LoadError::ManifestJson { source: sanitize_error(&error) };
        let manifest = serde_json::from_slice(&manifest_json).map_err(unreadable)?;
        let texts = serde_json::from_slice(&manifest_json).map_err(unreadable)?;
        manifest_text::check(&texts, limits)?;
        manifest::check(&manifest, limits)?;
        let cases = cases::read(survey.cases(), &manifest)?;
        let cases_digest = digest(survey.cases().first().copied().unwrap_or_default());
        let counts = survey.counts(bytes.len(), &manifest, limits);
        let (digest, manifest_json) = (digest(bytes), manifest_json.into());
        Ok(Self { manifest, digest, interface_version, cases, counts, manifest_json, cases_digest })
    }
}
