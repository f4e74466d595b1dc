//! Every input of the corpora, and every one that ever broke something, through its target.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::io::Read as _;
use std::path::{Path, PathBuf};

use kycuong_fuzz::{
    admission, answer, deployment, intake, rendering, signatures, trust_file, typed,
};

/// All corpora together; more would be a burden to every clone.
const BYTES_MAX: u64 = 2_000_000;

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of)
}

/// The inputs of `corpus/TARGET.tar`, each with its name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(folder("corpus").join(format!("{target}.tar"))).unwrap();
    let mut archive = tar::Archive::new(std::io::BufReader::new(file));
    let inputs = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    });
    inputs.collect()
}

/// The files of `regressions/TARGET`, if it has any.
fn regressions(target: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder("regressions").join(target)) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

/// Replays a target's inputs; names the one that breaks it.
fn replay(target: &str, run: fn(&[u8])) {
    let corpus = corpus(target);
    assert!(corpus.len() >= 20, "{target} has {} inputs", corpus.len());
    for (name, bytes) in corpus.into_iter().chain(regressions(target)) {
        let replayed = std::panic::catch_unwind(|| run(&bytes));
        assert!(replayed.is_ok(), "{target} breaks on {name}");
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
fn rendering_keeps_its_promises() {
    replay("rendering", rendering::run);
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
    let archives = std::fs::read_dir(folder("corpus")).unwrap();
    let targets: Vec<String> = archives
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(targets.len(), 8, "{targets:?}");
    let inputs = targets.iter().flat_map(|target| corpus(target));
    let bytes: u64 = inputs.map(|(_, bytes)| bytes.len() as u64).sum();
    assert!(bytes < BYTES_MAX, "{bytes} bytes");
}
