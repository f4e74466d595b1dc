//! JSON: the report's own bytes as they are, or a list of them.

use std::fmt::Write as _;

/// Reports that are JSON already, as [`Report::to_json`](kycuong_report::Report::to_json) writes one:
/// one as it is, or a list of all.
pub fn json(reports: &[&str], list: bool) -> String {
    if let ([one], false) = (reports, list) {
        return (*one).to_owned();
    }
    if reports.is_empty() {
        return "[]\n".to_owned();
    }
    let mut text = String::from("[\n");
    for (at, report) in reports.iter().enumerate() {
        // A text inside JSON holds no line feed, so that each line can be indented as it is.
        let lines = report.trim_end_matches('\n').lines();
        let indented: Vec<String> = lines.map(|line| format!("  {line}")).collect();
        let comma = if at + 1 < reports.len() { "," } else { "" };
        let _ = writeln!(text, "{}{comma}", indented.join("\n"));
    }
    text.push_str("]\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_what_a_serializer_makes_of_one() {
        let values =
            [serde_json::json!({"a": [1, {"b": "x\ny"}], "c": {}}), serde_json::json!({"d": []})];
        let texts = values.each_ref().map(|value| format!("{value:#}\n"));
        let texts = texts.each_ref().map(String::as_str);
        assert_eq!(json(&texts, false), format!("{:#}\n", serde_json::json!(values)));
        assert_eq!(json(&texts[..1], true), format!("{:#}\n", serde_json::json!(values[..1])));
        assert_eq!(
            (json(&texts[..1], false).as_str(), json(&[], true).as_str()),
            (texts[0], "[]\n")
        );
    }
}
