//! JSON: the report's own bytes as they are, or a list of them with the names of their submissions.

use std::fmt::Write as _;

use kycuong_model::text::sanitize;
use kycuong_report::json_text;

/// A list of results that are JSON already, as [`Report::to_json`](kycuong_report::Report::to_json)
/// writes one, each with the name of its submission: `[{"file": "a.json", "report": {…}}]`.
///
/// A report that stands alone needs no list: its JSON is what [`Report`](kycuong_report::Report) writes.
///
/// ```
/// use kycuong_render::JsonList;
///
/// let mut list = JsonList::of("report");
/// let text = list.add("a.json", "{}\n") + &list.add("b.json", "{}\n") + &list.end();
/// let read: serde_json::Value = serde_json::from_str(&text).unwrap();
/// assert_eq!(read[1]["file"], "b.json");
/// ```
#[derive(Clone, Debug)]
pub struct JsonList {
    /// What each entry calls its result.
    member: &'static str,
    is_begun: bool,
}

impl JsonList {
    /// An empty list of results that are called so: `report` or `draft`.
    pub fn of(member: &'static str) -> Self {
        Self { member, is_begun: false }
    }

    /// One more of the list.
    pub fn add(&mut self, name: &str, json: &str) -> String {
        let mut text = String::from(if self.is_begun { ",\n" } else { "[\n" });
        self.is_begun = true;
        // A text can be written as JSON.
        let name = json_text(&sanitize(name)).unwrap_or_default();
        let _ = write!(text, "  {{\n    \"file\": {name},\n    \"{}\": ", self.member);
        // A text inside JSON holds no line feed, so that each line can be indented as it is.
        for (at, line) in json.trim_end_matches('\n').split('\n').enumerate() {
            text.push_str(if at == 0 { "" } else { "\n    " });
            text.push_str(line);
        }
        text.push_str("\n  }");
        text
    }

    /// What ends the list.
    pub fn end(self) -> String {
        if self.is_begun { "\n]\n" } else { "[]\n" }.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_is_what_a_serializer_makes_of_one() {
        let values = [json!({"a": [1, {"b": "x\ny"}], "c": {}}), json!({"d": []}), json!({})];
        let entries =
            values.clone().map(|value| json!({"file": "a\"\u{fffd}.json", "report": value}));
        for count in 0..=values.len() {
            let mut list = JsonList::of("report");
            let mut text: String = values[..count]
                .iter()
                .map(|value| list.add("a\"\u{1b}.json", &format!("{value:#}\n")))
                .collect();
            text += &list.end();
            assert_eq!(text, format!("{:#}\n", json!(entries[..count])));
        }
    }
}
