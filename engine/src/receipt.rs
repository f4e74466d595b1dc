//! The digests that let anyone re-run a report and see the same bytes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::limits::Limits;
use crate::pack_set::Settings;
use crate::proof::Proof;
use crate::trust::Signer;

/// The version of this host.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a report rests on. Digests are `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Of the bytes submitted.
    pub submission: String,
    /// Of the facts handed to rules; absent when no rule was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// The packs in force.
    pub packs: Vec<PackReceipt>,
    /// The version of the schema of the subject.
    pub schema_version: String,
    /// The version of this host.
    pub engine_version: String,
    /// The version of wasmtime, which fuel counts depend on.
    pub wasmtime_version: String,
    /// Of the operator's settings, as the report shows them.
    pub settings: String,
    /// Of the limits, as JSON with `instances_max` 0, since that one bound changes no outcome.
    pub limits: String,
    /// Of the report as JSON without this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// One pack in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackReceipt {
    /// Its id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The digest of its file.
    pub digest: String,
    /// What its cases came to, when they were run here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Who signed it, by role and key; empty when signatures were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
}

/// What a receipt says of the host itself, the same for every check.
#[derive(Clone, Debug)]
pub(crate) struct HostDigests {
    limits: String,
    /// What that is the digest of.
    pub(crate) limits_json: Arc<[u8]>,
}

impl HostDigests {
    pub(crate) fn of(limits: &Limits) -> Result<Self, serde_json::Error> {
        let limits = Limits { instances_max: 0, ..limits.clone() };
        let json = serde_json::to_vec(&limits)?;
        Ok(Self { limits: digest(&json), limits_json: json.into() })
    }

    /// The receipt of one check, still without the digest of its report.
    pub(crate) fn receipt(
        &self,
        submission: &str,
        facts: Option<String>,
        settings: &Settings,
        settings_digest: &str,
    ) -> Receipt {
        let packs = settings.packs.iter().map(|pack| PackReceipt {
            pack: pack.pack.clone(),
            version: pack.version.clone(),
            digest: pack.digest.clone(),
            proof: pack.proof.clone(),
            signers: pack.signers.clone(),
        });
        Receipt {
            submission: submission.to_owned(),
            facts,
            packs: packs.collect(),
            schema_version: kycuong_model::schema::SCHEMA_VERSION.to_owned(),
            engine_version: ENGINE_VERSION.to_owned(),
            wasmtime_version: crate::sandbox::WASMTIME_VERSION.to_owned(),
            settings: settings_digest.to_owned(),
            limits: self.limits.clone(),
            report: None,
        }
    }
}
