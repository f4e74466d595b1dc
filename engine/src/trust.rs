//! Whose packs are loaded: what the host asks of whoever verifies signatures.
//!
//! No cryptography is here, so that a vendor may bring their own; `kycuong-trust` is the one that
//! comes with the project.

pub use kycuong_model::manifest::{SIGNATURES_BYTES_MAX, SIGNATURES_SECTION};
use kycuong_report::{Rollback, Signer};

use crate::admission::PackDescription;
use crate::error::BoxError;

/// Decides whether a rule pack may be loaded, from the bytes of its file.
///
/// It is asked before anything of the pack is compiled, and knows the day of loading by itself: the
/// engine has no clock.
pub trait PackVerifier: Send + Sync {
    /// The digest of what is trusted, as `sha256:` and 64 hexadecimal digits; reports state it.
    fn digest(&self) -> String;

    /// Verifies one pack, for all the jurisdictions of its manifest and all the subjects of its rules.
    ///
    /// # Errors
    ///
    /// Why the pack is not trusted: which key, role, jurisdiction or date is missing.
    fn verify(&self, pack: &PackDescription, bytes: &[u8]) -> Result<Verification, BoxError>;

    /// Told once, after every pack of a set was verified, compiled and found consistent: remembers
    /// the versions, so that none of them goes down later.
    ///
    /// # Errors
    ///
    /// What kept it from remembering; the set is not activated then.
    fn remember(&self, packs: &[Verification]) -> Result<(), BoxError>;

    /// The ids of packs that every set must have; one without any of them does not come into force.
    /// Default: none.
    fn required(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A pack that is trusted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The pack's id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The jurisdictions that it is for: `VN` or slugs of provinces.
    pub jurisdictions: Vec<String>,
    /// The digest of what was signed: the file without its signatures.
    pub content: String,
    /// Everybody whose signature counted, by role and key.
    pub signers: Vec<Signer>,
    /// When the operator let a lower version pass: the highest that was seen, and the reason.
    pub rollback: Option<Rollback>,
}

/// What a loaded pack knows of its verification.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    /// [`PackVerifier::digest`] of who verified it.
    pub(crate) by: String,
    pub(crate) verification: Verification,
}
