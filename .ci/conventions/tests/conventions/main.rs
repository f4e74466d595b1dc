//! What must hold for the sources themselves. Nothing of the project is compiled or linked for it, so it
//! is told in seconds.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod dependency_directions;
mod error_codes;
mod import_circles;
mod one_build;
mod one_program;
mod ownership;
mod tree;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// What a command of cargo prints, as JSON.
fn cargo(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        // The graph of units is not stable; a released compiler tells it when it is asked like this.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The workspace's members as `cargo metadata` describes them.
fn members() -> Vec<Value> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    metadata["packages"].as_array().unwrap().clone()
}
