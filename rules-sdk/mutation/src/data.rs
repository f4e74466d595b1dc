//! Mutants of dossiers: one member of a case is changed by one step, in every case that has it.
//!
//! A mutant is noticed when the outcome of at least one case differs. Nothing is compiled for these.

pub(crate) mod evidence;
pub(crate) mod members;
pub(crate) mod operators;

use serde_json::Value;

use self::members::{Document, Member};
use self::operators::Operator;

/// One member, changed in one way.
#[derive(Clone, Debug)]
pub(crate) struct DataMutant {
    pub(crate) id: String,
    pub(crate) member: Member,
    pub(crate) operator: Operator,
}

/// The documents of a case, to be changed.
#[derive(Clone, Debug)]
pub(crate) struct Documents {
    pub(crate) subject: Value,
    pub(crate) facts: Value,
    pub(crate) context: Value,
}

impl Documents {
    pub(crate) fn get(&self, document: Document) -> &Value {
        match document {
            Document::Subject => &self.subject,
            Document::Facts => &self.facts,
            Document::Context => &self.context,
        }
    }

    pub(crate) fn get_mut(&mut self, document: Document) -> &mut Value {
        match document {
            Document::Subject => &mut self.subject,
            Document::Facts => &mut self.facts,
            Document::Context => &mut self.context,
        }
    }
}

impl DataMutant {
    /// The documents with this mutant at one of its places in turn.
    pub(crate) fn applied(&self, documents: &Documents) -> Vec<Documents> {
        let document = self.member.document;
        let whole = documents.get(document);
        let mut out = Vec::new();
        for place in members::places(whole, &self.member.path) {
            for changed in self.operator.variants(whole, &place) {
                let mut copy = documents.clone();
                *copy.get_mut(document) = changed;
                out.push(copy);
            }
        }
        out
    }
}
