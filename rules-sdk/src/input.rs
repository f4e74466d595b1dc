//! What a rule is given.

use std::str::FromStr;

use kycuong_model::applicability::another_subject;
use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::code::Code;
use kycuong_model::codes::SubjectKind;
use kycuong_model::context::Context;
use kycuong_model::dossier::Dossier;
use kycuong_model::facts::Facts;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::tape::{Document, Node};
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;

use crate::findings::{Checked, Stop};

/// A request as rules see it: three documents, each read into views once and shared by all rules.
#[derive(Debug)]
pub struct Input<'a> {
    #[cfg(not(target_arch = "wasm32"))]
    subject_document: Document<'a>,
    facts_document: Document<'a>,
    context_document: Document<'a>,
    subject: Subject<'a>,
    facts: Facts<'a>,
    context: Context<'a>,
}

impl<'a> Input<'a> {
    /// What is judged, the facts that the rules declared, and the date, regime and parameters.
    pub fn new(subject: Document<'a>, facts: Document<'a>, context: Document<'a>) -> Self {
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            subject_document: subject,
            facts_document: facts,
            context_document: context,
            subject: Subject::of(subject),
            facts: Facts::of(facts),
            context: Context::of(context),
        }
    }

    /// What is judged.
    pub fn subject(&self) -> &Subject<'a> {
        &self.subject
    }

    /// The document of what is judged.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn subject_document(&self) -> Document<'a> {
        self.subject_document
    }

    /// The facts as views.
    pub fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    /// The context as a view.
    pub fn context(&self) -> &Context<'a> {
        &self.context
    }

    /// Whether a table of facts was supplied, be it empty.
    pub fn has_table(&self, table: &str) -> bool {
        self.facts_document.root().and_then(|root| root.member(table)).is_some()
    }

    /// What was set for a rule of this name.
    pub fn parameters(&self, rule: &str) -> ParameterSource<'a> {
        let all = self.context_document.root().and_then(|root| root.member("parameters"));
        ParameterSource { node: all.and_then(|all| all.member(rule)) }
    }
}

/// The values that a province set for one rule, by name, as text.
#[derive(Clone, Copy, Debug)]
pub struct ParameterSource<'a> {
    node: Option<Node<'a>>,
}

impl ParameterSource<'_> {
    /// The value that was set, else the default of the declaration.
    pub fn read<T: FromStr + Default>(&self, name: &str, default: &str) -> T {
        let set = self
            .node
            .and_then(|node| node.member(name))
            .and_then(|value| value.text().parse().ok());
        set.or_else(|| default.parse().ok()).unwrap_or_default()
    }
}

/// What a province may set for a rule; made by `#[derive(Parameters)]`.
pub trait Parameters {
    /// The parameters as the manifest lists them (JSON).
    const MANIFEST: &'static str;
    /// Reads what was set, with defaults for the rest.
    fn read(source: &ParameterSource<'_>) -> Self;
}

/// Any of the four subjects, for a rule that judges more than one.
#[derive(Debug)]
pub enum Subject<'a> {
    /// A dossier.
    Dossier(Box<Dossier<'a>>),
    /// A budget entry.
    BudgetEntry(Box<BudgetEntry<'a>>),
    /// A unit's yearly plan.
    UnitPlan(Box<UnitPlan<'a>>),
    /// A portfolio.
    Portfolio(Box<Portfolio<'a>>),
}

impl<'a> Subject<'a> {
    /// The subject that a document says it is; a dossier when it says nothing.
    pub fn of(document: Document<'a>) -> Self {
        let code = document
            .root()
            .and_then(|root| root.member("subject"))
            .map(Node::text)
            .unwrap_or_default();
        match SubjectKind::from_code(&code) {
            Some(SubjectKind::BudgetEntry) => {
                Self::BudgetEntry(Box::new(BudgetEntry::of(document)))
            }
            Some(SubjectKind::UnitPlan) => Self::UnitPlan(Box::new(UnitPlan::of(document))),
            Some(SubjectKind::Portfolio) => Self::Portfolio(Box::new(Portfolio::of(document))),
            Some(SubjectKind::Dossier) | None => Self::Dossier(Box::new(Dossier::of(document))),
        }
    }
}

impl Subject<'_> {
    /// Which of the four it is.
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::Dossier(_) => SubjectKind::Dossier,
            Self::BudgetEntry(_) => SubjectKind::BudgetEntry,
            Self::UnitPlan(_) => SubjectKind::UnitPlan,
            Self::Portfolio(_) => SubjectKind::Portfolio,
        }
    }

    /// Ends a rule for a subject that its `subjects` leave out: the arm that no host comes to.
    ///
    /// # Errors
    /// Always: it is the way out.
    pub fn not_judged(&self) -> Checked {
        Err(Stop::NotApplicable(another_subject(self.kind())))
    }
}

/// A kind of subject that a rule can ask for by its type.
pub trait Judged<'a> {
    /// The subject when it is of this kind.
    fn among<'v>(subject: &'v Subject<'a>) -> Option<&'v Self>;
}

macro_rules! judged {
    ($($kind:ident),*) => {$(
        impl<'a> Judged<'a> for $kind<'a> {
            fn among<'v>(subject: &'v Subject<'a>) -> Option<&'v Self> {
                match subject {
                    Subject::$kind(view) => Some(view),
                    _ => None,
                }
            }
        }
    )*};
}
judged!(Dossier, BudgetEntry, UnitPlan, Portfolio);
