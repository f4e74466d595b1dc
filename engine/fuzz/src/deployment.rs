//! Deployment files: any text as what an operator wrote, then held against a pack.

use std::sync::LazyLock;

use kycuong_engine::error::{DeploymentError, OperatorFileError};
use kycuong_engine::{BuildError, Date, Deployment, Engine, Settings};

use crate::installed::PACK;
use crate::words;

const NAME: &str = "deployment.toml";

/// Days of judging before, between and after the adoptions that a file is likely to have.
static DAYS: LazyLock<[Date; 4]> = LazyLock::new(|| {
    [(1, 1, 1), (2025, 7, 1), (2026, 11, 21), (9999, 12, 31)]
        .map(|(year, month, day)| Date::literal(year, month, day))
});

/// Reads a file and sets up a host with it.
pub fn run(bytes: &[u8]) {
    // A file that is not UTF-8 cannot be read; the standard library says so.
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let deployment = match Deployment::parse(NAME, text) {
        Ok(deployment) => deployment,
        Err(error) => return refused(&error, text),
    };
    let build = || {
        let builder = Engine::builder().pack(PACK.clone()).allow_unsigned();
        builder.deployment(deployment.clone()).build()
    };
    match (build(), build()) {
        (Err(error), Err(again)) => {
            let said = words::of_error(&error);
            assert_eq!(said, words::of_error(&again));
            assert!(!matches!(error, BuildError::Host { .. }), "{said:?}");
        }
        (first, second) => {
            assert_eq!(first.is_ok(), second.is_ok(), "built once and refused once");
            let settings = |engine: &Result<Engine, _>, day| {
                engine.as_ref().ok().map(|engine| engine.settings(day))
            };
            for day in *DAYS {
                let set = settings(&first, day);
                assert_eq!(set, settings(&second, day));
                set.iter().for_each(recorded);
            }
        }
    }
}

/// What was set is in the report, and every bit of it has a reason.
fn recorded(settings: &Settings) {
    for lowered in &settings.lowered {
        assert!(lowered.to < lowered.from, "{lowered:?}");
        assert!(!lowered.reason.trim().is_empty());
    }
    let json = serde_json::to_string(settings).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Settings>(&json).ok().as_ref(), Some(settings));
}

fn refused(error: &DeploymentError, text: &str) {
    let said = words::of_error(error).concat();
    assert!(said.contains(NAME), "{said}");
    let lines = text.matches('\n').count() + 1;
    if let DeploymentError::File(OperatorFileError::NotToml { line, column, .. }) = error {
        assert!((1..=lines).contains(line) && *column >= 1, "{said}");
    }
}
