//! What of the facts the selected rules declared: which tables, by which column, for which values.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::facts::values_at;
use kycuong_model::manifest::{FactNeed, RuleDescription};
use kycuong_model::tape::Document;

use super::{FactQuery, unavailable};

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
