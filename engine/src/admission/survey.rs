//! Counting what a file is made of, in one pass over its sections, before any of it is validated.

use kycuong_model::cases::{CASES_BYTES_MAX, CASES_SECTION};
use kycuong_model::manifest::{
    MANIFEST_SECTION, Manifest, SIGNATURES_BYTES_MAX, SIGNATURES_SECTION,
};
use serde::Serialize;
use wasmparser::{
    ComponentAlias, ComponentExternalKind, ComponentOuterAliasKind, ComponentTypeRef,
    CompositeInnerType, Encoding, FunctionBody, Operator, Parser, Payload,
};

use super::interface;
use crate::error::LoadError;
use crate::limits::Limits;
use crate::wording::{account, plain};

/// What the names of this project's own custom sections begin with. One that is not known here was
/// written for another host, which may rely on it: such a pack is refused and not half understood.
/// Sections of compilers (`producers`, `name`) are left alone.
const OWN_SECTIONS: &str = "kycuong:";

/// Bytes of a page of linear memory.
const PAGE_BYTES: u64 = 1 << 16;

/// One thing that admission counted, with its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What, in the plural.
    pub what: &'static str,
    /// How many there are; of what is bounded one by one, the most.
    pub found: u64,
    /// The most allowed.
    pub limit: u64,
}

/// What the sections of a file say.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    exports: Vec<(&'a str, ComponentExternalKind)>,
    manifests: Vec<&'a [u8]>,
    cases: Vec<&'a [u8]>,
    signatures: Signatures,
    modules: u64,
    instances: u64,
    types: u64,
    functions: u64,
    globals: u64,
    data_segments: u64,
    element_segments: u64,
    module_exports: u64,
    custom_sections: u64,
    most: Most,
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

/// The largest of what is bounded one by one.
#[derive(Debug, Default)]
struct Most {
    parameters: u64,
    function_bytes: u64,
    locals: u64,
    nesting: u64,
    memory_bytes: u64,
    table_elements: u64,
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
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                _ => survey.read(payload, depth, limits)?,
            }
        }
        survey.signatures.check(bytes.len() as u64)?;
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
                        return Err(LoadError::Imports { name: plain(import.name.name, 200) });
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
                        return Err(LoadError::UnknownSection { name: plain(name, 200) });
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
                add(&mut self.types, more, limits.types_max, TYPES, offset)?;
            }
            Payload::CoreTypeSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.types, more, limits.types_max, TYPES, offset)?;
            }
            payload => self.read_module(payload, limits)?,
        }
        Ok(())
    }

    /// A section of a core module.
    fn read_module(&mut self, payload: Payload<'a>, limits: &Limits) -> Result<(), LoadError> {
        match payload {
            Payload::TypeSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.types, more, limits.types_max, TYPES, offset)?;
                for group in section.into_iter_with_offsets() {
                    let (offset, group) = group.map_err(invalid)?;
                    for ty in group.types() {
                        let CompositeInnerType::Func(function) = &ty.composite_type.inner else {
                            continue;
                        };
                        let longer = function.params().len().max(function.results().len()) as u64;
                        self.most.parameters = self.most.parameters.max(longer);
                        at_most(PARAMETERS, longer, limits.parameters_max, offset)?;
                    }
                }
            }
            Payload::FunctionSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.functions, more, limits.functions_max, FUNCTIONS, offset)?;
            }
            Payload::GlobalSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.globals, more, limits.globals_max, GLOBALS, offset)?;
            }
            Payload::DataSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.data_segments, more, limits.data_segments_max, DATA, offset)?;
            }
            Payload::ElementSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                let limit = limits.element_segments_max;
                add(&mut self.element_segments, more, limit, ELEMENTS, offset)?;
            }
            Payload::ExportSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.module_exports, more, limits.exports_max, EXPORTS, offset)?;
            }
            Payload::CodeSectionEntry(body) => self.read_body(&body, limits)?,
            Payload::MemorySection(memories) => {
                for memory in memories.into_iter_with_offsets() {
                    let (offset, memory) = memory.map_err(invalid)?;
                    let bytes = memory.initial.saturating_mul(PAGE_BYTES);
                    self.most.memory_bytes = self.most.memory_bytes.max(bytes);
                    at_most(MEMORY, bytes, limits.memory_bytes_max as u64, offset)?;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables.into_iter_with_offsets() {
                    let (offset, table) = table.map_err(invalid)?;
                    let elements = table.ty.initial;
                    self.most.table_elements = self.most.table_elements.max(elements);
                    at_most(TABLE, elements, limits.table_elements_max as u64, offset)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_body(&mut self, body: &FunctionBody<'_>, limits: &Limits) -> Result<(), LoadError> {
        let start = body.range().start;
        let bytes = body.as_bytes().len() as u64;
        self.most.function_bytes = self.most.function_bytes.max(bytes);
        at_most(FUNCTION_BYTES, bytes, limits.function_bytes_max, start)?;
        let mut locals = 0_u64;
        for group in body.get_locals_reader().map_err(invalid)? {
            locals += u64::from(group.map_err(invalid)?.0);
            at_most(LOCALS, locals, limits.locals_max, start)?;
        }
        self.most.locals = self.most.locals.max(locals);
        let mut nesting = 0_u64;
        let mut operators = body.get_operators_reader().map_err(invalid)?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset().map_err(invalid)?;
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    nesting += 1;
                    at_most(NESTING, nesting, limits.nesting_max, offset)?;
                    self.most.nesting = self.most.nesting.max(nesting);
                }
                Operator::End => nesting = nesting.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }

    /// All that was counted, for the author who wants to know how much room is left.
    pub(super) fn counts(&self, bytes: usize, manifest: &Manifest, limits: &Limits) -> Vec<Count> {
        let manifest_bytes = self.manifests.first().map_or(0, |section| section.len());
        let cases_bytes = self.cases.first().map_or(0, |section| section.len());
        let most = &self.most;
        [
            ("bytes", bytes as u64, limits.pack_bytes_max as u64),
            ("bytes of manifest", manifest_bytes as u64, limits.manifest_bytes_max as u64),
            (CASES, cases_bytes as u64, CASES_BYTES_MAX as u64),
            (SIGNATURES, self.signatures.bytes, SIGNATURES_BYTES_MAX as u64),
            ("rules", manifest.rules.len() as u64, limits.rules_max as u64),
            (MODULES, self.modules, limits.modules_max),
            (INSTANCES, self.instances, limits.module_instances_max),
            (TYPES, self.types, limits.types_max),
            (PARAMETERS, most.parameters, limits.parameters_max),
            (FUNCTIONS, self.functions, limits.functions_max),
            (FUNCTION_BYTES, most.function_bytes, limits.function_bytes_max),
            (LOCALS, most.locals, limits.locals_max),
            (NESTING, most.nesting, limits.nesting_max),
            (GLOBALS, self.globals, limits.globals_max),
            (DATA, self.data_segments, limits.data_segments_max),
            (ELEMENTS, self.element_segments, limits.element_segments_max),
            (EXPORTS, self.module_exports, limits.exports_max),
            (CUSTOM, self.custom_sections, limits.custom_sections_max),
            (MEMORY, most.memory_bytes, limits.memory_bytes_max as u64),
            (TABLE, most.table_elements, limits.table_elements_max as u64),
        ]
        .into_iter()
        .map(|(what, found, limit)| Count { what, found, limit })
        .collect()
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
        at_most("bytes of manifest", bytes, limit, 0)?;
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

const SIGNATURES: &str = "bytes of signatures";
const CASES: &str = "bytes of cases";
const MODULES: &str = "modules and components";
const INSTANCES: &str = "instances of modules and components";
const TYPES: &str = "types";
const PARAMETERS: &str = "parameters or results of one function";
const FUNCTIONS: &str = "functions";
const FUNCTION_BYTES: &str = "bytes in one function";
const LOCALS: &str = "locals in one function";
const NESTING: &str = "blocks inside one another";
const GLOBALS: &str = "globals";
const DATA: &str = "data segments";
const ELEMENTS: &str = "element segments";
const EXPORTS: &str = "exports of modules";
const CUSTOM: &str = "custom sections";
const MEMORY: &str = "bytes of initial memory";
const TABLE: &str = "elements in a table";

/// Counts more of something.
fn add(
    count: &mut u64,
    more: u32,
    limit: u64,
    what: &'static str,
    offset: usize,
) -> Result<(), LoadError> {
    *count += u64::from(more);
    at_most(what, *count, limit, offset)
}

fn at_most(what: &'static str, found: u64, limit: u64, offset: usize) -> Result<(), LoadError> {
    if found > limit {
        Err(LoadError::OverLimit { what, found, limit, offset: offset as u64 })
    } else {
        Ok(())
    }
}

pub(super) fn invalid(error: wasmparser::BinaryReaderError) -> LoadError {
    LoadError::Invalid { source: account(&error) }
}
