//! What a pack is handed for one evaluation.

use kycuong_model::tape::Document;

/// What rules are evaluated with. Everything is borrowed and copied once, into each instance.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationRequest<'a> {
    /// The dossier, budget entry, unit plan or portfolio.
    pub subject: Document<'a>,
    /// The reference data that the rules declared.
    pub facts: Document<'a>,
    /// Date, regime and parameters.
    pub context: Document<'a>,
    /// The ids of the rules to run, as the manifest spells them.
    pub rules: &'a [String],
}

impl EvaluationRequest<'_> {
    /// Bytes that are copied into an instance when some rules are asked.
    pub(crate) fn copied_bytes(&self, rules: &[String]) -> usize {
        let of_document =
            |document: Document<'_>| document.text().len() + size_of_val(document.words());
        let documents = [self.subject, self.facts, self.context];
        let ids = rules.iter().map(String::len).sum::<usize>();
        documents.into_iter().map(of_document).sum::<usize>() + ids
    }
}
