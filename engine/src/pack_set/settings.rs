//! What was set, as the report shows it.

use kycuong_model::finding::Severity;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

use crate::deployment::{Adoption, AdvisorySwitch, Waiver};
use crate::proof::Proof;
use crate::trust::{Rollback, Signer, Signing};

/// Whether a pack's blocking findings return a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// They do.
    #[default]
    Blocking,
    /// They warn.
    Advisory,
}

/// Why a pack is enforced as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnforcedBecause {
    /// Its legal texts are in force.
    InForce,
    /// Its text is historic, and a decision adopts it on the day of judging.
    Adopted,
    /// Its text is historic, and nothing adopts it.
    Historic,
    /// Its text is historic, and the decision that adopts it starts later.
    NotYetAdopted,
    /// Its text is historic, and the decision that adopted it has ended.
    AdoptionEnded,
    /// The operator switched it to advisory.
    Operator,
}

/// What the operator set, as the report shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether the cases that each pack carries were run here, and came out as recorded, before it
    /// came into force.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proved: bool,
    /// Whether the packs had to be signed; absent in reports of hosts that could not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
    /// The digest of the trust file that the packs were verified against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<String>,
    /// The packs of which a higher version was seen before, by pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollbacks: Vec<Rollback>,
    /// The packs in force: the national ones, then by id.
    pub packs: Vec<PackSetting>,
    /// The decisions that adopt historic packs, by pack and first day; also those of other days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adoptions: Vec<Adoption>,
    /// The packs that were switched to advisory, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisory: Vec<AdvisorySwitch>,
    /// The rules whose severity was lowered, by id.
    pub lowered: Vec<LoweredSeverity>,
    /// The parameters that were set, by rule and name.
    pub parameters: Vec<ParameterSetting>,
    /// The waivers, by rule and dossier; the report says of each whether it was applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
}

/// One pack in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSetting {
    /// Its id.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The digest of its file.
    pub digest: String,
    /// Whether it can return a submission on the day of judging.
    pub enforcement: Enforcement,
    /// Why it can, or cannot.
    pub because: EnforcedBecause,
    /// The same in words.
    pub reason: Bilingual,
    /// What its cases came to, when they were run here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Who signed it, by role and key; empty when signatures were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
}

/// A rule that the operator made lighter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoweredSeverity {
    /// Its id.
    pub rule: String,
    /// Its own severity.
    pub from: Severity,
    /// Its severity here.
    pub to: Severity,
    /// Why, in the operator's words.
    pub reason: String,
    /// The document that allows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// A parameter that the operator set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterSetting {
    /// The rule's id.
    pub rule: String,
    /// The parameter.
    pub name: String,
    /// Its value, as text.
    pub value: String,
    /// Why, in the operator's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The document that sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}
