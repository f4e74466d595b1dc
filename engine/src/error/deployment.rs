//! Why a deployment file cannot be used, with the line of each thing that is wrong.

use super::BoxError;

/// Why a deployment file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeploymentError {
    /// The file cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no TOML.
    #[error("`{path}`, line {line}, column {column}: not TOML: {detail}")]
    Toml {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, in characters from 1.
        column: usize,
        /// What the parser said.
        detail: String,
    },
    /// It is not what the schema of deployment files asks for.
    #[error("`{path}`, {}", join(problems))]
    Invalid {
        /// The file.
        path: String,
        /// All that is wrong, in the order of lines.
        problems: Vec<DeploymentProblem>,
    },
    /// The schema let something through that cannot be read, which the host's tests rule out.
    #[error("cannot read the settings in `{path}`")]
    Unreadable {
        /// The file.
        path: String,
        /// What is wrong.
        source: BoxError,
    },
}

/// One thing that is wrong in a deployment file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeploymentProblem {
    /// The line, from 1.
    pub line: usize,
    /// What, and how to fix it.
    pub message: String,
}

fn join(problems: &[DeploymentProblem]) -> String {
    let each = problems
        .iter()
        .map(|DeploymentProblem { line, message }| format!("line {line}: {message}"));
    each.collect::<Vec<_>>().join("; ")
}

kycuong_model::error_codes! { DeploymentError {
    Read => "deployment-unreadable",
    Toml => "deployment-not-toml",
    Invalid => "deployment-invalid",
    Unreadable => "deployment-not-understood",
} }
