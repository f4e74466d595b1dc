//! What the soak says, and how it fails to be set up.

use std::io::Write;

/// What may go wrong before anything runs.
pub type Anything<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A line for whoever watches; nobody need.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
