//! Mutants of a pack's sources: each changes one number, code, boundary or severity by one step.
//!
//! They are not compiled one by one. All of them are woven into one copy of the sources, each behind
//! a switch that is turned while the copy runs.

pub(crate) mod items;
pub(crate) mod modules;
pub(crate) mod names;
pub(crate) mod patterns;
pub(crate) mod scan;
pub(crate) mod step;
pub(crate) mod weave;

use std::ops::Range;

use self::modules::SourceFile;

/// One changed place of the sources.
#[derive(Clone, Debug)]
pub(crate) struct SourceMutant {
    /// Its number in the switch; 1 and up.
    pub(crate) number: u32,
    pub(crate) id: String,
    /// The module, kebab-case: a rule's name, or that of a file that rules share.
    pub(crate) module: String,
    /// `src/….rs:12`.
    pub(crate) place: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// Why it cannot be switched.
    pub(crate) left_out: Option<String>,
}

/// A replaced range of a file.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) mutant: u32,
    pub(crate) file: usize,
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

/// How the switch around an expression is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Round an operand: `(if … { } else { })`.
    Parenthesised,
    /// Round what looks like a block, and may stand where a statement does: `{ if … }`.
    Block,
}

/// An expression that is there twice: changed, behind the mutant's switch, and as it is.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) mutant: u32,
    pub(crate) file: usize,
    pub(crate) range: Range<usize>,
    pub(crate) shape: Shape,
}

/// A changed copy of an item beside it, since what the compiler evaluates cannot be switched.
#[derive(Clone, Debug)]
pub(crate) struct Twin {
    pub(crate) mutant: u32,
    pub(crate) file: usize,
    /// The item that is copied.
    pub(crate) item: Range<usize>,
    /// What differs in the copy, its name included.
    pub(crate) edits: Vec<(Range<usize>, String)>,
}

/// Everything that was found in a pack's sources.
#[derive(Default)]
pub(crate) struct Scan {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) mutants: Vec<SourceMutant>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) sites: Vec<Site>,
    pub(crate) twins: Vec<Twin>,
}
