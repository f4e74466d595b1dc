//! Counting what a function is made of: locals, nesting, branches, and the steps of compiling it.

use wasmparser::{FunctionBody, Operator};

use super::count::{FUNCTION_BYTES, LOCALS, LOOP_NESTING, NESTING, TARGETS, at_most};
use super::invalid;
use super::work::FunctionWork;
use crate::error::LoadError;
use crate::limits::Limits;

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
    /// Steps of compiling it.
    pub(super) steps: u64,
}

impl Body {
    pub(super) fn read(body: &FunctionBody<'_>, limits: &Limits) -> Result<Self, LoadError> {
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
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
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
                _ => {}
            }
            work.add(&operator);
        }
        read.steps = work.steps(read.locals);
        Ok(read)
    }
}
