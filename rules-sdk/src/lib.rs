#![doc = include_str!("../README.md")]

// The generated bindings name this crate by its full path, in here too.
#[cfg(target_arch = "wasm32")]
extern crate self as kycuong_rules_sdk;

mod concat;
mod findings;
mod input;
mod pack;
mod path;
mod project_name;
mod rule;
mod working_calendar;

#[cfg(target_arch = "wasm32")]
pub mod guest;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;

pub use kycuong_model as model;
pub use kycuong_model::budget_entry::BudgetEntry;
pub use kycuong_model::context::Context;
pub use kycuong_model::dossier::Dossier;
pub use kycuong_model::facts::Facts;
pub use kycuong_model::finding::{Missing, Severity};
pub use kycuong_model::localize::Localize;
pub use kycuong_model::portfolio::Portfolio;
pub use kycuong_model::text::Bilingual;
pub use kycuong_model::unit_plan::UnitPlan;
pub use kycuong_model::view::View;
pub use kycuong_rules_macros::{Parameters, Violation, rule, rule_pack};

pub use concat::{concat, length};
pub use findings::{
    Checked, FINDINGS_MAX, FindingValue, Findings, Stop, Values, Violation, Wording, not_applicable,
};
pub use input::{Input, Judged, ParameterSource, Parameters, Subject};
pub use pack::Pack;
pub use project_name::project_name;
pub use rule::Rule;
pub use working_calendar::WorkingCalendar;

/// The version of this SDK, as packs record it.
pub const SDK_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a rule's file starts with: `use kycuong_rules_sdk::prelude::*;`.
pub mod prelude {
    pub use std::collections::{BTreeMap, BTreeSet};

    pub use crate::model::code::{Code, codes};
    pub use crate::model::codes::*;
    pub use crate::model::date::Date;
    pub use crate::model::money::{Money, Percent, Quantity};
    pub use crate::model::regime::Regime;
    pub use crate::model::view::{Count, Field, List, Object, Placed, Require, Text, TextField};
    pub use crate::{
        Bilingual, BudgetEntry, Checked, Context, Dossier, Facts, Findings, Localize, Missing,
        Parameters, Portfolio, Severity, Stop, Subject, UnitPlan, View, Violation, WorkingCalendar,
        at, not_applicable, require, rule,
    };
}
