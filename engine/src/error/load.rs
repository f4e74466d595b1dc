//! What keeps a rule pack from being loaded.

use kycuong_report::Crash;

use super::BoxError;

/// Why a rule pack (or the sandbox for it) cannot be had.
///
/// The caller knows which file it was and says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The host cannot run sandboxes with these limits.
    #[error(
        "cannot reserve about {gib} GiB of address space for {instances} sandbox instances: lower `instances_max`, or raise the process's limit on virtual memory (`ulimit -v`)"
    )]
    Sandbox {
        /// The instances asked for.
        instances: u32,
        /// The virtual memory that they reserve, in GiB; hardly any of it is used.
        gib: u64,
        /// What the system said.
        source: BoxError,
    },
    /// The file is too large.
    #[error("the rule pack has {bytes} bytes, this host takes {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest allowed.
        limit: usize,
    },
    /// The file is something else.
    #[error("expected a WebAssembly component, found {found}")]
    NotComponent {
        /// What it looks like.
        found: &'static str,
    },
    /// It is broken, or needs an extension of WebAssembly that packs may not use.
    #[error("not valid WebAssembly, or it uses a proposal that this host refuses")]
    Invalid {
        /// Where and why.
        source: BoxError,
    },
    /// It asks the host for something.
    #[error("imports `{name}`, but a rule pack imports nothing")]
    Imports {
        /// The first import.
        name: String,
    },
    /// It exports something else, or nothing.
    #[error("expected the single export `{expected}`, found {found}")]
    Exports {
        /// What it exports.
        found: String,
        /// What a pack exports.
        expected: String,
    },
    /// It was built for another generation of the interface.
    #[error("exports `{found}`, this host speaks `{expected}`")]
    WrongInterface {
        /// The interface and version that it exports.
        found: String,
        /// The interface and newest version that the host speaks.
        expected: String,
    },
    /// The interface's functions are missing or have other types.
    #[error("the exported interface lacks `{function}`, or it has another type")]
    Signature {
        /// The function.
        function: &'static str,
        /// What differs.
        source: Option<BoxError>,
    },
    /// Some part of it is over a limit.
    #[error("has {found} {what} at byte {offset}, this host takes {limit}")]
    OverLimit {
        /// The part, in the plural.
        what: &'static str,
        /// How many, as far as they were counted.
        found: u64,
        /// The most allowed.
        limit: u64,
        /// Where in the file the limit was passed.
        offset: u64,
    },
    /// It is built so that compiling it could take any amount of work.
    #[error("{what} at byte {offset}, which no rule pack needs and which can be made to multiply")]
    Multiplies {
        /// What it does.
        what: &'static str,
        /// Where in the file.
        offset: u64,
    },
    /// It has what no pack needs, and what made hosts fail or wait.
    #[error("{what} at byte {offset}, which no rule pack needs and this host refuses")]
    Superfluous {
        /// What it has.
        what: &'static str,
        /// Where in the file.
        offset: u64,
    },
    /// The custom section with the manifest is missing or there are several.
    #[error("expected one custom section `{section}`, found {found}")]
    ManifestSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// The manifest is not JSON of a manifest's shape.
    #[error("cannot read the manifest")]
    ManifestJson {
        /// Where and why.
        source: BoxError,
    },
    /// The manifest contradicts itself.
    #[error("the manifest {detail}")]
    ManifestContent {
        /// What is wrong, as the end of the sentence “the manifest …”.
        detail: String,
    },
    /// There are several custom sections with cases.
    #[error("expected at most one custom section `{section}`, found {found}")]
    CasesSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// The cases are not JSON of their shape.
    #[error("cannot read the cases")]
    CasesJson {
        /// Where and why.
        source: BoxError,
    },
    /// The cases contradict the manifest or themselves.
    #[error("the cases {detail}")]
    CasesContent {
        /// What is wrong, as the end of the sentence “the cases …”.
        detail: String,
    },
    /// There are several custom sections with signatures.
    #[error("expected at most one custom section `{section}`, found {found}: sign the file anew")]
    SignaturesSection {
        /// The section's name.
        section: &'static str,
        /// How many there are.
        found: usize,
    },
    /// What follows the signatures would be unsigned.
    #[error(
        "the custom section `{section}` at byte {offset} is not the last: {bytes} bytes after it would be unsigned; sign the finished file"
    )]
    SignaturesNotLast {
        /// The section's name.
        section: &'static str,
        /// Where the section begins.
        offset: u64,
        /// Bytes after it.
        bytes: u64,
    },
    /// A custom section with a name of this project that this host does not know.
    #[error("the custom section `{name}` is unknown to this host")]
    UnknownSection {
        /// Its name.
        name: String,
    },
    /// The pack crashed when it was asked for its manifest.
    #[error("cannot ask the rule pack for its manifest")]
    ManifestCrashed {
        /// What became of it.
        source: Crash,
    },
    /// The pack says something else of itself when it runs.
    #[error(
        "the function `manifest` answers {answered} bytes that differ from the {declared} bytes of the custom section"
    )]
    ManifestDiffers {
        /// The length of the answer.
        answered: usize,
        /// The length of the section.
        declared: usize,
    },
    /// Its signatures do not allow this host to load it.
    #[error("the rule pack is not trusted")]
    Untrusted {
        /// Which key, role, jurisdiction or date is missing.
        source: BoxError,
    },
    /// The compiler refused it.
    #[error("cannot compile the rule pack")]
    Compile {
        /// Why.
        source: BoxError,
    },
    /// The compiler failed in a way that its authors took for impossible.
    #[error("the compiler failed while it compiled the rule pack: {detail}")]
    CompilerPanicked {
        /// What it said.
        detail: String,
    },
    /// The directory for compiled code cannot be used.
    #[error("cannot use `{directory}` for compiled rule packs: {detail}")]
    Cache {
        /// The directory.
        directory: String,
        /// What is wrong with it.
        detail: &'static str,
        /// What the system said.
        source: Option<std::io::Error>,
    },
}

kycuong_model::error_codes! { LoadError {
    Sandbox => "sandbox-without-memory",
    TooLarge => "pack-too-large",
    NotComponent => "not-a-component",
    Invalid => "invalid-webassembly",
    Imports => "pack-imports",
    Exports => "pack-exports",
    WrongInterface => "wrong-interface",
    Signature => "wrong-signature-of-function",
    OverLimit => "pack-over-limit",
    Multiplies => "pack-multiplies",
    Superfluous => "pack-superfluous",
    ManifestSection => "manifest-section",
    ManifestJson => "manifest-json",
    ManifestContent => "manifest-content",
    CasesSection => "cases-section",
    CasesJson => "cases-json",
    CasesContent => "cases-content",
    SignaturesSection => "signatures-section",
    SignaturesNotLast => "signatures-not-last",
    UnknownSection => "unknown-section",
    ManifestCrashed => "manifest-crashed",
    ManifestDiffers => "manifest-differs",
    Untrusted => "pack-untrusted",
    Compile => "pack-not-compiled",
    CompilerPanicked => "compiler-panicked",
    Cache => "code-cache-unusable",
} }
