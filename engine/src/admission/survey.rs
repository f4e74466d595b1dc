//! Counting what a file is made of, in one pass over its sections, before any of it is validated.

use kycuong_model::cases::{CASES_BYTES_MAX, CASES_SECTION};
use kycuong_model::manifest::{
    MANIFEST_SECTION, Manifest, SIGNATURES_BYTES_MAX, SIGNATURES_SECTION,
};
use wasmparser::{
    CanonicalFunction, ComponentAlias, ComponentExternalKind, ComponentOuterAliasKind,
    ComponentTypeRef, Encoding, Parser, Payload,
};

use super::core_module::CoreModules;
use super::count::{CASES, CUSTOM, Count, INSTANCES, MANIFEST, MODULES, SIGNATURES, add, at_most};
use super::{interface, invalid};
use crate::error::LoadError;
use crate::limits::Limits;
use crate::wording::sanitize_line;

/// What the names of this project's own custom sections begin with. One that is not known here was
/// written for another host, which may rely on it: such a pack is refused and not half understood.
/// Sections of compilers (`producers`, `name`) are left alone.
const OWN_SECTIONS: &str = "kycuong:";

/// What the sections of a file say.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    exports: Vec<(&'a str, ComponentExternalKind)>,
    manifests: Vec<&'a [u8]>,
    cases: Vec<&'a [u8]>,
    signatures: Signatures,
    modules: u64,
    instances: u64,
    custom_sections: u64,
    core: CoreModules,
}

/// The sections with signatures.
#[derive(Debug, Default)]
struct Signatures {
    found: usize,
    /// Of the largest.
    bytes: u64,
    /// Where the last one begins and ends.
    offset: u64,
    end: u64,
}

impl<'a> Survey<'a> {
    pub(super) fn of(bytes: &'a [u8], limits: &Limits) -> Result<Self, LoadError> {
        let mut survey = Survey::default();
        // How many modules and components are open; the file itself is the first.
        let mut depth = 0_usize;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(invalid)?;
            match &payload {
                Payload::Version { encoding, range, .. } => {
                    if depth == 0 && *encoding != Encoding::Component {
                        return Err(LoadError::NotComponent { found: "a core module" });
                    }
                    // A component inside a component inside the pack could be instantiated at each
                    // level, and each level multiplies.
                    if depth >= 2 && *encoding == Encoding::Component {
                        return Err(LoadError::Multiplies {
                            what: "nests components three deep",
                            offset: range.start as u64,
                        });
                    }
                    depth += 1;
                    survey.modules += 1;
                    at_most(MODULES, survey.modules, limits.modules_max, range.start)?;
                    survey.core.begin();
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                _ => survey.read(payload, depth, limits)?,
            }
        }
        survey.signatures.check(bytes.len() as u64)?;
        survey.core.check_work(limits)?;
        Ok(survey)
    }

    /// A section of the pack itself (`depth` 1) or of what is inside it.
    fn read(
        &mut self,
        payload: Payload<'a>,
        depth: usize,
        limits: &Limits,
    ) -> Result<(), LoadError> {
        match payload {
            Payload::ComponentImportSection(imports) => {
                for import in imports.into_iter_with_offsets() {
                    let (offset, import) = import.map_err(invalid)?;
                    if depth == 1 {
                        return Err(LoadError::Imports {
                            name: sanitize_line(import.name.name, 200),
                        });
                    }
                    if matches!(
                        import.ty,
                        ComponentTypeRef::Component(_) | ComponentTypeRef::Module(_)
                    ) {
                        return Err(LoadError::Multiplies {
                            what: "hands a component or module to another component",
                            offset: offset as u64,
                        });
                    }
                }
            }
            Payload::ComponentAliasSection(aliases) => {
                for alias in aliases.into_iter_with_offsets() {
                    let (offset, alias) = alias.map_err(invalid)?;
                    if let ComponentAlias::Outer { kind, .. } = alias
                        && kind != ComponentOuterAliasKind::Type
                        && kind != ComponentOuterAliasKind::CoreType
                    {
                        return Err(LoadError::Multiplies {
                            what: "reaches out of a component for another component or module",
                            offset: offset as u64,
                        });
                    }
                }
            }
            Payload::ComponentExportSection(exports) if depth == 1 => {
                for export in exports {
                    let export = export.map_err(invalid)?;
                    self.exports.push((export.name.name, export.kind));
                }
            }
            Payload::CustomSection(section) => {
                let offset = section.range().start;
                match section.name() {
                    _ if depth != 1 => {}
                    MANIFEST_SECTION => self.manifests.push(section.data()),
                    CASES_SECTION => {
                        let bytes = section.data().len() as u64;
                        at_most(CASES, bytes, CASES_BYTES_MAX as u64, offset)?;
                        self.cases.push(section.data());
                    }
                    SIGNATURES_SECTION => {
                        let bytes = section.data().len() as u64;
                        at_most(SIGNATURES, bytes, SIGNATURES_BYTES_MAX as u64, offset)?;
                        self.signatures.found += 1;
                        self.signatures.bytes = self.signatures.bytes.max(bytes);
                        self.signatures.offset = offset as u64;
                        self.signatures.end = section.range().end as u64;
                    }
                    name if name.starts_with(OWN_SECTIONS) => {
                        return Err(LoadError::UnknownSection { name: sanitize_line(name, 200) });
                    }
                    _ => {}
                }
                add(&mut self.custom_sections, 1, limits.custom_sections_max, CUSTOM, offset)?;
            }
            Payload::InstanceSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.instances, more, limits.module_instances_max, INSTANCES, offset)?;
            }
            Payload::ComponentInstanceSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.instances, more, limits.module_instances_max, INSTANCES, offset)?;
            }
            Payload::ComponentTypeSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                self.core.add_types(more, limits, offset)?;
            }
            Payload::CoreTypeSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                self.core.add_types(more, limits, offset)?;
            }
            // A pack offers functions and calls none of another component: what else this section can do
            // is adapters, resources, tasks and threads.
            Payload::ComponentCanonicalSection(functions) => {
                for function in functions.into_iter_with_offsets() {
                    let (offset, function) = function.map_err(invalid)?;
                    if !matches!(function, CanonicalFunction::Lift { .. }) {
                        return Err(LoadError::Superfluous {
                            what: "a canonical function other than `canon lift`",
                            offset: offset as u64,
                        });
                    }
                }
            }
            Payload::ComponentStartSection { range, .. } => {
                return Err(LoadError::Superfluous {
                    what: "a start function of a component",
                    offset: range.start as u64,
                });
            }
            payload => self.core.read(payload, limits)?,
        }
        Ok(())
    }

    /// All that was counted, for the author who wants to know how much room is left.
    pub(super) fn counts(&self, bytes: usize, manifest: &Manifest, limits: &Limits) -> Vec<Count> {
        let manifest_bytes = self.manifests.first().map_or(0, |section| section.len());
        let cases_bytes = self.cases.first().map_or(0, |section| section.len());
        let mut counts: Vec<Count> = [
            ("bytes", bytes as u64, limits.pack_bytes_max as u64),
            (MANIFEST, manifest_bytes as u64, limits.manifest_bytes_max as u64),
            (CASES, cases_bytes as u64, CASES_BYTES_MAX as u64),
            (SIGNATURES, self.signatures.bytes, SIGNATURES_BYTES_MAX as u64),
            ("rules", manifest.rules.len() as u64, limits.rules_max as u64),
            (MODULES, self.modules, limits.modules_max),
            (INSTANCES, self.instances, limits.module_instances_max),
            (CUSTOM, self.custom_sections, limits.custom_sections_max),
        ]
        .into_iter()
        .map(|(what, found, limit)| Count { what, found, limit })
        .collect();
        counts.extend(self.core.counts(limits));
        counts
    }

    /// The version of the one interface that is exported.
    pub(super) fn interface_version(&self) -> Result<String, LoadError> {
        interface::version(&self.exports)
    }

    /// The sections with cases.
    pub(super) fn cases(&self) -> &[&'a [u8]] {
        &self.cases
    }

    pub(super) fn manifest(&self, limits: &Limits) -> Result<&'a [u8], LoadError> {
        let [manifest] = self.manifests.as_slice() else {
            return Err(LoadError::ManifestSection {
                section: MANIFEST_SECTION,
                found: self.manifests.len(),
            });
        };
        let (bytes, limit) = (manifest.len() as u64, limits.manifest_bytes_max as u64);
        at_most(MANIFEST, bytes, limit, 0)?;
        Ok(manifest)
    }
}

impl Signatures {
    /// Whoever verifies them takes the file up to them for what is signed.
    fn check(&self, file_bytes: u64) -> Result<(), LoadError> {
        let Self { found, offset, end, .. } = *self;
        if found > 1 {
            return Err(LoadError::SignaturesSection { section: SIGNATURES_SECTION, found });
        }
        if found == 1 && end < file_bytes {
            let (section, bytes) = (SIGNATURES_SECTION, file_bytes - end);
            return Err(LoadError::SignaturesNotLast { section, offset, bytes });
        }
        Ok(())
    }
}
