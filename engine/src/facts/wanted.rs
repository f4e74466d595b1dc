//! What of the facts the selected rules declared: which tables, by which column, for which values.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::manifest::{FactNeed, RuleDescription};
use kycuong_model::tape::{Document, Kind, Node};

use super::{FactQuery, unavailable};

/// Longest value that selects rows, in characters: no cell of a table is longer (a text of the model has at
/// most 20 000).
const KEY_CHARACTERS_MAX: usize = 20_000;

/// What of the facts the selected rules declared.
pub(crate) struct Wanted {
    /// The values at each path that some rule declared.
    keys: BTreeMap<String, BTreeSet<String>>,
    /// By table and column, so that each row is asked for once.
    selectors: BTreeMap<Selector, BTreeSet<String>>,
}

/// A table, and the column that selects its rows.
type Selector = (String, Option<String>);

fn selector(need: &FactNeed) -> Selector {
    (need.table.clone(), need.column.clone())
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
            if need.table == unavailable::NAME {
                continue; // no table: what is recorded under this name is the host's
            }
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

    /// The values at each path.
    pub(super) fn into_keys(self) -> BTreeMap<String, BTreeSet<String>> {
        self.keys
    }
}

/// Whether a cell could have this value. A submitter may write anything; not every source can even be
/// asked for it (PostgreSQL has no text with U+0000), and none has to be.
fn is_key(value: &str) -> bool {
    !value.is_empty()
        && !value.chars().any(char::is_control)
        && value.chars().nth(KEY_CHARACTERS_MAX).is_none()
}

/// The texts and numbers at a dotted path, `*` for every element, which a cell
/// could have.
pub(super) fn values_at(subject: Document<'_>, path: &str) -> BTreeSet<String> {
    let mut at: Vec<Node<'_>> = subject.root().into_iter().collect();
    for step in path.split('.') {
        at = match step {
            "*" => at.into_iter().flat_map(Node::elements).collect(),
            name => at.into_iter().filter_map(|node| node.member(name)).collect(),
        };
    }
    let scalar = |node: &Node<'_>| matches!(node.kind(), Kind::String | Kind::Number);
    at.into_iter()
        .filter(scalar)
        .map(|node| node.text().into_owned())
        .filter(|value| is_key(value))
        .collect()
}
