//! The nested cargo: packages of one workspace in, core modules out.
//!
//! Everything that decides a module's bytes is set here and not read from the person's settings.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::environment::{cargo, cargo_home, home};
use crate::error::{BuildError, ToolOutput};
use crate::process::{Spoken, run};
use crate::progress::Progress;
use crate::toolchain::{Compiler, TARGET};
use crate::workspace::Workspace;

/// The stack of a pack, in bytes. Rules do not recurse over input; what does is stopped early, and
/// a small stack keeps the pages few that a fresh instance touches.
const STACK: u32 = 64 * 1024;

/// The memory that a pack starts with, in bytes: room for a dossier of some hundred lines, so that
/// an ordinary evaluation never grows it.
const INITIAL_MEMORY: u32 = 1024 * 1024;

/// The release profile of every pack, whatever its own Cargo.toml says.
const PROFILE: [(&str, &str); 9] = [
    ("OPT_LEVEL", "3"),
    ("LTO", "fat"),
    ("CODEGEN_UNITS", "1"),
    ("PANIC", "abort"),
    ("OVERFLOW_CHECKS", "true"),
    ("DEBUG_ASSERTIONS", "false"),
    ("INCREMENTAL", "false"),
    ("DEBUG", "false"),
    // Function names stay: they are what a trap's backtrace shows.
    ("STRIP", "debuginfo"),
];

/// Compiles packages of one workspace in one go; the modules' files by package directory.
pub(crate) fn modules(
    workspace: &Workspace,
    packages: &[String],
    compiler: &Compiler,
    target_dir: &Path,
    progress: &mut dyn FnMut(&Progress),
) -> Result<BTreeMap<PathBuf, PathBuf>, BuildError> {
    progress(&Progress::Compiling { packages: packages.to_vec() });
    let mut command = cargo(&workspace.root);
    command.args(["build", "--release", "--lib", "--target", TARGET]);
    command.args(["--message-format", "json-render-diagnostics"]);
    for package in packages {
        command.args(["--package", package]);
    }
    command.arg("--target-dir").arg(target_dir);
    for (key, value) in PROFILE {
        command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
    }
    compiler.configure(&mut command);
    compiler.configure_build(&mut command);
    command.env("CARGO_ENCODED_RUSTFLAGS", flags(workspace, compiler, target_dir, progress)?);
    let finished = run(&mut command, Spoken::Errors, progress)?;
    if !finished.ok {
        let names: Vec<String> = packages.iter().map(|name| format!("`{name}`")).collect();
        let source = ToolOutput::new(&finished.stderr);
        return Err(BuildError::Compile { packages: names.join(", "), source });
    }
    artifacts(&finished.stdout)
}

/// The compiler's flags, separated as cargo wants them.
fn flags(
    workspace: &Workspace,
    compiler: &Compiler,
    target_dir: &Path,
    progress: &mut dyn FnMut(&Progress),
) -> Result<OsString, BuildError> {
    let mut names = workspace.source_names(compiler, progress)?;
    names.insert((workspace.root.clone(), "/pack".to_owned()));
    names.insert((target_dir.to_owned(), "/target".to_owned()));
    names.insert((compiler.sysroot.clone(), "/rust".to_owned()));
    names.extend(cargo_home().map(|dir| (dir, "/cargo".to_owned())));
    names.extend(home().map(|dir| (dir, "/home".to_owned())));
    let mut names: Vec<_> = names.into_iter().filter(|(dir, _)| dir.parent().is_some()).collect();
    // The last mapping that fits wins, so the most specific directory comes last.
    names.sort_by_key(|(dir, _)| dir.as_os_str().len());

    let mut flags = OsString::from(format!(
        "-Clink-arg=-zstack-size={STACK}\x1f-Clink-arg=--initial-memory={INITIAL_MEMORY}"
    ));
    for (dir, name) in names {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(dir);
        flags.push("=");
        flags.push(name);
    }
    Ok(flags)
}

/// A message of `cargo build --message-format json`, as far as it matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

fn artifacts(messages: &str) -> Result<BTreeMap<PathBuf, PathBuf>, BuildError> {
    let mut modules = BTreeMap::new();
    // Other lines are what a build script or a wrapper printed.
    for line in messages.lines().filter(|line| line.starts_with('{')) {
        let message: Message =
            serde_json::from_str(line).map_err(|source| BuildError::CargoFormat { source })?;
        if message.reason != "compiler-artifact" {
            continue;
        }
        let module = message
            .filenames
            .into_iter()
            .find(|file| file.extension().is_some_and(|end| end == "wasm"));
        if let (Some(module), Some(dir)) = (module, message.manifest_path.parent()) {
            // As the person's own path may go through a link, both sides are compared resolved.
            let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
            modules.insert(dir, module);
        }
    }
    Ok(modules)
}
