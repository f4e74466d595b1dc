//! What one deployment decides about its packs: adoptions, parameters, lighter severities, waivers.
//!
//! A file is read, checked against the committed schema and given to the builder; whether its packs,
//! rules and bounds exist is checked there. Nothing in it can make a finding graver or hide one, and
//! all of it is in every report.

use std::path::Path;

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::localize::Localize;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::DeploymentError;
use crate::pack_set::{Wish, Wishes};
use crate::schema::deployment::problems;

mod source;

pub use source::Place;

/// The JSON Schema (draft 2020-12) of a deployment file, as committed: for forms and editors.
pub const DEPLOYMENT_SCHEMA: &str = include_str!("../schema/deployment.json");

/// What a deployment file says: of the form that the schema asks for, not yet held against packs.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    pub(crate) wishes: Wishes,
}

/// A decision by which a pack whose text is historic binds again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Adoption {
    /// The pack's id.
    pub pack: String,
    /// The first day of judging on which the pack may return submissions.
    pub from: Date,
    /// The last such day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The number of the decision.
    pub decision: String,
    /// When it was signed; not after `from`.
    pub date: Date,
    /// Who signed it.
    pub signer: String,
}

/// A pack that only warns because the operator wants so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AdvisorySwitch {
    /// The pack's id.
    pub pack: String,
    /// Why, in the operator's words.
    pub reason: String,
    /// The document that allows it; a national pack needs one, here or cited in the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// A decision by which what one rule finds in one dossier does not return it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule's id.
    pub rule: String,
    /// The code that the dossier gives itself.
    pub dossier: String,
    /// The number of the decision.
    pub decision: String,
    /// When it was signed; before that day it covers nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// The last day of judging on which it covers.
    pub expires: Date,
    /// Why.
    pub reason: String,
}

/// A rule that is to be lighter than it is.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Lowering {
    pub(crate) rule: String,
    pub(crate) severity: Severity,
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) decision: Option<String>,
}

/// A parameter that is to have a value.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ParameterChoice {
    pub(crate) rule: String,
    pub(crate) name: String,
    #[serde(deserialize_with = "text_of")]
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) decision: Option<String>,
}

/// The file as its schema has it.
#[derive(Deserialize)]
struct Contents {
    #[serde(default)]
    adopt: Vec<Adoption>,
    #[serde(default)]
    parameter: Vec<ParameterChoice>,
    #[serde(default)]
    lower: Vec<Lowering>,
    #[serde(default)]
    advisory: Vec<AdvisorySwitch>,
    #[serde(default)]
    waiver: Vec<Waiver>,
}

impl Deployment {
    /// Reads a deployment file.
    ///
    /// # Errors
    /// [`DeploymentError`] when it cannot be read, is no TOML, or is not what the schema asks for:
    /// with the file, the lines, and how to mend them.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DeploymentError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&name, &text),
            Err(source) => Err(DeploymentError::Read { path: name, source }),
        }
    }

    /// Reads the text of a deployment file; `name` is what errors call it.
    ///
    /// # Errors
    /// As [`Deployment::read`].
    pub fn parse(name: &str, text: &str) -> Result<Self, DeploymentError> {
        let (value, lines) = source::read(name, text)?;
        let problems = problems(&value, |pointer| lines.of(pointer));
        if !problems.is_empty() {
            return Err(DeploymentError::Invalid { path: name.to_owned(), problems });
        }
        let contents: Contents = serde_json::from_value(value).map_err(|source| {
            DeploymentError::Unreadable { path: name.to_owned(), source: Box::new(source) }
        })?;
        let place = |list: &'static str| {
            let lines = &lines;
            move |at: usize| Place {
                file: name.to_owned(),
                line: lines.of(&format!("/{list}/{at}")),
            }
        };
        Ok(Self {
            wishes: Wishes {
                adoptions: placed(contents.adopt, place("adopt")),
                parameters: placed(contents.parameter, place("parameter")),
                lowered: placed(contents.lower, place("lower")),
                advisory: placed(contents.advisory, place("advisory")),
                waivers: placed(contents.waiver, place("waiver")),
            },
        })
    }
}

fn placed<T>(entries: Vec<T>, place: impl Fn(usize) -> Place) -> Vec<Wish<T>> {
    let entries = entries.into_iter().enumerate();
    entries.map(|(at, wanted)| Wish { wanted, place: Some(place(at)) }).collect()
}

impl Adoption {
    /// Whether it makes its pack bind on a day.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The decision as a sentence cites it, in both languages.
    pub(crate) fn cited(&self) -> (String, String) {
        let Self { decision, date, signer, .. } = self;
        (
            format!("{decision} ngày {} (người ký: {signer})", date.vi()),
            format!("{decision} of {} (signed by {signer})", date.en()),
        )
    }
}

/// The number of a legal document in a text: the first word that begins with a digit and has a
/// letter after a slash, like `12/QĐ-UBND` or `224/2026/NĐ-CP`.
pub(crate) fn cited_document(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .find(|word| {
            let after = word.split_once('/').map_or("", |(_, after)| after);
            word.starts_with(|letter: char| letter.is_ascii_digit())
                && after.contains(char::is_alphabetic)
        })
}

/// A parameter's value is text; a whole number or a switch may be written without quotes.
fn text_of<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests;
