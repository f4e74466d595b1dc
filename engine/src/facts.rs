//! Reference data for rules: only the tables and rows that the selected rules declared, fetched once,
//! sorted, bounded and digested. A rule never asks for anything itself.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::manifest::{FactNeed, RuleDescription};
use kycuong_model::tape::{Document, Kind, NODES_MAX, Node, ParseLimits, parse};
use serde::{Deserialize, Serialize};

use crate::error::{CheckError, FactError};

mod memory;
mod supplied;

pub use memory::MemoryFacts;
pub use supplied::SuppliedFacts;

/// Most rows of one check, all tables together: the whole list of budget codes has some 5 000.
pub const ROWS_MAX: usize = 200_000;

/// A row: values by column, all of them text. An empty text is a cell that is not there: files and
/// databases cannot tell the two apart, so that no report depends on which of them the facts came from.
pub type Row = BTreeMap<String, String>;

/// Which rows are wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FactQuery {
    /// The table: `budget_codes`, `systems`, …
    pub table: String,
    /// The column that selects rows; all rows when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The values of that column that are wanted, sorted and distinct; empty when all rows are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

impl FactQuery {
    /// Whether a row was asked for.
    pub fn wants(&self, row: &Row) -> bool {
        match &self.column {
            None => true,
            Some(column) => row.get(column).is_some_and(|key| self.keys.binary_search(key).is_ok()),
        }
    }
}

/// What a source has for a query. Order and repetition do not matter; rows that were not asked for
/// are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactTable {
    /// The rows.
    pub rows: Vec<Row>,
}

/// Where reference data comes from, asked during a check: the embedder's database, [`MemoryFacts`], or one of the sources of
/// the crate `kycuong-facts` (files, SQLite, PostgreSQL).
pub trait FactSource: Send + Sync {
    /// Fetches the rows of a query; `None` when there is no such table.
    ///
    /// # Errors
    ///
    /// [`FactError`] when the source cannot answer; the check is then not made.
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError>;
}

/// A document for rules with its nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prepared {
    text: String,
    words: Vec<u32>,
}

impl Prepared {
    /// Parses what the host itself wrote.
    pub(crate) fn new(what: &'static str, text: String) -> Result<Self, CheckError> {
        let limits =
            ParseLimits { bytes_max: u32::MAX as usize, depth_max: 8, nodes_max: NODES_MAX };
        let words = parse(text.as_bytes(), &limits)
            .map_err(|error| CheckError::Document { what, source: Box::new(error) })?
            .into_words();
        Ok(Self { text, words })
    }

    pub(crate) fn of(
        what: &'static str,
        value: &impl serde::Serialize,
    ) -> Result<Self, CheckError> {
        let text = serde_json::to_string(value)
            .map_err(|error| CheckError::Document { what, source: Box::new(error) })?;
        Self::new(what, text)
    }

    pub(crate) fn document(&self) -> Document<'_> {
        Document::new(&self.text, &self.words)
    }
}

/// What of the facts the selected rules declared.
pub(crate) struct Wanted {
    /// The values at each path that some rule declared.
    keys: BTreeMap<String, BTreeSet<String>>,
    /// By table and column, so that each row is asked for once.
    selectors: BTreeMap<Selector, BTreeSet<String>>,
}

impl Wanted {
    /// Gathers what rules declared about a subject.
    pub(crate) fn by<'a>(
        rules: impl Iterator<Item = &'a RuleDescription>,
        subject: Document<'_>,
    ) -> Self {
        let mut keys = BTreeMap::new();
        let mut selectors: BTreeMap<Selector, BTreeSet<String>> = BTreeMap::new();
        for need in rules.flat_map(|rule| &rule.facts) {
            let wanted = selectors.entry(selector(need)).or_default();
            if let Some(path) = &need.path {
                let at_path = keys.entry(path.clone()).or_insert_with(|| values_at(subject, path));
                wanted.extend(at_path.iter().cloned());
            }
        }
        Self { keys, selectors }
    }

    /// The queries, by table and column.
    pub(crate) fn queries(&self) -> impl Iterator<Item = FactQuery> {
        self.selectors.iter().map(|((table, column), keys)| FactQuery {
            table: table.clone(),
            column: column.clone(),
            keys: keys.iter().cloned().collect(),
        })
    }
}

/// The facts of one check.
// INVARIANT: what rules see is a function of these tables alone, which is what is digested; a table
// that changed between two queries is one table with the rows of both.
pub(crate) struct Facts {
    /// The rows that some rule declared, by table; an absent table is not there.
    tables: BTreeMap<String, BTreeSet<Row>>,
    /// The values at each path that some rule declared.
    keys: BTreeMap<String, BTreeSet<String>>,
}

/// A table, and the column that selects its rows.
type Selector = (String, Option<String>);

fn selector(need: &FactNeed) -> Selector {
    (need.table.clone(), need.column.clone())
}

impl Facts {
    /// Fetches what is wanted; `fetch` answers a query, or has no such table.
    pub(crate) fn fetch(
        wanted: Wanted,
        fetch: impl Fn(&FactQuery) -> Result<Option<FactTable>, FactError>,
    ) -> Result<Self, CheckError> {
        let mut tables: BTreeMap<String, BTreeSet<Row>> = BTreeMap::new();
        let mut rows = 0;
        for query in wanted.queries() {
            let found = fetch(&query)
                .map_err(|source| CheckError::Facts { table: query.table.clone(), source })?;
            let Some(found) = found else { continue };
            let found = declared(found, &query);
            rows += found.len();
            if rows > ROWS_MAX {
                return Err(CheckError::TooManyFacts { rows, limit: ROWS_MAX });
            }
            tables.entry(query.table).or_default().extend(found);
        }
        Ok(Self { tables, keys: wanted.keys })
    }

    /// The first table that a rule cannot decide without and that no source has.
    pub(crate) fn missing<'a>(&self, rule: &'a RuleDescription) -> Option<&'a str> {
        let mut needs = rule.facts.iter().map(|need| (need.table.as_str(), need.optional));
        needs
            .find(|(table, optional)| !optional && !self.tables.contains_key(*table))
            .map(|(table, _)| table)
    }

    /// What the rules of one pack see: the rows that they declared, and no others.
    pub(crate) fn document(&self, rules: &[&RuleDescription]) -> Result<Prepared, CheckError> {
        Prepared::of("facts", &self.tables(rules))
    }

    fn tables<'a>(&self, rules: &[&'a RuleDescription]) -> BTreeMap<&'a str, BTreeSet<&Row>> {
        let mut tables: BTreeMap<&str, BTreeSet<&Row>> = BTreeMap::new();
        for need in rules.iter().flat_map(|rule| &rule.facts) {
            let Some(rows) = self.tables.get(&need.table) else { continue };
            let keys = need.path.as_ref().and_then(|path| self.keys.get(path));
            let of_need = rows.iter().filter(|row| match (&need.column, keys) {
                (Some(column), Some(keys)) => row.get(column).is_some_and(|key| keys.contains(key)),
                (Some(_), None) => false,
                (None, _) => true,
            });
            tables.entry(&need.table).or_default().extend(of_need);
        }
        tables
    }

    /// All of it, which a receipt has the digest of: a JSON object with a member for each table
    /// present, a list of rows in ascending order.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, CheckError> {
        serde_json::to_vec(&self.tables)
            .map_err(|error| CheckError::Document { what: "facts", source: Box::new(error) })
    }
}

/// The first source that has the table.
pub(crate) fn first_answer(
    sources: &[std::sync::Arc<dyn FactSource>],
    query: &FactQuery,
) -> Result<Option<FactTable>, FactError> {
    for source in sources {
        if let Some(table) = source.fetch(query)? {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

/// The rows that a query asked for, sorted and distinct, without empty cells.
fn declared(table: FactTable, query: &FactQuery) -> Vec<Row> {
    let mut rows = table.rows;
    rows.retain(|row| query.wants(row));
    rows.iter_mut().for_each(|row| row.retain(|_, cell| !cell.is_empty()));
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The texts and numbers at a dotted path, `*` for every element.
fn values_at(subject: Document<'_>, path: &str) -> BTreeSet<String> {
    let mut at: Vec<Node<'_>> = subject.root().into_iter().collect();
    for step in path.split('.') {
        at = match step {
            "*" => at.into_iter().flat_map(Node::elements).collect(),
            name => at.into_iter().filter_map(|node| node.member(name)).collect(),
        };
    }
    let scalar = |node: &Node<'_>| matches!(node.kind(), Kind::String | Kind::Number);
    at.into_iter().filter(scalar).map(|node| node.text().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(facts: &str) -> RuleDescription {
        serde_json::from_str(&format!(
            r#"{{"id":"thu/mot","title":{{"vi":"Một","en":"One"}},"doc":"Một.","severity":"warn",
                "effective":{{"from":"2026-01-01"}},"basis":[],"subjects":["dossier"],"reads":[],
                "facts":{facts}}}"#
        ))
        .unwrap()
    }

    fn row(cells: &[(&str, &str)]) -> Row {
        cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    const SUBJECT: &str =
        r#"{"systems":[{"code":"S2"},{"code":"S1"},{"no":1},{"code":"S2"}],"year":2026}"#;

    fn fetch(source: MemoryFacts, rules: &[RuleDescription]) -> Result<Facts, CheckError> {
        let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
        Facts::fetch(Wanted::by(rules.iter(), tape.document()), |query| source.fetch(query))
    }

    fn inventory() -> MemoryFacts {
        let rows = ["S3", "S2", "S1", "S2"].map(|id| row(&[("id", id), ("name", "Hệ thống")]));
        MemoryFacts::new().table("systems", rows)
    }

    #[test]
    fn paths_reach_every_element_and_what_is_no_value_is_no_key() {
        let tape = parse(SUBJECT.as_bytes(), &ParseLimits::default()).unwrap();
        let values = |path| values_at(tape.document(), path).into_iter().collect::<Vec<_>>();
        assert_eq!(values("systems.*.code"), ["S1", "S2"]);
        assert_eq!(values("year"), ["2026"]);
        for nothing in ["systems.code", "systems.*", "*", "", "year.*", "absent.*.code"] {
            assert!(values(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn a_rule_gets_the_rows_it_declared_sorted_and_once() {
        let rules = [rule(r#"[{"table":"systems","column":"id","path":"systems.*.code"}]"#)];
        let facts = fetch(inventory(), &rules).unwrap();
        assert_eq!(facts.missing(&rules[0]), None);
        assert_eq!(
            facts.document(&rules.each_ref()).unwrap().text,
            r#"{"systems":[{"id":"S1","name":"Hệ thống"},{"id":"S2","name":"Hệ thống"}]}"#
        );
    }

    #[test]
    fn a_pack_does_not_see_what_another_pack_declared() {
        let all = rule(r#"[{"table":"systems"}]"#);
        let some = rule(r#"[{"table":"systems","column":"id","path":"systems.*.code"}]"#);
        let rules = [all, some];
        let facts = fetch(inventory(), &rules).unwrap();
        let rows = |rule| facts.document(&[rule]).unwrap().text.matches("id").count();
        assert_eq!((rows(&rules[0]), rows(&rules[1])), (3, 2));
        assert_eq!(facts.document(&[]).unwrap().text, "{}");
    }

    #[test]
    fn an_absent_table_is_missing_unless_optional_and_an_empty_one_is_not() {
        let rules = [
            rule(r#"[{"table":"systems","optional":true},{"table":"working_days"}]"#),
            rule(r#"[{"table":"systems","optional":true}]"#),
        ];
        let facts = fetch(MemoryFacts::new(), &rules).unwrap();
        assert_eq!(facts.missing(&rules[0]), Some("working_days"));
        assert_eq!(facts.missing(&rules[1]), None);
        let facts = fetch(MemoryFacts::new().table("working_days", []), &rules).unwrap();
        assert_eq!(facts.missing(&rules[0]), None);
        assert_eq!(facts.document(&rules.each_ref()).unwrap().text, r#"{"working_days":[]}"#);
    }

    #[test]
    fn the_digest_does_not_depend_on_the_order_of_rows() {
        let rules = [rule(r#"[{"table":"t"}]"#)];
        let table =
            |ids: [&str; 3]| MemoryFacts::new().table("t", ids.map(|id| row(&[("id", id)])));
        let json = |source| fetch(source, &rules).unwrap().to_json().unwrap();
        assert_eq!(json(table(["1", "2", "3"])), json(table(["3", "1", "2"])));
        assert_ne!(json(table(["1", "2", "3"])), json(table(["1", "2", "4"])));
    }

    #[test]
    fn an_empty_cell_is_no_cell() {
        let rules = [rule(r#"[{"table":"t"}]"#)];
        let table = |rows: Vec<Row>| MemoryFacts::new().table("t", rows);
        let facts = |source| fetch(source, &rules).unwrap();
        let with = facts(table(vec![row(&[("id", "1"), ("name", "")]), row(&[("id", "1")])]));
        let without = facts(table(vec![row(&[("id", "1")])]));
        assert_eq!(with.to_json().unwrap(), without.to_json().unwrap());
        assert_eq!(with.document(&rules.each_ref()).unwrap().text, r#"{"t":[{"id":"1"}]}"#);
    }

    #[test]
    fn a_source_that_fails_is_an_error_of_the_operator() {
        let rules = [rule(r#"[{"table":"systems","column":"code","path":"systems.*.code"}]"#)];
        let Err(error) = fetch(inventory(), &rules) else { panic!("no such column") };
        assert_eq!(error.to_string(), "cannot get the facts of the table `systems`");
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.to_string(), "the table `systems` has no column `code`");
    }
}
