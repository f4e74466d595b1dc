//! Finding a compiler that has the standard library for `wasm32-unknown-unknown`, or its sources.
//!
//! It does not choose by version: a pack's own `rust-version` does, in cargo.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::{env, fmt};

use crate::environment::{TOOLCHAIN_VARIABLE, clean, on_path};
use crate::error::BuildError;
use crate::process::{Spoken, ask, run};
use crate::progress::Progress;

/// What packs are compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The packages of the Debian way: a compiler that knows WebAssembly, the library's sources, a linker.
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld"];

/// Where Debian puts its compiler.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A way to a compiler for WebAssembly. Without a choice they are tried in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The active toolchain as it is; it has the target's standard library.
    Active,
    /// The active toolchain after `rustup target add`.
    Rustup,
    /// A compiler with the library's sources beside it, as on Debian; for closed networks. As root
    /// on Debian it is installed.
    Debian,
}

impl Toolchain {
    const IN_ORDER: [Self; 3] = [Self::Active, Self::Rustup, Self::Debian];

    /// The way that the environment forces, if any.
    pub(crate) fn from_environment() -> Result<Option<Self>, BuildError> {
        match env::var(TOOLCHAIN_VARIABLE) {
            Ok(value) if value.is_empty() => Ok(None),
            Ok(value) => value.parse().map(Some),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(value)) => {
                Err(BuildError::UnknownToolchain { value: value.to_string_lossy().into_owned() })
            }
        }
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Active => "active",
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        })
    }
}

impl FromStr for Toolchain {
    type Err = BuildError;

    fn from_str(value: &str) -> Result<Self, BuildError> {
        Self::IN_ORDER
            .into_iter()
            .find(|way| way.to_string() == value)
            .ok_or_else(|| BuildError::UnknownToolchain { value: value.to_owned() })
    }
}

/// A compiler that can build packs.
#[derive(Debug)]
pub(crate) struct Compiler {
    /// Its version line, and how it comes by the standard library.
    pub(crate) version: String,
    /// Where its library lies; a path of this machine that must not reach a pack.
    pub(crate) sysroot: PathBuf,
    /// Set when the standard library is built from its sources.
    from_source: Option<FromSource>,
}

#[derive(Debug)]
struct FromSource {
    rustc: PathBuf,
    linker: PathBuf,
}

impl Compiler {
    /// The name of its own sub-directory: two compilers that share one would rebuild in turns.
    pub(crate) fn directory(&self) -> &'static str {
        if self.from_source.is_some() { "std-from-source" } else { "std-installed" }
    }

    /// Makes cargo use it.
    pub(crate) fn configure(&self, cargo: &mut Command) {
        let Some(FromSource { rustc, linker }) = &self.from_source else { return };
        cargo
            .env("RUSTC", rustc)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            // An outer rustup points it at its own compiler's libraries.
            .env_remove("LD_LIBRARY_PATH");
    }

    /// What only a build needs, not a look at the workspace.
    pub(crate) fn configure_build(&self, cargo: &mut Command) {
        if self.from_source.is_some() {
            cargo.arg("-Zbuild-std=std,panic_abort");
        }
    }
}

/// Finds a compiler for a workspace, by the forced way or in the order of [`Toolchain`].
pub(crate) fn find(
    forced: Option<Toolchain>,
    workspace: &Path,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Compiler, BuildError> {
    let ways = forced.map_or(Toolchain::IN_ORDER.to_vec(), |way| vec![way]);
    let mut tried = Vec::new();
    for way in ways {
        let found = match way {
            Toolchain::Active => active(workspace),
            Toolchain::Rustup => rustup(workspace, progress),
            Toolchain::Debian => debian(progress),
        };
        match found {
            Ok(compiler) => {
                progress(&Progress::Toolchain { version: compiler.version.clone() });
                return Ok(compiler);
            }
            Err(why) => tried.push(format!("{way}: {why}")),
        }
    }
    Err(BuildError::NoToolchain { tried: tried.join("; ") })
}

/// The active toolchain, when it has the target's library. The error is the reason in words.
fn active(workspace: &Path) -> Result<Compiler, String> {
    let rustc = |argument: &[&str]| {
        ask("rustc", |command| {
            clean(command);
            command.current_dir(workspace).args(argument);
        })
    };
    let sysroot =
        rustc(&["--print", "sysroot"]).map(PathBuf::from).ok_or("no `rustc` on the path")?;
    let version = rustc(&["--version"]).ok_or("`rustc` does not tell its version")?;
    if !sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Err(format!("{version} has no {TARGET}"));
    }
    Ok(Compiler { version, sysroot, from_source: None })
}

/// The active toolchain, after rustup has added the target.
fn rustup(workspace: &Path, progress: &mut dyn FnMut(&Progress)) -> Result<Compiler, String> {
    on_path("rustup").ok_or("no `rustup` on the path")?;
    let mut command = Command::new("rustup");
    clean(&mut command);
    command.current_dir(workspace).args(["target", "add", TARGET]);
    install(&mut command, progress)?;
    active(workspace)
}

/// A compiler with the library's sources, installed when that is possible.
fn debian(progress: &mut dyn FnMut(&Progress)) -> Result<Compiler, String> {
    from_source().or_else(|missing| {
        if !Path::new("/etc/debian_version").exists() || on_path("apt-get").is_none() {
            return Err(missing);
        }
        if ask("id", |command| _ = command.arg("-u")).as_deref() != Some("0") {
            return Err(format!("{missing}, and only root may install it"));
        }
        // The lists first: those of the installation medium have a compiler that is too old.
        let mut update = apt_get();
        update.arg("update");
        install(&mut update, progress)?;
        let mut packages = apt_get();
        packages.args(["install", "--yes", "--no-install-recommends"]).args(DEBIAN_PACKAGES);
        install(&mut packages, progress)?;
        from_source()
    })
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    // Two builds at once wait for each other instead of failing on the lock.
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=600"]);
    command
}

fn from_source() -> Result<Compiler, String> {
    let rustc = Path::new(DEBIAN_RUSTC);
    let asked = |argument: &[&str]| {
        ask(rustc, |command| {
            clean(command);
            command.env_remove("LD_LIBRARY_PATH").args(argument);
        })
    };
    let sysroot = asked(&["--print", "sysroot"])
        .map(PathBuf::from)
        .ok_or_else(|| format!("no `{DEBIAN_RUSTC}`"))?;
    let version = asked(&["--version"])
        .ok_or_else(|| format!("`{DEBIAN_RUSTC}` does not tell its version"))?;
    if !sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists() {
        return Err(format!("{version} has no library sources"));
    }
    let linker = on_path("wasm-ld").ok_or("no `wasm-ld` on the path")?;
    let version = format!("{version}, std from source");
    Ok(Compiler {
        version,
        sysroot,
        from_source: Some(FromSource { rustc: rustc.to_owned(), linker }),
    })
}

/// Runs an installer, said aloud before and while it runs.
fn install(command: &mut Command, progress: &mut dyn FnMut(&Progress)) -> Result<(), String> {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    let words = words.join(" ");
    progress(&Progress::Installing { command: words.clone() });
    let finished = run(command, Spoken::Everything, progress).map_err(|error| error.to_string())?;
    if finished.ok {
        return Ok(());
    }
    let last =
        finished.stderr.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Err(format!("`{words}` failed: {}", last.trim()))
}
