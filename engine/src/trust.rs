//! Whose packs are loaded: what the host asks of whoever verifies signatures.
//!
//! No cryptography is here, so that a vendor may bring their own; `kycuong-trust` is the one that
//! comes with the project.

use kycuong_model::date::Date;
use serde::{Deserialize, Serialize};

use crate::error::Cause;
use crate::pack::PackDescription;

/// The custom section that holds the signatures of a pack: at most one, the last of the file, and of
/// the file's outermost component. Admission sees to that; what is in it is the verifier's.
pub const SIGNATURES_SECTION: &str = "kycuong:signatures";
/// Largest such section. A certificate chain takes some 8 kB as hexadecimal digits, and a pack has a
/// handful of signers: 128 KiB.
pub const SIGNATURES_BYTES_MAX: usize = 128 << 10;

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
    fn verify(&self, pack: &PackDescription, bytes: &[u8]) -> Result<Verification, Cause>;

    /// Told once, after every pack of a set was verified, compiled and found consistent: remembers
    /// the versions, so that none of them goes down later.
    ///
    /// # Errors
    ///
    /// What kept it from remembering; the set is not put into force then.
    fn remember(&self, packs: &[Verification]) -> Result<(), Cause>;
}

/// A pack that is trusted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The pack's id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The digest of what was signed: the file without its signatures.
    pub content: String,
    /// Everybody whose signature counted, by role and key.
    pub signers: Vec<Signer>,
    /// When the operator let a lower version pass: the highest that was seen, and the reason.
    pub rollback: Option<Rollback>,
}

/// One valid signature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signer {
    /// As what: `author`, `legal-reviewer` or `approver`.
    pub role: String,
    /// The key's id.
    pub key: String,
    /// The day on which it was signed, as the signer says.
    pub on: Date,
}

/// A version that is lower than one seen before, let pass by the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    /// The pack's id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The highest version seen before.
    pub highest: String,
    /// Why, in the operator's words.
    pub reason: String,
}

/// Whether signatures were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signing {
    /// Every pack was verified against a trust file.
    Verified,
    /// None had to be: such a report is for development and binds nobody.
    UnsignedDevelopment,
}

impl Signing {
    /// The code, as reports write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::UnsignedDevelopment => "unsigned-development",
        }
    }
}

/// What a loaded pack knows of its verification.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    /// [`PackVerifier::digest`] of who verified it.
    pub(crate) by: String,
    pub(crate) verification: Verification,
}
