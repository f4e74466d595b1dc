//! What fuel is: time, as far as it can be had without a clock. One unit is at most 3 ns on the reference
//! machine, whatever a pack does with it (`benches/fuel.rs` looks for worse; SECURITY.md has what it found).
//!
//! So an operator is charged for the worst that it can cost: a load for a miss of every cache and of the
//! page tables, a division for its longest, a call of the library for the call. And what the host does for
//! an instance is charged like what the instance does: its start, its memory, the copies of its request
//! and answer. All of it depends on the pack and the request alone.

use wasmtime::OperatorCost;

/// An instance by itself: made, started, dropped, its trap unwound.
pub(super) const INSTANCE: u64 = 50_000;
/// Bytes of memory that one unit pays for: pages appear when they are touched and are wiped afterwards.
const MEMORY_BYTES_PER_UNIT: u64 = 2;
/// Units for each byte of an answer, which the host reads, checks and joins to its rule.
const UNITS_PER_ANSWER_BYTE: u64 = 4;

/// A load that misses: a chain of dependent ones over 32 MiB takes 170 to 410 ns each, the more the busier
/// the machine is.
const LOAD: u8 = 140;
/// A store that misses: the processor does not wait for it, but has few of them under way.
const STORE: u8 = 20;

/// The units for some bytes of memory, at first or as it grows.
pub(super) fn of_memory(bytes: usize) -> u64 {
    bytes as u64 / MEMORY_BYTES_PER_UNIT
}

/// The units for copying a request of some bytes into an instance: one each, as for any bulk copy.
pub(super) fn of_request(bytes: usize) -> u64 {
    bytes as u64
}

/// The units for reading an answer of some bytes.
pub(super) fn of_answer(bytes: usize) -> u64 {
    (bytes as u64).saturating_mul(UNITS_PER_ANSWER_BYTE)
}

/// Sets the cost of operators, by their names.
macro_rules! charge {
    ($cost:ident: $($units:expr => $($operator:ident)*;)*) => { $($($cost.$operator = $units;)*)* };
}

/// What each operator costs; one unit when nothing else is said.
pub(super) fn operator_cost() -> OperatorCost {
    let mut cost = OperatorCost::new();
    charge! { cost:
        LOAD => I32Load I64Load F32Load F64Load I32Load8S I32Load8U I32Load16S I32Load16U I64Load8S
            I64Load8U I64Load16S I64Load16U I64Load32S I64Load32U V128Load V128Load8x8S V128Load8x8U
            V128Load16x4S V128Load16x4U V128Load32x2S V128Load32x2U V128Load8Splat V128Load16Splat
            V128Load32Splat V128Load64Splat V128Load32Zero V128Load64Zero V128Load8Lane V128Load16Lane
            V128Load32Lane V128Load64Lane;
        STORE => I32Store I64Store F32Store F64Store I32Store8 I32Store16 I64Store8 I64Store16
            I64Store32 V128Store V128Store8Lane V128Store16Lane V128Store32Lane V128Store64Lane;
        // Checks of fuel and deadline, and jumps that no predictor foresees.
        1 => Block;
        2 => Loop If BrIf Return;
        6 => BrTable;
        // A trap walks through all frames.
        45 => Call;
        // A table's entry is looked up, filled in when it is asked for the first time, and its type held
        // against the caller's.
        90 => CallIndirect;
        2 => GlobalGet GlobalSet MemorySize TableSize;
        6 => I32DivS I32DivU I32RemS I32RemU I64DivS I64DivU I64RemS I64RemU;
        3 => F64PromoteF32 F32DemoteF64;
        6 => F32Sqrt F64Sqrt;
        4 => F32Div F64Div F32Ceil F32Floor F32Trunc F32Nearest F64Ceil F64Floor
            F64Trunc F64Nearest F32Min F32Max F64Min F64Max
            I32TruncF32S I32TruncF32U I32TruncF64S I32TruncF64U I64TruncF32S I64TruncF32U
            I64TruncF64S I64TruncF64U I32TruncSatF32S I32TruncSatF32U I32TruncSatF64S I32TruncSatF64U
            I64TruncSatF32S I64TruncSatF32U I64TruncSatF64S I64TruncSatF64U F32ConvertI64U F64ConvertI64U;
        // Calls of the host's library.
        150 => RefFunc;
        40 => DataDrop ElemDrop;
        40 => MemoryCopy MemoryFill MemoryInit;
        255 => MemoryGrow TableGrow;
        70 => TableGet TableSet TableCopy TableFill TableInit;
    };
    vectors(&mut cost);
    let variable = &mut cost.variable;
    (variable.memory_grow_per_page, variable.table_grow_per_element) = (255, 20);
    (variable.table_copy_per_element, variable.table_fill_per_element) = (70, 20);
    variable.table_init_per_element = 70;
    cost
}

/// Vectors: several instructions for one operator, with a canonical NaN for each lane.
fn vectors(cost: &mut OperatorCost) {
    charge! { cost:
        8 => F32x4Div F64x2Div F32x4Sqrt F64x2Sqrt;
        6 => I64x2Mul I32x4TruncSatF32x4S I32x4TruncSatF32x4U I32x4TruncSatF64x2SZero
            I32x4TruncSatF64x2UZero F32x4ConvertI32x4U F32x4Min F32x4Max F64x2Min F64x2Max I8x16Popcnt
            I8x16Shl I8x16ShrS I8x16ShrU I64x2ShrS I64x2Abs I16x8Q15MulrSatS I32x4ExtAddPairwiseI16x8U
            I16x8ExtAddPairwiseI8x16S I16x8ExtAddPairwiseI8x16U F32x4Ceil F32x4Floor F32x4Trunc
            F32x4Nearest F64x2Ceil F64x2Floor F64x2Trunc F64x2Nearest I64x2ExtMulLowI32x4S
            I64x2ExtMulHighI32x4S I64x2ExtMulLowI32x4U I64x2ExtMulHighI32x4U;
        4 => F32x4Add F32x4Sub F32x4Mul F64x2Add F64x2Sub F64x2Mul F32x4PMin F32x4PMax F64x2PMin
            F64x2PMax F32x4DemoteF64x2Zero F64x2PromoteLowF32x4 F64x2ConvertLowI32x4U I8x16Shuffle
            I8x16Swizzle I8x16Bitmask I16x8Bitmask I32x4Bitmask I64x2Bitmask I64x2GtS I64x2LtS
            I64x2GeS I64x2LeS V128AnyTrue I8x16AllTrue I16x8AllTrue I32x4AllTrue I64x2AllTrue
            I32x4DotI16x8S I32x4Mul V128Bitselect;
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_is_free_but_what_leaves_no_code() {
        let cost = operator_cost();
        assert_eq!((cost.Nop, cost.Drop, cost.End), (0, 0, 0));
        // A loop that is entered checks fuel and deadline, also when it is empty.
        assert!(cost.Loop > 0 && cost.Return > 0);
        assert!(cost.I32Load > cost.I32Store && cost.I32Store > cost.I64DivU);
        assert_eq!(cost.I32Add, 1);
    }

    #[test]
    fn what_the_host_does_is_paid_for() {
        assert_eq!(of_memory(64 << 20), 32 << 20);
        assert_eq!(of_request(1 << 20), 1 << 20);
        assert_eq!(of_answer(1 << 20), 4 << 20);
    }
}
