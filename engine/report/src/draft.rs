//! A half-filled submission: which rules have decided, which wait and for what, and what to supply
//! next.

use kycuong_model::date::Date;
use kycuong_model::finding::Severity;
use kycuong_model::pointer::Pointer;
use kycuong_model::text::Bilingual;
use serde::{Deserialize, Serialize};

mod absence;
mod drafting;
mod label;

/// What is known of a submission that is still being filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Draft {
    /// What is judged; absent when the submission cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The submission's own code, when it states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The day of judging.
    pub on: Date,
    /// What to supply: mandatory things first, then what most rules wait for, then as the schema goes.
    pub next: Vec<Supply>,
    /// What is there and has to be put right, in the report's order; notes are left out.
    pub fix: Vec<Fix>,
    /// The rules that wait, in the report's order.
    pub waiting: Vec<Waiting>,
    /// The rules that have decided.
    pub decided: Vec<Decided>,
    /// The rules that crashed: nothing that is supplied makes them decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crashed: Vec<String>,
}

/// Something to supply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Supply {
    /// What it is.
    #[serde(flatten)]
    pub needed: Needed,
    /// What the schema calls it: its Vietnamese label, and its name.
    pub title: Bilingual,
    /// Whether the submission would not be accepted without it.
    pub mandatory: bool,
    /// Whether the schema requires it.
    pub required_by_schema: bool,
    /// Whether something is there that cannot be read.
    pub unreadable: bool,
    /// What to do.
    pub remedy: Bilingual,
    /// The rules that wait for it, by id.
    pub rules: Vec<String>,
}

/// A member, a paper or a table of facts: three and no more, each with words of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "needed", rename_all = "kebab-case")]
pub enum Needed {
    /// A member of the submission.
    Member {
        /// Where: the first step of a path that is not there.
        path: Pointer,
    },
    /// A paper, in one of the submission's lists.
    Paper {
        /// The list.
        path: Pointer,
        /// Its type, when the rule names one; else the rule itself.
        paper: String,
    },
    /// A table of facts, which is the operator's to supply.
    Facts {
        /// The table.
        table: String,
    },
}

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// The rule that found it.
    pub rule: String,
    /// How severe it is.
    pub severity: Severity,
    /// Where.
    pub path: Pointer,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do.
    pub remedy: Bilingual,
}

/// A rule that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Waiting {
    /// Its id.
    pub rule: String,
    /// The requirement that the rule implements, as a list of requirements numbers it (`R69`; this project's
    /// list is `examples/rule-packs/rule-list.csv`). None when the rule names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// What it is called.
    pub title: Bilingual,
    /// Whether the verdict needs its decision.
    pub mandatory: bool,
    /// What it waits for, as it stands in `next`.
    pub needs: Vec<Needed>,
}

/// A rule that has decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decided {
    /// Its id.
    pub rule: String,
    /// The requirement that the rule implements, as a list of requirements numbers it (`R69`; this project's
    /// list is `examples/rule-packs/rule-list.csv`). None when the rule names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// What it is called.
    pub title: Bilingual,
    /// `pass`, `fail` or `not-applicable`.
    pub status: String,
}
