//! What one deployment decides about its packs: which must be there, adoptions, parameters, lowered
//! severities, waivers.
//!
//! A file is read, checked against the committed schema and given to the builder; whether its packs,
//! rules and bounds exist is checked there. Nothing in it can make a finding more severe or hide one, and
//! all of it is in every report.

use std::path::Path;

use kycuong_model::finding::Severity;
use kycuong_operator_file::OperatorFile;
use kycuong_report::{
    Adoption, AdvisorySwitch, LoweredSeverity, ParameterSetting, Settings, Waiver,
};
use serde::Deserialize;
use serde_json::Value;

use crate::error::DeploymentError;

mod schema;

use schema::problems;

pub use kycuong_operator_file::Place;

pub use schema::DEPLOYMENT_SCHEMA;

/// What an operator asks for: of the form that the schema asks for, not yet held against packs.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    pub(crate) adoptions: Vec<Override<Adoption>>,
    pub(crate) advisory: Vec<Override<AdvisorySwitch>>,
    pub(crate) lowered: Vec<Override<Lowering>>,
    pub(crate) parameters: Vec<Override<ParameterChoice>>,
    pub(crate) waivers: Vec<Override<Waiver>>,
    /// The ids of packs that must be there.
    pub(crate) required: Vec<Override<String>>,
}

/// One thing asked for; where, when it was in a file.
#[derive(Clone, Debug)]
pub(crate) struct Override<T> {
    pub(crate) wanted: T,
    pub(crate) place: Option<Place>,
}

impl<T> From<T> for Override<T> {
    fn from(wanted: T) -> Self {
        Self { wanted, place: None }
    }
}

/// A rule, or one of its violations, that is to be less severe than it is.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Lowering {
    pub(crate) rule: String,
    #[serde(default)]
    pub(crate) violation: Option<String>,
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
    #[serde(default)]
    required: Vec<RequiredPack>,
}

/// A pack that must be there.
#[derive(Deserialize)]
struct RequiredPack {
    pack: String,
}

/// Largest deployment file, in bytes: 1 MiB, some ten thousand settings.
const FILE_BYTES_MAX: usize = 1 << 20;

impl Deployment {
    /// Reads a deployment file.
    ///
    /// # Errors
    /// [`DeploymentError`] when it cannot be read, has more than 1 MiB, is no TOML, or is not what the schema asks for:
    /// with the file, the lines, and how to fix them.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DeploymentError> {
        Self::of_file(&OperatorFile::read(path, FILE_BYTES_MAX)?)
    }

    /// Reads the text of a deployment file; `name` is what errors call it.
    ///
    /// # Errors
    /// As [`Deployment::read`].
    pub fn parse(name: &str, text: &str) -> Result<Self, DeploymentError> {
        Self::of_file(&OperatorFile::parse(name, text)?)
    }

    fn of_file(file: &OperatorFile) -> Result<Self, DeploymentError> {
        let problems = problems(file);
        if !problems.is_empty() {
            return Err(file.refuse(problems).into());
        }
        let contents = Contents::deserialize(file.value()).map_err(|source| {
            let path = file.name().to_owned();
            DeploymentError::Unreadable { path, source: Box::new(source) }
        })?;
        let required = contents.required.into_iter().map(|required| required.pack);
        let place = |list: &'static str| move |at: usize| file.place(&format!("/{list}/{at}"));
        Ok(Self {
            adoptions: placed(contents.adopt, place("adopt")),
            parameters: placed(contents.parameter, place("parameter")),
            lowered: placed(contents.lower, place("lower")),
            advisory: placed(contents.advisory, place("advisory")),
            waivers: placed(contents.waiver, place("waiver")),
            required: placed(required.collect(), place("required")),
        })
    }

    /// What was asked for, by what came of it. That a pack had to be there is in no report: it is there.
    pub(crate) fn of(settings: &Settings) -> Self {
        let lowered = settings.lowered.iter().cloned().map(|lowered| {
            let LoweredSeverity { rule, violation, to, reason, decision, .. } = lowered;
            Lowering { rule, violation, severity: to, reason, decision }.into()
        });
        let parameters = settings.parameters.iter().cloned().map(|parameter| {
            let ParameterSetting { rule, name, value, reason, decision, .. } = parameter;
            ParameterChoice { rule, name, value, reason, decision }.into()
        });
        Self {
            adoptions: settings.adoptions.iter().cloned().map(Override::from).collect(),
            advisory: settings.advisory.iter().cloned().map(Override::from).collect(),
            lowered: lowered.collect(),
            parameters: parameters.collect(),
            waivers: settings.waivers.iter().cloned().map(Override::from).collect(),
            required: Vec::new(),
        }
    }

    /// Adds what another place asks for.
    pub(crate) fn extend(&mut self, more: Self) {
        let Self { adoptions, advisory, lowered, parameters, waivers, required } = more;
        self.adoptions.extend(adoptions);
        self.advisory.extend(advisory);
        self.lowered.extend(lowered);
        self.parameters.extend(parameters);
        self.waivers.extend(waivers);
        self.required.extend(required);
    }
}

fn placed<T>(entries: Vec<T>, place: impl Fn(usize) -> Place) -> Vec<Override<T>> {
    let entries = entries.into_iter().enumerate();
    entries.map(|(at, wanted)| Override { wanted, place: Some(place(at)) }).collect()
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
