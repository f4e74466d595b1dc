//! `kycuong build`: rule packs from source, with a sign of life while the compiler works.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use kycuong_pack_builder::{BuildError, Builder, BuiltPack, Progress};

use crate::error::CommandError;
use crate::terminal::{print, say};

/// Builds packs and says where they are.
pub fn run(dirs: &[PathBuf]) -> Result<(), CommandError> {
    let mut text = String::new();
    for pack in build(dirs)? {
        let _ = writeln!(text, "{}  {} {}", pack.path.display(), pack.name, pack.manifest.version);
        let _ = writeln!(text, "  sha256:{}  {} bytes", pack.digest, pack.bytes.len());
    }
    print(&text).map_err(|source| CommandError::Output { source })
}

/// Builds packs, showing progress on standard error; what the compiler complains about stays there.
pub fn build(dirs: &[PathBuf]) -> Result<Vec<BuiltPack>, CommandError> {
    let bar = bar();
    let mut builder = Builder::new().progress(|step| show(&bar, step));
    let built = builder.build(dirs);
    let lines_were_shown = bar.is_hidden();
    bar.finish_and_clear();
    if !lines_were_shown && let Some(output) = built.as_ref().err().and_then(BuildError::output) {
        say(output);
    }
    Ok(built?)
}

/// A spinner on a terminal, nothing elsewhere.
fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn show(bar: &ProgressBar, step: &Progress) {
    let line = step.to_string();
    match step {
        // What changes this machine stays on the screen.
        Progress::Installing { .. } if !bar.is_hidden() => bar.println(line),
        // The result is printed when all packs are good.
        Progress::Built { .. } => {}
        Progress::Line(line) if bar.is_hidden() && line.trim_start().is_empty() => {}
        _ if bar.is_hidden() => say(&line),
        _ => bar.set_message(line.trim().to_owned()),
    }
}
