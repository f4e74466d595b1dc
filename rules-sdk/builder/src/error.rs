//! What can go wrong between a pack's sources and its component.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use kycuong_cases::CaseFileError;

use crate::environment::TOOLCHAIN_VARIABLE;

/// Why a rule pack could not be built.
///
/// What a compiler or an installer wrote is the [`source`](Error::source), line by line as it came;
/// see [`BuildError::output`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A pack's directory cannot be opened, or the component cannot be written.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// What was attempted: `open`, `read`, `write`, `create`.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// A program that the build needs cannot be started.
    #[error("cannot run `{program}`")]
    Run {
        /// The program.
        program: String,
        /// The operating system's reason.
        source: io::Error,
    },
    /// Cargo does not understand the workspace of a pack.
    #[error("cargo cannot read the workspace of `{}`", dir.display())]
    Workspace {
        /// The pack's directory or its workspace's.
        dir: PathBuf,
        /// What cargo wrote.
        source: ToolOutput,
    },
    /// Cargo answered something that is not its documented JSON.
    #[error("cargo answered something else than its documented JSON")]
    CargoFormat {
        /// Where it departs.
        source: serde_json::Error,
    },
    /// The directory holds no package.
    #[error("no package has its Cargo.toml in `{}`", dir.display())]
    NotAPackage {
        /// The directory that was given.
        dir: PathBuf,
    },
    /// The package does not build a WebAssembly module.
    #[error(
        "package `{package}` is no rule pack: write `crate-type = [\"cdylib\", \"lib\"]` under `[lib]` in its Cargo.toml"
    )]
    NotACdylib {
        /// The package.
        package: String,
    },
    /// The environment variable that forces a toolchain has an unknown value.
    #[error("`{TOOLCHAIN_VARIABLE}` is `{value}`: the ways are `active`, `rustup` and `debian`")]
    UnknownToolchain {
        /// Its value.
        value: String,
    },
    /// No Rust toolchain here can compile for WebAssembly.
    #[error(
        "no Rust toolchain here has the standard library for wasm32-unknown-unknown ({tried}): run `rustup target add wasm32-unknown-unknown`, or on Debian `apt-get update && apt-get install --no-install-recommends rustc-web rust-web-src lld` as root"
    )]
    NoToolchain {
        /// Each way that was tried and why it failed.
        tried: String,
    },
    /// The pack does not compile; the compiler's messages are the source.
    #[error("cannot compile {packages}")]
    Compile {
        /// The packages that were compiled together, each in backticks.
        packages: String,
        /// What the compiler wrote.
        source: ToolOutput,
    },
    /// Cargo succeeded and named no WebAssembly file.
    #[error("cargo built no WebAssembly file for package `{package}`")]
    NoArtifact {
        /// The package.
        package: String,
    },
    /// The compiled module is not readable.
    #[error("cannot read the WebAssembly module of package `{package}`")]
    Module {
        /// The package.
        package: String,
        /// The place and the reason.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The pack wants something of its host.
    #[error("rule packs import nothing, and package `{package}` imports {imports}")]
    Imports {
        /// The package.
        package: String,
        /// The imports, each in backticks.
        imports: String,
    },
    /// The compiled module has no manifest.
    #[error(
        "package `{package}` declares no rule pack: its module has no `kycuong:manifest` section (is `rule_pack!` missing?)"
    )]
    NoManifest {
        /// The package.
        package: String,
    },
    /// The compiled module has several manifests.
    #[error("package `{package}` declares {found} rule packs; a package declares 1")]
    SeveralManifests {
        /// The package.
        package: String,
        /// How many.
        found: usize,
    },
    /// The manifest is not what the model describes.
    #[error("cannot read the manifest of package `{package}`")]
    Manifest {
        /// The package.
        package: String,
        /// The place and the reason.
        source: serde_json::Error,
    },
    /// The manifest can be read and says something impossible.
    #[error("the manifest of package `{package}` is not sound: {problem}")]
    UnsoundManifest {
        /// The package.
        package: String,
        /// Which member says what.
        problem: String,
    },
    /// A file of cases cannot be read as one.
    #[error("cannot read the cases of a rule")]
    Cases {
        /// The file, the line and why.
        source: CaseFileError,
    },
    /// The cases cannot be written into the component.
    #[error("cannot write the cases of package `{package}` as JSON")]
    CasesJson {
        /// The package.
        package: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The cases are larger than a host reads.
    #[error("the cases of package `{package}` take {bytes} bytes, the limit is {limit}")]
    CasesTooLarge {
        /// The package.
        package: String,
        /// How many bytes they take as JSON.
        bytes: usize,
        /// The most allowed.
        limit: usize,
    },
    /// The module is no implementation of the pack's interface.
    #[error("cannot make a component of package `{package}`")]
    Encode {
        /// The package.
        package: String,
        /// Which export or type departs.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The component exports something else than the pack's interface.
    #[error("package `{package}` exports {found}; a rule pack exports exactly `{expected}`")]
    Exports {
        /// The package.
        package: String,
        /// What it exports, each in backticks, or `nothing`.
        found: String,
        /// The interface with its version.
        expected: String,
    },
    /// Two packages say that they are the same pack.
    #[error("packages `{first}` and `{second}` are both rule pack `{pack}`")]
    SamePack {
        /// The pack's id.
        pack: String,
        /// A package.
        first: String,
        /// The other.
        second: String,
    },
}

kycuong_model::error_codes!(BuildError {
    File => "file",
    Run => "program-does-not-start",
    Workspace => "unreadable-workspace",
    CargoFormat => "cargo-format",
    NotAPackage => "not-a-package",
    NotACdylib => "not-a-cdylib",
    UnknownToolchain => "unknown-toolchain",
    NoToolchain => "no-toolchain",
    Compile => "does-not-compile",
    NoArtifact => "no-artifact",
    Module => "unreadable-module",
    Imports => "imports-something",
    NoManifest => "no-manifest",
    SeveralManifests => "several-manifests",
    Manifest => "unreadable-manifest",
    UnsoundManifest => "unsound-manifest",
    CasesJson => "cases-json",
    CasesTooLarge => "cases-too-large",
    Encode => "not-the-interface",
    Exports => "wrong-exports",
    SamePack => "same-pack",
});

impl BuildError {
    /// What the compiler, cargo or an installer wrote, for the author to read; several lines.
    pub fn output(&self) -> Option<&str> {
        match self {
            Self::Workspace { source, .. } | Self::Compile { source, .. } => Some(source.as_str()),
            _ => None,
        }
    }
}

/// What a program wrote before it failed: as it came, without its progress lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolOutput(String);

impl ToolOutput {
    /// Keeps what is for the author: cargo's own status lines ("   Compiling …") are dropped.
    pub fn new(stderr: &str) -> Self {
        let kept: Vec<&str> = stderr.lines().filter(|line| !is_status(line)).collect();
        Self(kept.join("\n").trim_matches('\n').to_owned())
    }

    /// The lines.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ToolOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for ToolOutput {}

/// Whether a line is cargo's progress: a capitalised verb, set flush right in twelve columns.
fn is_status(line: &str) -> bool {
    let Some(verb) = line.split_whitespace().next() else { return false };
    let indent = line.len() - line.trim_start().len();
    indent + verb.len() == 12
        && verb.ends_with("ing") | verb.ends_with("ed")
        && verb.starts_with(char::is_uppercase)
}
