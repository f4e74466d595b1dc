//! A case: a small document with what becomes of one rule on it. Cases are data, so that the same
//! ones run natively, in the sandbox and in other languages.

use std::path::{Path, PathBuf};

pub use kycuong_model::cases::Expectation;
use kycuong_model::date::Date;
use serde::Deserialize;
use serde_json::{Value, json};

/// One case of one rule.
#[derive(Clone, Debug)]
pub struct Case {
    /// The rule's name, which is the folder's.
    pub rule: String,
    /// The file.
    pub path: PathBuf,
    /// What the file's name promises.
    pub expectation: Expectation,
    /// The subject as JSON text.
    pub subject: String,
    /// The facts as JSON text: an object of tables.
    pub facts: String,
    /// The context as JSON text.
    pub context: String,
}

/// A case that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The file or folder cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no case.
    #[error(
        "`{path}` is no case: it needs a `subject`, and may have `on`, `regime`, `facts` and `parameters`"
    )]
    Shape {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The file's name promises nothing.
    #[error("`{path}` promises nothing: a case is called valid-…, invalid-… or missing-….json")]
    Name {
        /// The file.
        path: PathBuf,
    },
}

/// How a case is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    subject: Value,
    on: Option<Date>,
    regime: Option<String>,
    #[serde(default)]
    facts: Option<Value>,
    #[serde(default)]
    parameters: Option<Value>,
}

/// The day on which a case is judged that says neither `on` nor `submitted_at`.
const DEFAULT_DAY: &str = "2026-11-21";
const DEFAULT_REGIME: &str = "nd-224-2026";

impl Case {
    /// All cases of a rule, in the order of their names.
    ///
    /// # Errors
    /// [`CaseError`], with the file.
    pub fn load_all(folder: &Path, rule: &str) -> Result<Vec<Self>, CaseError> {
        let read = |source| CaseError::Read { path: folder.to_owned(), source };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.iter().map(|path| Self::load(path, rule)).collect()
    }

    /// One case.
    ///
    /// # Errors
    /// [`CaseError`], with the file.
    pub fn load(path: &Path, rule: &str) -> Result<Self, CaseError> {
        let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
        let Some(expectation) = Expectation::of_name(&name) else {
            return Err(CaseError::Name { path: path.to_owned() });
        };
        let text = std::fs::read_to_string(path)
            .map_err(|source| CaseError::Read { path: path.to_owned(), source })?;
        let file: CaseFile = serde_json::from_str(&text)
            .map_err(|source| CaseError::Shape { path: path.to_owned(), source })?;
        let submitted =
            file.subject.get("submitted_at").and_then(Value::as_str).and_then(|at| at.get(..10));
        let on = file
            .on
            .map_or_else(|| submitted.unwrap_or(DEFAULT_DAY).to_owned(), |day| day.to_string());
        let declared = file.subject.get("regime").and_then(Value::as_str).unwrap_or(DEFAULT_REGIME);
        let mut context = json!({"on": on, "regime": file.regime.as_deref().unwrap_or(declared)});
        if let (Some(parameters), Some(object)) = (file.parameters, context.as_object_mut()) {
            object.insert("parameters".to_owned(), json!({ rule: parameters }));
        }
        Ok(Self {
            rule: rule.to_owned(),
            path: path.to_owned(),
            expectation,
            subject: file.subject.to_string(),
            facts: file.facts.unwrap_or_else(|| json!({})).to_string(),
            context: context.to_string(),
        })
    }
}
