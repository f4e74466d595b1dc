//! What tests of the whole host begin with: a day, a dossier, and a host of packs with prepared answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its engine has failed")]

use kycuong_engine::{Date, Engine, EngineBuilder};
use kycuong_test_packs::canned_pack::Canned;

/// The day of judging.
pub const ON: Date = Date::literal(2026, 11, 21);

/// A dossier that no schema objects to: of Gia Lai, and there of the former Gia Lai.
pub const DOSSIER: &str = r#"{
  "schema_version": "2.0.0",
  "subject": "dossier",
  "code": "HS-2026-001",
  "submitted_at": "2026-11-20T08:00:00+07:00",
  "province": { "code": "52", "legacy_code": "64" },
  "kind": "service-lease",
  "costs": { "total": "300" }
}
"#;

pub fn builder(packs: &[Canned]) -> EngineBuilder {
    packs.iter().fold(Engine::builder().allow_unsigned(), |builder, pack| builder.pack(pack.load()))
}

pub fn engine(packs: &[Canned]) -> Engine {
    builder(packs).build().unwrap()
}
