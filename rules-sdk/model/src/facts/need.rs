//! Whether what a rule declares of facts is there: the table, the column, the value in its subject.
//!
//! A declaration of what is not there selects no row, and a rule without rows has nothing to object to. So it
//! is refused wherever it is met: by the compiler, at admission.

use super::{FACT_TABLES, TableDescription};
use crate::budget_entry::BudgetEntry;
use crate::code::Code;
use crate::codes::SubjectKind;
use crate::describe::Type;
use crate::dossier::Dossier;
use crate::manifest::FactNeed;
use crate::portfolio::Portfolio;
use crate::spelling::nearest;
use crate::text::truncate;
use crate::unit_plan::UnitPlan;
use crate::view::View;

/// Most characters of a foreign name that an error repeats.
const SHOWN_CHARACTERS_MAX: usize = 100;

/// Why a rule cannot get what it declares.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactNeedError {
    /// No host has such a table.
    #[error("there is no table `{table}`{}", meant(*near))]
    UnknownTable {
        /// The table.
        table: String,
        /// The one that was probably meant.
        near: Option<&'static str>,
    },
    /// The table has no such column.
    #[error("the table `{table}` has no column `{column}`{}", meant(*near))]
    UnknownColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
        /// The one that was probably meant.
        near: Option<&'static str>,
    },
    /// A column says which rows, a path by which values; one of them is not there.
    #[error(
        "rows of the table `{table}` are selected by a column and by a path, not by one of them"
    )]
    HalfASelection {
        /// The table.
        table: &'static str,
    },
    /// No subject of the rule has a value there.
    #[error("no subject of the rule has a text, a number, a date or a code at `{path}`")]
    NoValue {
        /// The path.
        path: String,
    },
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; `{near}` is there")).unwrap_or_default()
}

crate::error_codes!(FactNeedError {
    UnknownTable => "unknown-table",
    UnknownColumn => "unknown-column",
    HalfASelection => "half-a-selection",
    NoValue => "no-value",
});

impl FactNeed {
    /// Whether a host can supply it to a rule that judges these subjects.
    ///
    /// # Errors
    /// [`FactNeedError`], with what was probably meant.
    pub fn check(&self, subjects: &[SubjectKind]) -> Result<(), FactNeedError> {
        let shown = |text: &str| truncate(text, SHOWN_CHARACTERS_MAX);
        let Some(table) = TableDescription::of(&self.table) else {
            let near = nearest(&self.table, FACT_TABLES.iter().map(|table| table.name));
            return Err(FactNeedError::UnknownTable { table: shown(&self.table), near });
        };
        let (column, path) = match (&self.column, &self.path) {
            (Some(column), Some(path)) => (column, path),
            (None, None) => return Ok(()),
            _ => return Err(FactNeedError::HalfASelection { table: table.name }),
        };
        if table.column(column).is_none() {
            let near = nearest(column, table.column_names());
            let column = shown(column);
            return Err(FactNeedError::UnknownColumn { table: table.name, column, near });
        }
        if !subjects.iter().any(|subject| is_value(*subject, path)) {
            return Err(FactNeedError::NoValue { path: shown(path) });
        }
        Ok(())
    }
}

impl FactNeed {
    /// As [`check`](Self::check), for the codes of subjects as a manifest has them.
    ///
    /// # Errors
    /// [`FactNeedError`].
    pub fn check_for(&self, subjects: &[String]) -> Result<(), FactNeedError> {
        let known: Vec<SubjectKind> =
            subjects.iter().filter_map(|code| SubjectKind::from_code(code)).collect();
        self.check(&known)
    }
}

/// Whether a table has a column; for the compiler.
pub const fn is_column(table: &str, column: &str) -> bool {
    let mut tables = FACT_TABLES;
    while let [one, others @ ..] = tables {
        if same(one.name, table) {
            let mut columns = one.row.members;
            while let [member, others @ ..] = columns {
                if same(member.name, column) {
                    return true;
                }
                columns = others;
            }
        }
        tables = others;
    }
    false
}

/// Whether a dotted path, `*` for every element, leads to values in a subject; for the compiler.
///
/// ```
/// use kycuong_model::codes::SubjectKind::Dossier;
/// use kycuong_model::facts::is_value;
///
/// assert!(is_value(Dossier, "components.*.function_code"));
/// assert!(!is_value(Dossier, "components.*.target_system")); // no such member
/// assert!(!is_value(Dossier, "components")); // a list is no value
/// ```
pub const fn is_value(subject: SubjectKind, path: &str) -> bool {
    let object = match subject {
        SubjectKind::Dossier => &Dossier::DESCRIPTION,
        SubjectKind::BudgetEntry => &BudgetEntry::DESCRIPTION,
        SubjectKind::UnitPlan => &UnitPlan::DESCRIPTION,
        SubjectKind::Portfolio => &Portfolio::DESCRIPTION,
    };
    let (mut kind, mut path) = (Type::Object(object), path.as_bytes());
    loop {
        match kind {
            Type::List(element) => match after(path, b"*") {
                Some(rest) => (kind, path) = (*element, rest),
                None => return false,
            },
            Type::Object(object) => {
                let mut members = object.members;
                loop {
                    let [member, others @ ..] = members else { return false };
                    match after(path, member.name.as_bytes()) {
                        Some(rest) => {
                            (kind, path) = (member.kind, rest);
                            break;
                        }
                        None => members = others,
                    }
                }
            }
            // Nothing is inside a value.
            _ => return false,
        }
        match path {
            [] => break,
            [b'.', rest @ ..] => path = rest,
            _ => return false,
        }
    }
    !matches!(kind, Type::Object(_) | Type::List(_) | Type::Switch)
}

/// What is behind a step at the beginning of a path; `None` when it begins with another.
const fn after<'p>(mut path: &'p [u8], mut step: &[u8]) -> Option<&'p [u8]> {
    loop {
        match (step, path) {
            ([], [] | [b'.', ..]) => return Some(path),
            ([one, step_rest @ ..], [other, path_rest @ ..]) if *one == *other => {
                (step, path) = (step_rest, path_rest);
            }
            _ => return None,
        }
    }
}

const fn same(one: &str, other: &str) -> bool {
    matches!(after(one.as_bytes(), other.as_bytes()), Some([]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(table: &str, column: Option<&str>, path: Option<&str>) -> FactNeed {
        FactNeed {
            table: table.to_owned(),
            column: column.map(str::to_owned),
            path: path.map(str::to_owned),
            optional: false,
        }
    }

    #[test]
    fn what_is_not_there_is_said_with_what_is() {
        for (table, column, path, expected) in [
            ("systems", None, None, None),
            ("systems", Some("id"), Some("systems.core_system_id"), None),
            ("communes", Some("code"), Some("scope.communes.*"), None),
            ("systems", Some("owner"), Some("owner.org_id"), None),
            ("system", None, None, Some("there is no table `system`; `systems` is there")),
            ("thời tiết", None, None, Some("there is no table `thời tiết`")),
            ("systems", Some("ma"), Some("code"), Some("the table `systems` has no column `ma`")),
            (
                "systems",
                Some("functoin_code"),
                Some("code"),
                Some("the table `systems` has no column `functoin_code`; `function_code` is there"),
            ),
            (
                "systems",
                Some("id"),
                None,
                Some(
                    "rows of the table `systems` are selected by a column and by a path, not by one of them",
                ),
            ),
        ] {
            let said = need(table, column, path).check(&[SubjectKind::Dossier]);
            assert_eq!(said.map_err(|error| error.to_string()).err().as_deref(), expected);
        }
        for path in [
            "",
            ".",
            "*",
            "components",
            "components.*",
            "components.*.target_system",
            "components.0.code",
            "code.",
            ".code",
            "code.x",
            "codes",
            "cod",
            "owner",
            "scope.communes",
            "scope.communes.*.x",
        ] {
            let said = need("systems", Some("id"), Some(path)).check(&[SubjectKind::Dossier]);
            assert_eq!(said, Err(FactNeedError::NoValue { path: path.to_owned() }), "{path}");
        }
    }

    #[test]
    fn one_subject_with_the_value_is_enough() {
        let need = need("systems", Some("id"), Some("components.*.function_code"));
        assert!(need.check(&[SubjectKind::UnitPlan]).is_err());
        assert_eq!(need.check(&[SubjectKind::UnitPlan, SubjectKind::Dossier]), Ok(()));
    }

    #[test]
    fn columns_are_those_of_their_table() {
        for table in FACT_TABLES {
            for column in table.column_names() {
                assert!(is_column(table.name, column), "{}.{column}", table.name);
            }
            assert!(!is_column(table.name, "ma") && !is_column(table.name, ""));
        }
        assert!(!is_column("systems", "item_key") && !is_column("systemsx", "id"));
    }
}
