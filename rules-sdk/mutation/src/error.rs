//! Why mutants could not be tried.

use std::io;
use std::path::{Path, PathBuf};

use kycuong_cases::CaseFileError;
use kycuong_pack_builder::ToolOutput;

/// Why a pack's mutants could not be tried; no error is about a mutant that survives.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MutationError {
    /// A file or folder cannot be used.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// What was attempted.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// A program cannot be started, or broke off.
    #[error("cannot {action} `{program}`")]
    Program {
        /// What was attempted.
        action: &'static str,
        /// The program.
        program: String,
        /// The operating system's reason.
        source: io::Error,
    },
    /// Cargo does not know the pack's package.
    #[error("cargo cannot read the package of `{}`", dir.display())]
    Metadata {
        /// The pack's directory.
        dir: PathBuf,
        /// What cargo wrote.
        source: ToolOutput,
    },
    /// Cargo answered something else than its documented JSON.
    #[error("cargo answered something else than its documented JSON")]
    CargoFormat {
        /// Where it departs.
        source: serde_json::Error,
    },
    /// The directory holds no rule pack.
    #[error("`{}` is no rule pack: no package that depends on `kycuong-rules-sdk` has its Cargo.toml there", dir.display())]
    NotAPack {
        /// The directory.
        dir: PathBuf,
    },
    /// A source file is no Rust.
    #[error("cannot read `{}` as Rust", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: syn::Error,
    },
    /// The pack does not compile; with mutants or without.
    #[error("cannot compile the pack with its mutants in `{}`", dir.display())]
    Compile {
        /// The copy that was compiled.
        dir: PathBuf,
        /// What the compiler wrote.
        source: ToolOutput,
    },
    /// A case cannot be read.
    #[error("cannot read the cases of rule `{rule}`")]
    Cases {
        /// The rule's name.
        rule: String,
        /// The file, the line and why.
        source: CaseFileError,
    },
    /// The pack's own cases fail, so that nothing can be said of mutants.
    #[error(
        "{place}: “{title}” records something else than the pack says; mutants are tried on a pack whose cases pass: run `kycuong test`"
    )]
    CaseFails {
        /// The file and the line.
        place: String,
        /// Kind and name of the case.
        title: String,
    },
    /// The built pack answered something unreadable.
    #[error("the built pack answered something unreadable")]
    JobResult {
        /// Where it departs.
        source: serde_json::Error,
    },
    /// No rule has this name.
    #[error("pack `{pack}` has no rule `{rule}`; it has {known}")]
    NoSuchRule {
        /// The pack's id.
        pack: String,
        /// The name.
        rule: String,
        /// The names that it has, each in backticks.
        known: String,
    },
    /// The table of accepted survivors is not one.
    #[error("`{}`, line {line}: a survivor's row is `| \\`id\\` | reason |`, with a reason", path.display())]
    AcceptedRow {
        /// The README.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

kycuong_model::error_codes!(MutationError {
    File => "file",
    Program => "program",
    Metadata => "unreadable-package",
    CargoFormat => "cargo-format",
    NotAPack => "not-a-pack",
    Source => "not-rust",
    Compile => "does-not-compile",
    Cases => "unreadable-cases",
    CaseFails => "case-fails",
    JobResult => "unreadable-answer",
    NoSuchRule => "no-such-rule",
    AcceptedRow => "accepted-row",
});

impl MutationError {
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, path: path.to_owned(), source }
    }

    pub(crate) fn program(action: &'static str, program: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Program { action, program: program.display().to_string(), source }
    }

    /// What a compiler wrote, when that is the cause.
    pub fn output(&self) -> Option<&str> {
        match self {
            Self::Compile { source, .. } | Self::Metadata { source, .. } => Some(source.as_str()),
            _ => None,
        }
    }
}
