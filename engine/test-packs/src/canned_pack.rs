//! Packs with a prepared answer, for tests: a manifest and a status for each rule become a component.
//! Written as text, so these tests need no toolchain for WebAssembly.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

use std::sync::LazyLock;

use kycuong_engine::RulePack;
use kycuong_engine::limits::Limits;
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::manifest::MANIFEST_SECTION;
use serde_json::{Value, json};

use crate::section::custom_section;

const COMPONENT: &str = include_str!("../../tests/hostile/component.wat");
/// Answers what was prepared, whatever it is asked.
pub const ANSWER: &str = include_str!("../../tests/hostile/answer.wat");
/// Never comes back.
pub const LOOP: &str = include_str!("../../tests/hostile/endless-loop.wat");
/// What a Rust panic is in a pack.
pub const PANIC: &str = include_str!("../../tests/hostile/panic.wat");
/// Takes memory until there is none.
pub const FILLER: &str = include_str!("../../tests/hostile/memory-filler.wat");
/// Calls itself until the stack is gone.
pub const RECURSION: &str = include_str!("../../tests/hostile/stack-overflow.wat");
/// Points to an answer outside its memory.
pub const OUTSIDE: &str = include_str!("../../tests/hostile/outside-memory.wat");
/// Reports the text of the subject as a failure of its own.
pub const ECHO: &str = r#"
    (func (export "evaluate") (type $evaluate)
      (i32.store (i32.const 16) (i32.const 1))
      (i32.store (i32.const 20) (local.get 0))
      (i32.store (i32.const 24) (local.get 1))
      (i32.const 16))"#;

/// One sandbox for all tests of a file.
pub static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| Sandbox::new(&limits()).unwrap());

/// The limits of these tests: as always, except that an endless loop ends soon.
pub fn limits() -> Limits {
    // A filler of memory pays for it, and a loop should not take long.
    let (fuel_base, memory_bytes_max) = (12_000_000, 8 << 20);
    Limits { instances_max: 8, fuel_base, memory_bytes_max, ..Limits::default() }
}

/// A pack in the making.
#[derive(Clone, Debug)]
pub struct Canned {
    manifest: Value,
    outcomes: Vec<Value>,
    body: String,
    imports: &'static str,
}

impl Canned {
    /// A pack without rules, for the nation (`VN`) or a slug.
    pub fn new(pack: &str, province: &str) -> Self {
        let manifest = json!({
            "pack": pack, "version": "0.1.0", "title": {"vi": "Thử", "en": "Trial"},
            "jurisdiction": {"provinces": [province]},
            "model_version": "0.1.0", "sdk_version": "0.1.0", "rules": [],
        });
        Self { manifest, outcomes: Vec::new(), body: ANSWER.to_owned(), imports: "" }
    }

    /// Adds a blocking rule for dossiers with the status that it answers.
    pub fn rule(self, name: &str, status: Value) -> Self {
        self.rule_with(name, status, json!({}))
    }

    /// Adds a rule; `more` replaces members of its description.
    pub fn rule_with(mut self, name: &str, mut status: Value, more: Value) -> Self {
        let id = format!("{}/{name}", self.manifest["pack"].as_str().unwrap());
        let mut rule = json!({
            "id": id, "title": {"vi": "Quy tắc thử", "en": "A trial rule"}, "doc": "Thử.",
            "severity": "block", "effective": {"from": "2020-01-01"},
            "basis": [{"instrument": "Nghị định 224/2026/NĐ-CP", "article": "Điều 66"}],
            "subjects": ["dossier"], "reads": [],
        });
        let severity = more.get("severity").cloned().unwrap_or_else(|| json!("block"));
        rule["violations"] = json!([violation("differs", &severity)]);
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.manifest["rules"].as_array_mut().unwrap().push(rule);
        status["rule"] = json!(id);
        self.outcomes.push(status);
        self
    }

    /// Says that its text is historic: it binds where it is adopted.
    pub fn historic(mut self) -> Self {
        self.manifest["status"] = json!("historic");
        self
    }

    /// Has another version than 0.1.0.
    pub fn version(mut self, version: &str) -> Self {
        self.manifest["version"] = json!(version);
        self
    }

    /// Is for other jurisdictions than the one that it was made for.
    pub fn jurisdictions(mut self, slugs: &[&str]) -> Self {
        self.manifest["jurisdiction"]["provinces"] = json!(slugs);
        self
    }

    /// Replaces what `evaluate` does.
    pub fn body(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    /// Makes it ask the host for a clock.
    pub fn importing(mut self) -> Self {
        self.imports = r#"(import "clock" (func))"#;
        self
    }

    /// The pack's file.
    pub fn bytes(&self) -> Vec<u8> {
        let manifest = self.manifest.to_string();
        let answer = json!({ "outcomes": self.outcomes }).to_string();
        assert!(manifest.len() < 7_900 && answer.len() < 57_000, "no room in the component");
        let wat = COMPONENT
            .replacen("(component", &format!("(component {}", self.imports), 1)
            .replace("$BODY", &self.body)
            .replace("$LENGTH_OF_MANIFEST", &manifest.len().to_string())
            .replace("$MANIFEST", &data(&manifest))
            .replace("$LENGTH_OF_ANSWER", &answer.len().to_string())
            .replace("$ANSWER", &data(&answer));
        let mut bytes = wat::parse_str(wat).unwrap();
        bytes.extend(custom_section(MANIFEST_SECTION, manifest.as_bytes()));
        bytes
    }

    /// The pack, loaded into the common sandbox.
    pub fn load(&self) -> RulePack {
        RulePack::load(&SANDBOX, &self.bytes()).unwrap()
    }
}

/// The status of a rule with nothing to object to.
pub fn pass() -> Value {
    json!({ "status": "pass" })
}

/// The status of a rule with findings: places and severities.
pub fn fail(findings: &[(&str, &str)]) -> Value {
    let findings = findings.iter().map(|(path, severity)| {
        json!({
            "code": "differs", "path": path, "severity": severity,
            "message": {"vi": "Tổng ghi 300 đồng, các dòng cộng lại là 301 đồng.",
                        "en": "The total is VND 300, the lines add up to VND 301."},
            "remedy": {"vi": "Ghi lại tổng.", "en": "Correct the total."},
            "values": {"total": "300", "sum": "301"},
        })
    });
    json!({ "status": "fail", "findings": findings.collect::<Vec<_>>() })
}

/// A violation as a rule's description lists it.
pub fn violation(code: &str, severity: &Value) -> Value {
    json!({
        "code": code, "severity": severity, "message": {"vi": "Khác.", "en": "Differs."},
        "remedy": {"vi": "Sửa.", "en": "Correct it."},
    })
}

/// The status of a rule that lacked a datum.
pub fn missing(path: &str) -> Value {
    json!({ "status": "not-evaluated", "missing": {"field": path} })
}

fn data(text: &str) -> String {
    text.bytes().map(|byte| format!("\\{byte:02x}")).collect()
}
