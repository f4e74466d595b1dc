//! Reference data for rules: only the tables and rows that the selected rules declared, fetched once,
//! sorted, bounded and digested. A rule never asks for anything itself.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::manifest::RuleDescription;
use kycuong_model::tape::{Document, NODES_MAX, ParseLimits, parse};
use kycuong_report::Finding;
use serde::{Deserialize, Serialize};

use crate::error::{CheckError, FactError};

mod memory;
mod supplied;
#[cfg(test)]
mod tests;
mod unavailable;
mod wanted;

pub use memory::MemoryFacts;
pub use supplied::SuppliedFacts;
pub(crate) use unavailable::Lack;
use unavailable::Unavailable;
pub(crate) use wanted::Wanted;

/// Most rows of one check, all tables together: the whole list of budget codes has some 5 000.
pub const ROWS_MAX: usize = 200_000;

/// Most bytes of one check's rows, names of columns and cells of all tables together: 64 MiB, which is 300
/// for each of [`ROWS_MAX`] rows.
pub const BYTES_MAX: usize = 64 << 20;

/// What a host does when a source of facts fails: it cannot be reached, answers with an error, or with
/// more than a check can hold.
///
/// In both cases a check whose rules need no facts is made, since nobody is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnFactFailure {
    /// The check is not made ([`CheckError::Facts`]); the platform tries again later. The default: what
    /// stands in no report cannot be overlooked there.
    #[default]
    Stop,
    /// The rules that need the table are `not-evaluated`, and the finding `facts/unavailable` says so, a
    /// warning at least: the verdict is undetermined when one of these rules is mandatory, and is never a
    /// plain `accept`. All other rules run.
    NotEvaluated,
}

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
    /// The values of that column that are wanted, sorted and distinct, none of them empty or with a control
    /// character, which no cell has; empty when all rows are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

impl FactQuery {
    /// Whether a row was asked for.
    pub fn wants(&self, row: &Row) -> bool {
        match &self.column {
            None => true,
            Some(column) => row
                .get(column)
                .is_some_and(|key| !key.is_empty() && self.keys.binary_search(key).is_ok()),
        }
    }

    /// Whether some rows of a table lack the column that selects them: there are rows, and none names it. A
    /// table without rows has every column.
    fn lacks_column<'r>(&self, mut rows: impl Iterator<Item = &'r Row>) -> bool {
        let Some(column) = &self.column else { return false };
        let Some(first) = rows.next() else { return false };
        !first.contains_key(column) && !rows.any(|row| row.contains_key(column))
    }

    fn no_column(&self) -> FactError {
        let column = self.column.clone().unwrap_or_default();
        FactError::NoColumn { table: self.table.clone(), column }
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
    /// [`FactError::NoColumn`] when the table lacks the column of the query: the rules that need it are
    /// then not evaluated. Any other [`FactError`] when the source cannot answer; the host was told what
    /// becomes of the check then ([`OnFactFailure`]).
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

/// The facts of one check.
// INVARIANT: what rules see is a function of these tables alone, which is what is digested; a table
// that changed between two queries is one table with the rows of both.
pub(crate) struct Facts {
    /// The rows that some rule declared, by table; an absent table is not there.
    tables: BTreeMap<String, BTreeSet<Row>>,
    /// The queries that have no answer.
    unavailable: Unavailable,
    /// The values at each path that some rule declared.
    keys: BTreeMap<String, BTreeSet<String>>,
}

impl Facts {
    /// Fetches what is wanted; `fetch` answers a query, or has no such table.
    pub(crate) fn fetch(
        wanted: Wanted,
        on_failure: OnFactFailure,
        fetch: impl Fn(&FactQuery) -> Result<Option<FactTable>, FactError>,
    ) -> Result<Self, CheckError> {
        let mut tables: BTreeMap<String, BTreeSet<Row>> = BTreeMap::new();
        let mut unavailable = Unavailable::default();
        let mut room = Room { rows: ROWS_MAX, bytes: BYTES_MAX };
        for query in wanted.queries() {
            let found = fetch(&query).and_then(|found| match found {
                None => Ok(None),
                Some(found) => room.take(declared(found, &query)).map(Some),
            });
            match found {
                Ok(None) => {}
                Ok(Some(rows)) => tables.entry(query.table).or_default().extend(rows),
                // What one pack wants and no table has is no failure of the source.
                Err(FactError::NoColumn { column, .. }) => unavailable.lacks_column(&query, column),
                Err(_) if on_failure == OnFactFailure::NotEvaluated => unavailable.failed(&query),
                Err(source) => return Err(CheckError::Facts { table: query.table, source }),
            }
        }
        Ok(Self { tables, unavailable, keys: wanted.into_keys() })
    }

    /// The first table that a rule cannot decide without and that is not to be had, and why. What no source
    /// could say is not to be had, also for a rule that could do without the table.
    pub(crate) fn lack(&self, rule: &RuleDescription) -> Option<Lack> {
        let unavailable = rule.facts.iter().find_map(|need| self.unavailable.lack(need));
        unavailable.or_else(|| {
            let absent =
                |table: &String| *table == unavailable::NAME || !self.tables.contains_key(table);
            let mut needs = rule.facts.iter().filter(|need| !need.optional);
            needs.find(|need| absent(&need.table)).map(|need| Lack::Absent(need.table.clone()))
        })
    }

    /// What the report says of tables that could not be had, besides the outcomes of the rules.
    pub(crate) fn findings<'a>(
        &self,
        rules: impl Iterator<Item = &'a RuleDescription> + Clone,
    ) -> Vec<Finding> {
        self.unavailable.findings(rules)
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
    /// present, a list of rows in ascending order; and, when some query had no answer, with the member
    /// `unavailable`, a list of rows that name table, column and why.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, CheckError> {
        let unavailable = self.unavailable.rows();
        let mut tables: BTreeMap<&str, Vec<&Row>> =
            self.tables.iter().map(|(name, rows)| (name.as_str(), rows.iter().collect())).collect();
        if !unavailable.is_empty() {
            tables.insert(unavailable::NAME, unavailable.iter().collect());
        }
        serde_json::to_vec(&tables)
            .map_err(|error| CheckError::Document { what: "facts", source: Box::new(error) })
    }
}

/// What further rows a check has room for.
struct Room {
    rows: usize,
    bytes: usize,
}

impl Room {
    fn take(&mut self, rows: Vec<Row>) -> Result<Vec<Row>, FactError> {
        let bytes = rows
            .iter()
            .flatten()
            .map(|(name, cell)| name.len() + cell.len())
            .fold(0_usize, usize::saturating_add);
        let too_many = |unit, found: usize, left: usize, limit: usize| FactError::TooMuch {
            unit,
            found: found.saturating_add(limit.saturating_sub(left)),
            limit,
        };
        if rows.len() > self.rows {
            return Err(too_many("rows", rows.len(), self.rows, ROWS_MAX));
        }
        if bytes > self.bytes {
            return Err(too_many("bytes", bytes, self.bytes, BYTES_MAX));
        }
        self.rows -= rows.len();
        self.bytes -= bytes;
        Ok(rows)
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
