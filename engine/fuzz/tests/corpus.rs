//! Every input of the corpora, and every one that ever broke something, through its target.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::{Path, PathBuf};

use kycuong_fuzz::{admission, answer, deployment, intake, signatures, trust_file, typed};

/// All corpora together; more would be a burden to every clone.
const BYTES_MAX: u64 = 2_000_000;

fn folder(of: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of).join(target)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Replays a target's files; names the one that breaks it.
fn replay(target: &str, run: fn(&[u8])) {
    let corpus = files(&folder("corpus", target));
    assert!(corpus.len() >= 20, "{target} has {} inputs", corpus.len());
    for path in corpus.into_iter().chain(files(&folder("regressions", target))) {
        let bytes = std::fs::read(&path).unwrap();
        let replayed = std::panic::catch_unwind(|| run(&bytes));
        assert!(replayed.is_ok(), "{target} breaks on {}", path.display());
    }
}

#[test]
fn intake_keeps_its_promises() {
    replay("intake", intake::run);
}

#[test]
fn the_typed_model_keeps_its_promises() {
    replay("typed", typed::run);
}

#[test]
fn admission_keeps_its_promises() {
    replay("admission", admission::run);
}

#[test]
fn the_reading_of_answers_keeps_its_promises() {
    replay("answer", answer::run);
}

#[test]
fn deployment_files_keep_their_promises() {
    replay("deployment", deployment::run);
}

#[test]
fn signatures_keep_their_promises() {
    replay("signatures", signatures::run);
}

#[test]
fn trust_files_keep_their_promises() {
    replay("trust-file", trust_file::run);
}

#[test]
fn the_corpora_are_small() {
    let size = |path: PathBuf| std::fs::metadata(path).unwrap().len();
    let targets = files(&folder("corpus", ""));
    let bytes: u64 = targets.iter().flat_map(|target| files(target)).map(size).sum();
    assert!(bytes < BYTES_MAX, "{bytes} bytes");
}
