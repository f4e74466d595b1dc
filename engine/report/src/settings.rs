//! What the operator set, as the report shows it, with the active packs.

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Whether a pack's blocking findings return a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// What blocks returns the submission.
    #[default]
    Blocking,
    /// What blocks only warns.
    Advisory,
}

/// Why a pack is enforced as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Settings {
    /// Whether the cases that each pack carries were run here, and came out as recorded, before it
    /// became active.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_test: bool,
    /// Whether the packs had to be signed; absent in reports of hosts that could not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
    /// The digest of the trust file that the packs were verified against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<String>,
    /// The packs of which a higher version was seen before, by pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rollbacks: Vec<Rollback>,
    /// The active packs: the national ones, then by id.
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

/// One active pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
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
    pub self_test: Option<SelfTest>,
    /// Who signed it, by role and key; empty when signatures were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
}

impl PackSetting {
    /// An active pack by its id, version and digest, without self-test and signers.
    pub fn new(
        pack: impl Into<String>,
        version: impl Into<String>,
        digest: impl Into<String>,
        enforcement: Enforcement,
        because: EnforcedBecause,
        reason: Bilingual,
    ) -> Self {
        let (pack, version, digest) = (pack.into(), version.into(), digest.into());
        let (self_test, signers) = (None, Vec::new());
        Self { pack, version, digest, enforcement, because, reason, self_test, signers }
    }
}

/// A rule, or one of its violations, whose severity the operator lowered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoweredSeverity {
    /// Its id.
    pub rule: String,
    /// The code of the violation that is meant; all of the rule's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
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

impl LoweredSeverity {
    /// A rule lowered from one severity to another, with the reason.
    pub fn new(
        rule: impl Into<String>,
        from: Severity,
        to: Severity,
        reason: impl Into<String>,
    ) -> Self {
        let (rule, reason) = (rule.into(), reason.into());
        Self { rule, violation: None, from, to, reason, decision: None }
    }
}

/// A parameter that the operator set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
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

impl ParameterSetting {
    /// A value of a rule's parameter, without reason and document.
    pub fn new(rule: impl Into<String>, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (rule, name, value) = (rule.into(), name.into(), value.into());
        Self { rule, name, value, reason: None, decision: None }
    }
}

/// A decision by which a pack whose text is historic binds again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Adoption {
    /// The pack's id.
    pub pack: String,
    /// The first day of judging on which the pack may return submissions.
    pub from: Date,
    /// The last such day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The number of the decision.
    pub decision: String,
    /// When it was signed; not after `from`.
    pub date: Date,
    /// Who signed it.
    pub signer: String,
}

impl Adoption {
    /// Whether it makes its pack bind on a day.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A pack that only warns because the operator wants so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AdvisorySwitch {
    /// The pack's id.
    pub pack: String,
    /// Why, in the operator's words.
    pub reason: String,
    /// The document that allows it; a national pack needs one, here or cited in the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// A decision by which what one rule finds in one dossier does not return it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule's id.
    pub rule: String,
    /// The code of the violation that is meant; all of the rule's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
    /// The code that the dossier gives itself.
    pub dossier: String,
    /// The number of the decision.
    pub decision: String,
    /// When it was signed; before that day it covers nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// The last day of judging on which it covers.
    pub expires: Date,
    /// Why.
    pub reason: String,
}

/// That all cases of a pack came out as its author recorded them, and each of its rules was seen to
/// fail where it must.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelfTest {
    /// Its rules.
    pub rules: usize,
    /// Its cases, all rules together.
    pub cases: usize,
    /// The digest of the section with the cases, as `sha256:` and 64 hexadecimal digits.
    pub digest: String,
}

impl SelfTest {
    /// So many rules and cases, of the section of a digest.
    pub fn new(rules: usize, cases: usize, digest: impl Into<String>) -> Self {
        Self { rules, cases, digest: digest.into() }
    }
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
#[non_exhaustive]
pub enum Signing {
    /// Every pack was verified against a trust file.
    Verified,
    /// No pack had to be signed: such a report is for development and binds nobody.
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
