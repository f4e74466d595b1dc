//! The writer of files of cases; what it writes is read again as it was.

use kycuong_model::cases::CaseWording;

use crate::file::{Case, CaseFile, Effect, Start};
use crate::line::{sentence, span};

pub(crate) const BASE: &str = "base";
pub(crate) const WORDING: &str = "wording";
pub(crate) const ABSENT: &str = "absent";
pub(crate) const ARROW: &str = "→";
pub(crate) const FENCE: &str = "```";
pub(crate) const JSON_FENCE: &str = "```json";
pub(crate) const CASE: &str = "case";
pub(crate) const VI: &str = "vi";
pub(crate) const VI_REMEDY: &str = "vi remedy";
pub(crate) const EN: &str = "en";
pub(crate) const EN_REMEDY: &str = "en remedy";

impl CaseFile {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut out = format!("# {}\n", self.rule);
        for base in &self.bases {
            let name =
                if base.name.is_empty() { String::new() } else { format!(": {}", base.name) };
            out.push_str(&format!("\n## {BASE}{name}\n\n"));
            block(&mut out, &base.json, "");
        }
        for case in &self.cases {
            write_case(&mut out, case);
        }
        if !self.wordings.is_empty() {
            out.push_str(&format!("\n## {WORDING}\n"));
        }
        for wording in &self.wordings {
            write_wording(&mut out, wording);
        }
        out
    }
}

fn write_case(out: &mut String, case: &Case) {
    out.push_str(&format!("\n## {}\n\n", case.title()));
    match &case.start {
        Start::FirstBase => {}
        Start::Base(name) => out.push_str(&format!("- {BASE} {}\n", span(name))),
        Start::Own(json) => {
            block(out, json, "");
            out.push('\n');
        }
    }
    for change in &case.changes {
        let at = span(&change.pointer);
        match &change.effect {
            Effect::Absent => out.push_str(&format!("- {at} {ABSENT}\n")),
            Effect::Set(json) if json.contains('\n') => {
                out.push_str(&format!("- {at} =\n"));
                block(out, json, "  ");
            }
            Effect::Set(json) => out.push_str(&format!("- {at} = {}\n", span(json))),
        }
    }
    for line in case.outcome.iter().flat_map(|outcome| outcome.lines()) {
        out.push_str(&format!("- {ARROW} {}\n", span(&line)));
    }
    // A case that changes nothing and has no outcome yet ends with its heading.
    if out.ends_with("\n\n") {
        out.pop();
    }
}

fn write_wording(out: &mut String, wording: &CaseWording) {
    let CaseWording { code, case, message, remedy } = wording;
    out.push_str(&format!("\n### {code}\n\n"));
    let parts = [
        (CASE, Some(case)),
        (VI, Some(&message.vi)),
        (VI_REMEDY, remedy.as_ref().map(|remedy| &remedy.vi)),
        (EN, Some(&message.en)),
        (EN_REMEDY, remedy.as_ref().map(|remedy| &remedy.en)),
    ];
    for (part, text) in parts {
        if let Some(text) = text {
            out.push_str(&format!("- {part}: {}\n", sentence(text)));
        }
    }
}

fn block(out: &mut String, json: &str, indent: &str) {
    out.push_str(&format!("{indent}{JSON_FENCE}\n"));
    for line in json.split('\n') {
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&format!("{indent}{FENCE}\n"));
}
