//! Why a deployment file cannot be used, with the line of each thing that is wrong.

use kycuong_operator_file::OperatorFileError;

use super::BoxError;

/// Why a deployment file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeploymentError {
    /// The file cannot be read, is no TOML, or is not what its schema asks for.
    #[error(transparent)]
    File(#[from] OperatorFileError),
    /// The schema let something through that cannot be read, which the host's tests rule out.
    #[error("cannot read the settings in `{path}`")]
    Unreadable {
        /// The file.
        path: String,
        /// What is wrong.
        source: BoxError,
    },
}

kycuong_model::error_codes! { DeploymentError {
    File => "deployment-file",
    Unreadable => "deployment-not-understood",
} }
