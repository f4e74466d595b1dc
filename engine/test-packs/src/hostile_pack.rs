//! Packs that mean ill, put together from text: a body of core fields inside the component that all share.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "the helpers of tests are tests")]

use std::sync::LazyLock;

use kycuong_engine::error::LoadError;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::{Evaluation, EvaluationRequest, RulePack};
use kycuong_engine::sandbox::Sandbox;
use kycuong_model::tape::Document;

use crate::section::custom_section;

/// One sandbox for all tests of a file.
pub static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| {
    let limits = Limits { instances_max: 4, ..Limits::default() };
    Sandbox::new(&limits).unwrap()
});

const COMPONENT: &str = include_str!("../../tests/hostile/component.wat");
/// The answer that the first rule passes.
pub const PASS: &str = r#"{"outcomes":[{"rule":"thu/mot","status":"pass"}]}"#;
/// Two rules of the pack `thu`: one that warns and one that blocks.
pub const MANIFEST: &str = concat!(
    r#"{"pack":"thu","version":"0.1.0","title":{"vi":"Thử","en":"Trial"},"#,
    r#""jurisdiction":{"provinces":["VN"]},"model_version":"0.1.0","sdk_version":"0.1.0","rules":["#,
    r#"{"id":"thu/mot","title":{"vi":"Một","en":"One"},"doc":"Một.","severity":"warn","#,
    r#""effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[],"#,
    r#""violations":[{"code":"differs","severity":"warn","message":{"vi":"Khác.","en":"Differs."},"remedy":{"vi":"Sửa.","en":"Correct it."}}]},"#,
    r#"{"id":"thu/hai","title":{"vi":"Hai","en":"Two"},"doc":"Hai.","severity":"block","#,
    r#""effective":{"from":"2026-01-01"},"basis":[],"subjects":["dossier"],"reads":[],"#,
    r#""violations":[{"code":"differs","severity":"block","message":{"vi":"Khác.","en":"Differs."},"remedy":{"vi":"Sửa.","en":"Correct it."}}]}]}"#,
);

/// A pack in the making: its text, and the manifests in its custom sections.
#[derive(Debug)]
pub struct Pack {
    /// The component as text.
    pub wat: String,
    /// The content of each manifest section.
    pub sections: Vec<Vec<u8>>,
}

impl Pack {
    /// A pack that answers [`PASS`], when its body asks for it.
    pub fn new(body: &str) -> Self {
        Self::answering(body, PASS)
    }

    /// A pack with a prepared answer.
    pub fn answering(body: &str, answer: impl AsRef<[u8]>) -> Self {
        let data =
            |bytes: &[u8]| bytes.iter().map(|byte| format!("\\{byte:02x}")).collect::<String>();
        let answer = answer.as_ref();
        let wat = COMPONENT
            .replace("$LENGTH_OF_MANIFEST", &MANIFEST.len().to_string())
            .replace("$MANIFEST", &data(MANIFEST.as_bytes()))
            .replace("$LENGTH_OF_ANSWER", &answer.len().to_string())
            .replace("$ANSWER", &data(answer))
            .replace("$BODY", body);
        Self { wat, sections: vec![MANIFEST.as_bytes().to_vec()] }
    }

    /// Replaces a piece of its text.
    pub fn with(mut self, from: &str, to: &str) -> Self {
        assert!(self.wat.contains(from), "{from}");
        self.wat = self.wat.replace(from, to);
        self
    }

    /// Its file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = wat::parse_str(&self.wat).unwrap();
        for content in &self.sections {
            bytes.extend(custom_section(kycuong_model::manifest::MANIFEST_SECTION, content));
        }
        bytes
    }

    /// The pack, loaded into the common sandbox.
    ///
    /// # Errors
    /// When the host refuses it.
    pub fn load(&self) -> Result<RulePack, LoadError> {
        RulePack::load(&SANDBOX, &self.bytes())
    }

    /// Why the host refuses it.
    pub fn refusal(&self) -> LoadError {
        self.load().expect_err("the pack must not load")
    }
}

/// Asks a pack about an empty subject.
pub fn evaluate(pack: &RulePack, rules: &[&str]) -> Evaluation {
    let rules = rules.iter().map(|&rule| rule.to_owned()).collect::<Vec<_>>();
    let empty = Document::new("{}", &[0, 2, (6 << 28) | 1]);
    pack.evaluate(&EvaluationRequest {
        subject: empty,
        facts: empty,
        context: empty,
        rules: &rules,
    })
}
