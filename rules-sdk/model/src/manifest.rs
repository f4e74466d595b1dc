//! What a pack says of itself: readable without running it, and what the host trusts, signs and shows.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::finding::Severity;
use crate::text::Bilingual;

/// The custom section of the component that holds the manifest as JSON.
pub const MANIFEST_SECTION: &str = "kycuong:manifest";
/// What stands in a pack's memory before the words of a panic, which end with a zero byte. The host looks for
/// it after a trap; a pack that keeps no words has none.
pub const PANIC_MARK: &str = "\u{1}kycuong:panic\u{2}";
/// Most bytes of the words of a panic that are kept; the place and one sentence.
pub const PANIC_BYTES_MAX: usize = 1_000;
/// The custom section that holds the signatures of a pack: at most one, the last of the file, and of
/// the file's outermost component. Admission sees to that; what is in it is the verifier's.
pub const SIGNATURES_SECTION: &str = "kycuong:signatures";
/// Largest such section. A certificate chain takes some 8 kB as hexadecimal digits, and a pack has a
/// handful of signers: 128 KiB.
pub const SIGNATURES_BYTES_MAX: usize = 128 << 10;
/// The interface that packs export, without its version.
pub const INTERFACE: &str = "kycuong:rules/pack";
/// The newest interface version that this model describes.
pub const INTERFACE_VERSION: &str = "2.0.0";

/// A pack's description of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The pack's id, kebab-case: `bac-giang`.
    pub pack: String,
    /// The pack's version, semver.
    pub version: String,
    /// What it is called.
    pub title: Bilingual,
    /// Where it applies.
    pub jurisdiction: JurisdictionScope,
    /// The version of `kycuong-model` that it was built with.
    pub model_version: String,
    /// The version of `kycuong-rules-sdk` that it was built with.
    pub sdk_version: String,
    /// How much more fuel than the host's base its rules may use, in tenths: 10 is the base budget;
    /// bounded by the host.
    #[serde(default = "base_fuel")]
    pub fuel_factor_tenths: u32,
    /// Whether it binds by itself, or only where it was adopted.
    #[serde(default, skip_serializing_if = "PackStatus::is_in_force")]
    pub status: PackStatus,
    /// The instrument or article that its rules quote, as an official cites it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Bilingual>,
    /// The obligations of that text that no machine can check at submission.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unverifiable: Vec<Unverifiable>,
    /// Its rules, in the order of the pack's list.
    pub rules: Vec<RuleDescription>,
}

/// Whether a pack binds by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackStatus {
    /// Its legal texts are in force: it may return submissions wherever it is installed.
    #[default]
    InForce,
    /// No source shows that its text is in force today: it only warns until a deployment adopts it.
    Historic,
}

impl PackStatus {
    fn is_in_force(&self) -> bool {
        *self == Self::InForce
    }
}

/// An obligation that no machine can check at submission, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unverifiable {
    /// The words of the source, verbatim.
    pub quote: String,
    /// Why not.
    pub reason: Bilingual,
}

fn base_fuel() -> u32 {
    10
}

/// Where a pack applies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JurisdictionScope {
    /// `VN` for the national baseline, or slugs that never change meaning (codes do: 24 was Bắc Giang
    /// and is Bắc Ninh); see `jurisdiction.rs`. A province that outlived a merger under its name has
    /// two: `dong-nai` for its old area, `dong-nai-2025` for the merged one.
    pub provinces: Vec<String>,
}

/// One rule, as its author declared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleDescription {
    /// `pack/rule-name`.
    pub id: String,
    /// The requirement that the rule implements, as a list of requirements numbers it (`R69`; this project's
    /// list is `examples/rule-packs/rule-list.csv`). None when the rule names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// What it is called.
    pub title: Bilingual,
    /// The Vietnamese text for officials: the norm in one sentence, then what it rests on.
    pub doc: String,
    /// The highest severity that its findings may have.
    pub severity: Severity,
    /// Whether the legal numbers behind it were verified; an unverified rule warns at most.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub verified: bool,
    /// When it binds.
    pub effective: EffectiveDates,
    /// The legal texts cited.
    pub basis: Vec<Basis>,
    /// The quoted words of the source that it enforces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The subjects that it judges: `dossier`, `budget-entry`, `unit-plan`, `portfolio`.
    pub subjects: Vec<String>,
    /// The dossier kinds that it judges; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// The regimes whose dossiers it judges; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// The stages at which it judges a dossier; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<String>,
    /// The members of the subject that it reads, as dotted paths without indices: `costs.lines`.
    pub reads: Vec<String>,
    /// The facts that it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactNeed>,
    /// What a province may set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterDescription>,
    /// Everything that it can find, in its author's order.
    #[serde(default)]
    pub violations: Vec<ViolationDescription>,
}

impl RuleDescription {
    /// The most severe that a finding of a violation may be: the violation's own severity, under the rule's
    /// [ceiling](Self::ceiling).
    pub fn ceiling_of(&self, violation: &str) -> Severity {
        let own = self.violation(violation).map_or(self.severity, |listed| listed.severity);
        self.ceiling().min(own)
    }

    /// The violation of a code; `None` when the rule lists none such.
    pub fn violation(&self, code: &str) -> Option<&ViolationDescription> {
        self.violations.iter().find(|violation| violation.code == code)
    }
}

/// One mistake that a rule can find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViolationDescription {
    /// Its code, kebab-case and unique in its rule: `line-differs`.
    pub code: String,
    /// The highest severity that its findings may have; never above the rule's.
    pub severity: Severity,
    /// What is wrong, with `{placeholders}` for the values.
    pub message: Bilingual,
    /// What to do, likewise.
    pub remedy: Bilingual,
    /// The names of the values behind the placeholders, in the order of their declaration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

impl RuleDescription {
    /// The most severe that its findings can be: its own severity, and at most a warning when the
    /// legal numbers behind it were not verified, whatever the pack says.
    pub fn ceiling(&self) -> Severity {
        if self.verified { self.severity } else { self.severity.min(Severity::Warn) }
    }
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde's skip_serializing_if calls"
)]
fn is_true(value: &bool) -> bool {
    *value
}

/// When a rule binds: both days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveDates {
    /// The first day.
    pub from: Date,
    /// The last day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl EffectiveDates {
    /// Whether the rule binds on a day.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A legal text that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Basis {
    /// The instrument as an official writes it: `Nghị định 224/2026/NĐ-CP`.
    pub instrument: String,
    /// The article, clause and point: `Điều 66 khoản 4 điểm b`; empty when the whole is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
}

/// A table of facts that a rule reads, and which of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactNeed {
    /// The table: `budget-codes`, `systems`, `legal-register`, …
    pub table: String,
    /// The column that selects rows; all rows when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Where in the subject the column's values stand: a dotted path, `*` for every element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether the rule can decide without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// A number or a switch that the law lets a province set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterDescription {
    /// Its name, snake_case.
    pub name: String,
    /// What it means, for officials.
    pub doc: String,
    /// `percent`, `money`, `count`, `days`, `months` or `switch`.
    pub kind: String,
    /// Its value when the province sets none, as text.
    pub default: String,
    /// The least value; absent for a switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The greatest value; absent for a switch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}
