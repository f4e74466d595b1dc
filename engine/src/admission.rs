//! What a rule pack must be before it is compiled: read as data, nothing is run.
//!
//! Compiling is the first thing that foreign bytes can make expensive, so everything that a count or
//! a name can refuse is refused here, with words that its author can act on.

use kycuong_model::cases::{CASES_SECTION, PackCases};
use kycuong_model::manifest::{INTERFACE, INTERFACE_VERSION, MANIFEST_SECTION, Manifest};
use wasmparser::{
    BinaryReaderError, ComponentExternalKind, Encoding, FunctionBody, Parser, Payload, Validator,
    WasmFeatures,
};

use crate::error::LoadError;
use crate::limits::Limits;
use crate::sandbox::answer::plain;

mod cases;
mod manifest;

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
}

/// What the names of this project's own custom sections begin with. One that is not known here was
/// written for another host, which may rely on it: such a pack is refused and not half understood.
/// Sections of compilers (`producers`, `name`) are left alone.
const OWN_SECTIONS: &str = "kycuong:";

/// Bytes of a page of linear memory.
const PAGE_BYTES: u64 = 1 << 16;

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
        .map_err(|source| LoadError::ManifestJson { source })?;
    manifest::check(&manifest, limits)?;
    let cases = cases::read(&survey.cases, &manifest)?;
    Ok(Admitted { manifest, manifest_json, interface_version, cases })
}

/// What the sections of a file say, before any of it is validated.
#[derive(Debug, Default)]
struct Survey<'a> {
    exports: Vec<(&'a str, ComponentExternalKind)>,
    manifests: Vec<&'a [u8]>,
    cases: Vec<&'a [u8]>,
    modules: u64,
    functions: u64,
}

impl<'a> Survey<'a> {
    fn of(bytes: &'a [u8], limits: &Limits) -> Result<Self, LoadError> {
        let mut survey = Survey::default();
        // How many modules and components are open; the file itself is the first.
        let mut depth = 0_usize;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(invalid)?;
            match &payload {
                Payload::Version { encoding, .. } => {
                    if depth == 0 && *encoding != Encoding::Component {
                        return Err(LoadError::NotComponent { found: "a core module" });
                    }
                    depth += 1;
                    survey.modules += 1;
                    at_most("modules and components", survey.modules, limits.modules_max)?;
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                _ if depth == 1 => survey.read_outermost(payload)?,
                _ => survey.read_inner(payload, limits)?,
            }
        }
        Ok(survey)
    }

    /// A section of the component that is the pack.
    fn read_outermost(&mut self, payload: Payload<'a>) -> Result<(), LoadError> {
        match payload {
            Payload::ComponentImportSection(imports) => {
                if let Some(import) = imports.into_iter().next() {
                    return Err(LoadError::Imports {
                        name: plain(import.map_err(invalid)?.name.name, 200),
                    });
                }
            }
            Payload::ComponentExportSection(exports) => {
                for export in exports {
                    let export = export.map_err(invalid)?;
                    self.exports.push((export.name.name, export.kind));
                }
            }
            Payload::CustomSection(section) => match section.name() {
                MANIFEST_SECTION => self.manifests.push(section.data()),
                CASES_SECTION => self.cases.push(section.data()),
                name if name.starts_with(OWN_SECTIONS) => {
                    return Err(LoadError::UnknownSection { name: plain(name, 200) });
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// A section of a module or component inside the pack.
    fn read_inner(&mut self, payload: Payload<'a>, limits: &Limits) -> Result<(), LoadError> {
        match payload {
            Payload::FunctionSection(functions) => {
                self.functions += u64::from(functions.count());
                at_most("functions", self.functions, limits.functions_max)?;
            }
            Payload::CodeSectionEntry(body) => check_body(&body, limits)?,
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let bytes = memory.map_err(invalid)?.initial.saturating_mul(PAGE_BYTES);
                    at_most("bytes of initial memory", bytes, limits.memory_bytes_max as u64)?;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    let elements = table.map_err(invalid)?.ty.initial;
                    at_most("elements in a table", elements, limits.table_elements_max as u64)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The version of the one interface that is exported.
    fn interface_version(&self) -> Result<String, LoadError> {
        let expected = || format!("{INTERFACE}@{INTERFACE_VERSION}");
        let [(name, ComponentExternalKind::Instance)] = self.exports.as_slice() else {
            let found =
                self.exports.iter().take(5).map(|(name, _)| format!("`{}`", plain(name, 200)));
            let found = found.collect::<Vec<_>>().join(", ");
            let found = if found.is_empty() { "none".to_owned() } else { found };
            return Err(LoadError::Exports { found, expected: expected() });
        };
        let version = name.strip_prefix(INTERFACE).and_then(|rest| rest.strip_prefix('@'));
        let Some(version) = version else {
            return Err(LoadError::Exports {
                found: format!("`{}`", plain(name, 200)),
                expected: expected(),
            });
        };
        if generation(version).is_none() || generation(version) != generation(INTERFACE_VERSION) {
            return Err(LoadError::WrongInterface {
                found: plain(name, 200),
                expected: expected(),
            });
        }
        Ok(version.to_owned())
    }

    fn manifest(&self, limits: &Limits) -> Result<&'a [u8], LoadError> {
        let [manifest] = self.manifests.as_slice() else {
            return Err(LoadError::ManifestSection {
                section: MANIFEST_SECTION,
                found: self.manifests.len(),
            });
        };
        at_most("bytes of manifest", manifest.len() as u64, limits.manifest_bytes_max as u64)?;
        Ok(manifest)
    }
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

fn check_body(body: &FunctionBody<'_>, limits: &Limits) -> Result<(), LoadError> {
    at_most("bytes in one function", body.as_bytes().len() as u64, limits.function_bytes_max)?;
    let mut locals = 0_u64;
    for group in body.get_locals_reader().map_err(invalid)? {
        locals += u64::from(group.map_err(invalid)?.0);
        at_most("locals in one function", locals, limits.locals_max)?;
    }
    Ok(())
}

fn at_most(what: &'static str, found: u64, limit: u64) -> Result<(), LoadError> {
    if found > limit { Err(LoadError::OverLimit { what, found, limit }) } else { Ok(()) }
}

fn invalid(error: BinaryReaderError) -> LoadError {
    LoadError::Invalid { source: Box::new(error) }
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
