//! The digests that let anyone re-run a report and see the same bytes.

use serde::{Deserialize, Serialize};

/// What a report rests on. Digests are `sha256:` and 64 hexadecimal digits.
///
/// The packs that answered stand in the settings, each with its version and the digest of its file, so
/// that the digest of the settings vouches for them too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Receipt {
    /// Of the bytes submitted.
    pub submission: String,
    /// Of the facts handed to rules; absent when no rule was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// The version of the schema of the subject.
    pub schema_version: String,
    /// The version of the host.
    pub engine_version: String,
    /// The version of wasmtime, which fuel counts depend on.
    pub wasmtime_version: String,
    /// Of the operator's settings and the active packs: of `settings` of the report, as JSON without
    /// spaces.
    pub settings: String,
    /// Of the limits, as JSON with `instances_max` 0, since that one bound changes no outcome.
    pub limits: String,
    /// Of the report as JSON without this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

impl Receipt {
    /// The receipt of a submission under some settings and limits, by their digests, without facts and
    /// versions, and without the digest of its report.
    pub fn new(
        submission: impl Into<String>,
        settings: impl Into<String>,
        limits: impl Into<String>,
    ) -> Self {
        Self {
            submission: submission.into(),
            facts: None,
            settings: settings.into(),
            limits: limits.into(),
            schema_version: kycuong_model::schema::SCHEMA_VERSION.to_owned(),
            engine_version: String::new(),
            wasmtime_version: String::new(),
            report: None,
        }
    }
}
