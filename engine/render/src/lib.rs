#![doc = include_str!("../README.md")]

use kycuong_report::{Report, Submission};

mod draft;
mod human;
mod json;
mod junit;
mod place;
mod sarif;
pub mod words;

pub use draft::{drafts, drafts_json};
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use kycuong_model::localize::Language;
pub use sarif::sarif;

/// A report by the name of its submission.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Checked<'a> {
    /// The file as it was named, `/` between folders; `-` for standard input.
    pub name: &'a str,
    /// What was found.
    pub report: &'a Report,
    /// What was submitted, when its lines can be shown.
    pub submission: Option<&'a Submission>,
}

impl<'a> Checked<'a> {
    /// A report of which the submission is not at hand.
    pub fn of(name: &'a str, report: &'a Report) -> Self {
        Self { name, report, submission: None }
    }

    /// Shows the lines of the submission too.
    #[must_use]
    pub fn with_submission(self, submission: &'a Submission) -> Self {
        Self { submission: Some(submission), ..self }
    }
}
