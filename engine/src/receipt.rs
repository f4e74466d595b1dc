//! What a receipt says of the host itself: its limits and versions.

use std::sync::Arc;

use kycuong_report::{Receipt, digest};

use crate::limits::Limits;

/// The version of this host.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

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
        settings_digest: &str,
    ) -> Receipt {
        let mut receipt = Receipt::new(submission, settings_digest, self.limits.as_str());
        receipt.facts = facts;
        ENGINE_VERSION.clone_into(&mut receipt.engine_version);
        crate::sandbox::WASMTIME_VERSION.clone_into(&mut receipt.wasmtime_version);
        receipt
    }
}
