//! The words of the domain, and the tape that they are read from.
//!
//! Imported by the host and by rule packs alike; it knows neither the sandbox nor a JSON library.

// The derives name this crate by its full path, in here too.
extern crate self as kycuong_model;

pub mod pointer;
pub mod tape;

pub mod date;
pub mod localize;
pub mod meant;
pub mod money;
pub mod sentence;
pub mod spelling;
pub mod text;

pub mod code;
pub mod describe;
pub mod error_code;
pub mod view;

#[cfg(not(target_arch = "wasm32"))]
pub mod observe;

pub mod codes;
pub mod subject;

pub mod costs;
pub mod dossier;
pub mod funding;
pub mod papers;
pub mod procurement;
pub mod solution;

pub mod budget_entry;
pub mod portfolio;
pub mod unit_plan;

pub mod schema;
pub mod shape;

pub mod context;
pub mod facts;

pub mod applicability;
pub mod cases;
pub mod finding;
pub mod manifest;
pub mod rule_id;

pub mod jurisdiction;
pub mod regime;

pub mod words;

/// The version of this model, as packs record it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
