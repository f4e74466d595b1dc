//! The members that a rule reads, by its manifest and its cases, with what the model says of them.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::budget_entry::BudgetEntry;
use kycuong_model::context::Context;
use kycuong_model::describe::{ObjectDescription, Type};
use kycuong_model::dossier::Dossier;
use kycuong_model::facts::Facts;
use kycuong_model::manifest::RuleDescription;
use kycuong_model::pointer::Pointer;
use kycuong_model::portfolio::Portfolio;
use kycuong_model::unit_plan::UnitPlan;
use kycuong_model::view::View;
use serde_json::Value;

use super::Documents;
use super::evidence::{Evidence, Reading};

/// Which document of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Document {
    Subject,
    Facts,
    Context,
}

/// A member of a document.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) document: Document,
    /// Its names from the root; `*` stands for each element of a list.
    pub(crate) path: Vec<String>,
    pub(crate) kind: Type,
    /// Only its presence matters to the rule.
    pub(crate) presence_only: bool,
    /// The manifest names it, and not only an object or a list around it.
    pub(crate) declared: bool,
}

impl Member {
    /// The dotted path, as manifests write it.
    pub(crate) fn name(&self) -> String {
        let path: Vec<&str> =
            self.path.iter().map(String::as_str).filter(|step| *step != "*").collect();
        match self.document {
            Document::Subject => path.join("."),
            Document::Facts => format!("facts.{}", path.join(".")),
            Document::Context => format!("context.{}", path.join(".")),
        }
    }
}

/// The members of a rule: those that its manifest names, those of its cases below an object or a list that
/// the manifest names and that its sources access, the columns of its facts, the day and the regime.
pub(crate) fn members(
    rule: &RuleDescription,
    evidence: &Evidence,
    cases: &[Documents],
) -> Vec<Member> {
    let mut found = BTreeMap::new();
    for read in &rule.reads {
        for root in rule.subjects.iter().filter_map(|subject| root_of(subject)) {
            let names: Vec<&str> = read.split('.').collect();
            let mut finder =
                Finder { document: Document::Subject, evidence, cases, found: &mut found };
            finder.declared(root, &names);
        }
    }
    for need in &rule.facts {
        let mut finder = Finder { document: Document::Facts, evidence, cases, found: &mut found };
        finder.declared(&Facts::DESCRIPTION, &[&need.table]);
    }
    if evidence.takes_context() {
        for name in ["on", "regime"] {
            let mut finder =
                Finder { document: Document::Context, evidence, cases, found: &mut found };
            if evidence.reading(name) == Reading::Value {
                finder.declared(&Context::DESCRIPTION, &[name]);
            }
        }
    }
    found.into_values().collect()
}

fn root_of(subject: &str) -> Option<&'static ObjectDescription> {
    match subject {
        "dossier" => Some(&Dossier::DESCRIPTION),
        "budget-entry" => Some(&BudgetEntry::DESCRIPTION),
        "unit-plan" => Some(&UnitPlan::DESCRIPTION),
        "portfolio" => Some(&Portfolio::DESCRIPTION),
        _ => None,
    }
}

struct Finder<'f> {
    document: Document,
    evidence: &'f Evidence,
    cases: &'f [Documents],
    found: &'f mut BTreeMap<(Document, Vec<String>), Member>,
}

impl Finder<'_> {
    /// What a path of the manifest means, and the lists on the way.
    fn declared(&mut self, root: &ObjectDescription, names: &[&str]) {
        let mut object = root;
        let mut path: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let Some(member) = object.members.iter().find(|member| member.name == *name) else {
                return;
            };
            path.push((*name).to_owned());
            let is_last = at + 1 == names.len();
            if is_last {
                // Only reported as a place: nothing of it is read.
                if self.evidence.reading(name) != Reading::Place {
                    self.add(&path, member.kind, true);
                    self.below(&path, &member.kind);
                }
                return;
            }
            match &member.kind {
                Type::Object(inner) => object = inner,
                Type::List(Type::Object(inner)) => {
                    self.add(&path, member.kind, true);
                    path.push("*".to_owned());
                    object = inner;
                }
                _ => return,
            }
        }
    }

    /// What the cases have below an object or a list, when the sources access it.
    fn below(&mut self, path: &[String], kind: &Type) {
        let mut path = path.to_vec();
        let object = match kind {
            Type::Object(object) => object,
            Type::List(element) => {
                path.push("*".to_owned());
                match element {
                    Type::Object(object) => object,
                    scalar => {
                        if self.in_cases(&path) {
                            self.add(&path, **scalar, false);
                        }
                        return;
                    }
                }
            }
            _ => return,
        };
        for member in object.members {
            let mut inner = path.clone();
            inner.push(member.name.to_owned());
            let reading = self.evidence.reading(member.name);
            let read = matches!(reading, Reading::Value | Reading::Presence);
            if read && self.in_cases(&inner) {
                self.add(&inner, member.kind, false);
                self.below(&inner, &member.kind);
            }
        }
    }

    fn in_cases(&self, path: &[String]) -> bool {
        self.cases.iter().any(|case| !places(case.get(self.document), path).is_empty())
    }

    fn add(&mut self, path: &[String], kind: Type, declared: bool) {
        let name = path.iter().rev().find(|step| *step != "*");
        let presence_only =
            name.is_some_and(|name| self.evidence.reading(name) == Reading::Presence);
        let (document, path) = (self.document, path.to_vec());
        let member = Member { document, path: path.clone(), kind, presence_only, declared };
        let known = self.found.entry((document, path)).or_insert(member);
        known.declared |= declared;
    }
}

/// The JSON Pointers at which a path stands in a document.
pub(crate) fn places(document: &Value, path: &[String]) -> Vec<String> {
    let mut found = BTreeSet::new();
    walk(document, path, &Pointer::root(), &mut found);
    found.into_iter().collect()
}

fn walk(value: &Value, path: &[String], pointer: &Pointer, found: &mut BTreeSet<String>) {
    let Some((step, rest)) = path.split_first() else {
        if !value.is_null() {
            found.insert(pointer.to_string());
        }
        return;
    };
    if step == "*" {
        for (at, element) in value.as_array().into_iter().flatten().enumerate() {
            let mut inside = pointer.clone();
            inside.push_index(at);
            walk(element, rest, &inside, found);
        }
    } else if let Some(member) = value.get(step) {
        let mut inside = pointer.clone();
        inside.push_member(step);
        walk(member, rest, &inside, found);
    }
}
