//! The JSON Schemas (draft 2020-12) of the four subjects under each regime, as committed in `schema/`.
//!
//! They are generated from the views (`tests/schema.rs`) and may be handed to vendors as they are.
//! Nothing here validates; that is the host's work.

use crate::codes::SubjectKind;
use crate::regime::Regime;

/// The version of the document format: the value of `schema_version`, and part of every `$id`.
pub const SCHEMA_VERSION: &str = "2.0.0";

/// The `$id` of the schema of a subject under a regime: `urn:kycuong:schema:2.0.0:nd-224-2026:dossier`.
pub fn schema_id(regime: Regime, subject: SubjectKind) -> String {
    format!("urn:kycuong:schema:{SCHEMA_VERSION}:{}:{}", code(regime), code(subject))
}

fn code(value: impl crate::code::Code) -> &'static str {
    value.code()
}

/// The text of the schema of a subject under a regime.
pub fn schema_text(regime: Regime, subject: SubjectKind) -> &'static str {
    macro_rules! under {
        ($directory:literal) => {
            match subject {
                SubjectKind::Dossier => {
                    include_str!(concat!("../schema/", $directory, "/dossier.json"))
                }
                SubjectKind::BudgetEntry => {
                    include_str!(concat!("../schema/", $directory, "/budget-entry.json"))
                }
                SubjectKind::UnitPlan => {
                    include_str!(concat!("../schema/", $directory, "/unit-plan.json"))
                }
                SubjectKind::Portfolio => {
                    include_str!(concat!("../schema/", $directory, "/portfolio.json"))
                }
            }
        };
    }
    match regime {
        Regime::Nd73_2019 => under!("nd-73-2019"),
        Regime::Nd82_2024 => under!("nd-82-2024"),
        Regime::Nd45_2026 => under!("nd-45-2026"),
        Regime::Nd224_2026 => under!("nd-224-2026"),
    }
}
