//! The copy of a pack with all its mutants: written, compiled, and relieved of what does not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use kycuong_pack_builder::{ToolOutput, cargo};
use serde::Deserialize;
use serde_json::json;

use crate::error::MutationError;
use crate::package::{Package, read_source};
use crate::source::Scan;
use crate::source::weave::{Mark, Woven, switch, weave};

/// Most attempts to compile; each takes out at least one mutant.
const ATTEMPTS_MAX: usize = 60;
/// Where the mutants are kept that did not compile, so that the next run does not find out again.
const LEFT_OUT: &str = "left-out.json";

/// A compiled pack with its mutants.
#[derive(Debug)]
pub(crate) struct Built {
    /// The program that answers for it.
    pub(crate) program: PathBuf,
    /// The mutants that do not compile.
    pub(crate) left_out: BTreeSet<u32>,
}

/// Compiles a pack with the mutants that were found in it.
pub(crate) fn build(
    package: &Package,
    scan: &Scan,
    progress: &mut dyn FnMut(&str),
) -> Result<Built, MutationError> {
    let dir = package.mutants_dir.join(&package.name);
    let switchable: BTreeSet<u32> = scan
        .mutants
        .iter()
        .filter(|mutant| mutant.left_out.is_some())
        .map(|mutant| mutant.number)
        .collect();
    write(&dir.join("Cargo.toml"), &manifest(package))?;
    write(&dir.join("runner.rs"), &runner(&package.library))?;
    copy_lock(package, &dir)?;
    copy_others(&package.dir, &dir)?;
    let known = known_left_out(&dir, scan);
    let mut left_out: BTreeSet<u32> = switchable.union(&known).copied().collect();
    for _ in 0..ATTEMPTS_MAX {
        let mut woven = BTreeMap::new();
        for (index, file) in scan.files.iter().enumerate() {
            let mut text = weave(scan, index, &left_out);
            if file.module == "crate" {
                text.text.push_str(&switch(scan.mutants.len()));
            }
            write(&dir.join(&file.path), &text.text)?;
            woven.insert(file.path.clone(), text);
        }
        progress(&format!("compiling {} with its mutants", package.name));
        let messages = compile(package, &dir)?;
        if let Some(program) = messages.iter().find_map(|message| message.executable.clone()) {
            let left_out = left_out.difference(&switchable).copied().collect();
            remember_left_out(&dir, scan, &left_out)?;
            return Ok(Built { program, left_out });
        }
        let guilty = guilty(&messages, &woven);
        if guilty.is_empty() {
            let rendered: String = messages.iter().filter_map(Message::rendered).collect();
            return Err(MutationError::Compile { dir, source: ToolOutput::new(&rendered) });
        }
        progress(&format!("{} mutant(s) do not compile", guilty.len()));
        left_out.extend(guilty);
    }
    let source = ToolOutput::new("mutants that do not compile were taken out again and again");
    Err(MutationError::Compile { dir, source })
}

/// A message of cargo's, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Message {
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
}

impl Message {
    fn rendered(&self) -> Option<&str> {
        self.message.as_ref().filter(|found| found.level == "error")?.rendered.as_deref()
    }
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: PathBuf,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

impl Span {
    /// The place in the sources, and not in the macro that was expanded there.
    fn outermost(&self) -> &Self {
        self.expansion.as_ref().map_or(self, |expansion| expansion.span.outermost())
    }
}

fn compile(package: &Package, dir: &Path) -> Result<Vec<Message>, MutationError> {
    let mut command = cargo(dir);
    command.args(["build", "--message-format", "json", "--bins"]);
    command.env("CARGO_TARGET_DIR", package.mutants_dir.join("build"));
    command.stdin(Stdio::null());
    let output = command.output().map_err(MutationError::program("run", Path::new("cargo")))?;
    let messages: Vec<Message> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let said_why = messages.iter().any(|message| message.rendered().is_some());
    if !output.status.success() && !said_why {
        let source = ToolOutput::new(&String::from_utf8_lossy(&output.stderr));
        return Err(MutationError::Compile { dir: dir.to_owned(), source });
    }
    Ok(messages)
}

/// The mutants that the compiler's errors are about.
fn guilty(messages: &[Message], woven: &BTreeMap<PathBuf, Woven>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for diagnostic in messages.iter().filter_map(|message| message.message.as_ref()) {
        if diagnostic.level != "error" {
            continue;
        }
        let mut spans: Vec<&Span> = diagnostic.spans.iter().collect();
        spans.sort_by_key(|span| !span.is_primary);
        let places: Vec<(&Woven, Range<usize>)> = spans
            .iter()
            .map(|span| span.outermost())
            .filter_map(|span| Some((woven.get(&span.file_name)?, span.byte_start..span.byte_end)))
            .collect();
        let changed = places.iter().find_map(|(woven, place)| {
            innermost(woven, place, |mark| matches!(mark, Mark::Changed(_)))
        });
        let switched = || {
            places.iter().find_map(|(woven, place)| {
                innermost(woven, place, |mark| matches!(mark, Mark::Switched(_)))
            })
        };
        match changed.or_else(switched) {
            Some(Mark::Changed(mutant)) => found.extend([*mutant]),
            Some(Mark::Switched(mutants)) => found.extend(mutants),
            // What was a constant is none any more, because of the switches in it.
            None => {
                for (woven, place) in places.iter().take(1) {
                    let inside =
                        |range: &Range<usize>| place.start <= range.start && range.end <= place.end;
                    for (_, mark) in woven.marks.iter().filter(|(range, _)| inside(range)) {
                        match mark {
                            Mark::Changed(mutant) => found.extend([*mutant]),
                            Mark::Switched(mutants) => found.extend(mutants),
                        }
                    }
                }
            }
        }
    }
    found
}

fn innermost<'w>(
    woven: &'w Woven,
    place: &Range<usize>,
    fits: impl Fn(&Mark) -> bool,
) -> Option<&'w Mark> {
    let around = |range: &Range<usize>| range.start <= place.start && place.end <= range.end;
    let marks = woven.marks.iter().filter(|(range, mark)| fits(mark) && around(range));
    marks.min_by_key(|(range, _)| range.len()).map(|(_, mark)| mark)
}

fn manifest(package: &Package) -> String {
    let mut text = format!(
        "# Made by `kycuong mutate`; what is changed here is overwritten.\n[package]\nname = {}\nversion = {}\nedition = {}\npublish = false\n\n\
         [lib]\nname = {}\npath = {}\ncrate-type = [\"rlib\"]\n\n\
         [[bin]]\nname = {}\npath = \"runner.rs\"\n\n[dependencies]\n",
        quote(&package.name),
        quote(&package.version),
        quote(&package.edition),
        quote(&package.library),
        quote(&package.root.strip_prefix(&package.dir).unwrap_or(&package.root).to_string_lossy()),
        quote(&format!("{}-mutants", package.name)),
    );
    for dependency in &package.dependencies {
        let name = dependency.rename.as_ref().unwrap_or(&dependency.name);
        let mut parts = vec![format!("package = {}", quote(&dependency.name))];
        match &dependency.path {
            Some(path) => parts.push(format!("path = {}", quote(&path.to_string_lossy()))),
            None => parts.push(format!("version = {}", quote(&dependency.req))),
        }
        if !dependency.uses_default_features {
            parts.push("default-features = false".to_owned());
        }
        if !dependency.features.is_empty() {
            let features: Vec<String> =
                dependency.features.iter().map(|name| quote(name)).collect();
            parts.push(format!("features = [{}]", features.join(", ")));
        }
        let _ = writeln!(text, "{name} = {{ {} }}", parts.join(", "));
    }
    text.push_str("\n[workspace]\n\n[profile.dev]\ndebug = false\n");
    text
}

/// A TOML string.
fn quote(text: &str) -> String {
    json!(text).to_string()
}

fn runner(library: &str) -> String {
    format!(
        "//! Answers for the pack with its mutants.\n\n\
         fn main() -> std::io::Result<()> {{\n    \
         std::panic::set_hook(Box::new(|_| ()));\n    \
         let switch = kycuong_rules_sdk::testing::Switch {{\n        \
         turn_to: {library}::kycuong_mutants::turn_to,\n        \
         take_reached: {library}::kycuong_mutants::take_reached,\n    }};\n    \
         let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());\n    \
         kycuong_rules_sdk::testing::run_jobs(&{library}::PACK, &switch, input, output)\n}}\n"
    )
}

/// Writes a file unless it is so already: cargo compiles what was touched.
fn write(path: &Path, text: &str) -> Result<(), MutationError> {
    if read_source(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(MutationError::file("create", folder))?;
    }
    fs::write(path, text).map_err(MutationError::file("write", path))
}

/// The versions of the pack's own workspace; cargo then shortens its copy.
fn copy_lock(package: &Package, dir: &Path) -> Result<(), MutationError> {
    let Ok(lock) = read_source(&package.lock) else { return Ok(()) };
    let origin = dir.join("Cargo.lock.origin");
    if read_source(&origin).is_ok_and(|present| present == lock) {
        return Ok(());
    }
    write(&dir.join("Cargo.lock"), &lock)?;
    write(&origin, &lock)
}

/// What the sources may include: the files beside them, but neither cases nor what is built.
fn copy_others(from: &Path, to: &Path) -> Result<(), MutationError> {
    let read = MutationError::file("read", from);
    for entry in fs::read_dir(from).map_err(read)?.flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let left = ["target", "cases", "Cargo.toml", "Cargo.lock", "src"].contains(&name.as_str());
        if left || name.starts_with('.') || !path.is_file() {
            continue;
        }
        if let Ok(text) = read_source(&path) {
            write(&to.join(&name), &text)?;
        }
    }
    Ok(())
}

/// What did not compile the last time, when the sources are the same.
fn known_left_out(dir: &Path, scan: &Scan) -> BTreeSet<u32> {
    #[derive(Deserialize)]
    struct Known {
        sources: String,
        mutants: BTreeSet<u32>,
    }
    let text = read_source(&dir.join(LEFT_OUT)).unwrap_or_default();
    match serde_json::from_str::<Known>(&text) {
        Ok(known) if known.sources == all_sources(scan) => known.mutants,
        _ => BTreeSet::new(),
    }
}

fn remember_left_out(
    dir: &Path,
    scan: &Scan,
    left_out: &BTreeSet<u32>,
) -> Result<(), MutationError> {
    let known = json!({ "sources": all_sources(scan), "mutants": left_out });
    write(&dir.join(LEFT_OUT), &known.to_string())
}

fn all_sources(scan: &Scan) -> String {
    let none = BTreeSet::new();
    (0..scan.files.len()).map(|file| weave(scan, file, &none).text).collect()
}
