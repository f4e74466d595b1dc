//! The queries of a check that had no answer: what rules lack, what the report says of it, and how it is
//! recorded, so that the check can be made again.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::finding::{Missing, Severity};
use kycuong_model::manifest::{FactNeed, RuleDescription};
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;
use kycuong_report::{Finding, OutcomeStatus};

use super::{FactQuery, Row};
use crate::error::FactError;
use kycuong_model::text::quote;

/// The member of the recorded facts that lists these queries; no table has this name.
pub(super) const NAME: &str = "unavailable";

/// Most rules that a finding names; the rest is counted.
const RULES_NAMED_MAX: usize = 5;

/// Why a query has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// The table has no such column: the one that selects rows, or another one of the table.
    NoColumn(String),
    /// No source could say.
    Failed,
}

/// What a rule lacks of the facts that it declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// No source has the table.
    Absent(String),
    /// The table has no such column.
    Column {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The table could not be fetched.
    Failed(String),
}

impl Lack {
    /// The outcome of the rule.
    pub(crate) fn into_status(self) -> OutcomeStatus {
        match self {
            Self::Absent(table) => OutcomeStatus::not_evaluated(Missing::Facts(table)),
            Self::Column { table, column } => {
                let reason = Bilingual::new(
                    format!(
                        "Bảng dữ liệu tham chiếu {} không có cột {}.",
                        quote(&table),
                        quote(&column)
                    ),
                    format!(
                        "The table of facts {} has no column {}.",
                        quote(&table),
                        quote(&column)
                    ),
                );
                OutcomeStatus::NotEvaluated { missing: Missing::Facts(table), reason }
            }
            Self::Failed(table) => {
                let reason = Bilingual::new(
                    format!("Không lấy được bảng dữ liệu tham chiếu {}.", quote(&table)),
                    format!("The table of facts {} could not be fetched.", quote(&table)),
                );
                OutcomeStatus::NotEvaluated { missing: Missing::Facts(table), reason }
            }
        }
    }
}

/// The queries without an answer, by table and column.
#[derive(Debug, Default)]
pub(super) struct Unavailable {
    queries: BTreeMap<(String, Option<String>), Why>,
}

impl Unavailable {
    pub(super) fn lacks_column(&mut self, query: &FactQuery, column: String) {
        let why = Why::NoColumn(column);
        self.queries.insert((query.table.clone(), query.column.clone()), why);
    }

    pub(super) fn failed(&mut self, query: &FactQuery) {
        self.queries.insert((query.table.clone(), query.column.clone()), Why::Failed);
    }

    pub(super) fn lack(&self, need: &FactNeed) -> Option<Lack> {
        let table = need.table.clone();
        Some(match self.queries.get(&(table.clone(), need.column.clone()))? {
            Why::NoColumn(column) => Lack::Column { table, column: column.clone() },
            Why::Failed => Lack::Failed(table),
        })
    }

    /// One finding for each column that is not there and for each table that could not be fetched, a
    /// warning: nobody takes a report for complete that is not.
    pub(super) fn findings<'a>(
        &self,
        rules: impl Iterator<Item = &'a RuleDescription> + Clone,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut failed: BTreeSet<&str> = BTreeSet::new();
        for ((table, column), why) in &self.queries {
            match why {
                Why::NoColumn(lacking) => {
                    let of_query = |need: &FactNeed| need.table == *table && need.column == *column;
                    findings.push(no_column(table, lacking, &named(rules.clone(), of_query)));
                }
                Why::Failed if failed.insert(table) => {
                    let lacking = |need: &FactNeed| {
                        need.table == *table
                            && self.queries.get(&(table.clone(), need.column.clone()))
                                == Some(&Why::Failed)
                    };
                    findings.push(not_fetched(table, &named(rules.clone(), lacking)));
                }
                Why::Failed => {}
            }
        }
        findings
    }

    /// Table, column and why of each, and the column that is not there, as a receipt records them.
    pub(super) fn rows(&self) -> BTreeSet<Row> {
        let row = |((table, column), why): (&(String, Option<String>), &Why)| {
            let (code, lacks) = match why {
                Why::NoColumn(lacks) => ("no-fact-column", Some(lacks.as_str())),
                Why::Failed => ("fact-source-failed", None),
            };
            recorded(table, column.as_deref(), code, lacks)
        };
        self.queries.iter().map(row).collect()
    }
}

/// How a query without an answer is recorded.
pub(super) fn recorded(table: &str, column: Option<&str>, code: &str, lacks: Option<&str>) -> Row {
    let column = column.map(|column| ("column", column));
    let lacks = lacks.map(|lacks| ("lacks", lacks));
    let cells = [("table", table), ("reason", code)].into_iter().chain(column).chain(lacks);
    cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
}

/// The error that stands recorded for a query, if one does.
pub(super) fn error_of(recorded: &BTreeSet<Row>, query: &FactQuery) -> Option<FactError> {
    let is = |row: &Row| {
        row.get("table") == Some(&query.table) && row.get("column") == query.column.as_ref()
    };
    let row = recorded.iter().find(|row| is(row))?;
    Some(match row.get("reason").map(String::as_str) {
        Some("no-fact-column") => match row.get("lacks") {
            Some(lacks) => {
                FactError::NoColumn { table: query.table.clone(), column: lacks.clone() }
            }
            None => query.no_column(),
        },
        _ => FactError::Source {
            what: format!("the table {} was handed in as unavailable", quote(&query.table)),
            source: None,
        },
    })
}

/// The rules with such a need, the first of them by name.
fn named<'a>(
    rules: impl Iterator<Item = &'a RuleDescription>,
    has: impl Fn(&FactNeed) -> bool,
) -> Bilingual {
    let rules: Vec<&str> =
        rules.filter(|rule| rule.facts.iter().any(&has)).map(|rule| rule.id.as_str()).collect();
    let mut names: Vec<String> = rules.iter().take(RULES_NAMED_MAX).map(|id| quote(id)).collect();
    let (mut vi, mut en) = (names.join(", "), names.join(", "));
    names.clear();
    if let Some(more) = rules.len().checked_sub(RULES_NAMED_MAX).filter(|more| *more > 0) {
        vi += &format!(" và {more} quy tắc khác");
        en += &format!(" and {more} more");
    }
    Bilingual::new(vi, en)
}

fn not_fetched(table: &str, rules: &Bilingual) -> Finding {
    let table = quote(table);
    let message = Bilingual::new(
        format!(
            "Không lấy được bảng dữ liệu tham chiếu {table}, nên những quy tắc sau chưa xét được: {}.",
            rules.vi
        ),
        format!(
            "The table of facts {table} could not be fetched, so these rules could not decide: {}.",
            rules.en
        ),
    );
    let remedy = Bilingual::new(
        "Đơn vị vận hành hệ thống khôi phục nguồn dữ liệu rồi kiểm tra lại; đơn vị nộp không phải sửa hồ sơ.",
        "The operator of the host restores the source of facts and checks again; the submitter has nothing to correct.",
    );
    Finding::new("facts/unavailable", Severity::Warn, Pointer::root(), message, remedy)
}

fn no_column(table: &str, column: &str, rules: &Bilingual) -> Finding {
    let (table, column) = (quote(table), quote(column));
    let message = Bilingual::new(
        format!(
            "Bảng dữ liệu tham chiếu {table} không có cột {column}, nên những quy tắc sau chưa xét được: {}.",
            rules.vi
        ),
        format!(
            "The table of facts {table} has no column {column}, so these rules could not decide: {}.",
            rules.en
        ),
    );
    let remedy = Bilingual::new(
        "Tác giả gói quy tắc sửa tên cột, hoặc đơn vị vận hành bổ sung cột vào bảng; đơn vị nộp không phải sửa hồ sơ.",
        "The author of the rule pack corrects the column, or the operator of the host adds it to the table; the submitter has nothing to correct.",
    );
    Finding::new("facts/no-column", Severity::Warn, Pointer::root(), message, remedy)
}
