//! A check's results in the formats that were asked for. Each is a pure function: the same results
//! give the same bytes.

use kycuong_engine::report::Report;

use crate::args::{Format, Language};

mod draft;
mod human;
mod json;
mod junit;
mod place;
mod sarif;

/// A submission with its report.
pub struct Checked {
    /// The file as it was named, `/` between folders; `-` for standard input.
    pub name: String,
    /// The bytes as submitted.
    pub bytes: Vec<u8>,
    pub report: Report,
}

/// How results are written.
pub struct Style {
    pub format: Format,
    pub language: Language,
    pub colours: bool,
    /// Whether a list was asked for, even if it has one element.
    pub list: bool,
    pub deny_warnings: bool,
}

/// All results as those of drafts; `None` when the format has no drafts.
pub fn render_drafts(results: &[Checked], style: &Style) -> Option<String> {
    match style.format {
        Format::Human => Some(draft::text(results, style.language)),
        Format::Json => Some(draft::json(results, style.list)),
        Format::Sarif | Format::Junit => None,
    }
}

/// All results as one text.
pub fn render(results: &[Checked], style: &Style) -> String {
    match style.format {
        Format::Human => human::text(results, style.language, style.colours),
        Format::Json => json::text(results, style.list),
        Format::Sarif => sarif::text(results, style.language),
        Format::Junit => junit::text(results, style.language, style.deny_warnings),
    }
}
