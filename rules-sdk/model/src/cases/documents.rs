//! What a rule is evaluated with in a case: how the document of a case becomes subject, facts and context.
//!
//! The one reading of such a document: natively, in the sandbox and at a host that tests a pack, a
//! case is the same question. Its values are taken over as they are written, digit by digit.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::quote;
use crate::date::Date;
use crate::facts::{TableDescription, values_at};
use crate::manifest::FactNeed;
use crate::spelling::nearest;
use crate::tape::{Kind, Node, ParseError, ParseLimits, Tape, parse};
use crate::text::truncate;

/// Most characters of a foreign name that an error repeats.
const NAME_SHOWN_MAX: usize = 100;

/// The three documents of a case, as JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDocuments {
    /// The subject, as it is written in the document.
    pub subject: String,
    /// The tables of facts: an object, empty when the document has none.
    pub facts: String,
    /// The day, and perhaps the regime and parameters of the rule.
    pub context: String,
}

/// The three documents of a case, parsed.
#[derive(Clone, Debug)]
pub struct CaseTapes<'a> {
    /// The subject.
    pub subject: Tape<'a>,
    /// The tables of facts.
    pub facts: Tape<'a>,
    /// The context.
    pub context: Tape<'a>,
}

/// Why a text is no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseDocumentError {
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
    /// Its facts are no tables.
    #[error(
        "`facts` has something that is no table: a table is a list of rows, and a row has texts by its columns"
    )]
    NotTables,
    /// A table that no host has, or that the rule does not declare.
    #[error("`facts` has the table `{table}`, which {}", undeclared(*near))]
    Table {
        /// The table.
        table: String,
        /// The one that was probably meant; the rule declares it.
        near: Option<&'static str>,
    },
    /// A column that the table does not have.
    #[error("`facts` has a row of `{table}` with `{column}`, which is no column of it{}", meant(*near))]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
        /// The one that was probably meant.
        near: Option<&'static str>,
    },
    /// It does not say on which day the subject is judged.
    #[error("it has no `on`; write the day on which it is judged, as in `\"on\": \"2026-11-21\"`")]
    NoDay,
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

fn undeclared(near: Option<&str>) -> String {
    let why = "the rule does not declare (`facts = […]`), so that no host gives it to the rule";
    match near {
        Some(near) => format!("{why}; it declares `{near}`"),
        None => why.to_owned(),
    }
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; `{near}` is one")).unwrap_or_default()
}

impl CaseDocuments {
    /// Reads the document of a case of a rule, by the rule's name without its pack: an object with
    /// `subject` and `on`, and perhaps `regime`, `facts` and `parameters`.
    ///
    /// # Errors
    ///
    /// [`CaseDocumentError`]; the caller knows which case it was.
    pub fn read(text: &str, rule: &str) -> Result<Self, CaseDocumentError> {
        let tape = parse(text.as_bytes(), &ParseLimits::default())
            .map_err(|source| CaseDocumentError::Json { source })?;
        let root = tape.document().root().filter(|root| root.kind() == Kind::Object);
        let root = root.ok_or(CaseDocumentError::NotObject)?;
        for (key, _) in root.members() {
            let name = key.text();
            if !["subject", "on", "regime", "facts", "parameters"].contains(&&*name) {
                return Err(CaseDocumentError::UnknownMember { name: name.into_owned() });
            }
        }
        let subject = root.member("subject").ok_or(CaseDocumentError::NoSubject)?;
        let on = day(root.member("on").ok_or(CaseDocumentError::NoDay)?)?;
        let mut context = format!("{{\"on\":{}", quote(&on));
        if let Some(regime) = root.member("regime") {
            if regime.kind() != Kind::String {
                let value = regime.raw().to_owned();
                return Err(CaseDocumentError::Regime { value });
            }
            context.push_str(&format!(",\"regime\":{}", source(regime)));
        }
        if let Some(parameters) = root.member("parameters") {
            let parameters = source(parameters);
            context.push_str(&format!(",\"parameters\":{{{}:{parameters}}}", quote(rule)));
        }
        context.push('}');
        let facts = root.member("facts").map_or("{}", source).to_owned();
        Ok(Self { subject: source(subject).to_owned(), facts, context })
    }

    /// The documents as a host hands them to a rule that declares these facts: of each table the rows that
    /// its declaration selects, sorted, each once, and without empty cells.
    ///
    /// # Errors
    ///
    /// [`CaseDocumentError::NotTables`], [`CaseDocumentError::Table`] and [`CaseDocumentError::Column`] for
    /// facts that no host would give; [`CaseDocumentError::Json`] when a document is past a limit.
    pub fn supplied(
        &self,
        needs: &[FactNeed],
        limits: &ParseLimits,
    ) -> Result<Self, CaseDocumentError> {
        let (subject, facts) = (tape(&self.subject, limits)?, tape(&self.facts, limits)?);
        let root = facts.document().root().filter(|root| root.kind() == Kind::Object);
        let mut supplied = String::from("{");
        for (name, rows) in root.ok_or(CaseDocumentError::NotTables)?.members() {
            let declared = || needs.iter().filter_map(|need| TableDescription::of(&need.table));
            let name = name.text();
            let Some(table) = declared().find(|table| table.name == name) else {
                let near = nearest(&name, declared().map(|table| table.name));
                return Err(CaseDocumentError::Table {
                    table: truncate(&name, NAME_SHOWN_MAX),
                    near,
                });
            };
            let rows = rows_of(table, rows)?;
            let mut wanted: BTreeSet<&Row> = BTreeSet::new();
            for need in needs.iter().filter(|need| need.table == table.name) {
                let keys = need.path.as_ref().map(|path| values_at(subject.document(), path));
                wanted.extend(rows.iter().filter(|row| match (&need.column, &keys) {
                    (Some(column), Some(keys)) => {
                        row.get(column).is_some_and(|key| keys.contains(key))
                    }
                    (Some(_), None) => false,
                    (None, _) => true,
                }));
            }
            let rows: Vec<String> = wanted.into_iter().map(object).collect();
            let comma = if supplied.len() > 1 { "," } else { "" };
            supplied.push_str(&format!("{comma}{}:[{}]", quote(table.name), rows.join(",")));
        }
        supplied.push('}');
        Ok(Self { facts: supplied, ..self.clone() })
    }

    /// The documents, parsed within limits.
    ///
    /// # Errors
    ///
    /// [`CaseDocumentError::Json`] when one of them is past a limit.
    pub fn tapes(&self, limits: &ParseLimits) -> Result<CaseTapes<'_>, CaseDocumentError> {
        Ok(CaseTapes {
            subject: tape(&self.subject, limits)?,
            facts: tape(&self.facts, limits)?,
            context: tape(&self.context, limits)?,
        })
    }
}

fn tape<'t>(text: &'t str, limits: &ParseLimits) -> Result<Tape<'t>, CaseDocumentError> {
    parse(text.as_bytes(), limits).map_err(|source| CaseDocumentError::Json { source })
}

/// A row, by column.
type Row = BTreeMap<String, String>;

fn rows_of(
    table: &'static TableDescription,
    rows: Node<'_>,
) -> Result<Vec<Row>, CaseDocumentError> {
    if rows.kind() != Kind::Array {
        return Err(CaseDocumentError::NotTables);
    }
    rows.elements().map(|row| row_of(table, row)).collect()
}

fn row_of(table: &'static TableDescription, row: Node<'_>) -> Result<Row, CaseDocumentError> {
    if row.kind() != Kind::Object {
        return Err(CaseDocumentError::NotTables);
    }
    let mut cells = Row::new();
    for (column, cell) in row.members() {
        let column = column.text();
        if table.column(&column).is_none() {
            let near = nearest(&column, table.column_names());
            let column = truncate(&column, NAME_SHOWN_MAX);
            return Err(CaseDocumentError::Column { table: table.name, column, near });
        }
        if cell.kind() != Kind::String {
            return Err(CaseDocumentError::NotTables);
        }
        let cell = cell.text();
        if !cell.is_empty() {
            cells.insert(column.into_owned(), cell.into_owned());
        }
    }
    Ok(cells)
}

fn object(row: &Row) -> String {
    let cells = row.iter().map(|(column, cell)| format!("{}:{}", quote(column), quote(cell)));
    format!("{{{}}}", cells.collect::<Vec<_>>().join(","))
}

fn day(on: Node<'_>) -> Result<String, CaseDocumentError> {
    let day = (on.kind() == Kind::String).then(|| on.text().parse::<Date>().ok()).flatten();
    day.map(|day| day.to_string())
        .ok_or_else(|| CaseDocumentError::On { value: on.text().into_owned() })
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
        assert_eq!(read(r#"{"on":"2026-07-01","subject":"a\"b"}"#).subject, r#""a\"b""#);
    }

    #[test]
    fn what_is_not_said_is_not_there() {
        let documents = read(r#"{"subject":{"regime":"nd-45-2026"},"on":"2025-01-02"}"#);
        assert_eq!(
            (documents.facts.as_str(), documents.context.as_str()),
            ("{}", r#"{"on":"2025-01-02"}"#)
        );
        let tapes = documents.tapes(&ParseLimits::default()).unwrap();
        assert_eq!(tapes.subject.text(), r#"{"regime":"nd-45-2026"}"#);
        assert_eq!(
            read(r#"{"subject":{},"on":"2025-01-02","regime":"\"\\\u0007"}"#).context,
            r#"{"on":"2025-01-02","regime":"\"\\\u0007"}"#
        );
    }

    #[test]
    fn a_rule_gets_what_a_host_would_give_it() {
        let documents = read(
            r#"{"subject":{"code":"A","components":[{"code":"c"},{"code":7},{"code":""}]},"on":"2026-01-01",
               "facts":{"systems":[{"id":"c","name":"2"},{"id":"x"},{"id":"7","name":""},{"id":"c","name":"1"},
                 {"name":"none"},{"id":"c","name":"2"}],"working_days":[{"date":"2026-01-02"}]}}"#,
        );
        let need = |table: &str, selection: Option<(&str, &str)>| FactNeed {
            table: table.to_owned(),
            column: selection.map(|(column, _)| column.to_owned()),
            path: selection.map(|(_, path)| path.to_owned()),
            optional: false,
        };
        let supplied = |needs: &[FactNeed]| {
            let supplied = documents.supplied(needs, &ParseLimits::default());
            supplied.map(|documents| documents.facts).map_err(|error| error.to_string())
        };
        let all = need("working_days", None);
        let some = need("systems", Some(("id", "components.*.code")));
        assert_eq!(
            supplied(&[all.clone(), some.clone()]).unwrap(),
            r#"{"systems":[{"id":"7"},{"id":"c","name":"1"},{"id":"c","name":"2"}],"working_days":[{"date":"2026-01-02"}]}"#
        );
        let also = need("systems", Some(("name", "code")));
        assert!(supplied(&[all.clone(), also]).unwrap().starts_with(r#"{"systems":[],"#));
        assert_eq!(
            supplied(&[some]).unwrap_err(),
            "`facts` has the table `working_days`, which the rule does not declare (`facts = […]`), so that no host gives it to the rule"
        );
        for (facts, said) in [
            (r#"{"working_day":[]}"#, "to the rule; it declares `working_days`"),
            (r#"{"working_days":[{"dates":"1"}]}"#, "is no column of it; `date` is one"),
            (r#"{"working_days":[{"ngày":"1"}]}"#, "with `ngày`, which is no column of it"),
            (r#"{"working_days":[{"date":1}]}"#, "a row has texts by its columns"),
            (r#"{"working_days":[1]}"#, "a row has texts by its columns"),
            (r#"{"working_days":{}}"#, "a row has texts by its columns"),
            ("[]", "a row has texts by its columns"),
        ] {
            let text = format!(r#"{{"subject":{{}},"on":"2026-01-01","facts":{facts}}}"#);
            let needs = std::slice::from_ref(&all);
            let error = read(&text).supplied(needs, &ParseLimits::default()).unwrap_err();
            assert!(error.to_string().ends_with(said), "{facts}: {error}");
        }
    }

    #[test]
    fn every_context_is_json() {
        for text in [
            r#"{"subject":{"on":"\"\\\n 2026 and more"},"on":"2026-01-01"}"#,
            r#"{"subject":[],"regime":"a\tb","parameters":[1],"on":"2026-01-01"}"#,
            r#"{"subject":null,"facts":null,"on":"2026-01-01"}"#,
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
            (
                "{\"subject\":{}}",
                "it has no `on`; write the day on which it is judged, as in `\"on\": \"2026-11-21\"`",
            ),
            ("{\"subject\":{},\"on\":null}", "`on` is `null`, which is no date like `2026-11-21`"),
            (
                "{\"subject\":{},\"on\":\"2026-02-28\",\"regime\":5}",
                "`regime` is `5`, which is no text",
            ),
        ] {
            assert_eq!(said(text), words, "{text}");
        }
    }
}
