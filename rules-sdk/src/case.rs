//! A case: a small document with what becomes of one rule on it. Cases are data, so that the same
//! ones run natively, in the sandbox and in other languages.

use std::path::{Path, PathBuf};

pub use kycuong_model::cases::{CaseDocuments, CaseFileError, Expectation};

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
        source: CaseFileError,
    },
    /// The file's name promises nothing.
    #[error("`{path}` promises nothing: a case is called valid-…, invalid-… or missing-….json")]
    Name {
        /// The file.
        path: PathBuf,
    },
}

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
        let CaseDocuments { subject, facts, context } = CaseDocuments::read(&text, rule)
            .map_err(|source| CaseError::Shape { path: path.to_owned(), source })?;
        let (rule, path) = (rule.to_owned(), path.to_owned());
        Ok(Self { rule, path, expectation, subject, facts, context })
    }
}
