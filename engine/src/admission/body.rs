//! Counting what a function is made of: locals, nesting, branches, and the steps of compiling it.

use wasmparser::{BlockType, FunctionBody, Operator};

use super::count::{FUNCTION_BYTES, LOCALS, LOOP_NESTING, NESTING, RESULTS, TARGETS, at_most};
use super::invalid;
use super::work::FunctionWork;
use crate::error::LoadError;
use crate::limits::Limits;

/// How many values a type of functions takes and gives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arity {
    pub(super) parameters: u64,
    pub(super) results: u64,
}

impl Arity {
    fn of_block(ty: BlockType, types: &[Self]) -> Self {
        match ty {
            BlockType::Empty => Self::default(),
            BlockType::Type(_) => Self { parameters: 0, results: 1 },
            BlockType::FuncType(index) => types.get(index as usize).copied().unwrap_or_default(),
        }
    }
}

/// What one function came to.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Where it begins in the file.
    pub(super) offset: usize,
    pub(super) bytes: u64,
    pub(super) locals: u64,
    /// Blocks of any kind inside one another, at most.
    pub(super) nesting: u64,
    /// Loops inside one another, at most.
    pub(super) loop_nesting: u64,
    /// The squares of the depth of each loop among loops, together.
    pub(super) loop_squares: u64,
    /// Targets of one table of branches, at most.
    pub(super) targets: u64,
    /// Values that one block takes or gives, at most.
    pub(super) values: u64,
    /// Steps of compiling it.
    pub(super) steps: u64,
}

impl Body {
    pub(super) fn read(
        body: &FunctionBody<'_>,
        types: &[Arity],
        functions: &[u32],
        limits: &Limits,
    ) -> Result<Self, LoadError> {
        let offset = body.range().start;
        let mut read = Self { offset, bytes: body.as_bytes().len() as u64, ..Self::default() };
        at_most(FUNCTION_BYTES, read.bytes, limits.function_bytes_max, offset)?;
        for group in body.get_locals_reader().map_err(invalid)? {
            read.locals = read.locals.saturating_add(u64::from(group.map_err(invalid)?.0));
            at_most(LOCALS, read.locals, limits.locals_max, offset)?;
        }
        // Whether each open block is a loop.
        let mut open: Vec<bool> = Vec::new();
        let mut loops = 0_u64;
        let mut work = FunctionWork::default();
        let mut operators = body.get_operators_reader().map_err(invalid)?;
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset().map_err(invalid)?;
            match &operator {
                Operator::Block { blockty }
                | Operator::Loop { blockty }
                | Operator::If { blockty } => {
                    let Arity { parameters, results } = Arity::of_block(*blockty, types);
                    let values = parameters.max(results);
                    at_most(RESULTS, values, limits.results_max, offset)?;
                    read.values = read.values.max(values);
                    work.add_values(parameters + results);
                    let is_loop = matches!(operator, Operator::Loop { .. });
                    open.push(is_loop);
                    let nesting = open.len() as u64;
                    at_most(NESTING, nesting, limits.nesting_max, offset)?;
                    read.nesting = read.nesting.max(nesting);
                    if is_loop {
                        loops += 1;
                        at_most(LOOP_NESTING, loops, limits.loop_nesting_max, offset)?;
                        read.loop_nesting = read.loop_nesting.max(loops);
                        read.loop_squares = read.loop_squares.saturating_add(loops * loops);
                        work.add_loop(loops);
                    }
                }
                Operator::End if open.pop() == Some(true) => loops = loops.saturating_sub(1),
                Operator::BrTable { targets } => {
                    let targets = u64::from(targets.len());
                    at_most(TARGETS, targets, limits.branch_targets_max, offset)?;
                    read.targets = read.targets.max(targets);
                }
                Operator::Call { function_index } => {
                    let ty = functions.get(*function_index as usize);
                    let arity = ty.and_then(|ty| types.get(*ty as usize));
                    work.add_results(arity.map_or(0, |arity| arity.results));
                }
                Operator::CallIndirect { type_index, .. } => {
                    let arity = types.get(*type_index as usize);
                    work.add_results(arity.map_or(0, |arity| arity.results));
                }
                _ => {}
            }
            work.add(&operator);
        }
        read.steps = work.steps(read.locals);
        Ok(read)
    }
}
