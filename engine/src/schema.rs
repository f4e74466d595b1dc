//! The boundary: whether a submission has the members, types and codes that its schema asks for.
//!
//! The JSON Schemas decide ([`kycuong_model::schema`]); the words of a finding come from the model's
//! descriptions, which the schemas are generated from. Nothing is copied out of the tape to validate it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::{Draft, ValidationOptions, Validator};
use kycuong_model::code::Code;
use kycuong_model::codes::SubjectKind;
use kycuong_model::date::Date;
use kycuong_model::pointer::Pointer;
use kycuong_model::regime::Regime;
use kycuong_model::schema::schema_text;
use kycuong_model::shape::Shape;
use kycuong_model::tape::{Document, Kind};
use kycuong_report::Finding;
use serde_json::Value;

mod guess;
mod member;
mod problem;
mod tape_json;
mod value;
mod windows;

use problem::{Problem, Problems};
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
    /// The set of this process: the schemas never change, and compiling them takes 20 ms, which every
    /// reload would otherwise pay again.
    ///
    /// # Errors
    /// As [`SchemaSet::compile`].
    pub fn shared() -> Result<&'static Self, SchemaError> {
        static SHARED: OnceLock<SchemaSet> = OnceLock::new();
        if let Some(set) = SHARED.get() {
            return Ok(set);
        }
        let set = Self::compile()?;
        Ok(SHARED.get_or_init(|| set))
    }

    /// Compiles the model's schemas; a set is meant to be kept.
    ///
    /// # Errors
    /// [`SchemaError`] when a committed schema is broken.
    pub fn compile() -> Result<Self, SchemaError> {
        let mut validators = BTreeMap::new();
        for regime in Regime::ALL.iter().copied() {
            for subject in SubjectKind::ALL.iter().copied() {
                let validator = compile(regime, subject).map_err(|source| SchemaError {
                    subject,
                    regime,
                    source,
                })?;
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
        for view in windows::views(document) {
            for error in validator.iter_errors(TapeNode::Tape(root, &view)) {
                let place = view.place(Pointer::from(error.instance_path().as_str()));
                problems.add(&place, error.kind().into());
            }
            if problems.is_full() {
                break;
            }
        }
        problems.into_findings(regime)
    }
}

/// Why the subject of a document cannot be read, for a document of which nothing else is known.
pub(crate) fn unreadable_subject(document: Document<'_>) -> Vec<Finding> {
    let mut problems = Problems::new(document, Shape::of_header());
    let Some(root) = document.root() else { return Vec::new() };
    match root.member("subject") {
        Some(_) => {
            let allowed =
                SubjectKind::ALL.iter().map(|subject| subject.code().to_owned()).collect();
            problems.add(&Pointer::from("/subject"), Problem::Value { allowed: Some(allowed) });
        }
        None if root.kind() == Kind::Object => {
            problems.add(&Pointer::root(), Problem::Required { name: "subject".to_owned() });
        }
        None => problems.add(&Pointer::root(), Problem::Value { allowed: None }),
    }
    problems.into_findings(Regime::NEWEST)
}

fn compile(
    regime: Regime,
    subject: SubjectKind,
) -> Result<Validator<TapeJson>, Box<dyn std::error::Error + Send + Sync>> {
    let schema: Value = serde_json::from_str(schema_text(regime, subject))?;
    Ok(options::<TapeJson>().build(&schema)?)
}

pub(crate) fn options<F: jsonschema::json::Json>()
-> ValidationOptions<'static, std::sync::Arc<dyn jsonschema::Retrieve>, F> {
    let is_date = |text: &str| text.parse::<Date>().is_ok();
    jsonschema::options_for::<F>()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("date", is_date)
        // The pattern of a moment has all but the calendar.
        .with_format("date-time", move |text: &str| text.get(..10).is_some_and(is_date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kycuong_model::dossier::Dossier;
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::view::View;

    fn every() -> impl Iterator<Item = (Regime, SubjectKind)> {
        let regimes = Regime::ALL.iter().copied();
        regimes.flat_map(|regime| SubjectKind::ALL.iter().map(move |subject| (regime, *subject)))
    }

    /// Documents that are JSON, good and bad.
    fn documents() -> Vec<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut texts: Vec<String> = files
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .filter_map(|path| String::from_utf8(std::fs::read(path).unwrap()).ok())
            .filter(|text| parse(text.as_bytes(), &ParseLimits::default()).is_ok())
            .collect();
        texts.extend(
            [
                "null",
                "[]",
                "{}",
                "1",
                "\"\"",
                r#"{"a/b~c":[{"x":1}]}"#,
                r#"{"costs":{"lines":[[],{},"",1.5,null,true]}}"#,
            ]
            .map(str::to_owned),
        );
        texts
    }

    #[test]
    fn every_schema_is_a_schema() {
        for (regime, subject) in every() {
            let schema: Value = serde_json::from_str(schema_text(regime, subject)).unwrap();
            assert!(jsonschema::meta::validate(&schema).is_ok(), "{regime} {subject}");
        }
    }

    #[test]
    fn the_tape_and_a_copied_value_have_the_same_errors() {
        fn summary(error: &jsonschema::ValidationError<'_>) -> (String, String, String) {
            let what = match error.kind() {
                jsonschema::error::ValidationErrorKind::AdditionalProperties { unexpected } => {
                    let mut names = unexpected.clone();
                    names.sort();
                    format!("{names:?}")
                }
                kind => format!("{kind:?}"),
            };
            (error.instance_path().to_string(), error.schema_path().to_string(), what)
        }
        let set = SchemaSet::compile().unwrap();
        let mut compared = 0;
        for (regime, subject) in every() {
            let schema: Value = serde_json::from_str(schema_text(regime, subject)).unwrap();
            let plain = options::<jsonschema::json::SerdeJson>().build(&schema).unwrap();
            for text in documents() {
                // For JSON Schema 2026.0 is an integer; for the model it is not.
                let text = text
                    .replace("2026.0", "2026.5")
                    .replace("2.026e3", "2.0265e3")
                    .replace("-0", "-1");
                let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
                let value: Value = serde_json::from_str(&text).unwrap();
                let view = windows::View::default();
                let root = TapeNode::Tape(tape.document().root().unwrap(), &view);
                let mut on_tape: Vec<_> = set.validators[&(regime, subject)]
                    .iter_errors(root)
                    .map(|error| summary(&error))
                    .collect();
                let mut on_value: Vec<_> =
                    plain.iter_errors(&value).map(|error| summary(&error)).collect();
                on_tape.sort();
                on_value.sort();
                assert_eq!(on_tape, on_value, "{text}");
                compared += on_tape.len();
            }
        }
        assert!(compared > 1_000, "{compared}");
    }

    /// What `windows` rests on, and the copies of lists that errors do not get.
    #[test]
    fn no_schema_counts_or_compares_the_elements_of_a_list() {
        fn keywords(
            value: &Value,
            is_schema: bool,
            found: &mut std::collections::BTreeSet<String>,
        ) {
            match value {
                Value::Object(members) => {
                    for (name, value) in members {
                        if is_schema {
                            found.insert(name.clone());
                        }
                        let names_follow = matches!(name.as_str(), "properties" | "$defs");
                        keywords(value, !(is_schema && names_follow), found);
                    }
                }
                Value::Array(values) => {
                    values.iter().for_each(|one| keywords(one, is_schema, found))
                }
                _ => {}
            }
        }
        let mut found = std::collections::BTreeSet::new();
        for (regime, subject) in every() {
            let schema = serde_json::from_str(schema_text(regime, subject)).unwrap();
            keywords(&schema, true, &mut found);
        }
        assert!(found.contains("items") && found.contains("required"), "{found:?}");
        for keyword in [
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "prefixItems",
            "unevaluatedItems",
            "if",
            "not",
            "oneOf",
            "anyOf",
        ] {
            assert!(!found.contains(keyword), "{keyword}");
        }
    }

    #[test]
    fn a_large_document_has_the_findings_of_its_parts() {
        let set = SchemaSet::compile().unwrap();
        let good = r#"{"name":"Dịch vụ"}"#;
        let mut lines = vec![good; 9_000];
        for at in [0, 4_999, 8_999] {
            lines[at] = r#"{"naem":"Dịch vụ"}"#;
        }
        let text = format!(
            r#"{{"schema_version":"2.0.0","subject":"dossier","deliverables":7,"costs":{{"lines":[{}]}}}}"#,
            lines.join(",")
        );
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let findings = set.validate(tape.document(), SubjectKind::Dossier, Regime::Nd224_2026);
        let unknown = findings.iter().filter(|found| found.rule == "schema/unknown-member");
        let places: Vec<_> = unknown.map(|found| found.path.to_string()).collect();
        let expected = [0, 4_999, 8_999].map(|at| format!("/costs/lines/{at}/naem"));
        assert_eq!(places, expected, "{findings:#?}");
        assert_eq!(
            findings.iter().filter(|found| found.path.as_str() == "/deliverables").count(),
            1
        );
    }

    #[test]
    fn what_passes_the_door_can_be_read() {
        fn readable(dossier: &Dossier<'_>) -> [bool; 7] {
            [
                dossier.adjusted_total.is_present(),
                dossier.as_of.is_present(),
                dossier.submitted_at.is_present(),
                dossier.time.months.is_present(),
                dossier.schedule[0].share.is_present(),
                dossier.kpis[0].target.is_present(),
                dossier.secret.is_present(),
            ]
        }
        let set = SchemaSet::compile().unwrap();
        for value in [
            "0",
            "-0",
            "1",
            "1.0",
            "1e2",
            "-1",
            "4294967295",
            "4294967296",
            "true",
            "false",
            "\"\"",
            "\"0\"",
            "\"-1\"",
            "\"1.5\"",
            "\"1.\"",
            "\".5\"",
            "\"1e9\"",
            "\"000\"",
            "\"123456\"",
            "\"1234567\"",
            "\"123456789012\"",
            "\"1234567890123\"",
            "\"123456789012345678\"",
            "\"1234567890123456789\"",
            "\"1.123456\"",
            "\"1.1234567\"",
            "\" 1\"",
            "\"1\\n\"",
            "\"١\"",
            "\"2026-11-18\"",
            "\"2026-02-30\"",
            "\"2026-11-18\\n\"",
            "\"0000-01-01\"",
            "\"9999-12-31\"",
            "\"2026-11-18T09:12:00+07:00\"",
            "\"2026-11-18t09:12:00z\"",
            "\"2026-11-18T09:12:00Z\"",
            "\"2026-11-18T09:12:60Z\"",
            "\"2026-11-18T09:12:00.123456789Z\"",
            "\"2026-11-18T09:12:00.Z\"",
            "\"2026-11-18T24:12:00Z\"",
            "\"2026-11-18T09:12:00+24:00\"",
            "\"2026-02-30T09:12:00Z\"",
        ] {
            let paths = [
                "/adjusted_total",
                "/as_of",
                "/submitted_at",
                "/time/months",
                "/schedule/0/share",
                "/kpis/0/target",
                "/secret",
            ];
            let text = format!(
                r#"{{"schema_version":"2.0.0","subject":"dossier","adjusted_total":{value},"as_of":{value},"submitted_at":{value},
                "time":{{"months":{value}}},"schedule":[{{"share":{value}}}],"kpis":[{{"target":{value}}}],"secret":{value}}}"#
            );
            let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
            let findings = set.validate(tape.document(), SubjectKind::Dossier, Regime::Nd224_2026);
            let accepted =
                paths.map(|path| !findings.iter().any(|finding| finding.path.as_str() == path));
            assert_eq!(accepted, readable(&Dossier::of(tape.document())), "{value}: {findings:#?}");
        }
    }
}
