//! The door: whether a submission has the members, types and codes that its schema asks for.
//!
//! The JSON Schemas decide ([`kycuong_model::schema`]); the words of a finding come from the model's
//! descriptions, which the schemas are generated from. Nothing is copied out of the tape to validate it.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use kycuong_model::code::Code;
use kycuong_model::codes::SubjectKind;
use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::schema::schema_text;
use kycuong_model::tape::Document;
use kycuong_model::text::Bilingual;
use serde_json::Value;

use crate::finding::Finding;

mod locate;
mod problem;
mod shape;
mod tape_json;
mod value;

use locate::Locator;
use problem::Problem;
use shape::Shape;
use tape_json::{TapeJson, TapeNode};

/// Most findings of the schema for one submission; one more says how many there are beyond.
///
/// A page of a supplement slip holds about twenty; whoever has five hundred has exported the wrong
/// thing, and the rest would say so again.
pub const SCHEMA_FINDINGS_MAX: usize = 500;

/// The schemas of every subject under every regime, compiled.
pub struct SchemaSet {
    validators: BTreeMap<(Regime, SubjectKind), Validator<TapeJson>>,
}

/// A schema of the model that does not compile.
#[derive(Debug, thiserror::Error)]
#[error("cannot compile the schema of `{subject}` under `{regime}`")]
pub struct SchemaError {
    subject: SubjectKind,
    regime: Regime,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl std::fmt::Debug for SchemaSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.validators.keys()).finish()
    }
}

impl SchemaSet {
    /// Compiles the model's schemas; a set is meant to be kept.
    ///
    /// # Errors
    /// [`SchemaError`] when a committed schema is broken.
    pub fn compile() -> Result<Self, SchemaError> {
        let mut validators = BTreeMap::new();
        for regime in Regime::ALL.iter().copied() {
            for subject in SubjectKind::ALL.iter().copied() {
                let validator = compile(regime, subject)
                    .map_err(|source| SchemaError { subject, regime, source })?;
                validators.insert((regime, subject), validator);
            }
        }
        Ok(Self { validators })
    }

    /// What the schema of a subject under a regime objects to, in the order of the document.
    ///
    /// At one place one problem is named, the most telling one. All findings block.
    pub fn validate(
        &self,
        document: Document<'_>,
        subject: SubjectKind,
        regime: Regime,
    ) -> Vec<Finding> {
        let (Some(validator), Some(root)) =
            (self.validators.get(&(regime, subject)), document.root())
        else {
            return Vec::new();
        };
        let mut problems = Problems::new(document, Shape::of_subject(subject));
        let mut errors = validator.iter_errors(TapeNode::from(root));
        while problems.found.len() < SCHEMA_FINDINGS_MAX
            && let Some(error) = errors.next()
        {
            problems.add(&Pointer::from(error.instance_path().as_str()), error.kind().into());
        }
        let mut findings = problems.into_findings(regime);
        let beyond = errors.count();
        if beyond > 0 {
            findings.push(too_many(findings.len(), beyond));
        }
        findings
    }
}

/// Why the subject of a document cannot be read, for a document of which nothing else is known.
pub(crate) fn unreadable_subject(document: Document<'_>) -> Finding {
    let mut problems = Problems::new(document, Shape::of_head());
    let path = if document.root().is_some_and(|root| root.member("subject").is_some()) {
        problems.add(&Pointer::from("/subject"), Problem::Value { allowed: None });
        problems
    } else if document.root().is_some_and(|root| root.kind() == kycuong_model::tape::Kind::Object) {
        problems.add(&Pointer::root(), Problem::Required { name: "subject".to_owned() });
        problems
    } else {
        problems.add(&Pointer::root(), Problem::Value { allowed: None });
        problems
    };
    path.into_findings(Regime::Nd224_2026).remove(0)
}

fn compile(
    regime: Regime,
    subject: SubjectKind,
) -> Result<Validator<TapeJson>, Box<dyn std::error::Error + Send + Sync>> {
    let schema: Value = serde_json::from_str(schema_text(regime, subject))?;
    let validator = jsonschema::options_for::<TapeJson>()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("date", |text: &str| text.parse::<Date>().is_ok())
        // The pattern has the rest of the moment.
        .with_format("date-time", |text: &str| text.get(..10).is_some_and(|day| day.parse::<Date>().is_ok()))
        .build(&schema)?;
    Ok(validator)
}
