//! How much a submission and foreign code may cost: every bound, with its default and the reason for it.
//!
//! None of these is a clock: the same submission meets the same limit on every machine.

use kycuong_model::tape::ParseLimits;
use serde::{Deserialize, Serialize};

/// Memories of one pack: adapters between two of them need what the compiler is not asked to do.
pub(crate) const MEMORIES_PER_PACK: u32 = 1;
/// Tables of one pack, all its modules together: its own and those of adapters.
pub(crate) const TABLES_PER_PACK: u32 = 4;
/// Largest image of a memory's first content that is laid out however sparse it is; the compiled code
/// holds it. One that is larger is laid out when half of it is data.
pub(crate) const IMAGE_BYTES_MAX: u64 = 16 << 20;

/// Milliseconds that a check may take in packs, all together, under a host that somebody waits for: the
/// command line, [`LiveEngine`](crate::LiveEngine) and [`AuditedEngine`](crate::AuditedEngine), unless
/// [`EngineBuilder::deadline_ms`](crate::EngineBuilder::deadline_ms) or [`Limits::deadline_ms`] says
/// otherwise. With what the host itself does for the largest submission a check takes at most two seconds;
/// a dossier of 2 000 lines takes six honest packs some 20 ms.
pub const HOST_DEADLINE_MS: u64 = 1_500;

/// The bounds that rule packs are loaded and run within.
///
/// Bytes are bytes, not characters. Changing a bound can change an outcome, so the limits belong to
/// what a receipt records; [`Limits::instances_max`] alone cannot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    // --- submissions -----------------------------------------------------------------------------
    /// Largest submission. A portfolio of 2 000 lines has 0.7 MB; default 16 MiB.
    pub submission_bytes_max: usize,
    /// Most arrays and objects inside one another; the model has 6 levels; default 64.
    pub submission_depth_max: usize,
    /// Most values and names of a submission. A dossier of 2 000 lines has some 60 000; default
    /// 500 000, which also bounds what describing all of its problems takes.
    pub submission_nodes_max: usize,

    // --- loading ---------------------------------------------------------------------------------
    /// Largest pack file. A Rust pack has 0.1 MB, one in Go 2.8 MB, one with a JavaScript engine
    /// inside up to 12 MB; default 16 MiB.
    pub pack_bytes_max: usize,
    /// Largest manifest. One rule takes about 1.5 kB; default 1 MiB.
    pub manifest_bytes_max: usize,
    /// Most rules of a pack; default 500, five times all the rules that are known.
    pub rules_max: usize,
    /// Most core modules and nested components of a pack, together. A pack built with the SDK has
    /// two, other languages' adapters add some; default 16.
    pub modules_max: u64,
    /// Most instances that a pack makes of its modules and components. A pack built with the SDK makes
    /// three; default 64.
    pub module_instances_max: u64,
    /// Most functions of a pack. A Rust pack has about 500, one in Go some 5 000; default 30 000.
    pub functions_max: u64,
    /// Most types of a pack, all its modules and components together. A Rust pack has about 100;
    /// default 20 000.
    pub types_max: u64,
    /// Most parameters of one function of a module. The most of seven large programs in Rust
    /// and C++ are 23; default 64.
    pub parameters_max: u64,
    /// Most results of one function, and most values that a block takes or gives: all of them are moved at
    /// every branch. Compilers write one; default 8.
    pub results_max: u64,
    /// Most globals of a pack; a Rust pack has three, default 10 000.
    pub globals_max: u64,
    /// Most data segments of a pack. A JavaScript engine with its heap laid out has some 10 000; default
    /// 50 000, which take 0.1 s when the compiler can lay them out. Those that it cannot count as steps.
    pub data_segments_max: u64,
    /// Most element segments of a pack, which fill its tables; a Rust pack has one, default 10 000.
    pub element_segments_max: u64,
    /// Most entries of all of them together: functions in tables. A JavaScript engine has 7 700; default
    /// 40 000, twice the largest table.
    pub element_entries_max: u64,
    /// Most exports of its modules; a Rust pack has four, default 10 000.
    pub exports_max: u64,
    /// Most custom sections of a pack, which tools write (names, producers); default 100.
    pub custom_sections_max: u64,
    /// Most blocks inside one another in a function. An interpreter's dispatch has some hundreds;
    /// default 2 000.
    pub nesting_max: u64,
    /// Most loops inside one another in a function. The most of seven large programs are 16; default 100.
    pub loop_nesting_max: u64,
    /// The sum, over all loops of a pack, of the square of their depth among loops: compiling takes cubic
    /// time in that depth. A JavaScript engine comes to 43 000; default 1 000 000.
    pub loop_nesting_squares_max: u64,
    /// Most targets of one table of branches. The most of seven large programs are 883; default 10 000.
    pub branch_targets_max: u64,
    /// Largest body of one function. Compiling takes more than linear time in it; the largest of seven
    /// large programs has 181 kB, default 512 KiB.
    pub function_bytes_max: u64,
    /// Most locals of one function, for the same reason. The most of seven large programs are 128;
    /// default 1 000.
    pub locals_max: u64,
    /// Steps of compiling that any pack may take, whatever its size: admission guesses them from the
    /// operators, and one takes some 0.7 µs. A Rust pack of 0.1 MB takes 200 000; default 400 000.
    pub compile_steps_base: u64,
    /// More steps for each byte of function bodies. Code of compilers takes 1.9 to 2.4; default 3, which
    /// is some 2 s a MiB.
    pub compile_steps_per_byte: u64,
    /// Most cases of a pack in its self-test ([`crate::RulePack::self_test`]). A pack of 37 rules has 964;
    /// default 5 000.
    pub self_test_cases_max: usize,
    /// Fuel of all cases of a pack together in its self-test, beside the budget of each, so that cases
    /// which loop end. Those 964 take some 1 200 000 000, most of it for their instances; default
    /// 5 000 000 000, at most 15 s.
    pub self_test_fuel_max: u64,

    // --- fuel: a unit is at most 3 ns (`sandbox/fuel.rs`), and a tenth of that in honest code ----
    /// Fuel of an evaluation whatever its size. The 60 rules of the national pack take some 20 000 000
    /// units on a dossier of 20 lines; default 100 000 000, at most 0.3 s.
    pub fuel_base: u64,
    /// More fuel for each node of subject, facts and context. A cost line is 17 nodes and costs a
    /// pack of ten rules about 100 000 units, 6 000 a node; default 50 000.
    pub fuel_per_node: u64,
    /// More fuel for each byte of their texts, for packs that parse the text; default 100.
    pub fuel_per_byte: u64,
    /// Most fuel of an evaluation, however large the request and whatever the manifest asks for: four
    /// times what the largest submission takes a pack of ten rules; default 12 000 000 000. At most 36 s, so
    /// whoever does not want to wait for it has a deadline.
    pub fuel_max: u64,
    /// The greatest factor that a manifest may ask for (`fuel_factor_tenths`), in tenths; a greater factor is
    /// cut to this. Default 50: five times the budget, for interpreters, which is at most 1.5 s on a
    /// small dossier.
    pub fuel_factor_tenths_max: u32,
    /// Ordinary budgets of one pack that evaluating its rules in isolation may take together, after
    /// evaluating them at once failed: without it, a pack of 500 looping rules takes 500 budgets. Ordinary is what
    /// a pack gets that asks for no factor. Default 1: every rule of an honest pack gets several times
    /// its share.
    pub isolation_budget_factor: u32,
    /// Milliseconds that a check may take in packs, all together, waiting for an instance included; 0,
    /// the default, for none but the host's own ([`HOST_DEADLINE_MS`]): a bare [`Engine`](crate::Engine)
    /// has none. Fuel decides, and is the same everywhere; this is the net below it for whoever would
    /// rather have an incomplete report than wait. A rule that meets it crashed, which is never a pass.
    /// Reading a submission, its schema and the facts are not under it; a pack that is loaded and each
    /// case of a self-test has one of its own, from when there is an instance for it.
    pub deadline_ms: u64,

    // --- space -----------------------------------------------------------------------------------
    /// Linear memory of one instance, all its memories together. 2 000 cost lines need under 4 MiB;
    /// default 64 MiB.
    pub memory_bytes_max: usize,
    /// Elements of one table. Tables hold function pointers; default 20 000, the allocator's own.
    pub table_elements_max: usize,
    /// Native stack of one call, taken from the calling thread, which must have as much to spare;
    /// default 512 KiB.
    pub stack_bytes_max: usize,
    /// Instances alive at one time; further evaluations wait. Each reserves about 4 GiB of *virtual*
    /// memory and keeps at most 4 MiB of real memory when it is idle; default 64.
    pub instances_max: u32,

    // --- what goes in and what comes out ---------------------------------------------------------
    /// Texts and nodes copied into one instance; default 32 MiB, half of its memory.
    pub request_bytes_max: usize,
    /// Largest answer. A thousand findings take about 0.7 MB; default 1 MiB.
    pub response_bytes_max: usize,
    /// Most arrays and objects inside one another in an answer. A value of a finding is six deep; default
    /// 16. The JSON reader itself takes no more than 127.
    pub response_depth_max: usize,
    /// Most findings of one rule; nobody reads more, and one a cost line fits; default 1 000.
    pub findings_max: usize,
    /// Bytes of all findings of a pack in one report, each with the title, basis and quote of its rule,
    /// which it repeats; so a report holds at most that much for each pack. The 1 500 findings that an
    /// answer has room for come to some 3 MB; default 8 MiB.
    pub findings_bytes_max: usize,
    /// Largest message, remedy, reason or value of a finding, in each language; default 4 KiB, a page.
    pub text_bytes_max: usize,
    /// Most values of one finding; default 64.
    pub values_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            submission_bytes_max: 16 << 20,
            submission_depth_max: 64,
            submission_nodes_max: 500_000,
            pack_bytes_max: 16 << 20,
            manifest_bytes_max: 1 << 20,
            rules_max: 500,
            modules_max: 16,
            module_instances_max: 64,
            functions_max: 30_000,
            types_max: 20_000,
            parameters_max: 64,
            results_max: 8,
            globals_max: 10_000,
            data_segments_max: 50_000,
            element_segments_max: 10_000,
            element_entries_max: 40_000,
            exports_max: 10_000,
            custom_sections_max: 100,
            nesting_max: 2_000,
            loop_nesting_max: 100,
            loop_nesting_squares_max: 1_000_000,
            branch_targets_max: 10_000,
            function_bytes_max: 512 << 10,
            locals_max: 1_000,
            compile_steps_base: 400_000,
            compile_steps_per_byte: 3,
            self_test_cases_max: 5_000,
            self_test_fuel_max: 5_000_000_000,
            fuel_base: 100_000_000,
            fuel_per_node: 50_000,
            fuel_per_byte: 100,
            fuel_max: 12_000_000_000,
            fuel_factor_tenths_max: 50,
            isolation_budget_factor: 1,
            deadline_ms: 0,
            memory_bytes_max: 64 << 20,
            table_elements_max: 20_000,
            stack_bytes_max: 512 << 10,
            instances_max: 64,
            request_bytes_max: 32 << 20,
            response_bytes_max: 1 << 20,
            response_depth_max: 16,
            findings_max: 1_000,
            findings_bytes_max: 8 << 20,
            text_bytes_max: 4 << 10,
            values_max: 64,
        }
    }
}

impl Limits {
    /// The bounds that a submission is parsed within.
    pub fn submission(&self) -> ParseLimits {
        ParseLimits {
            bytes_max: self.submission_bytes_max,
            depth_max: self.submission_depth_max,
            nodes_max: self.submission_nodes_max,
        }
    }

    /// The steps of compiling that a pack with some bytes of function bodies may take.
    pub fn compile_steps(&self, code_bytes: u64) -> u64 {
        let of_size = self.compile_steps_per_byte.saturating_mul(code_bytes);
        self.compile_steps_base.saturating_add(of_size)
    }

    /// The fuel of one instance for a request of some nodes and bytes, for a pack whose manifest
    /// asks for `fuel_factor_tenths` tenths of the ordinary budget; at most [`Limits::fuel_max`].
    pub fn fuel(&self, nodes: usize, bytes: usize, fuel_factor_tenths: u32) -> u64 {
        let per_node = self.fuel_per_node.saturating_mul(nodes as u64);
        let per_byte = self.fuel_per_byte.saturating_mul(bytes as u64);
        let ordinary = self.fuel_base.saturating_add(per_node).saturating_add(per_byte);
        let tenths = u64::from(fuel_factor_tenths.min(self.fuel_factor_tenths_max));
        (ordinary.saturating_mul(tenths) / 10).min(self.fuel_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuel_grows_with_the_request_and_is_cut_to_the_hosts_factor() {
        let limits =
            Limits { fuel_base: 1_000, fuel_per_node: 10, fuel_per_byte: 1, ..Limits::default() };
        assert_eq!(limits.fuel(0, 0, 10), 1_000);
        assert_eq!(limits.fuel(20, 300, 10), 1_500);
        assert_eq!(limits.fuel(20, 300, 25), 3_750);
        assert_eq!(limits.fuel(0, 0, 1_000_000), limits.fuel(0, 0, 100));
        assert_eq!(limits.fuel(usize::MAX, usize::MAX, 100), limits.fuel_max);
    }

    #[test]
    fn the_largest_submission_leaves_an_ordinary_pack_its_headroom() {
        let limits = Limits::default();
        let (nodes, bytes) = (limits.submission_nodes_max, limits.submission_bytes_max);
        assert_eq!(limits.fuel(nodes, bytes, 10), limits.fuel_max);
        // Ten rules take 6 000 units a node, and one for each byte that is copied to them.
        let taken = 6_000 * nodes as u64 + bytes as u64;
        assert!(limits.fuel_max > 7 * taken / 2, "{taken}");
        // A dossier of 2 000 lines, for an interpreter, is below the most.
        assert!(limits.fuel(54_000, 700_000, 40) < limits.fuel_max);
    }

    /// What SECURITY.md promises of time, computed from the defaults: nanoseconds of one unit times the
    /// units of evaluating all rules at once and then in isolation.
    #[test]
    fn the_bounds_of_time_follow_from_the_defaults() {
        const NANOSECONDS_PER_UNIT: u64 = 3;
        let limits = Limits::default();
        let milliseconds = |nodes, bytes| {
            let asked = limits.fuel(nodes, bytes, limits.fuel_factor_tenths_max);
            let alone = limits.fuel(nodes, bytes, 10) * u64::from(limits.isolation_budget_factor);
            (asked + alone) * NANOSECONDS_PER_UNIT / 1_000_000
        };
        // A small dossier, by fuel alone.
        assert!(milliseconds(300, 17_000) <= 2_200, "{}", milliseconds(300, 17_000));
        // The largest, by the deadline of a host that somebody waits for; by fuel alone it is this.
        const { assert!(HOST_DEADLINE_MS <= 1_500) };
        let largest = milliseconds(limits.submission_nodes_max, limits.submission_bytes_max);
        assert_eq!(largest, 72_000);
    }
}
