//! Counting what the core modules of a pack are made of, all of them together.

use std::ops::Range;

use wasmparser::{
    CompositeInnerType, ConstExpr, Data, DataKind, Element, ElementItems, ElementKind, Operator,
    Payload, TypeRef,
};

use super::body::{Arity, Body};
use super::count::{
    Count, DATA, ELEMENTS, ENTRIES, EXPORTS, FUNCTION_BYTES, FUNCTIONS, GLOBALS, IMPORTS, LOCALS,
    LOOP_NESTING, LOOP_SQUARES, MEMORIES, MEMORY, NESTING, PARAMETERS, RESULTS, STEPS, TABLE,
    TABLES, TARGETS, TYPES, add, at_most,
};
use super::{invalid, work};
use crate::error::LoadError;
use crate::limits::{IMAGE_BYTES_MAX, Limits, MEMORIES_PER_PACK, TABLES_PER_PACK};

/// Bytes of a page of linear memory.
const PAGE_BYTES: u64 = 1 << 16;

/// What all core modules come to, and where the one is that is being read.
#[derive(Debug, Default)]
pub(super) struct CoreModules {
    types: u64,
    functions: u64,
    globals: u64,
    data_segments: u64,
    element_segments: u64,
    element_entries: u64,
    exports: u64,
    imports: u64,
    memories: u64,
    tables: u64,
    loop_squares: u64,
    /// Of all function bodies.
    code_bytes: u64,
    /// Steps of compiling all of it.
    steps: u64,
    /// The function that takes the most steps: how many, and where it begins.
    heaviest: (u64, usize),
    /// The largest of what is bounded one by one.
    parameters: u64,
    results: u64,
    memory_bytes: u64,
    table_elements: u64,
    largest: Body,
    module: Module,
}

/// What of one module decides how much work its functions and segments are.
#[derive(Debug, Default)]
struct Module {
    /// What each type takes and gives, and the type of each function, imported ones first.
    types: Vec<Arity>,
    functions: Vec<u32>,
    imported_tables: u64,
    imported_memories: u64,
    /// Bytes of the memory that it defines, at first.
    memory_bytes: u64,
    /// Elements of each table that it defines, at first.
    tables: Vec<u64>,
}

impl CoreModules {
    /// Types of components count with those of modules.
    pub(super) fn add_types(
        &mut self,
        more: u32,
        limits: &Limits,
        offset: usize,
    ) -> Result<(), LoadError> {
        add(&mut self.types, more, limits.types_max, TYPES, offset)
    }

    /// Another module begins.
    pub(super) fn begin(&mut self) {
        self.module = Module::default();
    }

    fn work(&mut self, steps: u64) {
        self.steps = self.steps.saturating_add(steps);
    }

    /// A section of the module that began last.
    pub(super) fn read(&mut self, payload: Payload<'_>, limits: &Limits) -> Result<(), LoadError> {
        match payload {
            Payload::TypeSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                self.add_types(more, limits, offset)?;
                for group in section.into_iter_with_offsets() {
                    let (offset, group) = group.map_err(invalid)?;
                    for ty in group.types() {
                        let CompositeInnerType::Func(function) = &ty.composite_type.inner else {
                            self.module.types.push(Arity::default());
                            continue;
                        };
                        self.work(work::FUNCTION_TYPE);
                        let parameters = function.params().len() as u64;
                        let results = function.results().len() as u64;
                        at_most(PARAMETERS, parameters, limits.parameters_max, offset)?;
                        at_most(RESULTS, results, limits.results_max, offset)?;
                        self.parameters = self.parameters.max(parameters);
                        self.results = self.results.max(results);
                        self.module.types.push(Arity { parameters, results });
                    }
                }
            }
            Payload::ImportSection(section) => {
                let offset = section.range().start;
                for import in section.into_imports() {
                    let import = import.map_err(invalid)?;
                    add(&mut self.imports, 1, limits.exports_max, IMPORTS, offset)?;
                    self.work(work::DECLARATION);
                    match import.ty {
                        TypeRef::Func(ty) => self.module.functions.push(ty),
                        TypeRef::Table(_) => self.module.imported_tables += 1,
                        TypeRef::Memory(_) => self.module.imported_memories += 1,
                        _ => {}
                    }
                }
            }
            Payload::FunctionSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.functions, more, limits.functions_max, FUNCTIONS, offset)?;
                for ty in section {
                    self.module.functions.push(ty.map_err(invalid)?);
                }
            }
            Payload::GlobalSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.globals, more, limits.globals_max, GLOBALS, offset)?;
                for global in section {
                    let number = is_number(&global.map_err(invalid)?.init_expr)?;
                    self.work(if number { work::DECLARATION } else { work::STARTUP_GLOBAL });
                }
            }
            Payload::ExportSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.exports, more, limits.exports_max, EXPORTS, offset)?;
                self.work(u64::from(more).saturating_mul(work::DECLARATION));
            }
            Payload::CodeSectionEntry(body) => {
                let Module { types, functions, .. } = &self.module;
                let body = Body::read(&body, types, functions, limits)?;
                self.add_body(&body);
                let offset = body.offset;
                let limit = limits.loop_nesting_squares_max;
                at_most(LOOP_SQUARES, self.loop_squares, limit, offset)?;
            }
            Payload::MemorySection(memories) => {
                for memory in memories.into_iter_with_offsets() {
                    let (offset, memory) = memory.map_err(invalid)?;
                    add(&mut self.memories, 1, u64::from(MEMORIES_PER_PACK), MEMORIES, offset)?;
                    let bytes = memory.initial.saturating_mul(PAGE_BYTES);
                    self.module.memory_bytes = bytes;
                    self.memory_bytes = self.memory_bytes.max(bytes);
                    at_most(MEMORY, bytes, limits.memory_bytes_max as u64, offset)?;
                }
            }
            Payload::TableSection(tables) => {
                for table in tables.into_iter_with_offsets() {
                    let (offset, table) = table.map_err(invalid)?;
                    add(&mut self.tables, 1, u64::from(TABLES_PER_PACK), TABLES, offset)?;
                    let elements = table.ty.initial;
                    self.module.tables.push(elements);
                    self.table_elements = self.table_elements.max(elements);
                    at_most(TABLE, elements, limits.table_elements_max as u64, offset)?;
                    self.work(work::STARTUP_ENTRY);
                }
            }
            Payload::DataSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                add(&mut self.data_segments, more, limits.data_segments_max, DATA, offset)?;
                self.read_data(section.into_iter_with_offsets())?;
            }
            Payload::ElementSection(section) => {
                let (more, offset) = (section.count(), section.range().start);
                let limit = limits.element_segments_max;
                add(&mut self.element_segments, more, limit, ELEMENTS, offset)?;
                self.read_elements(section.into_iter_with_offsets(), limits)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn add_body(&mut self, body: &Body) {
        self.code_bytes = self.code_bytes.saturating_add(body.bytes);
        self.loop_squares = self.loop_squares.saturating_add(body.loop_squares);
        self.work(body.steps);
        if body.steps > self.heaviest.0 {
            self.heaviest = (body.steps, body.offset);
        }
        let most = &mut self.largest;
        most.bytes = most.bytes.max(body.bytes);
        most.locals = most.locals.max(body.locals);
        most.nesting = most.nesting.max(body.nesting);
        most.loop_nesting = most.loop_nesting.max(body.loop_nesting);
        most.targets = most.targets.max(body.targets);
        most.values = most.values.max(body.values);
    }

    /// The compiler lays data out as an image of the memory, unless the memory is another module's or
    /// the image would be large and sparse: then every segment becomes code.
    fn read_data<'a>(
        &mut self,
        segments: impl Iterator<Item = wasmparser::Result<(usize, Data<'a>)>>,
    ) -> Result<(), LoadError> {
        let (mut active, mut bytes) = (0_u64, 0_u64);
        let mut image: Option<Range<u64>> = None;
        for segment in segments {
            let (at, segment) = segment.map_err(invalid)?;
            self.work(work::DECLARATION);
            let DataKind::Active { offset_expr, .. } = &segment.kind else { continue };
            let start = offset(offset_expr, at)?;
            let end = start.saturating_add(segment.data.len() as u64);
            active += 1;
            bytes = bytes.saturating_add(segment.data.len() as u64);
            image = Some(match image {
                None => start..end,
                Some(image) => image.start.min(start)..image.end.max(end),
            });
        }
        let Some(image) = image else { return Ok(()) };
        let length = image.end - image.start;
        let laid_out = self.module.imported_memories == 0
            && image.end <= self.module.memory_bytes
            && (length < bytes.saturating_mul(2) || length < IMAGE_BYTES_MAX);
        if !laid_out {
            self.work(active.saturating_mul(work::STARTUP_SEGMENT));
        }
        Ok(())
    }

    /// The compiler lays a table of functions out in advance, up to the first segment that it cannot.
    fn read_elements<'a>(
        &mut self,
        segments: impl Iterator<Item = wasmparser::Result<(usize, Element<'a>)>>,
        limits: &Limits,
    ) -> Result<(), LoadError> {
        let mut laid_out = true;
        for segment in segments {
            let (at, segment) = segment.map_err(invalid)?;
            let (entries, functions) = match &segment.items {
                ElementItems::Functions(functions) => (functions.count(), true),
                ElementItems::Expressions(_, expressions) => (expressions.count(), false),
            };
            let limit = limits.element_entries_max;
            add(&mut self.element_entries, entries, limit, ENTRIES, at)?;
            let in_advance = match &segment.kind {
                ElementKind::Declared => true,
                ElementKind::Passive => false,
                ElementKind::Active { table_index, offset_expr } => {
                    let start = offset(offset_expr, at)?;
                    let end = start.saturating_add(u64::from(entries));
                    let table = u64::from(table_index.unwrap_or(0));
                    let defined = table
                        .checked_sub(self.module.imported_tables)
                        .and_then(|index| self.module.tables.get(index as usize));
                    laid_out &= functions && defined.is_some_and(|elements| end <= *elements);
                    laid_out
                }
            };
            let of_entry = if in_advance { 1 } else { work::STARTUP_ENTRY };
            self.work(work::STARTUP_ENTRY);
            self.work(u64::from(entries).saturating_mul(of_entry));
        }
        Ok(())
    }

    /// Whether compiling all of it is worth its size.
    pub(super) fn check_work(&self, limits: &Limits) -> Result<(), LoadError> {
        at_most(STEPS, self.steps, limits.compile_steps(self.code_bytes), self.heaviest.1)
    }

    pub(super) fn counts(&self, limits: &Limits) -> Vec<Count> {
        let most = &self.largest;
        let counts = [
            (TYPES, self.types, limits.types_max),
            (PARAMETERS, self.parameters, limits.parameters_max),
            (RESULTS, self.results.max(most.values), limits.results_max),
            (FUNCTIONS, self.functions, limits.functions_max),
            (FUNCTION_BYTES, most.bytes, limits.function_bytes_max),
            (LOCALS, most.locals, limits.locals_max),
            (NESTING, most.nesting, limits.nesting_max),
            (LOOP_NESTING, most.loop_nesting, limits.loop_nesting_max),
            (LOOP_SQUARES, self.loop_squares, limits.loop_nesting_squares_max),
            (TARGETS, most.targets, limits.branch_targets_max),
            (STEPS, self.steps, limits.compile_steps(self.code_bytes)),
            (GLOBALS, self.globals, limits.globals_max),
            (DATA, self.data_segments, limits.data_segments_max),
            (ELEMENTS, self.element_segments, limits.element_segments_max),
            (ENTRIES, self.element_entries, limits.element_entries_max),
            (EXPORTS, self.exports, limits.exports_max),
            (IMPORTS, self.imports, limits.exports_max),
            (MEMORIES, self.memories, u64::from(MEMORIES_PER_PACK)),
            (MEMORY, self.memory_bytes, limits.memory_bytes_max as u64),
            (TABLES, self.tables, u64::from(TABLES_PER_PACK)),
            (TABLE, self.table_elements, limits.table_elements_max as u64),
        ];
        counts.into_iter().map(|(what, found, limit)| Count { what, found, limit }).collect()
    }
}

/// Where an active segment goes: one number, as every compiler writes it.
fn offset(expression: &ConstExpr<'_>, at: usize) -> Result<u64, LoadError> {
    let mut operators = expression.get_operators_reader();
    let first = operators.read().map_err(invalid)?;
    match (first, operators.read().map_err(invalid)?) {
        (Operator::I32Const { value }, Operator::End) => Ok(u64::from(value.cast_unsigned())),
        _ => Err(LoadError::Superfluous {
            what: "a segment whose place is computed",
            offset: at as u64,
        }),
    }
}

/// Whether a global begins with a number and not with what has to be looked up.
fn is_number(expression: &ConstExpr<'_>) -> Result<bool, LoadError> {
    let first = expression.get_operators_reader().read().map_err(invalid)?;
    Ok(matches!(
        first,
        Operator::I32Const { .. }
            | Operator::I64Const { .. }
            | Operator::F32Const { .. }
            | Operator::F64Const { .. }
            | Operator::V128Const { .. }
    ))
}
