//! How much work compiling is, guessed from the operators alone.
//!
//! The unit is a *step*: what the compiler does for one simple operator, some 0.7 µs on the reference
//! machine. Admission knows no clock, so it adds steps up and refuses a file that has more of them than its
//! size is worth ([`Limits::compile_steps_per_byte`](crate::Limits)). The weights are measured: thousands
//! of one operator in functions of several sizes, compiled with the settings of the sandbox, so fuel and
//! epoch checks are in them. What grows faster than the function is charged for it.

use wasmparser::Operator;

/// A function by itself: its frame, its trampolines, its place in the tables.
pub(super) const FUNCTION: u64 = 120;
/// A data segment or an entry of a table that the compiler cannot lay out in advance and turns into code.
pub(super) const STARTUP_SEGMENT: u64 = 150;
/// An entry of such an element segment, or of one that is kept for `table.init`.
pub(super) const STARTUP_ENTRY: u64 = 50;
/// The type of a function, whose trampolines are compiled.
pub(super) const FUNCTION_TYPE: u64 = 150;
/// A global that does not begin with a number: code sets it.
pub(super) const STARTUP_GLOBAL: u64 = 70;
/// What an import, export or any other declaration of a module takes.
pub(super) const DECLARATION: u64 = 10;

/// Joins of control flow weigh on everything around them: their square is divided by this.
const JOINS_SQUARED_PER_STEP: u64 = 200;
/// A result of a call beside the first.
const FURTHER_RESULT: u64 = 8;
/// Squares of the depth of loops.
const LOOP_SQUARES_PER_STEP: u64 = 100;

/// What one function's compiling takes, as it is read operator by operator.
#[derive(Debug, Default)]
pub(super) struct FunctionWork {
    steps: u64,
    /// Places where control flow is joined; those with a check of fuel count more.
    joins: u64,
    /// Edges that lead there.
    edges: u64,
    /// Operators that read or write a local.
    accesses: u64,
    /// Values that one block takes and gives, at most.
    values: u64,
    loop_squares: u64,
}

impl FunctionWork {
    /// Adds one operator.
    pub(super) fn add(&mut self, operator: &Operator<'_>) {
        let Weight { steps, joins, edges } = weight(operator);
        self.steps = self.steps.saturating_add(steps);
        self.joins = self.joins.saturating_add(joins);
        self.edges = self.edges.saturating_add(edges);
        if let Operator::LocalGet { .. } | Operator::LocalSet { .. } | Operator::LocalTee { .. } =
            operator
        {
            self.accesses += 1;
        }
    }

    /// Adds a loop at a depth among loops.
    pub(super) fn add_loop(&mut self, depth: u64) {
        self.loop_squares = self.loop_squares.saturating_add(depth.saturating_mul(depth));
    }

    /// Adds what a block takes and gives; each edge to it carries that.
    pub(super) fn add_values(&mut self, values: u64) {
        self.values = self.values.max(values);
    }

    /// Adds what a call gives beside the first result: it is handed over in memory.
    pub(super) fn add_results(&mut self, results: u64) {
        let further = results.saturating_sub(1);
        self.steps = self.steps.saturating_add(further.saturating_mul(FURTHER_RESULT));
    }

    /// All steps of a function with some locals, its parameters among them.
    pub(super) fn steps(&self, locals: u64) -> u64 {
        let squared = self.joins.saturating_mul(self.joins) / JOINS_SQUARED_PER_STEP;
        // What blocks hand on lives through all of them, which is memory more than time.
        let squared = squared.saturating_mul(self.values.saturating_add(1));
        // Each local that is read is looked for through the blocks before, and is merged where they join;
        // so is what blocks give.
        let merged = self.edges.saturating_mul(locals.min(self.accesses));
        let given = self.edges.saturating_add(self.joins).saturating_mul(self.values);
        let nested = self.loop_squares / LOOP_SQUARES_PER_STEP;
        [FUNCTION, locals / 10, self.steps, squared, merged, given, nested]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// What one operator adds.
struct Weight {
    steps: u64,
    joins: u64,
    edges: u64,
}

fn weight(operator: &Operator<'_>) -> Weight {
    use Operator as Op;
    let (steps, joins, edges) = match operator {
        Op::Nop | Op::Drop | Op::End => (0, 0, 0),
        Op::Block { .. } => (8, 1, 0),
        Op::Loop { .. } => (28, 3, 2),
        Op::If { .. } => (20, 1, 1),
        Op::Else => (8, 0, 1),
        Op::Br { .. } => (8, 0, 1),
        Op::BrIf { .. } => (16, 0, 1),
        Op::BrTable { targets } => {
            let targets = u64::from(targets.len());
            (10_u64.saturating_add(targets.saturating_mul(4)), 1, targets / 16)
        }
        Op::Return | Op::Unreachable => (8, 0, 0),
        Op::Call { .. } => (10, 0, 0),
        // What calls the host's library on one of two ways, or checks fuel, has blocks inside.
        Op::CallIndirect { .. } => (75, 3, 2),
        Op::RefFunc { .. } => (8, 0, 0),
        Op::TableGet { .. } | Op::TableSet { .. } => (45, 3, 2),
        Op::TableCopy { .. } | Op::TableInit { .. } => (75, 3, 2),
        Op::TableFill { .. } | Op::TableGrow { .. } => (30, 2, 1),
        Op::MemoryCopy { .. } | Op::MemoryFill { .. } | Op::MemoryInit { .. } => (20, 2, 1),
        Op::MemoryGrow { .. } => (12, 1, 1),
        Op::DataDrop { .. } | Op::ElemDrop { .. } => (5, 0, 0),
        other => (simple(other), 0, 0),
    };
    Weight { steps, joins, edges }
}

/// An operator without control flow: one step when its code is one instruction or none.
fn simple(operator: &Operator<'_>) -> u64 {
    use Operator as Op;
    match operator {
        Op::LocalGet { .. }
        | Op::LocalSet { .. }
        | Op::LocalTee { .. }
        | Op::I32Const { .. }
        | Op::I64Const { .. }
        | Op::I32Add
        | Op::I32Sub
        | Op::I32And
        | Op::I32Or
        | Op::I32Xor
        | Op::I32Shl
        | Op::I32ShrS
        | Op::I32ShrU
        | Op::I32Eqz
        | Op::I32Eq
        | Op::I32Ne
        | Op::I64Add
        | Op::I64Sub
        | Op::I64And
        | Op::I64Or
        | Op::I64Xor
        | Op::I64Shl
        | Op::I64ShrS
        | Op::I64ShrU
        | Op::I64Eqz
        | Op::I64ExtendI32U
        | Op::I32WrapI64 => 1,
        // Loads and stores with their bounds, calls of the library, floats with their canonical NaN,
        // vectors: what was measured lies between 2 and 5.
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use wasmparser::BlockType;

    use super::*;

    #[test]
    fn a_function_of_many_joins_is_more_work_than_its_parts() {
        let of = |loops: usize| {
            let mut work = FunctionWork::default();
            for _ in 0..loops {
                work.add(&Operator::Loop { blockty: BlockType::Empty });
                work.add_loop(1);
            }
            work.steps(1)
        };
        assert_eq!(of(0), FUNCTION);
        assert!(of(1_000) > 10 * of(100));
        assert!(of(10_000) > 5 * 10 * of(1_000) / 2, "{} {}", of(10_000), of(1_000));
    }

    #[test]
    fn locals_count_as_far_as_they_are_used() {
        let mut work = FunctionWork::default();
        work.add(&Operator::If { blockty: BlockType::Empty });
        let unused = work.steps(1_000);
        for local in 0..100 {
            work.add(&Operator::LocalGet { local_index: local });
        }
        assert_eq!(work.steps(1_000), unused + 100 + 100);
        assert!(work.steps(10) < work.steps(1_000));
    }
}
