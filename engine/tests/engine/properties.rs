//! What holds for any packs and any submission, not for chosen ones: what a report does not depend on,
//! that a further pack never makes a verdict less severe, and that what is written is read again.
//!
//! Packs are generated with the answers that they give, so no compiler is needed. Fuzz targets
//! (`engine/fuzz`) ask the same of bytes; these ask it of things that are sound.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its engine has failed")]

use std::sync::LazyLock;

use kycuong_engine::fuzzing::Judge as _;
use kycuong_engine::{Date, Engine, EngineBuilder, Report};
use proptest::prelude::*;

mod generated;
mod indifference;
mod round_trips;
mod tightening;

use generated::Generated;

const ON: Date = Date::literal(2026, 11, 21);

/// A dossier of the former Gia Lai, today in the merged province: packs of both and of the nation apply.
const DOSSIER: &str = r#"{"schema_version":"2.0.0","subject":"dossier","code":"HS-2026-001",
  "title":"Nâng cấp hệ thống","submitted_at":"2026-11-20T08:00:00+07:00",
  "province":{"code":"52","legacy_code":"64"},"kind":"service-lease",
  "owner":{"name":"Sở Khoa học và Công nghệ","level":"province"},
  "costs":{"total":"300","lines":[{"name":"A","amount":"100"},{"name":"B","amount":"201"}]}}"#;

/// Few cases: each compiles the packs that it generates.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn builder(packs: &[Generated]) -> EngineBuilder {
    let packs = packs.iter().map(|pack| pack.canned().load());
    packs.fold(Engine::builder().allow_unsigned(), EngineBuilder::pack)
}

fn check(packs: &[Generated]) -> Report {
    judge(builder(packs))
}

/// What a host says of the dossier.
fn judge(builder: EngineBuilder) -> Report {
    builder.build().unwrap().judge(DOSSIER.as_bytes(), ON).unwrap()
}

/// The dossier as a value.
static VALUE: LazyLock<serde_json::Value> =
    LazyLock::new(|| serde_json::from_str(DOSSIER).unwrap());
