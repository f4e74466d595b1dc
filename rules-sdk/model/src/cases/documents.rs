//! What a rule is asked with in a case: how the file of a case becomes subject, facts and context.
//!
//! The one reading of such a file: natively, in the sandbox and at a host that proves a pack, a case
//! is the same question. Its values are taken over as they are written, digit by digit.

use crate::date::Date;
use crate::tape::{Kind, Node, ParseError, ParseLimits, parse};

/// The day on which a case is judged that says neither `on` nor `submitted_at`.
const DEFAULT_DAY: &str = "2026-11-21";
/// The regime of a case that says neither `regime` nor, in its subject, `regime`.
const DEFAULT_REGIME: &str = "nd-224-2026";
/// Letters of a date: `2026-11-21`.
const DAY_BYTES: usize = 10;

/// The three documents of a case, as JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDocuments {
    /// The subject, as it is written in the file.
    pub subject: String,
    /// The tables of facts: an object, empty when the file has none.
    pub facts: String,
    /// The day, the regime and perhaps parameters of the rule.
    pub context: String,
}

/// Why a text is no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseFileError {
    /// It is not JSON.
    #[error("cannot read it as JSON")]
    Json {
        /// Where and why.
        source: ParseError,
    },
    /// It is JSON of another kind.
    #[error("it is no object")]
    NotObject,
    /// It has a member that no case has.
    #[error("the member `{name}` is unknown")]
    UnknownMember {
        /// The member.
        name: String,
    },
    /// It has no subject.
    #[error("it has no `subject`")]
    NoSubject,
    /// The day is none.
    #[error("`on` is `{value}`, which is no date like `2026-11-21`")]
    On {
        /// What is written there.
        value: String,
    },
    /// The regime is not a text.
    #[error("`regime` is `{value}`, which is no text")]
    Regime {
        /// What is written there.
        value: String,
    },
}

impl CaseDocuments {
    /// Reads the text of a case of a rule, by the rule's name without its pack: an object with a
    /// `subject` and perhaps `on`, `regime`, `facts` and `parameters`.
    ///
    /// # Errors
    ///
    /// [`CaseFileError`]; the caller knows which case it was.
    pub fn read(text: &str, rule: &str) -> Result<Self, CaseFileError> {
        let tape = parse(text.as_bytes(), &ParseLimits::default())
            .map_err(|source| CaseFileError::Json { source })?;
        let root = tape.document().root().filter(|root| root.kind() == Kind::Object);
        let root = root.ok_or(CaseFileError::NotObject)?;
        for (key, _) in root.members() {
            let name = key.text();
            if !["subject", "on", "regime", "facts", "parameters"].contains(&&*name) {
                return Err(CaseFileError::UnknownMember { name: name.into_owned() });
            }
        }
        let given = |name| root.member(name).filter(|value| value.kind() != Kind::Null);
        let subject = root.member("subject").ok_or(CaseFileError::NoSubject)?;
        let on = match given("on") {
            Some(on) => day(on)?,
            None => submitted(subject).unwrap_or_else(|| DEFAULT_DAY.to_owned()),
        };
        let regime = match given("regime") {
            Some(regime) => written(regime)
                .ok_or_else(|| CaseFileError::Regime { value: regime.raw().to_owned() })?,
            None => subject.member("regime").and_then(written).unwrap_or(DEFAULT_REGIME.to_owned()),
        };
        let mut context = format!("{{\"on\":{},\"regime\":{}", quoted(&on), quoted(&regime));
        if let Some(parameters) = given("parameters") {
            let parameters = source(parameters);
            context.push_str(&format!(",\"parameters\":{{{}:{parameters}}}", quoted(rule)));
        }
        context.push('}');
        let facts = given("facts").map_or("{}", source).to_owned();
        Ok(Self { subject: source(subject).to_owned(), facts, context })
    }
}

fn day(on: Node<'_>) -> Result<String, CaseFileError> {
    let day = written(on).and_then(|text| text.parse::<Date>().ok());
    day.map(|day| day.to_string())
        .ok_or_else(|| CaseFileError::On { value: on.text().into_owned() })
}

/// The day on which the subject says that it was submitted.
fn submitted(subject: Node<'_>) -> Option<String> {
    let moment = subject.member("submitted_at").and_then(written)?;
    moment.get(..DAY_BYTES).map(str::to_owned)
}

/// The text of a string; `None` of anything else.
fn written(node: Node<'_>) -> Option<String> {
    (node.kind() == Kind::String).then(|| node.text().into_owned())
}

/// A value as it stands in the text.
fn source(node: Node<'_>) -> &str {
    let mut range = node.range();
    if node.kind() == Kind::String {
        // The range of a string leaves its quotes out.
        range = range.start.saturating_sub(1)..range.end.saturating_add(1);
    }
    node.document().text().get(range).unwrap_or("null")
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> CaseDocuments {
        CaseDocuments::read(text, "mot").unwrap()
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let subject = r#"{ "total": "300.10", "n": 1.50e0, "x": "“\u0041”" }"#;
        let facts = r#"{"t":[{"a":"1"}]}"#;
        let documents = read(&format!(
            r#"{{"subject": {subject}, "facts": {facts}, "on": "2026-07-01", "regime": "nd-73-2019",
                "parameters": {{"ceiling": "5"}}}}"#
        ));
        assert_eq!((documents.subject.as_str(), documents.facts.as_str()), (subject, facts));
        assert_eq!(
            documents.context,
            r#"{"on":"2026-07-01","regime":"nd-73-2019","parameters":{"mot":{"ceiling": "5"}}}"#
        );
        assert_eq!(read(r#"{"subject":"a\"b"}"#).subject, r#""a\"b""#);
    }

    #[test]
    fn what_is_not_said_comes_from_the_subject_or_is_the_usual() {
        let context = |text| read(text).context;
        assert_eq!(
            context(r#"{"subject":{},"facts":null,"on":null}"#),
            r#"{"on":"2026-11-21","regime":"nd-224-2026"}"#
        );
        assert_eq!(read(r#"{"subject":{},"facts":null}"#).facts, "{}");
        assert_eq!(
            context(
                r#"{"subject":{"submitted_at":"2025-01-02T08:00:00+07:00","regime":"nd-45-2026"}}"#
            ),
            r#"{"on":"2025-01-02","regime":"nd-45-2026"}"#
        );
        assert_eq!(
            context(r#"{"subject":{"submitted_at":"đ"},"regime":"\"\\\u0007"}"#),
            r#"{"on":"2026-11-21","regime":"\"\\\u0007"}"#
        );
    }

    #[test]
    fn every_context_is_json() {
        for text in [
            r#"{"subject":{"submitted_at":"\"\\\n 2026 and more"}}"#,
            r#"{"subject":[],"regime":"a\tb","parameters":[1]}"#,
            r#"{"subject":null}"#,
        ] {
            let documents = CaseDocuments::read(text, "a\"b").unwrap();
            for json in [documents.subject, documents.facts, documents.context] {
                assert!(parse(json.as_bytes(), &ParseLimits::default()).is_ok(), "{json}");
            }
        }
    }

    #[test]
    fn what_is_no_case() {
        let said = |text| CaseDocuments::read(text, "mot").unwrap_err().to_string();
        for (text, words) in [
            ("", "cannot read it as JSON"),
            ("{\"subject\":{}", "cannot read it as JSON"),
            ("[]", "it is no object"),
            ("{}", "it has no `subject`"),
            ("{\"subject\":{},\"fact\":{}}", "the member `fact` is unknown"),
            (
                "{\"subject\":{},\"on\":\"2026-02-30\"}",
                "`on` is `2026-02-30`, which is no date like `2026-11-21`",
            ),
            ("{\"subject\":{},\"on\":5}", "`on` is `5`, which is no date like `2026-11-21`"),
            ("{\"subject\":{},\"regime\":5}", "`regime` is `5`, which is no text"),
        ] {
            assert_eq!(said(text), words, "{text}");
        }
    }
}
