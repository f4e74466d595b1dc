//! JSON: the engine's report as it is, or a list of them.

use kycuong_engine::report::Report;

use super::Checked;

pub(super) fn text(results: &[Checked], list: bool) -> String {
    match results {
        [one] if !list => one.report.to_json(),
        many => {
            let reports: Vec<&Report> = many.iter().map(|checked| &checked.report).collect();
            // Nothing in a report can fail to be JSON: its maps have texts as keys, it holds no float.
            let mut json = serde_json::to_string_pretty(&reports).unwrap_or_default();
            json.push('\n');
            json
        }
    }
}
