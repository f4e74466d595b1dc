//! The smallest pack there can be, loaded: what deployment files and checks need to be about.

#![expect(clippy::expect_used, reason = "a fuzzer that cannot set up its host has nothing to do")]

use std::sync::LazyLock;

use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{Limits, RulePack};
use kycuong_model::manifest::{MANIFEST_SECTION, Manifest};

use kycuong_test_packs::section::custom_section;

/// Its manifest: two provincial rules, one of which blocks, and a parameter. They bound on one day long
/// ago, so that no check ever runs the code.
pub const MANIFEST: &str = include_str!("installed.json");

const COMPONENT: &str = include_str!("../../tests/hostile/component.wat");
const BODY: &str = include_str!("../../tests/hostile/answer.wat");
const ANSWER: &str = "{}";

/// The pack; one instance at a time is enough.
pub(crate) static PACK: LazyLock<RulePack> = LazyLock::new(|| {
    let limits = Limits { instances_max: 1, ..Limits::default() };
    let sandbox = Sandbox::new(&limits).expect("one instance can be reserved");
    RulePack::load(&sandbox, &bytes(MANIFEST)).expect("the pack is sound")
});

/// The same manifest, read.
pub(crate) static DESCRIPTION: LazyLock<Manifest> =
    LazyLock::new(|| serde_json::from_str(MANIFEST).expect("the manifest is JSON"));

/// A pack's file around a manifest; it answers `{}`.
pub fn bytes(manifest: &str) -> Vec<u8> {
    let data = |text: &str| text.bytes().map(|byte| format!("\\{byte:02x}")).collect::<String>();
    let text = COMPONENT
        .replace("$LENGTH_OF_MANIFEST", &manifest.len().to_string())
        .replace("$MANIFEST", &data(manifest))
        .replace("$LENGTH_OF_ANSWER", &ANSWER.len().to_string())
        .replace("$ANSWER", &data(ANSWER))
        .replace("$BODY", BODY);
    let mut bytes = wat::parse_str(text).expect("the component is WebAssembly text");
    bytes.extend(custom_section(MANIFEST_SECTION, manifest.as_bytes()));
    bytes
}
