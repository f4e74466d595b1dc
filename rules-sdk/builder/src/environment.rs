//! The environment of nested commands: the person's settings, without those of an outer build.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};

/// The environment variable that forces one way to a compiler: `active`, `rustup` or `debian`.
pub const TOOLCHAIN_VARIABLE: &str = "KYCUONG_TOOLCHAIN";

/// What a person may set for every cargo on the machine; all other `CARGO_*` variables are either
/// an outer cargo's words to its children, or settings that would change a pack's bytes.
const KEPT: [&str; 6] = [
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTR",
    "CARGO_SOURCE_",
    "CARGO_TERM_COLOR",
];

/// A cargo command in `dir`, free of the outer build.
pub fn cargo(dir: &Path) -> Command {
    // Under `cargo run` and `cargo test`, `CARGO` is the cargo that runs; else the one on the path.
    let mut command = Command::new(
        env::var_os("CARGO").filter(|cargo| !cargo.is_empty()).unwrap_or_else(|| "cargo".into()),
    );
    command.current_dir(dir);
    clean(&mut command);
    command
}

/// Takes an outer build's variables away.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if is_of_outer_build(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
}

fn is_of_outer_build(name: &str) -> bool {
    let cargo = (name == "CARGO" || name.starts_with("CARGO_"))
        && !KEPT.iter().any(|kept| name.starts_with(kept));
    // The jobserver of an outer make or cargo is closed to us: its tokens would be waited for in vain.
    let jobs = matches!(name, "MAKEFLAGS" | "MFLAGS" | "GNUMAKEFLAGS");
    cargo || jobs || name.starts_with("RUSTC") || name.starts_with("RUSTDOC") || name == "RUSTFLAGS"
}

/// The target directory that the person chose for every build, made absolute.
///
/// # Errors
/// When the current directory is unknown, from which a relative one starts.
pub fn chosen_target_dir() -> io::Result<Option<PathBuf>> {
    env::var_os("CARGO_TARGET_DIR")
        .filter(|dir| !dir.is_empty())
        .map(std::path::absolute)
        .transpose()
}

/// The person's home.
pub(crate) fn home() -> Option<PathBuf> {
    env::home_dir()
}

/// Where cargo keeps what it downloads.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| home().map(|home| home.join(".cargo")))
}

/// A program on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path: OsString = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}
